import type { NumberedGroup } from './checker.ts';
import type { IndexedGroups } from './index-groups.ts';

/**
 * People who wish for nothing but some topics, which have fewer places than they are: whatever is
 * done, some of them get none of their wishes (Hall's theorem, 1935). Without any of the topics it
 * would explain fewer of those.
 */
export interface Shortage {
  /** Everybody whose wishes are all among these topics. */
  readonly people: readonly string[];
  readonly topics: readonly string[];
  readonly places: number;
  /** Those of the topics that do not run, and so have no places. */
  readonly dropped: readonly string[];
  /** Those of the people who get none of their wishes: whoever is to be asked for another. */
  readonly without: readonly string[];
}

/** All reasons of that kind why people get none of their wishes. */
export function shortagesOf(indexed: IndexedGroups, groups: readonly NumberedGroup[]): Shortage[] {
  const { people, topics } = indexed;
  const topicOf = people.map(() => -1);
  for (const { topic, people: here } of groups) for (const each of here) topicOf[each] = topic;
  const wishes = wishesOf(indexed, topicOf);
  const runs = new Set(groups.map(({ topic }) => topic));
  const places = topics.map(({ most, groups: count }, topic) =>
    runs.has(topic) ? most * count : 0,
  );
  const isWithout = (person: number) =>
    (wishes[person]?.size ?? 0) > 0 && !wishes[person]?.has(topicOf[person] ?? -1);
  const keysOf = (numbers: readonly number[]) =>
    numbers.map((each) => people[each]?.person.key ?? '');
  const topicKeys = (numbers: readonly number[]) =>
    numbers.map((each) => topics[each]?.topic.key ?? '');
  const reached = [...people.keys()]
    .filter((person) => people[person]?.isOut === false && isWithout(person))
    .map((person) => reachedFrom(person, wishes, topicOf, topics.length));
  return unitedWhereTheyMeet(reached).flatMap((wide) => {
    const narrow = narrowed(wide, wishes, places);
    const within = withinOf(narrow, wishes);
    // Something else keeps them out: a pair, a pin, a least size.
    if (within.length <= placesOf(narrow, places)) return [];
    const shortage: Shortage = {
      people: keysOf(within),
      topics: topicKeys([...narrow]),
      places: placesOf(narrow, places),
      dropped: topicKeys([...narrow].filter((topic) => !runs.has(topic))),
      without: keysOf(within.filter(isWithout)),
    };
    return [shortage];
  });
}

type Wishes = readonly ReadonlySet<number>[];

/** The topics that each could be in and would like; of whoever must be somewhere only that. */
function wishesOf({ people, topics, rules }: IndexedGroups, topicOf: readonly number[]): Wishes {
  const isHard = (kind: string) => rules.some((rule) => rule.kind === kind && rule.at === 0);
  const runs = new Set(topicOf);
  const bound = new Map<number, number>();
  for (const [topic, { leads, needed }] of topics.entries()) {
    if (!runs.has(topic)) continue;
    for (const each of isHard('leads') ? leads : []) bound.set(each, topic);
    for (const each of isHard('needed') ? needed : []) bound.set(each, topic);
  }
  return people.map(({ rank, refuses, pinned, isOut }, person) => {
    if (isOut) return new Set<number>();
    const only = pinned ?? bound.get(person);
    if (only !== undefined) return new Set([only]);
    return new Set([...rank.keys()].filter((topic) => !refuses.has(topic)));
  });
}

/** Topics that somebody wishes for, that those who are in them wish for, and so on. */
function reachedFrom(
  person: number,
  wishes: Wishes,
  topicOf: readonly number[],
  topics: number,
): Set<number> {
  const here = Array.from({ length: topics }, (): number[] => []);
  for (const [each, topic] of topicOf.entries()) here[topic]?.push(each);
  const reached = new Set(wishes[person]);
  for (const topic of reached) {
    for (const other of here[topic] ?? [])
      for (const next of wishes[other] ?? []) reached.add(next);
  }
  return reached;
}

const withinOf = (topics: ReadonlySet<number>, wishes: Wishes): number[] =>
  [...wishes.keys()].filter((person) => {
    const own = wishes[person];
    return own !== undefined && own.size > 0 && own.isSubsetOf(topics);
  });

const placesOf = (topics: ReadonlySet<number>, places: readonly number[]): number =>
  [...topics].reduce((sum, topic) => sum + (places[topic] ?? 0), 0);

function unitedWhereTheyMeet(sets: readonly ReadonlySet<number>[]): ReadonlySet<number>[] {
  let united: ReadonlySet<number>[] = [];
  for (const set of sets) {
    const meeting = united.filter((other) => !other.isDisjointFrom(set));
    const one = meeting.reduce((sum, other) => sum.union(other), set);
    united = [...united.filter((other) => !meeting.includes(other)), one];
  }
  return united;
}

/** Leaves out topics as long as no fewer people are without a place in the rest. */
function narrowed(
  wide: ReadonlySet<number>,
  wishes: Wishes,
  places: readonly number[],
): ReadonlySet<number> {
  let topics = new Set([...wide].sort((one, other) => one - other));
  let people = withinOf(topics, wishes);
  for (const topic of [...topics]) {
    const left = people.filter((each) => wishes[each]?.has(topic) === false);
    if (people.length - left.length > (places[topic] ?? 0)) continue;
    topics = topics.difference(new Set([topic]));
    people = left;
  }
  return topics;
}
