import { sql } from 'kysely';
import type { Db, Tx } from '../../../platform/db/database.ts';
import { takingPart } from '../../people/invitations/participation-queries.ts';
import { namedInPlans } from './handle-queries.ts';
import { freeHandle, handleFrom } from './handle-rules.ts';

/**
 * By what the plan calls a person; given when it is first needed, and then for ever: that of their
 * GitHub account, if they said one and nobody has it, else one made of their name.
 */
export async function handleOf(tx: Tx, personId: string): Promise<string> {
  const known = await tx
    .selectFrom('planHandle')
    .select('handle')
    .where('personId', '=', personId)
    .executeTakeFirst();
  if (known !== undefined) return known.handle;
  const { name, github } = await tx
    .selectFrom('person')
    .leftJoin('personIdentity', (join) =>
      join.onRef('personIdentity.personId', '=', 'person.id').on('kind', '=', 'github'),
    )
    .select(['person.name', 'personIdentity.value as github'])
    .where('person.id', '=', personId)
    .orderBy('personIdentity.isPrimary', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow();
  const base = handleFrom(github ?? name);
  // One at a time, so that two people of one name do not reach for the same.
  await sql`select pg_advisory_xact_lock(hashtext('plan_handle'))`.execute(tx);
  const taken = await tx
    .selectFrom('planHandle')
    .select('handle')
    .where('handle', 'like', `${base}%`)
    .execute();
  const handle = freeHandle(base, new Set(taken.map((row) => row.handle.toLowerCase())));
  await tx
    .insertInto('planHandle')
    .values({ handle, personId, createdAt: sql`now()` })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { handle: kept } = await tx
    .selectFrom('planHandle')
    .select('handle')
    .where('personId', '=', personId)
    .executeTakeFirstOrThrow();
  return kept;
}

/**
 * Handles that documents of a plan may name, in small letters: of everybody who takes part, who each
 * get one if they have none, and of those who are known here from elsewhere.
 */
export async function giveHandles(db: Db, summitId: string): Promise<ReadonlySet<string>> {
  const without = await db
    .selectFrom('person')
    .select('id')
    .where('id', 'in', takingPart(summitId))
    .where('erasedAt', 'is', null)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('planHandle')
            .select('handle')
            .whereRef('planHandle.personId', '=', 'person.id'),
        ),
      ),
    )
    .execute();
  for (const { id } of without) await db.transaction().execute((tx) => handleOf(tx, id));
  return namedInPlans(db);
}
