import type {
  GroupPerson,
  GroupRule,
  GroupsProblem,
  InterestLevel,
  ProjectMix,
  Topic,
} from '@cairn/timetable/groups/model';
import type { SaidInterest } from '../../planning/interest/interest-rules.ts';

/** Somebody who comes. */
export interface FactPerson {
  readonly id: string;
  readonly name: string;
  /** Keys of the communities that they come from. */
  readonly projects: readonly string[];
  /** They are not there in the days that the groups are for. */
  readonly isAway: boolean;
}

/** An open topic, as far as groups are concerned. */
export interface FactTopic {
  readonly number: number;
  readonly path: string;
  readonly title: string;
  readonly state: string;
  /** People, by id: who leads it, and who else is named in it. */
  readonly lead: string | null;
  readonly people: readonly string[];
  /** Projects as its document names them. */
  readonly projects: readonly string[];
}

/** What groups are made from. */
export interface GroupFacts {
  readonly people: readonly FactPerson[];
  readonly topics: readonly FactTopic[];
  readonly said: readonly SaidInterest[];
  /** The summit's communities: documents name projects by either. */
  readonly projects: readonly { readonly key: string; readonly name: string }[];
}

/** A group that may come about. */
export interface AskedGroup {
  readonly key: string;
  readonly title: string;
  readonly topicNumber: number | null;
  /** Its own sizes; those of the grouping where null. */
  readonly least: number | null;
  readonly most: number | null;
  /** It has to come about. */
  readonly isPinned: boolean;
  /** Who must be in it, whatever they wished. */
  readonly needed: readonly string[];
}

/** Where somebody was before, or is now. */
export interface Place {
  readonly personId: string;
  /** The key of their group; null in none. */
  readonly key: string | null;
  readonly isOut: boolean;
  readonly isPinned: boolean;
}

/** What is asked of groups, besides the facts. */
export interface GroupsAsked {
  readonly groups: readonly AskedGroup[];
  readonly least: number;
  readonly most: number;
  /** Of so many different projects people in a group should be. */
  readonly different: number;
  /** Where people were; who is pinned or opted out there stays so. */
  readonly places: readonly Place[];
  /** To move few people away from there. */
  readonly keepsPlaces: boolean;
}

/**
 * The problem of the timetabling library that these facts are. Interest orders a person's wishes: what
 * they would lead before what they would work on before what they would learn; `none` is a refusal.
 * Who leads a topic, or is named in its document, wishes for it also without a word. A lead is bound
 * to their topic where it is the only one that they lead; somebody can be in one group only.
 */
export function groupsProblem(facts: GroupFacts, asked: GroupsAsked): GroupsProblem {
  const levels = levelsOf(facts);
  const places = new Map(asked.places.map((place) => [place.personId, place]));
  const keys = new Set(asked.groups.map(({ key }) => key));
  const known = new Set(facts.people.map(({ id }) => id));
  const people = facts.people.map((person): GroupPerson => {
    const { interest, refuses } = wishesOf(asked.groups, levels.get(person.id));
    const place = places.get(person.id);
    const pinned = place?.isPinned && place.key !== null && keys.has(place.key) ? place.key : null;
    return {
      key: person.id,
      name: person.name,
      interest,
      refuses: refuses.filter((key) => key !== pinned),
      projects: person.projects,
      ...(pinned === null ? {} : { pinned }),
      isOut: person.isAway || (place?.isOut === true && place.isPinned),
    };
  });
  const bound = boundLeads(facts, asked.groups, people);
  const topics = asked.groups.map(
    (group): Topic => ({
      key: group.key,
      title: group.title,
      least: group.least ?? asked.least,
      most: Math.max(group.most ?? asked.most, group.least ?? asked.least),
      leads: bound.get(group.key) ?? [],
      needed: group.needed.filter((id) => known.has(id)),
      mustRun: group.isPinned,
      mix: mixOf(facts, group, asked.different),
    }),
  );
  return { people, topics, rules: rulesOf(asked, people, keys) };
}

/** By person and topic, what they said, or what the topic's document says of them. */
function levelsOf({ topics, said }: GroupFacts): Map<string, Map<number, InterestLevel | 'none'>> {
  const levels = new Map<string, Map<number, InterestLevel | 'none'>>();
  const say = (personId: string, number: number, level: InterestLevel | 'none') => {
    const own = levels.get(personId) ?? new Map<number, InterestLevel | 'none'>();
    levels.set(personId, own.set(number, level));
  };
  for (const { number, lead, people } of topics) {
    for (const personId of people) say(personId, number, 'work');
    if (lead !== null) say(lead, number, 'lead');
  }
  for (const { personId, number, level } of said) say(personId, number, level);
  return levels;
}

function wishesOf(
  groups: readonly AskedGroup[],
  levels: ReadonlyMap<number, InterestLevel | 'none'> | undefined,
): { interest: Record<string, InterestLevel>; refuses: string[] } {
  const interest: Record<string, InterestLevel> = {};
  const refuses: string[] = [];
  for (const { key, topicNumber } of groups) {
    const level = topicNumber === null ? undefined : levels?.get(topicNumber);
    if (level === 'none') refuses.push(key);
    else if (level !== undefined) interest[key] = level;
  }
  return { interest, refuses };
}

/** By group, the lead who has to be in it. Of several groups of a topic it is the first's. */
function boundLeads(
  { topics }: GroupFacts,
  groups: readonly AskedGroup[],
  people: readonly GroupPerson[],
): Map<string, string[]> {
  const persons = new Map(people.map((person) => [person.key, person]));
  const leadOf = new Map(topics.map(({ number, lead }) => [number, lead]));
  const led = new Map<string, string[]>();
  const seen = new Set<number>();
  for (const { key, topicNumber } of groups) {
    if (topicNumber === null || seen.has(topicNumber)) continue;
    seen.add(topicNumber);
    const lead = leadOf.get(topicNumber) ?? null;
    if (lead !== null) led.set(lead, [...(led.get(lead) ?? []), key]);
  }
  return new Map(
    [...led].flatMap(([personId, [key = '', ...others]]): [string, string[]][] => {
      const person = persons.get(personId);
      const isFree =
        person !== undefined &&
        !person.isOut &&
        person.refuses?.includes(key) !== true &&
        (person.pinned === undefined || person.pinned === key);
      return others.length === 0 && isFree ? [[key, [personId]]] : [];
    }),
  );
}

const folded = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

/** The projects that a topic names should meet in its group, as far as somebody comes from them. */
function mixOf(
  { topics, people, projects }: GroupFacts,
  { topicNumber }: AskedGroup,
  different: number,
): ProjectMix {
  const named = topics.find(({ number }) => number === topicNumber)?.projects ?? [];
  const keys = named.flatMap((name) =>
    projects
      .filter((each) => [each.key, each.name].some((own) => folded(own) === folded(name)))
      .map(({ key }) => key),
  );
  const there = keys.filter((key) => people.some((each) => each.projects.includes(key)));
  return { different, least: Object.fromEntries(there.map((key) => [key, 1])) };
}

function rulesOf(
  { places, keepsPlaces }: GroupsAsked,
  people: readonly GroupPerson[],
  keys: ReadonlySet<string>,
): GroupRule[] {
  if (!keepsPlaces) return [];
  const known = new Set(people.map(({ key }) => key));
  const from = places.flatMap(({ personId, key }) =>
    key !== null && keys.has(key) && known.has(personId) ? [[personId, key] as const] : [],
  );
  // The level that the library leaves to it: whoever has a wish of theirs stays, before better wishes.
  return [{ kind: 'unmoved', level: 3, from: Object.fromEntries(from) }];
}

/** What the problem leaves out or cannot hold, in sentences, for organisers. */
export function notesOn(facts: GroupFacts, asked: GroupsAsked): string[] {
  const names = new Map(facts.people.map(({ id, name }) => [id, name]));
  const keys = new Set(asked.groups.map(({ key }) => key));
  const numbers = new Set(asked.groups.map(({ topicNumber }) => topicNumber));
  const led = Map.groupBy(
    facts.topics.filter(({ lead, number }) => lead !== null && numbers.has(number)),
    ({ lead }) => lead ?? '',
  );
  const several = [...led].filter(([id, topics]) => names.has(id) && topics.length > 1);
  const gone = asked.places.filter(
    ({ personId, key, isPinned }) =>
      isPinned && key !== null && !keys.has(key) && names.has(personId),
  );
  return [
    ...several.map(
      ([id, topics]) =>
        `${names.get(id)} leads ${topics.length} of the topics and can be in one group only, so that none of them waits for ${names.get(id)}.`,
    ),
    ...gone.map(
      ({ personId }) =>
        `${names.get(personId)} was put by hand into a group that is not among these any more, and goes by their wishes.`,
    ),
  ];
}
