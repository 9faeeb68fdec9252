import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  copyMonday,
  countHours,
  DAYS,
  fieldOf,
  formatHours,
  formatWeek,
  isCells,
  NO_HOURS,
  parseHours,
  readWeek,
  WEEK_HOURS,
} from './hours-rules.ts';

const cells = fc
  .array(fc.constantFrom('0', '1', '2'), { minLength: WEEK_HOURS, maxLength: WEEK_HOURS })
  .map((each) => each.join(''));

const week = (typed: Record<string, string>): string => expectOk(readWeek(typed));
const hoursOf = (typed: Record<string, string>, level = '2'): number[] =>
  [...week(typed)].flatMap((cell, hour) => (cell === level ? [hour] : []));

describe('hours as people write them', () => {
  test.each([
    ['', []],
    ['9-12', [[9, 12]]],
    [
      '9-12, 14-18',
      [
        [9, 12],
        [14, 18],
      ],
    ],
    [
      '09:00–12:00; 14 to 18',
      [
        [9, 12],
        [14, 18],
      ],
    ],
    ['9am-5pm', [[9, 17]]],
    [
      '12am-1am and 12pm-1pm',
      [
        [0, 1],
        [12, 13],
      ],
    ],
    ['21-24', [[21, 24]]],
    ['22-2', [[22, 26]]],
    ['0-24', [[0, 24]]],
    ['all day', [[0, 24]]],
    ['none', []],
  ] as const)('“%s” is understood', (text, spans) => {
    expect(expectOk(parseHours(text)).map(({ from, until }) => [from, until])).toEqual(spans);
  });

  test.each([
    ['morning', 'not-hours'],
    ['9', 'not-hours'],
    ['9-25', 'no-such-hour'],
    ['24-3', 'no-such-hour'],
    ['9:30-12', 'not-whole-hours'],
    ['9-9', 'empty-span'],
    ['13pm-2pm', 'no-such-hour'],
    ['9:75-10', 'no-such-hour'],
  ])('“%s” is told as %s', (text, code) => {
    const read = parseHours(text);
    expect(read.ok ? 'read' : read.error.code).toBe(code);
  });

  test('never break the reader, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const read = parseHours(text);
        if (!read.ok) expect(read.error.sentence.length).toBeGreaterThan(10);
      }),
    );
  });
});

describe('a week', () => {
  test('written and read again is the same week', () => {
    fc.assert(
      fc.property(cells, (one) => {
        expect(week(formatWeek(one))).toBe(one);
      }),
    );
  });

  test('goes on past midnight into the next day, and on Sunday into Monday', () => {
    expect(hoursOf({ yes_mon: '22-2' })).toEqual([22, 23, 24, 25]);
    expect(hoursOf({ yes_sun: '23-1' })).toEqual([0, 167]);
  });

  test('says yes where an hour stands in both boxes', () => {
    expect(hoursOf({ yes_tue: '9-11', maybe_tue: '8-12' })).toEqual([33, 34]);
    expect(hoursOf({ yes_tue: '9-11', maybe_tue: '8-12' }, '1')).toEqual([32, 35]);
    // Also where one of the two came from the night before.
    expect(hoursOf({ yes_mon: '22-2', maybe_tue: '0-3' })).toEqual([22, 23, 24, 25]);
  });

  test('tells every field that is not understood, with its day', () => {
    const read = readWeek({ yes_mon: 'x', maybe_sun: '9-99', yes_wed: '9-12' });
    expect(read.ok ? [] : read.error.map(({ place }) => place.path)).toEqual([
      'maybe_sun',
      'yes_mon',
    ]);
  });

  test('that nobody filled in has no hours', () => {
    expect(week({})).toBe(NO_HOURS);
    expect(isCells(NO_HOURS)).toBe(true);
    expect(countHours(NO_HOURS)).toEqual({ yes: 0, maybe: 0 });
  });

  test('may take Tuesday to Friday from Monday, and leaves the weekend alone', () => {
    const copied = copyMonday({ yes_mon: '9-17', maybe_fri: '20-21', yes_sat: '10-11' });
    expect(copied).toMatchObject({ yes_tue: '9-17', yes_fri: '9-17', maybe_fri: '' });
    expect(copied['yes_sat']).toBe('10-11');
    expect(copied['yes_sun']).toBeUndefined();
  });

  test('counts its hours', () => {
    fc.assert(
      fc.property(cells, (one) => {
        const spans = (level: 1 | 2) =>
          DAYS.flatMap((_, day) => expectOk(parseHours(formatHours(one, day, level))));
        const sum = (level: 1 | 2) =>
          spans(level).reduce((hours, { from, until }) => hours + until - from, 0);
        expect(countHours(one)).toEqual({ yes: sum(2), maybe: sum(1) });
      }),
    );
  });

  test('has a field for each day and level', () => {
    expect(Object.keys(formatWeek(NO_HOURS)).sort()).toEqual(
      DAYS.flatMap((day) => [fieldOf('maybe', day), fieldOf('yes', day)]).sort(),
    );
  });
});
