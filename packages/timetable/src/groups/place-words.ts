import { counted, listed, ordinal } from '@cairn/kernel/words';
import type { MissedTopic, PlaceExplanation, Trade } from './explain-place.ts';
import { nameOf, titleOf } from './group-words.ts';
import type { IndexedGroups } from './index-groups.ts';

/** Why somebody is where they are, in sentences. */
export function placeInWords(
  indexed: IndexedGroups,
  { person, topic, missed, trades }: Omit<PlaceExplanation, 'sentences'>,
): string[] {
  const about = indexed.people[person];
  const who = nameOf(indexed, person);
  if (about?.isOut) return [`${who} takes no part.`];
  return [
    `${who} is in ${whereInWords(indexed, person, topic)}.`,
    ...(about !== undefined && about.pinned === topic && topic !== undefined
      ? ['They were put there by hand.']
      : []),
    ...missed.map((each) => missedInWords(indexed, person, each)),
    ...(missed.length === 0 || topic === undefined ? [] : [tradeInWords(indexed, person, trades)]),
  ];
}

function whereInWords(indexed: IndexedGroups, person: number, topic: number | undefined): string {
  if (topic === undefined) return 'no group';
  const { rank } = indexed.people[person] ?? {};
  const own = rank?.get(topic);
  const title = titleOf(indexed, topic);
  if (rank === undefined || rank.size === 0) return `${title}; they wished for nothing`;
  return own === undefined
    ? `${title}, for which they did not wish`
    : `${title}, their ${ordinal(own)} wish`;
}

function missedInWords(indexed: IndexedGroups, person: number, missed: MissedTopic): string {
  const title = titleOf(indexed, missed.topic);
  const { rank, pinned = -1 } = indexed.people[person] ?? {};
  const wish = `${title} (their ${ordinal(rank?.get(missed.topic) ?? 1)} wish)`;
  switch (missed.why) {
    case 'refused':
      return `${title} they refuse.`;
    case 'pinned':
      return `Not ${wish}: they were put into ${titleOf(indexed, pinned)} by hand.`;
    case 'leads-elsewhere':
      return `Not ${wish}: they lead their topic, or must not be missed in it.`;
    case 'dropped': {
      const bound = missed.boundElsewhere.map((each) => nameOf(indexed, each));
      const why =
        bound.length > 0
          ? `${listed(bound)} must be in it and ${bound.length === 1 ? 'is' : 'are'} bound elsewhere`
          : `${counted(missed.wishing, 'person wishes', 'people wish')} for it, and a group takes ${indexed.topics[missed.topic]?.least}`;
      return `Not ${wish}: it does not run. ${why}.`;
    }
    case 'others': {
      const moves = missed.chain.map(
        ({ person: other, from, to }) =>
          `${nameOf(indexed, other)} would go from ${titleOf(indexed, from)}${wishOf(indexed, other, from)} to ${to >= indexed.topics.length ? 'no group' : `${titleOf(indexed, to)}${wishOf(indexed, other, to)}`}`,
      );
      const price = priceInWords(indexed, missed.change);
      if (moves.length > 0) {
        return `Not ${wish}: for that ${chainInWords(moves)}${price === '' ? '; nothing but lots decided' : `: ${price}`}.`;
      }
      return `Not ${wish}: ${price === '' ? 'nothing but lots decided' : price}.`;
    }
  }
}

/** Longer chains are told by their ends. */
const TOLD_MOVES = 3;

function chainInWords(moves: readonly string[]): string {
  if (moves.length <= TOLD_MOVES) return listed(moves);
  return `${moves.length} people would have to move one after another: first ${moves[0]}, at last ${moves.at(-1)}`;
}

/** The first value that a change makes worse, in words; nothing where it makes none worse. */
function priceInWords({ values }: IndexedGroups, change: readonly number[]): string {
  const at = change.findIndex((each) => each !== 0);
  const more = change[at] ?? 0;
  return more > 0 ? `${more} more of “${values[at]?.name ?? ''}”` : '';
}

function wishOf(indexed: IndexedGroups, person: number, topic: number): string {
  const { rank } = indexed.people[person] ?? {};
  if (rank === undefined || rank.size === 0) return '';
  const own = rank.get(topic);
  return own === undefined ? ' (no wish of theirs)' : ` (their ${ordinal(own)} wish)`;
}

function tradeInWords(indexed: IndexedGroups, person: number, trades: readonly Trade[]): string {
  const who = nameOf(indexed, person);
  const losesNothing = ({
    before = Number.POSITIVE_INFINITY,
    after = Number.POSITIVE_INFINITY,
  }: Trade) => after <= before;
  const fair = trades.find(losesNothing);
  if (fair !== undefined) {
    const price = priceInWords(indexed, fair.change);
    const against = price === '' ? '' : `, against the rules: ${price}`;
    return `${who} could trade places with ${nameOf(indexed, fair.other)} in ${titleOf(indexed, fair.topic)}, who would lose nothing by it${against}.`;
  }
  const [least] = trades;
  if (least === undefined) return `There is nobody with whom ${who} could trade places.`;
  const from = least.before === undefined ? 'no wish' : `their ${ordinal(least.before)} wish`;
  const to = least.after === undefined ? 'no wish of theirs' : `their ${ordinal(least.after)} wish`;
  return `Nobody could trade places with ${who} without losing by it; ${nameOf(indexed, least.other)} in ${titleOf(indexed, least.topic)} would lose least: ${to} instead of ${from}.`;
}
