import { setImmediate } from 'node:timers/promises';
import { expectZone } from '@cairn/kernel/time';
import { addCall, noCalls, weightOfSet } from '@cairn/timetable/meeting-attendance';
import { type Columns, columnsOf } from '@cairn/timetable/meeting-columns';
import { bestFixedTime, countKeeping } from '@cairn/timetable/meeting-fixed-time';
import { LEVELS, type MeetingTimesProblem } from '@cairn/timetable/meeting-model';
import { type MeetingTimesResult, searchMeetingTimes } from '@cairn/timetable/meeting-times';
import { type Asked, type Bench, type Cell, type Report, rounded } from './bench.ts';
import { peopleInZones, type Wanted } from './people-in-zones.ts';

/** Finding the times of calls for people all over the world. */
export const meetings: Bench = {
  name: 'meetings',
  what: 'Times of one-hour calls, one a month from February 2023, for invented people in twelve zones of both hemispheres: how long until it is proven that nobody can do better, and how many more can make k of n than with the best fixed time a month.',
  run: measure,
};

interface Case extends Omit<Wanted, 'seed'> {
  /** Columns that may be looked at. */
  readonly budget: number;
}

const MILLION = 1_000_000;
const THREE = { calls: 3, required: 2, slotMinutes: 60, budget: 300 * MILLION } as const;
const FIVE = { calls: 5, required: 3, slotMinutes: 60, budget: 600 * MILLION } as const;
const CASES: readonly Case[] = [
  { people: 40, ...THREE, busy: 'weekly' },
  { people: 40, ...THREE, busy: 'dated' },
  { people: 40, ...THREE, busy: 'dated', slotMinutes: 30 },
  { people: 2_000, ...THREE, busy: 'weekly' },
  { people: 2_000, ...THREE, busy: 'dated' },
  { people: 2_000, ...THREE, busy: 'weekly', slotMinutes: 30 },
  { people: 40, ...FIVE, busy: 'weekly' },
  { people: 40, ...FIVE, busy: 'dated', budget: 100 * MILLION },
  { people: 2_000, ...FIVE, busy: 'weekly', budget: 50 * MILLION },
];

async function measure({ quick, say }: Asked): Promise<Report> {
  const seeds = quick ? [1] : [1, 2, 3];
  const cases = quick ? CASES.slice(0, 1) : CASES;
  const speed: Record<string, Cell>[] = [];
  const served: Record<string, Cell>[] = [];
  for (const each of cases) {
    // The long ones once: their seeds differ by minutes, not in what they say.
    for (const seed of each.calls === 5 ? seeds.slice(0, 1) : seeds) {
      // A moment for whoever wants to stop this.
      await setImmediate();
      const problem = peopleInZones({ ...each, seed });
      const run = timed(problem, each.budget);
      const about = {
        people: each.people,
        calls: `${each.required} of ${each.calls}`,
        slots: each.slotMinutes === 60 ? 'hourly' : 'half-hourly',
        busy: each.busy,
        seed,
      };
      speed.push({ ...about, ...speedOf(problem, run) });
      served.push({ ...about, ...servedBy(problem, run.result) });
      say(
        `${each.people} people, ${about.calls}, ${about.slots}, ${each.busy}, seed ${seed}: ${rounded(run.seconds)} s`,
      );
    }
  }
  return {
    tables: [
      { title: 'Until it is proven', rows: speed },
      { title: 'Who can make k of n', rows: served },
    ],
    notes: [
      '“weekly”: 15 % of everybody’s hours are taken alike in every week, so that most weeks of a month are equal; “dated”: as much is taken by single appointments, so that hardly two slots are.',
      '“choices” are all ways to choose one different slot for each call; “looked at” are the columns that the search looked at, as a part of these. “cpu s” are seconds of the processor: other programs on the machine change them less. “plain” is how long it would take to count the people for every choice with the same bits, from a sample measured in the same run.',
      '“proven” names the last of the values, in the order of importance, of which it is proven that nobody can do better; “everything” is a proven optimum down to the interest in tracks and the earliest times. Where it is not everything, “bound” is what nobody can exceed in the next value.',
      '“fixed” is the best that one weekday and hour of the month can do, of all weekdays, hours and ordinals on a clock in Berlin, judged in the same order of importance on the same data.',
      'The search counts columns, not seconds: for the same seed and budget every machine finds the same.',
    ],
    broken: [],
  };
}

interface Run {
  readonly result: MeetingTimesResult;
  readonly seconds: number;
  /** Of the processor: what other programs took is not in it. */
  readonly cpuSeconds: number;
  /** When what was found in the end was there first. */
  readonly secondsToBest: number;
  /** The longest time between two of its yields. */
  readonly longestMs: number;
}

function timed(problem: MeetingTimesProblem, budget: number): Run {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const search = searchMeetingTimes(problem, { seed: 1, budget });
  const bests: { readonly at: number; readonly times: string }[] = [];
  let longestMs = 0;
  for (let last = begun; ; ) {
    const { done, value } = search.next();
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last);
    last = now;
    const times = String(value.best?.times);
    if (bests.at(-1)?.times !== times) bests.push({ at: now, times });
    if (!done) continue;
    const seconds = (now - begun) / 1000;
    const cpuSeconds = cpuSince(cpu);
    return {
      result: value,
      seconds,
      cpuSeconds,
      secondsToBest: ((bests.at(-1)?.at ?? now) - begun) / 1000,
      longestMs,
    };
  }
}

function speedOf(problem: MeetingTimesProblem, run: Run): Record<string, Cell> {
  const { result, seconds, cpuSeconds, secondsToBest, longestMs } = run;
  const columns = columnsOf(problem);
  const choices = columns.choices.reduce((product, { length }) => product * length, 1);
  const last = LEVELS[result.provenLevels - 1]?.key ?? 'nothing';
  const next = LEVELS[result.provenLevels]?.key;
  return {
    'different slots': columns.choices.map(({ length }) => length).join(', '),
    choices: choices.toExponential(1),
    'looked at': `${(100 * (result.iterations / choices)).toPrecision(2)} %`,
    'best after s': rounded(secondsToBest),
    'all s': rounded(seconds),
    'all cpu s': rounded(cpuSeconds),
    'plain cpu s': rounded(choices / plainPerSecond(columns)),
    'longest step ms': rounded(longestMs),
    proven: result.isOptimal ? 'everything' : last,
    bound:
      result.isOptimal || next === undefined
        ? ''
        : `${next} ${result.best?.values[next]}, bound ${result.bound?.[next]}`,
  };
}

/** For how many choices the people can be counted in a second, without any cleverness. */
function plainPerSecond(columns: Columns): number {
  const attendance = noCalls(columns);
  const top = columns.required * columns.words;
  const cpu = process.cpuUsage();
  let counted = 0;
  for (; counted % 1000 > 0 || cpuSince(cpu) < 0.3; counted += 1) {
    attendance.fill(0, columns.words);
    for (const choices of columns.choices) {
      const { can } = choices[counted % choices.length]?.column ?? { can: columns.everybody };
      addCall(columns, attendance, can, attendance);
    }
    weightOfSet(columns, attendance.subarray(top));
  }
  return counted / cpuSince(cpu);
}

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000_000;
}

function servedBy(
  problem: MeetingTimesProblem,
  { best }: MeetingTimesResult,
): Record<string, Cell> {
  const fixed = bestFixedTime(problem, expectZone('Europe/Berlin'));
  const all = problem.people.length;
  const ours = countKeeping(problem, best?.times ?? []);
  const theirs = countKeeping(problem, fixed?.times ?? []);
  const share = (count: number): string => `${((100 * count) / all).toFixed(1)} %`;
  return {
    found: ours,
    'found, share': share(ours),
    fixed: theirs,
    'fixed, share': share(theirs),
    more: ours - theirs,
    'worst pain, h': (best?.values.worstPain ?? 0) / 2,
    'with fixed, h': (fixed?.values.worstPain ?? 0) / 2,
  };
}
