import { Temporal } from '@cairn/kernel/time';
import {
  CamelCasePlugin,
  Kysely,
  type KyselyPlugin,
  PostgresDialect,
  type Transaction,
  type UnknownRow,
} from 'kysely';
import type pg from 'pg';
import type { Database } from './schema.ts';

/** The whole database; only the shell holds one. */
export type Db = Kysely<Database>;
/** What a command works in: one transaction. A query takes either. */
export type Tx = Transaction<Database>;
/** Something to read from: the database, or the transaction one is in. */
export type Reader = Db | Tx;

// The driver's own hook for parameters: without it an Instant would be sent as JSON, in quotes.
for (const kind of [Temporal.Instant, Temporal.PlainDate]) {
  Object.defineProperty(kind.prototype, 'toPostgres', {
    value(this: Temporal.Instant | Temporal.PlainDate) {
      return this.toString();
    },
    configurable: true,
  });
}

/**
 * Moments arrive as `Temporal.Instant`. Done here and not in the driver, because the libraries that
 * share the pool (sign-in, jobs) expect its `Date`.
 */
const momentsAsInstants: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => {
    for (const row of result.rows) asInstants(row);
    return result;
  },
};

function asInstants(row: UnknownRow): void {
  for (const [column, value] of Object.entries(row)) {
    if (value instanceof Date) {
      row[column] = Temporal.Instant.fromEpochMilliseconds(value.getTime());
    }
  }
}

/** Wraps a pool; columns are camel case in the code and snake case in SQL. */
export const openKysely = (pool: pg.Pool): Db =>
  new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true }), momentsAsInstants],
  });
