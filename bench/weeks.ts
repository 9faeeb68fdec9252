import { type Random, seededRandom } from '@cairn/kernel/random';
import { ranksByDefinition } from '@cairn/timetable/week-checker';
import { rankWeeks, type WeekAnswer, type WeekProblem } from '@cairn/timetable/week-ranking';
import { type Asked, type Bench, percentile, type Report, rounded } from './bench.ts';
import { bundledPostgres } from './postgres-version.ts';

/** How long it takes to rank weeks: for a summit as it is, and for more people than anybody asks. */
export const weeks: Bench = {
  name: 'weeks',
  what: 'Ranking candidate weeks by the answers of 40 people to 20 weeks and of 5,000 to 60, against each other and against the checker that follows the definition word by word; all in one process, in turns.',
  run: measure,
};

const SIZES = [
  { people: 40, windows: 20 },
  { people: 5_000, windows: 60 },
] as const;

async function measure({ quick, say }: Asked): Promise<Report> {
  const turns = quick ? 3 : 25;
  const problems = SIZES.map((size, index) => problemOf(size, seededRandom(index + 1)));
  const fast: number[][] = SIZES.map(() => []);
  const slow: number[][] = SIZES.map(() => []);
  const broken: string[] = [];
  for (let turn = 0; turn <= turns; turn++) {
    for (const [index, problem] of problems.entries()) {
      const { ranking } = timed(fast[index], turn, () => rankWeeks(problem));
      const expected = timed(slow[index], turn, () => ranksByDefinition(problem));
      if (ranking.some(({ id, rank }) => expected.get(id) !== rank)) {
        broken.push(`The ranking of problem ${index + 1} is not what its definition says.`);
      }
    }
  }
  const middle = (times: readonly number[] | undefined): number => percentile(times ?? [], 0.5);
  const small = middle(fast[0]);
  const rows = SIZES.map(({ people, windows }, index) => {
    const median = middle(fast[index]);
    const checker = middle(slow[index]);
    say(`${people} x ${windows}: ${rounded(median)} ms, checker ${rounded(checker)} ms`);
    return {
      people,
      weeks: windows,
      answers: people * windows,
      'median ms': rounded(median),
      'slowest ms': rounded(Math.max(...(fast[index] ?? []))),
      'times 40 x 20': rounded(median / small),
      'checker, median ms': rounded(checker),
      'checker / ranking': rounded(checker / median),
    };
  });
  return {
    tables: [{ title: 'One ranking', rows }],
    notes: [
      `Each is ranked ${turns} times after one that does not count. A tenth of the answers are missing, three people in a hundred are needed, and there are 12 communities.`,
      'The ratios are of one run and hold on other machines; the milliseconds are those of this one.',
      'In every turn both give the same ranks to all weeks; otherwise this bench ends with status 3.',
    ],
    broken,
    postgres: bundledPostgres(),
  };
}

/** The first turn warms up: its time is not kept. */
function timed<T>(times: number[] | undefined, turn: number, work: () => T): T {
  const begins = performance.now();
  const done = work();
  if (turn > 0) times?.push(performance.now() - begins);
  return done;
}

function problemOf({ people, windows }: (typeof SIZES)[number], random: Random): WeekProblem {
  const ids = Array.from({ length: windows }, (_, index) => `w${index}`);
  const suits = ids.map(() => 0.3 + 0.4 * random());
  const answer = (index: number): WeekAnswer | undefined => {
    if (random() < 0.1) return undefined;
    if (random() > (suits[index] ?? 0)) return 'no';
    return random() < 0.7 ? 'yes' : 'if_need_be';
  };
  const communities = Array.from({ length: 12 }, (_, index) => `c${index}`);
  return {
    seats: Math.ceil(people * 0.8),
    windows: ids.map((id, index) => ({
      id,
      leadDays: 100 + 7 * index,
      leadShortDays: Math.max(0, 21 - 7 * index),
      cost: Math.floor(random() * 5) * 10_000,
    })),
    people: Array.from({ length: people }, (_, index) => ({
      id: `p${index}`,
      communities: communities.filter(() => random() < 0.1),
      weight: 1 + Math.floor(random() * 3),
      isNeeded: random() < 0.03,
      answers: Object.fromEntries(
        ids.flatMap((id, window) => {
          const said = answer(window);
          return said === undefined ? [] : [[id, said]];
        }),
      ),
    })),
    communities: communities.map((key) => ({ key, least: 2 })),
  };
}
