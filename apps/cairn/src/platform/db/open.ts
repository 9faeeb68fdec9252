import { resolve } from 'node:path';
import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import pg from 'pg';
import { type Cluster, createDataDirectory, startCluster } from './cluster.ts';
import { columnTypes } from './column-types.ts';
import { lockDirectory } from './directory-lock.ts';
import { checkExternal } from './external.ts';
import { explainFileError } from './start-problem.ts';

/** Where the database is: in the data directory, or behind an address. */
export interface DatabaseConfig {
  readonly dataDir: string;
  readonly databaseUrl?: string | undefined;
}

/** A database that answers. */
export interface OpenDatabase {
  readonly pool: pg.Pool;
  readonly connectionString: string;
  readonly origin: 'embedded' | 'external';
  /** Ends all connections, and the embedded server with its lock. */
  close(): Promise<void>;
}

const DATABASE = 'cairn';
const POOL_SIZE = 20;

/**
 * Opens the database: the PostgreSQL at `databaseUrl` (15 or newer) if there is one, else the
 * embedded PostgreSQL in `dataDir`, which then belongs to this process alone.
 *
 *     const opened = await openDatabase({ dataDir: 'data', databaseUrl: process.env.DATABASE_URL });
 *
 * Everything that an operator can mend comes back as a problem with one sentence.
 */
export function openDatabase(config: DatabaseConfig): Promise<Result<OpenDatabase, Problem>> {
  return config.databaseUrl === undefined || config.databaseUrl === ''
    ? openEmbedded(resolve(config.dataDir))
    : openExternal(config.databaseUrl);
}

async function openExternal(url: string): Promise<Result<OpenDatabase, Problem>> {
  const checked = await checkExternal(url);
  if (!checked.ok) return checked;
  const pool = createPool(url);
  return ok({ pool, connectionString: url, origin: 'external', close: () => pool.end() });
}

async function openEmbedded(dataDir: string): Promise<Result<OpenDatabase, Problem>> {
  try {
    await createDataDirectory(dataDir);
    const lock = await lockDirectory(dataDir);
    if (!lock.ok) return lock;
    const cluster = await startCluster(dataDir, { durable: true, maxConnections: 60 }).catch(
      async (error: unknown) => {
        await lock.value.release();
        throw error;
      },
    );
    if (!cluster.ok) {
      await lock.value.release();
      return cluster;
    }
    await ensureDatabase(cluster.value);
    const connectionString = cluster.value.connectionString(DATABASE);
    const pool = createPool(connectionString);
    return ok({
      pool,
      connectionString,
      origin: 'embedded',
      close: async () => {
        await pool.end();
        await cluster.value.stop();
        await lock.value.release();
      },
    });
  } catch (error) {
    return fail(explainFileError(dataDir, error));
  }
}

/** A pool of connections that reads columns as `columnTypes` says. */
export function createPool(connectionString: string, max = POOL_SIZE): pg.Pool {
  const pool = new pg.Pool({ connectionString, max, types: columnTypes });
  // The pool has already dropped the idle connection that broke; the next query reports what is
  // wrong. Without a listener Node would end the process.
  pool.on('error', () => undefined);
  return pool;
}

// A kill between the first start and this line leaves a cluster without our database.
async function ensureDatabase(cluster: Cluster): Promise<void> {
  const client = new pg.Client({ connectionString: cluster.connectionString('postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [
      DATABASE,
    ]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}
