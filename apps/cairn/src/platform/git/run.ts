import { spawn } from 'node:child_process';

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
  constructor(args: readonly string[], status: number | null, said: string) {
    super(`git ${args.join(' ')} ended with ${status}: ${said.trim()}`);
    this.status = status;
  }
}

/**
 * Nothing of the machine's own configuration reaches our repositories, and none of what the user of
 * the process has set for Git does: the same call does the same everywhere.
 */
export const GIT_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_OPTIONAL_LOCKS: '0',
};

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
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0 || (status !== null && answers.includes(status))) {
        resolve({ status, output: Buffer.concat(output) });
      } else {
        reject(new GitFailed(args, status, Buffer.concat(errors).toString('utf8')));
      }
    });
    // Git may end before it has read everything; what it says then tells why.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
  });
}
