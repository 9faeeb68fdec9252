import type { IndexedGroupRule, IndexedGroups } from './index-groups.ts';
import type { GroupValues } from './model.ts';

/** Groups by numbers: their topic, and who is in them. Nobody is in two. */
export interface NumberedGroup {
  readonly topic: number;
  readonly people: readonly number[];
}

/** One case in which a rule does not hold. */
export interface GroupBreak {
  readonly rule: IndexedGroupRule;
  /** In the units of the rule, before its weight. */
  readonly cost: number;
  readonly people: readonly number[];
  readonly topic?: number;
  /** Of `wishes`: the rank. */
  readonly rank?: number;
}

export interface JudgedGroups {
  readonly values: GroupValues;
  readonly breaks: readonly GroupBreak[];
}

/**
 * Judges groups from nothing but the definition of each rule: slow, obvious, and shared with nothing
 * of the search, which is tested against it. Groups of nobody are none.
 */
export function checkGroups(indexed: IndexedGroups, given: readonly NumberedGroup[]): JudgedGroups {
  const groups = given.filter(({ people }) => people.length > 0);
  const breaks = indexed.rules.flatMap((rule) =>
    breaksOf(rule, indexed, groups).map((each) => ({ ...each, rule })),
  );
  const values = indexed.values.map(() => 0);
  for (const { rule, cost, rank } of breaks) {
    const at = rank === undefined ? rule.at : rule.at + indexed.worstRank - rank;
    values[at] = (values[at] ?? 0) + cost * rule.weight;
  }
  return { values, breaks };
}

type Found = Omit<GroupBreak, 'rule'>;

function breaksOf(
  rule: IndexedGroupRule,
  indexed: IndexedGroups,
  groups: readonly NumberedGroup[],
): Found[] {
  const { people, topics } = indexed;
  const groupOf = (person: number) => groups.find((group) => group.people.includes(person));
  /** Everybody who takes part, with the topic in which they are. */
  const placed = [...people.entries()]
    .filter(([, { isOut }]) => !isOut)
    .map(([number, person]) => ({ number, person, topic: groupOf(number)?.topic }));
  const each = (isBroken: (one: (typeof placed)[number]) => boolean): Found[] =>
    placed.filter(isBroken).map(({ number, topic }) => ({
      cost: 1,
      people: [number],
      ...(topic === undefined ? {} : { topic }),
    }));
  switch (rule.kind) {
    case 'size':
      return [...topics.keys()].flatMap((topic) => sizeBreaks(topic, indexed, groups));
    case 'pinned':
      return each(({ person, topic }) => person.pinned !== undefined && person.pinned !== topic);
    case 'refused':
      return each(({ person, topic }) => topic !== undefined && person.refuses.has(topic));
    case 'leads':
    case 'needed':
      return topics.flatMap((topic, number) => {
        const runs = topic.mustRun || groups.some((group) => group.topic === number);
        return topic[rule.kind === 'leads' ? 'leads' : 'needed']
          .filter((person) => runs && groupOf(person)?.topic !== number)
          .map((person) => ({ cost: 1, people: [person], topic: number }));
      });
    case 'together':
      return pairsOf(rule.people)
        .filter((pair) => {
          const [one, other] = pair.map(groupOf);
          return one !== undefined && other !== undefined && one !== other;
        })
        .map((pair) => ({ cost: 1, people: pair }));
    case 'apart':
      return pairsOf(rule.people)
        .filter((pair) => {
          const [one, other] = pair.map(groupOf);
          return one !== undefined && one === other;
        })
        .map((pair) => ({ cost: 1, people: pair }));
    case 'placed':
      return each(({ topic }) => topic === undefined);
    case 'chosen':
      return each(
        ({ person, topic }) =>
          topic !== undefined && person.rank.size > 0 && !person.rank.has(topic),
      );
    case 'unmoved':
      return [...rule.from]
        .filter(([person, topic]) => !people[person]?.isOut && groupOf(person)?.topic !== topic)
        .map(([person]) => ({ cost: 1, people: [person] }));
    case 'wishes':
      return placed.flatMap(({ number, person, topic = -1 }) => {
        const rank = person.rank.get(topic) ?? 1;
        return rank > 1 ? [{ cost: 1, people: [number], topic, rank }] : [];
      });
    case 'interest':
      return placed.flatMap(({ number, person, topic = -1 }) => {
        const greatest = Math.max(0, ...person.weight.values());
        const cost = greatest - (person.weight.get(topic) ?? 0);
        return cost > 0 ? [{ cost, people: [number] }] : [];
      });
    case 'led':
      return groups
        .filter(
          ({ topic, people: here }) =>
            (topics[topic]?.leading.size ?? 0) > 0 &&
            !here.some((person) => topics[topic]?.leading.has(person)),
        )
        .map(({ topic, people: here }) => ({ cost: 1, people: here, topic }));
    case 'mix':
      return groups.flatMap(({ topic, people: here }) => {
        const projects = here.map((person) => people[person]?.projects ?? []);
        const { different = 0, least = {} } = topics[topic]?.topic.mix ?? {};
        const missing = Object.entries(least).map(([project, count]) =>
          Math.max(0, count - projects.filter((each) => each.includes(project)).length),
        );
        const cost = missing.reduce(
          (sum, each) => sum + each,
          Math.max(0, different - new Set(projects.flat()).size),
        );
        return cost > 0 ? [{ cost, people: here, topic }] : [];
      });
  }
}

function sizeBreaks(
  topic: number,
  { topics }: IndexedGroups,
  groups: readonly NumberedGroup[],
): Found[] {
  const {
    least,
    most,
    groups: allowed,
    mustRun,
  } = topics[topic] ?? { least: 0, most: 0, groups: 0 };
  const sizes = groups.filter((group) => group.topic === topic).map(({ people }) => people.length);
  if (sizes.length === 0) return mustRun ? [{ cost: least, people: [], topic }] : [];
  const wrong = sizes.map((size) => Math.max(0, least - size, size - most));
  // Who is in a group that is not allowed is one too many in one that is.
  const beyond = sizes.toSorted((one, other) => other - one).slice(allowed);
  const cost = [...wrong, ...beyond].reduce((sum, each) => sum + each, 0);
  return cost > 0 ? [{ cost, people: [], topic }] : [];
}

const pairsOf = (people: readonly number[]): [number, number][] =>
  people.flatMap((one, index) =>
    people.slice(index + 1).map((other): [number, number] => [one, other]),
  );
