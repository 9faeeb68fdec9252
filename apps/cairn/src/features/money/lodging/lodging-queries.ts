import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import type { SleepRoom } from './rooming-rules.ts';

export interface LodgingRoom {
  readonly id: string;
  readonly lodgingId: string;
  readonly name: string;
  readonly beds: number;
  readonly isAccessible: boolean;
  /** For the room and night. */
  readonly nightMinor: number | null;
  readonly currency: string | null;
}

/** A house with its rooms. */
export interface Lodging {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly link: string | null;
  readonly text: string;
  readonly rooms: readonly LodgingRoom[];
}

/** The houses of a summit and their rooms, in the organisers' order. */
export async function lodgingsOf(db: Reader, { summitId }: Organiser): Promise<readonly Lodging[]> {
  const houses = await db
    .selectFrom('lodging')
    .select(['id', 'name', 'address', 'link', 'text'])
    .where('summitId', '=', summitId)
    .where('removedAt', 'is', null)
    .orderBy('position')
    .orderBy('name')
    .orderBy('id')
    .execute();
  const rooms = await db
    .selectFrom('lodgingRoom')
    .innerJoin('lodging', 'lodging.id', 'lodgingRoom.lodgingId')
    .select(['lodgingRoom.id', 'lodgingId', 'lodgingRoom.name', 'beds', 'isAccessible'])
    .select(['nightMinor', 'currency'])
    .where('lodging.summitId', '=', summitId)
    .where('lodging.removedAt', 'is', null)
    .where('lodgingRoom.removedAt', 'is', null)
    .orderBy('lodgingRoom.position')
    .orderBy('lodgingRoom.name')
    .orderBy('lodgingRoom.id')
    .execute();
  return houses.map((house) => ({
    ...house,
    rooms: rooms.filter(({ lodgingId }) => lodgingId === house.id),
  }));
}

/** Rooms as the search sees them: by price where all are priced in one currency, by their number otherwise. */
export function searchedRooms(lodgings: readonly Lodging[]): readonly SleepRoom[] {
  const rooms = lodgings.flatMap((house) => house.rooms);
  const currencies = new Set(rooms.map(({ currency }) => currency));
  const isPriced = currencies.size === 1 && rooms.every(({ nightMinor }) => nightMinor !== null);
  return rooms.map(({ id, beds, isAccessible, nightMinor }) => ({
    ...{ id, beds, isAccessible },
    nightCost: isPriced ? (nightMinor ?? 1) : 1,
  }));
}
