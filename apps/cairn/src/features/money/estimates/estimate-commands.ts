import { type Currency, convert } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { dateIn, expectZone, type Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Reader, Tx } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import { summitById } from '../../summits/queries.ts';
import { categoryLabel } from '../category-rules.ts';
import { fundLinesOf, payeesOf } from '../funders/funder-queries.ts';
import { type FundLine, linesFor } from '../funders/funder-rules.ts';
import { lineStandings } from '../journal/balance-queries.ts';
import type { Standing } from '../journal/journal-rules.ts';
import { rateFor } from '../rates/rate-queries.ts';
import { tellTreasurers } from './estimate-mail-commands.ts';
import { ownCaps, ownEstimate, ownEstimates } from './estimate-queries.ts';
import {
  type Estimate,
  type EstimateItem,
  estimateTitle,
  isOpen,
  mayBe,
} from './estimate-rules.ts';
import { type DraftEstimate, itemField } from './estimate-schema.ts';
import { lockEstimate, noEstimate, sameRevision, stepEstimate } from './estimate-step-commands.ts';

/**
 * Keeps a draft: a new one where `number` is undefined, of which a person has one that is open at most. Lines that are
 * the same as before keep their frozen rates. Event `estimate.saved`. Answers its number.
 */
export async function saveEstimate(
  tx: Tx,
  actor: Actor,
  self: Self,
  draft: DraftEstimate,
  existing?: { readonly number: number; readonly revision: number },
): Promise<Result<number, Problem>> {
  const kept =
    existing === undefined ? await newDraft(tx, actor, self) : await ownDraft(tx, self, existing);
  if (!kept.ok) return kept;
  const estimate = kept.value;
  await tx
    .updateTable('estimate')
    .set(({ eb }) => ({ note: draft.note, revision: eb('revision', '+', 1) }))
    .where('id', '=', estimate.id)
    .execute();
  await tx.deleteFrom('estimateItem').where('estimateId', '=', estimate.id).execute();
  if (draft.items.length > 0) {
    await tx
      .insertInto('estimateItem')
      .values(
        draft.items.map((item, position) => ({
          ...frozenBefore(estimate.items, item),
          ...item,
          estimateId: estimate.id,
          position,
          capMinor: null,
          capReason: '',
        })),
      )
      .execute();
  }
  await recordEvent(tx, actor, {
    kind: 'estimate.saved',
    summitId: self.summitId,
    personId: self.personId,
    data: { estimate: estimate.id, number: estimate.number },
  });
  return ok(estimate.number);
}

/** What was frozen of a line that says the same as before. */
function frozenBefore(before: readonly EstimateItem[], item: DraftEstimate['items'][number]) {
  const same = before.find(
    ({ category, spentMinor, spentCurrency }) =>
      category === item.category &&
      spentMinor === item.spentMinor &&
      spentCurrency === item.spentCurrency,
  );
  return {
    lineId: same?.lineId ?? null,
    minor: same?.minor ?? null,
    rate: same?.rate ?? null,
    rateOn: same?.rateOn ?? null,
    rateSource: same?.rateSource ?? null,
  };
}

async function newDraft(
  tx: Tx,
  actor: Actor,
  self: Self,
): Promise<Result<Pick<Estimate, 'id' | 'number' | 'items'>, Problem>> {
  const { summitId, personId } = self;
  // One at a time: numbers of a summit count on, and a person has one open estimate.
  await sql`select 1 from summit where id = ${summitId} for no key update`.execute(tx);
  const open = (await ownEstimates(tx, self)).find(({ state }) => isOpen(state));
  if (open !== undefined) {
    return fail(
      problem(
        'one-open',
        `${estimateTitle(open)} is still open; change that one, or take it back first.`,
      ),
    );
  }
  const row = await tx
    .insertInto('estimate')
    .values({
      summitId,
      personId,
      number: sql<number>`(select coalesce(max(number), 0) + 1 from estimate where summit_id = ${summitId})`,
      firstLookBy: null,
      createdAt: actor.now,
      submittedAt: null,
      settledAt: null,
      remindedAt: null,
    })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow();
  return ok({ ...row, items: [] });
}

async function ownDraft(
  tx: Tx,
  self: Self,
  { number, revision }: { readonly number: number; readonly revision: number },
): Promise<Result<Estimate, Problem>> {
  await lockEstimate(tx, self.summitId, number);
  const estimate = await ownEstimate(tx, self, number);
  if (estimate === undefined) return noEstimate();
  if (!mayBe(estimate.state, 'save')) {
    const sentence = 'It was submitted; take it back first, or wait until it is returned to you.';
    return fail(problem('not-a-draft', sentence));
  }
  const same = sameRevision(estimate, revision);
  return same.ok ? ok(estimate) : same;
}

/**
 * What an estimate still needs before it can be submitted, each at its field. A supplement, beside caps that stand,
 * has to say why.
 */
export async function submissionProblems(
  db: Reader,
  now: Instant,
  self: Self,
  estimate: Estimate,
): Promise<readonly Problem[]> {
  const frozen = await frozenItems(db, now, self, estimate.items);
  const isSupplement = (await ownCaps(db, self)).length > 0;
  return [
    ...(frozen.ok ? [] : frozen.error),
    ...(isSupplement && estimate.note.trim() === ''
      ? [problem('note-needed', 'Say why you need more than was approved.', { path: 'note' })]
      : []),
  ];
}

/**
 * Submits one's own estimate as it was last saved: each item gets a line that may pay it, and is converted with a rate
 * that is frozen then. Refused with the first of `submissionProblems`. Event `estimate.submitted`; the treasurers are
 * told.
 */
export async function submitEstimate(
  tx: Tx,
  actor: Actor,
  self: Self,
  number: number,
): Promise<Result<void, Problem>> {
  const { summitId } = self;
  await lockEstimate(tx, summitId, number);
  const estimate = await ownEstimate(tx, self, number);
  if (estimate === undefined) return noEstimate();
  if (!mayBe(estimate.state, 'submit')) {
    return fail(problem('not-a-draft', 'This estimate was submitted already.'));
  }
  const [wrong] = await submissionProblems(tx, actor.now, self, estimate);
  if (wrong !== undefined) return fail(wrong);
  const frozen = await frozenItems(tx, actor.now, self, estimate.items);
  if (!frozen.ok) throw new Error('what was just right is wrong');
  for (const { id, lineId, minor, rate, rateOn, rateSource } of frozen.value) {
    await tx
      .updateTable('estimateItem')
      .set({ lineId, minor, rate, rateOn, rateSource, capMinor: null, capReason: '' })
      .where('id', '=', id)
      .execute();
  }
  const fresh = { overReason: '', firstLookBy: null };
  await stepEstimate(tx, actor, summitId, estimate, 'submitted', fresh);
  await tellTreasurers(tx, actor, summitId, estimate, {
    key: `estimate-waits:${estimate.id}:${estimate.revision + 1}`,
    but: [],
    sentence: `${estimateTitle(estimate)} was submitted. Whose it is waits with spending until a treasurer has looked at it.`,
  });
  return ok(undefined);
}

type FrozenItem = Pick<EstimateItem, 'id' | 'lineId' | 'minor' | 'rate' | 'rateOn' | 'rateSource'>;

async function frozenItems(
  db: Reader,
  now: Instant,
  { summitId, personId }: Self,
  items: readonly EstimateItem[],
): Promise<Result<readonly FrozenItem[], Problem[]>> {
  if (items.length === 0) {
    return fail([
      problem('nothing-asked', 'Write at least one cost.', { path: itemField(0, 'amount') }),
    ]);
  }
  const lines = await fundLinesOf(db, summitId);
  const payee = (await payeesOf(db, summitId, [personId])).get(personId);
  const standings = await lineStandings(db, summitId);
  const problems: Problem[] = [];
  const frozen: FrozenItem[] = [];
  for (const item of items) {
    const at = (field: 'category' | 'text' | 'amount' | 'currency') => ({
      path: itemField(item.position, field),
    });
    if (item.text.trim() === '') {
      problems.push(problem('no-text', 'Say in a few words what it is for.', at('text')));
    }
    if (item.spentMinor === 0) {
      problems.push(
        problem('no-amount', 'Say how much it will cost, as far as you know.', at('amount')),
      );
      continue;
    }
    const eligible = payee === undefined ? [] : linesFor(lines, payee, item.category);
    const line =
      eligible.find(({ id }) => id === item.lineId) ??
      proposedLine(eligible, standings, item.minor);
    if (line === undefined) {
      const label = categoryLabel(item.category);
      const sentence = `Nobody here pays “${label}” for you; choose another kind of cost, or ask the treasurers.`;
      problems.push(problem('no-line', sentence, at('category')));
      continue;
    }
    const converted = await frozenIn(db, now, summitId, item, line);
    if (converted.ok) frozen.push({ id: item.id, lineId: line.id, ...converted.value });
    else problems.push({ ...converted.error, place: at('currency') });
  }
  return problems.length > 0 ? fail(problems) : ok(frozen);
}

/** The first line that has enough left, or the first one; who decides may choose another. */
const proposedLine = (
  eligible: readonly FundLine[],
  standings: ReadonlyMap<string, Standing>,
  minor: number | null,
): FundLine | undefined =>
  eligible.find(({ id }) => (standings.get(id)?.left ?? 0) >= (minor ?? 1)) ?? eligible[0];

/** An item in the currency of a line: with the rate that was frozen, or else that of today. */
export async function frozenIn(
  db: Reader,
  now: Instant,
  summitId: string,
  item: EstimateItem,
  line: FundLine,
): Promise<Result<Pick<EstimateItem, 'minor' | 'rate' | 'rateOn' | 'rateSource'>, Problem>> {
  const { minor, rate, rateOn, rateSource } = item;
  if (item.lineId === line.id && minor !== null && rate !== null) {
    return ok({ minor, rate, rateOn, rateSource });
  }
  const to: Currency = line.funder.currency;
  const { definition } = await summitById(db, summitId);
  const today = dateIn(now, expectZone(definition.zone)).toString();
  const found = await rateFor(db, summitId, item.spentCurrency, to, today);
  if (!found.ok) return found;
  return ok({
    minor: convert(item.spentMinor, item.spentCurrency, found.value.rate, to),
    rate: found.value.rate,
    rateOn: found.value.onDate,
    rateSource: found.value.source,
  });
}

/** Takes one's own estimate back, before it is decided on. Event `estimate.withdrawn`. */
export async function withdrawEstimate(
  tx: Tx,
  actor: Actor,
  self: Self,
  number: number,
): Promise<Result<void, Problem>> {
  await lockEstimate(tx, self.summitId, number);
  const estimate = await ownEstimate(tx, self, number);
  if (estimate === undefined) return noEstimate();
  if (!mayBe(estimate.state, 'withdraw')) {
    return fail(problem('settled', 'It was decided on meanwhile and cannot be taken back.'));
  }
  await stepEstimate(tx, actor, self.summitId, estimate, 'withdrawn');
  return ok(undefined);
}
