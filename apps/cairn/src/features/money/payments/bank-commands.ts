import { createHash } from 'node:crypto';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { lockSummit } from '../../summits/queries.ts';
import { type BankMapping, plain } from './bank-mapping-rules.ts';
import { matchRows } from './bank-match-rules.ts';
import type { BankRow, BankTable } from './bank-row-rules.ts';
import { type NewPayment, recordPayment } from './payment-commands.ts';
import { dues, standingPayments } from './payment-queries.ts';

/** A bank's file that somebody looked at and wants to be kept. */
export interface ReadBankFile {
  readonly funderId: string;
  readonly fileName: string;
  readonly mapping: BankMapping;
  readonly table: BankTable;
  /** Lines whose claim was found, and whose payment is not to be recorded all the same. */
  readonly not?: ReadonlySet<number>;
}

/** What became of the rows of a file. */
export interface KeptBankFile {
  readonly paid: number;
  readonly unmatched: number;
  readonly unreadable: number;
  /** Money that came in. */
  readonly incoming: number;
  /** Rows that another file had. */
  readonly known: number;
}

/** Rows that are written, and asked for, at a time. */
const CHUNK = 500;

interface Row {
  readonly line: number;
  readonly raw: string;
  readonly fingerprint: string;
  readonly row: BankRow | undefined;
  readonly state: 'unreadable' | 'unmatched' | 'set_aside';
  readonly reason: string;
}

/**
 * Keeps every row of a bank's file. Rows that name a claim, or fit only one, record its payment; the others wait for
 * somebody. Rows that were kept before are known by what they say; a file that has only such changes nothing.
 *
 * Event `bank_file.read`; and those of each payment.
 */
export async function keepBankFile(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  file: ReadBankFile,
): Promise<Result<KeptBankFile, Problem>> {
  const { summitId } = treasurer;
  // Two who read the same file wait for each other here.
  await lockSummit(tx, summitId);
  const rows = rowsOf(file);
  const before = await knownAmong(tx, summitId, rows);
  const fresh = rows.filter(({ fingerprint }) => !before.has(fingerprint));
  const known = rows.length - fresh.length;
  const none = { paid: 0, unmatched: 0, unreadable: 0, incoming: 0, known };
  if (fresh.length === 0) return ok(none);
  const { id: importId } = await tx
    .insertInto('bankImport')
    .values({
      summitId,
      funderId: file.funderId,
      fileName: file.fileName,
      mapping: JSON.stringify(file.mapping),
      readAt: actor.now,
      readBy: actor.personId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const paid = new Map<string, string>();
  const reasons = new Map<string, string>();
  const payable = fresh.flatMap(({ row, fingerprint }) => (row ? [{ row, fingerprint }] : []));
  const owes = await dues(tx, treasurer, { funderId: file.funderId });
  const found = matchRows(
    payable.map(({ row }) => row),
    owes,
    treasurer.personId,
    await standingPayments(tx, treasurer, file.funderId),
  );
  for (const [index, { row, fingerprint }] of payable.entries()) {
    const match = found[index];
    if (match?.due === undefined) {
      reasons.set(fingerprint, match?.reason ?? '');
      continue;
    }
    if (file.not?.has(row.line) === true) {
      reasons.set(fingerprint, 'It was left for later.');
      continue;
    }
    const done = await recordPayment(tx, actor, treasurer, {
      claimId: match.due.claimId,
      funderId: file.funderId,
      minor: row.minor,
      paidOn: row.paidOn,
      reference: row.reference.slice(0, 200),
      key: `bank:${summitId}:${fingerprint}`,
    });
    if (done.ok) paid.set(fingerprint, done.value.paymentId);
    else reasons.set(fingerprint, done.error.sentence);
  }
  for (let at = 0; at < rows.length; at += CHUNK) {
    const values = rows.slice(at, at + CHUNK).map((each) => {
      const { line, raw, fingerprint, row } = each;
      const isKnown = before.has(fingerprint);
      const paymentId = paid.get(fingerprint) ?? null;
      return {
        importId,
        summitId,
        line,
        raw,
        fingerprint,
        paidOn: row?.paidOn ?? null,
        minor: row?.minor ?? null,
        currency: row?.currency ?? null,
        payee: row?.payee ?? '',
        reference: row?.reference ?? '',
        state: isKnown
          ? ('known' as const)
          : paymentId === null
            ? each.state
            : ('matched' as const),
        reason: isKnown
          ? 'Another file had it.'
          : paymentId === null
            ? (reasons.get(fingerprint) ?? each.reason)
            : '',
        paymentId,
      };
    });
    await tx.insertInto('bankRow').values(values).execute();
  }
  const counted = (state: Row['state']) => fresh.filter((each) => each.state === state).length;
  const kept = {
    paid: paid.size,
    unmatched: counted('unmatched') - paid.size,
    unreadable: counted('unreadable'),
    incoming: counted('set_aside'),
    known,
  };
  await recordEvent(tx, actor, {
    kind: 'bank_file.read',
    summitId,
    data: { import: importId, rows: rows.length, paid: paid.size },
  });
  return ok(kept);
}

/** All rows of a file in its order, each with what makes it the same row in another file. */
function rowsOf({ funderId, table }: ReadBankFile): readonly Row[] {
  const seen = new Map<string, number>();
  const sign = (parts: readonly (string | number)[]): string => {
    const text = JSON.stringify([funderId, ...parts]);
    // Two payments that say the same on one day are two.
    const nth = (seen.get(text) ?? 0) + 1;
    seen.set(text, nth);
    return createHash('sha256').update(`${text}:${nth}`).digest('hex');
  };
  const rows: Row[] = [
    ...table.rows.map((row): Row => {
      const { line, raw, paidOn, minor, currency, payee, reference } = row;
      const fingerprint = sign([paidOn, minor, currency, plain(payee), plain(reference)]);
      return { line, raw, fingerprint, row, state: 'unmatched', reason: '' };
    }),
    ...table.others.map(
      ({ line, raw, kind, reason }): Row => ({
        line,
        raw,
        fingerprint: sign([kind, raw]),
        row: undefined,
        state: kind === 'incoming' ? 'set_aside' : 'unreadable',
        reason,
      }),
    ),
  ];
  return rows.sort((a, b) => a.line - b.line);
}

async function knownAmong(
  tx: Tx,
  summitId: string,
  rows: readonly Row[],
): Promise<ReadonlySet<string>> {
  const known = new Set<string>();
  for (let at = 0; at < rows.length; at += CHUNK) {
    const found = await tx
      .selectFrom('bankRow')
      .select('fingerprint')
      .where('summitId', '=', summitId)
      .where('state', '<>', 'known')
      .where(
        'fingerprint',
        'in',
        rows.slice(at, at + CHUNK).map(({ fingerprint }) => fingerprint),
      )
      .execute();
    for (const { fingerprint } of found) known.add(fingerprint);
  }
  return known;
}

const OPEN = ['unmatched', 'unreadable', 'set_aside'] as const;

/** A row that waits, for the length of a transaction. */
const lockRow = (tx: Tx, { summitId }: Treasurer, id: string) =>
  tx
    .selectFrom('bankRow')
    .innerJoin('bankImport', 'bankImport.id', 'bankRow.importId')
    .select(['bankRow.id', 'bankRow.state', 'bankRow.fingerprint', 'bankImport.funderId'])
    .where('bankRow.id', '=', id)
    .where('bankRow.summitId', '=', summitId)
    .forUpdate('bankRow')
    .executeTakeFirst();

const gone = () => fail(problem('no-row', 'This row is dealt with already; look at the list.'));

/**
 * Says by hand which claim a row pays, and records the payment. What stands in the row can be mended by it. Events as
 * of `recordPayment`, and `bank_row.matched`.
 */
export async function matchBankRow(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  rowId: string,
  payment: Omit<NewPayment, 'funderId' | 'key'>,
): Promise<Result<{ readonly paymentId: string }, Problem>> {
  const row = await lockRow(tx, treasurer, rowId);
  if (row === undefined || !OPEN.some((state) => state === row.state)) return gone();
  const { funderId } = row;
  // A payment that was taken back leaves its key behind.
  const key = `bank-row:${row.id}:${actor.now.epochMilliseconds}`;
  const done = await recordPayment(tx, actor, treasurer, { ...payment, funderId, key });
  if (!done.ok) return done;
  const { paymentId } = done.value;
  await tx
    .updateTable('bankRow')
    .set({ state: 'matched', reason: '', paymentId })
    .where('id', '=', row.id)
    .execute();
  await recordEvent(tx, actor, {
    kind: 'bank_row.matched',
    summitId: treasurer.summitId,
    data: { row: row.id, payment: paymentId },
  });
  return ok({ paymentId });
}

/** Sets a row aside that pays no claim, with the reason. Event `bank_row.set_aside`. */
export async function setAsideBankRow(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  { rowId, reason }: { readonly rowId: string; readonly reason: string },
): Promise<Result<undefined, Problem>> {
  if (reason.trim() === '') {
    const sentence = 'Write why this row pays no claim, such as “bank fee”.';
    return fail(problem('no-reason', sentence, { path: 'reason' }));
  }
  const row = await lockRow(tx, treasurer, rowId);
  if (row === undefined || !OPEN.some((state) => state === row.state)) return gone();
  await tx
    .updateTable('bankRow')
    .set({ state: 'set_aside', reason: reason.trim() })
    .where('id', '=', row.id)
    .execute();
  await recordEvent(tx, actor, {
    kind: 'bank_row.set_aside',
    summitId: treasurer.summitId,
    data: { row: row.id },
  });
  return ok(undefined);
}

/** Sets aside every row that could not be read, once their lines were mended in the file and read again. */
export async function setAsideUnreadable(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  reason: string,
): Promise<Result<number, Problem>> {
  if (reason.trim() === '') {
    const sentence = 'Write why they are set aside, such as “mended and read again”.';
    return fail(problem('no-reason', sentence, { path: 'reason' }));
  }
  const rows = await tx
    .updateTable('bankRow')
    .set({ state: 'set_aside', reason: reason.trim() })
    .where('summitId', '=', summitId)
    .where('state', '=', 'unreadable')
    .returning('id')
    .execute();
  if (rows.length === 0) return ok(0);
  await recordEvent(tx, actor, {
    kind: 'bank_row.set_aside',
    summitId,
    data: { rows: rows.length },
  });
  return ok(rows.length);
}
