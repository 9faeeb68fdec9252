import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { block, day, entry, timetableOf } from '../../../../../../tests/now-timetable.ts';
import {
  dayAsked,
  isBlock,
  nextTurn,
  nowAndNext,
  personNow,
  roomNow,
  roomsNow,
  runs,
} from './now-rules.ts';

const hall = { key: 'hall', name: 'Hall' };
const attic = { key: 'attic', name: 'Attic' };

const timetable = timetableOf({
  days: [day('2023-05-22'), day('2023-05-23')],
  rooms: [hall, attic],
  entries: [
    block('2023-05-22', '09:00', '09:30', 'check_in'),
    entry('2023-05-22', '09:30', '11:00', 'hall', 'packaging'),
    entry('2023-05-22', '09:30', '12:00', 'attic', 'docs'),
    entry('2023-05-22', '11:00', '12:00', 'hall', 'sparse arrays'),
    block('2023-05-22', '12:00', '13:00', 'meal'),
    entry('2023-05-22', '13:00', '14:30', 'attic', 'nightly wheels'),
    entry('2023-05-23', '09:30', '11:00', 'hall', 'packaging again'),
  ],
});
const at = (local: string): number => Date.parse(`${local}:00Z`);
const titles = (entries: readonly { title: string }[]) => entries.map(({ title }) => title);

describe('what is now and next', () => {
  test('a session runs from its start up to, and not at, its end', () => {
    const { entries } = timetable;
    expect(titles(nowAndNext(entries, at('2023-05-22T09:30')).now)).toEqual(['packaging', 'docs']);
    expect(titles(nowAndNext(entries, at('2023-05-22T11:00')).now)).toEqual([
      'docs',
      'sparse arrays',
    ]);
  });

  test('everything of the next start is next, on another day too', () => {
    const { entries } = timetable;
    expect(titles(nowAndNext(entries, at('2023-05-22T09:10')).next)).toEqual(['packaging', 'docs']);
    expect(titles(nowAndNext(entries, at('2023-05-22T18:00')).next)).toEqual(['packaging again']);
    expect(nowAndNext(entries, at('2023-05-23T18:00'))).toEqual({ now: [], next: [] });
  });

  test('the day that is asked about is this one, else the next', () => {
    expect(dayAsked(timetable, at('2023-05-01T12:00'))?.date).toBe('2023-05-22');
    expect(dayAsked(timetable, at('2023-05-22T23:59'))?.date).toBe('2023-05-22');
    expect(dayAsked(timetable, at('2023-05-23T00:00'))?.date).toBe('2023-05-23');
    expect(dayAsked(timetable, at('2023-05-24T00:00'))).toBeUndefined();
  });
});

describe('a room', () => {
  test('says what is in it, what spans all rooms, and what comes next that day', () => {
    expect(roomNow(timetable, hall, at('2023-05-22T10:00'))).toMatchObject({
      now: { title: 'packaging' },
      next: { title: 'sparse arrays' },
    });
    expect(roomNow(timetable, hall, at('2023-05-22T12:30'))).toMatchObject({
      now: { block: 'meal' },
      next: undefined,
    });
    expect(roomNow(timetable, attic, at('2023-05-22T12:30'))).toMatchObject({
      next: { title: 'nightly wheels' },
    });
  });

  test('that is closed says until when', () => {
    const flooded = {
      ...timetable,
      closed: [{ room: 'attic', from: at('2023-05-22T10:00'), until: at('2023-05-22T18:00') }],
    };
    expect(roomsNow(flooded, at('2023-05-22T10:00')).map((each) => each.closedUntil)).toEqual([
      undefined,
      at('2023-05-22T18:00'),
    ]);
    expect(roomNow(flooded, attic, at('2023-05-22T18:00')).closedUntil).toBeUndefined();
  });
});

describe('a person', () => {
  const own = new Set(timetable.entries.filter(({ room }) => room === 'attic').map(({ id }) => id));

  test('hears of their sessions and of what is for all, and of nobody else’s', () => {
    expect(titles(personNow(timetable, own, at('2023-05-22T10:00')).now)).toEqual(['docs']);
  });

  test('whose next is a pause hears what comes after it, too', () => {
    expect(personNow(timetable, own, at('2023-05-22T10:00'))).toMatchObject({
      next: [{ block: 'meal' }],
      afterPause: { title: 'nightly wheels' },
    });
    expect(personNow(timetable, own, at('2023-05-22T09:10')).afterPause).toBeUndefined();
  });
});

describe('for any timetable and moment', () => {
  const time = fc.integer({ min: 0, max: 95 }).map((quarter) => quarter * 15);
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const anyEntry = fc
    .record({
      date: fc.constantFrom('2023-05-22', '2023-05-23'),
      from: time,
      length: fc.integer({ min: 1, max: 8 }),
      room: fc.constantFrom('hall', 'attic', null),
    })
    .filter(({ from, length }) => from + length * 15 < 24 * 60)
    .map(({ date, from, length, room }) =>
      room === null
        ? block(date, clock(from), clock(from + length * 15), 'break')
        : entry(date, clock(from), clock(from + length * 15), room, 'x'),
    );
  const anyTimetable = fc
    .array(anyEntry, { maxLength: 20 })
    .map((entries) => timetableOf({ ...timetable, entries }));
  const moment = fc.integer({ min: at('2023-05-21T12:00'), max: at('2023-05-24T12:00') });

  test('nothing is both now and next, and nothing lies between now and next', () => {
    fc.assert(
      fc.property(anyTimetable, moment, ({ entries }, when) => {
        const { now, next } = nowAndNext(entries, when);
        expect(now.every((each) => runs(each, when))).toBe(true);
        const [first] = next;
        const between = entries.filter(({ from }) => from > when && from < (first?.from ?? when));
        expect(between).toEqual([]);
        expect(next.filter((each) => now.includes(each))).toEqual([]);
      }),
    );
  });

  test('what is now stays the same until the next turn', () => {
    fc.assert(
      fc.property(
        anyTimetable,
        moment,
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (all, when, part) => {
          const turn = nextTurn(all, when);
          if (turn === undefined) return;
          const later = when + Math.floor((turn - when) * part);
          expect(roomsNow(all, later)).toEqual(roomsNow(all, when));
          expect(nowAndNext(all.entries, later)).toEqual(nowAndNext(all.entries, when));
        },
      ),
    );
  });

  test('a room shows nothing of another room', () => {
    fc.assert(
      fc.property(anyTimetable, moment, (all, when) => {
        for (const { room, now, next } of roomsNow(all, when)) {
          for (const each of [now, next]) {
            if (each !== undefined) expect(isBlock(each) || each.room === room.key).toBe(true);
          }
        }
      }),
    );
  });
});
