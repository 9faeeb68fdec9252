import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { storePerson } from '../../../../../../tests/summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { lineStandings } from '../journal/balance-queries.ts';
import { writeJournal } from '../journal/journal-commands.ts';
import { committed } from '../journal/journal-rules.ts';

let world: FundedSummit;
beforeAll(async () => {
  world = await fundedSummit({ granted: 500_000 });
});
afterAll(() => world.close());

const at = (path: string) => `/s/${world.slug}${path}`;
const page = async (path: string, who?: string) => {
  const answer = await world.get(at(path), who);
  return { status: answer.status, text: await answer.text() };
};

test('a funder, its line and its money are entered by form; a form sent twice counts once', async () => {
  const { db, summitId } = world;
  const refused = await world.post(at('/treasury/funders/new'), {
    name: 'Moore',
    currency: 'EUX',
    from_on: '2023-06-01',
    until_on: '2023-05-01',
  });
  expect(refused.status).toBe(422);
  const shown = await refused.text();
  expect(shown).toContain('value="Moore"');
  expect(shown).toContain('is no currency');
  const added = await world.post(at('/treasury/funders/new'), { name: 'Moore', currency: 'EUR' });
  expect(added.status).toBe(303);
  const { id: funder } = await db
    .selectFrom('funder')
    .select('id')
    .where('name', '=', 'Moore')
    .executeTakeFirstOrThrow();
  const line = await world.post(at('/treasury/funders/lines/new'), {
    funder,
    title: 'Dinners',
    'categories[]': ['meals'],
    pays_for: 'everyone',
    person_ceiling: '120,50',
    ceiling_meals: '900',
  });
  expect(line.status).toBe(303);
  const address = line.headers.get('location') ?? '';
  const allotment = {
    do: 'allot',
    key: '7a0ee0f4-0f0e-4a67-8f43-0d1f7a1c3c11',
    amount: '1.133,32',
    note: 'Letter of 3 May',
  };
  for (const _ of ['once', 'twice'])
    expect((await world.post(address, allotment)).status).toBe(303);
  const lineId = address.split('/').at(-1) ?? '';
  expect((await lineStandings(db, summitId)).get(lineId)).toMatchObject({ granted: 113_332 });
  const tooMuch = await world.post(address, {
    do: 'allot',
    key: '7a0ee0f4-0f0e-4a67-8f43-0d1f7a1c3c12',
    amount: '-2000',
  });
  expect(tooMuch.status).toBe(422);
  expect(await tooMuch.text()).toContain('no more can be taken back');
});

test('each number of the budget leads to the entries that make it, and they add up to it', async () => {
  const { db, actor, summitId, lineId, people } = world;
  for (const [key, person, minor] of [
    ['one', people.mira, 12_345],
    ['two', people.noor, 55],
  ] as const) {
    const purpose = { lineId, category: 'travel', personId: person } as const;
    const entry = { kind: 'commitment' as const, key, postings: committed(purpose, minor) };
    expectOk(await inTransaction(db, (tx) => writeJournal(tx, actor, summitId, [entry])));
  }
  const { text } = await page('/treasury/budget');
  const href = `/treasury/journal?line=${lineId}&amp;stage=committed`;
  expect(text).toContain(`${href}">124.00 USD</a>`);
  expect(text).toContain('Every line adds up to what was given');
  const entries = await page(`/treasury/journal?line=${lineId}&stage=committed`);
  expect(entries.text).toContain('What fits adds up to <strong>124.00 USD</strong>');
  expect(entries.text).toContain('2 entries');
  const byPerson = await page('/treasury/budget?by=person');
  expect(byPerson.text).toContain('Noor Example');
  expect(byPerson.text).toContain('0.55 USD');
  expect((await page('/treasury/budget?by=category')).text).toContain('124.00 USD');
});

test('an allotment is taken back by an entry with its reason, once; what follows from an estimate is not', async () => {
  const { db, summitId } = world;
  const entries = await db
    .selectFrom('journalEntry')
    .select(['id', 'kind'])
    .where('summitId', '=', summitId)
    .orderBy('id')
    .execute();
  const of = (kind: string) => entries.filter((entry) => entry.kind === kind).at(-1)?.id ?? 0;
  const address = at(`/treasury/journal/${of('allotment')}`);
  expect((await world.post(address, { note: ' ' })).status).toBe(422);
  expect((await world.post(address, { note: 'Typed twice.' })).status).toBe(303);
  const again = await world.post(address, { note: 'Typed twice.' }, world.theo);
  expect(again.status).toBe(422);
  const commitment = await world.post(at(`/treasury/journal/${of('commitment')}`), { note: 'No.' });
  expect(commitment.status).toBe(422);
  expect(await commitment.text()).toContain('It follows from an estimate');
  const reckoned = await page('/treasury/journal/reconciliation');
  // The commitments of this test have no estimates, which is what the reckoning is there to find.
  expect(reckoned.text).toContain('123.45 USD is committed; it should be 0.00 USD');
});

test('an organiser who is no treasurer sees totals of lines, and of no line that tells of one or two', async () => {
  const { db, summitId } = world;
  const olga = await storePerson(db, 'Olga Organiser', { summitId, role: 'organiser' });
  const organisers = await page('/organise/money', olga);
  expect(organisers.status).toBe(200);
  expect(organisers.text).toContain('of one or two people');
  expect(organisers.text).not.toContain('124.00');
  expect(organisers.text).not.toContain('4,876.00');
  for (const path of ['', '/budget', '/journal', '/journal/reconciliation', '/funders']) {
    expect((await page(`/treasury${path}`, olga)).status).toBe(404);
  }
  expect((await page('/treasury', world.people.mira)).status).toBe(404);
});

test('whoever comes sees where everything of theirs hangs, and nobody else’s', async () => {
  const { text, status } = await page('/money', world.people.mira);
  expect(status).toBe(200);
  expect(text).toContain('Your seat is funded');
  expect(text).toContain('Say when you arrive and when you leave');
  expect(text).not.toContain('Noor');
});

test('the treasury says what waits for one, and what is one’s own is counted apart', async () => {
  const { db, summitId, people, theo } = world;
  await db
    .insertInto('estimate')
    .values(
      [people.mira, theo].map((personId, index) => ({
        summitId,
        number: 90 + index,
        personId,
        state: 'submitted' as const,
        firstLookBy: null,
        createdAt: world.clock.now(),
        submittedAt: world.clock.now(),
        settledAt: null,
        remindedAt: null,
      })),
    )
    .execute();
  expect((await page('/treasury')).text).toContain('2 estimates to decide on');
  const own = (await page('/treasury', theo)).text;
  expect(own).toContain('1 estimate to decide on');
  expect(own).toContain('another treasurer decides');
});
