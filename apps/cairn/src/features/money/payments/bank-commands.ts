import { createHash } from 'node:crypto';
import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { lockSummit } from '../../summits/queries.ts';
import { type BankMapping, plain } from './bank-mapping-rules.ts';
import { matchRows } from './bank-match-rules.ts';
import type { BankRow, BankTable } from './bank-row-rules.ts';
import { recordPayment } from './payment-commands.ts';
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
