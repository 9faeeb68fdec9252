import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { postedFields } from '../../../../../tests/posted-form.ts';
import {
  expectIn,
  expectNotIn,
  FIRST_SUMMIT,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../tests/summit-database.ts';
import { inTransaction } from '../../platform/db/command.ts';
import { openCarriedCount } from './carried-queries.ts';
import { carriedValues } from './carried-rules.ts';
import { definitionTyping } from './definition-text.ts';
import { summitSource } from './queries.ts';
import { announce } from './state-commands.ts';

const OLD = '/s/sp_summit_2023/organise';
const NEXT = '/s/sp_summit_2024/organise';

let house: SummitDatabase;
const open = async () => openCarriedCount(house.db, (await house.summit('sp_summit_2024')).id);
const tryToAnnounce = async () => {
  const organiser = await house.organiser('sp_summit_2024');
  return inTransaction(house.db, (tx) => announce(tx, house.actor, organiser));
};

beforeAll(async () => {
  house = await openSummitDatabase();
  await house.found();
});
afterAll(() => house.drop());

describe('the next summit from the last', () => {
  test('asks for a new address and title, and keeps what was typed', async () => {
    const answer = await house.post(`${OLD}/copy`, { slug: 'No Good', title: '' });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expectIn(page, 'value="No Good"');
    expectIn(page, 'Write the title.');
    const taken = await house.post(`${OLD}/copy`, { slug: 'sp_summit_2023', title: 'Again' });
    expectIn(await taken.text(), 'Another summit has the address');
  });

  test('is a draft one edition on, with every value of last year on its list', async () => {
    const answer = await house.post(`${OLD}/copy`, {
      slug: 'sp_summit_2024',
      title: 'Summit 2024',
    });
    expect(answer.headers.get('location')).toBe(`${NEXT}/carried`);
    const { id, state, definition } = await house.summit('sp_summit_2024');
    expect(state).toBe('draft');
    expect(definition.series.edition).toBe(2);
    expect(await summitSource(house.db, id)).toBe(
      FIRST_SUMMIT.replace('slug: sp_summit_2023', 'slug: sp_summit_2024')
        .replace('title: 2023 Scientific Python Developer Summit', 'title: Summit 2024')
        .replace('edition: 1', 'edition: 2'),
    );
    expect(await open()).toBe(carriedValues(definition).length);
  });

  test('takes its organisers along and invites nobody', async () => {
    const { id } = await house.summit('sp_summit_2024');
    const roles = await house.db
      .selectFrom('role')
      .selectAll()
      .where('summitId', '=', id)
      .execute();
    expect(roles.map(({ personId, role }) => ({ personId, role }))).toEqual([
      { personId: house.ada, role: 'organiser' },
    ]);
    const invited = await house.db.selectFrom('invitation').selectAll().execute();
    expect(invited).toEqual([]);
  });

  test('flags last year’s values at their fields, on the overview and on the page', async () => {
    const form = await (await house.get(`${NEXT}/definition`)).text();
    expectIn(form, 'from the last edition');
    expectIn(await (await house.get(NEXT)).text(), 'still last year’s');
    expectIn(
      await (await house.get('/s/sp_summit_2024')).text(),
      'still those of the last edition',
    );
    expectNotIn(
      await (await house.get('/s/sp_summit_2023')).text(),
      'still those of the last edition',
    );
  });

  test('cannot be announced while values wait, and says which', async () => {
    const refused = await tryToAnnounce();
    expect(refused.ok ? '' : refused.error.sentence).toMatch(/Still unconfirmed.*and \d+ more/);
  });

  test('a value that is changed is settled by that', async () => {
    const before = await open();
    const { definition, revision } = await house.summit('sp_summit_2024');
    const answer = await house.post(`${NEXT}/definition`, {
      ...postedFields(definitionTyping(definition)),
      'seats.planned': '45',
      revision: String(revision),
      do: 'save',
    });
    expect(answer.status).toBe(303);
    expect(await open()).toBe(before - 1);
  });

  test('a value is confirmed alone, once', async () => {
    const before = await open();
    await house.post(`${NEXT}/carried`, { 'path[]': 'venue.city' });
    expect(await open()).toBe(before - 1);
    await house.post(`${NEXT}/carried`, { 'path[]': 'venue.city' });
    const events = await house.db
      .selectFrom('event')
      .select('data')
      .where('kind', '=', 'summit.carried_confirmed')
      .execute();
    expect(events).toEqual([{ data: { confirmed: 1 } }]);
  });

  test('a section is confirmed at once; with the last one the summit can be announced', async () => {
    for (const section of [
      'basics',
      'place',
      'dates',
      'seats',
      'funding',
      'phases',
      'communities',
      'agreement',
      'meetings',
      'goals',
      'stay',
      'sections',
    ]) {
      await house.post(`${NEXT}/carried`, { section });
    }
    expect(await open()).toBe(0);
    expect((await house.app.request('/s/sp_summit_2024')).status).toBe(404);
    expect((await tryToAnnounce()).ok).toBe(true);
    expect((await house.app.request('/s/sp_summit_2024')).status).toBe(200);
    expect((await tryToAnnounce()).ok).toBe(false);
  });
});
