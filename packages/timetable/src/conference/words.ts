import { counted, listed } from '@cairn/kernel/words';
import type { ConferenceBound } from './bound.ts';
import type { ConferenceBreak } from './break.ts';
import type { Conference } from './model.ts';
import type { ConferenceValues } from './search.ts';

/** What rules are called. */
export const CONFERENCE_RULE_NAMES: Readonly<Record<ConferenceBreak['rule'], string>> = {
  unscheduled: 'every submission has its time slots',
  'wrong-track': 'rooms have submissions of their own track only',
  split: 'a submission is in one piece',
  'tracks-sessions': 'sessions that tracks should avoid',
  'tracks-rooms': 'rooms that tracks should avoid',
  'sessions-rooms': 'rooms that are not to be used in a session',
  'similar-tracks': 'similar tracks side by side',
  'rooms-per-track': 'a track keeps one room',
  'parallel-tracks': 'a track is not beside itself',
  'consecutive-tracks': 'a track’s sessions follow each other',
  'time-zones': 'presenters elsewhere are awake',
  order: 'submissions are in the order of their track',
  'submissions-sessions': 'sessions that submissions should avoid',
  'submissions-rooms': 'rooms that submissions should avoid',
  presenters: 'nobody presents in two rooms of a session',
  attendees: 'nobody would attend two rooms of a session',
  chairs: 'nobody chairs two rooms of a session',
  'presenters-in-time-slot': 'nobody presents twice at once',
  'attendees-in-time-slot': 'nobody would attend two submissions at once',
};

/** What is broken, in a sentence; what it costs is not said. */
export function conferenceSentence(conference: Conference, broken: ConferenceBreak): string {
  const say = namesOf(conference, broken);
  const { amount, rooms } = broken;
  switch (broken.rule) {
    case 'unscheduled':
      return `${say.submissions} ${amount === 1 ? 'misses' : 'miss'} ${counted(amount, 'time slot')}.`;
    case 'wrong-track':
      return `${say.submissions} is ${say.where}, which ${broken.tracks.length === 0 ? 'no track has' : `${say.tracks} has`}.`;
    case 'split':
      return `${say.submissions} should be in one piece, one time slot after another in one room.`;
    case 'tracks-sessions':
      return `${say.tracks} is in ${say.sessions}, which it should avoid.`;
    case 'tracks-rooms':
      return `${say.tracks} is in ${say.rooms} (${say.sessions}), which it should avoid.`;
    case 'sessions-rooms':
      return `${say.tracks} has ${say.rooms} in ${say.sessions}, where it should not be used.`;
    case 'similar-tracks':
      return `The similar tracks ${say.tracks} run side by side in ${say.sessions}.`;
    case 'rooms-per-track':
      return `${say.tracks} changes between ${counted(rooms.length, 'room')}: ${say.rooms}.`;
    case 'parallel-tracks':
      return `${say.tracks} runs beside itself in ${say.sessions}: in ${say.rooms}.`;
    case 'consecutive-tracks':
      return `${say.tracks} pauses between its sessions: ${say.sessions}.`;
    case 'time-zones':
      return `${say.submissions} is in ${say.sessions}, outside sociable hours where its presenter is.`;
    case 'order':
      return broken.submissions.length === 2
        ? `${say.submissions} should come one after the other, but are at the same time in ${say.sessions}.`
        : `${say.submissions} is not at its place in the order of ${say.tracks}.`;
    case 'submissions-sessions':
      return `${say.submissions} is in ${say.sessions}, which it should avoid.`;
    case 'submissions-rooms':
      return `${say.submissions} is in ${say.rooms}, which it should avoid.`;
    case 'presenters':
    case 'presenters-in-time-slot':
      return `${say.submissions} need the same person ${atOnce(broken)} (${say.where}).`;
    case 'attendees':
    case 'attendees-in-time-slot':
      return `Somebody would attend ${say.submissions}, which are ${atOnce(broken)} (${say.where}).`;
    case 'chairs':
      return `${say.tracks} have a chair in common and run side by side (${say.where}).`;
  }
}

const atOnce = ({ rule }: ConferenceBreak): string =>
  rule === 'presenters' || rule === 'attendees'
    ? 'in different rooms of a session'
    : 'at the same time';

function namesOf(conference: Conference, broken: ConferenceBreak) {
  const name = (items: readonly { readonly name: string }[], numbers: readonly number[]): string =>
    listed(numbers.map((number) => items[number]?.name ?? '?'));
  const slot = broken.timeSlot === undefined ? '' : `, time slot ${broken.timeSlot + 1}`;
  const sessions = name(conference.sessions, broken.sessions);
  const rooms = listed(broken.rooms.map((room) => conference.rooms[room] ?? '?'));
  return {
    submissions: name(conference.submissions, broken.submissions),
    tracks: name(conference.tracks, broken.tracks),
    sessions,
    rooms,
    where: `${sessions}${slot}, ${rooms}`,
  };
}

/** How good a schedule is, as far as is proven. */
export function conferenceVerdict(
  [faults, presenters, objective]: ConferenceValues,
  bound: ConferenceBound,
): string {
  if (faults > 0) {
    const missing = `${counted(faults, 'time slot')} of submissions ${faults === 1 ? 'has' : 'have'} no place`;
    if (bound.unscheduled === 0) return `${missing}; it is not known whether all can have one.`;
    return bound.unscheduled === faults
      ? `${missing}, and it is proven that no schedule has a place for more: there are too few rooms and time slots for the tracks.`
      : `${missing}; at least ${bound.unscheduled} can have none: there are too few rooms and time slots for the tracks.`;
  }
  if (presenters > 0) {
    return `${counted(presenters, 'pair')} of submissions ${presenters === 1 ? 'needs' : 'need'} a presenter twice at once; it is not known whether that can be avoided.`;
  }
  if (objective <= bound.objective) {
    return `Proven: no schedule is better than ${objective}.`;
  }
  const cost = `${bound.submissions} for submissions that cannot all be where they cost nothing, and ${bound.tracks} for tracks likewise`;
  return bound.objective === 0
    ? `${objective}; it is only known that nothing can be under 0.`
    : `${objective}; no schedule can be under ${bound.objective} (${cost}), so that at most ${objective - bound.objective} could be saved.`;
}
