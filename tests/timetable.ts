import type { SummitDatabase } from './summit-database.ts';

/** Rows of a timetable being made, as its commands would write them: for tests of what comes after. */
export interface TestTimetable {
  readonly summitId: string;
  readonly draftId: string;
  /** Rooms by key: `big` (20, video), `small` (6). */
  readonly rooms: ReadonlyMap<string, string>;
  /** A session of 90 minutes; `leads` and `needed` are people. */
  session(session: {
    readonly title: string;
    readonly text?: string;
    readonly minutes?: number;
    readonly groupKey?: string;
    readonly topicNumber?: number;
    readonly leads?: readonly string[];
    readonly needed?: readonly string[];
  }): Promise<string>;
  /** Puts a session into the draft, or elsewhere; out of it where there is no place. */
  place(
    sessionId: string,
    to:
      | { readonly starts: string; readonly date?: string; readonly room?: 'big' | 'small' }
      | undefined,
  ): Promise<void>;
}

/** The first two days of the first summit, with two rooms, a lunch on each day, and an empty draft. */
export async function openTimetable(
  { db, clock, ada, summit }: SummitDatabase,
  slug = 'sp_summit_2023',
): Promise<TestTimetable> {
  const { id: summitId } = await summit(slug);
  await db.insertInto('timetableFrame').values({ summitId }).execute();
  for (const date of ['2023-05-22', '2023-05-23']) {
    const day = { summitId, date };
    await db
      .insertInto('timetableDay')
      .values({ ...day, starts: '09:00', ends: '17:30' })
      .execute();
    const lunch = { kind: 'meal', meal: 'lunch', title: 'Lunch', isProvided: true } as const;
    await db
      .insertInto('timetableBlock')
      .values({ ...day, ...lunch, starts: '13:00', ends: '14:00', roomId: null })
      .execute();
  }
  const rooms = await db
    .insertInto('timetableRoom')
    .values([
      { ...roomOf(summitId, 'big', 'Big room', 20), features: ['video'], position: 0 },
      { ...roomOf(summitId, 'small', 'Small room', 6), position: 1 },
    ])
    .returning(['id', 'key'])
    .execute();
  const byKey = new Map(rooms.map(({ key, id }) => [key, id]));
  const now = clock.now();
  const { id: draftId } = await db
    .insertInto('timetableDraft')
    .values({ summitId, name: 'Plan A', createdAt: now, createdBy: ada, discardedAt: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  return {
    ...{ summitId, draftId, rooms: byKey },
    session: async ({ title, text = '', minutes = 90, leads = [], needed = [], ...more }) => {
      const { id } = await db
        .insertInto('timetableSession')
        .values({
          ...{ summitId, title, text, minutes, createdAt: now, createdBy: ada },
          ...{ topicNumber: more.topicNumber ?? null, groupKey: more.groupKey ?? null },
          ...{ size: null, removedAt: null },
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      const parts = [
        ...leads.map((personId) => ({ personId, part: 'lead' as const })),
        ...needed.map((personId) => ({ personId, part: 'needed' as const })),
      ];
      for (const part of parts) {
        await db
          .insertInto('sessionPerson')
          .values({ sessionId: id, ...part })
          .execute();
      }
      return id;
    },
    place: async (sessionId, to) => {
      await db
        .deleteFrom('draftPlacement')
        .where('draftId', '=', draftId)
        .where('sessionId', '=', sessionId)
        .execute();
      if (to === undefined) return;
      const { starts, date = '2023-05-22', room } = to;
      const roomId = room === undefined ? null : (byKey.get(room) ?? null);
      await db
        .insertInto('draftPlacement')
        .values({ draftId, sessionId, date, starts, roomId })
        .execute();
    },
  };
}

const roomOf = (summitId: string, key: string, name: string, capacity: number) => ({
  ...{ summitId, key, name, capacity },
  ...{ directions: `To the ${key} one`, link: `https://video.example/${key}`, removedAt: null },
});
