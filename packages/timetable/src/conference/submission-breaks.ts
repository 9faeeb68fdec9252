import { breakOf, type ConferenceBreak } from './break.ts';
import { type Conflicts, zonePenalty } from './conflicts.ts';
import type { Conference, ConferenceSchedule } from './model.ts';
import { pairsBeside, placementsOf, visitsOf } from './placements.ts';

/** What the submissions break by the time slots that they have. */
export function submissionBreaks(
  conference: Conference,
  schedule: ConferenceSchedule,
  conflicts: Conflicts,
): ConferenceBreak[] {
  const placements = placementsOf(schedule);
  const single = placements.flatMap(({ submission, session, room, timeSlot }) => {
    const about = { submissions: [submission], sessions: [session], rooms: [room], timeSlot };
    const { sessions, rooms } = conference.submissions[submission] ?? { sessions: [], rooms: [] };
    return [
      breakOf('time-zones', zonePenalty(conference, submission, session), about),
      breakOf('submissions-sessions', sessions[session] ?? 0, about),
      breakOf('submissions-rooms', rooms[room] ?? 0, about),
    ];
  });
  const besideRooms = pairsBeside(visitsOf(placements)).flatMap(([one, other]) => {
    if (one.room === other.room) return [];
    const pair = [one.submission, other.submission] as const;
    const about = { submissions: pair, sessions: [one.session], rooms: [one.room, other.room] };
    return [
      breakOf('presenters', clash(conflicts.presenters, pair), about),
      breakOf('attendees', clash(conflicts.attendees, pair), about),
    ];
  });
  const atOnce = pairsBeside(placements).flatMap(([one, other]) => {
    if (one.timeSlot !== other.timeSlot) return [];
    const pair = [one.submission, other.submission] as const;
    const about = {
      submissions: pair,
      sessions: [one.session],
      rooms: [one.room, other.room],
      timeSlot: one.timeSlot,
    };
    return [
      breakOf('presenters-in-time-slot', clash(conflicts.presenters, pair), about),
      breakOf('attendees-in-time-slot', clash(conflicts.attendees, pair), about),
      breakOf('order', areOrderedAlike(conference, pair) ? 1 : 0, about),
    ];
  });
  return [...single, ...besideRooms, ...atOnce, ...orderBreaks(conference, schedule)];
}

const clash = (
  conflicts: readonly ReadonlySet<number>[],
  [one, other]: readonly [number, number],
): number => (conflicts[one]?.has(other) === true ? 1 : 0);

/** Two of one track that both have a place in its order can not be at the same time. */
function areOrderedAlike(
  { submissions }: Conference,
  [one, other]: readonly [number, number],
): boolean {
  const [first, second] = [submissions[one], submissions[other]];
  if (first === undefined || second === undefined || one === other) return false;
  return first.track === second.track && first.order !== 0 && second.order !== 0;
}

/**
 * Submissions that are not at their place among those of their track, which are counted by session,
 * room and time slot, also those that may be anywhere.
 */
function orderBreaks(conference: Conference, schedule: ConferenceSchedule): ConferenceBreak[] {
  const own = visitsOf(placementsOf(schedule)).filter(
    ({ session, room }) => schedule.tracks[session]?.[room] !== -1,
  );
  return conference.tracks.flatMap((_, track) => {
    const submissions = own
      .filter(({ session, room }) => schedule.tracks[session]?.[room] === track)
      .map(({ submission }) => submission);
    return [...new Set(submissions)].flatMap((submission, index) => {
      const order = conference.submissions[submission]?.order ?? 0;
      if (order === 0 || order === index + 1) return [];
      return [breakOf('order', 1, { submissions: [submission], tracks: [track] })];
    });
  });
}
