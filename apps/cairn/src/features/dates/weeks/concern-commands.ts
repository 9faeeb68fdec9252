import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { answerInvitation } from '../../people/invitations/answer-commands.ts';
import { type OwnInvitation, ownInvitation } from '../../people/invitations/answer-queries.ts';
import type { Self } from '../../people/rights.ts';
import { lockSummit } from '../../summits/queries.ts';
import { ownConcern } from './concern-queries.ts';
import type { Reply } from './concern-rules.ts';
import { lockPoll } from './poll-queries.ts';

/** Invitations that can be declined; to others nothing is given back. */
const DECLINABLE: readonly OwnInvitation['state'][] = ['sent', 'opened', 'unsure', 'accepted'];

const NO_CONCERN = problem(
  'no-concern',
  'You are not asked about a week just now; if the chosen one does not suit you, tell the organisers.',
);

/**
 * Says what somebody wants to do whom the chosen week does not suit. Giving the seat back declines
 * their invitation, which offers the seat on. Any other reply may be changed while the week stands.
 */
export async function replyToChoice(
  tx: Tx,
  actor: Actor,
  self: Self,
  { reply, note }: { readonly reply: Reply; readonly note: string },
): Promise<Result<void, Problem>> {
  const { summitId, personId } = self;
  await lockSummit(tx, summitId);
  const poll = await lockPoll(tx, summitId, 'share');
  if (poll?.chosenStart === undefined) return fail(NO_CONCERN);
  const concern = await ownConcern(tx, self, poll.chosenStart);
  if (concern === undefined) return fail(NO_CONCERN);
  if (concern.reply === reply && concern.note === note) return ok(undefined);
  await tx
    .updateTable('weekConcern')
    .set({ reply, note, repliedAt: actor.now })
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('start', '=', concern.start)
    .execute();
  await recordEvent(tx, actor, {
    kind: 'weeks.concern_replied',
    summitId,
    personId,
    data: { reply },
  });
  if (reply !== 'decline') return ok(undefined);
  const invitation = await ownInvitation(tx, self);
  if (invitation === undefined || !DECLINABLE.includes(invitation.state)) return ok(undefined);
  const declined = await answerInvitation(tx, actor, summitId, personId, {
    answer: 'decline',
    note: note === '' ? invitation.note : note,
  });
  return declined.ok ? ok(undefined) : declined;
}
