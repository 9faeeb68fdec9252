import { formatMoney } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { lineStandings } from '../journal/balance-queries.ts';
import { lockLines, writeJournal } from '../journal/journal-commands.ts';
import { allotted, type Entry, transferred } from '../journal/journal-rules.ts';
import { fundLinesOf } from './funder-queries.ts';
import type { FundLine } from './funder-rules.ts';

/** What both say: when it took place, in which words, and which form said it. */
interface Told {
  /** In minor units of the line's currency. */
  readonly minor: number;
  /** The ISO day on which the funder or the treasurer decided it; the day of writing where none is given. */
  readonly onDate?: string | undefined;
  readonly note: string;
  /** A form sent twice has the same key, and counts once. */
  readonly key: string;
  /** Lets the line be overdrawn, which then needs the note. */
  readonly isOverride?: boolean;
}

/**
 * A funder gives a line so much, or takes so much back (below zero), at most what it gave. Answers the entry's
 * number, undefined where this form was sent before. Refused with `no-line`, `nothing`, `takes-too-much`, `overdrawn`.
 * Event `journal.written`.
 */
export async function allot(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  { lineId, minor, onDate, note, key, isOverride }: Told & { readonly lineId: string },
): Promise<Result<number | undefined, Problem>> {
  if (minor === 0) return fail(nothing);
  const lines = await openLines(tx, summitId, [lineId]);
  if (!lines.ok) return lines;
  const [line] = lines.value;
  const granted = (await lineStandings(tx, summitId)).get(lineId)?.granted ?? 0;
  const entryKey = `allotment:${key}`;
  if (line !== undefined && granted + minor < 0 && !(await isKnown(tx, entryKey))) {
    return fail(
      problem(
        'takes-too-much',
        `“${line.title}” was given ${formatMoney(granted, line.funder.currency)}; no more can be taken back.`,
        { path: 'amount' },
      ),
    );
  }
  const postings = allotted(lineId, minor);
  const subject = { kind: 'line', id: lineId };
  const entry: Entry = { kind: 'allotment', key: entryKey, subject, postings, note };
  const more = { ...dayOf(onDate), isOverride: isOverride === true };
  const written = await writeJournal(tx, actor, summitId, [{ ...entry, ...more }]);
  return written.ok ? ok(written.value[0]) : written;
}

/**
 * Moves so much of what is left of one line to another of the same funder. Answers as `allot` does. Refused with
 * `no-line`, `nothing`, `same-line`, `other-funder`, `overdrawn`. Event `journal.written`.
 */
export async function transfer(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  {
    from,
    to,
    minor,
    onDate,
    note,
    key,
    isOverride,
  }: Told & { readonly from: string; readonly to: string },
): Promise<Result<number | undefined, Problem>> {
  if (minor <= 0) return fail(nothing);
  if (from === to) {
    const sentence = 'Choose two lines; money is moved from one to another.';
    return fail(problem('same-line', sentence, { path: 'to' }));
  }
  // What is left of a closed line may go to an open one.
  const lines = await openLines(tx, summitId, [from, to], [from]);
  if (!lines.ok) return lines;
  const [source, target] = lines.value;
  if (source?.funder.id !== target?.funder.id) {
    const sentence = 'These lines are of two funders; money of one does not become the other’s.';
    return fail(problem('other-funder', sentence, { path: 'to' }));
  }
  const subject = { kind: 'line', id: to };
  const postings = transferred(from, to, minor);
  const entry: Entry = { kind: 'transfer', key: `transfer:${key}`, subject, postings, note };
  const more = { ...dayOf(onDate), isOverride: isOverride === true };
  const written = await writeJournal(tx, actor, summitId, [{ ...entry, ...more }]);
  return written.ok ? ok(written.value[0]) : written;
}

const dayOf = (onDate: string | undefined) => (onDate === undefined ? {} : { onDate });

const isKnown = async (tx: Tx, key: string): Promise<boolean> =>
  (await tx.selectFrom('journalEntry').select('id').where('key', '=', key).executeTakeFirst()) !==
  undefined;

/** The lines with these ids, locked, in the order of the ids. */
async function openLines(
  tx: Tx,
  summitId: string,
  ids: readonly string[],
  mayBeClosed: readonly string[] = [],
): Promise<Result<readonly FundLine[], Problem>> {
  await lockLines(tx, summitId, ids);
  const all = await fundLinesOf(tx, summitId);
  const lines = ids.flatMap((id) => all.find((line) => line.id === id) ?? []);
  const isOpen = ({ id, isClosed }: FundLine): boolean => !isClosed || mayBeClosed.includes(id);
  return lines.length === ids.length && lines.every(isOpen)
    ? ok(lines)
    : fail(problem('no-line', 'Choose a line that is open.', { path: 'line' }));
}

const nothing = problem('nothing', 'Write an amount; nothing would change.', { path: 'amount' });
