import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { readCairnTimetable } from '../files/cairn-json.ts';
import type { Instance, Room, Timetable } from '../sessions/model.ts';

/** A timetable from before a change, in terms of the instance after it. */
export interface EarlierTimetable {
  /** The instance, with rooms that are gone as rooms that are never open. */
  readonly instance: Instance;
  readonly timetable: Timetable;
  /** Keys that the timetable names and the instance does not know any more. */
  readonly gone: {
    readonly sessions: readonly string[];
    readonly slots: readonly string[];
    readonly rooms: readonly string[];
  };
}

interface Written {
  readonly slot: string;
  readonly room?: string;
}

/**
 * Reads a timetable that was made before its instance changed. Sessions that are gone are left out;
 * what was in a slot that is gone has no place; what was in a room that is gone keeps its slot and
 * must go elsewhere.
 */
export function readEarlierTimetable(
  text: string,
  instance: Instance,
  file: string,
): Result<EarlierTimetable, Problem[]> {
  const strict = readCairnTimetable(text, instance, file);
  const none = { sessions: [], slots: [], rooms: [] };
  if (strict.ok) return ok({ instance, timetable: strict.value, gone: none });
  if (strict.error.some(({ code }) => code !== 'unknown-key')) return strict;
  // Whatever is not the shape of a timetable was refused above.
  const places: Record<string, Written> = JSON.parse(text).timetable;
  const known = {
    sessions: new Set(instance.sessions.map(({ key }) => key)),
    slots: new Set(instance.slots.map(({ key }) => key)),
    rooms: new Set(instance.rooms.map(({ key }) => key)),
  };
  const written = Object.entries(places);
  const unknown = (keys: readonly (string | undefined)[], those: ReadonlySet<string>) =>
    [...new Set(keys)].filter((key) => key !== undefined && !those.has(key)) as string[];
  const stays = written.filter(
    ([session, { slot }]) => known.sessions.has(session) && known.slots.has(slot),
  );
  const gone = {
    sessions: unknown(
      written.map(([session]) => session),
      known.sessions,
    ),
    slots: unknown(
      written.map(([, { slot }]) => slot),
      known.slots,
    ),
    rooms: unknown(
      stays.map(([, { room }]) => room),
      known.rooms,
    ),
  };
  const closed = instance.slots.map(({ key }) => key);
  const never = gone.rooms.map((key): Room => ({ key, closed }));
  const extended = { ...instance, rooms: [...instance.rooms, ...never] };
  const rest = JSON.stringify({ timetable: Object.fromEntries(stays) });
  const read = readCairnTimetable(rest, extended, file);
  return read.ok ? ok({ instance: extended, timetable: read.value, gone }) : read;
}
