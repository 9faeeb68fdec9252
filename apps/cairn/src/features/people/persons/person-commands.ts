import { randomUUID } from 'node:crypto';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { sql } from 'kysely';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { recordEvents } from '../../../platform/db/record-events.ts';
import { type Draft, draftInvitations } from '../invitations/invitation-commands.ts';
import type { Organiser } from '../rights.ts';
import { fatesOf, type Owner } from './import-rules.ts';
import { peopleBehind, settledPeople } from './person-queries.ts';
import type { Identity } from './person-rules.ts';
import { identitiesOf, type PersonEntry } from './person-schema.ts';
import { noteEntered } from './shown-identities.ts';

// Any number that nothing else in the database locks.
const MAKING_PEOPLE = 8_023_003;

export interface FoundPerson {
  readonly personId: string;
  readonly isNew: boolean;
  /** Identities that were named but not added, because the person's identities are their own by now. */
  readonly notAdded: readonly string[];
}

/** What is given of somebody to find them by, or to make them from. */
type Given = Pick<PersonEntry, 'name' | 'email' | 'github'>;

/**
 * Finds the person behind an address or a handle, without regard to case, or makes one. What else
 * is given of them is added, but only to somebody who never signed in and is known to no summit but
 * `summitId`: an identity is a way to sign in, and nobody may hand one to somebody else's account.
 * Fails when the address and the handle are those of two people.
 */
export async function findOrCreatePerson(
  tx: Tx,
  actor: Actor,
  given: Given,
  summitId?: string,
): Promise<Result<FoundPerson, Problem>> {
  const [found] = await findOrCreatePeople(tx, actor, [given], summitId);
  if (found === undefined) throw new Error('one person was given and none came back');
  return found;
}

/** The same for many at once, in the order given; rows about one person find or make one person. */
async function findOrCreatePeople(
  tx: Tx,
  actor: Actor,
  given: readonly Given[],
  summitId: string | undefined,
): Promise<Result<FoundPerson, Problem>[]> {
  // One at a time, or two who name the same newcomer at once would make two people.
  await sql`select pg_advisory_xact_lock(${MAKING_PEOPLE})`.execute(tx);
  const known = await peopleBehind(tx, summitId, given.flatMap(identitiesOf));
  const rows = given.map((each, line) => ({
    line,
    entry: { ...each, communities: [], seatKind: undefined, remark: '' },
  }));
  const ids = new Map<Owner, string>();
  const found = fatesOf(rows, known).map(({ entry, fate, owner, fresh }) => {
    if (owner === undefined) return { fate, entry, fresh, personId: '' };
    const personId = 'person' in owner ? owner.person.personId : (ids.get(owner) ?? randomUUID());
    ids.set(owner, personId);
    return { fate, entry, fresh, personId };
  });
  const made = found.filter(({ fate }) => fate.kind === 'new');
  await sql`
    insert into person (id, name, created_at)
    select id, name, ${actor.now} from jsonb_to_recordset(${JSON.stringify(
      made.map(({ personId, entry }) => ({ id: personId, name: entry.name })),
    )}::jsonb) as made (id uuid, name text)`.execute(tx);
  await addIdentities(tx, found);
  if (summitId !== undefined) {
    const entered = found.flatMap(({ entry, personId }) =>
      personId === '' ? [] : identitiesOf(entry).map((identity) => ({ ...identity, personId })),
    );
    await noteEntered(tx, summitId, entered);
  }
  const changed = found.filter(({ fate, fresh }) => fate.kind !== 'new' && fresh.length > 0);
  await recordEvents(tx, actor, [
    ...made.map(({ personId }) => ({ kind: 'person.created', summitId, personId })),
    ...changed.map(({ personId }) => ({ kind: 'person.identified', summitId, personId })),
  ]);
  return found.map(({ fate, personId }) => {
    if (fate.kind === 'bad') return fail(fate.problem);
    const notAdded = fate.kind === 'known' ? fate.notAdded : [];
    return ok({ personId, isNew: fate.kind === 'new', notAdded });
  });
}

/** Adds what is fresh of each person; the first of a kind is the one that mails go to. */
async function addIdentities(
  tx: Tx,
  found: readonly { readonly personId: string; readonly fresh: readonly Identity[] }[],
): Promise<void> {
  const rows = found.flatMap(({ personId, fresh }) =>
    fresh.map((identity) => ({ ...identity, person_id: personId })),
  );
  if (rows.length === 0) return;
  await sql`
    insert into person_identity (kind, value, person_id, is_primary)
    select kind, value, person_id,
      row_number() over (partition by person_id, kind order by position) = 1
      and not exists (
        select from person_identity had
        where had.person_id = fresh.person_id and had.kind = fresh.kind
      )
    from rows from (
      jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as (kind text, value citext, person_id uuid)
    ) with ordinality as fresh (kind, value, person_id, position)`.execute(tx);
}

/** Adds somebody to a summit: the person, the communities they stand for, and a drafted invitation. */
export async function addPerson(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  entry: PersonEntry,
): Promise<Result<FoundPerson, Problem>> {
  const [added] = await addPeople(tx, actor, organiser, [entry]);
  if (added === undefined) throw new Error('one person was given and none came back');
  return added;
}

/** The same for many at once, in the order given; what several entries say of one person is put together. */
export async function addPeople(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  entries: readonly PersonEntry[],
): Promise<Result<FoundPerson, Problem>[]> {
  const found = await findOrCreatePeople(tx, actor, entries, summitId);
  const communities = new Map<string, Set<string>>();
  const drafts = new Map<string, Draft>();
  for (const [index, entry] of entries.entries()) {
    const person = found[index];
    if (!person?.ok) continue;
    const { personId } = person.value;
    const joined = communities.get(personId) ?? new Set();
    communities.set(personId, joined.union(new Set(entry.communities)));
    const draft = drafts.get(personId);
    drafts.set(personId, {
      personId,
      seatKind: draft?.seatKind ?? entry.seatKind,
      remark: [draft?.remark ?? '', entry.remark].filter((part) => part !== '').join('\n'),
    });
  }
  await joinCommunities(tx, actor, summitId, communities);
  await draftInvitations(tx, actor, summitId, [...drafts.values()]);
  return found;
}

async function joinCommunities(
  tx: Tx,
  actor: Actor,
  summitId: string,
  communities: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<void> {
  const rows = [...communities].flatMap(([personId, keys]) =>
    [...keys].map((community) => ({ person_id: personId, community })),
  );
  const { rows: joined } = await sql<{ personId: string; communities: string[] }>`
    with joined as (
      insert into person_community (summit_id, person_id, community)
      select ${summitId}, person_id, community
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as new (person_id uuid, community text)
      on conflict do nothing
      returning person_id, community
    )
    select person_id, array_agg(community order by community) as communities
    from joined group by person_id`.execute(tx);
  await recordEvents(
    tx,
    actor,
    joined.map(({ personId, communities: keys }) => ({
      kind: 'person.communities_joined',
      summitId,
      personId,
      data: { communities: keys },
    })),
  );
}

/** What an organiser may change about somebody, all of it at once. */
export async function changePerson(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  personId: string,
  entry: PersonEntry,
): Promise<Result<void, Problem>> {
  const isSettled = (await settledPeople(tx, summitId, [personId])).has(personId);
  if (!isSettled) {
    const changed = await replaceIdentities(tx, summitId, personId, entry);
    if (!changed.ok) return changed;
    await tx.updateTable('person').set({ name: entry.name }).where('id', '=', personId).execute();
  }
  await tx
    .deleteFrom('personCommunity')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .execute();
  if (entry.communities.length > 0) {
    await tx
      .insertInto('personCommunity')
      .values(entry.communities.map((community) => ({ summitId, personId, community })))
      .execute();
  }
  await tx
    .updateTable('invitation')
    .set({
      remark: entry.remark,
      ...(entry.seatKind === undefined ? {} : { seatKind: entry.seatKind }),
    })
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .execute();
  await recordEvent(tx, actor, { kind: 'person.changed', summitId, personId });
  return ok(undefined);
}

/** Corrects how somebody who never signed in is known; each kind holds what the form says, or nothing. */
async function replaceIdentities(
  tx: Tx,
  summitId: string,
  personId: string,
  entry: PersonEntry,
): Promise<Result<void, Problem>> {
  await sql`select pg_advisory_xact_lock(${MAKING_PEOPLE})`.execute(tx);
  const identities = identitiesOf(entry);
  for (const { kind, value } of identities) {
    const owner = await tx
      .selectFrom('personIdentity')
      .select('personId')
      .where('kind', '=', kind)
      .where('value', '=', value)
      .executeTakeFirst();
    if (owner === undefined || owner.personId === personId) continue;
    const what = kind === 'email' ? 'address' : 'GitHub handle';
    return fail(
      problem('identity-taken', `This ${what} belongs to somebody else; write another one.`, {
        path: kind,
      }),
    );
  }
  await tx
    .deleteFrom('personIdentity')
    .where('personId', '=', personId)
    .where('isPrimary', '=', true)
    .execute();
  for (const identity of identities) {
    await tx
      .insertInto('personIdentity')
      .values({ ...identity, personId, isPrimary: true, verifiedAt: null })
      .onConflict((conflict) =>
        conflict.columns(['kind', 'value']).doUpdateSet({ isPrimary: true }),
      )
      .execute();
  }
  await noteEntered(
    tx,
    summitId,
    identities.map((identity) => ({ ...identity, personId })),
  );
  return ok(undefined);
}
