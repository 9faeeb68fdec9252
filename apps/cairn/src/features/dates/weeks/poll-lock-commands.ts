import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { lockSummit, type Summit } from '../../summits/queries.ts';
import { lockPoll } from './poll-queries.ts';
import { mayBeEdited, type Poll } from './poll-rules.ts';

const NO_POLL = problem('no-poll', 'This summit has no week poll yet; make one first.');

/** A summit's poll, locked, or why there is nothing to do. The summit is locked first, always. */
export async function lockedPoll(
  tx: Tx,
  { summitId }: Organiser,
): Promise<Result<{ readonly summit: Summit; readonly poll: Poll }, Problem>> {
  const summit = await lockSummit(tx, summitId);
  const poll = await lockPoll(tx, summitId);
  return poll === undefined ? fail(NO_POLL) : ok({ summit, poll });
}

/** The same, for a poll that may still be edited. */
export async function editablePoll(
  tx: Tx,
  organiser: Organiser,
): Promise<Result<{ readonly summit: Summit; readonly poll: Poll }, Problem>> {
  const locked = await lockedPoll(tx, organiser);
  if (!locked.ok || mayBeEdited(locked.value.poll.state)) return locked;
  const sentence =
    locked.value.poll.state === 'chosen'
      ? 'The week is chosen; take the choice back before you change the poll.'
      : 'This poll was given up; take it up again before you change it.';
  return fail(problem(`poll-${locked.value.poll.state}`, sentence));
}
