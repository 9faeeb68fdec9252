/**
 * The timetabling of sessions: what is given. Plain data in which things are named by their keys, as
 * in a file; `indexInstance` checks it and turns keys into numbers.
 */

/** What is to be scheduled, where, when, for whom, and what is wished of the result. */
export interface Instance {
  readonly title?: string;
  /** In order of time, none overlapping another. */
  readonly slots: readonly Slot[];
  readonly rooms: readonly Room[];
  readonly people: readonly Person[];
  readonly sessions: readonly Session[];
  /** What must and what should hold. Rules of the kinds in `STANDING_RULES` hold without being listed. */
  readonly rules: readonly Rule[];
  /** What the levels are called, first the most important; level 0 is what must hold. */
  readonly levels?: readonly string[];
  /** Slots of a day with at most so many minutes between them follow each other; 0 when left out. */
  readonly pauseMinutes?: number;
}

export interface Slot {
  readonly key: string;
  /** Any name; slots of one day stand next to each other. */
  readonly day: string;
  /** Minutes since any moment that is the same for all slots. */
  readonly start: number;
  readonly end: number;
}

export interface Room {
  readonly key: string;
  /** Places; unlimited when left out. */
  readonly capacity?: number;
  readonly features?: readonly string[];
  /** The slots in which it cannot be used. */
  readonly closed?: readonly string[];
}

export interface Person {
  readonly key: string;
  readonly name?: string;
  /** The slots in which this person is not there. */
  readonly away?: readonly string[];
  /** By session: how much they would like to be in it, a whole number from 1. */
  readonly interest?: Readonly<Record<string, number>>;
  /** What they are at the summit, such as organiser or note taker; rules may ask for those of a role. */
  readonly roles?: readonly string[];
}

export interface Session {
  readonly key: string;
  readonly title?: string;
  /** A plenary is for everybody and a block for none (a meal, free time): nothing else runs beside them. */
  readonly kind?: 'session' | 'plenary' | 'block';
  /** In slots that follow each other; 1 when left out. */
  readonly length?: number;
  /** Places that it needs; 0 when left out. */
  readonly size?: number;
  /** Features that its room must have. */
  readonly needs?: readonly string[];
  readonly tracks?: readonly string[];
  /** People who must be there because they lead it. */
  readonly leads?: readonly string[];
  /** Others who must be there. */
  readonly people?: readonly string[];
  /** The slots in which it may start; all when left out. */
  readonly slots?: readonly string[];
  /** The rooms that it may be in; all when left out. */
  readonly rooms?: readonly string[];
  readonly pinned?: { readonly slot: string; readonly room?: string };
  /** It may stay without a place at no cost but the interest in it. */
  readonly isOptional?: boolean;
  /** It takes no room (lunch outside). A block never does. */
  readonly isRoomless?: boolean;
}

/** What every rule has. */
interface Named<Kind extends string> {
  readonly kind: Kind;
  /** What people call it; made from what it is about when left out. */
  readonly name?: string;
  /** How important, from 0 (must hold); levels are compared in order, none outweighs an earlier one. */
  readonly level: number;
  /** What breaking it once costs inside its level, a whole number from 1; 1 when left out. */
  readonly weight?: number;
}

/** A rule about some sessions. */
interface About<Kind extends string> extends Named<Kind> {
  readonly sessions: readonly string[];
}

/** What must or should hold, as data. What one break of each costs stands beside it. */
export type Rule =
  /** Each session that is not optional has a place. 1 for each that has none, or its bound people. */
  | (Named<'placed'> & { readonly measure?: 'sessions' | 'people' })
  /** A session ends on its day, in slots that follow each other. 1 for each. */
  | Named<'runs-over'>
  /** A room has one session at a time. 1 for each pair and slot. */
  | Named<'room-taken'>
  /** A room has the places that the session needs. 1 for each session, or each place missing. */
  | (Named<'room-size'> & { readonly measure?: 'sessions' | 'seats' })
  /** A room has the features that the session needs. 1 for each missing. */
  | Named<'room-needs'>
  /** A room is open. 1 for each slot. */
  | Named<'room-closed'>
  /** The room is one of those that the session may be in. 1 for each session. */
  | Named<'room-allowed'>
  /** It starts in a slot in which it may. 1 for each session. */
  | Named<'slot-allowed'>
  /** It is where it was pinned. 1 for each session. */
  | Named<'pinned'>
  /** Nothing runs beside a plenary or a block. 1 for each pair and slot. */
  | Named<'exclusive'>
  /** Who must be there is in one session at a time. 1 for each person, pair and slot. */
  | Named<'person-twice'>
  /** Who must be there is there. 1 for each person, session and slot. */
  | Named<'person-away'>
  /** Sessions of one track (of those named, or of any) do not run beside each other. 1 for each pair, track and slot. */
  | (Named<'track-clash'> & { readonly tracks?: readonly string[] })
  /** People get to what interests them. What each loses (see `interestOf`), summed. */
  | Named<'interest'>
  /** Nobody is sacrificed for the sum. The most that anybody loses, in thousandths of their interest. */
  | Named<'worst-off'>
  /** Days of the people who must be there, each by the number of cases (ITC 2007, track 2). */
  | (Named<'day-pattern'> & { readonly pattern: 'last-slot' | 'three-in-a-row' | 'alone' })
  /** The first ends before the second starts, with so many slots between; likewise the third ... 1 for each pair. */
  | (About<'before'> & { readonly slots?: number })
  /** Each starts in the slot that follows the end of the one before. 1 for each pair. */
  | About<'consecutive'>
  /** All start in the same slot. 1 for each pair that does not. */
  | About<'together'>
  /** No two at a time. 1 for each pair and slot. */
  | About<'apart'>
  /** All on one day / each on a day of its own. 1 for each pair that is not. */
  | About<'same-day'>
  | About<'other-day'>
  /** All in one room. 1 for each room beyond the first. */
  | About<'same-room'>
  /** They start in one of these slots (`in`) or in none of them (`out`). 1 for each session. */
  | (About<'slot-wish'> & { readonly slots: readonly string[]; readonly wish: 'in' | 'out' })
  /** They are in one of these rooms, or in none of them. 1 for each session. */
  | (About<'room-wish'> & { readonly rooms: readonly string[]; readonly wish: 'in' | 'out' })
  /** They are on at least so many days. 1 for each day missing (ITC 2007, track 3). */
  | (About<'spread'> & { readonly days: number })
  /** Each has another of them right before or after it. 1 for each that has not (ITC 2007, track 3). */
  | About<'compact'>
  /** Everybody (or those named, or who have one of the roles) can be in at least so many of them, one at a time. 1 for each who cannot. */
  | (About<'attends'> & {
      readonly least: number;
      readonly people?: readonly string[];
      readonly roles?: readonly string[];
    })
  /** They stay where an earlier timetable has them. 1 for each moved session, or its bound people. */
  | (Named<'unmoved'> & {
      readonly from: Readonly<Record<string, { readonly slot: string; readonly room?: string }>>;
      readonly measure?: 'sessions' | 'people';
    });

export type RuleKind = Rule['kind'];

/** The kinds that every instance has, at level 0 with weight 1, where it does not list them itself. */
export const STANDING_RULES = [
  'placed',
  'runs-over',
  'room-taken',
  'room-size',
  'room-needs',
  'room-closed',
  'room-allowed',
  'slot-allowed',
  'pinned',
  'exclusive',
  'person-twice',
  'person-away',
] as const satisfies readonly RuleKind[];

/** Where each session starts and in which room, by its number; -1 for nowhere. */
export interface Timetable {
  readonly slot: ArrayLike<number>;
  readonly room: ArrayLike<number>;
}

/** One value a level, each less is better, the first that differs decides. */
export type Values = readonly number[];

/** Below 0 when the first is better, above 0 when the second is. */
export function compareValues(one: Values, other: Values): number {
  for (const [level, value] of one.entries()) {
    const difference = value - (other[level] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
