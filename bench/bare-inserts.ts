import pg from 'pg';

/**
 * What the machine and its disk can do at most: rows of one short text, each its own transaction
 * and on disk before the next, from so many connections at once, per second. What Cairn does in a
 * second is told as a part of this.
 */
export async function bareInsertsPerSecond(
  connectionString: string,
  connections: number,
  milliseconds: number,
): Promise<number> {
  const pool = new pg.Pool({ connectionString, max: connections });
  try {
    await pool.query('create table bench_bare (id bigint generated always as identity, note text)');
    const begun = performance.now();
    const counts = await Promise.all(
      Array.from({ length: connections }, async () => {
        let done = 0;
        for (; performance.now() - begun < milliseconds; done += 1) {
          await pool.query('insert into bench_bare (note) values ($1)', ['one row']);
        }
        return done;
      }),
    );
    const seconds = (performance.now() - begun) / 1000;
    return counts.reduce((sum, count) => sum + count, 0) / seconds;
  } finally {
    await pool.query('drop table if exists bench_bare').catch(() => undefined);
    await pool.end();
  }
}
