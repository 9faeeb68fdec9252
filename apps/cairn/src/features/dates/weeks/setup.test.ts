import { expectOk } from '@cairn/kernel/result';
import { expectZone } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedDefinition } from '../../../../../../tests/summit.ts';
import { readAnswers, typedAnswers } from './answer-schema.ts';
import { daysOfChoice, outlookOf } from './choice-rules.ts';
import {
  countriesOfZones,
  knownCountries,
  publicHolidays,
  withCountriesNamed,
} from './holiday-rules.ts';
import { calendarDays } from './ics-rules.ts';
import { costField, costOf, moneyWords } from './money-rules.ts';
import { expectDay, rangeFromDefinition } from './poll-rules.ts';
import { readCountries, termsForm } from './setup-schema.ts';
import type { StoredBlackout } from './week-rules.ts';

const day = expectDay;
const YEAR = { from: day('2023-01-01'), until: day('2023-12-31') };

describe('holidays', () => {
  test('are those of the whole country, and only public ones', async () => {
    const titles = (await publicHolidays('US', YEAR)).map(({ from, title }) => `${from} ${title}`);
    expect(titles).toContain('2023-05-29 Memorial Day');
    expect(titles.join()).not.toContain('Mother');
    expect(
      await publicHolidays('US', { from: day('2023-05-30'), until: day('2023-06-01') }),
    ).toEqual([]);
  });

  test('are known for every country that can be chosen', async () => {
    const countries = await knownCountries();
    expect(countries.length).toBeGreaterThan(150);
    expect(countries).toContainEqual({ code: 'IN', name: 'India' });
    for (const { code } of countries) await publicHolidays(code, YEAR);
  });

  test('that several countries share are one line', () => {
    const holiday = (country: string, change: Partial<StoredBlackout> = {}): StoredBlackout => ({
      id: country,
      kind: 'holiday',
      effect: 'mentions',
      from: day('2023-04-10'),
      until: day('2023-04-10'),
      title: 'Easter Monday',
      source: 'holidays',
      country,
      ...change,
    });
    const titles = withCountriesNamed([
      holiday('DE'),
      holiday('FR'),
      holiday('GB', { effect: 'excludes' }),
      { ...holiday('x'), source: 'typed', country: undefined, title: 'PyCon' },
    ]).map(({ title, effect }) => `${title}: ${effect}`);
    expect(titles).toEqual([
      'Easter Monday (Germany and France): mentions',
      'Easter Monday (United Kingdom): excludes',
      'PyCon: mentions',
    ]);
  });

  test('are suggested for the countries of people’s zones, also by the zones’ older names', () => {
    const zones = ['Asia/Kolkata', 'Asia/Calcutta', 'Australia/Sydney', undefined, 'UTC'];
    expect(countriesOfZones(zones)).toEqual([
      { country: 'IN', people: 2 },
      { country: 'AU', people: 1 },
    ]);
  });

  test('a country more is mentioned first, because excluding leaves no week', () => {
    const chosen = readCountries({
      'country.DE': 'excludes',
      'country.FR': '',
      more: 'NP',
      x: 'y',
    });
    expect([...chosen]).toEqual([
      ['DE', 'excludes'],
      ['NP', 'mentions'],
    ]);
  });
});

describe('a calendar of days', () => {
  const zone = expectZone('America/Los_Angeles');
  const read = (lines: readonly string[], wholeDays = false) =>
    expectOk(
      calendarDays(
        ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...lines, 'END:VCALENDAR'].join('\r\n'),
        'x.ics',
        { from: day('2023-05-01'), until: day('2023-05-31') },
        { zone, wholeDays },
      ),
    );
  const entry = (...lines: readonly string[]) => [
    'BEGIN:VEVENT',
    'UID:1@x',
    'DTSTAMP:20230101T000000Z',
    ...lines,
    'END:VEVENT',
  ];
  const daysOf = (lines: readonly string[], wholeDays = false) =>
    read(lines, wholeDays).found.map(({ title, from, until }) => `${title} ${from} ${until}`);

  test('is not read where it holds more entries than anybody has, or parts without an end', () => {
    const plain = entry('DTSTART;VALUE=DATE:20230428').join('\r\n');
    const text = `BEGIN:VCALENDAR\r\n${`${plain}\r\n`.repeat(5001)}END:VCALENDAR\r\n`;
    const range = { from: day('2023-05-01'), until: day('2023-05-31') };
    expect(calendarDays(text, 'x.ics', range, { zone, wholeDays: false })).toMatchObject({
      ok: false,
      error: { code: 'too-many-entries' },
    });
    // Looked for in a square of their number, these would take hours.
    expect(read(['BEGIN:VEVENT\r\nBEGIN:VTIMEZONE\r\n'.repeat(100_000)]).found).toEqual([]);
  });

  test('shows NUL, which cannot be kept, as HTML does', () => {
    expect(
      daysOf(entry('SUMMARY:A\0B', 'DTSTART;VALUE=DATE:20230501', 'DTEND;VALUE=DATE:20230502')),
    ).toEqual(['A\uFFFDB 2023-05-01 2023-05-01']);
  });

  test('takes what touches the range, as days at the summit’s place', () => {
    expect(
      daysOf(entry('SUMMARY:A', 'DTSTART;VALUE=DATE:20230428', 'DTEND;VALUE=DATE:20230503')),
    ).toEqual(['A 2023-05-01 2023-05-02']);
    // 02:00 of the 10th in UTC is the evening of the 9th in Seattle.
    const wall = entry('SUMMARY:B', 'DTSTART:20230510T020000Z', 'DTEND:20230510T040000Z');
    expect(daysOf(wall)).toEqual(['B 2023-05-09 2023-05-09']);
    expect(daysOf(wall, true)).toEqual([]);
    expect(daysOf(entry('SUMMARY:C', 'DTSTART;VALUE=DATE:20230601'))).toEqual([]);
    expect(daysOf(entry('SUMMARY:D', 'STATUS:CANCELLED', 'DTSTART;VALUE=DATE:20230510'))).toEqual(
      [],
    );
  });

  test('an entry that repeats takes each of its days', () => {
    const yearly = entry(
      'SUMMARY:Conf',
      'DTSTART;VALUE=DATE:20200512',
      'DTEND;VALUE=DATE:20200514',
      'RRULE:FREQ=YEARLY',
    );
    expect(daysOf(yearly)).toEqual(['Conf 2023-05-12 2023-05-13']);
    const escaped = entry(
      'SUMMARY:Sprint\\, long',
      'TRANSP:TRANSPARENT',
      'DTSTART:20230515T090000',
      'DTEND:20230515T170000',
    );
    expect(daysOf(escaped)).toEqual(['Sprint, long 2023-05-15 2023-05-15']);
    expect(
      read(entry('SUMMARY:X', 'DTSTART:20230501T090000Z', 'RRULE:FREQ=NEVER')).unread,
    ).toHaveLength(1);
    const weekly = entry(
      'SUMMARY:Call',
      'DTSTART:20230403T170000Z',
      'DTEND:20230403T180000Z',
      'RRULE:FREQ=WEEKLY;COUNT=7',
    );
    expect(daysOf(weekly)).toEqual([
      'Call 2023-05-01 2023-05-01',
      'Call 2023-05-08 2023-05-08',
      'Call 2023-05-15 2023-05-15',
    ]);
  });
});

describe('the form of answers', () => {
  test('gives back whatever was typed, also when it is refused', () => {
    const weeks = ['2023-05-15', '2023-05-22'];
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            ...weeks.flatMap((week) => [`answer.${week}`, `note.${week}`]),
            'remark',
            'x',
          ),
          fc.string(),
        ),
        (typed) => {
          const given = typedAnswers(typed);
          expect(given.remark).toBe((typed['remark'] ?? '').trim());
          for (const [week, { note }] of given.weeks) {
            expect(note).toBe((typed[`note.${week}`] ?? '').trim());
          }
          const read = readAnswers(typed);
          if (read.ok) expect(read.value).toEqual(given);
        },
      ),
    );
  });

  test('a day that does not exist is no week', () => {
    expect(typedAnswers({ 'answer.2023-02-31': 'yes' }).weeks.size).toBe(0);
  });
});

describe('money and terms', () => {
  test('an amount is read and written in the currency’s own digits', () => {
    expect(costOf('1200.5', 'USD')).toEqual({ ok: true, value: 120050 });
    expect(costOf('1200', 'JPY')).toEqual({ ok: true, value: 1200 });
    expect(costOf('1200.5', 'JPY').ok).toBe(false);
    expect(costOf('', undefined)).toEqual({ ok: true, value: undefined });
    expect(costOf('-1', 'USD').ok).toBe(false);
    expect(moneyWords(120050, 'USD')).toBe('1,200.50 USD');
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99_999_999 }),
        fc.constantFrom('USD', 'JPY', 'KWD'),
        (minor, currency) => {
          expect(costOf(costField(minor, currency), currency)).toEqual({ ok: true, value: minor });
        },
      ),
    );
  });

  test('reminders are days before the deadline, each once, the earliest first', () => {
    const days = (remind_days: string) => {
      const read = termsForm.safeParse({ remind_days });
      return read.success ? read.data.remindDays : 'refused';
    };
    expect(days('2, 7 2')).toEqual([7, 2]);
    expect(days('')).toEqual([]);
    expect(days('soon')).toBe('refused');
  });
});

describe('what a choice changes', () => {
  const seed = seedDefinition();
  const range = rangeFromDefinition(seed);
  const plan = {
    today: day('2023-02-01'),
    announcedOn: day('2023-01-11'),
    done: new Set<string>(),
  };

  test('a week outside the definition’s window widens it to the poll’s range', () => {
    const wide = { ...range, until: day('2023-09-30') };
    expect(daysOfChoice(seed, wide, day('2023-05-15')).window).toBeUndefined();
    expect(daysOfChoice(seed, wide, day('2023-07-03')).window).toEqual({
      from: '2023-02-01',
      until: '2023-09-30',
    });
    expect(outlookOf(seed, wide, day('2023-07-03'), plan).problems).toEqual([]);
  });

  test('nights of lodging follow the days', () => {
    const lodged = seedDefinition({ lodging: { nights: 6, text: '' } });
    expect(outlookOf(lodged, range, day('2023-05-15'), plan).nights).toBeUndefined();
    const longer = { ...range, departureDays: 2 };
    const outlook = outlookOf(lodged, longer, day('2023-05-15'), plan);
    expect(outlook.nights).toEqual({ before: 6, after: 7 });
    expect(outlook.problems).toEqual([]);
  });

  test('planning meetings in months that lie after the new start are told', () => {
    const { lateMonths, problems } = outlookOf(seed, range, day('2023-03-20'), plan);
    expect(lateMonths.map(({ key, words }) => `${key}: ${words}`)).toEqual(['april: April 2023']);
    expect(problems).toEqual([]);
  });

  test('a fixed meeting after the new start stands in the way', () => {
    const list = seed.planning_meetings.list.map((meeting) =>
      meeting.key === 'april'
        ? { key: meeting.key, title: meeting.title, starts: '2023-04-24T09:00', tracks: [] }
        : meeting,
    );
    const fixed = seedDefinition({ planning_meetings: { ...seed.planning_meetings, list } });
    const { problems } = outlookOf(fixed, range, day('2023-04-17'), plan);
    expect(problems.map(({ place }) => place.path)).toEqual(['planning_meetings.list[2].starts']);
  });

  test('a step that would be late already says so', () => {
    const { steps } = outlookOf(seed, range, day('2023-04-24'), plan);
    expect(steps.filter(({ wouldBeLate }) => wouldBeLate).map(({ step }) => step)).toEqual([
      'announce',
      'invite',
      'confirm',
    ]);
  });
});
