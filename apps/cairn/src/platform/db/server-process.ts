import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { ServerUser } from './server-user.ts';

/** A program run as the server's account, its output appended to a log file. */
export interface Launch {
  readonly program: string;
  readonly args: readonly string[];
  readonly user: ServerUser | undefined;
  readonly logPath: string;
}

// English messages and no inherited PG* variables: what a start means must not depend on the caller.
const ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const;
const LARGEST_LOG = 5_000_000;

/**
 * Starts a program in a process group of its own: Ctrl-C in the terminal then reaches Cairn alone,
 * which finishes its work before it stops the database. The log is a file, not a pipe, so that a
 * server whose parent was killed does not die at its next message.
 */
export function launch({ program, args, user, logPath }: Launch): ChildProcess {
  const log = openSync(logPath, 'a', 0o600);
  try {
    return spawn(program, args, {
      ...(user === undefined ? {} : { uid: user.uid, gid: user.gid }),
      cwd: '/',
      detached: true,
      env: ENVIRONMENT,
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

/** The exit status of a child, also when it has already ended; null after a signal. */
export async function exitStatus(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

/** Resolves true when the child ends within the time given. */
export async function endsWithin(child: ChildProcess, milliseconds: number): Promise<boolean> {
  const timer = new AbortController();
  try {
    return await Promise.race([
      exitStatus(child).then(() => true),
      wait(milliseconds, false, { signal: timer.signal }),
    ]);
  } finally {
    timer.abort();
  }
}

/** The length of the log in bytes, after an overlong one was moved aside to `<log>.old`. */
export async function rotateLog(logPath: string): Promise<number> {
  const size = await stat(logPath).then(
    (found) => found.size,
    () => 0,
  );
  if (size < LARGEST_LOG) return size;
  await rename(logPath, `${logPath}.old`);
  return 0;
}

/** What was written to the log after a position. */
export async function readLogFrom(logPath: string, position: number): Promise<string> {
  const file = await open(logPath, 'r').catch(() => undefined);
  if (file === undefined) return '';
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.max(0, size - position));
    await file.read(bytes, 0, bytes.length, position);
    return bytes.toString('utf8');
  } finally {
    await file.close();
  }
}
