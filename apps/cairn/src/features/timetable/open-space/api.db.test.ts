import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import {
  MONDAY,
  type OpenSpaceWorld,
  openSpaceWorld,
} from '../../../../../../tests/open-space-world.ts';

let world: OpenSpaceWorld;
const tokens = { mei: '', grigor: '', ada: '', stranger: '' };
beforeAll(async () => {
  world = await openSpaceWorld();
  for (const who of ['mei', 'grigor', 'ada', 'stranger'] as const) {
    tokens[who] = await tokenOf(world, world[who]);
  }
});
afterAll(() => world.drop());

const at = '/api/v1/summits/sp_summit_2023';
const ask = async (
  who: keyof typeof tokens,
  method: string,
  path: string,
  json?: unknown,
): Promise<{ status: number; body: never }> => {
  const response = await world.app.request(
    `${at}${path}`,
    withToken(tokens[who], { method, json }),
  );
  const text = await response.text();
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as never };
};
const place = { date: MONDAY, starts: '10:00', room: 'blue' };

test('a place of open space is found, claimed, moved and left by the API', async () => {
  const free = await ask('mei', 'GET', `/timetable/free-places?minutes=60&date=${MONDAY}`);
  expect(free).toMatchObject({ status: 200 });
  expect(free.body).toMatchObject({ items: expect.arrayContaining([{ ...place, ends: '11:00' }]) });
  const claim = { ...place, title: 'Wheels', minutes: 60 };
  const claimed = await ask('mei', 'POST', '/timetable/open-space', claim);
  expect(claimed.status).toBe(201);
  const { id } = claimed.body as { id: string };

  const late = await ask('grigor', 'POST', '/timetable/open-space', { ...claim, title: 'Docs' });
  expect(late.status).toBe(409);
  expect(late.body).toMatchObject({
    code: 'place-taken',
    problems: [
      { code: 'place-taken' },
      { code: 'next-best', sentence: expect.stringContaining('Library at the same time') },
      { code: 'next-best', sentence: expect.stringContaining('Blue Room from 11:00') },
      { code: 'next-best' },
    ],
  });

  const far = { ...claim, topic: 4711, starts: '14:00' };
  expect((await ask('grigor', 'POST', '/timetable/open-space', far)).body).toMatchObject({
    code: 'no-such-topic',
  });
  const never = { ...claim, date: '2023-99-99' };
  expect((await ask('grigor', 'POST', '/timetable/open-space', never)).status).toBe(422);

  const words = { title: 'Wheels for all', text: 'Bring yours.' };
  const own = `/timetable/open-space/${id}`;
  expect((await ask('mei', 'PUT', own, words)).status).toBe(204);
  expect((await ask('grigor', 'PUT', own, words)).status).toBe(403);
  expect((await ask('mei', 'PUT', `${own}/place`, { ...place, room: 'quiet' })).status).toBe(204);
  expect((await ask('mei', 'PUT', `${own}/place`, { ...place, room: 'red' })).status).toBe(409);
  expect((await ask('grigor', 'GET', '/timetable/open-space')).body).toMatchObject({
    items: [{ id, ...words, room: 'quiet', starts: '10:00', by: world.mei, goers: [] }],
  });
  expect((await ask('grigor', 'DELETE', own)).status).toBe(403);
  expect((await ask('ada', 'DELETE', own)).status).toBe(204);
  expect((await ask('mei', 'DELETE', own)).status).toBe(404);
  expect((await ask('stranger', 'GET', '/timetable/open-space')).status).toBe(403);
  expect((await ask('mei', 'POST', '/timetable/open-space', { ...claim, title: ' ' })).status).toBe(
    422,
  );
});

test('a worklog is read and written by the API, and a save that is sent again counts once', async () => {
  world.at(MONDAY, '16:00');
  const path = `/worklog/${MONDAY}/packaging`;
  const save = { did: 'Wheels.', base_revision: 0, key: '0b6a8f1e-6d1b-4c3e-9a58-6f1c2f0e7a11' };
  const first = await ask('mei', 'PUT', path, save);
  expect(first).toMatchObject({
    status: 200,
    body: { revision: 1, did: 'Wheels.', merged: false },
  });
  expect((await ask('mei', 'PUT', path, save)).body).toMatchObject({ revision: 1 });
  const other = { next: 'Upload.', base_revision: 0 };
  expect((await ask('ada', 'PUT', path, other)).body).toMatchObject({
    ...{ revision: 2, did: 'Wheels.', next: 'Upload.', merged: true },
  });
  expect((await ask('grigor', 'PUT', path, other)).status).toBe(403);
  expect((await ask('mei', 'PUT', `/worklog/${MONDAY}/nobody`, save)).status).toBe(404);
  expect((await ask('mei', 'PUT', `/worklog/${MONDAY}/No`, save)).status).toBe(404);
  expect((await ask('mei', 'PUT', '/worklog/2023-99-99/docs', save)).status).toBe(404);
  expect((await ask('mei', 'GET', '/worklog/2023-02-30')).status).toBe(404);
  const read = await ask('grigor', 'GET', `/worklog/${MONDAY}`);
  expect(read.body).toMatchObject({
    items: [
      { subject: 'packaging', title: 'Packaging', revision: 2, did: 'Wheels.', planned: null },
      { subject: 'docs', revision: 0, did: '' },
    ],
  });
  expect((await ask('stranger', 'GET', `/worklog/${MONDAY}`)).status).toBe(403);
});
