import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { ThreadPlace } from '../threads/thread-commands.ts';

/** Closes a proposal that is open. Event `proposal.closed`. */
export async function shutProposal(
  tx: Tx,
  actor: Actor,
  { summitId, number }: ThreadPlace,
): Promise<void> {
  await tx
    .updateTable('planProposal')
    .set({ state: 'closed', mergeAskedBy: null })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  await tx
    .updateTable('planThread')
    .set({
      state: 'closed',
      closedAt: actor.now,
      closedBy: actor.personId ?? null,
      updatedAt: actor.now,
    })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  await recordEvent(tx, actor, { kind: 'proposal.closed', summitId, data: { number } });
}

/** Opens a closed proposal again. Event `proposal.reopened`. */
export async function unshutProposal(
  tx: Tx,
  actor: Actor,
  { summitId, number }: ThreadPlace,
): Promise<void> {
  await tx
    .updateTable('planProposal')
    .set({ state: 'open' })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  await tx
    .updateTable('planThread')
    .set({ state: 'open', closedAt: null, closedBy: null, updatedAt: actor.now })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  await recordEvent(tx, actor, { kind: 'proposal.reopened', summitId, data: { number } });
}
