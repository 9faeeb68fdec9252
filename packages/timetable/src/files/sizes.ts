import { type Problem, problem } from '@cairn/kernel/problem';
import type { Instance } from '../sessions/model.ts';

/** More of anything than any event has; a file that says more is refused before memory is taken. */
export const MOST = {
  slots: 5000,
  rooms: 5000,
  people: 200_000,
  sessions: 20_000,
  rules: 200_000,
  /** Of one number: places of a room, minutes, a weight. */
  number: 1_000_000_000,
} as const;

/** What of an instance no search could keep in memory, each in itself being of a size that may be. */
export function checkSizes(
  { slots, rooms, sessions }: Pick<Instance, 'slots' | 'rooms' | 'sessions'>,
  file: string,
): Problem[] {
  const refused = (what: string): Problem =>
    problem('too-large', `There are ${what}; divide this into several events.`, { file });
  const length = sessions.reduce((sum, session) => sum + (session.length ?? 1), 0);
  return [
    ...(length > 1_000_000
      ? [refused(`sessions of ${length} slots altogether, more than 1 million`)]
      : []),
    ...(slots.length * rooms.length > 2_000_000
      ? [refused(`${slots.length} slots of ${rooms.length} rooms, more than 2 million places`)]
      : []),
    ...(slots.length * sessions.length > 20_000_000
      ? [
          refused(
            `${sessions.length} sessions and ${slots.length} slots, more than 20 million choices`,
          ),
        ]
      : []),
  ];
}
