import { counted, listed, ordinal } from '@cairn/kernel/words';
import type { RankedWindow, WeekLevel, WeekRanking } from './week-ranking.ts';

/** How weeks, people, communities and sums are called where a ranking is explained. */
export interface WeekNames {
  readonly window: (id: string) => string;
  readonly person: (id: string) => string;
  readonly community: (key: string) => string;
  /** Minor units of the poll's currency. */
  readonly money: (minor: number) => string;
}

/** Each level as what it counts, for “fewer …” and “more …”. */
export const LEVEL_WORDS: Readonly<Record<WeekLevel, string>> = {
  neededNo: 'needed people who cannot come',
  neededUnanswered: 'needed people who have not answered',
  communitiesLeftOut: 'communities of which nobody can come',
  communityPeopleShort: 'people missing to what communities should send',
  seatsFilled: 'seats filled, by weight',
  comfort: 'people who can come without “if need be”, by weight',
  extraCost: 'extra cost',
  leadShortDays: 'days of lead time missing',
};

/**
 * Why a week is where it is, in sentences: its place, on what it falls behind the best and by how
 * much, who needed is missing, how many can come, and what the missing answers could still change.
 */
export function explainWindow(
  ranked: RankedWindow,
  { ranking }: Pick<WeekRanking, 'ranking'>,
  names: WeekNames,
): string[] {
  return [
    place(ranked, ranking, names),
    ...behind(ranked, ranking, names),
    ...needed(ranked, names),
    ...communities(ranked, names),
    answers(ranked),
    seats(ranked),
    ...cost(ranked, ranking, names),
    ...lead(ranked),
    ...future(ranked, ranking, names),
  ];
}

function place(
  { id, rank, isTied }: RankedWindow,
  ranking: readonly RankedWindow[],
  names: WeekNames,
): string {
  if (ranking.length === 1) return 'It is the only week.';
  const comes = rank === 1 ? 'Comes first' : `Comes ${ordinal(rank)} of ${ranking.length}`;
  if (!isTied) return `${comes}.`;
  const others = ranking.filter((each) => each.rank === rank && each.id !== id);
  return `${comes}, in a tie with ${listed(others.map((each) => names.window(each.id)))}: nothing that counts tells them apart.`;
}

function behind(
  { behind: by }: RankedWindow,
  ranking: readonly RankedWindow[],
  names: WeekNames,
): string[] {
  const best = ranking[0];
  if (by === undefined || best === undefined) return [];
  const as = (value: number): string =>
    by.level === 'extraCost' ? names.money(value) : String(value);
  return [
    `It falls behind ${names.window(best.id)} on ${LEVEL_WORDS[by.level]}: ${as(by.value)}, there ${as(by.best)}.`,
  ];
}

function needed({ neededMissing, neededUnknown }: RankedWindow, names: WeekNames): string[] {
  const people = (ids: readonly string[]): string => listed(ids.map(names.person));
  return [
    ...(neededMissing.length === 0 ? [] : [`Needed, and cannot come: ${people(neededMissing)}.`]),
    ...(neededUnknown.length === 0
      ? []
      : [
          `Needed, and ${neededUnknown.length === 1 ? 'has' : 'have'} not answered: ${people(neededUnknown)}.`,
        ]),
  ];
}

function communities(
  { communitiesLeftOut, communitiesUnder }: RankedWindow,
  names: WeekNames,
): string[] {
  const named = (keys: readonly string[]): string => listed(keys.map(names.community));
  return [
    ...(communitiesLeftOut.length === 0
      ? []
      : [`Nobody can come from: ${named(communitiesLeftOut)}.`]),
    ...(communitiesUnder.length === 0
      ? []
      : [`Too few can come from: ${named(communitiesUnder)}.`]),
  ];
}

function answers({ counts }: RankedWindow): string {
  const known = `${counts.canCome} can come (${counts.yes} yes, ${counts.ifNeedBe} if need be), ${counts.no} cannot`;
  if (counts.unanswered === 0) return `${known}; everybody has answered.`;
  const have = counts.unanswered === 1 ? 'has' : 'have';
  return `${known}; ${counts.unanswered} ${have} not answered, which is not counted as yes.`;
}

function seats({ counts }: RankedWindow): string {
  if (counts.seatsLeft > 0) {
    return `${counts.seatsFilled} of ${counts.seatsFilled + counts.seatsLeft} seats would be filled.`;
  }
  const more = counts.canCome - counts.seatsFilled;
  const filled =
    counts.seatsFilled === 1
      ? 'The one seat would be filled'
      : `All ${counts.seatsFilled} seats would be filled`;
  return more === 0 ? `${filled}.` : `${filled}, with ${more} more who can come.`;
}

function cost(
  { values }: RankedWindow,
  ranking: readonly RankedWindow[],
  names: WeekNames,
): string[] {
  if (ranking.every((each) => each.values.extraCost === values.extraCost)) return [];
  return values.extraCost === 0
    ? ['No other week is cheaper.']
    : [`It costs ${names.money(values.extraCost)} more than the cheapest week.`];
}

function lead({ values, leadDays }: RankedWindow): string[] {
  if (leadDays < 0) return [];
  const left = `It leaves ${counted(leadDays, 'day')} to prepare`;
  return values.leadShortDays === 0
    ? [`${left}.`]
    : [`${left}, ${values.leadShortDays} fewer than wanted.`];
}

function future(
  { id, rank, couldLead, counts }: RankedWindow,
  ranking: readonly RankedWindow[],
  names: WeekNames,
): string[] {
  if (ranking.length === 1) return [];
  if (rank === 1) {
    const rivals = ranking.filter((each) => each.id !== id && each.rank > 1 && each.couldLead);
    const anyOpen = ranking.some((each) => each.counts.unanswered > 0);
    if (!anyOpen) return [];
    return rivals.length === 0
      ? ['No answer that is still missing can take it from the first place.']
      : [
          `Missing answers could still put ${rivals.length > 3 ? `${rivals.length} other weeks` : listed(rivals.map((each) => names.window(each.id)))} first.`,
        ];
  }
  if (couldLead) return ['With the answers that are still missing it could come first.'];
  return counts.unanswered === 0
    ? []
    : ['It cannot come first any more, whatever the missing answers will be.'];
}
