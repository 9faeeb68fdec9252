import { daysBetween, formatDate, formatDateSpan, type PlainDate } from '@cairn/kernel/time';
import { type Blackout, candidateWindows, type Reason } from '@cairn/timetable/week-windows';
import { leadCountsFrom, type Poll } from './poll-rules.ts';

/** Days on which no summit can be, or on which one should know what else there is; as stored. */
export interface StoredBlackout extends Blackout {
  readonly id: string;
  readonly source: 'typed' | 'holidays' | 'ics';
  /** Of a public holiday: whose, by ISO 3166 code. */
  readonly country: string | undefined;
}

/** What organisers say of one week, by its first day of work. */
export interface WeekWord {
  readonly start: PlainDate;
  /** Offered although something excludes it. */
  readonly offeredAnyway: boolean;
  /** Not offered although nothing excludes it. */
  readonly removed: boolean;
  /** What everybody's coming would cost more than in the cheapest week, in minor units. */
  readonly extraCost: number | undefined;
  readonly note: string;
}

/** One candidate week: its days, what speaks against it, and whether people are asked about it. */
export interface Week {
  /** The first day of work, ISO: what the week is known by. */
  readonly id: string;
  readonly start: PlainDate;
  readonly end: PlainDate;
  readonly arrival: PlainDate;
  readonly departure: PlainDate;
  readonly excluded: readonly Reason[];
  readonly mentioned: readonly Reason[];
  readonly offeredAnyway: boolean;
  readonly removed: boolean;
  readonly isOffered: boolean;
  readonly extraCost: number | undefined;
  readonly note: string;
}

/**
 * Every week of a poll's range in order of its days, each with all that speaks against it. A week
 * that the organisers spoke of keeps what they said while it is outside the range.
 */
export function weeksOf(
  poll: Poll,
  blackouts: readonly Blackout[],
  words: readonly WeekWord[],
  today: PlainDate,
): Week[] {
  const said = new Map(words.map((word) => [word.start.toString(), word]));
  const chosenFrom = leadCountsFrom(poll, today);
  const range = { ...poll, today: chosenFrom };
  return candidateWindows(range, blackouts).map(({ start, end, arrival, departure, ...why }) => {
    const word = said.get(start.toString());
    const offeredAnyway = word?.offeredAnyway ?? false;
    const removed = word?.removed ?? false;
    return {
      id: start.toString(),
      start,
      end,
      arrival,
      departure,
      excluded: chosenFrom.equals(today)
        ? why.excluded
        : why.excluded.map((reason) => asOfDeadline(reason, start, poll.leadMonths, chosenFrom)),
      mentioned: why.mentioned,
      offeredAnyway,
      removed,
      isOffered: !removed && (why.excluded.length === 0 || offeredAnyway),
      extraCost: word?.extraCost,
      note: word?.note ?? '',
    };
  });
}

/** A reason that time gives, told for the day from which it was counted instead of for today. */
function asOfDeadline(
  reason: Reason,
  start: PlainDate,
  leadMonths: number,
  deadline: PlainDate,
): Reason {
  const { code } = reason;
  if (code === 'past') {
    return {
      code,
      sentence: `It begins before the last day for answers, ${formatDate(deadline)}.`,
    };
  }
  if (code !== 'lead-time') return reason;
  const latest = start.subtract({ months: leadMonths });
  const months = leadMonths === 1 ? 'a month' : `${leadMonths} months`;
  return {
    code,
    sentence: `With ${months} of lead time it would have to be chosen on ${formatDate(latest)} at the latest, and answers are taken until ${formatDate(deadline)}.`,
  };
}

/** The weeks that people are asked about. */
export const offered = (weeks: readonly Week[]): Week[] =>
  weeks.filter(({ isOffered }) => isOffered);

/** The days of work of a week in words: `22–26 May 2023`. */
export const weekName = ({ start, end }: Pick<Week, 'start' | 'end'>): string =>
  formatDateSpan(start, end);

/** A stretch of somebody's time, as a calendar's busy times are. */
export interface BusyStretch {
  readonly from: { readonly epochMilliseconds: number };
  readonly until: { readonly epochMilliseconds: number };
}

/** How much of a day must be taken for the day to count as busy, of these hours on the place's clock. */
const WORKING = { from: 9, until: 17, leastMinutes: 240 };

/**
 * On how many of a week's days of work somebody's calendar is busy: half of the hours from nine to
 * five at the summit's place, or more. A short call does not keep anybody from travelling.
 */
export function busyDays(
  { start, end }: Pick<Week, 'start' | 'end'>,
  busy: readonly BusyStretch[],
  zone: string,
): number {
  let count = 0;
  for (let day = start; daysBetween(day, end) >= 0; day = day.add({ days: 1 })) {
    const at = (hour: number) =>
      day.toZonedDateTime({ timeZone: zone, plainTime: { hour } }).epochMilliseconds;
    const [opens, closes] = [at(WORKING.from), at(WORKING.until)];
    const taken = busy.reduce((sum, { from, until }) => {
      const overlap =
        Math.min(closes, until.epochMilliseconds) - Math.max(opens, from.epochMilliseconds);
      return sum + Math.max(0, overlap);
    }, 0);
    if (taken >= WORKING.leastMinutes * 60_000) count += 1;
  }
  return count;
}
