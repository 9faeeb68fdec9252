import { counted, listed, ordinal } from '@cairn/kernel/words';
import { checkGroups, type NumberedGroup } from './checker.ts';
import type { GroupsFound } from './form-groups.ts';
import { sentenceOfBreak } from './group-words.ts';
import type { IndexedGroups } from './index-groups.ts';
import type { Shortage } from './shortages.ts';

type Found = Omit<GroupsFound, 'statement'>;

/** Groups are named up to so many; beyond, they are counted. */
const NAMED = 6;

/** What was found, what is proven of it, which rules it breaks and why wishes are not met. */
export function statementOf(indexed: IndexedGroups, found: Found): string[] {
  const numbered = numberedGroups(indexed, found);
  const { breaks } = checkGroups(indexed, numbered);
  const broken = breaks
    .filter(({ rule }) => rule.at === 0)
    .map((each) => sentenceOfBreak(indexed, each));
  return [
    ...overview(indexed, found),
    proofOf(indexed, found),
    ...some(broken, 'more rules that must hold are broken'),
    ...found.shortages.map((each) => shortageInWords(indexed, found, each)),
    ...withoutShortage(indexed, found, numbered),
  ];
}

/** Who gets none of their wishes though there would be places. */
function withoutShortage(
  { people }: IndexedGroups,
  { shortages }: Found,
  groups: readonly NumberedGroup[],
): string[] {
  const explained = new Set(shortages.flatMap(({ without }) => without));
  const topicOf = new Map(
    groups.flatMap(({ topic, people: here }) => here.map((each) => [each, topic])),
  );
  const left = [...people.entries()].filter(
    ([number, { rank, pinned, isOut, person }]) =>
      !isOut &&
      rank.size > 0 &&
      !rank.has(topicOf.get(number) ?? -1) &&
      (pinned === undefined || topicOf.get(number) !== pinned) &&
      !explained.has(person.key),
  );
  if (left.length === 0) return [];
  const names = few(left.map(([, { person }]) => person.name ?? person.key));
  return [
    `${names} ${left.length === 1 ? 'gets' : 'get'} none of their wishes, not for want of places: sizes, leads, refusals, pins or pairs stand against it.`,
  ];
}

/** The groups of an answer as the checker wants them. */
export const numberedGroups = (
  { personOf, topicOf }: IndexedGroups,
  { groups }: Pick<GroupsFound, 'groups'>,
): NumberedGroup[] =>
  groups.map(({ topic, people }) => ({
    topic: topicOf.get(topic) ?? -1,
    people: people.map((key) => personOf.get(key) ?? -1),
  }));

function overview(indexed: IndexedGroups, found: Found): string[] {
  const { groups, unplaced, dropped } = found;
  const placed = groups.reduce((sum, { people }) => sum + people.length, 0);
  const ranks = new Map<number | undefined, number>();
  for (const { topic, people } of numberedGroups(indexed, found)) {
    for (const person of people) {
      const wishes = indexed.people[person]?.rank;
      if (wishes === undefined || wishes.size === 0) continue;
      const rank = wishes.get(topic);
      ranks.set(rank, (ranks.get(rank) ?? 0) + 1);
    }
  }
  const wished = [...ranks]
    .flatMap(([rank, count]) => (rank === undefined ? [] : [{ rank, count }]))
    .sort((one, other) => one.rank - other.rank)
    .map(({ rank, count }, index) =>
      index === 0
        ? `${counted(count, 'person has', 'people have')} their ${ordinal(rank)} wish`
        : `${count} their ${ordinal(rank)}`,
    );
  const unwished = ranks.get(undefined) ?? 0;
  const names = dropped.map((key) => topicName(indexed, key));
  return [
    `${counted(placed, 'person is', 'people are')} in ${counted(groups.length, 'group')}.`,
    ...(wished.length === 0 ? [] : [`${listed(wished)}.`]),
    ...(unwished === 0
      ? []
      : [
          `${counted(unwished, 'person is', 'people are')} in a topic for which they did not wish.`,
        ]),
    ...(unplaced.length === 0
      ? []
      : [
          `${counted(unplaced.length, 'person is', 'people are')} in no group: ${few(unplaced.map((key) => personName(indexed, key)))}.`,
        ]),
    ...(dropped.length === 0
      ? []
      : [`${counted(dropped.length, 'topic does', 'topics do')} not run: ${few(names)}.`]),
  ];
}

function proofOf({ values: names }: IndexedGroups, found: Found): string {
  const { isOptimal, provenValues, values, bound } = found;
  if (isOptimal) return 'It is proven that nobody can do better.';
  const next = names[provenValues]?.name ?? '';
  const before = names[provenValues - 1]?.name;
  const open = `“${next}” is ${values[provenValues]}, and it is not known whether it could be ${bound[provenValues]}`;
  return before === undefined
    ? `Not proven to be the best: ${open}.`
    : `It is proven that nobody can do better down to “${before}”; ${open}.`;
}

/** A shortage and its remedies. */
export function shortageInWords(
  indexed: IndexedGroups,
  { groups }: Pick<GroupsFound, 'groups'>,
  { people, topics, places, dropped, without }: Shortage,
): string {
  const name = (key: string) => topicName(indexed, key);
  const missing = people.length - places;
  const running = topics.filter((key) => !dropped.includes(key));
  const closed =
    dropped.length === 0
      ? ''
      : ` (${listed(dropped.map(name))} ${dropped.length === 1 ? 'does' : 'do'} not run)`;
  const room = indexed.topics
    .map(({ topic, most, groups: count }) => {
      const here = groups.filter((group) => group.topic === topic.key);
      const taken = here.reduce((sum, group) => sum + group.people.length, 0);
      return { name: name(topic.key), free: here.length === 0 ? 0 : most * count - taken };
    })
    .filter(({ free }) => free > 0)
    .map(({ name: topic, free }) => `${topic} (${free})`);
  const ask = few(
    without.map((key) => personName(indexed, key)),
    'or',
  );
  const remedies = [
    ...(running.length === 0
      ? []
      : [
          `make room for ${missing} more`,
          `let ${listed(running.map(name), 'or')} have another group`,
        ]),
    ...(dropped.length === 0 ? [] : [`let ${listed(dropped.map(name), 'or')} run`]),
    `ask ${ask} for another wish`,
  ];
  return (
    `${counted(people.length, 'person wishes', 'people wish')} for nothing but ${listed(topics.map(name))}${closed}, ` +
    `which ${topics.length === 1 ? 'has' : 'have'} ${counted(places, 'place')}: ${listed(remedies, 'or')}` +
    `${room.length === 0 ? '' : `; there is room in ${few(room)}`}.`
  );
}

export const personName = ({ people, personOf }: IndexedGroups, key: string): string =>
  people[personOf.get(key) ?? -1]?.person.name ?? key;

export const topicName = ({ topics, topicOf }: IndexedGroups, key: string): string =>
  topics[topicOf.get(key) ?? -1]?.topic.title ?? key;

/** The first of them by name, the rest by number. */
function few(names: readonly string[], word: 'and' | 'or' = 'and'): string {
  if (names.length <= NAMED) return listed(names, word);
  return listed([...names.slice(0, NAMED), `${names.length - NAMED} more`], word);
}

function some(sentences: readonly string[], rest: string): string[] {
  const left = sentences.length - NAMED;
  return left <= 0 ? [...sentences] : [...sentences.slice(0, NAMED), `${left} ${rest}.`];
}
