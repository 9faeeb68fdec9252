import type { Conference, ConferenceSchedule } from './model.ts';

/** A room of a session that a track has. */
export interface Cell {
  readonly session: number;
  readonly room: number;
  readonly track: number;
}

/** A time slot that a submission has. */
export interface Placement {
  readonly submission: number;
  readonly session: number;
  readonly room: number;
  readonly timeSlot: number;
}

/** The rooms that tracks have, by session and then room. */
export const cellsOf = (schedule: ConferenceSchedule): Cell[] =>
  schedule.tracks.flatMap((rooms, session) =>
    rooms.flatMap((track, room) => (track === -1 ? [] : [{ session, room, track }])),
  );

/** The time slots that submissions have, by session, room and time slot. */
export const placementsOf = (schedule: ConferenceSchedule): Placement[] =>
  schedule.submissions.flatMap((rooms, session) =>
    rooms.flatMap((timeSlots, room) =>
      timeSlots.flatMap((submission, timeSlot) =>
        submission === -1 ? [] : [{ submission, session, room, timeSlot }],
      ),
    ),
  );

/** What stands in the same session, in pairs: earlier before later. */
export function pairsBeside<T extends { readonly session: number }>(
  items: readonly T[],
): (readonly [T, T])[] {
  return [...Map.groupBy(items, ({ session }) => session).values()].flatMap((beside) =>
    beside.flatMap((one, index) => beside.slice(index + 1).map((other) => [one, other] as const)),
  );
}

/** Each submission once for each room of a session in which it is. */
export function visitsOf(placements: readonly Placement[]): Placement[] {
  const seen = new Set<string>();
  return placements.filter(({ submission, session, room }) => {
    const key = `${submission} ${session} ${room}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** For each submission the time slots that it has. */
export const placementsBySubmission = (
  conference: Conference,
  placements: readonly Placement[],
): Placement[][] => {
  const by: Placement[][] = conference.submissions.map(() => []);
  for (const placement of placements) by[placement.submission]?.push(placement);
  return by;
};
