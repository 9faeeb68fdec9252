/**
 * The scheduling of a conference: submissions of tracks into sessions and rooms, as in CoSPLib.
 *
 * A session is a stretch of time of some time slots, the same in all rooms. In one session a room
 * belongs to one track; it takes submissions of that track, one after another.
 *
 * Source: the README of https://github.com/ahmedkheiri/CoSPLib, and Pylyavskyy, Jacko, Kheiri, "A
 * generic approach to conference scheduling with integer programming", European Journal of
 * Operational Research 317 (2024), 487-499.
 */

/** What is to be scheduled, where and when, and what is to be avoided at what price. */
export interface Conference {
  /** In order of time. */
  readonly sessions: readonly ConferenceSession[];
  readonly rooms: readonly string[];
  readonly tracks: readonly ConferenceTrack[];
  readonly submissions: readonly Submission[];
  /** By track, then session: what having the track there costs. */
  readonly trackSessions: readonly (readonly number[])[];
  /** By track, then room. */
  readonly trackRooms: readonly (readonly number[])[];
  /** By session, then room. */
  readonly sessionRooms: readonly (readonly number[])[];
  /** By track, then track: what one beside the other costs; the same both ways, 0 with itself. */
  readonly similarTracks: readonly (readonly number[])[];
  readonly hours: SociableHours;
  readonly weights: Readonly<Record<ConferenceRule, number>>;
}

export interface ConferenceSession {
  readonly name: string;
  /** How many time slots it has in each room. */
  readonly timeSlots: number;
  /** Minutes after midnight on the conference's clock. */
  readonly start: number;
  readonly end: number;
}

export interface ConferenceTrack {
  readonly name: string;
  readonly chairs: readonly string[];
}

export interface Submission {
  readonly name: string;
  /** Its number in `tracks`. */
  readonly track: number;
  /** How many time slots it takes, all in one room of one session, one after another. */
  readonly timeSlots: number;
  /** Its place among the submissions of its track, from 1; 0 for any. */
  readonly order: number;
  /** Hours that its presenter's clock is ahead of Greenwich. */
  readonly zone: number;
  readonly presenters: readonly string[];
  /** People who would like to attend it. */
  readonly attendees: readonly string[];
  /** By session: what each of its time slots there costs. */
  readonly sessions: readonly number[];
  /** By room. */
  readonly rooms: readonly number[];
}

/** When presenters at a distance are awake, in minutes after midnight on their own clocks. */
export interface SociableHours {
  /** Hours that the conference's clock is ahead of Greenwich. */
  readonly zone: number;
  readonly from: number;
  readonly to: number;
  readonly widerFrom: number;
  readonly widerTo: number;
  /** What a time slot costs outside the hours, but inside the wider ones. */
  readonly small: number;
  /** What it costs outside the wider ones. */
  readonly large: number;
}

/** What may cost something, in the order in which the library's settings list it. */
export const CONFERENCE_RULES = [
  'tracks-sessions',
  'tracks-rooms',
  'sessions-rooms',
  'similar-tracks',
  'rooms-per-track',
  'parallel-tracks',
  'consecutive-tracks',
  'time-zones',
  'order',
  'submissions-sessions',
  'submissions-rooms',
  'presenters',
  'attendees',
  'chairs',
  'presenters-in-time-slot',
  'attendees-in-time-slot',
] as const;

export type ConferenceRule = (typeof CONFERENCE_RULES)[number];

/** Where everything is. -1 stands for nothing. */
export interface ConferenceSchedule {
  /** By session, then room: the track that has it. */
  readonly tracks: readonly (readonly number[])[];
  /** By session, room and time slot: the submission. */
  readonly submissions: readonly (readonly (readonly number[])[])[];
}

/** The schedule in which nothing is anywhere. */
export const emptySchedule = (conference: Conference): ConferenceSchedule => ({
  tracks: conference.sessions.map(() => conference.rooms.map(() => -1)),
  submissions: conference.sessions.map(({ timeSlots }) =>
    conference.rooms.map(() => Array.from({ length: timeSlots }, () => -1)),
  ),
});
