import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { testServices } from '../../../../../../tests/services.ts';
import { storePerson } from '../../../../../../tests/summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { selfIn } from '../../people/rights.ts';
import { lineStandings } from '../journal/balance-queries.ts';
import { approveEstimate } from './decision-commands.ts';
import { capsOf, estimateOf, ownCaps, ownEstimates } from './estimate-queries.ts';
import { capField, lineField, reasonField } from './estimate-rules.ts';
import { estimateSweep } from './estimate-sweep.ts';

let world: FundedSummit;
let money = '';
let treasury = '';
beforeAll(async () => {
  world = await fundedSummit({ granted: 500_000, needsEstimate: true });
  money = `/s/${world.slug}/money/estimates`;
  treasury = `/s/${world.slug}/treasury/estimates`;
});
afterAll(() => world.close());

const cost = (n: number, category: string, text: string, amount: string, currency = 'USD') => ({
  [`cost_${n}_category`]: category,
  [`cost_${n}_text`]: text,
  [`cost_${n}_amount`]: amount,
  [`cost_${n}_currency`]: currency,
});
const submit = async (who: string, fields: Record<string, string>): Promise<string> => {
  const answer = await world.post(`${money}/new`, { do: 'submit', ...fields }, who);
  expect([answer.status, await answer.text()]).toEqual([303, '']);
  return answer.headers.get('location')?.split('/').at(-1) ?? '';
};
const decision = async (
  number: string,
  caps: readonly [cap: string, reason?: string][],
  more = {},
) => {
  const estimate = await estimateOf(world.db, world.treasurer, Number(number));
  return {
    revision: String(estimate?.revision),
    ...Object.fromEntries(
      (estimate?.items ?? []).flatMap(({ id }, index) => [
        [lineField(id), world.lineId],
        [capField(id), caps[index]?.[0] ?? ''],
        [reasonField(id), caps[index]?.[1] ?? ''],
      ]),
    ),
    ...more,
  };
};
const left = async () => (await lineStandings(world.db, world.summitId)).get(world.lineId);
const stateOf = async (number: string) =>
  (await estimateOf(world.db, world.treasurer, Number(number)))?.state;

test('an estimate is proposed, approved with a cap that is less with a reason, and closed', async () => {
  const { db, self, people, tove, treasurer } = world;
  const refused = await world.post(
    `${money}/new`,
    { do: 'submit', ...cost(0, 'travel', '', '1,133'), note: 'mine' },
    people.mira,
  );
  expect(refused.status).toBe(422);
  const shown = await refused.text();
  expect(shown).toContain('value="1,133"');
  expect(shown).toContain('could mean two amounts');
  expect(await ownEstimates(db, self)).toEqual([]);

  const number = await submit(people.mira, {
    ...cost(0, 'travel', 'Flight', '1,200.50'),
    ...cost(2, 'lodging', 'Six nights', '600'),
  });
  const second = await world.post(
    `${money}/new`,
    { do: 'save', ...cost(0, 'travel', 'x', '1') },
    people.mira,
  );
  expect(await second.text()).toContain('still open');

  const page = await (await world.get(`${treasury}/${number}`, tove)).text();
  expect(page).toContain('1,200.50 USD');
  const noReason = await world.post(
    `${treasury}/${number}/approve`,
    await decision(number, [['1100'], ['600']]),
    tove,
  );
  expect(await noReason.text()).toContain('Say why less than was asked for may be spent');
  const more = await world.post(
    `${treasury}/${number}/approve`,
    await decision(number, [['1300'], ['600']]),
    tove,
  );
  expect(await more.text()).toContain('At most what was asked for can be approved');
  const caps = await decision(number, [['1100', 'There is a cheaper one.'], ['600']]);
  const done = await world.post(`${treasury}/${number}/approve`, caps, tove);
  expect(done.status).toBe(303);
  expect(await left()).toMatchObject({ left: 330_000, committed: 170_000 });
  // Pressed twice, nothing happens twice.
  const twice = await world.post(`${treasury}/${number}/approve`, caps, tove);
  expect(twice.status).toBe(422);
  expect(await left()).toMatchObject({ left: 330_000, committed: 170_000 });
  expect(await ownCaps(db, self)).toEqual(await capsOf(db, treasurer, people.mira));
  expect(await ownCaps(db, self)).toMatchObject([
    { category: 'travel', capMinor: 110_000, leftMinor: 110_000 },
    { category: 'lodging', capMinor: 60_000 },
  ]);
  const own = await (await world.get(`${money}/${number}`, people.mira)).text();
  expect(own).toContain('There is a cheaper one.');

  // More for the same is over the cap: a reason, and a second treasurer.
  const silent = await world.post(
    `${money}/new`,
    { do: 'submit', ...cost(0, 'travel', 'Fare rose', '200') },
    people.mira,
  );
  expect(await silent.text()).toContain('Say why you need more than was approved.');
  const draft = (await ownEstimates(db, self))[0];
  const sent = await world.post(
    `${money}/${draft?.number}`,
    {
      do: 'submit',
      revision: String(draft?.revision),
      note: 'The fare rose before you answered.',
      ...cost(0, 'travel', 'Fare rose', '200'),
    },
    people.mira,
  );
  expect(sent.status).toBe(303);
  const supplement = String(draft?.number);
  const looked = await world.post(
    `${treasury}/${supplement}/approve`,
    await decision(supplement, [['200']], { over_reason: 'It did rise.' }),
    tove,
  );
  expect(looked.status).toBe(303);
  expect(await stateOf(supplement)).toBe('second_look');
  expect(await left()).toMatchObject({ committed: 170_000 });
  const agreed = await world.post(
    `${treasury}/${supplement}/approve`,
    await decision(supplement, [['200']], { over_reason: 'It did rise.' }),
    world.theo,
  );
  expect(agreed.status).toBe(303);
  expect(await left()).toMatchObject({ committed: 190_000 });

  expect((await world.post(`${money}/${number}/close`, {}, people.mira)).status).toBe(303);
  expect(await left()).toMatchObject({ committed: 20_000, left: 480_000 });
  expect((await world.post(`${money}/${supplement}/close`, {}, people.mira)).status).toBe(303);
  expect(await left()).toMatchObject({ committed: 0, left: 500_000 });
});

test('what goes beyond a ceiling or a line needs a reason and another treasurer', async () => {
  const { db, people, lineId, tove, theo } = world;
  await db
    .updateTable('fundLine')
    .set({ personCeiling: 150_000 })
    .where('id', '=', lineId)
    .execute();
  const number = await submit(people.noor, {
    ...cost(0, 'travel', 'Flight', '1000'),
    ...cost(1, 'lodging', 'Nights', '800'),
  });
  const approve = async (who: string, caps: readonly [string, string?][], more = {}) =>
    world.post(`${treasury}/${number}/approve`, await decision(number, caps, more), who);
  const silent = await (await approve(tove, [['1000'], ['800']])).text();
  expect(silent).toContain('pays at most 1,500.00 USD for one person; this is 300.00 USD more.');
  const why = { over_reason: 'She comes from far.' };
  expect((await approve(tove, [['1000'], ['800']], why)).status).toBe(303);
  expect(await stateOf(number)).toBe('second_look');
  const same = await (await approve(tove, [['1000'], ['800']], why)).text();
  expect(same).toContain('another treasurer has to agree');
  expect((await approve(theo, [['1000'], ['800']], why)).status).toBe(303);
  expect(await stateOf(number)).toBe('approved');
  await db.updateTable('fundLine').set({ personCeiling: null }).where('id', '=', lineId).execute();

  const over = await submit(people.kofi, cost(0, 'travel', 'Flight', '4000'));
  const ask = async (who: string, more = {}) =>
    world.post(`${treasury}/${over}/approve`, await decision(over, [['4000']], more), who);
  expect(await (await ask(tove)).text()).toContain('would be overdrawn by 800.00 USD');
  expect((await ask(tove, why)).status).toBe(303);
  expect((await ask(theo, why)).status).toBe(303);
  expect(await left()).toMatchObject({ left: -80_000 });
  const entry = await db
    .selectFrom('journalEntry')
    .innerJoin('journalNote', 'journalNote.entryId', 'journalEntry.id')
    .select(['isOverride', 'text'])
    .where('isOverride', '=', true)
    .executeTakeFirst();
  expect(entry).toEqual({ isOverride: true, text: 'She comes from far.' });
});

test('nobody decides on their own, and one that is returned is mended with its rate', async () => {
  const { db, people, tove, theo, summitId, second } = world;
  await db
    .insertInto('seat')
    .values({ summitId, number: 9, personId: tove, kind: 'funded', takenAt: world.actor.now })
    .execute();
  await db
    .insertInto('exchangeRate')
    .values({
      summitId,
      base: 'EUR',
      quote: 'USD',
      onDate: '2023-02-01',
      rate: '1.09',
      source: 'ECB',
      readAt: world.actor.now,
    })
    .execute();
  const number = await submit(tove, cost(0, 'travel', 'Train', '100', 'EUR'));
  const own = await world.post(
    `${treasury}/${number}/approve`,
    await decision(number, [['100']]),
    tove,
  );
  expect(await own.text()).toContain('Nobody decides on their own estimate');
  const words = { revision: '2', to: 'returned', words: 'Which train?' };
  expect(
    (await world.post(`${treasury}/${number}/turn-back`, { ...words, words: '' }, theo)).status,
  ).toBe(422);
  expect((await world.post(`${treasury}/${number}/turn-back`, words, theo)).status).toBe(303);

  // The rate of what is not changed stays, whatever the bank says by now.
  await db
    .updateTable('exchangeRate')
    .set({ rate: '1.20' })
    .where('summitId', '=', summitId)
    .execute();
  const draft = await (await world.get(`${money}/${number}`, tove)).text();
  expect(draft).toContain('Which train?');
  const mended = await world.post(
    `${money}/${number}`,
    {
      do: 'submit',
      revision: '3',
      ...cost(0, 'travel', 'Night train', '100', 'EUR'),
      ...cost(1, 'travel', 'Bus', '10', 'EUR'),
    },
    tove,
  );
  expect(mended.status).toBe(303);
  const items = (await estimateOf(db, second, Number(number)))?.items;
  expect(items?.map(({ minor, rate }) => [minor, rate])).toEqual([
    [10_900, '1.09'],
    [1_200, '1.20'],
  ]);

  // Others see none of it, organisers who are no treasurers neither.
  expect((await world.get(`${treasury}/${number}`, people.lena)).status).toBe(404);
  expect((await world.get(`${money}/${number}`, people.lena)).status).toBe(404);
  const mails = await db.selectFrom('mail').select(['subject', 'body']).execute();
  expect(mails.length).toBeGreaterThan(3);
  expect(JSON.stringify(mails)).not.toMatch(/USD|EUR|Which train|Tove|Noor/);
});

test('two treasurers at once approve once', async () => {
  const { db, people, summitId, treasurer, second, tove, theo } = world;
  const number = Number(await submit(people.lena, cost(0, 'visa', 'Visa', '10')));
  const estimate = await estimateOf(db, treasurer, number);
  const before = await left();
  const decided = {
    revision: estimate?.revision ?? -1,
    overReason: 'Both of us.',
    decisions: (estimate?.items ?? []).map(({ id }) => ({
      itemId: id,
      lineId: world.lineId,
      capMinor: 1_000,
      reason: '',
    })),
  };
  // The line is overdrawn by now, so the first is a first look; the other one saw the same revision.
  const results = await Promise.all([
    inTransaction(db, (tx) => approveEstimate(tx, world.as(tove), treasurer, number, decided)),
    inTransaction(db, (tx) => approveEstimate(tx, world.as(theo), second, number, decided)),
  ]);
  expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await left()).toEqual(before);
  const self = selfIn(summitId, { personId: people.lena });
  expect(await ownCaps(db, self)).toEqual([]);
});

test('who needs an estimate is asked for one, and treasurers are reminded, once for each threshold', async () => {
  const { db, people, tove, slug, clock, summitId } = world;
  const services = { ...testServices(db), clock };
  expect(
    (await world.post(`${treasury}/reminders`, { waiting: 'soon', missing: '' }, tove)).status,
  ).toBe(422);
  expect(
    (await world.post(`${treasury}/reminders`, { waiting: '3, 7', missing: '200' }, tove)).status,
  ).toBe(303);
  await submit(people.noor, { ...cost(0, 'care', 'Sitter', '20'), note: 'My child comes along.' });
  const told = async () => {
    const rows = await db
      .selectFrom('mail')
      .select(['key', 'subject'])
      .where('summitId', '=', summitId)
      .execute();
    return rows
      .filter(({ key }) => /^estimate-(missing|reminder)/.test(key))
      .map(({ key }) => key.split(':')[0]);
  };
  const personId = await storePerson(db, 'Nils Example', { summitId, role: 'participant' });
  await db
    .insertInto('seat')
    .values({ summitId, number: 10, personId, kind: 'funded', takenAt: world.actor.now })
    .execute();
  await estimateSweep.run(services);
  const first = await told();
  expect(first).not.toContain('estimate-reminder');
  expect(first).toContain('estimate-missing');
  clock.set(clock.now().add({ hours: 24 * 8 }));
  await estimateSweep.run(services);
  await estimateSweep.run(services);
  const reminded = (await told()).filter((kind) => kind === 'estimate-reminder');
  // Two estimates wait by now, each for two treasurers, but not for whose it is or who looked first.
  expect(reminded.length).toBeGreaterThan(0);
  expect((await told()).filter((kind) => kind === 'estimate-missing')).toHaveLength(
    first.filter((kind) => kind === 'estimate-missing').length,
  );
  expect((await world.get(`/s/${slug}/treasury/estimates`, tove)).status).toBe(200);
});
