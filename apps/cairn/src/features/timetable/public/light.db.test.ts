import { beforeAll, expect, test } from 'vitest';
import {
  openReleasingHouse,
  type ReleasingHouse,
} from '../../../../../../tests/timetable-releases.ts';
import { later } from '../frame/frame-rules.ts';

let house: ReleasingHouse;
const SESSIONS = 400;

beforeAll(async () => {
  house = await openReleasingHouse();
  const { db, world, clock } = house;
  const summitId = world.summit.id;
  const rooms = await db
    .insertInto('timetableRoom')
    .values(
      Array.from({ length: 20 }, (_, index) => ({
        ...{ summitId, key: `room_${index}`, name: `Room ${index}`, capacity: 30 },
        ...{ position: index, link: null, removedAt: null },
      })),
    )
    .returning('id')
    .execute();
  const sessions = await db
    .insertInto('timetableSession')
    .values(
      Array.from({ length: SESSIONS }, (_, index) => ({
        ...{ summitId, title: `A session of middling length about topic ${index}`, minutes: 30 },
        ...{ topicNumber: null, groupKey: null, size: null, createdAt: clock.now() },
        ...{ createdBy: null, removedAt: null },
      })),
    )
    .returning('id')
    .execute();
  await db
    .insertInto('draftPlacement')
    .values(
      sessions.map(({ id }, index) => ({
        ...{ draftId: world.draftId, sessionId: id },
        date: ['2023-05-22', '2023-05-23', '2023-05-24'][index % 3] ?? '',
        starts: later('10:00', 30 * (Math.floor(index / 60) % 7)),
        roomId: rooms[Math.floor(index / 3) % 20]?.id ?? null,
      })),
    )
    .execute();
  await house.released({ tell: 'nobody' });
  return () => house.drop();
});

test('A day of a timetable of 400 sessions stays light, and all days together have every session once.', async () => {
  const seen: string[] = [];
  for (const date of ['2023-05-22', '2023-05-23', '2023-05-24']) {
    const page = await (await house.app.request(`/s/sp_summit_2023/timetable/days/${date}`)).text();
    // 134 sessions in 20 rooms: 40 kB before compression.
    expect(page.length).toBeLessThan(50_000);
    seen.push(
      ...[...page.matchAll(/timetable\/sessions\/([0-9a-f-]{36})/g)].map(([, id]) => id ?? ''),
    );
  }
  expect(seen.length).toBe(SESSIONS + 3);
  expect(new Set(seen).size).toBe(SESSIONS + 3);
});
