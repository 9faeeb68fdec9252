import { expectOk } from '@cairn/kernel/result';
import { expectZone, instantOf, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lastOccurrence, occurrences, type Recurrence } from './recurrence.ts';
import { ruleTimes } from './recurrence-expansion.ts';
import { checkRule, parseRule } from './recurrence-rule.ts';
import { describeRule } from './recurrence-words.ts';

const at = (text: string) => Temporal.PlainDateTime.from(text);
const repeating = (
  local: string,
  rule?: string,
  {
    zone = 'UTC',
    except = [],
    also = [],
  }: { zone?: string; except?: string[]; also?: string[] } = {},
): Recurrence => ({
  start: { local: at(local), zone: expectZone(zone) },
  minutes: 60,
  ...(rule === undefined ? {} : { rule }),
  except: except.map(at),
  also: also.map(at),
});
const ALWAYS = {
  from: Temporal.Instant.from('1900-01-01T00:00Z'),
  until: Temporal.Instant.from('2500-01-01T00:00Z'),
};
const days = (recurrence: Recurrence, most = 8) =>
  occurrences(recurrence, ALWAYS, most)
    .map(({ local }) => local.toPlainDate().toString())
    .join(' ');
const times = (recurrence: Recurrence, most = 8) =>
  occurrences(recurrence, ALWAYS, most)
    .map(({ local }) => local.toString())
    .join(' ');

describe('a rule', () => {
  // The first column is the standard's example, or what it is for (RFC 5545 §3.8.5.3).
  test.each([
    ['2025-12-02T09:00', 'FREQ=MONTHLY;BYDAY=1TU;INTERVAL=2', '2025-12-02 2026-02-03 2026-04-07'],
    ['1997-09-02T09:00', 'FREQ=DAILY;COUNT=3', '1997-09-02 1997-09-03 1997-09-04'],
    ['1997-12-22T09:00', 'FREQ=DAILY;UNTIL=19971224T000000Z', '1997-12-22 1997-12-23'],
    ['1997-12-22T09:00', 'FREQ=DAILY;UNTIL=19971224', '1997-12-22 1997-12-23 1997-12-24'],
    ['1997-12-22T09:00', 'FREQ=DAILY;UNTIL=19971224T090000', '1997-12-22 1997-12-23 1997-12-24'],
    ['1997-09-02T09:00', 'FREQ=DAILY;INTERVAL=10;COUNT=3', '1997-09-02 1997-09-12 1997-09-22'],
    [
      '1997-09-02T09:00',
      'FREQ=WEEKLY;INTERVAL=2;WKST=SU;COUNT=4;BYDAY=TU,TH',
      '1997-09-02 1997-09-04 1997-09-16 1997-09-18',
    ],
    [
      '1997-08-05T09:00',
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO',
      '1997-08-05 1997-08-10 1997-08-19 1997-08-24',
    ],
    [
      '1997-08-05T09:00',
      'FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU',
      '1997-08-05 1997-08-17 1997-08-19 1997-08-31',
    ],
    [
      '1997-09-07T09:00',
      'FREQ=MONTHLY;INTERVAL=2;COUNT=4;BYDAY=1SU,-1SU',
      '1997-09-07 1997-09-28 1997-11-02 1997-11-30',
    ],
    ['1997-09-22T09:00', 'FREQ=MONTHLY;COUNT=3;BYDAY=-2MO', '1997-09-22 1997-10-20 1997-11-17'],
    ['1997-09-28T09:00', 'FREQ=MONTHLY;BYMONTHDAY=-3;COUNT=3', '1997-09-28 1997-10-29 1997-11-28'],
    [
      '1997-09-30T09:00',
      'FREQ=MONTHLY;COUNT=4;BYMONTHDAY=1,-1',
      '1997-09-30 1997-10-01 1997-10-31 1997-11-01',
    ],
    [
      '1997-09-10T09:00',
      'FREQ=MONTHLY;INTERVAL=18;COUNT=3;BYMONTHDAY=10,31',
      '1997-09-10 1999-03-10 1999-03-31',
    ],
    ['1997-06-10T09:00', 'FREQ=YEARLY;COUNT=3;BYMONTH=6,7', '1997-06-10 1997-07-10 1998-06-10'],
    [
      '1997-01-01T09:00',
      'FREQ=YEARLY;INTERVAL=3;COUNT=4;BYYEARDAY=1,100,200',
      '1997-01-01 1997-04-10 1997-07-19 2000-01-01',
    ],
    ['1997-05-19T09:00', 'FREQ=YEARLY;BYDAY=20MO;COUNT=3', '1997-05-19 1998-05-18 1999-05-17'],
    [
      '1997-05-12T09:00',
      'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO;COUNT=3',
      '1997-05-12 1998-05-11 1999-05-17',
    ],
    // What the rule leaves open is as in the start, the weekday too.
    ['1997-05-12T09:00', 'FREQ=YEARLY;BYWEEKNO=20;COUNT=3', '1997-05-12 1998-05-11 1999-05-17'],
    [
      '2020-12-31T09:00',
      'FREQ=YEARLY;BYWEEKNO=-1;BYDAY=TH;COUNT=3',
      '2020-12-31 2021-12-30 2022-12-29',
    ],
    [
      '1997-03-13T09:00',
      'FREQ=YEARLY;BYMONTH=3;BYDAY=TH;COUNT=3',
      '1997-03-13 1997-03-20 1997-03-27',
    ],
    [
      '1998-02-13T09:00',
      'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;COUNT=4',
      '1998-02-13 1998-03-13 1998-11-13 1999-08-13',
    ],
    [
      '1996-11-05T09:00',
      'FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8;COUNT=3',
      '1996-11-05 2000-11-07 2004-11-02',
    ],
    [
      '1997-09-04T09:00',
      'FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3',
      '1997-09-04 1997-10-07 1997-11-06',
    ],
    [
      '1997-09-29T09:00',
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2;COUNT=3',
      '1997-09-29 1997-10-30 1997-11-27',
    ],
    [
      '2007-01-15T09:00',
      'FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5',
      '2007-01-15 2007-01-30 2007-02-15 2007-03-15 2007-03-30',
    ],
    ['2026-01-31T09:00', 'FREQ=MONTHLY;COUNT=3', '2026-01-31 2026-03-31 2026-05-31'],
    ['2024-02-29T09:00', 'FREQ=YEARLY;COUNT=3', '2024-02-29 2028-02-29 2032-02-29'],
    [
      '2026-01-05T09:00',
      'FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=-1;COUNT=3',
      '2026-01-05 2026-01-09 2026-01-16',
    ],
    [
      '2026-01-05T09:00',
      'FREQ=DAILY;BYMONTH=1;BYMONTHDAY=6,7;COUNT=4',
      '2026-01-05 2026-01-06 2026-01-07 2027-01-06',
    ],
    // The start is the first time even where the rule does not say so, and is counted.
    ['2026-01-01T09:00', 'FREQ=WEEKLY;BYDAY=MO;COUNT=3', '2026-01-01 2026-01-05 2026-01-12'],
  ])('from %s with %s', (start, rule, expected) => {
    expect(
      days(repeating(start, rule), expected.split(' ').length + (/COUNT|UNTIL/.test(rule) ? 1 : 0)),
    ).toBe(expected);
  });

  test.each([
    ['FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000', '09:00 12:00 15:00'],
    ['FREQ=MINUTELY;INTERVAL=15;COUNT=3', '09:00 09:15 09:30'],
    ['FREQ=MINUTELY;INTERVAL=90;COUNT=3', '09:00 10:30 12:00'],
    ['FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20;COUNT=5', '09:00 09:20 10:00 10:20 09:00'],
    ['FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10;COUNT=4', '09:00 09:20 09:40 10:00'],
    ['FREQ=HOURLY;BYMINUTE=0,30;BYSETPOS=-1;COUNT=3', '09:00 09:30 10:30'],
    ['FREQ=HOURLY;INTERVAL=25;COUNT=3', '09:00 10:00 11:00'],
    ['FREQ=SECONDLY;BYSECOND=0;BYMINUTE=0,1;COUNT=3', '09:00 09:01 10:00'],
  ])('within a day: %s', (rule, expected) => {
    expect(
      occurrences(repeating('1997-09-02T09:00', rule), ALWAYS, 5)
        .map(({ local }) => local.toString().slice(11, 16))
        .join(' '),
    ).toBe(expected);
  });

  test.each([
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=YEARLY;BYMONTH=4;BYDAY=1MO;BYMONTHDAY=20',
    'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6',
    'FREQ=YEARLY;INTERVAL=1000;BYMONTH=2;BYMONTHDAY=30',
  ])('that never matches gives its start alone, and ends: %s', (rule) => {
    const recurrence = repeating('2026-01-01T09:00', rule);
    expect(days(recurrence)).toBe('2026-01-01');
    expect(String(lastOccurrence(recurrence))).toBe('2026-01-01T09:00:00');
  });

  test.each([
    ['', 'does not say how often'],
    ['FREQ=FORTNIGHTLY', 'no frequency'],
    ['WEEKLY', 'write NAME=VALUE'],
    ['FREQ=WEEKLY;BYDAY=TUE', 'takes weekdays'],
    ['FREQ=WEEKLY;BYDAY=1TU', 'FREQ=MONTHLY'],
    ['FREQ=MONTHLY;BYDAY=6TU', 'at most five'],
    ['FREQ=MONTHLY;BYDAY=0TU', 'takes weekdays'],
    ['FREQ=YEARLY;BYWEEKNO=3;BYDAY=1MO', 'BYWEEKNO'],
    ['FREQ=DAILY;INTERVAL=0', 'whole number'],
    ['FREQ=DAILY;COUNT=-1', 'whole number'],
    ['FREQ=DAILY;COUNT=3;UNTIL=20260101', 'not both'],
    ['FREQ=DAILY;UNTIL=20260230', 'UNTIL'],
    ['FREQ=DAILY;UNTIL=tomorrow', 'UNTIL'],
    ['FREQ=MONTHLY;BYMONTHDAY=0', '1 to 31'],
    ['FREQ=YEARLY;BYMONTH=-1', '1 to 12'],
    ['FREQ=WEEKLY;BYMONTHDAY=3', 'BYMONTHDAY'],
    ['FREQ=MONTHLY;BYWEEKNO=3', 'BYWEEKNO'],
    ['FREQ=DAILY;BYYEARDAY=3', 'BYYEARDAY'],
    ['FREQ=MONTHLY;BYSETPOS=1', 'BYSETPOS'],
    ['FREQ=DAILY;FREQ=WEEKLY', 'twice'],
    ['FREQ=DAILY;BYEASTER=1', 'no part'],
    ['FREQ=DAILY;WKST=XX', 'WKST'],
  ])('%j is refused with what to write instead', (rule, words) => {
    const checked = checkRule(rule);
    expect(checked.ok ? '' : checked.error.sentence).toContain(words);
  });

  test('is read in any case, and with a semicolon at its end', () => {
    expect(parseRule('freq=weekly;byday=tu;')).toEqual(parseRule('FREQ=WEEKLY;BYDAY=TU'));
  });

  test('never throws, whatever it says', () => {
    const part = fc.oneof(
      fc.constantFrom(
        'FREQ=DAILY',
        'FREQ=YEARLY',
        'BYDAY=1MO',
        'UNTIL=20260101',
        'BYSETPOS=1',
        'COUNT=2',
      ),
      fc.string({ maxLength: 12 }),
      fc
        .tuple(fc.constantFrom('BYDAY', 'BYHOUR', 'UNTIL', 'INTERVAL'), fc.string({ maxLength: 6 }))
        .map((p) => p.join('=')),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 5 }), (parts) => {
        const rule = parts.join(';');
        expect(occurrences(repeating('2026-01-01T09:00', rule), ALWAYS, 3).length).toBeGreaterThan(
          0,
        );
        expect(typeof describeRule(repeating('2026-01-01T09:00', rule))).toBe('string');
      }),
    );
  });
});

describe('days taken out and added', () => {
  test('are taken out and added, once each', () => {
    const recurrence = repeating('2026-01-06T09:00', 'FREQ=WEEKLY;COUNT=4', {
      except: ['2026-01-13T09:00', '2026-03-01T09:00'],
      also: [
        '2026-01-15T10:00',
        '2026-01-20T09:00',
        '2026-01-13T09:00',
        '2025-12-30T08:00',
        '2026-02-10T09:00',
      ],
    });
    expect(times(recurrence)).toBe(
      '2025-12-30T08:00:00 2026-01-06T09:00:00 2026-01-15T10:00:00 2026-01-20T09:00:00 2026-01-27T09:00:00 2026-02-10T09:00:00',
    );
    expect(String(lastOccurrence(recurrence))).toBe('2026-02-10T09:00:00');
  });

  test('the start can be taken out, and is counted all the same', () => {
    expect(
      days(repeating('2026-01-06T09:00', 'FREQ=WEEKLY;COUNT=2', { except: ['2026-01-06T09:00'] })),
    ).toBe('2026-01-13');
  });

  test('without a rule there is the start, and what is added', () => {
    expect(days(repeating('2026-01-06T09:00'))).toBe('2026-01-06');
    expect(days(repeating('2026-01-06T09:00', undefined, { also: ['2026-01-07T09:00'] }))).toBe(
      '2026-01-06 2026-01-07',
    );
  });
});

describe('the last time', () => {
  test.each([
    ['FREQ=WEEKLY', {}, 'never ends'],
    ['FREQ=WEEKLY;UNTIL=20260301', {}, '2026-02-24T09:00:00'],
    ['FREQ=WEEKLY;UNTIL=20260224T085959', {}, '2026-02-17T09:00:00'],
    ['FREQ=WEEKLY;UNTIL=20260301', { except: ['2026-02-24T09:00'] }, '2026-02-17T09:00:00'],
    ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;UNTIL=21000101', {}, '2096-02-29T09:00:00'],
    ['FREQ=DAILY;UNTIL=20200101', {}, '2026-01-06T09:00:00'],
    ['FREQ=DAILY;UNTIL=20200101', { except: ['2026-01-06T09:00'] }, 'never happens'],
    ['FREQ=DAILY;COUNT=10000', {}, '2053-05-23T09:00:00'],
    ['FREQ=DAILY;UNTIL=99991231', {}, 'never ends'],
    ['FREQ=WEEKLY;UNTIL=20260301', { also: ['2031-01-01T09:00'] }, '2031-01-01T09:00:00'],
    [
      'FREQ=DAILY;UNTIL=20200101',
      { except: ['2026-01-06T09:00'], also: ['2025-01-01T09:00'] },
      '2025-01-01T09:00:00',
    ],
  ])('of %s, %j: %s', (rule, more, expected) => {
    expect(String(lastOccurrence(repeating('2026-01-06T09:00', rule, more)))).toBe(expected);
  });
});

/** Both hemispheres, half hours, half an hour of daylight saving, and rules that have changed. */
const ZONES = [
  'America/Los_Angeles',
  'Australia/Sydney',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Mexico_City',
  'Africa/Casablanca',
  'Europe/Berlin',
  'Europe/Dublin',
  'Europe/Istanbul',
  'UTC',
].map(expectZone);

describe('over changes of the clock', () => {
  const between = {
    from: Temporal.Instant.from('2018-01-01T00:00Z'),
    until: Temporal.Instant.from('2027-01-01T00:00Z'),
  };
  const start = fc
    .tuple(fc.integer({ min: 0, max: 1500 }), fc.integer({ min: 0, max: 1439 }))
    .map(([day, minutes]) => at('2018-01-01T00:00').add({ days: day, minutes }));
  const rules = fc.constantFrom(
    'FREQ=WEEKLY',
    'FREQ=DAILY;INTERVAL=14',
    'FREQ=MONTHLY;BYDAY=1TU',
    'FREQ=MONTHLY',
    'FREQ=WEEKLY;BYDAY=SU,WE',
    'FREQ=YEARLY',
  );

  test('the clock on the wall shows the same each time', () => {
    fc.assert(
      fc.property(start, fc.constantFrom(...ZONES), rules, (local, zone, rule) => {
        const recurrence: Recurrence = {
          start: { local, zone },
          minutes: 45,
          rule,
          except: [],
          also: [],
        };
        const found = occurrences(recurrence, between, 60);
        expect(found.length).toBeGreaterThan(2);
        for (const each of found) {
          expect(each.local.toPlainTime().equals(local.toPlainTime())).toBe(true);
          expect(each.begins.equals(instantOf({ local: each.local, zone }))).toBe(true);
          const shown = each.begins.toZonedDateTimeISO(zone).toPlainDateTime();
          // Only in the hour that is skipped does the clock show another time than the rule says.
          const skipped = each.local.until(shown).total('minutes');
          expect([0, 30, 60]).toContain(skipped);
          expect(each.begins.until(each.ends).total('minutes')).toBe(45);
        }
      }),
    );
  });

  test('a part of the time shows a part of what happens', () => {
    fc.assert(
      fc.property(
        start,
        fc.constantFrom(...ZONES),
        rules,
        fc.nat(2000),
        fc.nat(400),
        (local, zone, rule, from, length) => {
          const recurrence: Recurrence = {
            start: { local, zone },
            minutes: 45,
            rule,
            except: [],
            also: [],
          };
          const part = {
            from: between.from.add({ hours: from * 24 }),
            until: between.from.add({ hours: (from + length) * 24 }),
          };
          const all = occurrences(recurrence, { ...ALWAYS, until: between.until }, 10_000);
          const wanted = all.filter(
            ({ begins, ends }) =>
              Temporal.Instant.compare(ends, part.from) > 0 &&
              Temporal.Instant.compare(begins, part.until) < 0,
          );
          const found = occurrences(recurrence, part, 10_000);
          expect(found.map(({ begins }) => String(begins))).toEqual(
            wanted.map(({ begins }) => String(begins)),
          );
        },
      ),
    );
  });

  test('an UNTIL in UTC is a moment, a local one is what the clock shows', () => {
    const weekly = (until: string) =>
      days(
        repeating('2026-03-01T20:00', `FREQ=WEEKLY;UNTIL=${until}`, {
          zone: 'America/Los_Angeles',
        }),
      );
    // 20:00 on 8 March is 03:00 of the next day in UTC, by daylight saving.
    expect(weekly('20260309T030000Z')).toBe('2026-03-01 2026-03-08');
    expect(weekly('20260309T025959Z')).toBe('2026-03-01');
    expect(weekly('20260308T200000')).toBe('2026-03-01 2026-03-08');
    expect(weekly('20260308T195959')).toBe('2026-03-01');
  });

  test('hours that fall together where the clock skips one are one', () => {
    const hourly = repeating('2026-03-08T01:00', 'FREQ=HOURLY;COUNT=4', {
      zone: 'America/Los_Angeles',
    });
    expect(
      occurrences(hourly, ALWAYS, 9).map(({ begins }) => begins.toString().slice(11, 16)),
    ).toEqual(['09:00', '10:00', '11:00']);
  });
});

describe('in words', () => {
  test.each([
    ['2026-01-13T09:00', 'FREQ=MONTHLY;BYDAY=2TU', 'every second Tuesday of the month'],
    [
      '2026-01-06T09:00',
      'FREQ=MONTHLY;BYDAY=1TU;INTERVAL=2',
      'the first Tuesday of every other month',
    ],
    ['2026-01-13T09:00', 'FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2', 'the second Tuesday of the month'],
    ['2026-01-30T09:00', 'FREQ=MONTHLY;BYDAY=-1FR', 'every last Friday of the month'],
    [
      '2026-01-30T09:00',
      'FREQ=MONTHLY;BYDAY=1MO,3MO',
      'the first Monday and third Monday of the month',
    ],
    [
      '2026-01-30T09:00',
      'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
      'the last weekday of the month',
    ],
    [
      '2026-02-09T14:00',
      'FREQ=DAILY;INTERVAL=14;UNTIL=20261231T000000',
      'every 14 days until 31 Dec 2026',
    ],
    ['2026-02-09T14:00', 'FREQ=DAILY;INTERVAL=2;COUNT=4', 'every other day (4 times)'],
    ['2026-02-09T14:00', 'FREQ=WEEKLY', 'every Monday'],
    ['2026-02-09T14:00', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 'every weekday'],
    ['2026-02-09T14:00', 'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU', 'every other Tuesday'],
    [
      '2026-02-09T14:00',
      'FREQ=WEEKLY;INTERVAL=3;BYDAY=TU,TH',
      'every 3 weeks on Tuesday and Thursday',
    ],
    ['2026-02-09T14:00', 'FREQ=MONTHLY', 'the 9th of the month'],
    ['2026-02-09T14:00', 'FREQ=MONTHLY;BYMONTHDAY=1,-1', 'the 1st and last day of the month'],
    ['2026-02-09T14:00', 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=22', 'the 22nd of every third month'],
    ['1998-02-13T09:00', 'FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', 'every Friday that is the 13th'],
    ['2021-04-22T00:00', 'FREQ=YEARLY;UNTIL=20300422', 'every year on 22 April until 22 Apr 2030'],
    ['2021-04-22T00:00', 'FREQ=YEARLY;BYMONTH=6,7', 'every year on 22 June and 22 July'],
    [
      '2021-04-22T00:00',
      'FREQ=YEARLY;BYMONTH=11;BYDAY=4TH',
      'the fourth Thursday of the month in November',
    ],
    ['2026-02-09T14:00', 'FREQ=HOURLY;INTERVAL=4', 'every 4 hours'],
    ['2026-02-09T14:00', 'FREQ=DAILY;BYHOUR=9,15;BYMINUTE=0', 'every day at 09:00 and 15:00'],
    ['2026-02-09T14:00', 'rubbish', 'rubbish'],
  ])('from %s, %s is %s', (start, rule, words) => {
    expect(describeRule(repeating(start, rule))).toBe(words);
  });

  test('an UNTIL in UTC is told as the day on the wall', () => {
    const zone = 'America/Los_Angeles';
    const recurrence = repeating('2026-01-06T20:00', 'FREQ=WEEKLY;UNTIL=20270101T040000Z', {
      zone,
    });
    expect(describeRule(recurrence)).toBe('every Tuesday until 31 Dec 2026');
  });

  test('what is added and taken out is counted', () => {
    expect(describeRule(repeating('2026-01-06T09:00'))).toBe('once');
    const also = ['2026-01-07T09:00', '2026-01-08T09:00'];
    expect(
      describeRule(
        repeating('2026-01-06T09:00', 'FREQ=WEEKLY', { except: ['2026-01-13T09:00'], also }),
      ),
    ).toBe('every Tuesday, and 2 more times, except one time');
  });

  test('every rule that is accepted has words', () => {
    expect(expectOk(checkRule('FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO'))).toBeUndefined();
    expect(describeRule(repeating('1997-05-12T09:00', 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO'))).toBe(
      'every Monday in week 20',
    );
  });
});

describe('a rule that would take for ever', () => {
  const numbers = (count: number, first = 0) => Array.from({ length: count }, (_, n) => n + first);
  const everySecond = `BYHOUR=${numbers(24)};BYMINUTE=${numbers(60)};BYSECOND=${numbers(60)}`;

  test('is counted by its times and not by its days alone', () => {
    const rule = expectOk(parseRule(`FREQ=DAILY;COUNT=999999999;${everySecond}`));
    const effort = { left: 100_000 };
    const found = [...ruleTimes(rule, 0, { from: 0, until: 1e12, effort })];
    expect(found.length).toBeLessThan(100_000);
    expect(effort.left).toBeLessThan(0);
  });

  test.each([
    `FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=1;${everySecond}`,
    `FREQ=HOURLY;BYSETPOS=1;BYMINUTE=${numbers(60)};BYSECOND=${numbers(60)}`,
  ])('is given up before a whole period is written down: %s', (text) => {
    const effort = { left: 3000 };
    const rule = expectOk(parseRule(text));
    expect([...ruleTimes(rule, 0, { from: 1, until: 1e12, effort })]).toEqual([]);
  });

  test('names each weekday once, however often it says so', () => {
    expect(expectOk(parseRule(`FREQ=MONTHLY;BYDAY=${'MO,'.repeat(1000)}1MO,1MO`)).weekdays).toEqual(
      [
        { weekday: 1, nth: 0 },
        { weekday: 1, nth: 1 },
      ],
    );
  });

  test('takes positions from both ends, in order and once', () => {
    expect(
      times(repeating('2026-01-05T10:00', 'FREQ=WEEKLY;BYDAY=MO,TU,WE;BYSETPOS=-1,3,1,9'), 3),
    ).toBe('2026-01-05T10:00:00 2026-01-07T10:00:00 2026-01-12T10:00:00');
  });
});
