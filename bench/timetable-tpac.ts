import { expectOk } from '@cairn/kernel/result';
import { readTpac, readTpacGrid, TPAC_LEVELS } from '@cairn/timetable/files/tpac';
import { loadHighs } from '@cairn/timetable/proof/load-highs';
import { proveTimetable } from '@cairn/timetable/proof/prove';
import { solveTimetable } from '@cairn/timetable/search/solve';
import { checkTimetable } from '@cairn/timetable/sessions/checker';
import { type IndexedInstance, indexInstance } from '@cairn/timetable/sessions/index-instance';
import { compareValues, type Values } from '@cairn/timetable/sessions/model';
import { type Asked, type Bench, type Cell, type Report, rounded } from './bench.ts';
import { missingNote, publishedFiles, readPublished } from './timetable-data.ts';
import { bySeed, type Figure, figuresTable, median } from './timetable-figures.ts';
import { KeptRuns } from './timetable-runs.ts';

const FOLDER = 'tpac';

/** Real breakouts with the grids that were published. */
export const timetableTpac: Bench = {
  name: 'timetable-tpac',
  what: 'Breakout sessions of W3C: ours beside the grid that was published, level by level, and whether anything better is possible.',
  onlyWhenNamed: true,
  run: measure,
};

const ITERATIONS = 50_000;

interface Solve {
  readonly values: Values;
  readonly iterations: number;
  readonly searchSeconds: number;
  readonly proofSeconds: number;
  readonly bounds: readonly number[];
  readonly sources: readonly string[];
  readonly verdict: string;
  readonly isChecked: boolean;
}

async function measure(asked: Asked): Promise<Report> {
  const files = publishedFiles(FOLDER, '.json');
  if (files.length === 0) return { tables: [], notes: [missingNote(FOLDER)], broken: [] };
  const kept = new KeptRuns('timetable-tpac', asked);
  const seeds = asked.quick ? [1] : [1, 2, 3, 4, 5];
  const rows: Record<string, Cell>[] = [];
  const figures: Figure[] = [];
  const broken: string[] = [];
  for (const file of files) {
    const instance = readPublished(FOLDER, file, readTpac);
    const indexed = expectOk(indexInstance(instance));
    const grid = readPublished(FOLDER, file, (text) => readTpacGrid(text, instance, file));
    const published = checkTimetable(indexed, grid).values;
    const solves: Solve[] = [];
    for (const seed of seeds) {
      solves.push(await kept.run(`${file} seed ${seed}`, () => solve(indexed, seed)));
      asked.say(`${file}, seed ${seed}: ${solves.at(-1)?.values.join(', ')}`);
    }
    if (solves.some(({ isChecked }) => !isChecked)) {
      broken.push(`The slow checker sees other values in ${file}.`);
    }
    rows.push(...rowsOf(file, published, solves));
    figures.push(figureOf(file, published, solves));
  }
  return {
    tables: [...figuresTable(figures), { title: 'By level', rows }],
    broken,
    notes: [
      `At most ${ITERATIONS} iterations on one thread; the search ends when nothing is left to better. Levels are compared in their order. “bound” is what no timetable that is as good on the levels before can be below.`,
    ],
  };
}

async function solve(indexed: IndexedInstance, seed: number): Promise<Solve> {
  const begun = performance.now();
  const found = await solveTimetable(indexed, { seed, iterations: ITERATIONS });
  const solved = performance.now();
  const proof = await proveTimetable(indexed, found.timetable, { highs: loadHighs });
  const { values } = checkTimetable(indexed, found.timetable);
  return {
    values,
    iterations: found.iterations,
    searchSeconds: (solved - begun) / 1000,
    proofSeconds: (performance.now() - solved) / 1000,
    bounds: proof.levels.map(({ bound }) => bound),
    sources: proof.levels.map(({ source }) => source),
    verdict: proof.verdict,
    isChecked: compareValues(values, found.values) === 0,
  };
}

const rowsOf = (file: string, published: Values, solves: readonly Solve[]) =>
  TPAC_LEVELS.map((level, index) => ({
    file,
    level,
    published: published[index] ?? 0,
    'ours, by seed': bySeed(solves.map(({ values }) => values[index] ?? 0)),
    bound: solves[0]?.bounds[index] ?? 0,
    'proven by': solves[0]?.sources[index] ?? '',
    'search s, by seed': bySeed(solves.map(({ searchSeconds }) => rounded(searchSeconds))),
    'proof s': rounded(median(solves.map(({ proofSeconds }) => proofSeconds))),
    iterations: bySeed(solves.map(({ iterations }) => iterations)),
  }));

function figureOf(file: string, published: Values, solves: readonly Solve[]): Figure {
  const isAsGood = solves.every(({ values }) => compareValues(values, published) <= 0);
  const isProven = solves.every(({ verdict }) => verdict === 'optimal');
  const seconds = solves.map((each) => each.searchSeconds + each.proofSeconds);
  return {
    work: `TPAC, ${file}: ${TPAC_LEVELS.slice(1).join(', ')}`,
    reference: `${published.slice(1).join(', ')} (published grid)`,
    ours: `${solves[0]?.values.slice(1).join(', ')}, ${isProven ? 'proven' : 'not proven'}`,
    first: { aim: 'as good, proven', isReached: isAsGood && isProven },
    further: {
      aim: 'in under 1 s',
      isReached: isAsGood && isProven && seconds.every((each) => each < 1),
    },
  };
}
