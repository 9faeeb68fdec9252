import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { StoredAttachment } from '../../../platform/mail/queue.ts';
import type { Organiser } from '../rights.ts';
import type { MailState } from './mail-words.ts';

/** One line of the organisers' list of mails. */
export interface MailRow {
  readonly id: string;
  readonly recipient: string;
  readonly subject: string;
  readonly state: MailState;
  readonly createdAt: Instant;
  readonly sentAt: Instant | null;
}

/** One mail as it stands. */
export interface WholeMail extends MailRow {
  readonly personId: string | null;
  readonly body: string;
  readonly attachments: readonly StoredAttachment[];
  readonly attempts: number;
  readonly lastError: string | null;
}

const ROW = ['id', 'recipient', 'subject', 'state', 'createdAt', 'sentAt'] as const;

const ofSummit = (db: Reader, { summitId }: Organiser) =>
  db.selectFrom('mail').where('summitId', '=', summitId);

/** The mails of a summit, newest first, so many at a time; all of them, or those in one state. */
export const mailsOf = (
  db: Reader,
  organiser: Organiser,
  state: MailState | undefined,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<MailRow[]> =>
  ofSummit(db, organiser)
    .select(ROW)
    .$if(state !== undefined, (query) => query.where('state', '=', state ?? 'queued'))
    .orderBy('createdAt', 'desc')
    .orderBy('id')
    .limit(limit)
    .offset(offset)
    .execute();

/** How many mails of a summit are in each state. */
export async function mailCounts(
  db: Reader,
  organiser: Organiser,
): Promise<ReadonlyMap<MailState, number>> {
  const rows = await ofSummit(db, organiser)
    .select(['state', sql<number>`count(*)::int`.as('count')])
    .groupBy('state')
    .execute();
  return new Map(rows.map(({ state, count }) => [state, count]));
}

/** One mail of a summit, with its text and its attachments. */
export async function mailById(
  db: Reader,
  organiser: Organiser,
  id: string,
): Promise<WholeMail | undefined> {
  const row = await ofSummit(db, organiser)
    .select([...ROW, 'personId', 'body', 'attachments', 'attempts', 'lastError'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    ...row,
    // Written by queueMail alone, and read back as parsed JSON.
    attachments: row.attachments as unknown as readonly StoredAttachment[],
  };
}
