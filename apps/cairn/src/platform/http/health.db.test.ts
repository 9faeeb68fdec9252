import { afterAll, beforeAll, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../tests/database.ts';
import { testServices, visitorFromHeader } from '../../../../../tests/services.ts';
import { createApp } from '../../app.tsx';
import { openKysely } from '../db/database.ts';
import { createPool } from '../db/open.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await cloneDatabase();
});
afterAll(() => database.drop());

function appOn(pool: TestDatabase['pool'], metricsToken?: string) {
  const db = openKysely(pool);
  return createApp(testServices(db), visitorFromHeader(db), undefined, { metricsToken });
}

/** A request over a connection from this address. */
const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } });

test('a process that answers is alive and, with its database, ready', async () => {
  const app = appOn(database.pool);
  expect((await app.request('/healthz')).status).toBe(200);
  const ready = await app.request('/readyz');
  expect([ready.status, await ready.json()]).toEqual([200, { ready: true }]);
});

test('without its database a process is alive and not ready, and says why', async () => {
  const pool = createPool('postgresql://nobody@127.0.0.1:1/none', 1);
  const app = appOn(pool);
  expect((await app.request('/healthz')).status).toBe(200);
  const ready = await app.request('/readyz');
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ ready: false, code: 'database-unreachable' });
  await pool.end();
});

test('a database of a newer Cairn is not ours to serve', async () => {
  await database.pool.query(`insert into cairn_migration (name, sha256) values ('9999_next', 'x')`);
  const ready = await appOn(database.pool).request('/readyz');
  await database.pool.query(`delete from cairn_migration where name = '9999_next'`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ code: 'database-of-newer-cairn' });
});

test('metrics count by route and never by address', async () => {
  const app = appOn(database.pool);
  await app.request('/s/some_summit/me/invitation');
  await app.request('/i/a-secret-of-somebody');
  const answer = await app.request('/metrics', {}, from('127.0.0.1'));
  expect(answer.headers.get('content-type')).toContain('text/plain');
  const text = await answer.text();
  expect(text).toContain('route="/i/:secret"');
  expect(text).not.toContain('a-secret-of-somebody');
  for (const name of [
    'cairn_http_request_duration_seconds_bucket',
    'cairn_jobs{state="waiting"} 0',
    'cairn_jobs{state="failed"} 0',
    'cairn_events 0',
    'process_resident_memory_bytes',
  ]) {
    expect(text).toContain(name);
  }
});

test('without a token this machine alone may read the metrics, and no proxy in its name', async () => {
  const app = appOn(database.pool);
  const ask = async (address: string, headers: Record<string, string> = {}) =>
    (await app.request('/metrics', { headers }, from(address))).status;
  expect(await ask('127.0.0.1')).toBe(200);
  expect(await ask('::1')).toBe(200);
  expect(await ask('203.0.113.9')).toBe(403);
  expect(await ask('127.0.0.1', { 'x-forwarded-for': '203.0.113.9' })).toBe(403);
  expect((await app.request('/metrics')).status).toBe(403);
});

test('with a token whoever shows it may read the metrics, and nobody else', async () => {
  const app = appOn(database.pool, 'sixteen-letters-x');
  const ask = async (address: string, headers: Record<string, string> = {}) =>
    (await app.request('/metrics', { headers }, from(address))).status;
  expect(await ask('203.0.113.9', { authorization: 'Bearer sixteen-letters-x' })).toBe(200);
  expect(await ask('203.0.113.9', { authorization: 'Bearer sixteen-letters-y' })).toBe(403);
  expect(await ask('127.0.0.1')).toBe(403);
});
