import type { Instant } from '@cairn/kernel/time';
import { queueJob } from '../db/command.ts';
import type { Tx } from '../db/database.ts';

/** A file that goes along with a mail. */
export interface Attachment {
  readonly filename: string;
  /** A media type, e.g. `text/calendar; charset=utf-8`. */
  readonly contentType: string;
  /** Text is sent as UTF-8. */
  readonly content: string | Uint8Array;
  /**
   * For iCalendar only: what the reader's calendar program is asked to do with it. It is then also an
   * alternative of the mail's text, which is what makes programs show buttons (RFC 6047 §2.4).
   */
  readonly method?: CalendarMethod;
}

/** RFC 5546 §1.4. */
export type CalendarMethod = 'REQUEST' | 'CANCEL';

/** An attachment as it lies in the database. */
export interface StoredAttachment {
  readonly filename: string;
  readonly contentType: string;
  readonly base64: string;
  readonly method?: CalendarMethod;
}

export interface MailToQueue {
  /** What makes a repeat harmless: the same key is the same mail, whatever else is different. */
  readonly key: string;
  readonly summitId?: string;
  /** Whom it is for, where that is a person we know. */
  readonly personId?: string;
  readonly recipient: string;
  /** One line; line breaks become spaces. */
  readonly subject: string;
  /** Plain text. */
  readonly body: string;
  /** The page where the reader acts, as a path: its whole address is written under the text. */
  readonly page?: string;
  /**
   * The page on which the reader stops mails of this kind, as a path. Its address is written under the
   * text, and told to mail programs, whose button posts to it (RFC 2369, RFC 8058).
   */
  readonly stopPage?: string;
  readonly attachments?: readonly Attachment[];
  readonly now: Instant;
}

/** The job that sends one mail. */
export const MAIL_JOB = 'mail';

/**
 * Keeps a mail and queues its sending, both in the transaction at hand: a change that is rolled back
 * leaves no mail behind. A second call with the same key changes nothing. Returns the mail's id.
 */
export async function queueMail(tx: Tx, mail: MailToQueue): Promise<string> {
  const { id, isNew } = await insertMail(tx, mail, 'queued');
  if (isNew) await queueJob(tx, MAIL_JOB, { mail: id }, `mail:${id}`);
  return id;
}

/**
 * Keeps a mail that no mail server can carry, for the organiser to pass on by hand: `recipient` then
 * is how else the person is known. Otherwise like `queueMail`.
 */
export async function keepMail(tx: Tx, mail: MailToQueue): Promise<string> {
  return (await insertMail(tx, mail, 'kept')).id;
}

async function insertMail(
  tx: Tx,
  mail: MailToQueue,
  state: 'queued' | 'kept',
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const inserted = await tx
    .insertInto('mail')
    .values({
      key: mail.key,
      summitId: mail.summitId ?? null,
      personId: mail.personId ?? null,
      recipient: mail.recipient,
      subject: mail.subject.replace(/\s+/g, ' ').trim(),
      body: mail.body,
      page: mail.page ?? null,
      stopPage: mail.stopPage ?? null,
      attachments: JSON.stringify((mail.attachments ?? []).map(stored)),
      state,
      lastError: null,
      createdAt: mail.now,
      sentAt: null,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted !== undefined) return { id: inserted.id, isNew: true };
  const known = await tx
    .selectFrom('mail')
    .select('id')
    .where('key', '=', mail.key)
    .executeTakeFirstOrThrow();
  return { id: known.id, isNew: false };
}

const stored = ({ content, ...attachment }: Attachment): StoredAttachment => ({
  ...attachment,
  base64: Buffer.from(content).toString('base64'),
});
