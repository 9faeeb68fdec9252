import type pg from 'pg';
import type { Summit } from '../apps/cairn/src/features/summits/queries.ts';
import { openKysely } from '../apps/cairn/src/platform/db/database.ts';
import { storeRelease } from '../tests/released-timetable.ts';

const DAYS = 5;
const ROOMS = 20;
const STARTS = [
  ['09:30', '10:30'],
  ['11:00', '12:00'],
  ['13:30', '15:00'],
  ['15:30', '17:00'],
] as const;

const WORDS =
  'Packaging Arrays Documentation Wheels Benchmarks Typing Sparse Lazy Loading Governance Themes Release Testing Meshes Signals Images Graphs Units Ranking Outreach'.split(
    ' ',
  );

/** The days of the summit that a bench stores, beginning today. */
export const benchDays = (today: string): string[] =>
  Array.from({ length: DAYS }, (_, index) =>
    new Date(Date.parse(today) + index * 86_400_000).toISOString().slice(0, 10),
  );

/**
 * Releases a timetable of 400 sessions in 20 rooms on 5 days, with meals, breaks and two plenaries a day;
 * the first of them is today. Returns the rooms by key.
 */
export async function storeTimetable(
  pool: pg.Pool,
  summit: Summit,
  today: string,
  people: readonly string[] = [],
): Promise<Awaited<ReturnType<typeof storeRelease>>> {
  const days = benchDays(today);
  const rooms = Array.from({ length: ROOMS }, (_, index) => ({
    key: `room_${index + 1}`,
    name: `Room ${index + 1}`,
  }));
  const person = (index: number): string[] => {
    const id = people[index % Math.max(1, people.length)];
    return id === undefined ? [] : [id];
  };
  const sessions = days.flatMap((date, day) =>
    STARTS.flatMap(([starts, ends], slot) =>
      rooms.map(({ key: room }, index) => {
        const number = (day * STARTS.length + slot) * ROOMS + index;
        const word = (step: number): string => WORDS[(number * step + slot) % WORDS.length] ?? '';
        return {
          ...{ date, starts, ends, room, leads: person(number) },
          title: `${word(1)} and ${word(7).toLowerCase()} for ${word(3).toLowerCase()} (${number + 1})`,
          people: [...person(number * 3), ...person(number * 5 + 1)],
        };
      }),
    ),
  );
  const blocks = days.flatMap((date) => [
    ...[{ date, starts: '09:00', ends: '09:30', kind: 'check_in' as const, title: 'Check-in' }],
    ...[{ date, starts: '10:30', ends: '11:00', kind: 'break' as const, title: 'Coffee' }],
    {
      ...{ date, starts: '12:00', ends: '13:30', kind: 'meal' as const, title: 'Lunch' },
      meal: 'lunch' as const,
    },
    ...[{ date, starts: '15:00', ends: '15:30', kind: 'break' as const, title: 'Tea' }],
    ...[{ date, starts: '17:00', ends: '17:30', kind: 'closing' as const, title: 'What we did' }],
  ]);
  const zone = summit.definition.zone;
  return storeRelease(openKysely(pool), summit.id, { zone, days, rooms, blocks, sessions });
}
