import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  MONDAY,
  type OpenSpaceWorld,
  openSpaceWorld,
  TUESDAY,
} from '../../../../../../tests/open-space-world.ts';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';
import { openSessions } from '../release/current-queries.ts';

let world: OpenSpaceWorld;
const home = '/s/sp_summit_2023/timetable/open-space';
beforeAll(async () => {
  world = await openSpaceWorld();
});
afterAll(() => world.drop());
beforeEach(async () => {
  world.at(MONDAY, '09:00');
  await world.db.deleteFrom('openSession').execute();
});

const page = async (path: string, as: string) => {
  const response = await world.get(path, as);
  return { status: response.status, text: await response.text() };
};
const take = (as: string, over: Record<string, string | readonly string[]> = {}) =>
  world.post(
    home,
    {
      ...{ title: 'Wheels for all', text: '', topic: '', minutes: '60', size: '' },
      ...{ place: `${MONDAY}T10:00/blue` },
      ...over,
    },
    as,
  );
const standing = () => openSessions(world.db, world.summitId);

describe('the page of open space', () => {
  test('offers what is free of today, with a title that is there already', async () => {
    const { text } = await page(home, world.mei);
    expectIn(text, 'value="More on Packaging"');
    expectIn(text, `value="${MONDAY}T09:30/blue"`);
    expectNotIn(text, `value="${MONDAY}T10:00/red"`);
    expectNotIn(text, `value="${MONDAY}T12:00/`);
    expectNotIn(text, `value="${TUESDAY}`);
  });

  test('offers only rooms that do for what is needed, and the next day once this one is over', async () => {
    const { text } = await page(`${home}?minutes=30&size=8&needs=screen`, world.mei);
    expectIn(text, `value="${MONDAY}T14:00/red"`);
    expectNotIn(text, `/blue"`);
    world.at(MONDAY, '17:00');
    expectIn((await page(home, world.mei)).text, `value="${TUESDAY}T09:30/blue"`);
  });

  test('is for those who come', async () => {
    expect((await page(home, world.stranger)).status).toBe(404);
    expect((await world.post(home, { title: 'x' }, world.stranger)).status).toBe(404);
  });
});

describe('taking a place', () => {
  test('is one form, and shows who took it to those who come', async () => {
    const response = await take(world.mei);
    expect(response.status).toBe(303);
    const [session] = await standing();
    expect(response.headers.get('location')).toBe(`${home}?day=${MONDAY}#session-${session?.id}`);
    const { text } = await page(home, world.grigor);
    expectIn(text, 'Wheels for all');
    expectIn(text, 'Mei Lin');
    expectNotIn(text, `value="${MONDAY}T10:30/blue"`);
  });

  test('says in which session one is expected then', async () => {
    const response = await take(world.mei);
    expect(decodeURIComponent(response.headers.get('set-cookie') ?? '')).toContain(
      'You are expected in “Packaging” then.',
    );
  });

  test('that somebody else has taken comes with the next best, in one tap, and keeps all words', async () => {
    await take(world.grigor, { title: 'Docs' });
    const response = await take(world.mei, { text: 'Bring yours.' });
    expect(response.status).toBe(422);
    const text = await response.text();
    expectIn(text, '“Docs” is in Blue Room from 10:00 to 11:00');
    expectIn(text, 'Library at the same time, 4 places, without screen');
    expectIn(text, 'Blue Room from 11:00 to 12:00, 6 places');
    expectIn(text, 'Bring yours.');
    const next = await take(world.mei, { place: `${MONDAY}T11:00/blue`, text: 'Bring yours.' });
    expect(next.status).toBe(303);
  });

  test('without a title or a place is refused with a sentence, and keeps what was typed', async () => {
    const untitled = await take(world.mei, { title: ' ', text: 'Something' });
    expect(untitled.status).toBe(422);
    const text = await untitled.text();
    expectIn(text, 'Give it a title');
    expectIn(text, 'Something');
    const odd = [{ place: 'nowhere' }, { place: '' }, { minutes: 'x' }, { topic: '999999999999' }];
    for (const over of [...odd, { size: '-3' }, { place: `${MONDAY}T10:00/attic` }]) {
      expect((await take(world.mei, over)).status, JSON.stringify(over)).toBe(422);
    }
    expect(await standing()).toEqual([]);
  });
});

describe('a session of open space', () => {
  const taken = async (): Promise<string> => {
    await take(world.mei);
    const [session] = await standing();
    return `${home}/${session?.id}`;
  };

  test('is changed, moved and withdrawn by whoever put it there', async () => {
    const at = await taken();
    const changed = await world.post(
      at,
      { title: 'Wheels', text: 'All of *them*.', topic: '' },
      world.mei,
    );
    expect(changed.status).toBe(303);
    const { text } = await page(at, world.mei);
    expectIn(text, '<em>them</em>');
    expectIn(text, `value="${MONDAY}T10:00/quiet"`);
    expect((await world.post(at, { title: '' }, world.mei)).status).toBe(422);
    const moved = await world.post(`${at}/move`, { place: `${TUESDAY}T10:00/red` }, world.mei);
    expect(moved.headers.get('location')).toContain(`day=${TUESDAY}`);
    expect((await page(`${at}/withdraw`, world.mei)).status).toBe(200);
    expect((await world.post(`${at}/withdraw`, {}, world.mei)).status).toBe(303);
    expect(await standing()).toEqual([]);
    expect((await page(at, world.mei)).status).toBe(404);
  });

  test('is changed by nobody else, and removed by organisers', async () => {
    const at = await taken();
    expect((await world.post(at, { title: 'Mine' }, world.grigor)).status).toBe(422);
    expect((await world.post(`${at}/withdraw`, {}, world.grigor)).status).toBe(404);
    expect((await page(`${at}/withdraw`, world.grigor)).status).toBe(404);
    const { text } = await page(`${at}/withdraw`, world.ada);
    expectIn(text, 'Mei Lin put it there');
    expect((await world.post(`${at}/withdraw`, {}, world.ada)).status).toBe(303);
    expect(await standing()).toEqual([]);
  });

  test('is joined and left by a tap', async () => {
    const at = await taken();
    expect((await world.post(`${at}/join`, {}, world.grigor)).status).toBe(303);
    const joined = await page(home, world.mei);
    expectIn(joined.text, 'with Grigor');
    expectIn(joined.text, '2 of 6 places');
    await world.post(`${at}/leave`, {}, world.grigor);
    expectNotIn((await page(home, world.mei)).text, 'with Grigor');
  });

  test('says when a later release collides with it', async () => {
    const at = await taken();
    const [session] = world.content.sessions;
    if (session === undefined) throw new Error('the release has a session');
    await world.release(2, {
      ...world.content,
      sessions: [{ ...session, roomId: world.rooms.blue }],
    });
    const { text } = await page(at, world.mei);
    expectIn(text, 'where “Packaging” is');
    await world.db.deleteFrom('timetableRelease').where('version', '=', 2).execute();
  });
});
