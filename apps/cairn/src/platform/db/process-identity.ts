import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * What tells one life of a process id from the next, because ids are used again: the boot of the
 * kernel and the moment the process started. `undefined` when no such process lives; one that has
 * ended and only waits to be reaped by its parent counts as dead.
 */
export function processIdentity(pid: number): string | undefined {
  return process.platform === 'linux' ? linuxIdentity(pid) : psIdentity(pid);
}

/** The command line of a living process, its words separated by spaces; `undefined` when unknown. */
export function processCommand(pid: number): string | undefined {
  if (process.platform !== 'linux') return ps(pid, 'command=');
  return readIfPresent(`/proc/${pid}/cmdline`)?.replaceAll('\0', ' ').trim();
}

// `pid (name) state ppid ...`: the name may hold spaces and brackets, so count from its end.
// Of what follows, field 0 is the state and field 19 the start time in ticks (proc(5)).
function linuxIdentity(pid: number): string | undefined {
  const stat = readIfPresent(`/proc/${pid}/stat`);
  if (stat === undefined) return isSignallable(pid) ? 'hidden' : undefined;
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
  const boot = readIfPresent('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
  return `${boot}:${fields[19] ?? ''}`;
}

function psIdentity(pid: number): string | undefined {
  const state = ps(pid, 'state=');
  return state === undefined || state.startsWith('Z') ? undefined : ps(pid, 'lstart=');
}

function ps(pid: number, column: string): string | undefined {
  const { stdout } = spawnSync('ps', ['-ww', '-o', column, '-p', String(pid)], {
    encoding: 'utf8',
  });
  const text = stdout?.trim() ?? '';
  return text === '' ? undefined : text;
}

// With /proc mounted hidepid, another user's process shows only through the error that a signal gives.
function isSignallable(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

function readIfPresent(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
