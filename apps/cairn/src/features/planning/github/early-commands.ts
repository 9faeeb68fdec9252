import type { Tx } from '../../../platform/db/database.ts';
import { applyFact } from './apply-commands.ts';
import type { Applying } from './apply-context.ts';
import { type RemoteFact, readDelivery } from './delivery-rules.ts';
import { threadOfRemote } from './link-commands.ts';

/**
 * GitHub's number of the thread that must be here before it can be said what was deleted in it; nothing
 * where there is no such fact, or the thread is here. What is gone cannot be asked for later.
 */
export async function threadAwaited(
  { tx, plan: { summitId } }: Applying,
  facts: readonly RemoteFact[],
): Promise<number | undefined> {
  for (const fact of facts) {
    const number =
      fact.is === 'comment' && fact.isGone
        ? fact.comment.number
        : fact.is === 'line' && fact.isGone
          ? fact.line.number
          : undefined;
    if (number === undefined) continue;
    if ((await threadOfRemote(tx, summitId, number)) === undefined) return number;
  }
  return undefined;
}

/** Keeps a delivery, with what it says, until its thread is here. */
export async function keepEarly(tx: Tx, id: string, awaits: number): Promise<void> {
  await tx
    .updateTable('githubDelivery')
    .set({ state: 'early', awaits })
    .where('id', '=', id)
    .execute();
}

/** Notes that deliveries were applied; what they said is not kept. */
export async function settleDeliveries(
  { tx, now }: Applying,
  ids: readonly string[],
): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable('githubDelivery')
    .set({ state: 'applied', awaits: null, payload: null, why: '', settledAt: now })
    .where('id', 'in', ids)
    .execute();
}

/** Applies the early deliveries whose thread has come. They were told, whoever asked for the thread. */
export async function applyEarly(applying: Applying): Promise<void> {
  const { tx, plan } = applying;
  const ripe = await tx
    .selectFrom('githubDelivery as delivery')
    .innerJoin('githubLink as link', (join) =>
      join
        .onRef('link.summitId', '=', 'delivery.summitId')
        .onRef('link.remoteId', '=', 'delivery.awaits')
        .on('link.kind', '=', 'thread')
        .on('link.number', 'is not', null),
    )
    .select(['delivery.id', 'delivery.event', 'delivery.action', 'delivery.payload'])
    .where('delivery.summitId', '=', plan.summitId)
    .where('delivery.state', '=', 'early')
    .orderBy('delivery.arrived')
    .execute();
  for (const { event, action, payload } of ripe) {
    const read = readDelivery(event, action, payload);
    if (!('facts' in read)) continue;
    for (const fact of read.facts) await applyFact({ ...applying, source: 'told' }, fact);
  }
  await settleDeliveries(
    applying,
    ripe.map(({ id }) => id),
  );
}

/** Waits no longer for a thread that GitHub has not. */
export async function forgetEarly(
  { tx, plan: { summitId }, now }: Applying,
  awaits: number,
): Promise<void> {
  await tx
    .updateTable('githubDelivery')
    .set({ state: 'applied', awaits: null, payload: null, settledAt: now })
    .where('summitId', '=', summitId)
    .where('state', '=', 'early')
    .where('awaits', '=', awaits)
    .execute();
}
