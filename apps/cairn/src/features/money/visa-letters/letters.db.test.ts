import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';
import { selfIn } from '../../people/rights.ts';
import { ownLetters } from './letter-queries.ts';
import { clearLetters } from './letter-sweep.ts';

let summit: FundedSummit;
let own: string;
let list: string;

beforeAll(async () => {
  summit = await fundedSummit();
  own = `/s/${summit.slug}/money/visa-letter`;
  list = `/s/${summit.slug}/organise/visa-letters`;
});
afterAll(() => summit.close());

const asked = (more: Record<string, string> = {}) => ({
  do: 'ask',
  full_name: 'MIRA ANN EXAMPLE',
  born_on: '1990-02-03',
  citizenship: 'Nepal',
  consulate: 'Consulate of the United States in Kathmandu',
  ...more,
});
const letters = () =>
  ownLetters(summit.db, selfIn(summit.summitId, { personId: summit.people.mira }));

test('a number that looks like a passport’s is refused at its field and not stored', async () => {
  const answer = await summit.post(own, asked({ note: 'passport X1234567' }), summit.people.mira);
  expect(answer.status).toBe(422);
  expectIn(await answer.text(), 'This looks like the number of a passport.');
  expect(await letters()).toEqual([]);
});

test('a request waits once, goes back with words, and is mended', async () => {
  const { people, db } = summit;
  expect((await summit.post(own, asked(), people.mira)).status).toBe(303);
  const again = await summit.post(own, asked(), people.mira);
  expect(again.status).toBe(422);
  expectIn(await again.text(), 'You have asked already');
  const [letter] = await letters();
  const page = `${list}/${letter?.id}`;
  expect((await summit.post(page, { do: 'return', answer: '' })).status).toBe(422);
  const sent = await summit.post(page, { do: 'return', answer: 'Which consulate is it?' });
  expect(sent.status).toBe(303);
  expectIn(await (await summit.get(own, people.mira)).text(), 'Which consulate is it?');
  expect((await summit.post(page, { do: 'issue', signed_as: 'Tove' })).status).toBe(422);
  const mended = asked({ consulate: 'Consulate in Delhi' });
  expect((await summit.post(own, mended, people.mira)).status).toBe(303);
  expect((await letters()).map(({ state }) => state)).toEqual(['requested']);
  // What a letter says stands in no mail and in no event.
  const mails = JSON.stringify(await db.selectFrom('mail').selectAll().execute());
  const events = JSON.stringify(await db.selectFrom('event').selectAll().execute());
  expect(mails).toContain('visa letter');
  for (const told of [mails, events]) {
    for (const secret of ['MIRA ANN', 'Nepal', 'Delhi']) expect(told).not.toContain(secret);
  }
});

test('what was typed into a request goes when it is withdrawn', async () => {
  const { people, db, summitId } = summit;
  await summit.post(own, asked({ full_name: 'NOOR B EXAMPLE' }), people.noor);
  const { id } = await db
    .selectFrom('visaLetter')
    .select('id')
    .where('personId', '=', people.noor)
    .executeTakeFirstOrThrow();
  expectIn(await (await summit.get(`${list}/${id}`)).text(), 'NOOR B EXAMPLE');
  expect((await summit.post(own, { do: 'withdraw', letter: id }, people.noor)).status).toBe(303);
  expectIn(await (await summit.get(`${list}/${id}`)).text(), 'What was personal in it is deleted.');
  const [letter] = await ownLetters(db, selfIn(summitId, { personId: people.noor }));
  expect(letter).toMatchObject({ state: 'withdrawn', fullName: '', bornOn: null, citizenship: '' });
});

test('an issued letter stays as it was signed, and only its owner and organisers get it', async () => {
  const { people } = summit;
  const [letter] = await letters();
  const page = `${list}/${letter?.id}`;
  expectIn(await (await summit.get(page)).text(), 'Look at the draft');
  const issued = await summit.post(page, { do: 'issue', signed_as: 'Tove Treasurer\nOrganiser' });
  expect(issued.status).toBe(303);
  const late = [
    { do: 'issue', signed_as: 'Too late' },
    { do: 'return', answer: 'Too late' },
  ];
  for (const typed of late) {
    const refused = await summit.post(page, typed);
    expect(refused.status).toBe(422);
    expect(await refused.text()).toMatch(/role="alert"[\s\S]*not open any more[\s\S]*>Too late</);
  }
  const setting = { letterhead: 'Somebody else', signed_as: 'X', contact: '', days_kept: '10' };
  expect((await summit.post(list, setting)).status).toBe(303);
  const [now] = await letters();
  expect(now?.content?.signed).toEqual(['Tove Treasurer', 'Organiser']);
  expect(now?.content?.letterhead).not.toContain('Somebody else');
  expect(now?.content?.facts).toContainEqual({ term: 'Passport number', value: '' });
  const pdf = await summit.get(`${own}/${letter?.id}.pdf`, people.mira);
  expect(pdf.headers.get('content-type')).toBe('application/pdf');
  expect(pdf.headers.get('cache-control')).toBe('private, no-store');
  expect((await summit.get(`${own}/${letter?.id}.pdf`, people.noor)).status).toBe(404);
  expect((await summit.get(page, people.noor)).status).toBe(404);
});

test('money stands in a letter only where its owner asked for it', async () => {
  const { db, people, lineId, summitId, clock } = summit;
  const { id } = await db
    .insertInto('estimate')
    .values({
      summitId,
      number: 1,
      personId: people.noor,
      state: 'approved',
      createdAt: clock.now(),
    } as never)
    .returning('id')
    .executeTakeFirstOrThrow();
  const cost = {
    position: 0,
    category: 'travel',
    text: 'Flight',
    spentMinor: 90_000,
    spentCurrency: 'USD',
  };
  await db
    .insertInto('estimateItem')
    .values({ estimateId: id, ...cost, lineId, minor: 90_000, capMinor: 80_000 } as never)
    .execute();
  const said: (readonly string[])[] = [];
  for (const consent of ['', 'yes']) {
    const fields = asked({
      full_name: 'NOOR EXAMPLE',
      ...(consent === '' ? {} : { says_money: consent }),
    });
    expect((await summit.post(own, fields, people.noor)).status).toBe(303);
    const self = selfIn(summitId, { personId: people.noor });
    const open = (await ownLetters(db, self)).find(({ state }) => state === 'requested');
    await summit.post(`${list}/${open?.id}`, { do: 'issue', signed_as: 'Tove' });
    const issued = (await ownLetters(db, self)).find((letter) => letter.id === open?.id);
    said.push(issued?.content?.paragraphs ?? []);
  }
  expect(said[0]?.join(' ')).not.toContain('800');
  expect(said[1]?.join(' ')).toContain(
    'Example Foundation pays for this participant: travel to and from the summit up to',
  );
  expect(said[1]?.join(' ')).toContain('800.00');
});

test('the outcome is told, and what is personal goes some days after the summit', async () => {
  const { people, db, summit: stored } = summit;
  const [letter] = await letters();
  const told = { do: 'outcome', letter: letter?.id ?? '', outcome: 'granted' };
  expect((await summit.post(own, told, people.mira)).status).toBe(303);
  expectIn(await (await summit.get(list)).text(), 'granted');
  const departure = Temporal.PlainDate.from(stored.definition.dates.departure);
  const at = (days: number) => departure.add({ days }).toZonedDateTime('UTC').toInstant();
  await clearLetters(db, at(9));
  expect((await letters())[0]?.fullName).toBe('MIRA ANN EXAMPLE');
  await clearLetters(db, at(12));
  const rows = JSON.stringify(await db.selectFrom('visaLetter').selectAll().execute());
  for (const secret of ['MIRA', 'Nepal', '1990', 'Delhi']) expect(rows).not.toContain(secret);
  expectNotIn(await (await summit.get(`${list}/${letter?.id}`)).text(), 'Nepal');
  expect((await summit.get(`${own}/${letter?.id}.pdf`, people.mira)).status).toBe(404);
});
