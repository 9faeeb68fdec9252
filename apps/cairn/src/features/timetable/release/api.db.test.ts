import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import {
  openReleasingHouse,
  type ReleasingHouse,
} from '../../../../../../tests/timetable-releases.ts';

let house: ReleasingHouse;
let ada: string;
let mira: string;

beforeAll(async () => {
  house = await openReleasingHouse();
  ada = await tokenOf(house, house.world.ada);
  mira = await tokenOf(house, house.world.people['Mira'] ?? '');
});
afterAll(() => house.drop());

const call = async (method: string, path: string, token?: string, json?: unknown) => {
  const answer = await house.app.request(
    `/api/v1/summits/sp_summit_2023/timetable${path}`,
    withToken(token, { method, json }),
  );
  return [answer.status, (await answer.json()) as Record<string, unknown>] as const;
};

test('A program looks at a draft, releases it, and reads what holds and what changed.', async () => {
  const { draftId: draft, sessions } = house.world;
  expect(await call('GET', '')).toMatchObject([404, { code: 'no-timetable' }]);
  expect((await call('GET', `/preview?draft=${draft}`, mira))[0]).toBe(403);
  const [, preview] = await call('GET', `/preview?draft=${draft}`, ada);
  expect(preview).toMatchObject({ draft, version: 1, sessions: 3 });
  expect((preview['told'] as { name: string }[]).map(({ name }) => name)).toContain('Mira Example');

  const body = { draft, name: 'First', seen: preview['revision'] };
  expect((await call('POST', '/versions', mira, body))[0]).toBe(403);
  expect(await call('POST', '/versions', ada, { ...body, seen: 99 })).toMatchObject([
    409,
    { code: 'changed-meanwhile' },
  ]);
  expect(await call('POST', '/versions', ada, body)).toEqual([201, { version: 1 }]);

  const arrays = expect.objectContaining({
    ...{ id: sessions.arrays1, date: '2023-05-22', starts: '10:00', ends: '11:30' },
    ...{ room: 'studio', group: 'arrays', topic: 1, affected: false },
  });
  const [, strangers] = await call('GET', '');
  expect(strangers).toMatchObject({ version: 1, sessions: expect.arrayContaining([arrays]) });
  expect(JSON.stringify(strangers)).not.toContain('Mira');
  expect(JSON.stringify(strangers)).not.toContain(house.world.people['Mira']);
  const [, members] = await call('GET', '', mira);
  expect(JSON.stringify(members)).toContain('Mira Example');

  await house.place('docs', { date: '2023-05-23', starts: '13:00', room: 'studio' });
  expect((await call('POST', '/versions', ada, { draft, name: 'Second' }))[0]).toBe(201);
  expect(await call('GET', '/versions/2')).toMatchObject([
    200,
    {
      name: 'Second',
      changes: [
        {
          ...{ what: 'session', kind: 'moved', title: 'Documentation themes' },
          from: { date: '2023-05-23', starts: '09:30', room: 'library' },
          to: { date: '2023-05-23', starts: '13:00', room: 'studio' },
        },
      ],
    },
  ]);
  const [, versions] = await call('GET', '/versions');
  expect(versions['items']).toMatchObject([{ version: 2 }, { version: 1 }]);
});
