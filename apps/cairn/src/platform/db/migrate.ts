import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type pg from 'pg';

/** One step of the database's shape, from a file `NNNN_name.sql`. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** A migration that a database says it has had. */
export interface AppliedMigration {
  readonly name: string;
  readonly sha256: string;
}

// Beside this file in the sources, and beside the bundle after a build.
const DIRECTORY = new URL('./migrations/', import.meta.url);
// Any number that nothing else in the database locks.
const ADVISORY_LOCK = 8_023_001;

/**
 * Brings a database to the shape that this Cairn needs, and returns the names of the migrations it
 * had to apply. Each runs in a transaction of its own; processes that start together take turns.
 * A database of a newer Cairn, or one whose applied migrations differ from ours, is a problem and
 * stays untouched.
 */
export async function migrate(
  pool: pg.Pool,
  migrations?: readonly Migration[],
): Promise<Result<readonly string[], Problem>> {
  const known = migrations ?? (await readMigrations());
  const client = await pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
    await client.query(
      `create table if not exists cairn_migration (
         name text primary key,
         sha256 text not null,
         applied_at timestamptz not null default now()
       )`,
    );
    const { rows } = await client.query<AppliedMigration>(
      'select name, sha256 from cairn_migration order by name',
    );
    const pending = pendingMigrations(known, rows);
    if (!pending.ok) return pending;
    for (const migration of pending.value) await apply(client, migration);
    return ok(pending.value.map(({ name }) => name));
  } finally {
    await client.query('select pg_advisory_unlock($1)', [ADVISORY_LOCK]).catch(() => undefined);
    client.release();
  }
}

/** Which migrations a database still needs, in order, or why it is not ours to migrate. */
export function pendingMigrations(
  known: readonly Migration[],
  applied: readonly AppliedMigration[],
): Result<readonly Migration[], Problem> {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  for (const { name, sha256 } of applied) {
    const ours = byName.get(name);
    if (ours === undefined) {
      return fail(
        problem(
          'database-of-newer-cairn',
          `This database was written by a newer Cairn (it has had the migration ${name}); update this checkout (git pull) and start again.`,
        ),
      );
    }
    if (digest(ours) !== sha256) {
      return fail(
        problem(
          'migration-changed',
          `The migration ${name} was changed after this database had it; restore the file and put the change into a new migration.`,
          { file: `${name}.sql` },
        ),
      );
    }
  }
  const had = new Set(applied.map(({ name }) => name));
  return ok(known.filter(({ name }) => !had.has(name)));
}

/** The sha256 of a migration's text, in hexadecimal. */
const digest = ({ sql }: Migration): string => createHash('sha256').update(sql).digest('hex');

/** Reads this Cairn's migrations in order; throws when two share a number or one is misnamed. */
export async function readMigrations(directory = DIRECTORY): Promise<readonly Migration[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.sql')).sort();
  const numbers = files.map((file) => /^(\d{4})_[a-z0-9_]+\.sql$/.exec(file)?.[1]);
  if (numbers.includes(undefined) || new Set(numbers).size !== numbers.length) {
    const where = fileURLToPath(directory);
    throw new Error(`migrations in ${where} must be named NNNN_name.sql, each number once`);
  }
  return Promise.all(
    files.map(async (file) => ({
      name: file.slice(0, -'.sql'.length),
      sql: await readFile(new URL(file, directory), 'utf8'),
    })),
  );
}

async function apply(client: pg.PoolClient, migration: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(migration.sql);
    await client.query('insert into cairn_migration (name, sha256) values ($1, $2)', [
      migration.name,
      digest(migration),
    ]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    throw new Error(`migration ${migration.name} failed`, { cause });
  }
}
