import { seededRandom } from '@cairn/kernel/random';
import { formGroups } from '@cairn/timetable/groups/form-groups';
import { indexGroups } from '@cairn/timetable/groups/index-groups';
import type { GroupsProblem } from '@cairn/timetable/groups/model';
import { type Asked, type Bench, type Cell, type Report, rounded } from './bench.ts';
import { bySeed, type Figure, figuresTable, median } from './timetable-figures.ts';
import { KeptRuns } from './timetable-runs.ts';

/** What groups are to be formed of whom. */
interface GroupsCase {
  readonly people: number;
  readonly topics: number;
  readonly least: number;
  readonly most: number;
  /** How many wishes everybody has. */
  readonly wishes: number;
  /** `even`: topics are wished for alike; `skewed`: the nth as often as 1/n (Zipf). */
  readonly popularity: 'even' | 'skewed';
  readonly seed: number;
}

/** Invented people with ranked wishes, projects and some who would lead. */
function peopleWithWishes(about: GroupsCase): GroupsProblem {
  const random = seededRandom(about.seed);
  const weights = Array.from({ length: about.topics }, (_, at) =>
    about.popularity === 'even' ? 1 : 1 / (at + 1),
  );
  const total = weights.reduce((sum, each) => sum + each, 0);
  const draw = (): number => {
    let left = random() * total;
    return Math.max(
      0,
      weights.findIndex((weight) => {
        left -= weight;
        return left < 0;
      }),
    );
  };
  return {
    topics: weights.map((_, at) => ({
      key: `topic ${at + 1}`,
      least: about.least,
      most: about.most,
      ...(at % 5 === 0 ? { leads: [`person ${at + 1}`] } : {}),
      mix: { different: 2 },
    })),
    people: Array.from({ length: about.people }, (_, at) => {
      const wishes = new Set<number>();
      if (at < about.topics && at % 5 === 0) wishes.add(at);
      while (wishes.size < Math.min(about.wishes, about.topics)) wishes.add(draw());
      return {
        key: `person ${at + 1}`,
        ranks: [...wishes].map((topic) => `topic ${topic + 1}`),
        interest: random() < 0.3 ? { [`topic ${([...wishes][0] ?? 0) + 1}`]: 'lead' as const } : {},
        projects: [`project ${1 + Math.floor(random() * 12)}`],
      };
    }),
  };
}

const GROUPS_CASES: readonly Omit<GroupsCase, 'seed'>[] = (['even', 'skewed'] as const).flatMap(
  (popularity) => [
    { people: 40, topics: 8, least: 3, most: 7, wishes: 4, popularity },
    { people: 200, topics: 30, least: 3, most: 9, wishes: 5, popularity },
    { people: 2_000, topics: 160, least: 5, most: 13, wishes: 6, popularity },
  ],
);

/** A row of the table: one case, formed once. */
function groupsRow(about: GroupsCase, budget?: number): Record<string, Cell> {
  const problem = peopleWithWishes(about);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const indexed = indexGroups(problem);
  if (!indexed.ok) throw new Error(indexed.error.map(({ sentence }) => sentence).join(' '));
  const found = formGroups(indexed.value, { seed: 1, ...(budget === undefined ? {} : { budget }) });
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  const next = indexed.value.values[found.provenValues];
  return {
    people: about.people,
    topics: about.topics,
    sizes: `${about.least} to ${about.most}`,
    wishes: `${about.wishes}, ${about.popularity}`,
    seed: about.seed,
    groups: found.groups.length,
    values: found.values.join(' '),
    proven: found.isOptimal
      ? 'everything'
      : `up to “${next?.name}”: ${found.values[found.provenValues]}, bound ${found.bound[found.provenValues]}`,
    iterations: found.iterations,
    s: rounded(seconds),
    'cpu s': rounded((user + system) / 1e6),
  };
}

/** Groups of people who wish for topics. */
export const timetableGroups: Bench = {
  name: 'timetable-groups',
  what: 'Groups of which nobody is sacrificed for the sum, of invented people with ranked wishes: how long until they are there, and what is proven of them.',
  onlyWhenNamed: true,
  run: measure,
};

async function measure(asked: Asked): Promise<Report> {
  const kept = new KeptRuns('timetable-groups', asked);
  const rows: Record<string, Cell>[] = [];
  for (const each of asked.quick ? GROUPS_CASES.slice(0, 1) : GROUPS_CASES) {
    for (const seed of asked.quick ? [1] : [1, 2, 3]) {
      const name = `${each.people} people, ${each.popularity}, seed ${seed}`;
      rows.push(await kept.run(name, () => groupsRow({ ...each, seed })));
      asked.say(`${name}: ${rows.at(-1)?.['s']} s, proven ${rows.at(-1)?.['proven']}`);
    }
  }
  const popularities = ['even', 'skewed'] as const;
  return {
    tables: [
      ...figuresTable(popularities.flatMap((popularity) => figureOf(popularity, rows))),
      { title: 'By case', rows },
    ],
    notes: [
      'One thread. “even”: topics are wished for alike; “skewed”: the nth as often as 1/n, so that many wishes cannot be met. The values are compared in order: what must hold, people without a group, people without a wish of theirs, then those with their last wish, the one before it, and so on.',
    ],
    broken: [],
  };
}

const LARGE = 2_000;

function figureOf(
  popularity: GroupsCase['popularity'],
  rows: readonly Readonly<Record<string, Cell>>[],
): Figure[] {
  const large = rows.filter(
    ({ people, wishes }) => people === LARGE && String(wishes).endsWith(popularity),
  );
  if (large.length === 0) return [];
  const seconds = large.map(({ s }) => Number(s));
  return [
    {
      work: `groups, leximin by rank, ${LARGE} people and 160 topics, ${popularity} wishes: s, median of ${seconds.length} seeds`,
      reference: '10 to 12 (HiGHS, five solves)',
      ours: `${median(seconds)} (${bySeed(seconds)}), proven ${large[0]?.['proven']}`,
      ratio: median(seconds) / 10,
      first: { aim: '5 s', isReached: median(seconds) <= 5 },
      further: { aim: '1 s', isReached: median(seconds) <= 1 },
    },
  ];
}
