import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { noPlan } from '../threads/thread-commands.ts';

/** Who may read a plan and clone it. */
export const READERS = ['everyone', 'participants'] as const;
export type Readers = (typeof READERS)[number];

/** Chooses who may read a plan’s documents, and clone it. Event `plan.readers_chosen`, unless it is so already. */
export async function chooseReaders(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  readers: Readers,
): Promise<Result<void, Problem>> {
  const plan = await tx
    .selectFrom('planRepository')
    .select('readers')
    .where('summitId', '=', summitId)
    .forUpdate()
    .executeTakeFirst();
  if (plan === undefined) return fail(noPlan());
  if (plan.readers === readers) return ok(undefined);
  await tx
    .updateTable('planRepository')
    .set({ readers })
    .where('summitId', '=', summitId)
    .execute();
  await recordEvent(tx, actor, { kind: 'plan.readers_chosen', summitId, data: { readers } });
  return ok(undefined);
}
