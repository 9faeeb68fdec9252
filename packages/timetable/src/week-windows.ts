import { daysBetween, formatDate, formatDateSpan, type PlainDate } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';

/**
 * Which weeks there are to choose from. A range gives every week that begins on the wanted weekday;
 * a week that cannot be is not left out but kept with its reasons, so that whoever asks “why not
 * Easter?” finds the answer, and can decide that a reason does not count.
 */

/** What takes days away. */
export type BlackoutKind = 'holiday' | 'conference' | 'graduation' | 'venue' | 'busy' | 'other';

/** Days on which a summit cannot be, or on which one should know what else there is. */
export interface Blackout {
  readonly from: PlainDate;
  /** The last day. */
  readonly until: PlainDate;
  readonly title: string;
  readonly kind: BlackoutKind;
  readonly effect: 'excludes' | 'mentions';
}

/** What is looked for: so many days of work within these days, arriving and leaving around them. */
export interface WindowRange {
  /** The first day of work is not before this one. */
  readonly from: PlainDate;
  /** The last day of work is not after this one. */
  readonly until: PlainDate;
  /** Days of work, one after another; at least 1. */
  readonly days: number;
  /** The weekday of the first day of work, 1 for Monday to 7 for Sunday (ISO 8601). */
  readonly weekday: number;
  /** Days before the first day of work on which people arrive. */
  readonly arrivalDays: number;
  /** Days after the last day of work on which people leave. */
  readonly departureDays: number;
  /** Whole months from today to the first day of work that the preparations need. */
  readonly leadMonths: number;
  readonly today: PlainDate;
}

/** Why a week is not offered, or what one should know of it: `lead-time`, `past`, or the blackout's kind. */
export interface Reason {
  readonly code: 'lead-time' | 'past' | BlackoutKind;
  readonly sentence: string;
}

/** One week that there could be. */
export interface CandidateWindow {
  /** The first and the last day of work. */
  readonly start: PlainDate;
  readonly end: PlainDate;
  /** The day on which people arrive; `start` where nobody arrives before. */
  readonly arrival: PlainDate;
  /** The day on which people leave; `end` where nobody stays longer. */
  readonly departure: PlainDate;
  /** All that speaks against it. Empty: it may be offered. */
  readonly excluded: readonly Reason[];
  /** What does not exclude it and should be known. */
  readonly mentioned: readonly Reason[];
}

/**
 * Whether something that takes only days of travel excludes like one that takes days of work. The
 * venue is not needed on them, and on a public holiday one can travel; from a conference that ends
 * that evening nobody arrives.
 */
const COUNTS_ON_TRAVEL_DAYS: Readonly<Record<BlackoutKind, boolean>> = {
  holiday: false,
  venue: false,
  conference: true,
  graduation: true,
  busy: true,
  other: true,
};

/**
 * Every week of the range in the order of its days, each with all reasons against it.
 *
 * The lead time counts in calendar months back from the first day of work: for a week from 30 June
 * and four months, today may be 28 February at the latest (29 in a leap year).
 */
export function candidateWindows(
  range: WindowRange,
  blackouts: readonly Blackout[],
): CandidateWindow[] {
  const inOrder = blackouts.toSorted(
    (one, other) => daysBetween(other.from, one.from) || daysBetween(other.until, one.until),
  );
  const windows: CandidateWindow[] = [];
  for (
    let start = range.from.add({ days: (range.weekday - range.from.dayOfWeek + 7) % 7 });
    daysBetween(start.add({ days: range.days - 1 }), range.until) >= 0;
    start = start.add({ days: 7 })
  ) {
    windows.push(windowFrom(start, range, inOrder));
  }
  return windows;
}

function windowFrom(
  start: PlainDate,
  range: WindowRange,
  blackouts: readonly Blackout[],
): CandidateWindow {
  const end = start.add({ days: range.days - 1 });
  const arrival = start.subtract({ days: range.arrivalDays });
  const departure = end.add({ days: range.departureDays });
  const excluded = tooSoon(start, range);
  const mentioned: Reason[] = [];
  for (const blackout of blackouts) {
    const onWork = overlap(blackout, start, end);
    const onStay = overlap(blackout, arrival, departure);
    if (onStay === undefined) continue;
    const excludes =
      blackout.effect === 'excludes' &&
      (onWork !== undefined || COUNTS_ON_TRAVEL_DAYS[blackout.kind]);
    (excludes ? excluded : mentioned).push({
      code: blackout.kind,
      sentence: sentenceOf(blackout, onWork ?? onStay, onWork === undefined),
    });
  }
  return { start, end, arrival, departure, excluded, mentioned };
}

function tooSoon(start: PlainDate, { today, leadMonths }: WindowRange): Reason[] {
  if (daysBetween(today, start) < 0) {
    return [{ code: 'past', sentence: `${formatDate(start)} is over.` }];
  }
  const latest = start.subtract({ months: leadMonths });
  const short = daysBetween(latest, today);
  if (short <= 0) return [];
  return [
    {
      code: 'lead-time',
      sentence: `The preparations need ${counted(leadMonths, 'month')}, so they would have had to begin on ${formatDate(latest)}, ${counted(short, 'day')} ago.`,
    },
  ];
}

interface Days {
  readonly from: PlainDate;
  readonly until: PlainDate;
}

function overlap({ from, until }: Days, first: PlainDate, last: PlainDate): Days | undefined {
  const begins = daysBetween(from, first) > 0 ? first : from;
  const ends = daysBetween(until, last) < 0 ? last : until;
  return daysBetween(begins, ends) < 0 ? undefined : { from: begins, until: ends };
}

function sentenceOf({ kind, title }: Blackout, { from, until }: Days, onTravel: boolean): string {
  const days = from.equals(until) ? formatDate(from) : formatDateSpan(from, until);
  const what = kind === 'venue' ? `The venue is taken on ${days}: ${title}` : `${title}: ${days}`;
  return onTravel ? `${what}, when people travel.` : `${what}.`;
}
