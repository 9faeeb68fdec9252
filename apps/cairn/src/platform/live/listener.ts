import type pg from 'pg';
import { DATABASE_CHANNEL } from './publish.ts';

const SOONEST_RETRY_MS = 500;
const LATEST_RETRY_MS = 30_000;

/** A connection that listens, and comes back when it is lost. */
export interface Listener {
  /** Begins to listen, unless it does. */
  start(): void;
  /** Lets go of the connection until the next start. */
  stop(): void;
  readonly isListening: boolean;
}

/**
 * Listens to the notifications of `publish`. `begun` is called each time that listening began: what
 * was said before was said to nobody.
 */
export function createListener(
  pool: pg.Pool,
  on: { readonly heard: (payload: string) => void; readonly begun: () => void },
): Listener {
  let isWanted = false;
  let isConnecting = false;
  let client: pg.PoolClient | undefined;
  let retry: NodeJS.Timeout | undefined;
  let retryMs = SOONEST_RETRY_MS;

  const retryLater = (): void => {
    if (!isWanted) return;
    retry = setTimeout(connect, retryMs);
    retry.unref();
    retryMs = Math.min(retryMs * 2, LATEST_RETRY_MS);
  };

  const drop = (lost: pg.PoolClient): void => {
    if (client !== lost) return;
    client = undefined;
    lost.removeAllListeners('notification');
    // Not back into the pool: a connection that listens is of no use to others.
    lost.release(true);
    retryLater();
  };

  const connect = (): void => {
    if (!isWanted || client !== undefined || isConnecting) return;
    isConnecting = true;
    pool
      .connect()
      .then(async (connected) => {
        client = connected;
        connected.on('error', () => drop(connected));
        connected.on('end', () => drop(connected));
        connected.on('notification', ({ payload }) => on.heard(payload ?? ''));
        await connected.query(`listen ${DATABASE_CHANNEL}`);
        if (!isWanted) return drop(connected);
        retryMs = SOONEST_RETRY_MS;
        on.begun();
      })
      .catch(() => (client === undefined ? retryLater() : drop(client)))
      .finally(() => {
        isConnecting = false;
      });
  };

  return {
    start: () => {
      isWanted = true;
      connect();
    },
    stop: () => {
      isWanted = false;
      clearTimeout(retry);
      if (client !== undefined && !isConnecting) drop(client);
    },
    get isListening() {
      return client !== undefined && !isConnecting;
    },
  };
}
