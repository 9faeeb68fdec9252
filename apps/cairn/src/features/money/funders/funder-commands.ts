import type { Currency } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { keyFrom, unusedKey } from '../../summits/key-rules.ts';
import { fundersOf } from './funder-queries.ts';
import type { Funder } from './funder-rules.ts';

/** What a form says of a funder. */
export interface SavedFunder extends Omit<Funder, 'id' | 'key'> {
  /** The one that is changed; undefined for a new one, which gets a key made of its name. */
  readonly id: string | undefined;
}

/**
 * Adds a funder, or changes what is said of one. Refused with `currency-fixed` where the journal has amounts in its
 * currency, and with `no-funder`. Event `funder.saved`.
 */
export async function saveFunder(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  { id, documents, ...said }: SavedFunder,
): Promise<Result<{ readonly id: string }, Problem>> {
  const values = { ...said, documents: [...documents] };
  if (id === undefined) {
    const { id: added } = await tx
      .insertInto('funder')
      .values({ summitId, ...values, ...(await placeOf(tx, summitId, said.name)), removedAt: null })
      .returning('id')
      .executeTakeFirstOrThrow();
    await recordEvent(tx, actor, { kind: 'funder.saved', summitId, data: { funder: added } });
    return ok({ id: added });
  }
  const known = (await fundersOf(tx, summitId)).find((funder) => funder.id === id);
  if (known === undefined) return goneFunder();
  if (known.currency !== said.currency && (await hasEntries(tx, id))) {
    return fail(currencyFixed(known.name, known.currency));
  }
  await tx.updateTable('funder').set(values).where('id', '=', id).execute();
  await recordEvent(tx, actor, { kind: 'funder.saved', summitId, data: { funder: id } });
  return ok({ id });
}

/** The key and the place of a new funder; keys of those that were removed stay taken. */
async function placeOf(tx: Tx, summitId: string, name: string) {
  const rows = await tx
    .selectFrom('funder')
    .select(['key', 'position'])
    .where('summitId', '=', summitId)
    .execute();
  return {
    key: unusedKey(keyFrom(name), new Set(rows.map((row) => row.key))),
    position: Math.max(0, ...rows.map(({ position }) => position + 1)),
  };
}

/** Whether the journal says anything of a funder's lines. */
const hasEntries = async (tx: Tx, funderId: string): Promise<boolean> =>
  (await tx
    .selectFrom('journalBalance')
    .innerJoin('fundLine', 'fundLine.id', 'journalBalance.lineId')
    .select('journalBalance.lineId')
    .where('fundLine.funderId', '=', funderId)
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** Removes a funder that has no line yet. Refused with `funder-has-lines`, `no-funder`. Event `funder.removed`. */
export async function removeFunder(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  { id }: { readonly id: string },
): Promise<Result<{ readonly name: string }, Problem>> {
  const line = await tx
    .selectFrom('fundLine')
    .select('id')
    .where('funderId', '=', id)
    .where('summitId', '=', summitId)
    .limit(1)
    .executeTakeFirst();
  if (line !== undefined) {
    const sentence = 'This funder has lines, so it stays; close the lines that pay no more.';
    return fail(problem('funder-has-lines', sentence));
  }
  const removed = await tx
    .updateTable('funder')
    .set({ removedAt: actor.now })
    .where('id', '=', id)
    .where('summitId', '=', summitId)
    .where('removedAt', 'is', null)
    .returning('name')
    .executeTakeFirst();
  if (removed === undefined) return goneFunder();
  await recordEvent(tx, actor, { kind: 'funder.removed', summitId, data: { funder: id } });
  return ok(removed);
}

const currencyFixed = (name: string, currency: Currency): Problem =>
  problem(
    'currency-fixed',
    `The journal has amounts of “${name}” in ${currency}, so its currency stays; add another funder for another currency.`,
    { path: 'currency' },
  );

const goneFunder = () =>
  fail(problem('no-funder', 'This funder is gone; look at the list of funders again.'));
