import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
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
