import { counted } from '@cairn/kernel/words';
import { type Names, namesOf, placeInWords } from '../explain/names.ts';
import { fewOf, sentenceOf, valuesInWords } from '../explain/words.ts';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Offer, Repair } from './repair.ts';

/** What a repair needs and what is proven of it, in sentences. */
export function repairInSentences(
  indexed: IndexedInstance,
  repair: Repair,
  measure: 'sessions' | 'people' = 'sessions',
  names: Names = namesOf(indexed),
): string[] {
  const left = repair.left.map(
    (each) => `Kept as it is, and still wrong: ${sentenceOf(indexed, each, names)}`,
  );
  return [...leastInSentences(repair, measure, names), ...left];
}

/** One offer in sentences: what it costs, what it is worth, and each move. */
export function offerInSentences(
  indexed: IndexedInstance,
  offer: Offer,
  measure: 'sessions' | 'people' = 'sessions',
  names: Names = namesOf(indexed),
): string[] {
  const { cost, values, moves, isBest } = offer;
  const proof = isBest ? ' No timetable with as few moves is better.' : '';
  return [
    `${amount(cost, measure)} moved: ${valuesInWords(indexed, values, names)}.${proof}`,
    ...moves.map(
      ({ session, from, to }) =>
        `${names.session(session)}: from ${placeInWords(names, from)} to ${placeInWords(names, to)}.`,
    ),
  ];
}

function leastInSentences(
  { verdict, least, atLeast, isProven, tooMany }: Repair,
  measure: 'sessions' | 'people',
  names: Names,
): string[] {
  if (verdict === 'impossible') {
    return [
      'No timetable keeps all that must hold and what is to stay.',
      ...(tooMany.length === 0
        ? []
        : [
            `There are fewer places than sessions for these ${tooMany.length}: ${fewOf(tooMany.map(names.session))}.`,
          ]),
    ];
  }
  if (verdict === 'unknown') {
    return [
      `No timetable was found that keeps all that must hold; at least ${amount(atLeast, measure)} must move.`,
    ];
  }
  if (least === 0) return ['Nothing has to move.'];
  return [
    isProven
      ? `${amount(least, measure)} must move; it is proven that fewer will not do.`
      : `${amount(least, measure)} moved is the least that was found; it is proven that fewer than ${atLeast} will not do.`,
  ];
}

const amount = (count: number, measure: 'sessions' | 'people'): string =>
  measure === 'people' ? counted(count, 'person', 'people') : counted(count, 'session');
