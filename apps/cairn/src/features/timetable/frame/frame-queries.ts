import { expectOk } from '@cairn/kernel/result';
import { parseZone } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import type { Frame } from './frame-rules.ts';

/** The frame of a summit's timetable; undefined while none was begun. */
export async function frameOf(
  db: Reader,
  summit: Pick<Summit, 'id' | 'definition'>,
): Promise<Frame | undefined> {
  const frame = await db
    .selectFrom('timetableFrame')
    .select(['slotMinutes', 'sessionMinutes', 'revision'])
    .where('summitId', '=', summit.id)
    .executeTakeFirst();
  if (frame === undefined) return undefined;
  const [days, blocks, rooms, closures] = await Promise.all([
    db
      .selectFrom('timetableDay')
      .select(['date', 'starts', 'ends'])
      .where('summitId', '=', summit.id)
      .orderBy('date')
      .execute(),
    db
      .selectFrom('timetableBlock')
      .select(['id', 'date', 'starts', 'ends', 'kind', 'title', 'meal', 'isProvided'])
      .select(['roomId', 'place', 'text'])
      .where('summitId', '=', summit.id)
      .orderBy('date')
      .orderBy('starts')
      .orderBy('id')
      .execute(),
    db
      .selectFrom('timetableRoom')
      .select(['id', 'key', 'name', 'capacity', 'features', 'directions', 'link'])
      .where('summitId', '=', summit.id)
      .where('removedAt', 'is', null)
      .orderBy('position')
      .orderBy('key')
      .execute(),
    db
      .selectFrom('roomClosure')
      .innerJoin('timetableRoom', 'timetableRoom.id', 'roomClosure.roomId')
      .select(['roomClosure.id', 'roomClosure.roomId', 'roomClosure.date'])
      .select(['roomClosure.starts', 'roomClosure.ends', 'roomClosure.reason'])
      .where('timetableRoom.summitId', '=', summit.id)
      .where('timetableRoom.removedAt', 'is', null)
      .orderBy('roomClosure.date')
      .orderBy('roomClosure.starts')
      .execute(),
  ]);
  const zone = expectOk(parseZone(summit.definition.zone));
  return { ...frame, zone, days, blocks, rooms, closures };
}
