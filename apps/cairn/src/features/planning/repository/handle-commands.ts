import type { Db } from '../../../platform/db/database.ts';
import { takingPart } from '../../people/invitations/participation-queries.ts';
import { handleOf, namedInPlans } from '../threads/handle-queries.ts';

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
