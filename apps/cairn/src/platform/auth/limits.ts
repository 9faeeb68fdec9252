import { fail, ok, type Result } from '@cairn/kernel/result';
import { CompiledQuery } from 'kysely';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Db } from '../db/database.ts';

/** What is counted. */
export const TRIES = ['mail', 'code', 'link', 'passkey'] as const;
export type Try = (typeof TRIES)[number];

/** Who tries: an address (hashed) where one is named, and the network it comes from where it is known. */
export interface Tryer {
  readonly address?: string | undefined;
  readonly network?: string | undefined;
}

/** How many tries an hour, for one address and for one network. */
type Allowance = Readonly<Record<keyof Tryer, number>>;

const HOUR = 60 * 60;

/**
 * Enough for a person with a bad day and for a university behind one network; far below what guessing
 * needs: 20 codes an hour against a million take six years on average.
 */
const PER_HOUR: Readonly<Record<Try, Allowance>> = {
  mail: { address: 5, network: 30 },
  code: { address: 20, network: 100 },
  link: { address: 30, network: 100 },
  passkey: { address: 30, network: 100 },
};

/** Counts one try; over the limit it says after how many seconds the next one is heard. */
export type Limits = (
  what: Try,
  who: Tryer,
) => Promise<Result<void, { readonly retryAfterSeconds: number }>>;

/**
 * Counts tries in the database, so that several processes count together and a restart forgets
 * nothing. Once a count is over its limit, the process refuses from memory until the hour is out: a
 * flood then costs no queries. There is no fallback for a lost database, without which nobody signs
 * in anyway.
 */
export function createLimits(db: Db): Limits {
  const limiters = new Map(
    TRIES.flatMap((what) =>
      (['address', 'network'] as const).map((side) => {
        const points = PER_HOUR[what][side];
        const limiter = new RateLimiterPostgres({
          storeClient: poolOf(db),
          storeType: 'pool',
          tableName: 'rate_limit',
          tableCreated: true,
          keyPrefix: `${what}-${side}`,
          points,
          duration: HOUR,
          inMemoryBlockOnConsumed: points + 1,
        });
        return [`${what}-${side}`, limiter] as const;
      }),
    ),
  );
  return async (what, who) => {
    for (const side of ['network', 'address'] as const) {
      const key = who[side];
      if (key === undefined) continue;
      try {
        await limiters.get(`${what}-${side}`)?.consume(key);
      } catch (refused) {
        if (!(refused instanceof RateLimiterRes)) throw refused;
        return fail({ retryAfterSeconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) });
      }
    }
    return ok(undefined);
  };
}

/** The part of a pg pool that the limiter uses, on the database that Cairn already holds. */
const poolOf = (db: Db) => ({
  query: async ({ text, values }: { text: string; values: readonly unknown[] }) => {
    const { rows } = await db.executeQuery(CompiledQuery.raw(text, [...values]));
    return { rows, rowCount: rows.length };
  },
});
