import type { Instant } from '@cairn/kernel/time';
import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { MailState } from '../mails/mail-words.ts';
import { shownAddress } from '../persons/shown-identities.ts';
import type { Organiser } from '../rights.ts';
import type { InvitationState } from './invitation-rules.ts';
import type { MailText, Purpose } from './sending-rules.ts';

/** A batch, and how far it is. */
export interface Batch extends MailText {
  readonly id: string;
  readonly purpose: Purpose;
  readonly state: 'prepared' | 'running' | 'paused' | 'done' | 'discarded';
  readonly createdAt: Instant;
  readonly finishedAt: Instant | null;
  /** Who made it; null for Cairn's own reminders. */
  readonly author: string | null;
  readonly total: number;
  readonly sent: number;
  readonly skipped: number;
}

const batches = (where: RawBuilder<unknown>) => sql<Batch>`
  select b.id, b.purpose, b.state, b.subject, b.body, b.created_at, b.finished_at, a.name as author,
    count(i.*) as total,
    count(i.*) filter (where i.state = 'sent') as sent,
    count(i.*) filter (where i.state = 'skipped') as skipped
  from send_batch b
  left join person a on a.id = b.created_by
  left join send_item i on i.batch_id = b.id
  where ${where}
  group by b.id, a.name
  order by b.created_at desc, b.id
  limit 100`;

/** The newest batches of a summit. */
export async function batchesOf(db: Reader, { summitId }: Organiser): Promise<Batch[]> {
  return (await batches(sql`b.summit_id = ${summitId} and b.state <> 'discarded'`).execute(db))
    .rows;
}

/** One batch of the summit. */
export async function batchById(
  db: Reader,
  { summitId }: Organiser,
  id: string,
): Promise<Batch | undefined> {
  return (await batches(sql`b.summit_id = ${summitId} and b.id = ${id}`).execute(db)).rows[0];
}

/** One recipient of a batch, and what became of their mail. */
export interface BatchItem {
  readonly personId: string;
  readonly name: string;
  readonly email: string | null;
  readonly github: string | null;
  readonly state: 'queued' | 'sent' | 'skipped';
  readonly reason: string;
  readonly invitationState: InvitationState;
  readonly expiresAt: Instant | null;
  readonly mailId: string | null;
  readonly mailState: 'queued' | 'held' | 'sent' | 'kept' | 'failed' | 'cancelled' | null;
}

/** The recipients of a batch by name, so many at a time; addresses included, so it takes the proof. */
export async function itemsOf(
  db: Reader,
  { summitId }: Organiser,
  batchId: string,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<BatchItem[]> {
  const { rows } = await sql<BatchItem>`
    select p.id as person_id, p.name, ${shownAddress('email', summitId)} as email,
      ${shownAddress('github', summitId)} as github,
      i.state, i.reason, v.state as invitation_state, v.expires_at,
      m.id as mail_id, m.state as mail_state
    from send_item i
    join invitation v on v.id = i.invitation_id
    join person p on p.id = v.person_id
    left join mail m on m.key = 'batch:' || i.batch_id || ':' || i.invitation_id
    where i.batch_id = ${batchId} and v.summit_id = ${summitId}
    order by (m.state = 'failed') desc nulls last, lower(p.name), p.id
    limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

/** How many mails of a batch stand where. */
export async function mailsOfBatch(
  db: Reader,
  { summitId }: Organiser,
  batchId: string,
): Promise<ReadonlyMap<MailState, number>> {
  const { rows } = await sql<{ state: MailState; count: number }>`
    select state, count(*) from mail
    where summit_id = ${summitId} and starts_with(key, ${`batch:${batchId}:`})
    group by state`.execute(db);
  return new Map(rows.map(({ state, count }) => [state, count]));
}

/** How many invitations of the summit are in each state. */
export async function invitationCounts(
  db: Reader,
  { summitId }: Organiser,
): Promise<ReadonlyMap<InvitationState, number>> {
  const rows = await db
    .selectFrom('invitation')
    .select(['state', sql<number>`count(*)`.as('count')])
    .where('summitId', '=', summitId)
    .groupBy('state')
    .execute();
  return new Map(rows.map(({ state, count }) => [state, count]));
}

/** Each invited person's communities and the state of their invitation, without a name. */
export async function communityStates(
  db: Reader,
  { summitId }: Organiser,
): Promise<{ readonly communities: readonly string[]; readonly state: InvitationState }[]> {
  const { rows } = await sql<{ communities: string[]; state: InvitationState }>`
    select v.state, array_agg(c.community) as communities
    from invitation v
    join person_community c on c.person_id = v.person_id and c.summit_id = v.summit_id
    where v.summit_id = ${summitId}
    group by v.id`.execute(db);
  return rows;
}

/** The names of people who were chosen, for the page on which their mail is written. */
export const namesOf = async (
  db: Reader,
  { summitId }: Organiser,
  personIds: readonly string[],
): Promise<string[]> => {
  if (personIds.length === 0) return [];
  const rows = await db
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.personId')
    .select('person.name')
    .where('invitation.summitId', '=', summitId)
    .where('invitation.personId', 'in', [...personIds])
    .orderBy('person.name')
    .execute();
  return rows.map(({ name }) => name);
};
