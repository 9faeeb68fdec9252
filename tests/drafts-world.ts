import type { Instant } from '@cairn/kernel/time';
import type { Db } from '../apps/cairn/src/platform/db/database.ts';

/** The rooms and days of a small timetable in a test's database. */
export interface StoredFrame {
  readonly hall: string;
  readonly attic: string;
}

/** Two days from 9 to 15 with lunch at 12, a hall for 60 and an attic for 6. */
export async function storeFrame(db: Db, summitId: string): Promise<StoredFrame> {
  await db.insertInto('timetableFrame').values({ summitId, slotMinutes: 30 }).execute();
  for (const date of ['2023-05-22', '2023-05-23']) {
    await db
      .insertInto('timetableDay')
      .values({ summitId, date, starts: '09:00', ends: '15:00' })
      .execute();
    await db
      .insertInto('timetableBlock')
      .values({
        ...{ summitId, date, starts: '12:00', ends: '13:00' },
        ...{ kind: 'meal', title: 'Lunch', meal: 'lunch', roomId: null },
      })
      .execute();
  }
  const room = async (key: string, capacity: number, position: number) => {
    const { id } = await db
      .insertInto('timetableRoom')
      .values({
        ...{ summitId, key, name: key === 'hall' ? 'Hall' : 'Attic', capacity, position },
        ...{ link: null, removedAt: null, features: ['screen'] },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  };
  return { hall: await room('hall', 60, 0), attic: await room('attic', 6, 1) };
}

/** A session of 90 minutes with these leads, about a topic if one is given. */
export async function storeSession(
  db: Db,
  summitId: string,
  given: {
    readonly title: string;
    readonly now: Instant;
    readonly leads?: readonly string[];
    readonly topicNumber?: number;
    readonly size?: number;
  },
): Promise<string> {
  const { title, now, leads = [], topicNumber = null, size = null } = given;
  const { id } = await db
    .insertInto('timetableSession')
    .values({
      ...{ summitId, title, minutes: 90, topicNumber, size, groupKey: null },
      ...{ createdAt: now, createdBy: null, removedAt: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const personId of leads) {
    await db
      .insertInto('sessionPerson')
      .values({ sessionId: id, personId, part: 'lead' })
      .execute();
  }
  return id;
}
