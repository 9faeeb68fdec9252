import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { type LabelMeaning, readLabels } from './label-rules.ts';
import { noPlan, type ThreadPlace } from './thread-commands.ts';

/** Says what a label of the summit means. Event `label.described`, unless it means that already. */
export async function describeLabel(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  said: { readonly label: string; readonly meaning: LabelMeaning; readonly about: string },
): Promise<Result<void, Problem>> {
  const read = readLabels([said.label]);
  if (!read.ok) return fail({ ...read.error, place: { path: 'label' } });
  const plan = await tx
    .selectFrom('planRepository')
    .select('summitId')
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  const [label] = read.value;
  if (plan === undefined || label === undefined) return fail(noPlan());
  const row = { meaning: said.meaning, about: said.about };
  const changed = await tx
    .insertInto('planLabelMeaning')
    .values({ summitId, label, ...row })
    .onConflict((conflict) =>
      conflict
        .columns(['summitId', 'label'])
        .doUpdateSet(row)
        .where((eb) =>
          eb.or([
            eb('planLabelMeaning.meaning', '!=', row.meaning),
            eb('planLabelMeaning.about', '!=', row.about),
          ]),
        ),
    )
    .returning('label')
    .executeTakeFirst();
  if (changed === undefined) return ok(undefined);
  await recordEvent(tx, actor, { kind: 'label.described', summitId });
  return ok(undefined);
}

/** What of a thread's labels is other than it was. */
export interface LabelChange {
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Gives a thread labels and takes others off; one that it has already stays. Event `labels.changed`, unless nothing does. */
export async function changeLabels(
  tx: Tx,
  actor: Actor,
  { summitId, number }: ThreadPlace,
  { added, removed }: LabelChange,
): Promise<void> {
  if (added.length + removed.length === 0) return;
  if (removed.length > 0) {
    await tx
      .deleteFrom('planLabel')
      .where('summitId', '=', summitId)
      .where('number', '=', number)
      .where('label', 'in', removed)
      .execute();
  }
  if (added.length > 0) {
    await tx
      .insertInto('planLabel')
      .values(added.map((label) => ({ summitId, number, label })))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  await recordEvent(tx, actor, { kind: 'labels.changed', summitId, data: { number } });
}
