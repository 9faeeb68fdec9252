import { readFileSync } from 'node:fs';
import type { Cell } from './bench.ts';
import { family, type Process } from './processes.ts';

/** What a process is to an installation, by its command. */
function roleOf({ command }: Process): string {
  if (/\bpostgres\b/.test(command)) return 'PostgreSQL';
  if (/dist\/cairn\.js/.test(command)) return 'server (Node)';
  if (/bin\/cairn\.mjs/.test(command) && !/^(sh|npm)\b/.test(command)) return 'door (Node)';
  return 'npm';
}

/**
 * The memory of a process and of all that it started, by role, in MB. RSS counts a page that two
 * processes share twice, PSS each half: the sum of PSS is what the machine gives. Empty where the
 * system has no `/proc`.
 */
export function processMemory(pid: number): Record<string, Cell>[] {
  const roles = new Map<string, { processes: number; rss: number; pss: number }>();
  for (const one of family(pid)) {
    const used = memoryOf(one.pid);
    if (used === undefined) continue;
    const role = roleOf(one);
    const sum = roles.get(role) ?? { processes: 0, rss: 0, pss: 0 };
    roles.set(role, {
      processes: sum.processes + 1,
      rss: sum.rss + used.rss,
      pss: sum.pss + used.pss,
    });
  }
  const rows = [...roles].map(([role, { processes, rss, pss }]) => ({
    process: role,
    processes,
    RSS: Math.round(rss / 1000),
    PSS: Math.round(pss / 1000),
  }));
  const total = (of: 'processes' | 'RSS' | 'PSS'): number =>
    rows.reduce((sum, row) => sum + row[of], 0);
  return rows.length === 0
    ? []
    : [
        ...rows,
        { process: 'all', processes: total('processes'), RSS: total('RSS'), PSS: total('PSS') },
      ];
}

/** In kilobytes; undefined for a process that has just ended, and where the system does not say. */
function memoryOf(pid: number): { rss: number; pss: number } | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
    const field = (name: string): number =>
      (Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) * 1024) / 1000;
    return { rss: field('Rss'), pss: field('Pss') };
  } catch {
    return undefined;
  }
}
