import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectOk } from '@cairn/kernel/result';
import type { TestProject } from 'vitest/node';
import { startCluster } from '../apps/cairn/src/platform/db/cluster.ts';
import { migrate } from '../apps/cairn/src/platform/db/migrate.ts';
import { createPool } from '../apps/cairn/src/platform/db/open.ts';
import { stopOrphan } from '../apps/cairn/src/platform/db/orphan.ts';
import { processIdentity } from '../apps/cairn/src/platform/db/process-identity.ts';
import { socketDirectoryFor } from '../apps/cairn/src/platform/db/socket-directory.ts';
import { migrateJobs } from '../apps/cairn/src/platform/jobs/migrate-jobs.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The connection string of the test cluster's `postgres` database. */
    testCluster: string;
  }
}

/** The migrated database that `cloneDatabase` copies. */
const TEMPLATE = 'cairn_template';
const PREFIX = 'cairn-test-';

/**
 * Runs one PostgreSQL, with all migrations in a template database, for the projects that need one.
 * The same engine as in production, but careless of power cuts: its data lives for one run.
 */
export default async function setup(project: TestProject): Promise<(() => Promise<void>) | void> {
  if (project.name !== 'database' && project.name !== 'browser') return;
  await removeAbandoned();
  const directory = await mkdtemp(join(tmpdir(), `${PREFIX}${process.pid}-`));
  // As root the server runs as another account, which has to pass through.
  await chmod(directory, 0o711);
  const options = { durable: false, maxConnections: 150 };
  const cluster = expectOk(await startCluster(directory, options));
  await createTemplate(cluster.connectionString);
  project.provide('testCluster', cluster.connectionString('postgres'));
  return async () => {
    await cluster.stop();
    await rm(directory, { recursive: true, force: true });
  };
}

async function createTemplate(connectionString: (database: string) => string): Promise<void> {
  const server = createPool(connectionString('postgres'), 1);
  await server.query(`create database ${TEMPLATE}`);
  await server.end();
  const template = createPool(connectionString(TEMPLATE), 1);
  expectOk(await migrate(template));
  // Every change queues a job in its own transaction, so the queue's schema belongs to the template.
  await migrateJobs(template);
  await template.end();
}

// A run that was killed leaves its server and its data behind.
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid === undefined || processIdentity(Number(pid)) !== undefined) continue;
    const directory = join(tmpdir(), name);
    // Another user's leftovers are theirs to remove.
    await stopOrphan(join(directory, 'postgres'), socketDirectoryFor(directory))
      .then(() => rm(directory, { recursive: true, force: true }))
      .catch(() => undefined);
  }
}
