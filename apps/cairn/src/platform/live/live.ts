/**
 * What goes on in other processes, while it goes on. Each process holds one connection that listens,
 * from its first subscriber to its last; `publish` speaks to all of them. Nothing here is kept: a
 * subscriber is told that something happened, and told to look anew after a connection was lost, since
 * it may have missed something. Where notifications do not come through (a connection pool that
 * changes servers between statements), streams still look at every heartbeat.
 *
 * Who is here is known the same way: every process says at each change, and now and then, whom it
 * has on a channel. One that dies is forgotten after a minute.
 */
import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { z } from 'zod';
import { createListener } from './listener.ts';
import { createElsewhere, distinct } from './presence.ts';
import { DATABASE_CHANNEL } from './publish.ts';

/** What a subscriber is told. */
export interface Subscriber {
  /** Something happened on the channel, or may have while nobody listened. */
  readonly happened: () => void;
  /** Others came or went. */
  readonly presenceChanged: () => void;
}

export interface Subscription {
  /** The keys of all who are on the channel, in any process, each once. */
  present(): readonly string[];
  end(): void;
}

/** The live side of one process. */
export interface Live {
  /** `key` is who subscribes: a person's id. */
  subscribe(channel: string, key: string, subscriber: Subscriber): Subscription;
  /** How many subscribe, in this process: all of them, or under one key. */
  count(key?: string): number;
  /** Calls `end` when this process stops, until what it returns is called. */
  onClose(end: () => void): () => void;
  /** Ends every stream and stops listening. */
  close(): void;
}

const payloadSchema = z.object({
  channel: z.string(),
  /** Whom a process has there; one that `asks` wants to be told the same by the others. */
  here: z.object({ node: z.string(), keys: z.array(z.string()), asks: z.boolean() }).optional(),
});

/** What was said; undefined for what no process of ours says. */
function readPayload(text: string): z.output<typeof payloadSchema> | undefined {
  try {
    return payloadSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** For a process that answers no browser: tells nobody anything, and needs no connection. */
export const silentLive: Live = {
  subscribe: () => ({ present: () => [], end: () => undefined }),
  count: () => 0,
  onClose: () => () => undefined,
  close: () => undefined,
};

/** A process says again whom it has before the others forget it. */
const SAY_AGAIN_MS = 25_000;
const FORGET_AFTER_MS = 60_000;

/** The live side of a process on this pool. It holds no connection until somebody subscribes. */
export function openLive(pool: pg.Pool): Live {
  const node = randomUUID();
  const channels = new Map<string, Set<Subscriber & { readonly key: string }>>();
  const elsewhere = createElsewhere();
  const closers = new Set<() => void>();
  let again: NodeJS.Timeout | undefined;
  let isClosed = false;

  const on = (channel: string) => [...(channels.get(channel) ?? [])];
  const all = () => [...channels.keys()].flatMap(on);
  const own = (channel: string): string[] => distinct(on(channel).map(({ key }) => key));

  const say = (channel: string, asks: boolean): void => {
    const payload = JSON.stringify({ channel, here: { node, keys: own(channel), asks } });
    // Presence is a courtesy: what cannot be said now is said again soon.
    pool.query('select pg_notify($1, $2)', [DATABASE_CHANNEL, payload]).catch(() => undefined);
  };
  const tellPresence = (channel: string, except?: Subscriber): void => {
    for (const each of on(channel)) if (each !== except) each.presenceChanged();
  };

  const listener = createListener(pool, {
    heard: (payload) => {
      const heard = readPayload(payload);
      if (heard === undefined) return;
      const { channel, here } = heard;
      if (here === undefined) for (const { happened } of on(channel)) happened();
      if (here === undefined || here.node === node || !channels.has(channel)) return;
      if (elsewhere.note(channel, here.node, here.keys, Date.now())) tellPresence(channel);
      if (here.asks) say(channel, false);
    },
    begun: () => {
      for (const { happened } of all()) happened();
      for (const channel of channels.keys()) say(channel, true);
    },
  });

  const sayAgain = (): void => {
    for (const channel of elsewhere.forgetBefore(Date.now() - FORGET_AFTER_MS)) {
      tellPresence(channel);
    }
    for (const channel of channels.keys()) say(channel, false);
  };

  const rest = (): void => {
    clearInterval(again);
    again = undefined;
    listener.stop();
  };

  return {
    subscribe(channel, key, subscriber) {
      const entry = { ...subscriber, key };
      const isFirst = !channels.has(channel);
      const set = channels.get(channel) ?? new Set();
      channels.set(channel, set.add(entry));
      again ??= setInterval(sayAgain, SAY_AGAIN_MS).unref();
      if (listener.isListening) say(channel, isFirst);
      else listener.start();
      tellPresence(channel, entry);
      return {
        present: () => distinct([...own(channel), ...elsewhere.keysOn(channel)]),
        end: () => {
          if (!set.delete(entry)) return;
          if (set.size === 0) {
            channels.delete(channel);
            elsewhere.leave(channel);
          }
          tellPresence(channel);
          if (listener.isListening) say(channel, false);
          if (channels.size === 0) rest();
        },
      };
    },
    count: (key) =>
      key === undefined ? all().length : all().filter((each) => each.key === key).length,
    onClose: (end) => {
      // A request that was at hand when the process began to stop.
      if (isClosed) end();
      else closers.add(end);
      return () => closers.delete(end);
    },
    close: () => {
      isClosed = true;
      for (const end of [...closers]) end();
      rest();
    },
  };
}
