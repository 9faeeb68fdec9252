import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Asked, type Bench, type Cell, percentile, type Report, rounded } from './bench.ts';
import { processMemory } from './memory.ts';
import { bundledPostgres } from './postgres-version.ts';
import { type Started, startProcess, stopProcess } from './processes.ts';
import { ROOT } from './root.ts';
import { firstPage, freePort } from './server.ts';

/** The page that somebody opens first in the demo. */
const DEMO_PAGE = '/s/sp_summit_2023';

/** From the command to the first page, and what an idle installation occupies. */
export const start: Bench = {
  name: 'start',
  what: 'Time from `npm start`, on an installed and built checkout, to the first whole page; memory after 30 s without a request.',
  run: measure,
};

async function measure({ quick, directory, say }: Asked): Promise<Report> {
  const starts = quick ? 2 : 10;
  const idleSeconds = quick ? 2 : 30;
  const dataDir = join(directory, 'data');
  const first = await npmStart(ROOT, dataDir);
  say(`first start, with the demo: ${rounded(first.seconds)} s`);
  await end(first.started);
  const times: number[] = [];
  let memory: Record<string, Cell>[] = [];
  for (let count = 1; count <= starts; count++) {
    const again = await npmStart(ROOT, dataDir);
    times.push(again.seconds);
    if (count === starts) {
      await wait(idleSeconds * 1000);
      memory = processMemory(again.started.pid);
    }
    await end(again.started);
  }
  say(`later starts: median ${rounded(percentile(times, 0.5))} s`);
  return {
    tables: [
      {
        title: 'From the command to the first page, in seconds',
        rows: [
          row('first start: new database, demo loaded', [first.seconds]),
          row('later start', times),
        ],
      },
      { title: `Memory after ${idleSeconds} s idle, in MB`, rows: memory },
    ],
    notes: [
      `The page is the demo summit’s public page. Times include npm itself, the look whether anything must be installed or built, and the start of PostgreSQL.`,
      'RSS counts memory that processes share once for each, PSS divides it among them: the sum of PSS is what the machine gives.',
      'A fresh clone is measured by `node bench/run.mjs fresh-clone`.',
    ],
    broken: [],
    postgres: bundledPostgres(),
  };
}

const row = (what: string, times: readonly number[]): Record<string, Cell> => ({
  start: what,
  starts: times.length,
  fastest: rounded(Math.min(...times)),
  median: rounded(percentile(times, 0.5)),
  slowest: rounded(Math.max(...times)),
});

/** Runs `npm start` as a person would, until the demo's first page. */
export async function npmStart(
  checkout: string,
  dataDir: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly started: Started; readonly seconds: number }> {
  const port = await freePort();
  const begun = performance.now();
  const started = startProcess(['npm', 'start'], {
    cwd: checkout,
    env: { PORT: String(port), CAIRN_DATA: dataDir, CAIRN_ADMIN: '', DATABASE_URL: '', ...env },
    logPath: `${dataDir}.log`,
  });
  await firstPage(started, `http://127.0.0.1:${port}${DEMO_PAGE}`, 600_000);
  return { started, seconds: (performance.now() - begun) / 1000 };
}

/** Stops it, and waits until the last process of its group has let go of the data directory. */
export async function end(started: Started): Promise<void> {
  await stopProcess(started);
  while (isGroupAlive(started.pid)) await wait(10);
}

function isGroupAlive(pid: number): boolean {
  try {
    process.kill(-pid, 0);
    return true;
  } catch {
    return false;
  }
}
