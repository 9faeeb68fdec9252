import { queueJob } from '../db/command.ts';
import type { Tx } from '../db/database.ts';
import { MAIL_JOB } from './queue.ts';

/** The mails whose key begins so; keys name what they are about, from the general to the particular. */
const withPrefix = (tx: Tx, prefix: string) =>
  tx.updateTable('mail').where('key', '>=', prefix).where('key', '<', `${prefix}\u{10FFFF}`);

/** Keeps back the mails of a paused batch that have not gone out yet. Returns how many. */
export async function holdMails(tx: Tx, keyPrefix: string): Promise<number> {
  const held = await withPrefix(tx, keyPrefix)
    .set({ state: 'held' })
    .where('state', '=', 'queued')
    .returning('id')
    .execute();
  return held.length;
}

/** Lets held mails go. Returns how many. */
export async function releaseMails(tx: Tx, keyPrefix: string): Promise<number> {
  const released = await withPrefix(tx, keyPrefix)
    .set({ state: 'queued' })
    .where('state', '=', 'held')
    .returning('id')
    .execute();
  for (const { id } of released) await queueJob(tx, MAIL_JOB, { mail: id }, `mail:${id}`);
  return released.length;
}

/** Withdraws the mails that have not gone out yet: what they say is no longer so. */
export async function cancelMails(tx: Tx, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx
    .updateTable('mail')
    .set({ state: 'cancelled' })
    .where('key', 'in', keys)
    .where('state', 'in', ['queued', 'held', 'kept', 'failed'])
    .execute();
}

/** Tries a failed or kept mail once more. False when it is neither. */
export async function retryMail(tx: Tx, id: string): Promise<boolean> {
  const retried = await tx
    .updateTable('mail')
    .set({ state: 'queued' })
    .where('id', '=', id)
    .where('state', 'in', ['failed', 'kept'])
    .returning('id')
    .executeTakeFirst();
  if (retried === undefined) return false;
  await queueJob(tx, MAIL_JOB, { mail: id }, `mail:${id}`);
  return true;
}
