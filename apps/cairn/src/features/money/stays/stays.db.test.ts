import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';
import { selfIn } from '../../people/rights.ts';
import { presenceOf } from '../../timetable/presence/presence-queries.ts';
import { ownStay, staysOf } from './stay-queries.ts';
import { ownWishes } from './wish-queries.ts';

let world: FundedSummit;
let OWN: string;
let STAYS: string;

beforeAll(async () => {
  world = await fundedSummit();
  OWN = `/s/${world.slug}/money/stay`;
  STAYS = `/s/${world.slug}/organise/stays`;
});
afterAll(() => world.close());
beforeEach(async () => {
  for (const table of ['roomWish', 'stay', 'presence'] as const) {
    await world.db.deleteFrom(table).execute();
  }
});

const typed = (more: Record<string, string | readonly string[]> = {}) => ({
  from_city: 'Oslo',
  from_country: 'NO',
  arrives_on: '2023-05-21',
  arrives_at: '15:00',
  leaves_on: '2023-05-27',
  room: 'shared',
  shares_with: 'anyone',
  revision: '0',
  ...more,
});
const own = (who: string) => ownStay(world.db, selfIn(world.summitId, { personId: who }));

describe('whoever comes', () => {
  test('says their stay, and the timetable knows the days at once', async () => {
    const { mira } = world.people;
    expect((await world.post(OWN, typed(), mira)).status).toBe(303);
    expect(await own(mira)).toMatchObject({ fromCountry: 'NO', arrivesOn: '2023-05-21' });
    const presence = (await presenceOf(world.db, world.summitId)).get(mira);
    expect(presence).toMatchObject({ arrivesOn: '2023-05-21', arrivesAt: '15:00' });
    // Whatever they say of their days elsewhere holds for the stay as well.
    const days = `/s/${world.slug}/timetable/presence`;
    await world.post(days, { arrives_on: '2023-05-20', leaves_on: '2023-05-27' }, mira);
    expect((await own(mira))?.arrivesOn).toBe('2023-05-20');
    expectIn(await (await world.get(OWN, mira)).text(), 'say below who pays them');
  });

  test('says who pays extra nights, and keeps what was typed where that is missing', async () => {
    const { mira } = world.people;
    const early = typed({ arrives_on: '2023-05-19', note: 'Coming by boat' });
    const refused = await world.post(OWN, early, mira);
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expectIn(
      page,
      'You stay 2 extra nights, before or after those of the summit; say who pays them.',
    );
    expectIn(page, 'Coming by boat');
    expect(await own(mira)).toBeUndefined();
  });

  test('does not overwrite what was changed meanwhile', async () => {
    const { mira } = world.people;
    await world.post(OWN, typed(), mira);
    const late = await world.post(OWN, typed({ from_city: 'Bergen' }), mira);
    expect(late.status).toBe(422);
    expectIn(await late.text(), 'changed meanwhile');
    expect((await own(mira))?.fromCity).toBe('Oslo');
  });

  test('says the same by the API', async () => {
    const { kofi, lena } = world.people;
    const token = await tokenOf(world, kofi);
    const path = `/api/v1/summits/${world.slug}/me/stay`;
    const json = { arrives_on: '2023-05-21', room: 'own', with: [lena], revision: 0 };
    const put = await world.app.request(path, withToken(token, { method: 'PUT', json }));
    expect(put.status).toBe(204);
    const got = await (await world.app.request(path, withToken(token))).json();
    expect(got).toMatchObject({ room: 'own', with: [lena], revision: 1, nights: [] });
  });
});

describe('wishes', () => {
  test('are read by their owner, and stand nowhere that organisers or treasurers look', async () => {
    const { mira, noor, kofi } = world.people;
    const wished = typed({ with_1: noor, not_with_1: kofi, 'habits[]': ['snores'] });
    expect((await world.post(OWN, wished, mira)).status).toBe(303);
    const self = selfIn(world.summitId, { personId: mira });
    expect(await ownWishes(world.db, self)).toEqual({ with: [noor], notWith: [kofi] });
    const token = await tokenOf(world, world.tove);
    const list = await world.app.request(`/api/v1/summits/${world.slug}/stays`, withToken(token));
    const told = [
      await list.text(),
      JSON.stringify(await staysOf(world.db, world.treasurer)),
      await (await world.get(STAYS)).text(),
      await (await world.get(`${STAYS}/${mira}`)).text(),
      JSON.stringify(await world.db.selectFrom('event').select('data').execute()),
    ];
    for (const text of told) expectNotIn(text, 'snores');
    const [, stays = '', , person = '', events = ''] = told;
    for (const text of [stays, person, events]) {
      expectNotIn(text, kofi);
      expectNotIn(text, noor);
    }
    // An organiser who notes the stay leaves them as they are.
    const noted = { ...typed({ revision: '1', from_city: 'Bergen' }), form: 'note' };
    expect((await world.post(`${STAYS}/${mira}`, noted)).status).toBe(303);
    expect(await ownWishes(world.db, self)).toEqual({ with: [noor], notWith: [kofi] });
    expect((await own(mira))?.habits).toEqual(['snores']);
  });

  test('name only those who come, and nobody for both', async () => {
    const { mira, noor } = world.people;
    const both = await world.post(OWN, typed({ with_1: noor, not_with_1: noor }), mira);
    expect(both.status).toBe(422);
    const nobody = crypto.randomUUID();
    expect((await world.post(OWN, typed({ with_1: nobody }), mira)).status).toBe(422);
  });
});

describe('organisers', () => {
  test('answer requests of others, with words where they decline, and who asked is told', async () => {
    const { mira } = world.people;
    const early = {
      arrives_on: '2023-05-19',
      extra_paid_by: 'grant',
      extra_reason: 'Only flight of the week',
      room: 'single',
      single_reason: 'Health',
    };
    await world.post(OWN, typed(early), mira);
    expectIn(await (await world.get(`${STAYS}?show=asked`)).text(), 'Mira Example');
    const page = `${STAYS}/${mira}`;
    const answer = { form: 'extra', agreed: 'no', answer: '', revision: '1' };
    const wordless = await world.post(page, answer);
    expect(wordless.status).toBe(422);
    expectIn(await wordless.text(), 'Say why not');
    expect((await world.post(page, { ...answer, agreed: 'yes' })).status).toBe(303);
    expect((await world.post(page, { ...answer, agreed: 'yes' })).status).toBe(422);
    expect((await own(mira))?.extraState).toBe('agreed');
    const shown = await (await world.get(OWN, mira)).text();
    expectIn(shown, 'Organisers agreed that the summit pays 2 extra nights.');
    expectIn(shown, 'a room alone; organisers have not answered');
  });

  test('do not answer their own', async () => {
    const { tove } = world;
    await world.post(OWN, typed({ room: 'single', single_reason: 'Calls at night' }), tove);
    const answer = { form: 'single', agreed: 'yes', answer: '', revision: '1' };
    expect((await world.post(`${STAYS}/${tove}`, answer)).status).toBe(422);
    expect((await own(tove))?.singleState).toBe('asked');
  });

  test('ask those who have not said it, once a day', async () => {
    const { mira, noor } = world.people;
    await world.post(OWN, typed(), mira);
    const people = { 'people[]': [mira, noor] };
    const asked = await world.post(STAYS, people);
    expect(asked.status).toBe(303);
    await world.post(STAYS, people);
    const mails = await world.db
      .selectFrom('mail')
      .select(['personId'])
      .where('subject', 'like', 'When do you come?%')
      .execute();
    expect(mails.map(({ personId }) => personId)).toEqual([noor]);
    const nobody = await world.post(`${STAYS}?show=days`, { 'people[]': [mira] });
    expect(nobody.status).toBe(422);
    expectIn(await nobody.text(), 'Tick at least one person who has not said it yet.');
  });

  test('read what is wrong where the form is not on the page', async () => {
    for (const form of ['', 'nonsense', 'extra', 'single']) {
      const refused = await world.post(`${STAYS}/${world.people.mira}`, { form, revision: '0' });
      expect(refused.status).toBe(422);
      expectIn(await refused.text(), 'role="alert"');
    }
  });

  test('alone see the list', async () => {
    expect((await world.get(STAYS, world.people.mira)).status).toBe(404);
    expect((await world.get(STAYS, world.theo)).status).toBe(404);
  });
});
