import { expectZone, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  canAt,
  canOver,
  localSlots,
  minuteOf,
  painAt,
  painOver,
  withoutBusy,
} from './availability-slots.ts';
import { painOf } from './meeting-pain.ts';

const ZONES = [
  'America/Los_Angeles',
  'Europe/Berlin',
  'Australia/Sydney',
  'America/Sao_Paulo',
  'America/Santiago',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/St_Johns',
  'Pacific/Chatham',
  'America/Mexico_City', // no daylight saving since 2022
  'Africa/Casablanca', // daylight saving except in Ramadan
  'Asia/Amman', // stays in summer time since 2022
  'UTC',
].map(expectZone);

const anyZone = fc.constantFrom(...ZONES);
const anyCells = fc
  .array(fc.constantFrom('0', '1', '2'), { minLength: 168, maxLength: 168 })
  .map((cells) => cells.join(''));
/** A moment within a day of a change of some clock, or any other from 2021 to 2025. */
const anyMinute = fc.oneof(
  fc.integer({ min: 26_824_320, max: 29_000_000 }),
  fc
    .tuple(anyZone, fc.integer({ min: 0, max: 9 }), fc.integer({ min: -1500, max: 1500 }))
    .map(([zone, which, near]) => {
      let at = Temporal.ZonedDateTime.from('2020-12-31T12:00[UTC]').withTimeZone(zone);
      for (let step = 0; step < which; step++) at = at.getTimeZoneTransition('next') ?? at;
      return minuteOf(at.toInstant()) + near;
    }),
);
const instant = (minute: number) => Temporal.Instant.fromEpochMilliseconds(minute * 60_000);
const zoned = (minute: number, zone: (typeof ZONES)[number]) =>
  instant(minute).toZonedDateTimeISO(zone);
const weekMinute = ({ dayOfWeek, hour, minute }: Temporal.ZonedDateTime) =>
  (dayOfWeek - 1) * 1440 + hour * 60 + minute;

describe('what somebody can', () => {
  test('is the least of every minute of the call by the clock on their wall, whatever the clock does', () => {
    fc.assert(
      fc.property(
        anyZone,
        anyMinute,
        fc.integer({ min: 1, max: 200 }),
        anyCells,
        (zone, start, minutes, cells) => {
          let least = 2;
          for (let at = start; at < start + minutes; at++) {
            least = Math.min(least, Number(cells[Math.floor(weekMinute(zoned(at, zone)) / 60)]));
          }
          expect(canAt(cells, zone, instant(start), minutes)).toBe(least);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('is the same for one slot and for many', () => {
    fc.assert(
      fc.property(
        anyZone,
        fc.array(anyMinute, { maxLength: 20 }),
        anyCells,
        (zone, starts, cells) => {
          const many = canOver(cells, localSlots(zone, starts, 60));
          expect([...many]).toEqual(starts.map((start) => canAt(cells, zone, instant(start), 60)));
        },
      ),
    );
  });

  test.each([
    ['2023-02-15T16:00Z', 2],
    ['2023-03-01T16:00Z', 2],
    ['2023-03-15T16:00Z', 0], // Los Angeles has moved, 16:00 UTC is 09:00 there
    ['2023-03-15T15:00Z', 2],
  ])('somebody in Los Angeles who can from 08:00 to 09:00 on Wednesdays: %s is %i', (at, level) => {
    const cells = `${'0'.repeat(48 + 8)}2${'0'.repeat(111)}`;
    expect(canAt(cells, expectZone('America/Los_Angeles'), Temporal.Instant.from(at), 60)).toBe(
      level,
    );
  });

  test('refuses anything but 168 levels', () => {
    expect(() => canAt('2', expectZone('UTC'), instant(0), 60)).toThrow();
  });
});

describe('busy times', () => {
  test('take away exactly the slots that they meet', () => {
    const anyBusy = fc
      .tuple(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 200 }))
      .map(([from, length]) => ({ from, until: from + length }));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 600 }), { maxLength: 30 }),
        fc.array(anyBusy, { maxLength: 6 }),
        fc.integer({ min: 1, max: 90 }),
        (starts, busy, minutes) => {
          const free = withoutBusy(new Uint8Array(starts.length).fill(2), starts, minutes, busy);
          const meets = (start: number) =>
            busy.some(({ from, until }) => from < until && from < start + minutes && until > start);
          expect([...free]).toEqual(starts.map((start) => (meets(start) ? 0 : 2)));
        },
      ),
    );
  });
});

describe('unsociable hours', () => {
  const DAYTIME = { from: 8 * 60, until: 22 * 60 };

  test.each([
    [12 * 60, DAYTIME, 0],
    [8 * 60, DAYTIME, 0],
    [22 * 60, DAYTIME, 0],
    [22 * 60 + 1, DAYTIME, 1],
    [23 * 60, DAYTIME, 2],
    [3 * 60, DAYTIME, 10],
    [60, { from: 14 * 60, until: 2 * 60 }, 0],
    [3 * 60, { from: 14 * 60, until: 2 * 60 }, 2],
    [5 * 1440 + 12 * 60, { ...DAYTIME, days: [1, 2, 3, 4, 5] }, 24],
    [5 * 1440 + 60, { ...DAYTIME, days: [1, 2, 3, 4, 5] }, 6],
    [12 * 60, { ...DAYTIME, days: [] }, 24],
  ])('minute %i of the week within %j has the pain %i', (minute, sociable, pain) => {
    expect(painOf(minute, sociable)).toBe(pain);
  });

  test('a call is as bad as its worst half hour, by the clock on the wall', () => {
    fc.assert(
      fc.property(anyZone, anyMinute, fc.integer({ min: 1, max: 6 }), (zone, start, halfHours) => {
        const minutes = halfHours * 30;
        const moments = Array.from({ length: halfHours }, (_, i) =>
          weekMinute(zoned(start + i * 30, zone)),
        );
        moments.push((weekMinute(zoned(start + minutes - 1, zone)) + 1) % 10_080);
        expect(painAt(zone, instant(start), minutes, DAYTIME)).toBe(
          Math.max(...moments.map((moment) => painOf(moment, DAYTIME))),
        );
      }),
      { numRuns: 300 },
    );
  });

  test('nobody has pain at noon, in any zone and season', () => {
    fc.assert(
      fc.property(anyZone, fc.integer({ min: 0, max: 1500 }), (zone, days) => {
        const noon = Temporal.PlainDateTime.from('2021-01-01T12:00')
          .add({ days })
          .toZonedDateTime(zone);
        expect(painAt(zone, noon.toInstant(), 60, DAYTIME)).toBe(0);
        const local = localSlots(zone, [minuteOf(noon.toInstant())], 60);
        expect([...painOver(local, DAYTIME)]).toEqual([0]);
      }),
    );
  });
});
