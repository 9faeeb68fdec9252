import type { TimeOfDay } from '../frame/frame-rules.ts';

/** Where and when a session is, in the summit's zone. */
export interface Place {
  /** ISO day. */
  readonly date: string;
  readonly starts: TimeOfDay;
  /** None yet where null. */
  readonly roomId: string | null;
}

/** A session with its place in a draft. */
export interface Placement extends Place {
  readonly sessionId: string;
  /** A search and a repair leave it where it is. */
  readonly isPinned: boolean;
}

/** A place as a draft keeps it, without the session. */
export type KeptPlace = Omit<Placement, 'sessionId'>;

/** Whether two places are one; a session without a place is nowhere. */
export const isSamePlace = (one: Place | null, other: Place | null): boolean =>
  one?.date === other?.date && one?.starts === other?.starts && one?.roomId === other?.roomId;
