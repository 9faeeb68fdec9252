import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approvedClaim } from '../../../../../../tests/approved-claim.ts';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { lineStandings } from '../journal/balance-queries.ts';
import { misses } from '../journal/journal-rules.ts';
import { sendBatch } from './batch-commands.ts';
import { type NewPayment, recordPayment, reversePayment } from './payment-commands.ts';
import { dues, owed, ownPayments } from './payment-queries.ts';

let world: FundedSummit;
beforeAll(async () => {
  world = await fundedSummit({ granted: 10_000_000 });
});
afterAll(() => world.close());

const pay = (
  more: Partial<NewPayment> & Pick<NewPayment, 'claimId' | 'minor' | 'key'>,
  by = world.treasurer,
) =>
  inTransaction(world.db, (tx) =>
    recordPayment(tx, world.as(by.personId), by, {
      funderId: world.funderId,
      paidOn: '2023-01-10',
      ...more,
    }),
  );
const reverse = (paymentId: string, reason = 'It came back.', by = world.treasurer) =>
  inTransaction(world.db, (tx) =>
    reversePayment(tx, world.as(by.personId), by, { paymentId, reason }),
  );
const dueOf = async (claimId: string) => (await dues(world.db, world.treasurer, { claimId }))[0];
const standingNow = async () => {
  const stands = (await lineStandings(world.db, world.summitId)).get(world.lineId);
  expect(stands && misses(stands)).toBe(0);
  return stands;
};

test('a claim is paid in parts, once everything is it is paid, and its person is told without amounts', async () => {
  const { db, treasurer, self, personId } = world;
  const { claimId, number } = await approvedClaim(world, [
    { category: 'travel', minor: 30_000 },
    { category: 'meals', minor: 2_000 },
  ]);
  expect(await owed(db, treasurer)).toMatchObject([
    { claimId, number, payee: 'Mira Example', approvedMinor: 32_000, paidMinor: 0 },
  ]);
  expectOk(await pay({ claimId, minor: 31_000, key: 'part' }));
  expect(await dueOf(claimId)).toMatchObject({ state: 'approved', paidMinor: 31_000 });
  expectOk(await pay({ claimId, minor: 1_000, key: 'rest' }, world.second));
  expect(await dueOf(claimId)).toMatchObject({ state: 'paid', paidMinor: 32_000 });
  expect(await owed(db, treasurer)).toEqual([]);
  expect(await standingNow()).toMatchObject({ approved: 0, paid: 32_000 });
  expect(await ownPayments(db, self)).toHaveLength(2);
  const mails = await db.selectFrom('mail').selectAll().where('personId', '=', personId).execute();
  const texts = mails.map(({ subject, body }) => `${subject} ${body}`).join(' ');
  expect(mails).toHaveLength(2);
  expect(texts).not.toMatch(/3[12]\d|USD/);
});

test('the same form sent twice, and two treasurers at once, pay once', async () => {
  const { claimId } = await approvedClaim(world, [{ category: 'travel', minor: 5_000 }]);
  const [one, two, other] = await Promise.all([
    pay({ claimId, minor: 5_000, key: 'same', seenPaidMinor: 0 }),
    pay({ claimId, minor: 5_000, key: 'same', seenPaidMinor: 0 }),
    pay({ claimId, minor: 5_000, key: 'another', seenPaidMinor: 0 }, world.second),
  ]);
  expect(new Set([one, two].map(({ ok }) => ok))).toEqual(new Set([!other.ok]));
  const refused = other.ok ? one : other;
  expect(refused).toMatchObject({ ok: false, error: { code: 'paid-meanwhile' } });
  expect(await dueOf(claimId)).toMatchObject({ paidMinor: 5_000, state: 'paid' });
});

test('two treasurers who record the same part pay it once', async () => {
  const { claimId } = await approvedClaim(world, [{ category: 'travel', minor: 5_000 }]);
  const both = await Promise.all([
    pay({ claimId, minor: 2_000, key: 'p1', seenPaidMinor: 0 }),
    pay({ claimId, minor: 2_000, key: 'p2', seenPaidMinor: 0 }, world.second),
  ]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await dueOf(claimId)).toMatchObject({ paidMinor: 2_000 });
});

test.each([
  ['more than is owed', { minor: 5_001 }, 'too-much'],
  ['nothing', { minor: 0 }, 'no-amount'],
  ['a day to come', { paidOn: '2099-01-01' }, 'wrong-day'],
  ['a day that is none', { paidOn: '2023-02-30' }, 'not-a-date'],
  ['half of what arrived', { sentMinor: 5 }, 'half-said'],
  ['another funder', { funderId: '00000000-0000-0000-0000-000000000000' }, 'not-owed'],
])('%s is refused in words', async (_, more, code) => {
  const { claimId } = await approvedClaim(world, [{ category: 'travel', minor: 5_000 }]);
  const refused = await pay({ claimId, minor: 5_000, key: `bad-${code}`, ...more });
  expect(refused).toMatchObject({ ok: false, error: { code } });
  expect(await dueOf(claimId)).toMatchObject({ paidMinor: 0 });
});

test('nobody records or takes back a payment to themselves', async () => {
  const { claimId } = await approvedClaim(world, [{ category: 'travel', minor: 700 }], {
    personId: world.tove,
  });
  const key = 'own';
  expect(await pay({ claimId, minor: 700, key })).toMatchObject({ error: { code: 'own-claim' } });
  const { paymentId } = expectOk(await pay({ claimId, minor: 700, key }, world.second));
  expect(await reverse(paymentId)).toMatchObject({ error: { code: 'own-claim' } });
  expectOk(await reverse(paymentId, 'Wrong account.', world.second));
});

test('a payment that is taken back is owed again, once, with its reason', async () => {
  const { claimId } = await approvedClaim(world, [
    { category: 'travel', minor: 100 },
    { category: 'meals', minor: 100 },
  ]);
  const { paymentId } = expectOk(await pay({ claimId, minor: 150, key: 'back-1' }));
  expectOk(await pay({ claimId, minor: 50, key: 'back-2' }));
  expect(await reverse(paymentId, ' ')).toMatchObject({ error: { code: 'no-reason' } });
  const twice = await Promise.all([reverse(paymentId), reverse(paymentId)]);
  expect(twice.map((done) => expectOk(done).isNew).sort()).toEqual([false, true]);
  // Nobody sent it to the payer, so nobody is waited for there.
  expect(await dueOf(claimId)).toMatchObject({ paidMinor: 50, state: 'approved' });
  expectOk(await pay({ claimId, minor: 150, key: 'back-3' }));
  expect(await dueOf(claimId)).toMatchObject({ paidMinor: 200, state: 'paid' });
  await standingNow();
  const other = await approvedClaim(world, [{ category: 'travel', minor: 100 }]);
  const batch = { funderId: world.funderId, claimIds: [other.claimId] };
  expectOk(
    await inTransaction(world.db, (tx) => sendBatch(tx, world.actor, world.treasurer, batch)),
  );
  const paid = expectOk(await pay({ claimId: other.claimId, minor: 100, key: 'sent-1' }));
  expectOk(await reverse(paid.paymentId));
  expect(await dueOf(other.claimId)).toMatchObject({ paidMinor: 0, state: 'sent' });
});

test('whatever is paid and taken back, in any order or twice, nothing is paid beyond what is owed', async () => {
  const step = fc.record({
    by: fc.constantFrom('one', 'two'),
    back: fc.boolean(),
    minor: fc.integer({ min: 1, max: 400 }),
    key: fc.integer({ min: 0, max: 5 }),
  });
  let round = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 6 }), async (steps) => {
      round += 1;
      const { claimId } = await approvedClaim(world, [
        { category: 'travel', minor: 333 },
        { category: 'meals', minor: 334 },
      ]);
      const before = (await standingNow())?.paid ?? 0;
      await Promise.all(
        steps.map(async ({ by, back, minor, key }) => {
          const treasurer = by === 'one' ? world.treasurer : world.second;
          const done = await pay({ claimId, minor, key: `${round}:${key}` }, treasurer);
          if (done.ok && back) expectOk(await reverse(done.value.paymentId, 'Back.', treasurer));
        }),
      );
      const due = await dueOf(claimId);
      const paid = due?.paidMinor ?? 0;
      expect(paid).toBeLessThanOrEqual(667);
      expect(due?.state === 'paid').toBe(paid === 667);
      expect((await standingNow())?.paid).toBe(before + paid);
    }),
    { numRuns: 12 },
  );
});
