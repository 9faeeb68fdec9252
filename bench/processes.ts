import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';

/** One process of the machine. */
export interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** A process and everything that it started, directly or not; the eldest first. */
export function family(pid: number): Process[] {
  const all = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((found) => found !== null)
    .map(([, own, parent, command = '']): Process => {
      return { pid: Number(own), parent: Number(parent), command };
    });
  const members = all.filter((one) => one.pid === pid);
  // The list grows while it is walked: children of children.
  for (const member of members) members.push(...all.filter(({ parent }) => parent === member.pid));
  return members;
}

/** Whether a process still lives. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Ends processes at once (`kill -9`) and waits until they are gone. */
export async function killNow(pids: readonly number[]): Promise<void> {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It was faster.
    }
  }
  for (let waited = 0; pids.some(isAlive) && waited < 5_000; waited += 5) await wait(5);
}

/** How to run a server: on one core of its own where the system can, so that the load has another. */
export const canPin = process.platform === 'linux' && availableParallelism() > 1;

const onCore = (core: number, command: readonly string[]): readonly string[] =>
  canPin ? ['taskset', '-c', String(core), ...command] : command;
export const onServerCore = (command: readonly string[]): readonly string[] => onCore(0, command);
export const onLoadCore = (command: readonly string[]): readonly string[] => onCore(1, command);

const started = new Set<ChildProcess>();

/** A process that a bench started. */
export interface Started {
  readonly pid: number;
  readonly child: ChildProcess;
  /** What it has written so far. */
  log(): string;
}

/** Starts a command in a process group of its own, its output in a file. */
export function startProcess(
  command: readonly string[],
  options: {
    readonly env?: Readonly<Record<string, string>>;
    readonly logPath: string;
    readonly cwd?: string;
  },
): Started {
  const [program = '', ...args] = command;
  const log = openSync(options.logPath, 'w');
  const child = spawn(program, args, {
    cwd: options.cwd,
    detached: true,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new Error(`${program} does not start`);
  started.add(child);
  child.once('exit', () => started.delete(child));
  return { pid, child, log: () => readFileSync(options.logPath, 'utf8') };
}

/** Asks a process and its group to end, as Ctrl-C in a terminal would, and waits until it has. */
export async function stopProcess({ pid, child }: Started): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-pid, 'SIGINT');
  await ended;
}

/** Leaves nothing behind when a bench fails: ends whatever it started and has not stopped. */
export function killAllStarted(): void {
  for (const { pid } of started) {
    if (pid === undefined) continue;
    for (const one of family(pid)) {
      try {
        process.kill(one.pid, 'SIGKILL');
      } catch {
        // It was faster.
      }
    }
  }
}
