import type { ChildProcess } from 'node:child_process';
import { chmod, chown, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import pg from 'pg';
import { type Binaries, prepareBinaries } from './binaries.ts';
import { errorCode } from './error-code.ts';
import { stopOrphan } from './orphan.ts';
import { endsWithin, exitStatus, launch, readLogFrom, rotateLog } from './server-process.ts';
import { canEnter, chooseServerUser, isRoot, type ServerUser } from './server-user.ts';
import {
  createSocketDirectory,
  removeSocketDirectory,
  socketDirectoryFor,
} from './socket-directory.ts';
import { explainFailedStart, noRoomForCluster } from './start-problem.ts';

/** A running PostgreSQL server of our own, which only this machine reaches, by a Unix socket. */
export interface Cluster {
  /** The connection string of one of its databases. */
  connectionString(database: string): string;
  /** Ends the server; everything acknowledged is on disk. */
  stop(): Promise<void>;
}

/** How a cluster is run. */
export interface ClusterOptions {
  /** False only where a power cut may lose everything: in tests. */
  readonly durable: boolean;
  readonly maxConnections: number;
}

interface Site {
  readonly dataDir: string;
  readonly clusterDir: string;
  readonly socketDir: string;
  readonly logPath: string;
  readonly user: ServerUser | undefined;
  readonly binaries: Binaries;
  readonly options: ClusterOptions;
}

/** The database role that owns everything in an embedded cluster. */
const ROLE = 'cairn';
const INIT_PREFIX = 'postgres.new-';
const START_PATIENCE_MS = 180_000;
const STOP_PATIENCE_MS = 60_000;
// Processes of a server that was killed may outlive it for a moment and hold its memory.
const LEFTOVER_PATIENCE_MS = 10_000;
const POLL_MS = 15;

/**
 * Starts the PostgreSQL cluster of a data directory, created on the first start. The caller holds
 * the directory's lock. What the person who runs Cairn can mend is a problem; file system errors
 * are thrown as they come.
 */
export async function startCluster(
  directory: string,
  options: ClusterOptions,
): Promise<Result<Cluster, Problem>> {
  const dataDir = resolve(directory);
  const clusterDir = join(dataDir, 'postgres');
  const socketDir = socketDirectoryFor(dataDir);
  const user = chooseServerUser(clusterDir);
  if (!user.ok) return user;
  const stopped = await stopOrphan(clusterDir, socketDir);
  if (!stopped.ok) return stopped;
  const entered = canEnter(user.value, dataDir);
  if (!entered.ok) return entered;
  if (!entered.value && user.value !== undefined) {
    return fail(unreachable(dataDir, user.value));
  }
  const binaries = await prepareBinaries(dataDir, user.value);
  if (!binaries.ok) return binaries;
  const logPath = join(dataDir, 'postgres.log');
  const site: Site = {
    dataDir,
    clusterDir,
    socketDir,
    logPath,
    user: user.value,
    binaries: binaries.value,
    options,
  };
  const present = await ensureCluster(site);
  if (!present.ok) return present;
  const socket = await createSocketDirectory(socketDir, site.user);
  if (!socket.ok) return socket;
  const server = await startServer(site);
  return server.ok ? ok(superviseCluster(site, server.value)) : server;
}

async function ensureCluster(site: Site): Promise<Result<void, Problem>> {
  const version = await readFile(join(site.clusterDir, 'PG_VERSION'), 'utf8').catch(
    (error: unknown) => {
      if (errorCode(error) === 'ENOENT') return undefined;
      throw error;
    },
  );
  if (version === undefined) return createCluster(site);
  const major = Number.parseInt(version, 10);
  return major === site.binaries.major
    ? ok(undefined)
    : fail(
        problem(
          'database-of-another-version',
          `The database in ${site.clusterDir} was written by PostgreSQL ${version.trim()}, but this Cairn carries PostgreSQL ${site.binaries.major}; start the Cairn that wrote it, or set DATABASE_URL to a PostgreSQL ${version.trim()} server that runs on it.`,
          { file: site.clusterDir },
        ),
      );
}

// initdb that is killed leaves half a cluster, which no start can mend. It works beside the real
// place, and only a finished cluster gets the real name.
async function createCluster(site: Site): Promise<Result<void, Problem>> {
  await removeAbandoned(site.dataDir);
  const found = await readdir(site.clusterDir).catch(() => []);
  if (found.length > 0) {
    return fail(
      problem(
        'not-a-database',
        `${site.clusterDir} is not a PostgreSQL data directory; move its content elsewhere, or choose another CAIRN_DATA.`,
        { file: site.clusterDir },
      ),
    );
  }
  const full = await noRoomForCluster(site.dataDir);
  if (full !== undefined) return fail(full);
  const draft = join(site.dataDir, `${INIT_PREFIX}${process.pid}-${Date.now()}`);
  await mkdir(draft, { mode: 0o700 });
  if (site.user !== undefined) await chown(draft, site.user.uid, site.user.gid);
  const start = await rotateLog(site.logPath);
  const child = launch({
    program: site.binaries.initdb,
    args: [
      ...['-D', draft, '-U', ROLE, '--auth=trust', '--encoding=UTF8', '--locale=C'],
      // Sorting and case as Unicode says, the same on every machine.
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8'],
      ...(site.options.durable ? [] : ['--no-sync']),
    ],
    user: site.user,
    logPath: site.logPath,
  });
  if ((await exitStatus(child)) !== 0) {
    const log = await readLogFrom(site.logPath, start);
    const cause = await explainFailedStart(site.dataDir, log, site.logPath);
    await rm(draft, { recursive: true, force: true });
    return fail(cause);
  }
  await rename(draft, site.clusterDir);
  await syncDirectory(site.dataDir);
  return ok(undefined);
}

// An initdb whose parent was killed may still be writing in there: what cannot be removed now is
// removed at a later start.
async function removeAbandoned(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    if (!name.startsWith(INIT_PREFIX)) continue;
    await rm(join(dataDir, name), { recursive: true, force: true }).catch(() => undefined);
  }
}

async function startServer(site: Site): Promise<Result<ChildProcess, Problem>> {
  const begun = performance.now();
  for (;;) {
    const start = await rotateLog(site.logPath);
    const child = launch({
      program: site.binaries.postgres,
      args: serverArguments(site),
      user: site.user,
      logPath: site.logPath,
    });
    if (await becomesReady(site, child)) return ok(child);
    const log = await readLogFrom(site.logPath, start);
    const leftover = /pre-existing shared memory block|lock file "[^"]*" already exists/.test(log);
    if (leftover && performance.now() - begun < LEFTOVER_PATIENCE_MS) {
      await wait(POLL_MS * 10);
      continue;
    }
    return fail(await explainFailedStart(site.dataDir, log, site.logPath));
  }
}

function serverArguments({ clusterDir, socketDir, options }: Site): string[] {
  const settings = {
    listen_addresses: '',
    unix_socket_directories: `"${socketDir.replaceAll('"', '""')}"`,
    unix_socket_permissions: '0700',
    max_connections: String(options.maxConnections),
    shared_buffers: '64MB',
    max_wal_size: '256MB',
    min_wal_size: '32MB',
    log_checkpoints: 'off',
    // Details and contexts quote rows, and so names and addresses that an erasure would not reach.
    log_error_verbosity: 'terse',
    ...(options.durable
      ? { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
      : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const pairs = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', clusterDir, ...pairs];
}

// Recovery after a crash may take long; the server says "starting up" until it is done.
async function becomesReady(site: Site, child: ChildProcess): Promise<boolean> {
  for (let waited = 0; waited < START_PATIENCE_MS; waited += POLL_MS) {
    if (await accepts(connectionString(site.socketDir, 'postgres'))) return true;
    if (await endsWithin(child, POLL_MS)) return false;
  }
  child.kill('SIGINT');
  await exitStatus(child);
  return false;
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  // A server that goes away between connect and end reports it here, not in the promise.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

// A server that dies under us (killed, out of memory) is started again; the pool reconnects by
// itself. One that cannot be started again stays away, and /readyz says so.
function superviseCluster(site: Site, first: ChildProcess): Cluster {
  let child = first;
  let stopping = false;
  let restarting: Promise<void> = Promise.resolve();
  const watch = (): void => {
    child.once('exit', () => {
      if (!stopping) restarting = restart();
    });
  };
  const restart = async (): Promise<void> => {
    const again = await startServer(site);
    if (!again.ok) return;
    child = again.value;
    watch();
  };
  const stopAtExit = (): void => {
    child.kill('SIGINT');
  };
  watch();
  process.once('exit', stopAtExit);
  return {
    connectionString: (database) => connectionString(site.socketDir, database),
    stop: async () => {
      stopping = true;
      await restarting;
      process.removeListener('exit', stopAtExit);
      child.kill('SIGINT');
      if (!(await endsWithin(child, STOP_PATIENCE_MS))) {
        child.kill('SIGQUIT');
        await exitStatus(child);
      }
      await removeSocketDirectory(site.socketDir);
    },
  };
}

const connectionString = (socketDir: string, database: string): string =>
  `postgresql://${ROLE}@localhost/${encodeURIComponent(database)}?host=${encodeURIComponent(socketDir)}`;

// The new name is safe from a power cut only once the directory that holds it is written.
async function syncDirectory(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/**
 * Creates a data directory. As root it must let the server's account through to its own part; the
 * other parts keep their own, narrower rights.
 */
export async function createDataDirectory(directory: string): Promise<void> {
  const created = await mkdir(directory, { recursive: true, mode: 0o755 });
  if (created !== undefined) await chmod(directory, isRoot() ? 0o711 : 0o700);
}

const unreachable = (dataDir: string, user: ServerUser): Problem =>
  problem(
    'data-directory-unreachable',
    `Cairn runs as root and its database as the user ${user.name}, which may not enter ${dataDir}; choose a CAIRN_DATA such as /var/lib/cairn, start Cairn as an ordinary user, or set DATABASE_URL.`,
    { file: dataDir },
  );
