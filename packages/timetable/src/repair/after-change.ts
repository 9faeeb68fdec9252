import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Timetable } from '../sessions/model.ts';

/**
 * An instance in which what is to stay is pinned where a timetable has it, and what may move is kept
 * out of slots that are over: so that others can be asked whether all this can hold, and why not.
 */
export function withKept(
  indexed: IndexedInstance,
  previous: Timetable,
  { pinned = [], past = [] }: { pinned?: Iterable<number>; past?: Iterable<number> },
): IndexedInstance {
  const kept = new Set(pinned);
  const over = new Set(past);
  const sessions = indexed.sessions.map((session, number) => {
    const slot = previous.slot[number] ?? -1;
    const room = session.takesRoom ? (previous.room[number] ?? -1) : -1;
    const runsIn = (start: number) =>
      [...over].some((at) => start >= 0 && at >= start && at < start + session.length);
    const hasPlace = slot >= 0 && (!session.takesRoom || room >= 0);
    if (hasPlace && (kept.has(number) || runsIn(slot))) {
      return { ...session, pinned: { slot, room: room < 0 ? undefined : room } };
    }
    if (over.size === 0) return session;
    const starts = [...(session.slots ?? indexed.slots.keys())].filter((start) => !runsIn(start));
    return { ...session, slots: new Set(starts) };
  });
  return { ...indexed, sessions };
}
