import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../rights.ts';
import { type BadRow, NO_CELLS, type ReadImport } from './import-reading.ts';
import { addPeople, addPerson } from './person-commands.ts';
import type { PersonEntry } from './person-schema.ts';

/** What became of a file. */
export interface Imported {
  readonly added: number;
  readonly known: number;
  /** Rows that wait for their correction. */
  readonly kept: number;
}

/**
 * Takes the good rows of a file and keeps the others until somebody corrects or drops them. The
 * same file taken twice adds nobody and keeps nothing a second time.
 */
export async function takeImport(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { rows, bad }: Pick<ReadImport, 'rows' | 'bad'>,
): Promise<Result<Imported, never>> {
  const taken = await addPeople(
    tx,
    actor,
    organiser,
    rows.map(({ entry }) => entry),
  );
  const refused = rows.filter((_, index) => taken[index]?.ok !== true);
  const people = new Set(taken.filter((each) => each.ok).map(({ value }) => value.personId));
  const added = taken.filter((each) => each.ok && each.value.isNew).length;
  const known = people.size - added;
  const kept = await keepRows(tx, actor, organiser, [...bad, ...refused]);
  return ok({ added, known, kept });
}

async function keepRows(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  rows: readonly Pick<BadRow, 'line' | 'raw' | 'cells'>[],
): Promise<number> {
  const waiting = await tx
    .selectFrom('importRow')
    .select('raw')
    .where('summitId', '=', summitId)
    .where('settledAt', 'is', null)
    .execute();
  const seen = new Set(waiting.map(({ raw }) => raw));
  const fresh = rows.filter(({ raw }) => !seen.has(raw));
  if (fresh.length === 0) return 0;
  await tx
    .insertInto('importRow')
    .values(
      fresh.map(({ line, raw, cells }) => ({
        summitId,
        line,
        raw,
        cells: JSON.stringify(cells ?? NO_CELLS),
        createdBy: actor.personId ?? null,
        createdAt: actor.now,
        settledAt: null,
        settledHow: null,
      })),
    )
    .execute();
  await recordEvent(tx, actor, {
    kind: 'import.rows_kept',
    summitId,
    data: { rows: fresh.length },
  });
  return fresh.length;
}

/** Takes a kept row in its corrected form. */
export async function takeCorrectedRow(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  rowId: string,
  entry: PersonEntry,
): Promise<Result<void, Problem>> {
  const settled = await settleRow(tx, actor, organiser, rowId, 'imported');
  if (!settled.ok) return settled;
  const taken = await addPerson(tx, actor, organiser, entry);
  return taken.ok ? ok(undefined) : taken;
}

/** Drops a kept row: nobody is to be taken from it. */
export const dropRow = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  rowId: string,
): Promise<Result<void, Problem>> => settleRow(tx, actor, organiser, rowId, 'dropped');

async function settleRow(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  rowId: string,
  how: 'imported' | 'dropped',
): Promise<Result<void, Problem>> {
  const settled = await tx
    .updateTable('importRow')
    .set({ settledAt: actor.now, settledHow: how })
    .where('id', '=', rowId)
    .where('summitId', '=', summitId)
    .where('settledAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (settled === undefined) {
    return fail(problem('row-settled', 'This row has been taken or dropped already.'));
  }
  await recordEvent(tx, actor, { kind: `import.row_${how}`, summitId, data: { row: rowId } });
  return ok(undefined);
}
