import { setImmediate } from 'node:timers/promises';
import { checkConference } from '@cairn/timetable/conference/checker';
import { readCosplib } from '@cairn/timetable/conference/cosplib-file';
import type { Conference } from '@cairn/timetable/conference/model';
import type { ConferenceValues } from '@cairn/timetable/conference/search';
import { solveConference } from '@cairn/timetable/conference/solve';
import type { Asked, Bench, Cell, Report } from './bench.ts';
import { rounded } from './bench.ts';
import { missingNote, publishedFiles, readPublished } from './timetable-data.ts';
import { bySeed, type Figure, figuresTable, median } from './timetable-figures.ts';
import { KeptRuns } from './timetable-runs.ts';

const FOLDER = 'cosplib';

/** Real conferences with what is known of them. */
export const timetableCosplib: Bench = {
  name: 'timetable-cosplib',
  what: 'Conferences of CoSPLib: the library’s own objective of our schedules, beside the published solutions and its hyper-heuristic.',
  onlyWhenNamed: true,
  run: measure,
};

/** What there is to reach, as the library's own checker values it, with as few presenters twice at once. */
const REFERENCES: Readonly<Record<string, { objective: number; by: string; speed: number }>> = {
  N2OR: { objective: 1, by: 'hyper-heuristic, 120 s', speed: 4640 },
  GECCO19: { objective: 10066, by: 'hyper-heuristic, 120 s', speed: 198 },
  GECCO20: { objective: 6298, by: 'published', speed: 456 },
  GECCO21: { objective: 11130, by: 'published', speed: 636 },
  OR60F: { objective: 433, by: 'published', speed: 109 },
};

interface Run {
  readonly values: ConferenceValues;
  readonly iterations: number;
  readonly seconds: number;
  readonly bound: number;
  /** When the reference was equalled; null for never. */
  readonly reachedAfter: number | null;
  readonly isChecked: boolean;
}

async function measure(asked: Asked): Promise<Report> {
  const files = publishedFiles(FOLDER, '.json');
  if (files.length === 0) return { tables: [], notes: [missingNote(FOLDER)], broken: [] };
  const kept = new KeptRuns('timetable-cosplib', asked);
  const budgets = asked.quick
    ? [{ seconds: 0.5, seeds: [1] }]
    : [
        { seconds: 10, seeds: [1, 2, 3, 4, 5].slice(0, asked.seeds) },
        { seconds: 120, seeds: [1, 2].slice(0, asked.seeds - 1) },
      ].filter(({ seeds }) => seeds.length > 0);
  const rows: Record<string, Cell>[] = [];
  const figures: Figure[] = [];
  const broken: string[] = [];
  for (const file of files) {
    const name = file.replace('.json', '');
    const conference = readPublished(FOLDER, file, readCosplib);
    for (const { seconds, seeds } of budgets) {
      const runs: Run[] = [];
      for (const seed of seeds) {
        const run = () => solve(conference, seed, seconds, REFERENCES[name]?.objective);
        runs.push(await kept.run(`${name} ${seconds} s seed ${seed}`, run));
        asked.say(`${name}, ${seconds} s, seed ${seed}: ${runs.at(-1)?.values.join(', ')}`);
      }
      if (runs.some(({ isChecked }) => !isChecked)) {
        broken.push(`The slow checker sees other values in ${name}.`);
      }
      rows.push(rowOf(name, seconds, runs));
      if (seconds === budgets[0]?.seconds) figures.push(...figureOf(name, seconds, runs));
    }
  }
  return {
    tables: [...figuresTable(figures), { title: 'By conference and time', rows }],
    broken,
    notes: [
      'One thread. All submissions are scheduled and nobody presents twice at once, unless “faults” or “presenters” says otherwise. The hyper-heuristic is the library’s own (Python), measured for 120 s with one seed on another day; its iterations, which try whole schedules, are not moves of ours. The published solutions are those of its exact and extended models, valued by its checker. For GECCO21 the hyper-heuristic reached 10956 with three presenters twice at once, which does not count here.',
    ],
  };
}

async function solve(
  conference: Conference,
  seed: number,
  seconds: number,
  reference: number | undefined,
): Promise<Run> {
  const begun = performance.now();
  const since = () => (performance.now() - begun) / 1000;
  let reachedAfter: number | null = null;
  const look = ([faults, presenters, objective]: ConferenceValues) => {
    const isReached = faults + presenters === 0 && objective <= (reference ?? -1);
    if (isReached) reachedAfter ??= since();
  };
  const found = await solveConference(conference, {
    seed,
    milliseconds: seconds * 1000,
    now: () => performance.now(),
    onProgress: ({ values }) => look(values),
    pause: () => setImmediate(),
  });
  const took = since();
  look(found.values);
  const { values } = checkConference(conference, found.schedule);
  return {
    values: found.values,
    iterations: found.iterations,
    seconds: took,
    bound: found.bound.objective,
    reachedAfter,
    isChecked: values.every((value, level) => value === found.values[level]),
  };
}

function rowOf(name: string, seconds: number, runs: readonly Run[]): Record<string, Cell> {
  const speed = median(runs.map((run) => run.iterations / run.seconds));
  const theirs = REFERENCES[name]?.speed;
  const [faults, presenters] = [0, 1].map((level) =>
    bySeed(runs.map(({ values }) => values[level] ?? 0)),
  );
  return {
    conference: name,
    seconds,
    'faults, by seed': faults ?? '',
    'presenters, by seed': presenters ?? '',
    'objective, by seed': bySeed(runs.map(({ values }) => values[2])),
    median: median(runs.map(({ values }) => values[2])),
    bound: runs[0]?.bound ?? 0,
    'reference reached after s': runs
      .map(({ reachedAfter }) => (reachedAfter === null ? 'never' : rounded(reachedAfter)))
      .join(', '),
    'moves/s': rounded(speed),
    'hyper-heuristic, iterations/s': theirs ?? '',
    'iterations, by seed': bySeed(runs.map(({ iterations }) => iterations)),
  };
}

function figureOf(name: string, seconds: number, runs: readonly Run[]): Figure[] {
  const reference = REFERENCES[name];
  if (reference === undefined) return [];
  const ours = median(runs.map(({ values }) => values[2]));
  const isAsGood = runs.every(({ reachedAfter }) => reachedAfter !== null);
  return [
    {
      work: `CoSPLib ${name}, ${seconds} s, 1 thread`,
      reference: `${reference.objective} (${reference.by})`,
      ours,
      ratio: ours / reference.objective,
      first: { aim: 'equal or better in 120 s', isReached: isAsGood },
      further: { aim: 'equal or better in 10 s', isReached: isAsGood && seconds <= 10 },
    },
  ];
}
