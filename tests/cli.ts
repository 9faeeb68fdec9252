import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Builds the command line where sources have changed, as `npx cairn` does. */
export async function buildCairn(): Promise<void> {
  // The door to a checkout is plain JavaScript, without types.
  const { ensureBuilt } = (await import(`${ROOT}bin/build.mjs`)) as {
    ensureBuilt(root: string): Promise<void>;
  };
  await ensureBuilt(ROOT);
}

type Environment = Readonly<Record<string, string>>;

/** The environment of a child: nothing of the tests' own that Cairn reads. */
const environmentOf = (own: Environment): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  TZ: process.env['TZ'],
  ...own,
});

const spawnCairn = (args: readonly string[], own: Environment): ChildProcess =>
  spawn(process.execPath, [`${ROOT}apps/cairn/dist/cairn.js`, ...args], {
    env: environmentOf(own),
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** What a command said, and how it ended. */
export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `cairn` to its end. */
export function runCairn(args: readonly string[], own: Environment): Promise<Ran> {
  const child = spawnCairn(args, own);
  const said = listen(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, ...said }));
  });
}

/** A `cairn` that goes on until it is stopped. */
export interface Running {
  /** Ends it as an operator does, and tells how it ended. */
  stop(): Promise<Ran>;
}

/** Starts `cairn` and waits until it has said `ready`. */
export function startCairn(
  args: readonly string[],
  own: Environment,
  ready: string,
): Promise<Running> {
  const child = spawnCairn(args, own);
  const said = listen(child);
  const ended = new Promise<Ran>((resolve) => {
    child.once('close', (status) => resolve({ status, ...said }));
  });
  return new Promise((resolve, reject) => {
    void ended.then(({ stderr }) => reject(new Error(`cairn ${args.join(' ')}: ${stderr}`)));
    const look = (): void => {
      if (!`${said.stdout}${said.stderr}`.includes(ready)) return;
      resolve({
        stop: () => {
          child.kill('SIGTERM');
          return ended;
        },
      });
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
  });
}

function listen(child: ChildProcess): { stdout: string; stderr: string } {
  const said = { stdout: '', stderr: '' };
  child.stdout?.on('data', (bytes: Buffer) => {
    said.stdout += bytes.toString();
  });
  child.stderr?.on('data', (bytes: Buffer) => {
    said.stderr += bytes.toString();
  });
  return said;
}
