import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { lockSummit } from '../../summits/queries.ts';
import { paidSince, publicationOf, tablesOf } from './publication-queries.ts';
import { type PublicationOptions, tellsOfFew, tooFewBetween } from './publication-rules.ts';

/**
 * Makes the public table as it is now and publishes it; it stays so until it is made again. Refused: where too few
 * people were paid at all, or since the last one, because a table less the one before it shows what they got.
 *
 * Event `money.published`.
 */
export async function publishMoney(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  options: PublicationOptions,
): Promise<Result<undefined, Problem>> {
  const { summitId } = treasurer;
  await lockSummit(tx, summitId);
  const { stored } = await publicationOf(tx, summitId);
  const paid = await paidSince(tx, treasurer, stored.madeAt);
  const most = Math.max(options.atLeast, stored.madeAt === undefined ? 0 : stored.atLeast);
  const tooFew = tooFewBetween(paid.size, most);
  if (tooFew !== undefined) return fail(problem('too-few', tooFew));
  const made = await tablesOf(tx, treasurer, options);
  if (made.length === 0) {
    const sentence = `Fewer than ${options.atLeast} people were paid, so a table would show what each got.`;
    return fail(problem('too-few', sentence));
  }
  if (stored.made.length > 0 && options.atLeast < stored.atLeast) {
    const sentence = `Rows were of at least ${stored.atLeast} people before; finer ones beside them could show single people.`;
    return fail(problem('finer', sentence, { path: 'at_least' }));
  }
  const isOfFew = made.some((table) => {
    const before = stored.made.find(
      ({ kind, currency }) => kind === table.kind && currency === table.currency,
    );
    return before !== undefined && tellsOfFew(before.rows, table, paid, options.atLeast);
  });
  if (isOfFew) {
    const sentence =
      'Since the table was last made, a row changed by too few people, so a new one would show what they got. Wait until more were paid, or leave that table out.';
    return fail(problem('too-few', sentence));
  }
  const tables = made.map(({ kind, currency, rows }) => ({ kind, currency, rows }));
  const row = {
    options: JSON.stringify({ ...options, made: tables, madeAt: actor.now.toString() }),
    publishedAt: actor.now,
    publishedBy: actor.personId ?? null,
  };
  await tx
    .insertInto('moneyPublication')
    .values({ summitId, ...row })
    .onConflict((conflict) => conflict.column('summitId').doUpdateSet(row))
    .execute();
  await recordEvent(tx, actor, { kind: 'money.published', summitId });
  return ok(undefined);
}

/** Takes the public table back. What it said is kept, so that the next one is held against it. Event `money.unpublished`. */
export async function unpublishMoney(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
): Promise<Result<undefined, Problem>> {
  const changed = await tx
    .updateTable('moneyPublication')
    .set({ publishedAt: null, publishedBy: null })
    .where('summitId', '=', summitId)
    .where('publishedAt', 'is not', null)
    .returning('summitId')
    .executeTakeFirst();
  if (changed === undefined) return ok(undefined);
  await recordEvent(tx, actor, { kind: 'money.unpublished', summitId });
  return ok(undefined);
}
