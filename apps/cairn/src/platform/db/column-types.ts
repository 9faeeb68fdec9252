import pg from 'pg';

const { builtins } = pg.types;

/**
 * How columns arrive in JavaScript where pg's own choice loses meaning: a `date` and a
 * `timestamp` without zone stay text, because as JavaScript dates they would move with the
 * server's zone. A `timestamptz` is a `Date`; `bigint` and `numeric` are text, exact at any size.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === builtins.DATE || oid === builtins.TIMESTAMP
      ? (text: string) => text
      : pg.types.getTypeParser(oid, format),
};
