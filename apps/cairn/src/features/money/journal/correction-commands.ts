import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { categoryOf } from '../category-rules.ts';
import { lineStandings } from './balance-queries.ts';
import { lockLines, writeJournal } from './journal-commands.ts';
import { opposite, type Posting, type Stage } from './journal-rules.ts';
import { whereUndone } from './journal-words-rules.ts';

/**
 * Takes an entry back by another one, with words that stay. Entries that follow from estimates, claims and payments
 * are taken back there, since more than the journal says the same. A correction can be taken back as well.
 *
 * Refused with `no-entry`, `no-words`, `corrected`, `undone-elsewhere`, `takes-too-much` (the line would have been
 * given less than nothing) and `overdrawn`. Event `journal.written`.
 */
export async function correctEntry(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  asked: {
    readonly entryId: number;
    readonly note: string;
    readonly isOverride?: boolean;
  },
): Promise<Result<number, Problem>> {
  const { entryId, note, isOverride } = asked;
  if (note.trim() === '') {
    const sentence = 'Say why it is taken back; the journal keeps it.';
    return fail(problem('no-words', sentence, { path: 'note' }));
  }
  const entry = await tx
    .selectFrom('journalEntry')
    .select(['id', 'kind', 'subjectKind', 'subjectId'])
    .where('id', '=', entryId)
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  if (entry === undefined) {
    return fail(problem('no-entry', 'There is no such entry; look at the journal again.'));
  }
  const elsewhere = whereUndone(entry);
  if (elsewhere !== undefined) return fail(problem('undone-elsewhere', elsewhere));
  const postings = await postingsOf(tx, entryId);
  // Locked before it is asked whether somebody took it back meanwhile.
  await lockLines(tx, summitId, [...new Set(postings.map(({ lineId }) => lineId))]);
  const later = await tx
    .selectFrom('journalEntry')
    .select('id')
    .where('corrects', '=', entryId)
    .executeTakeFirst();
  if (later !== undefined) {
    const sentence = `Entry ${later.id} took it back already.`;
    return fail(problem('corrected', sentence));
  }
  const back = opposite(postings);
  const standings = await lineStandings(tx, summitId);
  const takesTooMuch = back.some(
    ({ stage, lineId, minor }) =>
      stage === 'grant' && minor > (standings.get(lineId)?.granted ?? 0),
  );
  if (takesTooMuch) {
    const sentence = 'A line would have been given less than nothing; allot to it first.';
    return fail(problem('takes-too-much', sentence));
  }
  const written = await writeJournal(tx, actor, summitId, [
    {
      kind: 'correction',
      key: `correction:${entryId}`,
      ...(entry.subjectId === null
        ? {}
        : { subject: { kind: entry.subjectKind, id: entry.subjectId } }),
      postings: back,
      corrects: entryId,
      note,
      isOverride: isOverride === true,
    },
  ]);
  return written.ok ? ok(written.value[0] ?? entryId) : written;
}

async function postingsOf(tx: Tx, entryId: number): Promise<readonly Posting[]> {
  const rows = await tx
    .selectFrom('journalPosting')
    .select(['lineId', 'category', 'personId', 'stage', 'minor'])
    .where('entryId', '=', entryId)
    .orderBy('position')
    .execute();
  return rows.map(({ category, stage, ...row }) => ({
    ...row,
    category: category === '' ? '' : categoryOf(category),
    stage: stage satisfies Stage,
  }));
}
