import type { Instant } from '@cairn/kernel/time';
import { awaitsDecision, type Claim, isOpenToOwner } from './claim-rules.ts';

/** After how many days who is reminded; a rule of the summit. */
export interface ReminderDays {
  /** Treasurers, of a claim that waits for them: once after each of these. */
  readonly waitingDays: readonly number[];
  /** Its owner, of a draft and of a returned claim, each time that so many days have passed. */
  readonly draftDays: number;
  readonly returnedDays: number;
  /** Its owner, so many days before the deadline of the rules. */
  readonly deadlineDays: number;
  /** Treasurers, of a claim that was sent to the payer and is not paid, each time that so many days have passed. */
  readonly unpaidDays: number;
}

/** What holds where nobody said otherwise; the columns of the table have the same defaults. */
export const USUAL_REMINDERS: ReminderDays = {
  waitingDays: [5, 10, 20],
  draftDays: 7,
  returnedDays: 5,
  deadlineDays: 7,
  unpaidDays: 14,
};

export type Reminder =
  | { readonly to: 'treasurers'; readonly why: 'waiting' | 'unpaid'; readonly days: number }
  | {
      readonly to: 'owner';
      readonly why: 'draft' | 'returned' | 'deadline';
      readonly days: number;
    };

const daysBetween = (from: Instant, to: Instant): number =>
  Math.floor(from.until(to).total('hours') / 24);

/**
 * Who is to be reminded of a claim now, if anybody. Of several thresholds that passed only the last one is told, so a
 * leap of the clock tells once. `since` is when it came into its state; `daysLeft` until its deadline, if it has one.
 */
export function reminderDue(
  claim: Pick<Claim, 'state' | 'remindedAt' | 'items'>,
  since: Instant,
  days: ReminderDays,
  now: Instant,
  daysLeft?: number,
): Reminder | undefined {
  const waited = daysBetween(since, now);
  const told = claim.remindedAt === null ? -1 : daysBetween(since, claim.remindedAt);
  if (awaitsDecision(claim)) {
    const [last] = days.waitingDays.filter((each) => each <= waited).sort((a, b) => b - a);
    if (last === undefined || told >= last) return undefined;
    return { to: 'treasurers', why: 'waiting', days: waited };
  }
  if (claim.state === 'sent') {
    // A reminder of before it was sent is none of its payment.
    return waited - Math.max(0, told) < days.unpaidDays
      ? undefined
      : { to: 'treasurers', why: 'unpaid', days: waited };
  }
  // A claim without a cost was opened by mistake, and nobody misses it.
  if (!isOpenToOwner(claim) || claim.items.length === 0) return undefined;
  const silent = claim.remindedAt === null ? waited : daysBetween(claim.remindedAt, now);
  if (daysLeft !== undefined && daysLeft >= 0 && daysLeft <= days.deadlineDays) {
    const wasTold =
      claim.remindedAt !== null &&
      daysLeft + daysBetween(claim.remindedAt, now) <= days.deadlineDays;
    return wasTold ? undefined : { to: 'owner', why: 'deadline', days: daysLeft };
  }
  const why = claim.state === 'returned' ? 'returned' : 'draft';
  const after = why === 'returned' ? days.returnedDays : days.draftDays;
  return silent < after ? undefined : { to: 'owner', why, days: waited };
}
