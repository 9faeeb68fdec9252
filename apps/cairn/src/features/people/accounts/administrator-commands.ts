import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';

/** Makes the owner of an address an administrator of the installation, and a person if they are none yet. */
export async function ensureAdministrator(tx: Tx, actor: Actor, address: string): Promise<void> {
  const known = await tx
    .selectFrom('personIdentity')
    .innerJoin('person', 'person.id', 'personIdentity.personId')
    .select(['person.id', 'person.isAdministrator'])
    .where('personIdentity.kind', '=', 'email')
    .where('personIdentity.value', '=', address)
    .executeTakeFirst();
  if (known?.isAdministrator) return;
  const personId = known?.id ?? (await newPerson(tx, actor, address));
  await tx
    .updateTable('person')
    .set({ isAdministrator: true })
    .where('id', '=', personId)
    .execute();
  await recordEvent(tx, actor, { kind: 'person.made_administrator', personId });
}

async function newPerson(tx: Tx, actor: Actor, address: string): Promise<string> {
  const { id } = await tx
    .insertInto('person')
    .values({
      name: address.split('@')[0] ?? address,
      zone: null,
      authUserId: null,
      createdAt: actor.now,
      erasedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('personIdentity')
    .values({ kind: 'email', value: address, personId: id, verifiedAt: null })
    .execute();
  return id;
}
