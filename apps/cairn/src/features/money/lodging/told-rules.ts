/** Who is in which room. */
type Rooms = ReadonlyMap<string, { readonly roomId: string | null }>;

/** A person's room and all who are in it, as one text that is the same where both are. */
function placeOf(rooms: Rooms, personId: string): string {
  const roomId = rooms.get(personId)?.roomId ?? null;
  if (roomId === null) return '';
  const inside = [...rooms].filter(([, place]) => place.roomId === roomId).map(([id]) => id);
  return [roomId, ...inside.sort()].join(' ');
}

/** Whose room or room-mates are others than they were told, in the order of their ids. */
export const toldAnew = (before: Rooms, after: Rooms): readonly string[] =>
  [...new Set([...before.keys(), ...after.keys()])]
    .filter((personId) => placeOf(before, personId) !== placeOf(after, personId))
    .sort();
