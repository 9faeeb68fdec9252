import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Timetable } from '../sessions/model.ts';

/** What sentences call things, by their numbers. */
export interface Names {
  /** In quotation marks. */
  readonly session: (number: number) => string;
  readonly person: (number: number) => string;
  readonly room: (number: number) => string;
  /** Stands in brackets or after a colon: `Monday 09:00`. */
  readonly slot: (number: number) => string;
  readonly day: (number: number) => string;
  readonly level: (number: number) => string;
}

const MINUTES_OF_A_DAY = 1440;

/**
 * What an instance itself calls things: titles and names where there are any, else keys; a slot by
 * its day and time where starts count from the midnight before the first day, else by its key. Who
 * knows the zone of the slots passes a `slot` of their own.
 */
export function namesOf(indexed: IndexedInstance, own: Partial<Names> = {}): Names {
  const { sessions, people, rooms, slots, dayOf, instance } = indexed;
  const hasClock = countsFromMidnight(indexed);
  return {
    session: (number) => {
      const { title, key = `${number}` } = sessions[number]?.session ?? {};
      return `“${title ?? key}”`;
    },
    person: (number) => {
      const { name, key = `${number}` } = people[number]?.person ?? {};
      return name ?? key;
    },
    room: (number) => rooms[number]?.room.key ?? `${number}`,
    slot: (number) => {
      const slot = slots[number];
      if (slot === undefined) return `${number}`;
      if (hasClock) return `${slot.day} ${clock(slot.start)}`;
      return slot.key.includes(slot.day) ? slot.key : `${slot.day}, ${slot.key}`;
    },
    day: (number) => slots[dayOf.indexOf(number)]?.day ?? `${number}`,
    level: (number) =>
      instance.levels?.[number] ?? (number === 0 ? 'what must hold' : `wishes of level ${number}`),
    ...own,
  };
}

/** `Monday 09:00, Room 1`, `no place`. */
export function placeInWords(
  names: Names,
  { slot, room }: { readonly slot: number; readonly room: number },
): string {
  if (slot < 0) return 'no place';
  return room < 0 ? names.slot(slot) : `${names.slot(slot)}, ${names.room(room)}`;
}

/** Where a timetable has a session; -1 for nowhere and for no room. */
export function placeOf(
  indexed: IndexedInstance,
  timetable: Timetable,
  session: number,
): { slot: number; room: number } {
  const takesRoom = indexed.sessions[session]?.takesRoom ?? false;
  const slot = timetable.slot[session] ?? -1;
  const room = takesRoom ? (timetable.room[session] ?? -1) : -1;
  return slot < 0 || (takesRoom && room < 0) ? { slot: -1, room: -1 } : { slot, room };
}

function countsFromMidnight({ slots, dayOf }: IndexedInstance): boolean {
  const first = slots[0]?.start ?? -1;
  if (first < 0 || first >= MINUTES_OF_A_DAY) return false;
  const dates = new Map<number, number>();
  for (const [number, { start, end }] of slots.entries()) {
    const date = Math.floor(start / MINUTES_OF_A_DAY);
    const day = dayOf[number] ?? 0;
    if (end > (date + 1) * MINUTES_OF_A_DAY) return false;
    if ((dates.get(day) ?? date) !== date) return false;
    dates.set(day, date);
  }
  return new Set(dates.values()).size === dates.size;
}

function clock(minutes: number): string {
  const ofDay = minutes % MINUTES_OF_A_DAY;
  const two = (number: number) => `${number}`.padStart(2, '0');
  return `${two(Math.floor(ofDay / 60))}:${two(ofDay % 60)}`;
}
