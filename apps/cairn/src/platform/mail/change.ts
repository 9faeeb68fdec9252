import { sql } from 'kysely';
import { queueJob } from '../db/command.ts';
import type { Tx } from '../db/database.ts';
import { MAIL_JOB } from './queue.ts';

// A mail that is on the wire at this moment cannot be stopped, and is not waited for. What is said
// of it here stands unless the mail server takes it: then it was sent.

/** Keeps back the mails whose keys begin so and that have not gone out yet. */
export async function holdMails(tx: Tx, keyPrefix: string): Promise<void> {
  await sql`
    update mail set state = 'held' where id in (
      select id from mail
      where starts_with(key, ${keyPrefix}) and state = 'queued'
      order by id for update
    )`.execute(tx);
}

/** Lets held mails go. */
export async function releaseMails(tx: Tx, keyPrefix: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    update mail set state = 'queued'
    where starts_with(key, ${keyPrefix}) and state = 'held'
    returning id`.execute(tx);
  for (const { id } of rows) await queueSending(tx, id);
}

/** Withdraws the mails that have not gone out yet: what they say is no longer so. */
export async function cancelMails(tx: Tx, keys: readonly string[]): Promise<void> {
  await sql`
    update mail set state = 'cancelled' where id in (
      select id from mail
      where key = any(${keys}) and state in ('queued', 'held', 'kept', 'failed')
      order by id for update
    )`.execute(tx);
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
  if (retried !== undefined) await queueSending(tx, id);
  return retried !== undefined;
}

const queueSending = (tx: Tx, id: string): Promise<void> =>
  queueJob(tx, MAIL_JOB, { mail: id }, `mail:${id}`);
