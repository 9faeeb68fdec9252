import { seededRandom } from '@cairn/kernel/random';
import { expectOk } from '@cairn/kernel/result';
import { DISRUPTION_KINDS, disrupted } from '@cairn/timetable/generator/disruptions';
import { SUMMIT_SIZES, summitInstance } from '@cairn/timetable/generator/summit';
import { repairTimetable } from '@cairn/timetable/repair/repair';
import { solveTimetable } from '@cairn/timetable/search/solve';
import { checkTimetable } from '@cairn/timetable/sessions/checker';
import { indexInstance } from '@cairn/timetable/sessions/index-instance';
import { compareValues, type Instance, type Timetable } from '@cairn/timetable/sessions/model';
import { type Asked, type Bench, type Cell, type Report, rounded } from './bench.ts';
import { LARGE_DISRUPTIONS } from './timetable-disruptions.ts';
import { type Figure, figuresTable } from './timetable-figures.ts';
import { KeptRuns } from './timetable-runs.ts';

/** What has to move when something happens. */
export const timetableRepair: Bench = {
  name: 'timetable-repair',
  what: 'Something happens after the timetable was made: the fewest sessions that must move, whether that is proven, how long it takes, and what two and five more moves would bring.',
  onlyWhenNamed: true,
  run: measure,
};

type Size = keyof typeof SUMMIT_SIZES;
const SIZES: readonly Size[] = ['S', 'M', 'L'];

interface Repaired {
  readonly what: string;
  readonly verdict: string;
  readonly least: number;
  readonly isProven: boolean;
  readonly seconds: number;
  /** By offer: interest lost. */
  readonly lost: readonly number[];
  readonly isInOrder: boolean;
}

async function measure(asked: Asked): Promise<Report> {
  const kept = new KeptRuns('timetable-repair', asked);
  const rows: Record<string, Cell>[] = [];
  const figures: Figure[] = [];
  const broken: string[] = [];
  for (const size of asked.quick ? SIZES.slice(0, 1) : SIZES) {
    const repairs: Repaired[] = [];
    for (const seed of asked.quick ? [1] : [1, 2, 3]) {
      const all = await kept.run(`${size} seed ${seed}`, () => repairsOf(size, seed));
      repairs.push(...all);
      rows.push(...all.map((each) => rowOf(size, seed, each)));
      asked.say(
        `${size}, seed ${seed}: ${all.map(({ least, seconds }) => `${least} in ${rounded(seconds)} s`).join(', ')}`,
      );
    }
    broken.push(
      ...repairs
        .filter(({ isInOrder }) => !isInOrder)
        .map(({ what }) => `An offer is not what it says: ${size}, ${what}.`),
    );
    figures.push(figureOf(size, repairs));
  }
  return {
    tables: [...figuresTable(figures), { title: 'By case', rows }],
    broken,
    notes: [
      'One thread, no HiGHS. “moves” is the fewest sessions that must have another slot or room; “lost” is the interest that people lose, before the change, and after it with as few moves and with two and five more. Each case changes the same timetable, found with 300,000 iterations.',
    ],
  };
}

async function repairsOf(size: Size, seed: number): Promise<Repaired[]> {
  const instance = summitInstance({ ...SUMMIT_SIZES[size], seed });
  const indexed = expectOk(indexInstance(instance));
  const { timetable } = await solveTimetable(indexed, { seed, iterations: 300_000 });
  const random = seededRandom(seed);
  const found: Repaired[] = [];
  for (const kind of DISRUPTION_KINDS) {
    const change = disrupted(instance, timetable, kind, seed);
    if (change !== undefined) found.push(await repair(kind, change.instance, change.timetable));
  }
  for (const disrupt of LARGE_DISRUPTIONS) {
    const { what, instance: changed } = disrupt(instance, random);
    found.push(await repair(what, changed, timetable));
  }
  return found;
}

async function repair(what: string, changed: Instance, previous: Timetable): Promise<Repaired> {
  const indexed = expectOk(indexInstance(changed));
  const begun = performance.now();
  const { verdict, least, isProven, offers } = await repairTimetable(indexed, previous);
  const seconds = (performance.now() - begun) / 1000;
  const isInOrder = offers.every(({ timetable, values, moves, more }) => {
    const judged = checkTimetable(indexed, timetable).values;
    return compareValues(judged, values) === 0 && judged[0] === 0 && moves.length <= least + more;
  });
  const before = checkTimetable(indexed, previous).values[1] ?? 0;
  const lost = [before, ...offers.map(({ values }) => values[1] ?? 0)];
  return { what, verdict, least, isProven, seconds, lost, isInOrder };
}

const rowOf = (size: Size, seed: number, each: Repaired): Record<string, Cell> => ({
  size,
  seed,
  what: each.what,
  moves: each.verdict === 'repaired' ? each.least : each.verdict,
  proven: each.isProven ? 'yes' : 'no',
  s: rounded(each.seconds),
  'lost before': each.lost[0] ?? '',
  '+0': each.lost[1] ?? '',
  '+2': each.lost[2] ?? '',
  '+5': each.lost[3] ?? '',
});

function figureOf(size: Size, repairs: readonly Repaired[]): Figure {
  const proven = repairs.filter(({ isProven }) => isProven).length;
  const longest = Math.max(...repairs.map(({ seconds }) => seconds));
  const isFast = longest < 1;
  const mended = repairs.filter(({ verdict }) => verdict === 'repaired');
  return {
    work: `repair, ${SUMMIT_SIZES[size].sessions} sessions, ${repairs.length} cases`,
    reference: 'proven minimum of moves',
    ours: `proven ${proven} of ${repairs.length}, the longest ${rounded(longest)} s`,
    first: { aim: 'equals it, 1 s', isReached: proven === repairs.length && isFast },
    further: {
      aim: 'with the best at +0, +2, +5 in it',
      isReached:
        proven === repairs.length && isFast && mended.every(({ lost }) => lost.length === 4),
    },
  };
}
