import { breakOf, type ConferenceBreak } from './break.ts';
import type { Conflicts } from './conflicts.ts';
import type { Conference } from './model.ts';
import { type Cell, pairsBeside } from './placements.ts';

/** What the tracks break by the rooms of sessions that they have. */
export function trackBreaks(
  conference: Conference,
  cells: readonly Cell[],
  conflicts: Conflicts,
): ConferenceBreak[] {
  const { trackSessions, trackRooms, sessionRooms, similarTracks } = conference;
  const single = cells.flatMap(({ track, session, room }) => {
    const about = { tracks: [track], sessions: [session], rooms: [room] };
    return [
      breakOf('tracks-sessions', trackSessions[track]?.[session] ?? 0, about),
      breakOf('tracks-rooms', trackRooms[track]?.[room] ?? 0, about),
      breakOf('sessions-rooms', sessionRooms[session]?.[room] ?? 0, about),
    ];
  });
  const beside = pairsBeside(cells).flatMap(([one, other]) => {
    const about = {
      tracks: [one.track, other.track],
      sessions: [one.session],
      rooms: [one.room, other.room],
    };
    if (one.track === other.track) return [];
    return [
      breakOf('similar-tracks', similarTracks[one.track]?.[other.track] ?? 0, about),
      breakOf('chairs', conflicts.chairs[one.track]?.has(other.track) === true ? 1 : 0, about),
    ];
  });
  const spread = conference.tracks.flatMap((_, track) => {
    const own = cells.filter((cell) => cell.track === track);
    const rooms = [...new Set(own.map(({ room }) => room))];
    const sessions = [...new Set(own.map(({ session }) => session))];
    const isGapless = (sessions.at(-1) ?? 0) - (sessions[0] ?? 0) < Math.max(sessions.length, 1);
    const parallel = sessions.map((session) => {
      const beside = own.filter((cell) => cell.session === session);
      const about = { tracks: [track], sessions: [session], rooms: beside.map(({ room }) => room) };
      return breakOf('parallel-tracks', beside.length - 1, about);
    });
    return [
      breakOf('rooms-per-track', Math.max(rooms.length - 1, 0), { tracks: [track], rooms }),
      ...parallel,
      breakOf('consecutive-tracks', isGapless ? 0 : 1, { tracks: [track], sessions }),
    ];
  });
  return [...single, ...beside, ...spread];
}
