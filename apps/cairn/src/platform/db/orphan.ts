import { readFile, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { errorCode } from './error-code.ts';
import { processCommand, processIdentity } from './process-identity.ts';
import { socketPath } from './socket-directory.ts';

const FAST_STOP_MS = 60_000;
const HARD_STOP_MS = 10_000;
const POLL_MS = 20;

/**
 * Stops the database server that a killed Cairn left behind, so that the next one starts from a
 * known state; call it while holding the directory's lock. A pid file whose number now belongs to
 * another program is removed: PostgreSQL would take that program for its own server.
 * A server that answers but cannot be seen (in another container, say) is a problem.
 */
export async function stopOrphan(
  clusterDir: string,
  socketDir: string,
): Promise<Result<void, Problem>> {
  const pidFile = join(clusterDir, 'postmaster.pid');
  const [first, startedIn] = (await readIfPresent(pidFile)).split('\n');
  const pid = Number.parseInt(first ?? '', 10);
  const identity = pid > 0 ? processIdentity(pid) : undefined;
  if (identity !== undefined) {
    if (isServerOf(pid, startedIn ?? clusterDir)) return stopServer(pid, identity);
    await rm(pidFile, { force: true });
  }
  return (await answers(socketPath(socketDir)))
    ? fail(
        problem(
          'database-served-elsewhere',
          `Another PostgreSQL, perhaps in another container, already serves ${clusterDir}; stop it, or choose another CAIRN_DATA.`,
          { file: clusterDir },
        ),
      )
    : ok(undefined);
}

/** Stops a server: open transactions are rolled back, everything acknowledged is on disk. */
async function stopServer(pid: number, identity: string): Promise<Result<void, Problem>> {
  for (const [signal, patienceMs] of [
    ['SIGINT', FAST_STOP_MS],
    ['SIGQUIT', HARD_STOP_MS],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (errorCode(error) === 'ESRCH') return ok(undefined);
      break;
    }
    if (await hasEnded(pid, identity, patienceMs)) return ok(undefined);
  }
  return fail(
    problem(
      'database-does-not-stop',
      `The database server with process id ${pid} does not stop; end it (kill -QUIT ${pid}) and start Cairn again.`,
    ),
  );
}

async function hasEnded(pid: number, identity: string, patienceMs: number): Promise<boolean> {
  for (let waited = 0; waited < patienceMs; waited += POLL_MS) {
    if (processIdentity(pid) !== identity) return true;
    await wait(POLL_MS);
  }
  return false;
}

function isServerOf(pid: number, clusterDir: string): boolean {
  const command = processCommand(pid);
  return command?.includes('postgres') === true && command.includes(`-D ${clusterDir}`);
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function readIfPresent(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  }
}
