import { counted, listed, ordinal } from '@cairn/kernel/words';
import {
  type MissedTopic,
  PlaceExplaining,
  type PlaceExplanation,
  type Trade,
} from '@cairn/timetable/groups/explain-place';
import { type IndexedGroups, indexGroups } from '@cairn/timetable/groups/index-groups';
import type { Group, GroupsProblem } from '@cairn/timetable/groups/model';
import type { CameBy } from './group-schema.ts';

/** Where somebody is, and who put them there. */
export interface ExplainedPlace {
  readonly personId: string;
  /** The key of their group; null in none. */
  readonly key: string | null;
  readonly isOut: boolean;
  readonly cameBy: CameBy;
}

/**
 * Why each is where they are and what would get them elsewhere, told to themselves, by person. None
 * where the problem does not hold together.
 */
export function whysOf(
  problem: GroupsProblem,
  places: readonly ExplainedPlace[],
): ReadonlyMap<string, string[]> {
  const read = indexGroups(problem);
  if (!read.ok) return new Map();
  const indexed = read.value;
  const byKey = Map.groupBy(
    places.filter(({ key, isOut, personId }) => {
      const person = indexed.people[indexed.personOf.get(personId) ?? -1];
      return key !== null && indexed.topicOf.has(key) && !isOut && person?.isOut === false;
    }),
    ({ key }) => key ?? '',
  );
  const groups = [...byKey].map(
    ([topic, here]): Group => ({ topic, people: here.map(({ personId }) => personId) }),
  );
  const explaining = new PlaceExplaining(indexed, { groups });
  return new Map(
    places
      .filter(({ personId }) => indexed.personOf.has(personId))
      .map((place) => [
        place.personId,
        whyInWords(indexed, place, explaining.person(place.personId)),
      ]),
  );
}

/** Why somebody is where they are, in sentences to themselves. */
function whyInWords(
  indexed: IndexedGroups,
  { isOut, cameBy }: ExplainedPlace,
  { person, topic, missed, trades }: Omit<PlaceExplanation, 'sentences'>,
): string[] {
  const about = indexed.people[person];
  if (isOut || about?.isOut === true) return [outInWords(isOut, cameBy)];
  const isChosen = topic !== undefined && (cameBy === 'self' || cameBy === 'swap');
  return [
    `You are in ${whereInWords(indexed, person, topic)}.`,
    ...boundInWords(indexed, person, topic),
    ...(topic === undefined ? [] : CAME[cameBy]),
    // Who went there by their own choice is told no reasons why they are nowhere else.
    ...(isChosen ? [] : missed.map((each) => missedInWords(indexed, person, each))),
    ...(isChosen || missed.length === 0 || topic === undefined
      ? []
      : [tradeInWords(indexed, trades)]),
  ];
}

const CAME: Readonly<Record<CameBy, readonly string[]>> = {
  search: [],
  hand: ['An organiser put you there by hand.'],
  self: ['You chose it yourself.'],
  swap: ['You changed places with somebody for it.'],
};

const outInWords = (isOut: boolean, cameBy: CameBy): string => {
  if (!isOut || cameBy === 'search') {
    return 'You are in no group, because you are not there on these days.';
  }
  return cameBy === 'self'
    ? 'You are in no group, because you opted out.'
    : 'You are in no group, because an organiser took you out.';
};

const titleOf = ({ topics }: IndexedGroups, topic: number): string =>
  `“${topics[topic]?.topic.title ?? ''}”`;

const nameOf = ({ people }: IndexedGroups, person: number): string =>
  people[person]?.person.name ?? 'somebody';

const WANTS = {
  lead: 'want to lead',
  work: 'want to work on',
  learn: 'want to learn from',
} as const;

function whereInWords(indexed: IndexedGroups, person: number, topic: number | undefined): string {
  if (topic === undefined) return 'no group';
  const { rank, person: about } = indexed.people[person] ?? {};
  const title = titleOf(indexed, topic);
  if (rank === undefined || rank.size === 0) {
    return `${title}. You said nothing of what you want, so you can be wherever people are needed`;
  }
  const own = rank.get(topic);
  if (own === undefined) return `${title}, for which you did not wish`;
  const level = about?.interest?.[indexed.topics[topic]?.topic.key ?? ''];
  const wants = typeof level === 'string' ? `, which you ${WANTS[level]}` : '';
  return `${title}${wants}: your ${ordinal(own)} wish`;
}

function boundInWords(
  { topics }: IndexedGroups,
  person: number,
  topic: number | undefined,
): string[] {
  const { leads = [], needed = [] } = topics[topic ?? -1] ?? {};
  return [
    ...(leads.includes(person) ? ['You lead its topic.'] : []),
    ...(needed.includes(person) ? ['Organisers said that you must not be missed there.'] : []),
  ];
}

function missedInWords(indexed: IndexedGroups, person: number, missed: MissedTopic): string {
  const title = titleOf(indexed, missed.topic);
  const about = indexed.people[person];
  const wish = `${title} (your ${ordinal(about?.rank.get(missed.topic) ?? 1)} wish)`;
  switch (missed.why) {
    case 'refused':
      return `You do not want to be in ${title}.`;
    case 'pinned':
      return `Not ${wish}: your place in ${titleOf(indexed, about?.pinned ?? -1)} is kept.`;
    case 'leads-elsewhere':
      return `Not ${wish}: your own group needs you.`;
    case 'dropped':
      return `Not ${wish}: it does not come about. ${droppedInWords(indexed, missed)}`;
    case 'others': {
      const price = priceInWords(indexed, missed.change);
      const moves = missed.chain.map(({ person: other, from, to }) => {
        const place = to >= indexed.topics.length ? 'no group' : titleOf(indexed, to);
        return `${nameOf(indexed, other)} would go from ${titleOf(indexed, from)} to ${place}`;
      });
      if (moves.length === 0) return `Not ${wish}: ${price ?? 'nothing but lots decided'}.`;
      const why = price === undefined ? '; nothing but lots decided' : `, which costs ${price}`;
      return `Not ${wish}: for that ${chainInWords(moves)}${why}.`;
    }
  }
}

function droppedInWords(
  indexed: IndexedGroups,
  { topic, wishing, boundElsewhere }: Extract<MissedTopic, { why: 'dropped' }>,
): string {
  if (boundElsewhere.length === 0) {
    const least = indexed.topics[topic]?.least ?? 1;
    const wish = `${counted(wishing, 'person wishes', 'people wish')} for it`;
    return wishing < least
      ? `${wish}, and a group takes ${least} or more.`
      : `${wish}, but a group of ${least} would take others from better wishes, or leave their groups too small.`;
  }
  const names = listed(boundElsewhere.map((each) => nameOf(indexed, each)));
  return `${names} must be in it and ${boundElsewhere.length === 1 ? 'is' : 'are'} needed elsewhere.`;
}

/** Longer chains are told by their ends. */
const TOLD_MOVES = 3;

const chainInWords = (moves: readonly string[]): string =>
  moves.length <= TOLD_MOVES
    ? listed(moves)
    : `${moves.length} people would have to move one after another: first ${moves[0]}, at last ${moves.at(-1)}`;

/** The first value that a change makes worse; undefined where it makes none worse. */
function priceInWords({ values }: IndexedGroups, change: readonly number[]): string | undefined {
  const at = change.findIndex((each) => each !== 0);
  const more = change[at] ?? 0;
  return more > 0 ? `${more} more of “${values[at]?.name ?? ''}”` : undefined;
}

function tradeInWords(indexed: IndexedGroups, trades: readonly Trade[]): string {
  const losesNothing = ({
    before = Number.POSITIVE_INFINITY,
    after = Number.POSITIVE_INFINITY,
  }: Trade) => after <= before;
  const fair = trades.find(losesNothing);
  if (fair !== undefined) {
    return `You could change places with ${nameOf(indexed, fair.other)} in ${titleOf(indexed, fair.topic)}, who would lose nothing by it.`;
  }
  const [least] = trades;
  if (least === undefined) return 'There is nobody with whom you could change places.';
  const wish = (rank: number | undefined) =>
    rank === undefined ? 'no wish of theirs' : `their ${ordinal(rank)} wish`;
  return `Nobody could change places with you without losing by it; ${nameOf(indexed, least.other)} in ${titleOf(indexed, least.topic)} would lose least: ${wish(least.after)} instead of ${wish(least.before)}.`;
}
