import { Evaluator } from '../search/evaluator.ts';
import { checkTimetable, type RuleBreak } from '../sessions/checker.ts';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Timetable, Values } from '../sessions/model.ts';
import { compareValues } from '../sessions/model.ts';

/** A place that a session could have, and what it would change on each level to be there. */
export interface OtherPlace {
  readonly slot: number;
  /** -1 for a session that takes none. */
  readonly room: number;
  readonly change: Values;
}

/** For each other slot its best room, and for the session's own slot its best other room; best first. */
export function otherPlaces(
  indexed: IndexedInstance,
  timetable: Timetable,
  session: number,
): OtherPlace[] {
  const evaluator = new Evaluator(indexed, timetable);
  const best = [...indexed.slots.keys()].flatMap((slot) => {
    const place = bestRoom(indexed, evaluator, session, slot);
    return place === undefined ? [] : [place];
  });
  return best.sort(
    (one, other) => compareValues(one.change, other.change) || one.slot - other.slot,
  );
}

/** What it would change that a session were in a slot, in this room or its best; undefined for where it is. */
export function placeAt(
  indexed: IndexedInstance,
  timetable: Timetable,
  session: number,
  { slot, room }: { readonly slot: number; readonly room?: number },
): OtherPlace | undefined {
  const evaluator = new Evaluator(indexed, timetable);
  if (room === undefined || indexed.sessions[session]?.takesRoom === false) {
    return bestRoom(indexed, evaluator, session, slot);
  }
  if (evaluator.slot[session] === slot && evaluator.room[session] === room) return undefined;
  return { slot, room, change: [...evaluator.delta(session, slot, room)] };
}

function bestRoom(
  indexed: IndexedInstance,
  evaluator: Evaluator,
  session: number,
  slot: number,
): OtherPlace | undefined {
  const rooms = indexed.sessions[session]?.takesRoom ? [...indexed.rooms.keys()] : [-1];
  let best: OtherPlace | undefined;
  for (const room of rooms) {
    const isHere = evaluator.slot[session] === slot && evaluator.room[session] === room;
    if (isHere) continue;
    const change = [...evaluator.delta(session, slot, room)];
    if (best === undefined || compareValues(change, best.change) < 0) best = { slot, room, change };
  }
  return best;
}

/** The timetable with one session elsewhere. */
export function withSessionAt(
  { slot, room }: Timetable,
  session: number,
  to: { readonly slot: number; readonly room: number },
): { slot: number[]; room: number[] } {
  const moved = { slot: Array.from(slot), room: Array.from(room) };
  moved.slot[session] = to.slot;
  moved.room[session] = to.room;
  return moved;
}

/**
 * What must hold and would not for a session at a place. Looks only at those that run there and at
 * those that rules tie to it, so that many places can be asked about.
 */
export function obstacles(
  indexed: IndexedInstance,
  timetable: Timetable,
  session: number,
  to: { readonly slot: number; readonly room: number },
): RuleBreak[] {
  const { sessions, rules } = indexed;
  const end = to.slot + (sessions[session]?.length ?? 1);
  const tied = new Set(
    rules.flatMap((rule) => (rule.sessions.includes(session) ? rule.sessions : [])),
  );
  const moved = withSessionAt(timetable, session, to);
  for (const [number, { length }] of sessions.entries()) {
    const start = moved.slot[number] ?? -1;
    const runsThere = start < end && start + length > to.slot;
    if (number !== session && !tied.has(number) && !runsThere) moved.slot[number] = -1;
  }
  const hard = rules.filter(({ level, kind }) => level === 0 && !ABOUT_ALL.has(kind));
  const { breaks } = checkTimetable({ ...indexed, rules: hard }, moved);
  return breaks.filter((each) => each.sessions.includes(session));
}

/** Rules whose breaks name no session. */
const ABOUT_ALL: ReadonlySet<string> = new Set(['interest', 'worst-off', 'day-pattern']);
