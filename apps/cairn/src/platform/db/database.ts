import { Temporal } from '@cairn/kernel/time';
import { CamelCasePlugin, Kysely, PostgresDialect, type Transaction } from 'kysely';
import pg from 'pg';
import type { Database } from './schema.ts';

/** The whole database; only the shell holds one. */
export type Db = Kysely<Database>;
/** What a command works in: one transaction. A query takes either. */
export type Tx = Transaction<Database>;
/** Something to read from: the database, or the transaction one is in. */
export type Reader = Db | Tx;

const { builtins } = pg.types;

/**
 * How PostgreSQL's types arrive: moments as `Temporal.Instant`, days as ISO strings (a `Date`
 * would move them with the machine's zone), 64-bit counts as numbers.
 */
export const typeParsers: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (format !== 'binary') {
      if (oid === builtins.TIMESTAMPTZ)
        return (text: string) => Temporal.Instant.from(text.replace(' ', 'T'));
      if (oid === builtins.DATE) return (text: string) => text;
      if (oid === builtins.INT8) return (text: string) => Number(text);
    }
    return pg.types.getTypeParser(oid, format);
  },
};

// The driver's own hook for parameters: without it an Instant would be sent as JSON, in quotes.
for (const kind of [Temporal.Instant, Temporal.PlainDate]) {
  Object.defineProperty(kind.prototype, 'toPostgres', {
    value(this: Temporal.Instant | Temporal.PlainDate) {
      return this.toString();
    },
    configurable: true,
  });
}

/** Wraps a pool; columns are camel case in the code and snake case in SQL. */
export const openKysely = (pool: pg.Pool): Db =>
  new Kysely<Database>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
