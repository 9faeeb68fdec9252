import { expectOk } from '@cairn/kernel/result';
import { drawDescent } from '@cairn/timetable/drawing/descent';
import { drawTimetable } from '@cairn/timetable/drawing/timetable';
import { SUMMIT_SIZES, summitInstance } from '@cairn/timetable/generator/summit';
import { type IndexedInstance, indexInstance } from '@cairn/timetable/sessions/index-instance';
import { type Asked, type Bench, type Cell, type Report, rounded } from './bench.ts';
import { bySeed, type Figure, figuresTable, mean, median } from './timetable-figures.ts';
import { KeptRuns } from './timetable-runs.ts';
import { timetableOf } from './timetable-search.ts';
import { gapOf, interestIn, type Judged, judge } from './timetable-summit-gap.ts';

/** Invented summits, and how far from a proof their timetables are. */
export const timetableSummit: Bench = {
  name: 'timetable-summit',
  what: 'Invented summits of three sizes, nine tenths of their rooms taken: the interest that people get after a minute on two threads, and how much more nobody can reach.',
  onlyWhenNamed: true,
  run: measure,
};

type Size = keyof typeof SUMMIT_SIZES;

/** The gap in per cent: what was measured before there was this library, and what to reach. */
const GAPS: Readonly<Record<Size, { before: number; first: number; further: number }>> = {
  S: { before: 2.9, first: 2, further: 0.5 },
  M: { before: 5.7, first: 4, further: 2 },
  L: { before: 6.6, first: 5, further: 3 },
};
const SECONDS = 60;
const THREADS = 2;

async function measure(asked: Asked): Promise<Report> {
  const seeds = asked.quick ? [1] : [1, 2, 3].slice(0, asked.seeds);
  const seconds = asked.quick ? 2 : SECONDS;
  const kept = new KeptRuns('timetable-summit', asked);
  const rows: Record<string, Cell>[] = [];
  const figures: Figure[] = [];
  const pictures: Record<string, string> = {};
  const broken: string[] = [];
  for (const size of asked.quick ? (['S'] as const) : (['S', 'M', 'L'] as const)) {
    const judged: Judged[] = [];
    for (const seed of seeds) {
      const indexed = expectOk(indexInstance(summitInstance({ ...SUMMIT_SIZES[size], seed })));
      const one = await kept.run(`${size} seed ${seed}`, () =>
        judge(indexed, seed, seconds, THREADS),
      );
      judged.push(one);
      asked.say(`${size}, seed ${seed}: ${one.value} of at most ${one.bound} (${one.source})`);
      if (!one.run.isChecked)
        broken.push(`The slow checker sees other values in ${size}, seed ${seed}.`);
      if (one.run.values[0] !== 0)
        broken.push(`What must hold is broken in ${size}, seed ${seed}.`);
      if (seed === 1) Object.assign(pictures, picturesOf(size, indexed, one));
    }
    rows.push(rowOf(size, judged));
    figures.push(figureOf(size, judged));
  }
  return {
    tables: [...figuresTable(figures), { title: 'By size', rows }],
    pictures,
    broken,
    notes: [
      `${seconds} s on ${THREADS} threads; seed n is that of the summit and of the search. The interest of a person is the sum of what they would like to be in; “got” is what the timetable gives them, summed over all. “bound” is what nobody can exceed, “gap” is (bound - got) / got.`,
      'The reference is a prototype, on the same kind of summit but not the same one: 60 s, one thread, and the best bound that was found.',
    ],
  };
}

function rowOf(size: Size, judged: readonly Judged[]): Record<string, Cell> {
  return {
    size,
    'got, by seed': bySeed(judged.map(({ value }) => value)),
    'bound, by seed': bySeed(judged.map(({ bound }) => bound)),
    'gap %, by seed': bySeed(judged.map((each) => rounded(gapOf(each)))),
    'gap %, median': rounded(median(judged.map(gapOf))),
    proof: [...new Set(judged.map(({ source }) => source))].join(', '),
    'proof s': rounded(mean(judged.map(({ proofSeconds }) => proofSeconds))),
    'iterations, by seed': bySeed(judged.map(({ run }) => run.iterations)),
  };
}

function figureOf(size: Size, judged: readonly Judged[]): Figure {
  const { before, first, further } = GAPS[size];
  const gap = median(judged.map(gapOf));
  const { people, sessions } = SUMMIT_SIZES[size];
  return {
    work: `summit ${size}, ${people} people and ${sessions} sessions: gap in per cent, median of ${judged.length} seeds`,
    reference: `${before} (prototype)`,
    ours: rounded(gap),
    ratio: gap / before,
    first: { aim: `${first} %`, isReached: gap <= first },
    further: { aim: `${further} %`, isReached: gap <= further },
  };
}

function picturesOf(size: Size, indexed: IndexedInstance, { run, bound }: Judged) {
  const descent = drawDescent(run.trace, {
    title: `Summit ${size}, seed 1: the cost falling`,
    levels: indexed.instance.levels ?? [],
    bounds: [0, interestIn(indexed) - bound],
    iterations: run.iterations,
    width: 800,
    id: `descent-${size}`,
  });
  return size === 'S'
    ? { 'S-descent': descent, 'S-timetable': drawTimetable(indexed, timetableOf(run)) }
    : { [`${size}-descent`]: descent };
}
