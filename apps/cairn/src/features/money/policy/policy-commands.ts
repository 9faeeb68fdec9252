import { equalData } from '@cairn/formats/plain-data';
import { type Problem, problem } from '@cairn/kernel/problem';
import { expectOk, fail, ok, type Result } from '@cairn/kernel/result';
import { listed } from '@cairn/kernel/words';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { keyFrom, unusedKey } from '../../summits/key-rules.ts';
import type { PolicyContent } from './policy-rules.ts';
import { policyFile, readPolicy } from './policy-schema.ts';

/** A text of rules as it was typed, in the one form in which it is kept. */
const asKept = (text: string): string => text.replace(/\r\n?/g, '\n');

const gone: Problem = problem('no-policy', 'These rules were removed meanwhile.');

/**
 * Adopts a set of rules, one that ships with Cairn or one of one's own; it holds for the lines that choose it. Its key
 * is made of its title where none is given. Refused with `known-policy` where a shipped set is adopted already, and
 * with the first fault of its text. Event `policy.adopted`.
 */
export async function adoptPolicy(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  { text: typed, shipped }: { readonly text: string; readonly shipped: string | null },
): Promise<Result<{ readonly id: string; readonly key: string }, Problem>> {
  const text = asKept(typed);
  const read = readPolicy(text, shipped === null ? undefined : policyFile(shipped));
  if (!read.ok) return fail(read.error[0] ?? problem('no-rules', 'Write at least one rule.'));
  // Two who adopt the same at once take turns.
  await tx.selectFrom('summit').select('id').where('id', '=', summitId).forUpdate().execute();
  const rows = await tx
    .selectFrom('policy')
    .select(['id', 'key', 'shipped', 'removedAt'])
    .where('summitId', '=', summitId)
    .execute();
  if (shipped !== null && rows.some((row) => row.shipped === shipped && row.removedAt === null)) {
    return fail(problem('known-policy', 'This summit has these rules already.'));
  }
  // Addresses of removed sets stay theirs; `new` is the address of the form.
  const used = new Set([...rows.map(({ key }) => key), 'new']);
  const key = unusedKey(shipped ?? keyFrom(read.value.title), used);
  const { id } = await tx
    .insertInto('policy')
    .values({ summitId, key, text, shipped, adoptedAt: actor.now, removedAt: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await keepRevision(tx, actor, id, 1, text);
  await recordEvent(tx, actor, { kind: 'policy.adopted', summitId, data: { policy: id } });
  return ok({ id, key });
}

const keepRevision = (tx: Tx, actor: Actor, policyId: string, revision: number, text: string) =>
  tx
    .insertInto('policyRevision')
    .values({ policyId, revision, text, at: actor.now, byPerson: actor.personId ?? null })
    .execute();

const lockPolicy = (tx: Tx, summitId: string, id: string) =>
  tx
    .selectFrom('policy')
    .select(['id', 'key', 'text', 'revision'])
    .where('summitId', '=', summitId)
    .where('id', '=', id)
    .where('removedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();

/**
 * Puts another text in the place of a set’s. What was decided by the old one stays; a rule that was confirmed and says
 * something else now has to be confirmed anew. Refused with `stale-revision` where somebody saved meanwhile, with
 * `other-currency` where a line that uses it has another currency, and with the first fault of the text. Event
 * `policy.changed`; none where nothing changed.
 */
export async function changePolicy(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  {
    id,
    text: typed,
    revision,
  }: { readonly id: string; readonly text: string; readonly revision: number },
): Promise<Result<{ readonly revision: number }, Problem>> {
  const stored = await lockPolicy(tx, summitId, id);
  if (stored === undefined) return fail(gone);
  if (stored.revision !== revision) {
    const sentence = `Somebody saved these rules meanwhile; they are at revision ${stored.revision}. Compare, and save once more to put yours in their place.`;
    return fail(problem('stale-revision', sentence));
  }
  const text = asKept(typed);
  if (text === stored.text) return ok({ revision });
  const read = readPolicy(text, policyFile(stored.key));
  if (!read.ok) return fail(read.error[0] ?? gone);
  const others = await linesInOtherCurrency(tx, id, read.value.currency);
  if (others.length > 0) {
    const sentence = `${listed(others)} ${others.length === 1 ? 'pays' : 'pay'} in another currency than ${read.value.currency}; give ${others.length === 1 ? 'it' : 'them'} other rules first.`;
    return fail(problem('other-currency', sentence));
  }
  const next = revision + 1;
  await tx.updateTable('policy').set({ text, revision: next }).where('id', '=', id).execute();
  await keepRevision(tx, actor, id, next, text);
  await dropConfirmations(tx, id, expectOk(readPolicy(stored.text)), read.value);
  await recordEvent(tx, actor, {
    kind: 'policy.changed',
    summitId,
    data: { policy: id, revision: next },
  });
  return ok({ revision: next });
}

async function linesInOtherCurrency(tx: Tx, policyId: string, currency: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('fundLine')
    .innerJoin('funder', 'funder.id', 'fundLine.funderId')
    .select(['fundLine.title'])
    .where('fundLine.policyId', '=', policyId)
    .where('funder.currency', '<>', currency)
    .orderBy('fundLine.position')
    .execute();
  return rows.map(({ title }) => `“${title}”`);
}

async function dropConfirmations(
  tx: Tx,
  policyId: string,
  before: PolicyContent,
  after: PolicyContent,
): Promise<void> {
  const kept = after.rules
    .filter((rule) => {
      const old = before.rules.find(({ key }) => key === rule.key);
      return before.currency === after.currency && old !== undefined && equalData(old, rule);
    })
    .map(({ key }) => key);
  await tx
    .deleteFrom('policyConfirmed')
    .where('policyId', '=', policyId)
    .$if(kept.length > 0, (query) => query.where('rule', 'not in', kept))
    .execute();
}

/**
 * Confirms rules that are marked for it, as they stand in a revision. Refused with `stale-revision` where they were
 * changed meanwhile, and with `nothing-chosen`. Event `policy.confirmed`.
 */
export async function confirmRules(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Treasurer,
  {
    id,
    rules,
    revision,
  }: { readonly id: string; readonly rules: readonly string[]; readonly revision: number },
): Promise<Result<{ readonly count: number }, Problem>> {
  const stored = await lockPolicy(tx, summitId, id);
  if (stored === undefined) return fail(gone);
  if (stored.revision !== revision) {
    const sentence = 'The rules were changed meanwhile; read them once more and confirm them then.';
    return fail(problem('stale-revision', sentence));
  }
  const marked = expectOk(readPolicy(stored.text)).rules.filter(
    ({ key, confirm }) => confirm && rules.includes(key),
  );
  if (marked.length === 0) {
    const sentence = 'Choose at least one rule that you have checked.';
    return fail(problem('nothing-chosen', sentence, { path: 'rules[]' }));
  }
  const done = await tx
    .insertInto('policyConfirmed')
    .values(
      marked.map(({ key }) => ({
        policyId: id,
        rule: key,
        revision,
        confirmedAt: actor.now,
        confirmedBy: personId,
      })),
    )
    .onConflict((conflict) => conflict.columns(['policyId', 'rule']).doNothing())
    .returning('rule')
    .execute();
  if (done.length > 0) {
    await recordEvent(tx, actor, {
      kind: 'policy.confirmed',
      summitId,
      data: { policy: id, revision, count: done.length },
    });
  }
  return ok({ count: done.length });
}

/**
 * Removes a set of rules that no line uses; what was decided by it stays, and its revisions too. Refused with
 * `policy-used`. Event `policy.removed`.
 */
export async function removePolicy(
  tx: Tx,
  actor: Actor,
  { summitId }: Treasurer,
  { id }: { readonly id: string },
): Promise<Result<void, Problem>> {
  const stored = await lockPolicy(tx, summitId, id);
  if (stored === undefined) return fail(gone);
  const lines = await tx
    .selectFrom('fundLine')
    .select('title')
    .where('policyId', '=', id)
    .orderBy('position')
    .execute();
  if (lines.length > 0) {
    const titles = listed(lines.map(({ title }) => `“${title}”`));
    const sentence = `${titles} ${lines.length === 1 ? 'pays' : 'pay'} by these rules; choose others for ${lines.length === 1 ? 'it' : 'them'} first.`;
    return fail(problem('policy-used', sentence));
  }
  await tx.updateTable('policy').set({ removedAt: actor.now }).where('id', '=', id).execute();
  await recordEvent(tx, actor, { kind: 'policy.removed', summitId, data: { policy: id } });
  return ok(undefined);
}
