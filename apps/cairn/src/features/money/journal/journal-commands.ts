import { type Currency, expectCurrency, formatMoney } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type Entry, isBalanced, overdraft } from './journal-rules.ts';

/** The lines of an entry, locked in one order so that no two entries wait for each other. */
export const lockLines = (tx: Tx, summitId: string, lineIds: readonly string[]) =>
  tx
    .selectFrom('fundLine')
    .innerJoin('funder', 'funder.id', 'fundLine.funderId')
    .select(['fundLine.id', 'fundLine.title', 'funder.currency'])
    .where('fundLine.summitId', '=', summitId)
    .where('fundLine.id', 'in', lineIds.length === 0 ? [NO_ID] : [...lineIds])
    .orderBy('fundLine.id')
    .forUpdate('fundLine')
    .execute();

const NO_ID = '00000000-0000-0000-0000-000000000000';

/**
 * Writes entries into the journal, in the transaction of what they follow from. An entry whose key is there already
 * is not written again. Refused: an entry that would overdraw a line, unless it says that somebody let it
 * (`isOverride`, with a note). An entry that does not balance, or for a line of another summit, is a bug and thrown.
 *
 * Event `journal.written` for each entry.
 */
export async function writeJournal(
  tx: Tx,
  actor: Actor,
  summitId: string,
  entries: readonly Entry[],
): Promise<Result<readonly number[], Problem>> {
  const lineIds = [...new Set(entries.flatMap((entry) => entry.postings.map((p) => p.lineId)))];
  const lines = new Map((await lockLines(tx, summitId, lineIds)).map((line) => [line.id, line]));
  if (lineIds.some((id) => !lines.has(id))) throw new Error('a posting is for a line elsewhere');
  const written: number[] = [];
  for (const entry of entries) {
    if (!isBalanced(entry.postings)) throw new Error(`the entry ${entry.key} does not balance`);
    if (await isWritten(tx, entry.key)) continue;
    let isOverdrawn = false;
    for (const lineId of new Set(entry.postings.map((posting) => posting.lineId))) {
      const over = overdraft(entry.postings, lineId, await leftOf(tx, lineId));
      if (over === 0) continue;
      const line = lines.get(lineId);
      isOverdrawn = true;
      const isLet = entry.isOverride === true && (entry.note ?? '').trim() !== '';
      if (!isLet)
        return fail(overdrawn(line?.title ?? '', over, expectCurrency(line?.currency ?? '')));
    }
    // Who lets a line be overdrawn that then is not has overridden nothing.
    written.push(await writeEntry(tx, actor, summitId, { ...entry, isOverride: isOverdrawn }));
  }
  return ok(written);
}

const overdrawn = (title: string, over: number, currency: Currency): Problem =>
  problem(
    'overdrawn',
    `This needs ${formatMoney(over, currency)} more than is left of “${title}”. Choose another line, allot more to it, or let it be overdrawn and say why.`,
  );

const isWritten = async (tx: Tx, key: string): Promise<boolean> =>
  (await tx.selectFrom('journalEntry').select('id').where('key', '=', key).executeTakeFirst()) !==
  undefined;

/** What is left of a line. */
async function leftOf(tx: Tx, lineId: string): Promise<number> {
  const row = await tx
    .selectFrom('journalBalance')
    .select('minor')
    .where('lineId', '=', lineId)
    .where('stage', '=', 'left')
    .executeTakeFirst();
  return row?.minor ?? 0;
}

async function writeEntry(
  tx: Tx,
  actor: Actor,
  summitId: string,
  { kind, key, subject, postings, corrects, note, isOverride, onDate }: Entry,
): Promise<number> {
  const { id } = await tx
    .insertInto('journalEntry')
    .values({
      summitId,
      at: actor.now,
      byPerson: actor.personId ?? null,
      kind,
      subjectKind: subject?.kind ?? '',
      subjectId: subject?.id ?? null,
      key,
      corrects: corrects ?? null,
      isOverride: isOverride ?? false,
      onDate: onDate ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('journalPosting')
    .values(postings.map((posting, position) => ({ entryId: id, position, ...posting })))
    .execute();
  if (note !== undefined && note !== '') {
    await tx.insertInto('journalNote').values({ entryId: id, text: note }).execute();
  }
  await recordEvent(tx, actor, {
    kind: 'journal.written',
    summitId,
    data: { entry: id, kind, override: isOverride ?? false },
  });
  return id;
}
