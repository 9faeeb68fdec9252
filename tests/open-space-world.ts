import { Temporal } from '@cairn/kernel/time';
import type {
  PlacedSession,
  TimetableContent,
} from '../apps/cairn/src/features/timetable/release/content-schema.ts';
import { addPerson, openSummitDatabase, type SummitDatabase } from './summit-database.ts';

export const MONDAY = '2023-05-22';
export const TUESDAY = '2023-05-23';

/** A summit with two days, three rooms, lunch, and a released timetable; its clock says Monday, 9:00. */
export interface OpenSpaceWorld extends SummitDatabase {
  readonly slug: string;
  readonly summitId: string;
  /** Room ids by key: `red` for 12 with a screen, `blue` for 6 with a screen, `quiet` for 4. */
  readonly rooms: { readonly red: string; readonly blue: string; readonly quiet: string };
  /** Comes, and is in the group `packaging` on all days. */
  readonly mei: string;
  /** Comes, and is in the group `docs`. */
  readonly grigor: string;
  /** The content of the release, which is in force as version 1. */
  readonly content: TimetableContent;
  /** Puts another version in force. */
  release(version: number, content: TimetableContent): Promise<void>;
  /** Somebody else who comes. */
  comer(name: string): Promise<string>;
  /** Moves the clock to a time of the summit's zone. */
  at(date: string, time: string): void;
}

export async function openSpaceWorld(): Promise<OpenSpaceWorld> {
  const database = await openSummitDatabase();
  const { db, clock } = database;
  await database.found();
  const slug = 'sp_summit_2023';
  const { id: summitId, definition } = await database.summit(slug);
  const at = (date: string, time: string): void =>
    clock.set(
      Temporal.PlainDateTime.from(`${date}T${time}`).toZonedDateTime(definition.zone).toInstant(),
    );
  at(MONDAY, '09:00');
  const now = clock.now();
  await db.updateTable('summit').set({ state: 'announced' }).where('id', '=', summitId).execute();
  await db.insertInto('timetableFrame').values({ summitId, slotMinutes: 30 }).execute();
  const days = [MONDAY, TUESDAY].map((date) => ({ date, starts: '09:00', ends: '17:00' }));
  await db
    .insertInto('timetableDay')
    .values(days.map((day) => ({ ...day, summitId })))
    .execute();
  const blocks = await db
    .insertInto('timetableBlock')
    .values(
      [MONDAY, TUESDAY].flatMap((date) => [
        {
          ...{ summitId, date, starts: '12:30', ends: '13:30', kind: 'meal' as const },
          ...{ title: 'Lunch', meal: 'lunch' as const, roomId: null },
        },
        {
          ...{ summitId, date, starts: '09:00', ends: '09:30', kind: 'check_in' as const },
          ...{ title: 'Check-in', meal: null, roomId: null },
        },
      ]),
    )
    .returning(['id', 'date', 'starts', 'ends', 'kind', 'title', 'meal', 'isProvided', 'roomId'])
    .returning(['place', 'text'])
    .execute();
  const rows = await db
    .insertInto('timetableRoom')
    .values(
      (
        [
          ['red', 'Red Room', 12, ['screen', 'video']],
          ['blue', 'Blue Room', 6, ['screen']],
          ['quiet', 'Library', 4, ['quiet']],
        ] as const
      ).map(([key, name, capacity, features], position) => ({
        ...{ summitId, key, name, capacity, position, features: [...features] },
        ...{ link: null, removedAt: null },
      })),
    )
    .returning(['id', 'key', 'name', 'capacity', 'features', 'directions'])
    .execute();
  const roomOf = (key: string): string => rows.find((row) => row.key === key)?.id ?? '';
  const comer = async (name: string): Promise<string> => {
    const personId = await addPerson(db, name);
    await db
      .insertInto('role')
      .values({ summitId, personId, role: 'participant', grantedAt: now, grantedBy: null })
      .execute();
    return personId;
  };
  const [mei, grigor] = [await comer('Mei Lin'), await comer('Grigor')];
  const { id: groupingId } = await db
    .insertInto('grouping')
    .values({
      ...{ summitId, title: 'The week', date: null, state: 'set', fromId: null },
      ...{ createdAt: now, createdBy: null, setAt: now },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const [position, [key, title, personId]] of (
    [
      ['packaging', 'Packaging', mei],
      ['docs', 'Documentation', grigor],
    ] as const
  ).entries()) {
    const { id: groupId } = await db
      .insertInto('workGroup')
      .values({ groupingId, key, title, topicNumber: null, least: null, most: null, position })
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('groupMember')
      .values({ groupingId, personId, groupId, isLead: true })
      .execute();
  }
  const session = await db
    .insertInto('timetableSession')
    .values({
      ...{ summitId, title: 'Packaging', topicNumber: null, groupKey: 'packaging', minutes: 90 },
      ...{ size: null, createdAt: now, createdBy: null, removedAt: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const released: PlacedSession = {
    ...{ id: session.id, kind: 'work', title: 'Packaging', text: '', topicNumber: null },
    ...{ groupKey: 'packaging', track: '', date: MONDAY, starts: '10:00', ends: '11:30' },
    ...{ roomId: roomOf('red'), leads: [mei], people: [mei] },
  };
  const content: TimetableContent = {
    ...{ slotMinutes: 30, zone: definition.zone, days, blocks, sessions: [released] },
    rooms: rows.map((room) => ({ ...room, features: [...room.features] })),
  };
  const release = async (version: number, of: TimetableContent): Promise<void> => {
    await db
      .insertInto('timetableRelease')
      .values({
        ...{ summitId, version, name: `Version ${version}`, content: JSON.stringify(of) },
        ...{ draftId: null, releasedAt: now, releasedBy: null },
      })
      .execute();
  };
  await release(1, content);
  const rooms = { red: roomOf('red'), blue: roomOf('blue'), quiet: roomOf('quiet') };
  return { ...database, slug, summitId, rooms, mei, grigor, content, release, comer, at };
}
