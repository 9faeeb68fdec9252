import type { Instance, Session, Timetable } from '../sessions/model.ts';
import { type JsonReader, OptionalKeys } from './json-reader.ts';
import { pathInto } from './json-text.ts';

/** Where a session is, by keys. */
export interface Place {
  readonly slot: string;
  /** Absent for one that takes no room. */
  readonly room?: string;
}

const takesRoom = ({ kind, isRoomless }: Session): boolean =>
  kind !== 'block' && isRoomless !== true;

/** The places of a timetable by the keys of sessions; those without a place are left out. */
export function placesOf(
  { sessions, slots, rooms }: Instance,
  timetable: Timetable,
): Record<string, Place> {
  return Object.fromEntries(
    sessions.flatMap((session, number): [string, Place][] => {
      const slot = slots[timetable.slot[number] ?? -1];
      const room = rooms[timetable.room[number] ?? -1];
      if (slot === undefined) return [];
      if (!takesRoom(session)) return [[session.key, { slot: slot.key }]];
      return room === undefined ? [] : [[session.key, { slot: slot.key, room: room.key }]];
    }),
  );
}

/** A timetable of an instance from places by keys; of unknown keys nothing is taken. */
export function timetableOf(
  { sessions, slots, rooms }: Instance,
  places: Readonly<Record<string, Place>>,
): Timetable {
  const slotNumbers = new Map(slots.map(({ key }, number) => [key, number]));
  const roomNumbers = new Map(rooms.map(({ key }, number) => [key, number]));
  const placeOf = new Map(Object.entries(places));
  return {
    slot: sessions.map(({ key }) => slotNumbers.get(placeOf.get(key)?.slot ?? '') ?? -1),
    room: sessions.map(({ key }) => roomNumbers.get(placeOf.get(key)?.room ?? '') ?? -1),
  };
}

/** Reads places as a file has them; refuses what the instance does not know. */
export function readPlaces(
  reader: JsonReader,
  value: unknown,
  path: string,
  instance: Instance,
): Timetable {
  const sessions = new Map(instance.sessions.map((session) => [session.key, session]));
  const slots = new Set(instance.slots.map(({ key }) => key));
  const rooms = new Set(instance.rooms.map(({ key }) => key));
  const places = Object.entries(reader.map(value, path)).map(([key, item]): [string, Place] => {
    const at = pathInto(path, key);
    const group = reader.group(item, at, ['slot', 'room']);
    const slot = reader.text(group.slot, pathInto(at, 'slot'));
    const { room } = new OptionalKeys(reader, group, at).text('room');
    const session = sessions.get(key);
    if (session === undefined) reader.refuse('unknown-key', at, 'There is no such session.');
    if (slot !== '' && !slots.has(slot)) {
      reader.refuse('unknown-key', pathInto(at, 'slot'), 'There is no such slot.');
    }
    if (room !== undefined && !rooms.has(room)) {
      reader.refuse('unknown-key', pathInto(at, 'room'), 'There is no such room.');
    }
    if (room === undefined && session !== undefined && takesRoom(session)) {
      reader.refuse('no-room', at, 'Say in which room it is, or leave the session out.');
    }
    return [key, { slot, ...(room === undefined ? {} : { room }) }];
  });
  return timetableOf(instance, Object.fromEntries(places));
}
