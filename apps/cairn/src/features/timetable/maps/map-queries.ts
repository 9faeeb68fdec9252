import type { Reader } from '../../../platform/db/database.ts';

/** A map of the venue, without its picture. */
export interface VenueMap {
  readonly id: string;
  readonly title: string;
  /** What it shows, in words. */
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly position: number;
}

/** The maps of a summit, in their order. Public. */
export const mapsOf = (db: Reader, summitId: string): Promise<VenueMap[]> =>
  db
    .selectFrom('venueMap')
    .select(['id', 'title', 'description', 'width', 'height', 'position'])
    .where('summitId', '=', summitId)
    .orderBy('position')
    .orderBy('addedAt')
    .orderBy('id')
    .execute();

/** The picture of a map; undefined where there is none. Public. */
export const pictureOf = (db: Reader, summitId: string, id: string) =>
  db
    .selectFrom('venueMap')
    .select(['mediaType', 'content'])
    .where('summitId', '=', summitId)
    .where('id', '=', id)
    .executeTakeFirst();

/** A room as somebody who looks for it needs it. */
export interface PlainRoom {
  readonly key: string;
  readonly name: string;
  readonly capacity: number | null;
  readonly features: readonly string[];
  readonly directions: string;
}

/** The rooms of the venue as they are described today, in their order. */
export const roomsToFind = (db: Reader, summitId: string): Promise<PlainRoom[]> =>
  db
    .selectFrom('timetableRoom')
    .select(['key', 'name', 'capacity', 'features', 'directions'])
    .where('summitId', '=', summitId)
    .where('removedAt', 'is', null)
    .orderBy('position')
    .orderBy('key')
    .execute();
