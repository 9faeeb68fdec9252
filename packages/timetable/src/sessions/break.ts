import type { PlacedSession } from './placed.ts';

/** One case in which a rule does not hold. */
export interface Break {
  /** In the units of the rule, before its weight. */
  readonly cost: number;
  readonly sessions: readonly number[];
  readonly people: readonly number[];
  readonly slot?: number;
  readonly room?: number;
}

/** What a break about some sessions says of them. */
export const about = (sessions: readonly PlacedSession[]): Break => ({
  cost: 1,
  sessions: sessions.map(({ number }) => number),
  people: [],
});

/** What a break says of one session that is where it should not be. */
export const aboutOne = (session: PlacedSession): Break => ({
  ...about([session]),
  slot: session.slot,
  ...(session.room < 0 ? {} : { room: session.room }),
});
