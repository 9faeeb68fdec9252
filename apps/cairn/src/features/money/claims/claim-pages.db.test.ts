import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { TEST_URL, testServices } from '../../../../../../tests/services.ts';
import { storePerson } from '../../../../../../tests/summit.ts';
import { selfIn } from '../../people/rights.ts';
import { ownClaims } from './claim-queries.ts';
import { claimSweep } from './claim-sweep.ts';

let world: FundedSummit;
beforeAll(async () => {
  world = await fundedSummit({ granted: 1_000_000 });
  world.clock.set(Temporal.Instant.from('2023-06-01T12:00:00Z'));
});
afterAll(() => world.close());

/** The smallest picture: one white pixel as PNG. */
const PNG = Uint8Array.from(
  atob(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==',
  ),
  (sign) => sign.charCodeAt(0),
);

const claimsAt = () => `/s/${world.slug}/money/claims`;
const reviewAt = () => `/s/${world.slug}/treasury/claims`;

const send = async (path: string, files: readonly File[], fields: Record<string, string> = {}) => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  for (const file of files) body.append('receipts', file);
  const headers = { origin: TEST_URL, 'x-test-person': world.personId };
  return world.app.request(path, { method: 'POST', body, headers });
};

const own = () => ownClaims(world.db, selfIn(world.summitId, { personId: world.personId }));

test('photographs become costs, what is no photograph is told, and the form keeps all of it', async () => {
  const begun = await send(claimsAt(), [
    new File([PNG], 'dinner.png', { type: 'image/png' }),
    new File(['no picture'], 'train.jpg', { type: 'image/jpeg' }),
  ]);
  expect(begun.status).toBe(422);
  const html = await begun.text();
  expect(html).toContain('“train.jpg” is plain text');
  expect(html).toContain('name="kind[0]"');
  const [claim] = await own();
  expect(claim?.items).toMatchObject([{ receiptIds: [expect.any(String)] }]);
  const fields = {
    ...{ revision: String(claim?.revision), 'id[0]': claim?.items[0]?.id ?? '' },
    ...{ 'kind[0]': 'meals:dinner', 'spent_on[0]': '2023-05-22', 'currency[0]': 'USD' },
    ...{ 'receipt[0]': claim?.items[0]?.receiptIds[0] ?? '', do: 'submit' },
  };
  const edit = `${claimsAt()}/1/edit`;
  const wrong = await send(edit, [], { ...fields, 'amount[0]': '1,133' });
  expect(wrong.status).toBe(422);
  const refused = await wrong.text();
  expect(refused).toContain('value="1,133"');
  expect(refused).toMatch(/<a href="#field-amount~5b~0~5d~">Cost 1: /);
  const again = { ...fields, 'amount[0]': '26.00', revision: String((await own())[0]?.revision) };
  expect((await send(edit, [], again)).status).toBe(303);
  expect((await own())[0]).toMatchObject({ state: 'submitted', items: [{ minor: 2_600 }] });
  const stale = await send(edit, [], again);
  expect([stale.status, (await own()).length]).toEqual([303, 1]);
  expect(await (await world.get(`${claimsAt()}/1`, world.personId)).text()).toContain(
    'The treasurers have it.',
  );
});

test('a claim is seen by its owner and by treasurers, and by no organiser', async () => {
  const { db, summitId, people } = world;
  const organiser = await storePerson(db, 'Olga Organiser', { summitId, role: 'organiser' });
  const statuses = await Promise.all(
    [
      [`${reviewAt()}/1`, world.theo],
      [reviewAt(), world.theo],
      [`${reviewAt()}/reminders`, world.theo],
      [`${reviewAt()}/1`, organiser],
      [`${reviewAt()}/reminders`, organiser],
      [`${claimsAt()}/1`, organiser],
      [`${claimsAt()}/1`, people.noor],
      [`${claimsAt()}/1/edit`, people.noor],
      [`${claimsAt()}/bill`, people.noor],
      [`${claimsAt()}/bill`, organiser],
    ].map(async ([path = '', who]) => (await world.get(path, who)).status),
  );
  expect(statuses).toEqual([200, 200, 200, 404, 404, 404, 404, 404, 404, 200]);
});

test('treasurers are reminded of a claim that waits, not of their own, and once', async () => {
  const services = testServices(world.db, { clock: world.clock });
  const reminders = () =>
    world.db
      .selectFrom('mail')
      .select(['personId', 'subject', 'body'])
      .where('subject', 'like', '%has waited%')
      .orderBy('personId')
      .execute();
  await claimSweep.run(services);
  expect(await reminders()).toEqual([]);
  world.clock.set(Temporal.Instant.from('2023-06-07T12:00:00Z'));
  await claimSweep.run(services);
  await claimSweep.run(services);
  const sent = await reminders();
  expect(sent.map(({ personId }) => personId)).toEqual([world.tove, world.theo].sort());
  // A mail may be read over a shoulder: it names no amount and no person.
  expect(sent.every(({ body }) => !/26|Mira|USD/.test(body))).toBe(true);
});

test('a treasurer approves by form, and less only with a reason beside the cost', async () => {
  const [claim] = await own();
  const id = claim?.items[0]?.id ?? '';
  const form = { revision: String(claim?.revision), do: 'approve', [`reason_${id}`]: '' };
  const decide = (approved: string, reason = '') =>
    world.post(
      `${reviewAt()}/1/decide`,
      { ...form, [`approved_${id}`]: approved, [`reason_${id}`]: reason },
      world.theo,
    );
  const refused = await decide('20.00');
  expect(refused.status).toBe(422);
  expect(await refused.text()).toContain('Say why not all of this is paid');
  expect((await decide('20.00', 'The wine is not paid.')).status).toBe(303);
  const page = await (await world.get(`${claimsAt()}/1`, world.personId)).text();
  expect(page).toContain('The wine is not paid.');
  expect(page).toContain('20.00 USD');
  expect((await decide('26.00')).status).toBe(422);
});
