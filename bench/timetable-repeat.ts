import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { build } from 'esbuild';
import { launchChromium } from '../tests/browser/chromium.ts';
import type { Asked, Bench, Report } from './bench.ts';
import { ROOT } from './root.ts';
import { type FixedRun, fixedRuns } from './timetable-fixed-runs.ts';

/** That a seed and a number of iterations say all. */
export const timetableRepeat: Bench = {
  name: 'timetable-repeat',
  what: 'The same seed and iterations twice in this Node, in the Node of the path, and in a browser: the values, and a hash of the timetable, to be compared between machines.',
  onlyWhenNamed: true,
  run: measure,
};

interface Place {
  readonly where: string;
  readonly runs: readonly FixedRun[];
}

async function measure({ quick, say }: Asked): Promise<Report> {
  const iterations = quick ? 50_000 : 1_000_000;
  const found: Place[] = [];
  for (const time of ['first', 'second']) {
    await setImmediate();
    found.push({
      where: `Node ${process.versions.node}, ${time} time`,
      runs: fixedRuns(iterations),
    });
    say(found.at(-1)?.where ?? '');
  }
  const program = await bundled();
  for (const other of [
    () => inPathsNode(program, iterations),
    () => inChromium(program, iterations),
  ]) {
    const place = await other();
    if (place !== undefined) found.push(place);
    say(place?.where ?? 'another Node or a browser is not there');
  }
  const [first] = found;
  const rows = found.flatMap(({ where, runs }) =>
    runs.map(({ what, values, hash }) => ({ what, where, values, hash })),
  );
  return {
    tables: [{ title: 'Hashes', rows: rows.toSorted((a, b) => a.what.localeCompare(b.what)) }],
    notes: [
      'Equal hashes are equal timetables, session by session. A change of the search changes them; a change of the machine must not.',
    ],
    broken: found.flatMap(({ where, runs }) =>
      runs
        .filter(({ hash }, index) => hash !== first?.runs[index]?.hash)
        .map(({ what }) => `${where} ends ${what} otherwise than ${first?.where}.`),
    ),
  };
}

async function bundled(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'bench', 'timetable-fixed-runs.ts')],
    bundle: true,
    format: 'iife',
    globalName: 'library',
    target: 'es2022',
    write: false,
    alias: Object.fromEntries(
      ['kernel', 'timetable'].map((name) => [
        `@cairn/${name}`,
        join(ROOT, 'packages', name, 'src'),
      ]),
    ),
  });
  return outputFiles[0]?.text ?? '';
}

/** The Node that whoever runs this has, if it is another than the pinned one. */
function inPathsNode(program: string, iterations: number): Place | undefined {
  const outside = (process.env['PATH'] ?? '')
    .split(':')
    .filter((folder) => !folder.includes('node_modules'))
    .join(':');
  const input = `${program}; console.log(JSON.stringify([process.version, library.fixedRuns(${iterations})]));`;
  try {
    const text = execFileSync('node', ['-'], {
      input,
      encoding: 'utf8',
      env: { ...process.env, PATH: outside },
    });
    const [version, runs] = JSON.parse(text);
    return { where: `Node ${String(version).slice(1)}`, runs };
  } catch {
    return undefined;
  }
}

async function inChromium(program: string, iterations: number): Promise<Place | undefined> {
  const browser = await launchChromium().catch(() => undefined);
  if (browser === undefined) return undefined;
  try {
    const page = await browser.newPage();
    const runs = await page.evaluate<FixedRun[]>(
      `(() => { ${program}; return library.fixedRuns(${iterations}); })()`,
    );
    return { where: `Chromium ${browser.version()}`, runs };
  } finally {
    await browser.close();
  }
}
