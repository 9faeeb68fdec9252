import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { PlainDate } from '@cairn/kernel/time';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { markTentative } from './definition-commands.ts';
import { lockedPoll } from './poll-lock-commands.ts';
import { weeksOfPoll } from './poll-queries.ts';
import {
  leavesNoWeek,
  NEEDS_DEADLINE,
  nextPollState,
  type PollAction,
  todayAt,
  wrongDeadline,
} from './poll-rules.ts';
import { offered } from './week-rules.ts';

/** Opens the poll for answers; nobody is written to by this alone. */
export async function openPoll(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { tentative }: { readonly tentative: boolean },
): Promise<Result<void, Problem>> {
  const locked = await lockedPoll(tx, organiser);
  if (!locked.ok) return locked;
  const { summit, poll } = locked.value;
  if (poll.state === 'open') return ok(undefined);
  const state = nextPollState(poll.state, 'open');
  if (!state.ok) return state;
  if (summit.state === 'archived') {
    return fail(problem('archived', 'This summit is archived; no week is looked for any more.'));
  }
  const today = todayAt(summit.definition, actor.now);
  if (poll.closesOn === undefined) return fail(NEEDS_DEADLINE);
  const wrong = wrongDeadline(poll.closesOn, today);
  if (wrong !== undefined) return fail(wrong);
  if (offered(await weeksOfPoll(tx, poll, today)).length === 0) {
    return fail(
      problem(
        'no-weeks',
        'No week remains to be offered: widen the range, let some holidays be mentioned only, or offer a week all the same.',
      ),
    );
  }
  const guest = await tx
    .selectFrom('weekGuest')
    .select('personId')
    .where('summitId', '=', poll.summitId)
    .where('withdrawnAt', 'is', null)
    .limit(1)
    .executeTakeFirst();
  if (guest === undefined) {
    return fail(problem('nobody', 'Nobody is asked yet: choose whom to ask first.'));
  }
  await tx
    .updateTable('weekPoll')
    .set({ state: 'open', openedAt: actor.now, closedAt: null })
    .where('summitId', '=', poll.summitId)
    .execute();
  await recordEvent(tx, actor, { kind: 'weeks.opened', summitId: poll.summitId });
  return tentative ? markTentative(tx, actor, organiser) : ok(undefined);
}

/** Closes the poll before its time. Answers stay; nobody can change theirs. */
export async function closePoll(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
): Promise<Result<void, Problem>> {
  const locked = await lockedPoll(tx, organiser);
  if (!locked.ok) return locked;
  const { poll } = locked.value;
  if (poll.state === 'closed') return ok(undefined);
  const state = nextPollState(poll.state, 'close');
  if (!state.ok) return state;
  await closeNow(tx, actor, poll.summitId);
  return ok(undefined);
}

/** Writes that a poll is closed; the caller holds its row and has asked whether it may. */
export async function closeNow(tx: Tx, actor: Actor, summitId: string): Promise<void> {
  await tx
    .updateTable('weekPoll')
    .set({ state: 'closed', closedAt: actor.now })
    .where('summitId', '=', summitId)
    .execute();
  await recordEvent(tx, actor, { kind: 'weeks.closed', summitId });
}

/** Opens a closed poll again, until a new day; every answer is where it was. */
export async function reopenPoll(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  closesOn: PlainDate,
): Promise<Result<void, Problem>> {
  const locked = await lockedPoll(tx, organiser);
  if (!locked.ok) return locked;
  const { summit, poll } = locked.value;
  const state = nextPollState(poll.state, 'reopen');
  if (!state.ok) return state;
  const today = todayAt(summit.definition, actor.now);
  const wrong = wrongDeadline(closesOn, today);
  if (wrong !== undefined) return fail(wrong);
  const weeks = await weeksOfPoll(tx, { ...poll, state: 'open', closesOn }, today);
  if (offered(weeks).length === 0) return fail(leavesNoWeek(closesOn));
  await tx
    .updateTable('weekPoll')
    .set({ state: 'open', closesOn: closesOn.toString(), closedAt: null })
    .where('summitId', '=', poll.summitId)
    .execute();
  await recordEvent(tx, actor, { kind: 'weeks.reopened', summitId: poll.summitId });
  return ok(undefined);
}

const MOVED: Record<'abandon' | 'resume' | 'unchoose', string> = {
  abandon: 'weeks.abandoned',
  resume: 'weeks.resumed',
  unchoose: 'weeks.choice_undone',
};

/**
 * Gives the poll up, takes it up again, or takes the choice back; answers stay in any case. Taking
 * a choice back leaves the definition's days where they are, as tentative ones.
 */
export async function movePoll(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  action: Extract<PollAction, keyof typeof MOVED>,
): Promise<Result<void, Problem>> {
  const locked = await lockedPoll(tx, organiser);
  if (!locked.ok) return locked;
  const { poll } = locked.value;
  const state = nextPollState(poll.state, action);
  if (!state.ok) return state;
  await tx
    .updateTable('weekPoll')
    .set({
      state: state.value,
      ...(action === 'unchoose' ? { chosenStart: null, chosenAt: null } : {}),
    })
    .where('summitId', '=', poll.summitId)
    .execute();
  await recordEvent(tx, actor, { kind: MOVED[action], summitId: poll.summitId });
  return action === 'unchoose' ? markTentative(tx, actor, organiser) : ok(undefined);
}
