import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type Organiser, organisesIn, type Self } from '../../people/rights.ts';
import { touched, turnThread } from '../threads/edit-commands.ts';
import { noteHappening } from '../threads/happening-commands.ts';
import type { ThreadPlace } from '../threads/thread-commands.ts';
import type { Proposal } from './proposal-queries.ts';
import { tellOfEnd } from './told-commands.ts';
import { branchTaken, lockProposal, notOpen, openProposalOf } from './version-commands.ts';

/** Closes a proposal without merging it; its versions stay. Author and organisers may. Event `proposal.closed`. */
export async function closeProposal(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self | Organiser,
  number: number,
): Promise<Result<void, Problem>> {
  const locked = await lockProposal(tx, { summitId, number });
  if (!locked.ok) return locked;
  const { proposal } = locked.value;
  if (!(await isTheirs(tx, proposal, personId))) return fail(notTheirs('closes'));
  if (proposal.state !== 'open') return fail(notOpen(proposal));
  await shutProposal(tx, actor, proposal);
  return ok(undefined);
}

/** Opens a closed proposal again, as it was. Author and organisers may. Event `proposal.reopened`. */
export async function reopenProposal(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self | Organiser,
  number: number,
): Promise<Result<void, Problem>> {
  const locked = await lockProposal(tx, { summitId, number });
  if (!locked.ok) return locked;
  const { proposal } = locked.value;
  if (!(await isTheirs(tx, proposal, personId))) return fail(notTheirs('opens'));
  if (proposal.state === 'merged') return fail(notOpen(proposal));
  if (proposal.state === 'open') return ok(undefined);
  const other = await openProposalOf(tx, summitId, proposal.branch);
  if (other !== undefined) return fail(branchTaken(proposal.branch, other));
  await unshutProposal(tx, actor, proposal);
  return ok(undefined);
}

/** Whether a proposal is somebody's to close, or to describe otherwise. */
export const isTheirs = async (
  tx: Tx,
  { summitId, authorId }: Proposal,
  personId: string | undefined,
): Promise<boolean> =>
  personId === undefined || personId === authorId || (await organisesIn(tx, summitId, personId));

const notTheirs = (does: string): Problem =>
  problem(
    'not-yours',
    `Its author ${does} it, or an organiser; say in the conversation what you think.`,
  );

/** Closes a proposal that is open. Event `proposal.closed`. */
export async function shutProposal(tx: Tx, actor: Actor, proposal: Proposal): Promise<void> {
  const { summitId, number } = proposal;
  await tx
    .updateTable('planProposal')
    .set({ state: 'closed', mergeAskedBy: null })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  await turnThread(tx, actor, proposal, 'closed');
  await touched(tx, actor, proposal);
  await recordEvent(tx, actor, { kind: 'proposal.closed', summitId, data: { number } });
  await noteHappening(tx, actor, proposal, { kind: 'closed' });
  await tellOfEnd(tx, actor, proposal, 'closed');
}

/** Opens a closed proposal again. Event `proposal.reopened`. */
export async function unshutProposal(tx: Tx, actor: Actor, place: ThreadPlace): Promise<void> {
  const { summitId, number } = place;
  await tx
    .updateTable('planProposal')
    .set({ state: 'open' })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  await turnThread(tx, actor, place, 'open');
  await touched(tx, actor, place);
  await recordEvent(tx, actor, { kind: 'proposal.reopened', summitId, data: { number } });
  await noteHappening(tx, actor, place, { kind: 'reopened' });
}
