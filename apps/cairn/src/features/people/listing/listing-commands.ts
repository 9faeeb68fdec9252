import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Self } from '../rights.ts';
import { type ListingField, listingFields } from './listing-rules.ts';

/**
 * Keeps what a person chose to show the public; from the next request on the public list says so.
 * Choosing the same again changes nothing and makes no event.
 */
export async function chooseListing(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  fields: readonly ListingField[],
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> {
  if (fields.length > 0 && !fields.includes('name')) {
    return fail(
      problem(
        'name-needed',
        'Tick your name as well: without it nothing of this can be shown. Or tick nothing.',
        { path: 'fields[]' },
      ),
    );
  }
  const row = await tx
    .selectFrom('listing')
    .select('fields')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .forUpdate()
    .executeTakeFirst();
  const chosen = listingFields(fields);
  if (chosen.join() === listingFields(row?.fields ?? []).join()) return ok({ hasChanged: false });
  await tx
    .insertInto('listing')
    .values({ summitId, personId, fields: chosen, updatedAt: actor.now })
    .onConflict((conflict) =>
      conflict
        .columns(['summitId', 'personId'])
        .doUpdateSet({ fields: chosen, updatedAt: actor.now }),
    )
    .execute();
  await recordEvent(tx, actor, {
    kind: 'listing.chosen',
    summitId,
    personId,
    data: { fields: chosen },
  });
  return ok({ hasChanged: true });
}
