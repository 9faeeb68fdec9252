import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { gapOf, type MeetingTimesProblem, neededPeople, weightOf } from '../meeting-model.ts';
import type { Instance, Rule, Timetable } from './model.ts';

/**
 * The times of n calls as a timetable: each call a session, each moment a slot, nobody who cannot
 * there. So whatever solves, proves, explains or mends timetables does it for calls too.
 *
 * The levels, each of them less is better:
 *
 * 0. calls in slots that they may take, in order, with the gap between them
 * 1. needed people, and leads of tracks, who cannot make k (`neededMissing`)
 * 2. the weight of those who cannot make k (all weight less `enough`)
 * 3. what all lack of k calls, by weight (k times all weight less `attended`)
 * 4. what all lack of all calls, by weight (n times all weight less `present`)
 *
 * Not expressible, and left out: pain (`worstPain`, `painSquares`) and `ifNeedBe`, since a timetable
 * knows no price of an hour for one person; and which tracks are in which call (`unplaced`,
 * `interest`), since no rule says “at the time of one of these sessions”. Level 4 comes after
 * those in the order of `LEVELS`, so that the two agree on which times are better down to `attended`.
 *
 * A timetable's slots do not overlap and its gaps count slots: problems whose moments are closer than
 * a call lasts, or whose gap spans now more and now fewer of them, are refused.
 */
export function meetingTimesInstance(given: MeetingTimesProblem): Result<Instance, Problem[]> {
  const order = slotsInOrder(given);
  const starts = order.map((slot) => given.slots[slot]?.start ?? 0);
  const between = slotsWithin(starts, gapOf(given));
  const problems: Problem[] = [];
  if (starts.some((start, at) => at > 0 && start - (starts[at - 1] ?? 0) < given.minutes)) {
    const sentence = `Give slots that start at least ${given.minutes} minutes after each other, as long as a call lasts.`;
    problems.push(problem('slots-overlap', sentence, { path: 'slots' }));
  }
  if (between === undefined) {
    const sentence =
      'Give slots that are equally far apart: the gap between calls is counted in them.';
    problems.push(problem('slots-uneven', sentence, { path: 'slots' }));
  }
  if (between === undefined || problems.length > 0) return fail(problems);
  const calls = given.meetings.map((_, call) => `call ${call}`);
  return ok({
    slots: order.map((slot) => {
      const start = given.slots[slot]?.start ?? 0;
      const day = `${Math.floor(start / 1440)}`;
      return { key: slotKey(slot), day, start, end: start + given.minutes };
    }),
    rooms: [],
    people: given.people.map(({ id, can }, person) => ({
      key: personKey(person),
      name: id,
      away: order.filter((slot) => !can[slot]).map(slotKey),
    })),
    sessions: given.meetings.map(({ key, candidates }, call) => ({
      key: calls[call] ?? '',
      title: key,
      slots: [...new Set(candidates)].map(slotKey),
      isRoomless: true,
    })),
    rules: [
      { kind: 'before', level: 0, sessions: calls, slots: between },
      ...attendance(given, calls),
    ],
    levels: [
      'Calls where they may be',
      'Needed people who cannot make enough calls',
      'People who cannot make enough calls',
      'Calls that people lack',
      'People whom calls lack',
    ],
  });
}

/** Times as the instance's timetable. */
export function timetableOfTimes(given: MeetingTimesProblem, times: readonly number[]): Timetable {
  const order = slotsInOrder(given);
  return { slot: times.map((slot) => order.indexOf(slot)), room: times.map(() => -1) };
}

const slotKey = (slot: number): string => `slot ${slot}`;
const personKey = (person: number): string => `person ${person}`;

function slotsInOrder({ slots }: MeetingTimesProblem): number[] {
  return [...slots.keys()].sort(
    (one, other) => (slots[one]?.start ?? 0) - (slots[other]?.start ?? 0) || one - other,
  );
}

/** How many slots start after one and before the gap is over, if that is the same everywhere. */
function slotsWithin(starts: readonly number[], gap: number): number | undefined {
  const last = starts.at(-1) ?? 0;
  const counts = starts.map((start) => {
    const within = starts.filter((other) => other > start && other - start < gap).length;
    // Where nothing starts after the gap, any number forbids as much.
    return { within, isOpen: start + gap <= last };
  });
  const open = counts.filter(({ isOpen }) => isOpen).map(({ within }) => within);
  const most = Math.max(0, ...counts.map(({ within }) => within));
  const count = open[0] ?? most;
  return most === count && open.every((within) => within === count) ? count : undefined;
}

function attendance(given: MeetingTimesProblem, sessions: readonly string[]): Rule[] {
  const { people, required, meetings } = given;
  const needed = [...neededPeople(given)];
  const byWeight = Map.groupBy(people.keys(), (person) => {
    const one = people[person];
    return one === undefined ? 1 : weightOf(one);
  });
  const all = (level: number, least: number): Rule[] =>
    [...byWeight].map(([weight, those]) => ({
      ...{ kind: 'attends', level, least, weight, sessions },
      people: those.map(personKey),
    }));
  const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
  return [
    {
      ...{ kind: 'attends', level: 1, least: required, sessions },
      people: needed.map(personKey),
    },
    ...all(2, required),
    ...upTo(required).flatMap((least) => all(3, least)),
    ...upTo(meetings.length).flatMap((least) => all(4, least)),
  ];
}
