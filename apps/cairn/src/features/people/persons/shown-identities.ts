import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../platform/db/database.ts';
import type { Identity } from './person-rules.ts';

/**
 * Whether the person `personId` (a column, or a value) owns their identities by now: they have signed
 * in, proved one, hold a role, or are known to another summit.
 */
export const isSettled = (personId: RawBuilder<unknown>, summitId: string): RawBuilder<boolean> =>
  sql`(
    exists (
      select from person settled
      where settled.id = ${personId} and (settled.auth_user_id is not null or settled.is_administrator)
    )
    or exists (select from person_identity x where x.person_id = ${personId} and x.verified_at is not null)
    or exists (select from role x where x.person_id = ${personId})
    or exists (select from invitation x where x.person_id = ${personId} and x.summit_id <> ${summitId})
    or exists (select from person_community x where x.person_id = ${personId} and x.summit_id <> ${summitId})
  )`;

/**
 * Whether the organisers of a summit see the identity `i` (a row of person_identity): they entered
 * it, or its owner has come in by an act of their own. A role or a seat that organisers give by hand is
 * no such act, or giving one would be the way to anybody's address.
 */
export const isShownTo = (summitId: string): RawBuilder<boolean> => sql`(
  exists (
    select from person_identity_entered x
    where x.summit_id = ${summitId} and x.kind = i.kind and x.value = i.value
  )
  or exists (
    select from invitation x
    where x.summit_id = ${summitId} and x.person_id = i.person_id and x.state = 'accepted'
  )
  or exists (
    select from role x
    where x.summit_id = ${summitId} and x.person_id = i.person_id and x.granted_by = i.person_id
  )
  or not ${isSettled(sql`i.person_id`, summitId)}
)`;

/** The address or handle of the person `p` to show first to the organisers of a summit. */
export const shownAddress = (kind: Identity['kind'], summitId: string): RawBuilder<string | null> =>
  sql`(
    select value::text from person_identity i
    where i.person_id = p.id and i.kind = ${kind} and ${isShownTo(summitId)}
    order by is_primary desc, value limit 1)`;

/** Notes that a summit's organisers entered these; an identity that is not that person's is left out. */
export async function noteEntered(
  tx: Tx,
  summitId: string,
  entered: readonly (Identity & { readonly personId: string })[],
): Promise<void> {
  if (entered.length === 0) return;
  await sql`
    insert into person_identity_entered (summit_id, kind, value)
    select ${summitId}, i.kind, i.value
    from jsonb_to_recordset(${JSON.stringify(entered)}::jsonb)
      as entered (kind text, value citext, "personId" uuid)
    join person_identity i
      on i.kind = entered.kind and i.value = entered.value and i.person_id = entered."personId"
    on conflict do nothing`.execute(tx);
}
