import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';
import { clone } from './clone.ts';
import { freshClone } from './fresh-clone.ts';
import { githubBackfill } from './github-backfill.ts';
import { githubWebhooks } from './github-webhooks.ts';
import { journal } from './journal.ts';
import { kill } from './kill.ts';
import { circumstances } from './machine.ts';
import { meetings } from './meetings.ts';
import { pages } from './pages.ts';
import { planCheck } from './plan-check.ts';
import { killAllStarted } from './processes.ts';
import { race } from './race.ts';
import { asMarkdown, keep } from './report.ts';
import { start } from './start.ts';
import { summitWeek } from './summit-week.ts';
import { TIMETABLE_ROWS, timetable } from './timetable.ts';
import { timetableLive } from './timetable-live.ts';
import { timetablePage } from './timetable-page.ts';
import { topicPage } from './topic-page.ts';
import { weeks } from './weeks.ts';

const BENCHES: readonly Bench[] = [
  pages,
  start,
  race,
  kill,
  weeks,
  meetings,
  journal,
  topicPage,
  planCheck,
  clone,
  githubBackfill,
  githubWebhooks,
  summitWeek,
  freshClone,
  timetable,
  timetableLive,
  timetablePage,
  ...TIMETABLE_ROWS,
];

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, seeds: { type: 'string' } },
});
const seeds = Number(values.seeds ?? Number.POSITIVE_INFINITY);
if (!(seeds >= 1)) {
  say('Say with --seeds how many seeds to run at most, from 1 on.');
  process.exit(2);
}
const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  say(
    `There is no bench ${unknown.join(', ')}; there are ${BENCHES.map(({ name }) => name).join(', ')}.`,
  );
  process.exit(2);
}
const wanted = BENCHES.filter(({ name, onlyWhenNamed = false }) =>
  positionals.length === 0 ? !onlyWhenNamed : positionals.includes(name),
);
let directory: string | undefined;

/** Ends what still runs and removes what was written; at the end of a bench, or when it is stopped. */
function cleanUp(): void {
  killAllStarted();
  if (directory === undefined) return;
  rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  directory = undefined;
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => {
    cleanUp();
    process.exit(2);
  });
}

for (const bench of wanted) {
  say(`\n== ${bench.name}: ${bench.what}`);
  const made = mkdtempSync(join(tmpdir(), `cairn-bench-${bench.name}-`));
  // As root the database runs as another account, which has to pass through.
  chmodSync(made, 0o711);
  directory = made;
  const around = circumstances();
  try {
    const report = await bench.run({ quick: values.quick, seeds, directory: made, say });
    process.stdout.write(`\n${asMarkdown(bench, report, around)}`);
    if (!values.quick) keep(bench, report, around);
    if (report.broken.length > 0) process.exitCode = 3;
  } catch (error) {
    // The directory goes; what the servers said last is the way to the cause.
    for (const name of readdirSync(made).filter((each) => each.endsWith('.log'))) {
      say(`${name} ends with:\n${readFileSync(join(made, name), 'utf8').slice(-4_000)}`);
    }
    say(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 2;
    break;
  } finally {
    cleanUp();
  }
}
