import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { type Duties, type Traces, tracePatterns } from './erasure-rules.ts';

/** Every summit in which a person has something to give up, in the order in which they are locked. */
export async function summitsOf(db: Reader, personId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from summit where id in (
      select summit_id from invitation where person_id = ${personId}
      union select summit_id from seat where person_id = ${personId}
      union select summit_id from waiting where person_id = ${personId}
      union select summit_id from seat_offer where person_id = ${personId}
      union select summit_id from role where person_id = ${personId}
    ) order by id`.execute(db);
  return rows.map(({ id }) => id);
}

/** What a person alone looks after. */
export async function dutiesOf(db: Reader, personId: string): Promise<Duties> {
  const { rows: summits } = await sql<{ title: string }>`
    select summit.definition ->> 'title' as title
    from role join summit on summit.id = role.summit_id
    where role.person_id = ${personId} and role.role = 'organiser' and not exists (
      select from role other
      where other.summit_id = role.summit_id and other.role = 'organiser'
        and other.person_id <> role.person_id
    ) order by title`.execute(db);
  const { rows: last } = await sql<{ isLast: boolean }>`
    select is_administrator and not exists (
      select from person other
      where other.is_administrator and other.erased_at is null and other.id <> person.id
    ) as is_last
    from person where id = ${personId}`.execute(db);
  const { rows: claims } = await sql<{ number: number; title: string }>`
    select claim.number, summit.definition ->> 'title' as title
    from claim join summit on summit.id = claim.summit_id
    where claim.person_id = ${personId}
      and claim.state in ('submitted', 'second_look', 'approved', 'sent')
    order by title, number`.execute(db);
  return {
    claimsOnTheirWay: claims.map(({ number, title }) => `C-${number} of ${title}`),
    lastOrganiserOf: summits.map(({ title }) => title),
    isLastAdministrator: last[0]?.isLast === true,
  };
}

/** By what a person is named anywhere. */
export async function tracesOf(db: Reader, personId: string): Promise<Traces> {
  const { name, authUserId } = await db
    .selectFrom('person')
    .select(['name', 'authUserId'])
    .where('id', '=', personId)
    .executeTakeFirstOrThrow();
  const identities = await db
    .selectFrom('personIdentity')
    .select(['kind', 'value'])
    .where('personId', '=', personId)
    .execute();
  const account = await db
    .selectFrom('authUser')
    .select('email')
    .where('id', '=', authUserId ?? '')
    .executeTakeFirst();
  const of = (kind: 'email' | 'github') =>
    identities.filter((identity) => identity.kind === kind).map(({ value }) => value);
  const emails = account === undefined ? of('email') : [...of('email'), account.email];
  return { name, emails: [...new Set(emails)], handles: of('github') };
}

/** Summits whose published definition names somebody; only its organisers can change that. */
export async function publishedMentions(
  db: Reader,
  traces: Traces,
): Promise<readonly { readonly slug: string; readonly title: string }[]> {
  const [pattern, ...more] = tracePatterns(traces);
  if (pattern === undefined) return [];
  const { rows } = await sql<{ slug: string; title: string }>`
    select slug, definition ->> 'title' as title from summit
    where source ~* any(${[pattern, ...more]}) or definition::text ~* any(${[pattern, ...more]})
    order by title`.execute(db);
  return rows;
}
