import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { addressOf, seedDefinition, storePerson, storeSummit } from '../../../../tests/summit.ts';
import { readConfig } from '../config.ts';
import { keepDemoClock } from '../demo/clock.ts';
import { SettableClock, systemClock } from '../platform/clock/clock.ts';
import { openKysely } from '../platform/db/database.ts';
import { startServer } from './serve.ts';

let database: TestDatabase;
let dataDir: string;

beforeAll(async () => {
  database = await cloneDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'cairn-serve-'));
});
afterAll(async () => {
  await database.drop();
  await rm(dataDir, { recursive: true, force: true });
});

test('no administrator is made in a demo, which would be wiped with it', async () => {
  const db = openKysely(database.pool);
  await keepDemoClock(db, new SettableClock(systemClock, new Temporal.Duration()));
  const config = expectOk(
    readConfig({
      CAIRN_DATA: dataDir,
      DATABASE_URL: database.connectionString,
      CAIRN_ADMIN: 'ada@example.org',
      PORT: '0',
    }),
  );
  const started = await startServer(config, { withWorker: false, say: () => undefined });
  expect(started.ok ? 'started' : started.error.code).toBe('demo-has-no-administrator');
  expect(await db.selectFrom('person').select('id').execute()).toEqual([]);
});

test('stops at once although a page listens to what others write', async () => {
  const own = await cloneDatabase();
  const config = expectOk(
    readConfig({
      CAIRN_DATA: dataDir,
      DATABASE_URL: own.connectionString,
      CAIRN_ADMIN: 'root@example.org',
      PORT: '0',
    }),
  );
  const served = expectOk(await startServer(config, { withWorker: false, say: () => undefined }));
  const { services, auth } = served.installation;
  const { planning_meetings: meetings } = seedDefinition();
  const list = [{ key: 'call', title: 'A call', starts: '2023-02-27T09:00', tracks: [] }];
  const summit = await storeSummit(services.db, { planning_meetings: { ...meetings, list } });
  await storePerson(services.db, 'Ada Byron', { summitId: summit.id, role: 'participant' });
  const { setCookies } = await auth.startSession({
    email: addressOf('Ada Byron'),
    name: 'Ada Byron',
    method: 'test',
    headers: new Headers(),
  });
  const cookie = setCookies.map((each) => each.split(';')[0]).join('; ');
  const stream = await fetch(`${served.address}/s/${summit.slug}/meetings/call/live/notes`, {
    headers: { cookie },
  });
  const reader = stream.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain('retry: 3000');
  await served.close();
  const rest = async (): Promise<string> =>
    (await reader?.read())?.done === true ? 'over' : rest();
  expect(await rest()).toBe('over');
  await own.drop();
});
