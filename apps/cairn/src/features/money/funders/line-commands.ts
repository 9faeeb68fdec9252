import { formatMoney } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { keyFrom, unusedKey } from '../../summits/key-rules.ts';
import { lineStandings } from '../journal/balance-queries.ts';
import { lockLines } from '../journal/journal-commands.ts';
import { fundersOf, fundLinesOf } from './funder-queries.ts';
import type { FundLine } from './funder-rules.ts';

/** What a form says of a line. */
export interface SavedLine extends Omit<FundLine, 'id' | 'key' | 'funder' | 'isClosed'> {
  /** The one that is changed; undefined for a new one, which gets a key made of its title. */
  readonly id: string | undefined;
  readonly funderId: string;
}

/**
 * Adds a line, or changes its rules; what was decided before stays as it was. Refused with `no-funder`, `no-line`,
 * `no-policy`, `no-person`, and with `funder-fixed` where a line with amounts would go to another funder. Event `fund_line.saved`.
 */
export async function saveLine(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  { id, people, categoryCeilings, ...said }: SavedLine,
): Promise<Result<{ readonly id: string }, Problem>> {
  const wrong = await wrongWith(tx, summitId, { id, people, ...said });
  if (wrong !== undefined) return fail(wrong);
  const values = {
    ...said,
    categories: [...said.categories],
    paysForKeys: [...said.paysForKeys],
    categoryCeilings: JSON.stringify(categoryCeilings),
  };
  const { id: saved } =
    id === undefined
      ? await tx
          .insertInto('fundLine')
          .values({
            summitId,
            ...values,
            ...(await placeOf(tx, summitId, said.title)),
            closedAt: null,
          })
          .returning('id')
          .executeTakeFirstOrThrow()
      : await tx
          .updateTable('fundLine')
          .set(values)
          .where('id', '=', id)
          .returning('id')
          .executeTakeFirstOrThrow();
  await tx.deleteFrom('fundLinePerson').where('lineId', '=', saved).execute();
  const named = [...new Set(people)].map((personId) => ({ lineId: saved, personId }));
  if (named.length > 0) await tx.insertInto('fundLinePerson').values(named).execute();
  await recordEvent(tx, actor, { kind: 'fund_line.saved', summitId, data: { line: saved } });
  return ok({ id: saved });
}

async function wrongWith(
  tx: Tx,
  summitId: string,
  { id, funderId, policyId, people }: Pick<SavedLine, 'id' | 'funderId' | 'policyId' | 'people'>,
): Promise<Problem | undefined> {
  const funder = (await fundersOf(tx, summitId)).find((each) => each.id === funderId);
  if (funder === undefined) {
    return problem('no-funder', 'Choose one of the funders.', { path: 'funder' });
  }
  if (policyId !== null && !(await isPolicyOf(tx, summitId, policyId))) {
    return problem('no-policy', 'Choose one of the sets of rules.', { path: 'policy' });
  }
  if (!(await arePeople(tx, people))) {
    return problem('no-person', 'Choose people of the list.', { path: 'people[]' });
  }
  if (id === undefined) return undefined;
  const line = (await fundLinesOf(tx, summitId)).find((each) => each.id === id);
  if (line === undefined) return goneLine;
  const stands = (await lineStandings(tx, summitId)).get(id);
  return line.funder.id !== funderId && stands !== undefined && stands.granted !== 0
    ? problem(
        'funder-fixed',
        `“${line.title}” has money of ${line.funder.name}, so it stays with it; add a line to the other funder.`,
        { path: 'funder' },
      )
    : undefined;
}

const isPolicyOf = async (tx: Tx, summitId: string, policyId: string): Promise<boolean> =>
  (await tx
    .selectFrom('policy')
    .select('id')
    .where('id', '=', policyId)
    .where('summitId', '=', summitId)
    .where('removedAt', 'is', null)
    .executeTakeFirst()) !== undefined;

async function arePeople(tx: Tx, ids: readonly string[]): Promise<boolean> {
  const distinct = [...new Set(ids)];
  if (distinct.length === 0) return true;
  const rows = await tx.selectFrom('person').select('id').where('id', 'in', distinct).execute();
  return rows.length === distinct.length;
}

async function placeOf(tx: Tx, summitId: string, title: string) {
  const rows = await tx
    .selectFrom('fundLine')
    .select(['key', 'position'])
    .where('summitId', '=', summitId)
    .execute();
  return {
    key: unusedKey(keyFrom(title), new Set(rows.map((row) => row.key))),
    position: Math.max(0, ...rows.map(({ position }) => position + 1)),
  };
}

/**
 * Closes a line, so that nothing new is paid from it; what is left of it can be moved to another one. Refused with
 * `line-in-use` while something of it is kept, asked for or owed. Event `fund_line.closed`.
 */
export async function closeLine(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  { id }: { readonly id: string },
): Promise<Result<{ readonly title: string }, Problem>> {
  await lockLines(tx, summitId, [id]);
  const line = (await fundLinesOf(tx, summitId)).find((each) => each.id === id);
  if (line === undefined) return fail(goneLine);
  const stands = (await lineStandings(tx, summitId)).get(id);
  const open = stands === undefined ? 0 : stands.committed + stands.claimed + stands.approved;
  if (open !== 0) {
    const sentence = `${formatMoney(open, line.funder.currency)} of “${line.title}” is still kept, asked for or owed; close the estimates and settle the claims first.`;
    return fail(problem('line-in-use', sentence));
  }
  await tx.updateTable('fundLine').set({ closedAt: actor.now }).where('id', '=', id).execute();
  await recordEvent(tx, actor, { kind: 'fund_line.closed', summitId, data: { line: id } });
  return ok({ title: line.title });
}

/** Opens a closed line again. Event `fund_line.reopened`. */
export async function reopenLine(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  { id }: { readonly id: string },
): Promise<Result<{ readonly title: string }, Problem>> {
  const line = await tx
    .updateTable('fundLine')
    .set({ closedAt: null })
    .where('id', '=', id)
    .where('summitId', '=', summitId)
    .returning('title')
    .executeTakeFirst();
  if (line === undefined) return fail(goneLine);
  await recordEvent(tx, actor, { kind: 'fund_line.reopened', summitId, data: { line: id } });
  return ok(line);
}

const goneLine = problem('no-line', 'This line is gone; look at the list of funders again.');
