import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { inject } from 'vitest';
import { createPool } from '../apps/cairn/src/platform/db/open.ts';

/** A database of one test file: empty tables, every migration applied. */
export interface TestDatabase {
  readonly pool: pg.Pool;
  readonly connectionString: string;
  /** Ends the pool and removes the database. */
  drop(): Promise<void>;
}

/**
 * Clones the migrated template. Call it in `beforeAll`, and `drop` in `afterAll`:
 *
 *     const database = await cloneDatabase();
 */
export async function cloneDatabase(): Promise<TestDatabase> {
  const cluster = inject('testCluster');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runOnce(cluster, `create database ${name} template cairn_template`);
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  const pool = createPool(url.href);
  return {
    pool,
    connectionString: url.href,
    drop: async () => {
      await pool.end();
      await runOnce(cluster, `drop database ${name} with (force)`);
    },
  };
}

async function runOnce(connectionString: string, statement: string): Promise<void> {
  const server = createPool(connectionString, 1);
  try {
    await server.query(statement);
  } finally {
    await server.end();
  }
}
