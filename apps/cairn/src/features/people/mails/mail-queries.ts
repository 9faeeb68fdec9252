import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { StoredAttachment } from '../../../platform/mail/queue.ts';
import { isShownTo } from '../persons/shown-identities.ts';
import type { Organiser } from '../rights.ts';
import type { MailState } from './mail-words.ts';

/** One line of the organisers' list of mails. */
export interface MailRow {
  readonly id: string;
  /** Null where the address is one that the organisers have not been given; the mail goes to it all the same. */
  readonly recipient: string | null;
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

const ROW = ['id', 'state', 'createdAt', 'sentAt'] as const;

/** Where mails about somebody's money lead. */
const MONEY_PAGES = '^/s/[^/]+/(treasury|money/(claims|estimates|receipts))(/|$)';

/** Whether a mail is about money of somebody else, which treasurers see and organisers do not. */
const isOthersMoney = ({ summitId, personId = '' }: Organiser) => sql<boolean>`(
  coalesce(mail.page, '') ~ ${MONEY_PAGES} and coalesce(mail.person_id::text, '') <> ${personId}
  and not exists (select from role where role.summit_id = ${summitId}
    and role.person_id::text = ${personId} and role.role = 'treasurer'))`;

const subjectShown = (organiser: Organiser) =>
  sql<string>`case when ${isOthersMoney(organiser)} then 'About somebody’s money' else mail.subject end`.as(
    'subject',
  );
const bodyShown = (organiser: Organiser) =>
  sql<string>`case when ${isOthersMoney(organiser)}
    then 'What it says is for its reader and the treasurers. It stands on their own page, too.'
    else mail.body end`.as('body');

const recipientShown = ({ summitId }: Organiser) =>
  sql<string | null>`case when exists (
    select from person_identity i
    where i.kind = 'email' and i.value = mail.recipient::citext and not ${isShownTo(summitId)}
  ) then null else mail.recipient end`.as('recipient');

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
    .select([recipientShown(organiser), subjectShown(organiser)])
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

/** One mail of a summit, with its text and its attachments; of a mail about money no more than that there is one. */
export async function mailById(
  db: Reader,
  organiser: Organiser,
  id: string,
): Promise<WholeMail | undefined> {
  const row = await ofSummit(db, organiser)
    .select([...ROW, 'personId', 'attachments', 'attempts', 'lastError'])
    .select([recipientShown(organiser), subjectShown(organiser), bodyShown(organiser)])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    ...row,
    // A mail server likes to repeat the address that it refuses.
    lastError: row.recipient === null ? null : row.lastError,
    // Written by queueMail alone, and read back as parsed JSON. A calendar request names its reader.
    attachments: (row.attachments as unknown as readonly StoredAttachment[]).filter(
      ({ method }) => row.recipient !== null || method === undefined,
    ),
  };
}
