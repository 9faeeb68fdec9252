import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../tests/database.ts';
import { openKysely } from '../db/database.ts';
import type { AppEnv } from '../http/env.ts';
import { type Live, openLive } from './live.ts';
import { publish } from './publish.ts';
import { type LiveMessage, streamLive } from './stream.ts';

/** Waits for what other processes cause, on a busy machine too. */
const eventually = <T>(look: () => T | Promise<T>): Promise<T> =>
  vi.waitFor(look, { timeout: 15_000 });

let database: TestDatabase;
let live: Live;
let stored = 3;
let mayRead = true;

beforeAll(async () => {
  database = await cloneDatabase();
  live = openLive(database.pool);
});
afterAll(async () => {
  live.close();
  await database.drop();
});

const app = new Hono<AppEnv>().get('/stream', (c) =>
  streamLive(c, live, {
    channel: 'text',
    key: c.req.query('who') ?? 'ada',
    since: 0,
    load: async (since): Promise<LiveMessage | 'over' | undefined> => {
      if (!mayRead) return 'over';
      return since < stored ? { id: stored, data: { revision: stored } } : undefined;
    },
    tellPresent: async (keys) => keys,
  }),
);

/** Reads a stream into a text that grows. */
async function follow(query = '', headers: Record<string, string> = {}) {
  const response = await app.request(`/stream${query}`, { headers });
  const reader = response.body?.getReader();
  const seen = { text: '', isOver: false };
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) break;
      seen.text += decoder.decode(value);
    }
    seen.isOver = true;
  };
  read().catch(() => undefined);
  return { response, seen, leave: () => reader?.cancel() };
}

const change = async (): Promise<void> => {
  stored += 1;
  await openKysely(database.pool)
    .transaction()
    .execute((tx) => publish(tx, 'text'));
};

test('a stream tells what is new, then what changes, with ids to come back by', async () => {
  const { response, seen, leave } = await follow();
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  await eventually(() =>
    expect(seen.text).toContain('id: 3\nevent: text\ndata: {"revision":3}\n\n'),
  );
  await eventually(() => expect(seen.text).toContain('event: here\ndata: ["ada"]\n\n'));
  await change();
  await eventually(() => expect(seen.text).toContain('id: 4\nevent: text\n'));
  await leave();
  await eventually(() => expect(live.count()).toBe(0));
});

test('a browser that comes back is told only what it missed', async () => {
  const { seen, leave } = await follow('?who=grigor', { 'last-event-id': String(stored) });
  await eventually(() => expect(seen.text).toContain('event: here'));
  expect(seen.text).not.toContain('event: text');
  await change();
  await eventually(() => expect(seen.text).toContain(`id: ${stored}\n`));
  await leave();
});

test('one person opens only so many streams', async () => {
  const streams = await Promise.all(Array.from({ length: 20 }, () => follow('?who=mei')));
  const refused = await app.request('/stream?who=mei');
  expect([refused.status, await refused.text()]).toEqual([
    429,
    'Too many pages are open; close some.\n',
  ]);
  for (const { leave } of streams) await leave();
  expect(live.count('mei')).toBe(0);
});

test('a stream ends when its reader may read no longer, and when the process stops', async () => {
  const one = await follow();
  await eventually(() => expect(one.seen.text).toContain('event: text'));
  mayRead = false;
  await change();
  await eventually(() => expect(one.seen.isOver).toBe(true));
  mayRead = true;
  const other = await follow();
  await eventually(() => expect(other.seen.text).toContain('event: text'));
  live.close();
  await eventually(() => expect(other.seen.isOver).toBe(true));
  expect(live.count()).toBe(0);
});

test('who asks for the head of the answer alone is given no place, which nobody would leave again', async () => {
  const before = live.count();
  const head = await app.request('/stream?who=nobody', { method: 'HEAD' });
  expect(head.status).toBe(200);
  expect(live.count()).toBe(before);
});
