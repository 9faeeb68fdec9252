import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** So many requests a minute: enough for a sync of a summit of thousands, too few to hurt. */
const PER_MINUTE = { token: 600, network: 120 } as const;

/** How a caller stands after a request. */
export interface Count {
  readonly limit: number;
  readonly remaining: number;
  readonly resetSeconds: number;
  readonly isOver: boolean;
}

/** Counts a request under a token, or under the network of somebody who shows none. */
export type CountRequest = (kind: keyof typeof PER_MINUTE, key: string) => Promise<Count>;

/**
 * Counts in this process's memory: a request of the API must not cost a write. With several
 * processes each allows its own share, which protects each just as well.
 */
export function createRequestCount(
  perMinute: Readonly<Record<keyof typeof PER_MINUTE, number>> = PER_MINUTE,
): CountRequest {
  const limiters = {
    token: new RateLimiterMemory({ points: perMinute.token, duration: 60 }),
    network: new RateLimiterMemory({ points: perMinute.network, duration: 60 }),
  };
  return async (kind, key) => {
    const asCount = (state: RateLimiterRes, isOver: boolean): Count => ({
      limit: perMinute[kind],
      remaining: state.remainingPoints,
      resetSeconds: Math.max(1, Math.ceil(state.msBeforeNext / 1000)),
      isOver,
    });
    try {
      return asCount(await limiters[kind].consume(key), false);
    } catch (refused) {
      if (!(refused instanceof RateLimiterRes)) throw refused;
      return asCount(refused, true);
    }
  };
}

/** The fields of draft-ietf-httpapi-ratelimit-headers-06, and Retry-After (RFC 9110 §10.2.3). */
export const limitHeaders = ({ limit, remaining, resetSeconds, isOver }: Count) => ({
  'ratelimit-limit': String(limit),
  'ratelimit-remaining': String(remaining),
  'ratelimit-reset': String(resetSeconds),
  ...(isOver ? { 'retry-after': String(resetSeconds) } : {}),
});
