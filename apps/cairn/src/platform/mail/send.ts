import { z } from 'zod';
import type { Services } from '../http/env.ts';
import type { Attempt, Task } from '../jobs/tasks.ts';
import type { Carried, Carrier } from './carrier.ts';
import type { StoredAttachment } from './queue.ts';

const payloadSchema = z.object({ mail: z.string() });

/**
 * The task of `MAIL_JOB`: sends one mail, or keeps it where there is no carrier. The mail's row is
 * locked meanwhile, so two workers never send it at the same time; a crash between the server's
 * “taken” and our commit sends it again under the same Message-ID.
 */
export const mailTask =
  (services: Pick<Services, 'db' | 'clock' | 'url'>, carrier: Carrier | undefined): Task =>
  async (payload, attempt) => {
    const { mail: id } = payloadSchema.parse(payload);
    const outcome = await services.db.transaction().execute(async (tx) => {
      const mail = await tx
        .selectFrom('mail')
        .select(['recipient', 'subject', 'body', 'page', 'attachments', 'createdAt', 'attempts'])
        .where('id', '=', id)
        .where('state', '=', 'queued')
        .forUpdate()
        .executeTakeFirst();
      // Sent by an earlier try, on hold, cancelled, or erased with its person.
      if (mail === undefined) return undefined;
      const body = mail.page === null ? mail.body : `${mail.body}\n\n${services.url}${mail.page}`;
      const carried = await carrier?.carry({
        ...mail,
        id,
        body,
        // Written by queueMail alone, and read back as parsed JSON.
        attachments: mail.attachments as unknown as readonly StoredAttachment[],
        writtenAt: mail.createdAt,
      });
      await tx
        .updateTable('mail')
        .set({
          body,
          page: null,
          ...changeAfter(carried, attempt),
          ...(carried === undefined ? {} : { attempts: mail.attempts + 1 }),
          ...(carried?.kind === 'taken' ? { sentAt: services.clock.now() } : {}),
        })
        .where('id', '=', id)
        .execute();
      return carried;
    });
    // Thrown after the row is written, so that the queue tries again and the organiser sees why.
    if (outcome?.kind === 'delayed' && !attempt.isLast) {
      throw new Error(`mail ${id} waits for its next try: ${outcome.words}`);
    }
  };

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
