import pg from 'pg';

const { builtins } = pg.types;

/**
 * How columns arrive in JavaScript where pg's own choice loses meaning: a `date` and a
 * `timestamp` without zone stay text, because as JavaScript dates they would move with the
 * server's zone; a `bigint` is a number, because every count is one and a count that is text adds
 * up to nonsense. Beyond 2^53, where numbers stop being exact, it is refused. A `timestamptz` is a
 * `Date`, `numeric` stays text.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === builtins.DATE || oid === builtins.TIMESTAMP) return (text: string) => text;
    if (oid === builtins.INT8) return exactNumber;
    return pg.types.getTypeParser(oid, format);
  },
};

function exactNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is too large for a number`);
  return value;
}
