import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { sql } from 'kysely';
import { type Actor, recordEvent } from '../../platform/db/command.ts';
import type { Tx } from '../../platform/db/database.ts';
import { draftInvitation } from './invitation-commands.ts';
import { settledPeople } from './person-queries.ts';
import { type Identity, identitiesOfTwo } from './person-rules.ts';
import { identitiesOf, type PersonEntry } from './person-schema.ts';
import type { Organiser } from './rights.ts';

// Any number that nothing else in the database locks.
const MAKING_PEOPLE = 8_023_003;

export interface FoundPerson {
  readonly personId: string;
  readonly isNew: boolean;
  /** Identities that were named but not added, because the person's identities are their own by now. */
  readonly notAdded: readonly string[];
}

/**
 * Finds the person behind an address or a handle, without regard to case, or makes one. What else
 * is given of them is added, but only to somebody who never signed in and is known to no summit but
 * `summitId`: an identity is a way to sign in, and nobody may hand one to somebody else's account.
 * Fails when the address and the handle are those of two people.
 */
export async function findOrCreatePerson(
  tx: Tx,
  actor: Actor,
  given: Pick<PersonEntry, 'name' | 'email' | 'github'>,
  summitId?: string,
): Promise<Result<FoundPerson, Problem>> {
  // One at a time, or two who name the same newcomer at once would make two people.
  await sql`select pg_advisory_xact_lock(${MAKING_PEOPLE})`.execute(tx);
  const identities = identitiesOf(given);
  if (identities.length === 0) {
    return fail(
      problem('no-identity', 'Give an e-mail address or a GitHub handle.', { path: 'email' }),
    );
  }
  const found = await tx
    .selectFrom('personIdentity')
    .select(['personId', 'kind', 'value'])
    .where((eb) => eb.or(identities.map((each) => eb.and(each))))
    .execute();
  const [first, ...others] = [...new Set(found.map(({ personId }) => personId))];
  if (others.length > 0) return fail(identitiesOfTwo());
  const fresh = identities.filter(({ kind }) => !found.some((known) => known.kind === kind));
  if (first === undefined) return ok(await makePerson(tx, actor, given.name, fresh, summitId));
  if (fresh.length === 0) return ok({ personId: first, isNew: false, notAdded: [] });
  if ((await settledPeople(tx, summitId, [first])).has(first)) {
    return ok({ personId: first, isNew: false, notAdded: fresh.map(({ value }) => value) });
  }
  await addIdentities(tx, first, fresh);
  await recordEvent(tx, actor, { kind: 'person.identified', summitId, personId: first });
  return ok({ personId: first, isNew: false, notAdded: [] });
}

async function makePerson(
  tx: Tx,
  actor: Actor,
  name: string,
  identities: readonly Identity[],
  summitId: string | undefined,
): Promise<FoundPerson> {
  const { id } = await tx
    .insertInto('person')
    .values({ name, zone: null, authUserId: null, createdAt: actor.now, erasedAt: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await addIdentities(tx, id, identities);
  await recordEvent(tx, actor, { kind: 'person.created', summitId, personId: id });
  return { personId: id, isNew: true, notAdded: [] };
}

/** The first of a kind is the one that mails go to. */
async function addIdentities(
  tx: Tx,
  personId: string,
  identities: readonly Identity[],
): Promise<void> {
  const had = await tx
    .selectFrom('personIdentity')
    .select('kind')
    .where('personId', '=', personId)
    .execute();
  await tx
    .insertInto('personIdentity')
    .values(
      identities.map((identity) => ({
        ...identity,
        personId,
        isPrimary: !had.some(({ kind }) => kind === identity.kind),
        verifiedAt: null,
      })),
    )
    .execute();
}

/** Adds somebody to a summit: the person, the communities they stand for, and a drafted invitation. */
export async function addPerson(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  entry: PersonEntry,
): Promise<Result<FoundPerson, Problem>> {
  const found = await findOrCreatePerson(tx, actor, entry, summitId);
  if (!found.ok) return found;
  const { personId } = found.value;
  await joinCommunities(tx, actor, summitId, personId, entry.communities);
  await draftInvitation(tx, actor, summitId, personId, entry);
  return found;
}

async function joinCommunities(
  tx: Tx,
  actor: Actor,
  summitId: string,
  personId: string,
  communities: readonly string[],
): Promise<void> {
  if (communities.length === 0) return;
  const joined = await tx
    .insertInto('personCommunity')
    .values(communities.map((community) => ({ summitId, personId, community })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('community')
    .execute();
  if (joined.length === 0) return;
  await recordEvent(tx, actor, {
    kind: 'person.communities_joined',
    summitId,
    personId,
    data: { communities: joined.map(({ community }) => community) },
  });
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
    const changed = await replaceIdentities(tx, personId, entry);
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
    .set({ seatKind: entry.seatKind, remark: entry.remark })
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .execute();
  await recordEvent(tx, actor, { kind: 'person.changed', summitId, personId });
  return ok(undefined);
}

/** Corrects how somebody who never signed in is known; each kind holds what the form says, or nothing. */
async function replaceIdentities(
  tx: Tx,
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
  return ok(undefined);
}
