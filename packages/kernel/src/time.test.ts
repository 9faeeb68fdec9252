import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expectOk } from './result.ts';
import {
  dateIn,
  daysBetween,
  expectZone,
  formatDate,
  formatDateSpan,
  formatInstant,
  formatMonth,
  instantOf,
  parseDate,
  parseZone,
  startOfDay,
  Temporal,
} from './time.ts';

const day = (text: string) => expectOk(parseDate(text));
const instant = (text: string) => Temporal.Instant.from(text);

describe('days', () => {
  test.each(['2023-02-30', '2023-13-01', '22 May 2023', '2023-5-22', '2023-05-22T00:00', ''])(
    'refuses %j, with a sentence that shows how to write a day',
    (text) => {
      expect(parseDate(text)).toMatchObject({
        ok: false,
        error: { code: 'not-a-date', sentence: expect.stringContaining('2023-05-22') },
      });
    },
  );

  test('reads every day that it writes', () => {
    const anyDay = fc
      .integer({ min: -200_000, max: 200_000 })
      .map((days) => Temporal.PlainDate.from('2000-01-01').add({ days }))
      .filter(({ year }) => year >= 0 && year <= 9999);
    fc.assert(fc.property(anyDay, (date) => day(date.toString()).equals(date)));
  });

  test('counts days across a change to daylight saving as days', () => {
    expect(daysBetween(day('2023-03-11'), day('2023-03-13'))).toBe(2);
    expect(daysBetween(day('2023-05-26'), day('2023-05-22'))).toBe(-4);
  });

  test('counts days as the calendar does, in every year', () => {
    const first = Temporal.PlainDate.from('0001-01-01');
    const days = fc.integer({ min: 0, max: 3_600_000 }).map((count) => first.add({ days: count }));
    fc.assert(
      fc.property(days, days, (from, to) => {
        expect(from.add({ days: daysBetween(from, to) }).equals(to)).toBe(true);
      }),
    );
  });

  test.each([
    ['2023-05-22', '2023-05-26', '22–26 May 2023'],
    ['2023-05-29', '2023-06-02', '29 May – 2 June 2023'],
    ['2023-12-30', '2024-01-03', '30 December 2023 – 3 January 2024'],
    ['2023-05-22', '2023-05-22', '22 May 2023'],
  ])('writes %s to %s as %s', (from, to, written) => {
    expect(formatDateSpan(day(from), day(to))).toBe(written);
  });

  test('a day is written with its weekday, whatever zone the machine stands in', () => {
    expect(formatDate(day('2023-05-22'))).toBe('Mon 22 May 2023');
    expect(formatDate(day('2023-12-31'))).toBe('Sun 31 Dec 2023');
  });

  test('a month is written by its name', () => {
    expect(formatMonth(Temporal.PlainYearMonth.from('2023-02'))).toBe('February');
  });
});

describe('zones', () => {
  test('knows IANA names and refuses offsets, which forget daylight saving', () => {
    expect(parseZone('America/Los_Angeles')).toEqual({ ok: true, value: 'America/Los_Angeles' });
    for (const text of ['+02:00', 'Mars/Olympus', '', 'GMT+99']) {
      expect(parseZone(text)).toMatchObject({ ok: false, error: { code: 'unknown-zone' } });
    }
  });

  test.each([
    ['2023-02-27T17:00:00Z', 'America/Los_Angeles', 'Mon 27 Feb 2023, 09:00 PST'],
    ['2023-05-22T16:00:00Z', 'America/Los_Angeles', 'Mon 22 May 2023, 09:00 PDT'],
    ['2023-05-22T07:00:00Z', 'Europe/Berlin', 'Mon 22 May 2023, 09:00 CEST'],
    ['2023-05-22T07:00:00Z', 'Asia/Kolkata', 'Mon 22 May 2023, 12:30 IST'],
    ['2023-05-22T07:00:00Z', 'Asia/Kathmandu', 'Mon 22 May 2023, 12:45 GMT+5:45'],
    ['2023-05-22T07:00:00Z', 'UTC', 'Mon 22 May 2023, 07:00 UTC'],
  ])('writes %s in %s as %s', (moment, zone, written) => {
    expect(formatInstant(instant(moment), expectZone(zone))).toBe(written);
  });
});

describe('wall times', () => {
  const at = (local: string, zone: string) =>
    instantOf({
      local: Temporal.PlainDateTime.from(local),
      zone: expectZone(zone),
    }).toString();

  test.each([
    [
      'in an hour that is skipped takes the offset before it',
      '2023-03-12T02:30',
      'America/Los_Angeles',
      '2023-03-12T10:30:00Z',
    ],
    [
      'in an hour that comes twice takes the first',
      '2023-11-05T01:30',
      'America/Los_Angeles',
      '2023-11-05T08:30:00Z',
    ],
    ['in the southern summer', '2023-01-10T09:00', 'Australia/Sydney', '2023-01-09T22:00:00Z'],
    [
      'in a zone with a half hour',
      '2023-06-01T09:00',
      'Australia/Lord_Howe',
      '2023-05-31T22:30:00Z',
    ],
  ])('%s', (_, local, zone, expected) => {
    expect(at(local, zone)).toBe(expected);
  });

  test('a day begins on its own date, in every zone and season', () => {
    const zones = [
      'America/Los_Angeles',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'America/Sao_Paulo',
    ];
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 }),
        fc.constantFrom(...zones.map(expectZone)),
        (days, zone) => {
          const date = Temporal.PlainDate.from('1990-01-01').add({ days });
          return dateIn(startOfDay(date, zone), zone).equals(date);
        },
      ),
    );
  });
});
