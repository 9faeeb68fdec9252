import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AppEnv } from '../http/env.ts';
import { type Broadcasts, createBroadcasts, type News } from './broadcast.ts';
import type { Live, Subscriber } from './live.ts';

interface Count extends News {
  readonly count: number;
}

/** A live side that says something when the test says so. */
class ToldLive implements Live {
  readonly subscribers = new Set<Subscriber>();
  readonly closers = new Set<() => void>();
  subscribe(_channel: string, _key: string, subscriber: Subscriber) {
    this.subscribers.add(subscriber);
    return { present: () => [], end: () => this.subscribers.delete(subscriber) };
  }
  count() {
    return this.subscribers.size;
  }
  onClose(end: () => void) {
    this.closers.add(end);
    return () => this.closers.delete(end);
  }
  close() {
    for (const end of [...this.closers]) end();
  }
  happen() {
    for (const { happened } of [...this.subscribers]) happened();
  }
}

let live: ToldLive;
let broadcasts: Broadcasts;
let count: number;
let loads: number;
let app: Hono<AppEnv>;

beforeEach(() => {
  vi.useFakeTimers();
  live = new ToldLive();
  broadcasts = createBroadcasts(live, 10);
  count = 1;
  loads = 0;
  app = new Hono<AppEnv>().get('/news', (c) =>
    broadcasts.listen<Count>(
      c,
      {
        channel: 'count',
        load: async () => {
          loads += 1;
          return { id: `at-${count}`, count };
        },
        whole: (state) => state.count,
        change: (before, now) => now.count - before.count,
      },
      {
        since: c.req.query('since'),
        isKnown: c.req.query('known') !== undefined,
        from: c.req.query('from'),
      },
    ),
  );
});
afterEach(() => {
  live.close();
  vi.useRealTimers();
});

/** Lets everything happen that is due within so long. */
const pass = (milliseconds = 1_000) => vi.advanceTimersByTimeAsync(milliseconds);

async function listen(query = '', headers: Record<string, string> = {}) {
  const response = await app.request(`/news${query}`, { headers });
  const reader = response.body?.getReader();
  const heard: { text: string; chunks: Uint8Array[]; isOver: boolean } = {
    text: '',
    chunks: [],
    isOver: false,
  };
  const read = async (): Promise<void> => {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done || value === undefined) break;
      heard.chunks.push(value);
      heard.text += new TextDecoder().decode(value);
    }
    heard.isOver = true;
  };
  void read().catch(() => undefined);
  await pass();
  return { response, heard, leave: () => reader?.cancel() };
}

describe('a broadcast', () => {
  test('tells who comes everything, and then what changed', async () => {
    const { response, heard } = await listen();
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(heard.text).toContain('id: at-1\nevent: whole\ndata: 1\n\n');
    count = 4;
    live.happen();
    await pass();
    expect(heard.text).toContain('id: at-4\nevent: change\ndata: 3\n\n');
    // And nothing twice.
    expect(heard.text.match(/event:/g)).toHaveLength(2);
  });

  test('loads once for a change however many listen, and tells them the very same bytes', async () => {
    const all = await Promise.all(Array.from({ length: 9 }, () => listen()));
    const before = loads;
    count = 2;
    live.happen();
    await pass();
    expect(loads).toBe(before + 1);
    const last = all.map(({ heard }) => heard.chunks.at(-1));
    expect(new Set(last).size).toBe(1);
    expect(live.count()).toBe(1);
  });

  test('tells several changes in a row as one', async () => {
    const { heard } = await listen();
    const before = loads;
    for (count = 2; count < 49; count += 1) live.happen();
    live.happen();
    await pass();
    expect(loads - before).toBeLessThanOrEqual(2);
    expect(heard.text.match(/event: change/g)?.length).toBeLessThanOrEqual(2);
    expect(heard.text).toContain('id: at-49\nevent: change');
  });

  test('tells nothing to who has it already, and everything to who missed some', async () => {
    const first = await listen('?since=at-1');
    expect(first.heard.text).not.toContain('event');
    count = 2;
    live.happen();
    await pass();
    const back = await listen('', { 'last-event-id': 'at-1' });
    expect(back.heard.text).toContain('event: whole\ndata: 2');
    const current = await listen('?since=at-1', { 'last-event-id': 'at-2' });
    expect(current.heard.text).not.toContain('event');
    expect(first.heard.text).toContain('event: change\ndata: 1');
  });

  test('says now and then that it is there, and looks anew when it does', async () => {
    const { heard } = await listen();
    count = 5;
    await pass(26_000);
    expect(heard.text).toContain(': here\n\n');
    expect(heard.text).toContain('event: change\ndata: 4');
  });

  test('drops who takes nothing, and holds up nobody for them', async () => {
    await app.request('/news');
    const { heard } = await listen();
    expect(broadcasts.count()).toBe(2);
    await pass(10 * 26_000);
    expect(broadcasts.count()).toBe(1);
    expect(heard.isOver).toBe(false);
  });

  test('spreads those who come back after it was lost', async () => {
    const waits = new Set<string>();
    for (let turn = 0; turn < 9; turn += 1) {
      const { heard } = await listen();
      const [, wait = ''] = /^retry: (\d+)$/m.exec(heard.text) ?? [];
      expect(Number(wait)).toBeGreaterThanOrEqual(2_000);
      waits.add(wait);
    }
    expect(waits.size).toBeGreaterThan(3);
  });

  test('takes no more listeners than it may, and keeps the last places for who signed in', async () => {
    for (let turn = 0; turn < 9; turn += 1) await listen();
    const refused = await listen();
    expect(refused.response.status).toBe(429);
    expect(refused.response.headers.get('retry-after')).toBe('60');
    expect((await listen('?known')).response.status).toBe(200);
    expect((await listen('?known')).response.status).toBe(429);
  });

  test('lets nobody take the places of all: one network has a quarter of them, until it leaves', async () => {
    const crowd = [];
    for (let turn = 0; turn < 3; turn += 1) crowd.push(await listen('?from=192.0.2.0/24'));
    expect((await listen('?from=192.0.2.0/24')).response.status).toBe(429);
    expect((await listen('?from=198.51.100.0/24')).response.status).toBe(200);
    await crowd[0]?.leave();
    expect((await listen('?from=192.0.2.0/24')).response.status).toBe(200);
  });

  test('gives no place to who asks for the head of the answer alone', async () => {
    const head = await app.request('/news', { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(broadcasts.count()).toBe(0);
  });

  test('ends with the process, and needs nothing when nobody listens', async () => {
    const { leave } = await listen();
    await leave();
    await pass();
    expect(live.count()).toBe(0);
    const { heard } = await listen();
    live.close();
    await pass();
    expect(heard.isOver).toBe(true);
    expect(broadcasts.count()).toBe(0);
  });
});
