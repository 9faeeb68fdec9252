import type { Random } from '@cairn/kernel/random';
import {
  CONFERENCE_RULES,
  type Conference,
  type ConferenceRule,
  type Submission,
} from '@cairn/timetable/conference/model';

export interface RandomConference {
  readonly sessions: number;
  readonly rooms: number;
  readonly tracks: number;
  /** Of the time slots, how many are asked for; over 1 it cannot be. */
  readonly fill: number;
  /** How many people present, attend and chair; the fewer, the more conflicts. */
  readonly people: number;
}

/** An invented conference in which every rule has something to say. */
export function randomConference(random: Random, size: RandomConference): Conference {
  const below = (end: number): number => Math.floor(random() * end);
  const some = <T>(count: number, make: (index: number) => T): T[] =>
    Array.from({ length: count }, (_, index) => make(index));
  const penalty = (): number => (below(6) === 0 ? 1 + below(10) : 0);
  const people = (most: number): string[] => [
    ...new Set(some(below(most + 1), () => `P${below(size.people)}`)),
  ];
  const sessions = some(size.sessions, (index) => {
    const start = 540 + index * 80;
    return {
      name: `S${index}`,
      timeSlots: 2 + below(3),
      start: start % 1440,
      end: (start + 60) % 1440,
    };
  });
  const places = sessions.reduce((sum, { timeSlots }) => sum + timeSlots, 0) * size.rooms;
  const submissions: Submission[] = [];
  for (let slots = 0; slots < Math.floor(places * size.fill); ) {
    const timeSlots = Math.min(1 + (below(5) === 0 ? 1 + below(2) : 0), 2);
    slots += timeSlots;
    submissions.push({
      name: `A${submissions.length}`,
      track: submissions.length < size.tracks ? submissions.length : below(size.tracks),
      timeSlots,
      order: below(4) === 0 ? 1 + below(6) : 0,
      zone: below(25) - 12,
      presenters: [`P${below(size.people)}`, ...people(1)],
      attendees: people(3),
      sessions: some(size.sessions, penalty),
      rooms: some(size.rooms, penalty),
    });
  }
  const similar = some(size.tracks, () => some(size.tracks, penalty));
  const weights = CONFERENCE_RULES.map(
    (rule) => [rule, below(4) === 0 ? 0 : 1 + below(20)] as const,
  );
  return {
    sessions,
    rooms: some(size.rooms, (index) => `R${index}`),
    tracks: some(size.tracks, (index) => ({ name: `T${index}`, chairs: people(2) })),
    submissions,
    trackSessions: some(size.tracks, () => some(size.sessions, penalty)),
    trackRooms: some(size.tracks, () => some(size.rooms, penalty)),
    sessionRooms: some(size.sessions, () => some(size.rooms, penalty)),
    similarTracks: similar.map((row, one) =>
      row.map((_, other) =>
        one === other ? 0 : (similar[Math.min(one, other)]?.[Math.max(one, other)] ?? 0),
      ),
    ),
    hours: { zone: 0, from: 570, to: 1290, widerFrom: 420, widerTo: 1380, small: 1, large: 10 },
    weights: Object.fromEntries(weights) as Record<ConferenceRule, number>,
  };
}
