import { seededRandom } from '@cairn/kernel/random';
import { expectZone, Temporal } from '@cairn/kernel/time';
import { canOver, localSlots, minuteOf, painOver } from '@cairn/timetable/availability-slots';
import type { Invited, MeetingTimesProblem } from '@cairn/timetable/meeting-model';
import { findMeetingTimes } from '@cairn/timetable/meeting-times';
import { type Asked, type Bench, type Cell, type Report, rounded } from './bench.ts';
import { bySeed, type Figure, figuresTable, median } from './timetable-figures.ts';
import { KeptRuns } from './timetable-runs.ts';

/** Eleven zones of both hemispheres. */
const ZONES = [
  'America/Los_Angeles',
  'America/New_York',
  'America/Sao_Paulo',
  'Europe/London',
  'Europe/Berlin',
  'Africa/Nairobi',
  'Asia/Kolkata',
  'Asia/Shanghai',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Pacific/Auckland',
].map(expectZone);

interface TimesCase {
  readonly people: number;
  /** Days of 24 hourly slots: 5 make 280,840 triples, 7 make 776,216. */
  readonly days: number;
  /** Whether people have weights, there are seven tracks with leads, and calls of one day are barred. */
  readonly isFull: boolean;
  readonly seed: number;
}

/** Two of three calls in one week, for people who can in their waking hours, 15 % of which are taken. */
function weekOfCalls({ people, days, isFull, seed }: TimesCase): MeetingTimesProblem {
  const random = seededRandom(seed);
  const first = minuteOf(Temporal.PlainDate.from('2023-02-06').toZonedDateTime('UTC').toInstant());
  const starts = Array.from({ length: 24 * days }, (_, hour) => first + 60 * hour);
  const zones = ZONES.map((zone) => {
    const local = localSlots(zone, starts, 60);
    return { local, pain: painOver(local, { from: 8 * 60, until: 21 * 60 }) };
  });
  const [some] = zones;
  if (some === undefined) throw new Error('there are zones');
  return {
    required: 2,
    minutes: 60,
    minGapMinutes: isFull ? 24 * 60 : 60,
    meetings: [1, 2, 3].map((call) => ({ key: `call ${call}`, candidates: [...starts.keys()] })),
    slots: starts.map((start) => ({ start })),
    people: Array.from({ length: people }, (_, index): Invited => {
      const { local, pain } = zones[index % zones.length] ?? some;
      const begins = 7 + Math.floor(random() * 3);
      const ends = 17 + Math.floor(random() * 5);
      const cells = Array.from({ length: 168 }, (_, hour) => {
        const isWaking = hour % 24 >= begins && hour % 24 < ends;
        return isWaking && random() >= 0.15 ? (random() < 0.8 ? '2' : '1') : '0';
      }).join('');
      return {
        id: `person ${index + 1}`,
        can: canOver(cells, local),
        pain,
        interest: isFull
          ? Array.from({ length: 7 }, () => Math.max(0, Math.floor(random() * 6) - 2))
          : [],
        ...(isFull ? { weight: 1 + Math.floor(random() * 3) } : {}),
      };
    }),
    tracks: isFull
      ? Array.from({ length: 7 }, (_, track) => ({
          key: `track ${track + 1}`,
          ...(track < 3 ? { lead: track } : {}),
        }))
      : [],
    parallel: { least: isFull ? 1 : 0, most: 3 },
  };
}

const TIMES_CASES: readonly Omit<TimesCase, 'seed'>[] = [40, 2_000, 50_000].flatMap((people) => [
  { people, days: 5, isFull: false },
  { people, days: 7, isFull: false },
  { people, days: 7, isFull: true },
]);

/** A row of the table: one case, searched once. */
function timesRow(about: TimesCase, budget = 300_000_000): Record<string, Cell> {
  const problem = weekOfCalls(about);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const { best, isOptimal, provenLevels, iterations } = findMeetingTimes(problem, {
    seed: 1,
    budget,
  });
  const seconds = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return {
    people: about.people,
    slots: 24 * about.days,
    'tracks and weights': about.isFull ? 'yes' : 'no',
    seed: about.seed,
    missed: best === undefined ? '' : missedBy(problem, best.times),
    proven: isOptimal ? 'everything' : `${provenLevels} values`,
    iterations,
    ms: rounded(1000 * seconds),
    'cpu ms': rounded((user + system) / 1000),
  };
}

const missedBy = ({ people, required }: MeetingTimesProblem, times: readonly number[]): number =>
  people.filter(({ can }) => times.filter((slot) => can[slot]).length < required).length;

/** Two of three calls in a week. */
export const timetableTimes: Bench = {
  name: 'timetable-times',
  what: 'Times of three calls in one week of hourly slots so that everybody makes two, for people in eleven zones: how long until it is proven that nobody can do better.',
  onlyWhenNamed: true,
  run: measure,
};

async function measure(asked: Asked): Promise<Report> {
  const kept = new KeptRuns('timetable-times', asked);
  const rows: Record<string, Cell>[] = [];
  for (const each of asked.quick ? TIMES_CASES.slice(0, 3) : TIMES_CASES) {
    for (const seed of asked.quick ? [1] : [1, 2, 3]) {
      const name = `${each.people} people, ${each.days} days, ${each.isFull ? 'with' : 'without'} tracks, seed ${seed}`;
      rows.push(await kept.run(name, () => timesRow({ ...each, seed })));
      asked.say(`${name}: ${rows.at(-1)?.['ms']} ms, proven ${rows.at(-1)?.['proven']}`);
    }
  }
  return {
    tables: [
      ...figuresTable([
        ...figureOf(rows, { people: [40, 2_000], slots: 120, isFull: false }),
        ...figureOf(rows, { people: [40, 2_000], slots: 168, isFull: true }),
        ...figureOf(rows, { people: [50_000], slots: 168, isFull: true }),
      ]),
      { title: 'By case', rows },
    ],
    notes: [
      'One thread. 120 slots are five days, with 280,840 choices of three; 168 are seven days, with 776,216. “missed” are people who cannot make two of the three; they get the nearest that is possible. With tracks there are also weights, leads, and at least a day between calls. All nine values are compared in order, from the needed people down to interest in tracks; the reference counted who makes two, and nothing else.',
    ],
    broken: [],
  };
}

function figureOf(
  rows: readonly Readonly<Record<string, Cell>>[],
  { people, slots, isFull }: { people: readonly number[]; slots: number; isFull: boolean },
): Figure[] {
  const mine = rows.filter(
    (row) =>
      people.includes(Number(row['people'])) &&
      row['slots'] === slots &&
      row['tracks and weights'] === (isFull ? 'yes' : 'no'),
  );
  if (mine.length === 0) return [];
  const all = mine.map(({ ms }) => Number(ms));
  const isProven = mine.every(({ proven }) => proven === 'everything');
  const isLarge = people.includes(50_000);
  const isFast = median(all) <= 48;
  return [
    {
      work: `2 of 3 times in a week of ${slots} hourly slots, ${people.map((each) => each.toLocaleString('en')).join(' and ')} people${isFull ? ', tracks and weights' : ''}: ms, median`,
      reference: isLarge ? 'none' : '11 to 48 ms (enumeration)',
      ours: `${median(all)} (${bySeed(all)}), ${isProven ? 'everything proven' : 'not everything proven'}`,
      first: { aim: isFull ? 'with tracks and weights' : 'proven', isReached: isProven },
      further: isLarge
        ? { aim: '50,000 people', isReached: isProven }
        : { aim: 'in 48 ms', isReached: isProven && isFast },
    },
  ];
}
