import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  MONDAY,
  type OpenSpaceWorld,
  openSpaceWorld,
  TUESDAY,
} from '../../../../../../tests/open-space-world.ts';
import { TEST_URL } from '../../../../../../tests/services.ts';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';

let world: OpenSpaceWorld;
const home = '/s/sp_summit_2023/worklog';
beforeAll(async () => {
  world = await openSpaceWorld();
});
afterAll(() => world.drop());
beforeEach(async () => {
  world.at(MONDAY, '16:00');
  await world.db.deleteFrom('worklogRevision').execute();
  await world.db.deleteFrom('worklogEntry').execute();
  await world.db.deleteFrom('openSession').execute();
});

const page = async (path: string, as: string) => {
  const response = await world.get(path, as);
  return { status: response.status, text: await response.text() };
};
const write = (as: string, fields: Record<string, string>, key = 'packaging', date = MONDAY) =>
  world.post(`${home}/${date}/${key}`, { base: '0', ...fields }, as);
const send = (as: string, body: unknown, key = 'packaging') =>
  world.app.request(`${home}/${MONDAY}/${key}`, {
    method: 'POST',
    headers: { origin: TEST_URL, 'content-type': 'application/json', 'x-test-person': as },
    body: JSON.stringify(body),
  });

describe('the worklog of a day', () => {
  test('has the form of one’s own group, and the words of the others', async () => {
    await write(world.grigor, { did: 'Wrote *docs*.' }, 'docs');
    const { text } = await page(home, world.mei);
    expectIn(text, `action="${home}/${MONDAY}/packaging"`);
    expectNotIn(text, `action="${home}/${MONDAY}/docs"`);
    expectIn(text, 'Wrote <em>docs</em>.');
    expectIn(text, 'Written by Grigor.');
    expectNotIn(text, `href="${home}/${MONDAY}/docs"`);
    expectIn((await page(home, world.ada)).text, `href="${home}/${MONDAY}/docs"`);
  });

  test('is for those who come', async () => {
    for (const path of ['', `/${MONDAY}`, `/${MONDAY}/packaging`, `/${MONDAY}/check-in`]) {
      expect((await page(`${home}${path}`, world.stranger)).status).toBe(404);
    }
    expect((await write(world.stranger, { did: 'x' })).status).toBe(404);
  });

  test('is there for the days of the summit only, and says what there is to come', async () => {
    expect((await page(`${home}/2023-06-01`, world.mei)).status).toBe(404);
    expect((await page(`${home}/${MONDAY}/nobody`, world.mei)).status).toBe(404);
    expect((await page(`${home}/${MONDAY}/Not-a-key`, world.mei)).status).toBe(404);
    expect((await write(world.mei, { did: 'x' }, 'nobody')).status).toBe(404);
    for (const path of ['2023-99-99/check-in/live-news', '2023-99-99/docs', '2023-99-99']) {
      expect((await page(`${home}/${path}`, world.mei)).status).toBe(404);
    }
    const early = await page(`${home}/${TUESDAY}`, world.mei);
    expect(early.status).toBe(200);
    expectNotIn(early.text, '<textarea');
  });
});

describe('writing', () => {
  test('by form goes on to the day, and merges with what others wrote since', async () => {
    const saved = await write(world.mei, { did: 'Wheels.', links: 'https://example.org/1' });
    expect(saved.headers.get('location')).toBe(`${home}/${MONDAY}#packaging`);
    const late = await write(world.ada, { did: 'Signing.' });
    expect(decodeURIComponent(late.headers.get('set-cookie') ?? '')).toContain(
      'Others wrote at the same time',
    );
    const { text } = await page(`${home}/${MONDAY}`, world.grigor);
    for (const words of ['Wheels.', 'Signing.', 'href="https://example.org/1"']) {
      expectIn(text, words);
    }
  });

  test('what cannot be saved comes back with all that was typed', async () => {
    const refused = await write(world.mei, { blocked: 'x'.repeat(20_001), did: 'Wheels.' });
    expect(refused.status).toBe(422);
    const text = await refused.text();
    expectIn(text, 'This is longer than 20,000 characters');
    expectIn(text, 'Wheels.</textarea>');
    for (const odd of [{ base: 'x' }, { base: '-1' }, { base: '7' }, { did: ' ' }]) {
      expect((await write(world.mei, { did: 'y', ...odd })).status, JSON.stringify(odd)).toBe(422);
    }
    const notIn = await write(world.grigor, { did: 'Typed in vain?' });
    expect(notIn.status).toBe(422);
    expectIn(await notIn.text(), 'Typed in vain?</textarea>');
  });

  test('by script is answered in JSON, and counts once by its key', async () => {
    const key = '0b6a8f1e-6d1b-4c3e-9a58-6f1c2f0e7a11';
    const first = await send(world.mei, { did: 'Offline.', base: 0, key });
    expect(await first.json()).toMatchObject({ revision: 1, words: { did: 'Offline.' } });
    const again = await send(world.mei, { did: 'Offline.\nMore.', base: 0, key });
    expect(await again.json()).toMatchObject({ revision: 2, words: { did: 'Offline.\nMore.' } });
    const refused = await send(world.grigor, { did: 'x', base: 0 });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({ problem: expect.stringContaining('Packaging') });
    for (const odd of [null, 7, [], { base: 0, did: { a: 1 } }]) {
      expect((await send(world.mei, odd)).status).toBe(422);
    }
  });
});

describe('a check-in', () => {
  test('shows what each planned the day before, and what came of it', async () => {
    await write(world.mei, { did: 'Wheels.', next: 'Upload them.' });
    world.at(TUESDAY, '16:30');
    await write(world.mei, { did: 'Uploaded.', blocked: 'Keys.' }, 'packaging', TUESDAY);
    const { text } = await page(`${home}/${TUESDAY}/check-in`, world.grigor);
    for (const words of ['Upload them.', 'Uploaded.', 'Keys.']) expectIn(text, words);
    expectIn(text, 'Nothing is written on this day by Documentation.');
    expectNotIn(text, 'Wheels.');
  });

  test('goes from one to the next by projector', async () => {
    const first = await page(`${home}/${MONDAY}/check-in/packaging?look=dark`, world.mei);
    expectIn(first.text, 'data-look="dark"');
    expectIn(first.text, '1 of 2');
    expectIn(first.text, `rel="next" href="${home}/${MONDAY}/check-in/docs?look=dark"`);
    expect((await page(`${home}/${MONDAY}/check-in/nobody`, world.mei)).status).toBe(404);
    expect((await page(`${home}/2023-06-01/check-in`, world.mei)).status).toBe(404);
  });
});

test('a session in open space has an entry that everybody who comes may write', async () => {
  const claimed = await world.post(
    '/s/sp_summit_2023/timetable/open-space',
    { title: 'Sparse arrays', minutes: '30', place: `${MONDAY}T16:00/blue`, text: '', topic: '' },
    world.grigor,
  );
  expect(claimed.status).toBe(303);
  const id = /#session-(.*)$/.exec(claimed.headers.get('location') ?? '')?.[1] ?? '';
  expect((await write(world.mei, { did: 'Agreed.' }, `session-${id}`)).status).toBe(303);
  expectIn((await page(home, world.grigor)).text, 'Sparse arrays');
  await world.post(`/s/sp_summit_2023/timetable/open-space/${id}/withdraw`, {}, world.grigor);
  const { text } = await page(home, world.mei);
  expectIn(text, 'Sparse arrays');
  expectIn(text, 'Agreed.');
});
