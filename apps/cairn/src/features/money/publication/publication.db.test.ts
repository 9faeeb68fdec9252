import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { approvedClaim } from '../../../../../../tests/approved-claim.ts';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { recordPayment } from '../payments/payment-commands.ts';

let world: FundedSummit;
beforeAll(async () => {
  world = await fundedSummit({ granted: 10_000_000 });
});
afterAll(() => world.close());

const paidFor = async (personId: string, minor: number) => {
  const { claimId } = await approvedClaim(world, [{ category: 'travel', minor }], { personId });
  const { funderId } = world;
  const payment = { claimId, funderId, minor, paidOn: '2023-01-20', key: claimId };
  expectOk(
    await inTransaction(world.db, (tx) => recordPayment(tx, world.actor, world.treasurer, payment)),
  );
};

test('nothing is public until it is published, never a name, and never what few got', async () => {
  const open = `/s/${world.slug}/money.csv`;
  const setup = `/s/${world.slug}/treasury/public-table`;
  const form = { do: 'publish', at_least: '3', round_to: '10', 'tables[]': ['category'] };
  const { mira, noor, kofi, lena } = world.people;
  await world.db.updateTable('summit').set({ state: 'announced' }).execute();
  await paidFor(mira, 30_000);
  await paidFor(noor, 20_000);
  expect((await world.app.request(open)).status).toBe(404);
  expect((await world.post(setup, form)).status).toBe(422);
  await paidFor(kofi, 41_234);
  expect((await world.post(setup, { ...form, at_least: '2' })).status).toBe(422);
  expect((await world.post(setup, form)).status).toBe(303);
  const csv = await (await world.app.request(open)).text();
  expect(csv).toContain('category,Travel to and from the summit,3,910.00,USD');
  const html = await (await world.app.request(`/s/${world.slug}/money.html`)).text();
  expect(html).toContain('910.00 USD');
  expect(`${csv}${html}`).not.toMatch(/Mira|Noor|Kofi/);
  world.clock.set(world.clock.now().add({ hours: 1 }));
  const { claimId } = await approvedClaim(world, [{ category: 'travel', minor: 777 }], {
    personId: lena,
  });
  const late = { claimId, funderId: world.funderId, minor: 777, paidOn: '2023-01-21', key: 'late' };
  expectOk(
    await inTransaction(world.db, (tx) =>
      recordPayment(tx, world.as(world.tove), world.treasurer, late),
    ),
  );
  const again = await world.post(setup, form);
  expect(await again.text()).toContain('only one person was paid');
  expect(await (await world.app.request(open)).text()).toBe(csv);
  await world.post(setup, { do: 'unpublish' });
  expect((await world.app.request(open)).status).toBe(404);
  expect((await world.post(setup, form)).status).toBe(422);
});
