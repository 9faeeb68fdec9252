import {
  gapOf,
  type Invited,
  type MeetingTimesProblem,
  type MeetingValues,
  neededPeople,
  startOf,
  type Track,
  timesOf,
  weightOf,
} from './meeting-model.ts';

/** A broken rule of a timetable. */
export type Fault =
  | { readonly code: 'not-a-candidate' | 'too-close' | 'too-many-tracks'; readonly meeting: number }
  | {
      readonly code: 'track-not-here' | 'track-twice' | 'lead-absent' | 'lead-twice';
      readonly meeting: number;
      readonly track: number;
    }
  | { readonly code: 'track-too-often'; readonly track: number };

export interface Judged {
  readonly values: MeetingValues;
  readonly faults: readonly Fault[];
}

/**
 * Judges a timetable from nothing but its definition: slow, obvious, and shared with nothing of the
 * search, which is tested against it.
 */
export function checkMeetingTimes(
  problem: MeetingTimesProblem,
  found: { readonly times: readonly number[]; readonly placement: readonly (readonly number[])[] },
): Judged {
  const { people, required } = problem;
  const needed = neededPeople(problem);
  let [neededMissing, enough, attended, worstPain, painSquares, ifNeedBe] = [0, 0, 0, 0, 0, 0];
  let present = 0;
  for (const [index, person] of people.entries()) {
    const calls = callsOf(person, found.times, required);
    if (calls.length < required && needed.has(index)) neededMissing += 1;
    if (calls.length >= required) enough += weightOf(person);
    attended += weightOf(person) * calls.length;
    const pain = calls.reduce((sum, slot) => sum + (person.pain[slot] ?? 0), 0);
    worstPain = Math.max(worstPain, pain);
    painSquares += pain ** 2;
    ifNeedBe += calls.filter((slot) => person.can[slot] === 1).length;
    present += weightOf(person) * found.times.filter((slot) => (person.can[slot] ?? 0) > 0).length;
  }
  return {
    values: {
      neededMissing,
      enough,
      attended,
      worstPain,
      painSquares,
      ifNeedBe,
      present,
      unplaced: unplacedIn(problem, found.placement),
      interest: interestIn(problem, found),
    },
    faults: faultsIn(problem, found),
  };
}

/** The slots of the calls that count for somebody: the least painful k of those that they can make. */
export const callsOf = (person: Invited, times: readonly number[], required: number): number[] =>
  times
    .filter((slot) => (person.can[slot] ?? 0) > 0)
    .sort(
      (a, b) =>
        (person.pain[a] ?? 0) - (person.pain[b] ?? 0) ||
        (person.can[b] ?? 0) - (person.can[a] ?? 0),
    )
    .slice(0, required);

function unplacedIn(
  { tracks, parallel, meetings }: MeetingTimesProblem,
  placement: readonly (readonly number[])[],
): number {
  if (tracks.length === 0) return 0;
  let missing = 0;
  for (const index of meetings.keys()) {
    missing += Math.max(0, parallel.least - (placement[index] ?? []).length);
  }
  for (const [index, track] of tracks.entries()) {
    const often = placement.filter((here) => here.includes(index)).length;
    missing += Math.max(0, timesOf(track).least - often);
  }
  return missing;
}

function interestIn(
  { people }: MeetingTimesProblem,
  { times, placement }: { times: readonly number[]; placement: readonly (readonly number[])[] },
): number {
  let sum = 0;
  for (const [meeting, slot] of times.entries()) {
    for (const { can, interest } of people) {
      const here = (placement[meeting] ?? []).map((track) => interest[track] ?? 0);
      if ((can[slot] ?? 0) > 0) sum += Math.max(0, ...here);
    }
  }
  return sum;
}

function faultsIn(
  problem: MeetingTimesProblem,
  { times, placement }: { times: readonly number[]; placement: readonly (readonly number[])[] },
): Fault[] {
  const { meetings, tracks, people, parallel } = problem;
  const faults: Fault[] = [];
  for (const [meeting, { candidates }] of meetings.entries()) {
    const slot = times[meeting] ?? -1;
    const here = placement[meeting] ?? [];
    if (!candidates.includes(slot)) faults.push({ code: 'not-a-candidate', meeting });
    const before = times[meeting - 1];
    if (
      before !== undefined &&
      startOf(problem, slot) - startOf(problem, before) < gapOf(problem)
    ) {
      faults.push({ code: 'too-close', meeting });
    }
    if (here.length > parallel.most) faults.push({ code: 'too-many-tracks', meeting });
    for (const [at, track] of here.entries()) {
      const { lead, meetings: allowed }: Partial<Track> = tracks[track] ?? { meetings: [] };
      const fault = (code: 'track-not-here' | 'track-twice' | 'lead-absent' | 'lead-twice') =>
        faults.push({ code, meeting, track });
      if (allowed?.includes(meeting) === false) fault('track-not-here');
      if (here.indexOf(track) < at) fault('track-twice');
      if (lead === undefined) continue;
      if (!people[lead]?.can[slot]) fault('lead-absent');
      if (here.some((other, i) => i < at && other !== track && tracks[other]?.lead === lead)) {
        fault('lead-twice');
      }
    }
  }
  for (const [track, each] of tracks.entries()) {
    const often = placement.filter((here) => here.includes(track)).length;
    if (often > timesOf(each).most) faults.push({ code: 'track-too-often', track });
  }
  return faults;
}
