import { convert, expectCurrency, sumOf } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { fail, type Result } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { selfIn, type Treasurer } from '../../people/rights.ts';
import { saveClaim, startClaim, withdrawClaim } from '../claims/claim-commands.ts';
import { claimsOf, ownClaim } from '../claims/claim-queries.ts';
import { changeLine, decideClaim, declineClaim, returnClaim } from '../claims/decide-commands.ts';
import type { DraftItem } from '../claims/draft-schema.ts';
import { submitClaim } from '../claims/submit-commands.ts';
import { closeEstimate } from '../estimates/close-commands.ts';
import { approveEstimate, turnBackEstimate } from '../estimates/decision-commands.ts';
import { saveEstimate, submitEstimate } from '../estimates/estimate-commands.ts';
import { estimatesOf, ownEstimates } from '../estimates/estimate-queries.ts';
import { isOpen, mayBe } from '../estimates/estimate-rules.ts';
import { recallClaim, sendBatch } from '../payments/batch-commands.ts';
import { recordPayment, reversePayment } from '../payments/payment-commands.ts';
import { dues, owed, paymentsOf } from '../payments/payment-queries.ts';
import { stillOwed } from '../payments/payment-rules.ts';
import { lineStandings } from './balance-queries.ts';
import { correctEntry } from './correction-commands.ts';
import { misses } from './journal-rules.ts';
import { reconcile } from './reconcile-queries.ts';

const USD = expectCurrency('USD');
const EUR = expectCurrency('EUR');

let world: FundedSummit;
let lines: readonly string[];
beforeAll(async () => {
  world = await fundedSummit({ granted: 60_000 });
  world.clock.set(Temporal.Instant.from('2023-06-01T12:00:00Z'));
  lines = [world.lineId, await newLine('USD', true), await newLine('EUR', false)];
  for (const onDate of ['2023-05-22', '2023-06-01']) {
    const rate = { base: 'EUR', quote: 'USD', rate: '1.0817', source: 'a test', onDate };
    await world.db
      .insertInto('exchangeRate')
      .values({ ...rate, summitId: world.summitId, readAt: world.clock.now() })
      .execute();
  }
});
afterAll(() => world.close());

/** A line that was given nothing, so that whatever it pays is let by somebody. */
async function newLine(currency: string, needsEstimate: boolean): Promise<string> {
  const { db, summitId } = world;
  const { id: funderId } = await db
    .insertInto('funder')
    .values({
      ...{
        summitId,
        key: `funder_${currency.toLowerCase()}`,
        name: `Funder ${currency}`,
        currency,
      },
      ...{ link: null, fromOn: null, untilOn: null, indirectRate: null, removedAt: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { id } = await db
    .insertInto('fundLine')
    .values({
      ...{ summitId, funderId, key: `line_${currency.toLowerCase()}`, title: currency },
      ...{ categories: ['travel', 'meals'], personCeiling: 9_000, needsEstimate },
      ...{ policyId: null, closedAt: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

const DEEDS = [
  ...['propose', 'propose', 'cap', 'cap', 'cap', 'mend estimate', 'close'],
  ...['claim', 'claim', 'claim', 'decide', 'decide', 'decide', 'decide', 'ask', 'decline'],
  ...['submit again', 'withdraw', 'another line', 'send', 'recall'],
  ...['pay', 'pay', 'pay', 'reverse', 'correct', 'correct', 'correct'],
] as const;

/** A deed of somebody, as random numbers: what it means depends on what was done before. */
const deed = fc.record({
  do: fc.constantFrom(...(DEEDS as readonly string[])),
  who: fc.constantFrom('mira' as const, 'mira' as const, 'noor' as const),
  amounts: fc.array(fc.integer({ min: 1, max: 9_000 }), { minLength: 1, maxLength: 3 }),
  inEuros: fc.boolean(),
  line: fc.nat(2),
  /** Percent of what is asked for, or owed, that is approved or paid. */
  percent: fc.constantFrom(0, 30, 70, 100, 100),
  pick: fc.nat(1_000),
  isFinal: fc.boolean(),
  times: fc.constantFrom('once', 'once', 'twice', 'at once'),
});
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;
type Run = (tx: Tx, treasurer: Treasurer) => Promise<Result<unknown, Problem>>;

const refused = async () => fail({ code: 'nothing', sentence: 'Nothing to do.', place: {} });
const part = (minor: number, percent: number) => Math.floor((minor * percent) / 100);
const reasons = { overReason: 'It was needed.', reason: 'Not all of it.' };

/**
 * What a deed does now, read before it is done: whoever does it a second time saw what the first one saw. Where there
 * is nothing to do it with, somebody claims.
 */
async function runOf(each: Deed, key: string): Promise<Run> {
  const { db, treasurer, summitId, people } = world;
  const personId = people[each.who];
  const self = selfIn(summitId, { personId });
  const as = world.as(personId);
  const picked = <T>(of: readonly T[]): T | undefined => of[each.pick % Math.max(1, of.length)];
  const currency = each.inEuros ? EUR : USD;
  const category = each.pick % 4 === 0 ? ('meals' as const) : ('travel' as const);
  const nothing = () => runOf({ ...each, do: 'claim' }, key);
  const waiting = () => claimsOf(db, treasurer, { states: ['submitted', 'second_look'] });
  switch (each.do) {
    case 'propose': {
      const open = (await ownEstimates(db, self)).find(({ state }) => isOpen(state));
      const items = each.amounts.map((spentMinor) => ({
        ...{ category, text: 'Costs', spentMinor, spentCurrency: currency },
      }));
      const draft = { note: 'More is needed.', items };
      return async (tx) => {
        if (open !== undefined && !mayBe(open.state, 'save')) return refused();
        const saved = await saveEstimate(tx, as, self, draft, open);
        return saved.ok ? submitEstimate(tx, as, self, saved.value) : saved;
      };
    }
    case 'cap':
    case 'mend estimate': {
      const estimate = picked(
        await estimatesOf(db, treasurer, { states: ['submitted', 'second_look'] }),
      );
      if (estimate === undefined) return nothing();
      const { number, revision } = estimate;
      const decisions = estimate.items.map(({ id, minor }) => ({
        ...{ itemId: id, lineId: lines[each.line] ?? '', reason: reasons.reason },
        capMinor: part(minor ?? 0, each.percent),
      }));
      const decision = { revision, decisions, overReason: reasons.overReason };
      const back = { revision, to: 'returned', words: 'Say more.' } as const;
      return (tx, by) =>
        each.do === 'cap'
          ? approveEstimate(tx, world.as(by.personId), by, number, decision)
          : turnBackEstimate(tx, world.as(by.personId), by, number, back);
    }
    case 'close': {
      const estimate = picked(await estimatesOf(db, treasurer, { states: ['approved'] }));
      if (estimate === undefined) return nothing();
      return (tx, by) => closeEstimate(tx, world.as(by.personId), by, estimate.number, 'Done.');
    }
    case 'claim':
      return async (tx) => {
        const begun = await startClaim(tx, as, self);
        if (!begun.ok) return begun;
        const { number } = begun.value;
        const items = each.amounts.map(
          (spentMinor, index): DraftItem => ({
            ...{ id: undefined, category, meal: null, spentOn: '2023-05-22', text: 'Costs' },
            ...{ facts: { no_receipt: 'Lost.' }, spentMinor, spentCurrency: currency },
            ...{ lineId: lines[each.line] ?? null, receiptIds: [], typed: {} },
            covers: index === 0 ? [{ personId: people.lena, minor: null }] : [],
          }),
        );
        const { isFinal } = each;
        const draft = { title: '', note: '', isFinal, overReason: reasons.overReason, items };
        const saved = await saveClaim(tx, as, self, { number, revision: 0, draft });
        return saved.ok ? submitClaim(tx, as, self, { number, revision: 1 }) : saved;
      };
    case 'submit again': {
      const claim = picked(await claimsOf(db, treasurer, { states: ['returned'], personId }));
      const own = claim && (await ownClaim(db, self, claim.number));
      return own === undefined ? nothing() : (tx) => submitClaim(tx, as, self, own);
    }
    case 'withdraw': {
      const claim = picked((await waiting()).filter((other) => other.personId === personId));
      return claim === undefined ? nothing() : (tx) => withdrawClaim(tx, as, self, claim);
    }
    case 'decide': {
      const claim = picked(await waiting());
      if (claim === undefined) return nothing();
      const decisions = claim.items.map(({ id, minor }, index) => ({
        ...{ itemId: id, reason: reasons.reason },
        approvedMinor: part(minor ?? 0, index === 0 ? each.percent : 100),
      }));
      const { number, revision } = claim;
      const said = { number, revision, decisions, overReason: reasons.overReason };
      return (tx, by) => decideClaim(tx, world.as(by.personId), by, said);
    }
    case 'ask':
    case 'decline':
    case 'another line': {
      const claim = picked(await waiting());
      if (claim === undefined) return nothing();
      const { number, revision } = claim;
      const seen = { number, revision };
      const itemId = picked(claim.items)?.id ?? '';
      const lineId = lines[each.line] ?? '';
      const question = { words: 'Say more.', items: [] };
      return (tx, by) => {
        const actor = world.as(by.personId);
        if (each.do === 'ask') return returnClaim(tx, actor, by, { ...seen, question });
        if (each.do === 'decline') return declineClaim(tx, actor, by, { ...seen, words: 'No.' });
        return changeLine(tx, actor, by, { ...seen, itemId, lineId });
      };
    }
    case 'send': {
      const due = picked((await owed(db, treasurer)).filter(({ sentOn }) => sentOn === null));
      if (due === undefined) return nothing();
      const batch = { funderId: due.funderId, claimIds: [due.claimId] };
      return (tx, by) => sendBatch(tx, world.as(by.personId), by, batch);
    }
    case 'recall': {
      const due = picked((await owed(db, treasurer)).filter(({ sentOn }) => sentOn !== null));
      const back = {
        batch: 1 + (each.pick % 3),
        claimId: due?.claimId ?? '',
        reason: 'Came back.',
      };
      return due === undefined
        ? nothing()
        : (tx, by) => recallClaim(tx, world.as(by.personId), by, back);
    }
    case 'pay': {
      const due = picked(await owed(db, treasurer));
      if (due === undefined) return nothing();
      const { claimId, funderId, paidMinor: seenPaidMinor } = due;
      const minor = Math.max(1, part(stillOwed(due), each.percent));
      const payment = { claimId, funderId, minor, seenPaidMinor, paidOn: '2023-06-01' };
      // Another form of each treasurer: only what they saw tells that the other one was faster.
      return (tx, by) =>
        recordPayment(tx, world.as(by.personId), by, { ...payment, key: `${key}:${by.personId}` });
    }
    case 'reverse': {
      const stands = (await paymentsOf(db, treasurer)).filter(({ reversedAt }) => !reversedAt);
      const paymentId = picked(stands)?.id;
      if (paymentId === undefined) return nothing();
      const back = { paymentId, reason: 'It came back.' };
      return (tx, by) => reversePayment(tx, world.as(by.personId), by, back);
    }
    default: {
      const entries = await db.selectFrom('journalEntry').select('id').orderBy('id').execute();
      const entryId = picked(entries.slice(-12))?.id ?? 0;
      const back = { entryId, note: 'A mistake.', isOverride: each.isFinal };
      return (tx, by) => correctEntry(tx, world.as(by.personId), by, back);
    }
  }
}

test('whatever people and treasurers do, in any order, twice or at once: the journal says what estimates, claims and payments say, and no cent is lost', async () => {
  const { db, treasurer, second } = world;
  let number = 0;
  const done = new Set<string>();
  const property = fc.asyncProperty(
    fc.array(deed, { minLength: 10, maxLength: 16 }),
    async (all) => {
      for (const each of all) {
        number += 1;
        const run = await runOf(each, `law:${number}`);
        const by = number % 2 === 0 ? [treasurer, second] : [second, treasurer];
        const one = (who: Treasurer | undefined) =>
          inTransaction(db, (tx) => run(tx, who ?? treasurer));
        const results =
          each.times === 'at once'
            ? await Promise.all(by.map(one))
            : [await one(by[0]), ...(each.times === 'twice' ? [await one(by[1])] : [])];
        if (results.some(({ ok }) => ok)) done.add(each.do);
      }
      await holds();
    },
  );
  await fc.assert(property, { numRuns: 8, endOnFailure: true });
  // Otherwise it proves nothing: what is paid was claimed and decided before.
  expect(done).toContain('pay');
});

async function holds(): Promise<void> {
  const { db, treasurer, summitId } = world;
  expect((await reconcile(db, treasurer)).differences).toEqual([]);
  const standings = await lineStandings(db, summitId);
  for (const [lineId, stands] of standings) {
    expect(misses(stands)).toBe(0);
    if (stands.left >= 0) continue;
    const let_ = await db
      .selectFrom('journalEntry')
      .innerJoin('journalPosting', 'journalPosting.entryId', 'journalEntry.id')
      .innerJoin('journalNote', 'journalNote.entryId', 'journalEntry.id')
      .select('journalNote.text')
      .where('isOverride', '=', true)
      .where('lineId', '=', lineId)
      .execute();
    expect(let_.length).toBeGreaterThan(0);
  }
  for (const { items } of await claimsOf(db, treasurer)) {
    for (const { spentMinor, spentCurrency, rate, lineId, minor, approvedMinor } of items) {
      const to = lineId === lines[2] ? EUR : USD;
      expect(minor).toBe(convert(spentMinor ?? 0, spentCurrency ?? USD, rate ?? '', to));
      expect(approvedMinor ?? 0).toBeLessThanOrEqual(minor ?? 0);
    }
  }
  const all = await dues(db, treasurer);
  for (const due of all) expect(stillOwed(due)).toBeGreaterThanOrEqual(0);
  const owes = (currency: string) =>
    sumOf(all.filter((due) => due.currency === currency).map(stillOwed));
  const approved = (ids: readonly string[]) =>
    sumOf(ids.map((id) => standings.get(id)?.approved ?? 0));
  expect([owes('USD'), owes('EUR')]).toEqual([
    approved(lines.slice(0, 2)),
    approved(lines.slice(2)),
  ]);
}
