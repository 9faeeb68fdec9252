import type { Place } from '../drafts/placement-rules.ts';
import type { Room } from '../frame/frame-rules.ts';

/** What addresses, forms and the page's script call a place: `2023-05-22T10:00@studio`. */
export const placeKey = (place: Place, rooms: readonly Pick<Room, 'id' | 'key'>[]): string =>
  `${place.date}T${place.starts}@${rooms.find(({ id }) => id === place.roomId)?.key ?? ''}`;

const KEY = /^(\d{4}-\d{2}-\d{2})T((?:[01]\d|2[0-3]):[0-5]\d)@([a-z][a-z0-9_]*)$/;

/** The place that a key names; undefined for what names none of these rooms. */
export function readPlaceKey(
  key: string,
  rooms: readonly Pick<Room, 'id' | 'key'>[],
): (Place & { readonly roomId: string }) | undefined {
  const [, date, starts, roomKey] = KEY.exec(key) ?? [];
  const room = rooms.find((each) => each.key === roomKey);
  if (date === undefined || starts === undefined || room === undefined) return undefined;
  return { date, starts, roomId: room.id };
}
