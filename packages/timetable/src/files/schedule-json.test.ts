import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkTimetable } from '../sessions/checker.ts';
import { indexInstance } from '../sessions/index-instance.ts';
import { readScheduleJson, readScheduleTimetable, writeScheduleJson } from './schedule-json.ts';

const event = (guid: string, room: string, date: string, duration: string, more: object = {}) => ({
  guid,
  id: guid.length,
  date: `${date}:00+02:00`,
  start: date.slice(11),
  duration,
  room,
  title: `About ${guid}`,
  abstract: 'It is kept.',
  ...more,
});
const ada = { id: 1, public_name: 'Ada' };
const bo = { guid: 'b0', name: 'Bo', public_name: 'Bo B.' };

/** Two days; on the first a talk beside a workshop of the same track and person, then lunch. */
const SCHEDULE = {
  schedule: {
    version: '1.0',
    conference: {
      title: 'Arrays',
      time_zone_name: 'Europe/Berlin',
      rooms: [{ name: 'Hall', capacity: 100 }, { name: 'Loft' }],
      days: [
        {
          index: 1,
          date: '2026-05-18',
          rooms: {
            Hall: [
              event('talk', 'Hall', '2026-05-18T09:00', '00:30', { track: 'web', persons: [ada] }),
              event('panel', 'Hall', '2026-05-18T13:00', '01:00', { persons: [bo] }),
            ],
            Loft: [
              event('workshop', 'Loft', '2026-05-18T09:00', '01:30', {
                track: 'web',
                persons: [ada, bo],
              }),
            ],
          },
        },
        {
          index: 2,
          date: '2026-05-19',
          rooms: { Loft: [event('night', 'Loft', '2026-05-20T00:30', '00:30')], Hall: [] },
        },
      ],
    },
  },
};
const TEXT = JSON.stringify(SCHEDULE, null, 1);
const instance = () => expectOk(readScheduleJson(TEXT, 'schedule.json'));
const present = () => expectOk(readScheduleTimetable(TEXT, instance(), 'schedule.json'));

describe('a published schedule', () => {
  test('has slots where something runs, on local clocks, and sessions of its persons', () => {
    const { title, slots, rooms, people, sessions } = instance();
    expect(title).toBe('Arrays');
    expect(slots.map(({ key, day }) => `${day}: ${key}`)).toEqual([
      '2026-05-18: 2026-05-18 09:00',
      '2026-05-18: 2026-05-18 09:30',
      '2026-05-18: 2026-05-18 10:00',
      '2026-05-18: 2026-05-18 13:00',
      '2026-05-18: 2026-05-18 13:30',
      // Beyond midnight it is still the second day.
      '2026-05-19: 2026-05-20 00:30',
    ]);
    expect(rooms).toEqual([{ key: 'Hall', capacity: 100 }, { key: 'Loft' }]);
    expect(people).toEqual([
      { key: '1', name: 'Ada' },
      { key: 'b0', name: 'Bo B.' },
    ]);
    expect(sessions.map(({ key, length, leads, tracks }) => [key, length, leads, tracks])).toEqual([
      ['talk', 1, ['1'], ['web']],
      ['panel', 2, ['b0'], []],
      ['workshop', 3, ['1', 'b0'], ['web']],
      ['night', 1, [], []],
    ]);
    // Nothing starts at half past nine, at ten or at half past one.
    expect(sessions[0]?.slots).toEqual([
      '2026-05-18 09:00',
      '2026-05-18 13:00',
      '2026-05-20 00:30',
    ]);
  });

  test('is judged as it stands: Ada is in two places, and the track beside itself', () => {
    const indexed = expectOk(indexInstance(instance()));
    expect(indexed.isFollowed).toEqual([true, true, false, true, false, false]);
    const { values, breaks } = checkTimetable(indexed, present());
    expect(values).toEqual([1, 1, 0]);
    expect(breaks.map(({ rule }) => rule.kind)).toEqual(['person-twice', 'track-clash']);
  });

  test('is written as it was where nothing moves', () => {
    expect(JSON.parse(writeScheduleJson(instance(), present(), TEXT))).toEqual(SCHEDULE);
  });

  test('is written with what moved at its new place, and keeps all else', () => {
    const { slot, room } = present();
    // The talk goes to the second day, the panel to the loft.
    const moved = { slot: [5, slot[1] ?? 0, slot[2] ?? 0, slot[3] ?? 0], room: [0, 1, 1, 1] };
    expect(room[1]).toBe(0);
    const text = writeScheduleJson(instance(), moved, TEXT);
    const { conference } = JSON.parse(text).schedule;
    const [first, second] = SCHEDULE.schedule.conference.days;
    expect(conference.rooms).toEqual(SCHEDULE.schedule.conference.rooms);
    expect(conference.days[0].rooms).toEqual({
      Hall: [],
      Loft: [first?.rooms.Loft[0], { ...first?.rooms.Hall[1], room: 'Loft' }],
    });
    expect(conference.days[1].rooms).toEqual({
      Loft: second?.rooms.Loft,
      Hall: [
        {
          ...first?.rooms.Hall[0],
          start: '00:30',
          date: '2026-05-20T00:30:00+02:00',
          room: 'Hall',
        },
      ],
    });
    const again = expectOk(readScheduleTimetable(text, instance(), 'new.json'));
    expect(again).toEqual(moved);
  });

  test('leaves out what has no place', () => {
    const { slot, room } = present();
    const without = { slot: [-1, ...Array.from(slot).slice(1)], room };
    const { conference } = JSON.parse(writeScheduleJson(instance(), without, TEXT)).schedule;
    expect(conference.days[0].rooms.Hall).toHaveLength(1);
  });

  test('has its events where a timetable has them, wherever that is', () => {
    const anyEvent = fc.record({
      day: fc.integer({ min: 0, max: 2 }),
      quarter: fc.integer({ min: 0, max: 40 }),
      quarters: fc.integer({ min: 1, max: 6 }),
      room: fc.constantFrom('Hall', 'Loft', 'Attic'),
    });
    const two = (part: number): string => String(Math.floor(part)).padStart(2, '0');
    type Drawn = { day: number; quarter: number; quarters: number; room: string };
    const scheduleOf = (events: readonly Drawn[]) => ({
      schedule: {
        conference: {
          days: [0, 1, 2].map((day) => ({
            date: `2026-05-1${day}`,
            rooms: Object.fromEntries(
              ['Hall', 'Loft', 'Attic'].map((room) => [
                room,
                events.flatMap((each, id) => {
                  if (each.day !== day || each.room !== room) return [];
                  const start = `${two(8 + each.quarter / 4)}:${two((each.quarter % 4) * 15)}`;
                  const duration = `${two(each.quarters / 4)}:${two((each.quarters % 4) * 15)}`;
                  const date = `2026-05-1${day}T${start}:00-03:30`;
                  return [{ id, start, duration, date, title: `${id}`, room }];
                }),
              ]),
            ),
          })),
        },
      },
    });
    const cases = fc.tuple(
      fc.array(anyEvent, { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
    );
    fc.assert(
      fc.property(cases, ([events, draws]) => {
        const text = JSON.stringify(scheduleOf(events));
        const read = expectOk(readScheduleJson(text, 'a.json'));
        const starts = read.sessions.map(({ slots = [] }, at) => {
          const key = slots[(draws[at] ?? 0) % slots.length];
          return read.slots.findIndex((slot) => slot.key === key);
        });
        const rooms = read.sessions.map((_, at) => (draws[at + 8] ?? 0) % read.rooms.length);
        const moved = { slot: starts, room: rooms };
        const written = writeScheduleJson(read, moved, text);
        expect(expectOk(readScheduleTimetable(written, read, 'b.json'))).toEqual(moved);
      }),
      { numRuns: 100 },
    );
  });

  const wrong = (from: string, to: string): string => TEXT.replace(from, to);
  test.each([
    [wrong('"09:00"', '"9 o’clock"'), 'Write a time as "09:00"'],
    [wrong('"00:30"', '"00:00"'), 'last a minute or more'],
    [wrong('"date": "2026-05-18"', '"date": "someday"'), 'Write the day as'],
    [wrong('"conference"', '"summit"'), 'Write a group of keys in braces instead of nothing'],
    [wrong('"00:30"', '"999:01"'), 'round what is odd'],
    [wrong('"id": 1,\n', ''), ''],
  ])('is refused with its place where it is malformed (%#)', (text, words) => {
    const read = readScheduleJson(text, 'bad.json');
    if (words === '') {
      expect(read.ok).toBe(true);
      return;
    }
    expect(JSON.stringify(read)).toContain(JSON.stringify(words).slice(1, -1));
    expect(read).toMatchObject({ ok: false, error: [{ place: { file: 'bad.json' } }] });
  });
});
