import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Oneself } from '../../people/own-data/own-data-queries.ts';
import { lockPerson } from '../../people/persons/person-queries.ts';
import type { Self } from '../../people/rights.ts';
import type { SaidWeek } from './availability-schema.ts';
import { countHours } from './hours-rules.ts';

/**
 * Keeps what somebody can in an ordinary week, for all polls and summits. Saying the same again
 * changes nothing and makes no event; event `availability.said` with the numbers of hours.
 */
export async function sayAvailability(
  tx: Tx,
  actor: Actor,
  { personId }: Self | Oneself,
  { zone, cells }: SaidWeek,
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> {
  await lockPerson(tx, personId);
  const before = await tx
    .selectFrom('weeklyAvailability')
    .select(['zone', 'cells'])
    .where('personId', '=', personId)
    .executeTakeFirst();
  if (before?.zone === zone && before.cells === cells) return ok({ hasChanged: false });
  const row = { zone, cells, updatedAt: actor.now };
  await tx
    .insertInto('weeklyAvailability')
    .values({ personId, ...row })
    .onConflict((conflict) => conflict.column('personId').doUpdateSet(row))
    .execute();
  await recordEvent(tx, actor, {
    kind: 'availability.said',
    personId,
    data: { ...countHours(cells) },
  });
  return ok({ hasChanged: true });
}

/** Forgets somebody's week; from then on they count as unknown. Event `availability.forgotten`. */
export async function forgetAvailability(
  tx: Tx,
  actor: Actor,
  { personId }: Self | Oneself,
): Promise<Result<{ readonly hasChanged: boolean }, Problem>> {
  const gone = await tx
    .deleteFrom('weeklyAvailability')
    .where('personId', '=', personId)
    .executeTakeFirst();
  if (gone.numDeletedRows === 0n) return ok({ hasChanged: false });
  await recordEvent(tx, actor, { kind: 'availability.forgotten', personId });
  return ok({ hasChanged: true });
}
