import { spawn } from 'node:child_process';
import { GIT_ENVIRONMENT } from './run.ts';
import { type GitUnavailable, noGit, OLDEST_GIT, oldGit } from './unavailable.ts';

/** The machine's Git: its version, or why plans cannot work with it. */
export type GitStanding =
  | { readonly version: string; readonly problem: undefined }
  | { readonly version: string | undefined; readonly problem: GitUnavailable };

/** Looks which Git answers in a PATH; the process's own unless said. */
export async function gitStanding(
  path: string = GIT_ENVIRONMENT['PATH'] ?? '',
): Promise<GitStanding> {
  const said = await new Promise<string | undefined>((resolve) => {
    const child = spawn('git', ['--version'], {
      env: { PATH: path, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let output = '';
    child.stdout.on('data', (part: Buffer) => {
      output += part.toString('utf8');
    });
    child.on('error', () => resolve(undefined));
    child.on('close', () => resolve(output));
  });
  if (said === undefined) return { version: undefined, problem: noGit() };
  return standingOf(said);
}

/** What `git --version` says, judged. */
export function standingOf(said: string): GitStanding {
  const [, version, major, minor] = /git version ((\d+)\.(\d+)\S*)/.exec(said) ?? [];
  if (version === undefined) return { version: undefined, problem: noGit() };
  const isNew =
    Number(major) > OLDEST_GIT[0] ||
    (Number(major) === OLDEST_GIT[0] && Number(minor) >= OLDEST_GIT[1]);
  return isNew ? { version, problem: undefined } : { version, problem: oldGit(version) };
}

const FRESH_MILLISECONDS = 60_000;
let known: { readonly at: number; readonly standing: Promise<GitStanding> } | undefined;

/** The same, asked of the machine once a minute at most, and at once again while something is wrong. */
export async function currentGit(): Promise<GitStanding> {
  const now = performance.now();
  if (known === undefined || now - known.at > FRESH_MILLISECONDS) {
    known = { at: now, standing: gitStanding() };
  }
  const standing = await known.standing;
  if (standing.problem !== undefined) known = undefined;
  return standing;
}
