import type { Instant } from '@cairn/kernel/time';
import { type RawBuilder, sql } from 'kysely';
import type { Reader, Tx } from '../../../platform/db/database.ts';
import type { InvitationState, SeatKind } from '../invitations/invitation-rules.ts';
import type { Organiser } from '../rights.ts';
import type { KnownPerson } from './import-rules.ts';
import type { PeopleFilter } from './person-filter.ts';
import { type Identity, identityKey } from './person-rules.ts';
import { isSettled, isShownTo, shownAddress } from './shown-identities.ts';

/** Holds a person's row until the end of the transaction: what they say of themselves is changed by one at a time. */
export async function lockPerson(tx: Tx, personId: string): Promise<void> {
  await tx.selectFrom('person').select('id').where('id', '=', personId).forNoKeyUpdate().execute();
}

/**
 * Which of these people own their identities by now: they have signed in, proved one, hold a role,
 * or are known to another summit. What is said of them here must not open their account to others.
 */
export async function settledPeople(
  db: Reader,
  summitId: string | undefined,
  personIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from person
    where id = any(${personIds}::uuid[])
      and ${summitId === undefined ? sql`true` : isSettled(sql`person.id`, summitId)}`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Who is behind these identities, by `identityKey`; those of nobody are left out. */
export async function peopleBehind(
  db: Reader,
  summitId: string | undefined,
  identities: readonly Identity[],
): Promise<ReadonlyMap<string, KnownPerson>> {
  const valuesOf = (kind: Identity['kind']) =>
    identities.filter((each) => each.kind === kind).map(({ value }) => value);
  const { rows } = await sql<Identity & { personId: string }>`
    select kind, value::text, person_id from person_identity
    where (kind = 'email' and value = any(${valuesOf('email')}::citext[]))
       or (kind = 'github' and value = any(${valuesOf('github')}::citext[]))`.execute(db);
  const settled = await settledPeople(
    db,
    summitId,
    rows.map(({ personId }) => personId),
  );
  return new Map(
    rows.map(({ kind, value, personId }) => [
      identityKey({ kind, value }),
      { personId, isSettled: settled.has(personId) },
    ]),
  );
}

/** One line of the organisers' list of people. */
export interface PersonRow {
  readonly personId: string;
  readonly name: string;
  readonly email: string | null;
  readonly github: string | null;
  /** Keys of communities. */
  readonly communities: readonly string[];
  /** Null for somebody who has no invitation, such as an organiser. */
  readonly state: InvitationState | null;
  readonly seatKind: SeatKind | null;
  readonly remark: string;
  /** Since when it is in that state. */
  readonly since: Instant | null;
  readonly sentAt: Instant | null;
  readonly answeredAt: Instant | null;
  readonly expiresAt: Instant | null;
}

/** People of the summit: invited, drafted, holding a role, or standing for a community of it. */
const ofSummit = (summitId: string) => sql`
  from person p
  left join invitation v on v.person_id = p.id and v.summit_id = ${summitId}
  where p.erased_at is null and p.id in (
    select person_id from invitation where summit_id = ${summitId}
    union select person_id from role where summit_id = ${summitId}
    union select person_id from person_community where summit_id = ${summitId}
  )`;

function matching(summitId: string, { q, community, state }: PeopleFilter): RawBuilder<unknown> {
  // Three characters are special in a pattern; a search means them as they are.
  const pattern = `%${q.replace(/[\\%_]/g, '\\$&')}%`;
  return sql.join(
    [
      sql``,
      ...(q === ''
        ? []
        : [
            sql`(p.name ilike ${pattern} or v.remark ilike ${pattern} or exists (
              select from person_identity i
              where i.person_id = p.id and i.value::text ilike ${pattern} and ${isShownTo(summitId)}))`,
          ]),
      ...(community === ''
        ? []
        : [
            sql`exists (select from person_community c
              where c.person_id = p.id and c.summit_id = ${summitId} and c.community = ${community})`,
          ]),
      ...(state === '' ? [] : [state === 'none' ? sql`v.id is null` : sql`v.state = ${state}`]),
    ],
    sql` and `,
  );
}

/** When the invitation came to stand where it stands. */
const SINCE = sql`case v.state
  when 'drafted' then v.drafted_at
  when 'sent' then coalesce(v.reminded_at, v.sent_at)
  when 'opened' then v.opened_at
  when 'expired' then v.closed_at
  when 'withdrawn' then v.closed_at
  else v.answered_at end`;

const ORDERS: Record<PeopleFilter['sort'], RawBuilder<unknown>> = {
  name: sql`lower(p.name)`,
  state: sql`array_position(array['drafted','sent','opened','unsure','accepted','declined','expired','withdrawn'], v.state)`,
  since: SINCE,
};

/** How many people of the summit a filter finds. */
export async function countPeople(
  db: Reader,
  { summitId }: Organiser,
  filter: PeopleFilter,
): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count ${ofSummit(summitId)} ${matching(summitId, filter)}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** The people of the summit that a filter finds, in its order; contact included, so it takes the proof. */
export async function peopleOf(
  db: Reader,
  { summitId }: Organiser,
  filter: PeopleFilter,
  { limit, offset }: { readonly limit: number | null; readonly offset: number },
): Promise<PersonRow[]> {
  const direction = filter.order === 'descending' ? sql`desc` : sql`asc`;
  const { rows } = await sql<PersonRow>`
    select p.id as person_id, p.name, ${shownAddress('email', summitId)} as email, ${shownAddress('github', summitId)} as github,
      v.state, v.seat_kind, coalesce(v.remark, '') as remark, ${SINCE} as since, v.sent_at, v.answered_at, v.expires_at,
      array(
        select community from person_community c
        where c.person_id = p.id and c.summit_id = ${summitId} order by community
      ) as communities
    ${ofSummit(summitId)} ${matching(summitId, filter)}
    order by ${ORDERS[filter.sort]} ${direction} nulls last, lower(p.name), p.id
    limit ${limit} offset ${offset}`.execute(db);
  return rows;
}

/** Everything that organisers see of one person; of their identities those that are shown to this summit. */
export interface PersonDetail extends PersonRow {
  readonly identities: readonly (Identity & { readonly isVerified: boolean })[];
  readonly roles: readonly string[];
  /** What they wrote with their answer. */
  readonly note: string;
  readonly reminders: number;
  readonly isSettled: boolean;
}

/** One person of the summit; undefined for somebody who has nothing to do with it. */
export async function personOf(
  db: Reader,
  organiser: Organiser,
  personId: string,
): Promise<PersonDetail | undefined> {
  const { summitId } = organiser;
  const { rows } = await sql<PersonRow & Pick<PersonDetail, 'note' | 'reminders' | 'roles'>>`
    select p.id as person_id, p.name, ${shownAddress('email', summitId)} as email, ${shownAddress('github', summitId)} as github,
      v.state, v.seat_kind, coalesce(v.remark, '') as remark, ${SINCE} as since, v.sent_at, v.answered_at, v.expires_at,
      coalesce(v.note, '') as note, coalesce(v.reminders, 0) as reminders,
      array(
        select community from person_community c
        where c.person_id = p.id and c.summit_id = ${summitId} order by community
      ) as communities,
      array(
        select role from role r where r.person_id = p.id and r.summit_id = ${summitId} order by role
      ) as roles
    ${ofSummit(summitId)} and p.id = ${personId}`.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const identities = await db
    .selectFrom('personIdentity as i')
    .select(['kind', 'value', 'verifiedAt'])
    .where('personId', '=', personId)
    .where(isShownTo(summitId))
    .orderBy('kind')
    .orderBy('isPrimary', 'desc')
    .orderBy('value')
    .execute();
  return {
    ...row,
    identities: identities.map(({ verifiedAt, ...identity }) => ({
      ...identity,
      isVerified: verifiedAt !== null,
    })),
    isSettled: (await settledPeople(db, summitId, [personId])).has(personId),
  };
}

/** Something that happened to a person in the summit, or that was done about them. */
export interface HistoryRow {
  readonly id: string;
  readonly at: Instant;
  readonly kind: string;
  readonly door: string;
  readonly actor: string | null;
}

/** What happened to somebody in the summit, newest first. */
export async function historyOf(
  db: Reader,
  { summitId }: Organiser,
  personId: string,
): Promise<HistoryRow[]> {
  return db
    .selectFrom('event')
    .leftJoin('person', 'person.id', 'event.actorId')
    .select(['event.at', 'event.kind', 'event.door', 'person.name as actor'])
    .select(sql<string>`event.id::text`.as('id'))
    .where('event.summitId', '=', summitId)
    .where('event.personId', '=', personId)
    .orderBy('event.id', 'desc')
    .limit(200)
    .execute();
}
