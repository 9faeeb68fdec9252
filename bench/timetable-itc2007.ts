import { expectOk } from '@cairn/kernel/result';
import { drawDescent } from '@cairn/timetable/drawing/descent';
import { ITC2007_LEVELS, readItc2007 } from '@cairn/timetable/files/itc2007';
import { indexInstance } from '@cairn/timetable/sessions/index-instance';
import type { Values } from '@cairn/timetable/sessions/model';
import { type Asked, type Bench, type Cell, type Report, rounded } from './bench.ts';
import { missingNote, publishedFiles, readPublished } from './timetable-data.ts';
import { bySeed, figuresTable, mean, median } from './timetable-figures.ts';
import { KeptRuns } from './timetable-runs.ts';
import { type TimedRun, timedSearch } from './timetable-search.ts';

const FOLDER = 'itc2007-track2';

/** Post enrolment timetabling of a university, the closest academic relative of a summit's sessions. */
export const timetableItc2007: Bench = {
  name: 'timetable-itc2007',
  what: 'Post enrolment course timetabling, track 2 of the competition ITC 2007: the soft cost after a minute on two threads, and when every event had its place.',
  onlyWhenNamed: true,
  run: measure,
};

/**
 * SAIRL, mean of 31 runs of 190 s: Goh, Kendall, Sabar, "Simulated Annealing with Improved Reheating
 * and Learning for the Post Enrolment Course Timetabling Problem", J. Oper. Res. Soc. 70 (2019),
 * tables 7, 10 and 11.
 */
const SAIRL: Readonly<Record<number, number>> = {
  1: 209.4,
  2: 10.1,
  3: 188.6,
  4: 320.9,
  5: 2.9,
  6: 54.7,
  7: 14.5,
  8: 1.6,
  9: 15.2,
  10: 30.5,
  11: 201.6,
  12: 303.5,
  13: 90.4,
  14: 25.6,
  15: 12.5,
  16: 45.8,
};
/** Those of the published comparison that are asked for; the others that are there are shown too. */
const ASKED_FOR = 8;
const SECONDS = 60;
const THREADS = 2;

async function measure(asked: Asked): Promise<Report> {
  const files = publishedFiles(FOLDER, '.tim');
  if (files.length === 0) return { tables: [], notes: [missingNote(FOLDER)], broken: [] };
  const seeds = asked.quick ? [1] : [1, 2, 3, 4, 5].slice(0, asked.seeds);
  const seconds = asked.quick ? 2 : SECONDS;
  const kept = new KeptRuns('timetable-itc2007', asked);
  const rows: Record<string, Cell>[] = [];
  const found: { readonly number: number; readonly runs: readonly TimedRun[] }[] = [];
  for (const file of asked.quick ? files.slice(0, 1) : files) {
    const number = Number(/(\d+)\.tim$/.exec(file)?.[1]);
    const indexed = expectOk(indexInstance(readPublished(FOLDER, file, readItc2007)));
    const runs: TimedRun[] = [];
    for (const seed of seeds) {
      const run = await kept.run(`${file} seed ${seed}`, () =>
        timedSearch(indexed, { seed, seconds, threads: THREADS, isFeasible: isAllPlaced }),
      );
      runs.push(run);
      asked.say(`${file}, seed ${seed}: ${run.values.join(', ')} in ${run.iterations} iterations`);
    }
    found.push({ number, runs });
    rows.push(rowOf(number, runs));
  }
  return {
    ...summary(found, seconds),
    tables: [...figures(found), { title: 'By instance', rows }],
  };
}

/** The soft cost counts only where every event has its place. */
const softCost = ({ values }: TimedRun): number => values[2] ?? 0;
const isAllPlaced = ([hard, unplaced]: Values): boolean => hard === 0 && unplaced === 0;
const isPlaced = ({ values }: TimedRun): boolean => isAllPlaced(values);

function rowOf(number: number, runs: readonly TimedRun[]): Record<string, Cell> {
  const costs = runs.map(softCost);
  const reference = SAIRL[number] ?? 0;
  return {
    instance: number,
    'SAIRL, mean': reference,
    'ours, by seed': bySeed(costs),
    median: median(costs),
    mean: rounded(mean(costs)),
    ratio: reference === 0 ? '' : rounded(mean(costs) / reference),
    'all placed': `${runs.filter(isPlaced).length} of ${runs.length}`,
    'all placed after s, by seed': runs
      .map(({ feasibleAfter }) => placedAfter(feasibleAfter))
      .join(', '),
    'iterations, by seed': bySeed(runs.map(({ iterations }) => iterations)),
    'M moves, both threads': bySeed(runs.map(({ weighed }) => rounded(weighed / 1e6))),
  };
}

const placedAfter = (seconds: number | null): string =>
  seconds === null ? 'never' : String(rounded(seconds));

type Found = readonly { readonly number: number; readonly runs: readonly TimedRun[] }[];

function figures(found: Found) {
  const asked = found.filter(({ number }) => number <= ASKED_FOR);
  const runs = asked.flatMap((each) => each.runs);
  const ours = mean(asked.map((each) => mean(each.runs.map(softCost))));
  const theirs = mean(asked.map(({ number }) => SAIRL[number] ?? 0));
  const last = Math.max(
    ...runs.map(({ feasibleAfter }) => feasibleAfter ?? Number.POSITIVE_INFINITY),
  );
  return figuresTable([
    {
      work: `ITC 2007 track 2, mean over ${asked.length} instances`,
      reference: `${rounded(theirs)} (SAIRL, 190 s)`,
      ours: rounded(ours),
      ratio: ours / theirs,
      first: { aim: 'at or under theirs', isReached: ours <= theirs },
      further: { aim: 'half of theirs', isReached: ours <= theirs / 2 },
    },
    {
      work: 'the same, runs with every event placed',
      reference: 'all',
      ours: `${runs.filter(isPlaced).length} of ${runs.length}, the last after ${Number.isFinite(last) ? `${rounded(last)} s` : 'more than the budget'}`,
      first: { aim: 'every run', isReached: runs.every(isPlaced) },
      further: { aim: 'within 10 s', isReached: last <= 10 },
    },
  ]);
}

function summary(found: Found, seconds: number): Pick<Report, 'notes' | 'broken' | 'pictures'> {
  const broken = found.flatMap(({ number, runs }) =>
    runs
      .filter(({ isChecked }) => !isChecked)
      .map(() => `The slow checker sees other values in instance ${number}.`),
  );
  const shown = found[0]?.runs[0];
  return {
    notes: [
      `${seconds} s on ${THREADS} threads each. Threads have seeds of their own, ${THREADS}n - 1 and ${THREADS}n in the nth run; the better one counts, and its iterations with its seed give the same on one thread. Values are judged by the slow checker.`,
      'SAIRL: Goh, Kendall, Sabar, J. Oper. Res. Soc. 70 (2019), mean of 31 runs of 190 s on a Xeon of 3.1 GHz; budgets and machines differ. All instances have a timetable of cost 0.',
    ],
    broken,
    ...(shown === undefined
      ? {}
      : {
          pictures: {
            descent: drawDescent(shown.trace, {
              title: `ITC 2007 track 2, instance ${found[0]?.number}, seed 1: the cost falling`,
              levels: ITC2007_LEVELS,
              iterations: shown.iterations,
              width: 800,
            }),
          },
        }),
  };
}
