import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { type NewPayment, recordPayment } from './payment-commands.ts';

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
