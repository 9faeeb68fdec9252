import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../db/database.ts';
import type { Services } from '../http/env.ts';
import type { Attempt, Task } from '../jobs/tasks.ts';
import type { Carried, Carrier } from './carrier.ts';
import type { StoredAttachment } from './queue.ts';

/**
 * The text without the secrets of its links to answer by: whoever holds one can answer in the name of
 * the person it was sent to, and what has arrived needs nobody to pass it on.
 */
const WITHOUT_SECRET = sql<string>`regexp_replace(body, ${'https?://\\S+/[irw]/[A-Za-z0-9_-]{20,}'}, '[link, sent]', 'g')`;

const payloadSchema = z.object({ mail: z.string() });

/**
 * The task of `MAIL_JOB`: sends one mail, or keeps it where there is no carrier. A crash between the
 * server's “taken” and our note of it sends it again under the same Message-ID.
 */
export const mailTask =
  (services: Pick<Services, 'db' | 'clock' | 'url'>, carrier: Carrier | undefined): Task =>
  async (payload, attempt) => {
    const { mail: id } = payloadSchema.parse(payload);
    const carried = await alone(services.db, id, async (db) => {
      const mail = await addressed(db, id, services.url);
      // Sent by an earlier try, on hold, cancelled, or erased with its person.
      if (mail === undefined) return undefined;
      const outcome = await carrier?.carry({
        ...mail,
        id,
        // Written by queueMail alone, and read back as parsed JSON.
        attachments: mail.attachments as unknown as readonly StoredAttachment[],
        writtenAt: mail.createdAt,
        stopAt: mail.stopPage === null ? undefined : `${services.url}${mail.stopPage}`,
      });
      await db
        .updateTable('mail')
        .set(changeAfter(outcome, attempt))
        .$if(outcome !== undefined, (update) =>
          update.set((eb) => ({ attempts: eb('attempts', '+', 1) })),
        )
        .$if(outcome?.kind === 'taken', (update) =>
          update.set({ sentAt: services.clock.now(), body: WITHOUT_SECRET }),
        )
        .where('id', '=', id)
        // Held, cancelled or erased meanwhile, it stays so; but what has gone out has gone out.
        .$if(outcome?.kind !== 'taken', (update) => update.where('state', '=', 'queued'))
        .execute();
      return outcome;
    });
    // Thrown after the row is written, so that the queue tries again and the organiser sees why.
    if (carried?.kind === 'delayed' && !attempt.isLast) {
      throw new Error(`mail ${id} waits for its next try: ${carried.words}`);
    }
  };

/**
 * Runs something while no other worker has the same mail. A mail server may take a minute to answer:
 * neither a row nor a transaction is held meanwhile, so that nobody who changes the summit waits for
 * it. The lock is the connection's, and goes with it when the worker dies.
 */
const alone = <T>(db: Db, id: string, run: (db: Db) => Promise<T>): Promise<T> =>
  db.connection().execute(async (connection) => {
    const key = sql`hashtextextended(${`mail:${id}`}, 0)`;
    await sql`select pg_advisory_lock(${key})`.execute(connection);
    try {
      return await run(connection);
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(connection);
    }
  });

/** A queued mail, the address of its page written under its text. */
const addressed = (db: Db, id: string, url: string) =>
  db
    .updateTable('mail')
    .set({
      // Once: after the first try the page is in the text.
      body: sql`body || coalesce(E'\n\n' || ${url} || page
        || coalesce(E'\n\nNo more of these mails: ' || ${url} || stop_page, ''), '')`,
      page: null,
    })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .returning(['recipient', 'subject', 'body', 'attachments', 'createdAt', 'stopPage'])
    .executeTakeFirst();

function changeAfter(carried: Carried | undefined, attempt: Attempt) {
  if (carried === undefined) return { state: 'kept' } as const;
  switch (carried.kind) {
    case 'taken':
      return { state: 'sent', lastError: null } as const;
    case 'refused':
      return { state: 'failed', lastError: carried.words } as const;
    case 'delayed':
      return { state: attempt.isLast ? 'failed' : 'queued', lastError: carried.words } as const;
    default:
      return carried satisfies never;
  }
}
