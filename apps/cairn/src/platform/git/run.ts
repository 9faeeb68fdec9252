import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { diskFull, saysDiskFull, whyNotStarted } from './unavailable.ts';

export interface GitCall {
  /** What it reads from its standard input. */
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit statuses that are answers and not failures; 0 always is one. */
  readonly answers?: readonly number[];
}

export interface GitAnswer {
  readonly status: number;
  readonly output: Buffer;
}

/** Git said no to something that Cairn asked of it: a bug, a full disk, or a broken repository. */
export class GitFailed extends Error {
  readonly status: number | null;
  /** What it wrote to its standard error. */
  readonly said: string;
  constructor(args: readonly string[], status: number | null, said: string) {
    super(`git ${args.join(' ')} ended with ${status}: ${said.trim()}`);
    this.status = status;
    this.said = said;
  }
}

/**
 * Nothing of the machine's own configuration reaches our repositories, and none of what the user of
 * the process has set for Git does: the same call does the same everywhere. No hook runs but those
 * that Cairn names; a single allocation is bounded, so that a made-up object cannot eat the memory.
 */
export const GIT_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_ATTR_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
  GIT_NO_REPLACE_OBJECTS: '1',
  GIT_ALLOC_LIMIT: '512m',
  ...configuration({
    'core.hooksPath': '/dev/null',
    // A data directory that was put back from a backup may belong to another account.
    'safe.directory': '*',
  }),
};

/** Settings as environment variables, which count for one call and above those of the repository. */
export function configuration(settings: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(settings);
  return {
    GIT_CONFIG_COUNT: String(entries.length),
    ...Object.fromEntries(
      entries.flatMap(([key, value], index) => [
        [`GIT_CONFIG_KEY_${index}`, key],
        [`GIT_CONFIG_VALUE_${index}`, value],
      ]),
    ),
  };
}

/**
 * Runs the machine's `git` in a repository and gives what it wrote. Throws `GitFailed` for a status
 * that the caller does not expect.
 *
 *     const { output } = await runGit(directory, ['rev-parse', 'refs/heads/main']);
 */
export function runGit(
  directory: string,
  args: readonly string[],
  { input, env = {}, answers = [] }: GitCall = {},
): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: directory,
      env: { ...GIT_ENVIRONMENT, GIT_DIR: directory, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => output.push(part));
    child.stderr.on('data', (part: Buffer) => errors.push(part));
    child.on('error', (error) => reject(whyNotStarted(error, directory) ?? error));
    child.on('close', (status) => {
      if (status === 0 || (status !== null && answers.includes(status))) {
        resolve({ status, output: Buffer.concat(output) });
        return;
      }
      const said = Buffer.concat(errors).toString('utf8');
      reject(saysDiskFull(said) ? diskFull() : new GitFailed(args, status, said));
    });
    // Git may end before it has read everything; what it says then tells why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
  });
}

/**
 * What git calls that are piped into one another write, line by line, without ever holding the whole:
 * for lists that may be long. Whoever stops reading ends them. Throws `GitFailed` as `runGit` does.
 */
export async function* gitLines(
  directory: string,
  calls: readonly (readonly string[])[],
  { input = '', env = {} }: Pick<GitCall, 'input' | 'env'> = {},
): AsyncGenerator<string> {
  let feed: Readable | undefined;
  const running = calls.map((args) => {
    const child = spawn('git', args, {
      cwd: directory,
      env: { ...GIT_ENVIRONMENT, GIT_DIR: directory, ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    child.stdin.on('error', () => undefined);
    if (feed === undefined) child.stdin.end(input);
    else feed.pipe(child.stdin);
    feed = child.stdout;
    let said = '';
    child.stderr.on('data', (part: Buffer) => {
      if (said.length < 10_000) said += part.toString('utf8');
    });
    const ended = new Promise<void>((resolve, reject) => {
      child.on('error', (error) => reject(whyNotStarted(error, directory) ?? error));
      child.on('close', (status) => {
        if (status === 0) resolve();
        else reject(saysDiskFull(said) ? diskFull() : new GitFailed(args, status, said));
      });
    });
    // Looked at below; until then it must not count as unhandled.
    ended.catch(() => undefined);
    return { child, ended };
  });
  try {
    if (feed !== undefined) yield* createInterface({ input: feed, crlfDelay: 0 });
    await Promise.all(running.map(({ ended }) => ended));
  } finally {
    for (const { child } of running) child.kill('SIGKILL');
  }
}
