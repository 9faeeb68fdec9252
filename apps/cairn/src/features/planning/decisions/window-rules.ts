import {
  dateIn,
  daysBetween,
  type Instant,
  type PlainDate,
  startOfDay,
  type ZoneName,
} from '@cairn/kernel/time';
import type { DecisionState } from '../documents/kind-schema.ts';

/** What somebody has against a decision, as far as it matters whether it still stands. */
export interface ObjectionFacts {
  readonly answeredAt: Instant | null;
  /** When whoever raised it said, after an answer, that it stands all the same. */
  readonly upheldAt: Instant | null;
  readonly withdrawnAt: Instant | null;
}

export type ObjectionStanding = 'stands' | 'answered' | 'withdrawn';

/** Whether an objection stands: until it is withdrawn, or answered and not upheld after that. */
export function objectionStanding(objection: ObjectionFacts): ObjectionStanding {
  const { answeredAt, upheldAt, withdrawnAt } = objection;
  if (withdrawnAt !== null) return 'withdrawn';
  return answeredAt !== null && upheldAt === null ? 'answered' : 'stands';
}

/**
 * The last day of a window that opens now: so many days after the day that it is in the summit's
 * zone. Days of the calendar, so that a change of the clocks neither shortens nor lengthens it.
 */
export const lastDayOf = (now: Instant, windowDays: number, zone: ZoneName): PlainDate =>
  dateIn(now, zone).add({ days: windowDays });

/** The moment at which a window closes: when its last day is over where the summit is. */
export const closingOf = (lastDay: PlainDate, zone: ZoneName): Instant =>
  startOfDay(lastDay.add({ days: 1 }), zone);

/**
 * The last day once a decision was changed in substance: a whole window from now, and never earlier
 * than people were told before.
 */
export function lastDayAnew(
  before: PlainDate | undefined,
  now: Instant,
  windowDays: number,
  zone: ZoneName,
): PlainDate {
  const anew = lastDayOf(now, windowDays, zone);
  return before !== undefined && daysBetween(anew, before) > 0 ? before : anew;
}

/** What is known of a decision when it is asked whether its time has come. */
export interface DecisionFacts {
  readonly state: DecisionState;
  readonly closesAt: Instant;
  readonly objections: readonly ObjectionFacts[];
}

/**
 * What becomes of a decision at a moment: a provisional one whose window is closed is ratified, or
 * reopened where an objection stands. Undefined where nothing happens.
 */
export function settleDecision(
  { state, closesAt, objections }: DecisionFacts,
  now: Instant,
): 'ratified' | 'reopened' | undefined {
  if (state !== 'provisional' || !isClosed(closesAt, now)) return undefined;
  return objections.some((each) => objectionStanding(each) === 'stands') ? 'reopened' : 'ratified';
}

/** Whether a window is over. */
export const isClosed = (closesAt: Instant, now: Instant): boolean =>
  now.epochMilliseconds >= closesAt.epochMilliseconds;

/** When those who were not in the room are told once more: in the last quarter of the window. */
export function remindFrom(openedAt: Instant, closesAt: Instant): Instant {
  const whole = closesAt.epochMilliseconds - openedAt.epochMilliseconds;
  return closesAt.subtract({ milliseconds: Math.max(0, Math.round(whole / 4)) });
}
