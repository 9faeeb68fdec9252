import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { PlainDate } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { lockSummit } from '../../summits/queries.ts';
import { refreshHolidays } from './blackout-commands.ts';
import { peopleNotAsked } from './guest-queries.ts';
import { editablePoll } from './poll-lock-commands.ts';
import { weeksOfPoll } from './poll-queries.ts';
import {
  checkRange,
  leavesNoWeek,
  NEEDS_DEADLINE,
  type PollRange,
  todayAt,
  wrongDeadline,
} from './poll-rules.ts';
import { offered } from './week-rules.ts';

const rangeColumns = (range: PollRange) => ({
  rangeFrom: range.from.toString(),
  rangeUntil: range.until.toString(),
  days: range.days,
  weekday: range.weekday,
  arrivalDays: range.arrivalDays,
  departureDays: range.departureDays,
  leadMonths: range.leadMonths,
});

/**
 * Makes the week poll of a summit, as a draft in which everybody is asked who was entered in the
 * summit and has not declined. Nobody is written to.
 */
export async function makePoll(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  range: PollRange,
): Promise<Result<void, Problem>> {
  const { summitId } = organiser;
  const checked = checkRange(range);
  if (!checked.ok) return checked;
  await lockSummit(tx, summitId);
  const made = await tx
    .insertInto('weekPoll')
    .values({
      summitId,
      ...rangeColumns(range),
      closesOn: null,
      currency: null,
      ...NEW,
      createdAt: actor.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('summitId')
    .executeTakeFirst();
  // A second click finds the poll of the first.
  if (made === undefined) return ok(undefined);
  const people = await peopleNotAsked(tx, organiser);
  if (people.length > 0) {
    await tx
      .insertInto('weekGuest')
      .values(
        people.map(({ personId }) => ({ summitId, personId, ...UNASKED, addedAt: actor.now })),
      )
      .execute();
  }
  await recordEvent(tx, actor, {
    kind: 'weeks.poll_made',
    summitId,
    data: { people: people.length },
  });
  return ok(undefined);
}

const NEW = { chosenStart: null, openedAt: null, closedAt: null, chosenAt: null } as const;

/** A guest of whom nothing is known yet. */
export const UNASKED = {
  askedAt: null,
  openedAt: null,
  answeredAt: null,
  remindedAt: null,
  disownedAt: null,
  withdrawnAt: null,
} as const;

/**
 * Moves the range, or changes what a week is. Answers stay with their weeks by the day; those of a
 * week that is no longer offered wait until it comes back.
 */
export async function changeRange(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  range: PollRange,
): Promise<Result<void, Problem>> {
  const checked = checkRange(range);
  if (!checked.ok) return checked;
  const locked = await editablePoll(tx, organiser);
  if (!locked.ok) return locked;
  const { summitId } = organiser;
  await tx
    .updateTable('weekPoll')
    .set(rangeColumns(range))
    .where('summitId', '=', summitId)
    .execute();
  await recordEvent(tx, actor, { kind: 'weeks.range_changed', summitId });
  await refreshHolidays(tx, { ...locked.value.poll, ...range });
  return ok(undefined);
}

/** What is agreed with those who are asked. */
export interface PollTerms {
  readonly intro: string;
  readonly closesOn: PlainDate | undefined;
  readonly remindDays: readonly number[];
  readonly hideUntilClosed: boolean;
  readonly currency: string | undefined;
}

/** Changes deadline, reminders and what is shown; a poll that is open is extended so. */
export async function changeTerms(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  terms: PollTerms,
): Promise<Result<void, Problem>> {
  const locked = await editablePoll(tx, organiser);
  if (!locked.ok) return locked;
  const { poll, summit } = locked.value;
  const wrong =
    poll.state === 'closed'
      ? undefined
      : wrongDeadline(terms.closesOn, todayAt(summit.definition, actor.now));
  if (wrong !== undefined) return fail(wrong);
  if (poll.state === 'open') {
    const { closesOn } = terms;
    if (closesOn === undefined) return fail(NEEDS_DEADLINE);
    const today = todayAt(summit.definition, actor.now);
    const [before, after] = [
      await weeksOfPoll(tx, poll, today),
      await weeksOfPoll(tx, { ...poll, closesOn }, today),
    ];
    if (offered(before).length > 0 && offered(after).length === 0) {
      return fail(leavesNoWeek(closesOn));
    }
  }
  const { summitId } = organiser;
  await tx
    .updateTable('weekPoll')
    .set({
      intro: terms.intro,
      // A poll that is over keeps the day on which it was: opening it again asks for a new one.
      closesOn:
        poll.state === 'closed'
          ? (poll.closesOn?.toString() ?? null)
          : (terms.closesOn?.toString() ?? null),
      remindDays: [...terms.remindDays],
      hideUntilClosed: terms.hideUntilClosed,
      currency: terms.currency ?? null,
    })
    .where('summitId', '=', summitId)
    .execute();
  await recordEvent(tx, actor, { kind: 'weeks.terms_changed', summitId });
  return ok(undefined);
}
