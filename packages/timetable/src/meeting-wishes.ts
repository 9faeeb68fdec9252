import type { Columns } from './meeting-columns.ts';
import { type MeetingTimesProblem, timesOf } from './meeting-model.ts';

/** A wish that no choice of times can fulfil, and that somebody could change. */
export type Unmeetable =
  /** The call has no slots to choose from. */
  | { readonly code: 'no-candidates'; readonly meeting: number }
  /** Nobody at all can make any slot of the call. */
  | { readonly code: 'nobody-can'; readonly meeting: number }
  /** Even at its latest, the call comes too soon after those before it. */
  | { readonly code: 'too-close'; readonly meeting: number }
  /** The person can make only so many of the calls, whenever they are. */
  | { readonly code: 'never-enough'; readonly person: number; readonly most: number }
  /** The track's lead can make no slot of any call that it may be in. */
  | { readonly code: 'track-nowhere'; readonly track: number }
  /** So many placings are asked for by tracks and calls at least, and so many are possible. */
  | { readonly code: 'tracks-do-not-fit'; readonly asked: number; readonly possible: number };

/** All wishes that can be seen to be unmeetable before any search. */
export function unmeetable(columns: Columns): Unmeetable[] {
  const { problem } = columns;
  return [...callsWithout(columns), ...peopleWithout(problem), ...tracksWithout(problem)];
}

function* callsWithout({ choices, starts, gap }: Columns): Iterable<Unmeetable> {
  let from = Number.NEGATIVE_INFINITY;
  for (const [meeting, each] of choices.entries()) {
    const slots = each.flatMap((choice) => choice.slots);
    if (slots.length === 0) {
      yield { code: 'no-candidates', meeting };
      continue;
    }
    if (each.every(({ column }) => column.can.every((word) => word === 0))) {
      yield { code: 'nobody-can', meeting };
    }
    const fitting = slots.map((slot) => starts[slot] ?? 0).filter((start) => start >= from);
    if (fitting.length === 0) yield { code: 'too-close', meeting };
    else from = Math.min(...fitting) + gap;
  }
}

function* peopleWithout({ people, meetings, required }: MeetingTimesProblem): Iterable<Unmeetable> {
  for (const [person, { can }] of people.entries()) {
    const most = meetings.filter(({ candidates }) => candidates.some((slot) => can[slot])).length;
    if (most < required) yield { code: 'never-enough', person, most };
  }
}

function* tracksWithout(problem: MeetingTimesProblem): Iterable<Unmeetable> {
  const { tracks, meetings, people, parallel } = problem;
  if (tracks.length === 0) return;
  for (const [track, { lead, meetings: allowed = [...meetings.keys()] }] of tracks.entries()) {
    const isLed = allowed.some((call) =>
      meetings[call]?.candidates.some((slot) => lead === undefined || people[lead]?.can[slot]),
    );
    if (!isLed) yield { code: 'track-nowhere', track };
  }
  const seats = meetings.length * parallel.most;
  const least = tracks.reduce((sum, track) => sum + timesOf(track).least, 0);
  if (least > seats) yield { code: 'tracks-do-not-fit', asked: least, possible: seats };
  const most = tracks.reduce((sum, track) => sum + timesOf(track).most, 0);
  const asked = meetings.length * parallel.least;
  if (most < asked) yield { code: 'tracks-do-not-fit', asked, possible: most };
}
