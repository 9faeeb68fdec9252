import type { Hono } from 'hono';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { storeRelease } from '../../../../../../tests/released-timetable.ts';
import { testServices, visitorFromHeader } from '../../../../../../tests/services.ts';
import { storeSummit } from '../../../../../../tests/summit.ts';
import { createApp } from '../../../app.tsx';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import type { AppEnv } from '../../../platform/http/env.ts';
import { createBroadcasts } from '../../../platform/live/broadcast.ts';
import { type Live, openLive } from '../../../platform/live/live.ts';
import { publish } from '../../../platform/live/publish.ts';

const eventually = <T>(look: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: 15_000 });

let database: TestDatabase;
let db: Db;
let live: Live;
let app: Hono<AppEnv>;
let summitId = '';
let home = '';
let roomId = '';

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
  live = openLive(database.pool);
  const broadcasts = createBroadcasts(live, 10);
  app = createApp(testServices(db, { live, broadcasts }), visitorFromHeader(db));
  const summit = await storeSummit(db, { slug: 'live_2023' });
  summitId = summit.id;
  home = `/s/${summit.slug}/timetable`;
  const { rooms } = await storeRelease(db, summitId, {
    zone: 'UTC',
    days: ['2023-05-22'],
    rooms: [{ key: 'hall', name: 'Hall' }],
    sessions: [
      { title: 'Wheels', date: '2023-05-22', starts: '09:30', ends: '11:00', room: 'hall' },
    ],
  });
  roomId = rooms.get('hall') ?? '';
});
afterAll(async () => {
  live.close();
  await database.drop();
});

test('who has the timetable is told only what changed, when it is committed', async () => {
  const { stamp } = JSON.parse(await (await app.request(`${home}/now.json`)).text());
  const response = await app.request(`${home}/now/live?since=${stamp}`);
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const reader = response.body?.getReader();
  let heard = '';
  const read = async (): Promise<void> => {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) break;
      heard += new TextDecoder().decode(value);
    }
  };
  void read().catch(() => undefined);
  // It listens once a connection of the database was seen to do so.
  await eventually(async () => {
    const { rows } = await database.pool.query(
      `select from pg_stat_activity where datname = current_database() and query ilike 'listen %'`,
    );
    expect(rows).toHaveLength(1);
  });
  expect(heard).not.toContain('event:');
  await db.transaction().execute(async (tx) => {
    const closure = {
      roomId,
      date: '2023-05-22',
      starts: '10:00',
      ends: '12:00',
      reason: 'secret',
    };
    await tx.insertInto('roomClosure').values(closure).execute();
    await publish(tx, `timetable:${summitId}`);
  });
  await eventually(() => expect(heard).toContain('event:'));
  expect(heard).toContain('event: change');
  expect(heard).toContain('"closed":[{"room":"hall"');
  expect(heard).not.toContain('Wheels');
  expect(heard).not.toContain('secret');
  await reader?.cancel();
});
