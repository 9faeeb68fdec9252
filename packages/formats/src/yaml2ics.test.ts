import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { formatProblem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { expectZone, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { occurrences } from './recurrence.ts';
import { describeRule } from './recurrence-words.ts';
import { type CallCalendar, type CallEvent, readCallCalendar } from './yaml2ics.ts';
import { readLength, readMoment } from './yaml2ics-moment.ts';
import { formatCallCalendar, updateCallCalendar } from './yaml2ics-writing.ts';

const read = (text: string) => expectOk(readCallCalendar(text, 'calls.yaml'));
const event = (lines: string): CallEvent => {
  const { calendar, problems } = read(`events:\n  - summary: Call\n${indented(lines)}`);
  expect(problems.map(formatProblem)).toEqual([]);
  const [first] = calendar.events;
  if (first === undefined) throw new Error('no event was read');
  return first;
};
const indented = (lines: string): string => lines.replace(/^/gm, '    ');
const begins = ({ recurrence }: CallEvent, most = 3): string[] =>
  occurrences(
    recurrence,
    {
      from: Temporal.Instant.from('2020-01-01T00:00Z'),
      until: Temporal.Instant.from('2031-01-01T00:00Z'),
    },
    most,
  ).map(({ begins: at }) => at.toString());

describe('a call of a calendar', () => {
  test.each([
    ['its offset', 'timezone: Europe/Berlin\nbegin: 2026-01-14 18:00:00 -05:00', 'Etc/GMT+5'],
    ['its offset', 'begin: 2026-01-14T18:00:00Z', 'UTC'],
    ['its own zone', 'timezone: Europe/Berlin\nbegin: 2026-01-14 18:00:00', 'Europe/Berlin'],
    ['UTC where nothing is said', 'begin: 2026-01-14 18:00', 'UTC'],
  ])('is in the zone of %s', (_, lines, zone) => {
    expect(event(`${lines}\nduration: { minutes: 60 }`).recurrence.start.zone).toBe(zone);
  });

  test('is in the zone of its file before it is in UTC', () => {
    const { calendar } = read(
      'timezone: Asia/Kolkata\nevents:\n  - { summary: A, begin: 2026-01-14 18:00:00, duration: { hours: 1 } }',
    );
    expect(calendar.events[0]?.recurrence.start.zone).toBe('Asia/Kolkata');
  });

  test('stays where the wall clock is when daylight saving comes', () => {
    const call = event(
      'timezone: America/Los_Angeles\nbegin: 2026-03-02 09:00:00\nduration: { minutes: 60 }\nics: RRULE:FREQ=WEEKLY',
    );
    expect(begins(call, 2)).toEqual(['2026-03-02T17:00:00Z', '2026-03-09T16:00:00Z']);
  });

  test('repeats up to and with the end of repeat', () => {
    const call = event(
      'begin: 2026-01-01 10:00:00\nduration: { minutes: 30 }\nrepeat:\n  interval: { days: 14 }\n  until: 2026-01-29 10:00:00\n  except_on: [2026-01-15]\n  also_on: [2026-01-16 11:00:00]',
    );
    expect(begins(call, 9)).toEqual([
      '2026-01-01T10:00:00Z',
      '2026-01-16T11:00:00Z',
      '2026-01-29T10:00:00Z',
    ]);
    expect(describeRule(call.recurrence)).toContain('14 days');
  });

  test('a day taken out is taken out whole', () => {
    const call = event(
      'timezone: America/Los_Angeles\nbegin: 2022-07-12 10:00:00\nduration: { minutes: 60 }\nrepeat:\n  interval: { hours: 4 }\n  until: 2022-07-15\n  except_on: [2022-07-13, 2022-07-14 06:00:00]',
    );
    const days = begins(call, 99).map((each) => Temporal.Instant.from(each));
    const local = days.map((each) =>
      each.toZonedDateTimeISO('America/Los_Angeles').toString().slice(8, 13),
    );
    expect(local.join(' ')).toBe('12T10 12T14 12T18 12T22 14T02 14T10 14T14 14T18 14T22');
  });

  test('reads its rule, and days taken out in another zone, from lines of iCalendar', () => {
    const call = event(
      'timezone: America/New_York\nbegin: 2026-01-06 09:00:00\nduration: { hours: 1 }\nics: |\n  RRULE:FREQ=MONTHLY;BYDAY=1TU;INTERVAL=2\n  EXDATE;TZID=Europe/Berlin:20260303T150000',
    );
    expect(begins(call, 2)).toEqual(['2026-01-06T14:00:00Z', '2026-05-05T13:00:00Z']);
  });

  test('without a length is a whole day', () => {
    expect(event('begin: 2026-01-14')).toMatchObject({
      isAllDay: true,
      recurrence: { minutes: 1440 },
    });
  });

  test('lasts until its end on the clock, or in time where that has an offset', () => {
    const zone = 'timezone: Europe/Berlin\n';
    const night = 'begin: 2026-03-29 01:00:00\nend: 2026-03-29 04:00:00';
    expect(event(zone + night).recurrence.minutes).toBe(180);
    const moments = 'begin: 2026-03-29 00:00:00Z\nend: 2026-03-29 01:30:00Z';
    expect(event(zone + moments).recurrence.minutes).toBe(90);
  });
});

describe('what cannot be read', () => {
  const LENGTH = 'duration: { minutes: 60 }';
  test.each([
    ['begin: soon', 'bad-begin', '“soon” is no moment; write a day and a time'],
    ['begin: 2026-02-30 10:00:00', 'bad-begin', 'is no moment'],
    ['location: Zoom', 'no-begin', 'write begin: 2026-02-09 14:00:00'],
    ['begin: 2026-02-01 10:00:00\ntimezone: Mars/Olympus', 'unknown-zone', 'write an IANA name'],
    ['begin: 2026-02-01 10:00:00 +05:30', 'half-hour-offset', 'Asia/Kolkata'],
    ['begin: 2026-02-01 10:00:00\nics: RRULE:FREQ=OFTEN', 'bad-rule', 'is no frequency'],
    ['begin: 2026-02-01 10:00:00\nics: every week', 'bad-line', 'RRULE:FREQ=WEEKLY'],
    ['begin: 2026-02-01 10:00:00\nrepeat: { interval: { days: 7 } }', 'bad-until', 'write until:'],
    [
      'begin: 2026-02-01 10:00:00\nrepeat: { interval: { days: 0 }, until: 2027-01-01 }',
      'bad-interval',
      'interval: { days: 14 }',
    ],
    [
      'begin: 2026-02-01 10:00:00\nics: RRULE:FREQ=WEEKLY\nrepeat: { interval: { days: 7 }, until: 2027-01-01 }',
      'two-rules',
      'keep one of them',
    ],
  ])('%j is told by its place, and the calls beside it are read', (lines, code, sentence) => {
    const { calendar, problems } = read(
      `events:\n  - summary: Bad\n${indented(`${lines}\n${LENGTH}`)}\n  - summary: Good\n${indented(`begin: 2026-01-14 18:00:00\n${LENGTH}`)}`,
    );
    expect(calendar.events.map(({ summary }) => summary)).toEqual(['Good']);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ code, place: { file: 'calls.yaml' } });
    expect(problems[0]?.sentence).toContain(sentence);
    expect(problems[0]?.place.line).toBeGreaterThan(1);
  });

  test('an end before the beginning is told at the end', () => {
    const { problems } = read(
      'events:\n  - summary: Bad\n    begin: 2026-02-01 10:00:00\n    end: 2026-02-01 09:00:00',
    );
    expect(problems[0]).toMatchObject({ code: 'ends-before', place: { line: 4 } });
  });

  test('a fixed offset and unknown keys are noted, and the call is read', () => {
    const { calendar, notes } = read(
      'nmae: Calls\nevents:\n  - summary: A\n    begin: 2026-02-01 10:00:00 +00:00\n    duration: { minutes: 5 }\n    colour: red\n    ics: RRULE:FREQ=WEEKLY\n  - { summary: Once, begin: 2026-02-01 10:00:00 +00:00 }',
    );
    expect(calendar.events).toHaveLength(2);
    expect(notes.map(({ code, place: { line } }) => `${code} ${line}`)).toEqual([
      'unknown-key 1',
      'unknown-key 6',
      'fixed-offset 4',
    ]);
    expect(notes[0]?.sentence).toContain('did you mean “name”?');
  });

  test('a time without a zone, and a first time that the rule does not name, are noted', () => {
    const { notes } = read(
      'events:\n  - summary: A\n    begin: 2026-02-01 10:00:00\n    duration: { minutes: 5 }\n    ics: RRULE:FREQ=MONTHLY;BYDAY=1TU',
    );
    expect(notes.map(({ code, place: { line } }) => `${code} ${line}`)).toEqual([
      'no-zone 3',
      'off-rule 3',
    ]);
    expect(notes[1]?.sentence).toContain('Sun 1 Feb 2026');
  });

  test('no text makes the reading throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.jsonValue(), (text, value) => {
        readCallCalendar(text, 'x.yaml');
        readCallCalendar(JSON.stringify({ events: [value, { summary: 'A', begin: value }] }), 'x');
        readMoment(value);
        readLength(value);
      }),
    );
  });
});

const ZONES = ['UTC', 'America/Los_Angeles', 'Asia/Kolkata', 'Australia/Lord_Howe'].map(expectZone);
const RULES = [
  'FREQ=WEEKLY;BYDAY=TH',
  'FREQ=MONTHLY;BYDAY=1TU;INTERVAL=2',
  'FREQ=DAILY;INTERVAL=14;UNTIL=20271231T000000',
  'FREQ=WEEKLY;INTERVAL=2;UNTIL=20271231T000000Z',
  'FREQ=YEARLY;COUNT=4',
];

const locals = fc
  .date({
    min: new Date('2020-01-01T00:00:00Z'),
    max: new Date('2027-01-01T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => Temporal.PlainDateTime.from(date.toISOString().slice(0, 16)));
const text = fc.string({ minLength: 1, maxLength: 30 }).map((each) => each.trim() || 'Call');

const events = fc
  .record({
    summary: text,
    description: fc.option(text, { nil: undefined }),
    location: fc.option(text, { nil: undefined }),
    url: fc.option(fc.webUrl(), { nil: undefined }),
    local: locals,
    zone: fc.constantFrom(...ZONES),
    minutes: fc.integer({ min: 1, max: 600 }),
    rule: fc.option(fc.constantFrom(...RULES), { nil: undefined }),
    except: fc.array(locals, { maxLength: 2 }),
    also: fc.array(locals, { maxLength: 2 }),
    isAllDay: fc.boolean(),
  })
  .map(
    ({
      local,
      zone,
      minutes,
      rule,
      except,
      also,
      isAllDay,
      description,
      location,
      url,
      ...rest
    }) => ({
      ...rest,
      ...(description === undefined ? {} : { description }),
      ...(location === undefined ? {} : { location }),
      ...(url === undefined ? {} : { url }),
      isAllDay,
      recurrence: {
        start: { local: isAllDay ? local.toPlainDate().toPlainDateTime() : local, zone },
        minutes: isAllDay ? 1440 * (1 + (minutes % 3)) : minutes,
        ...(rule === undefined ? {} : { rule }),
        except,
        also,
      },
    }),
  );
const calendars = fc
  .record({
    name: text,
    zone: fc.option(fc.constantFrom(...ZONES), { nil: undefined }),
    events: fc.array(events, { maxLength: 4 }),
  })
  .map(({ zone, ...rest }): CallCalendar => ({ ...rest, ...(zone === undefined ? {} : { zone }) }));

const plain = (calendar: CallCalendar): unknown =>
  JSON.parse(
    JSON.stringify({
      ...calendar,
      events: calendar.events.map(({ index: _, ...each }) => each),
    }),
  );

describe('a calendar that is written', () => {
  test('is read as the same calendar', () => {
    fc.assert(
      fc.property(calendars, (calendar) => {
        const { calendar: again, problems } = read(formatCallCalendar(calendar));
        expect(problems).toEqual([]);
        expect(plain(again)).toEqual(plain(calendar));
      }),
    );
  });

  test('keeps every line of its file when nothing changed', () => {
    fc.assert(
      fc.property(calendars, (calendar) => {
        const file = formatCallCalendar(calendar);
        const was = read(file);
        expect(updateCallCalendar(was, was.calendar)).toBe(file);
      }),
    );
  });

  test('that was changed is read as it is wanted, whatever was in the file', () => {
    fc.assert(
      fc.property(calendars, calendars, (before, after) => {
        const was = read(formatCallCalendar(before));
        const wanted = {
          ...after,
          events: after.events.map((each, index) =>
            index < before.events.length ? { ...each, index } : each,
          ),
        };
        const { calendar } = read(updateCallCalendar(was, wanted));
        expect(plain(calendar)).toEqual(plain(wanted));
      }),
    );
  });

  test('keeps comments and what is not understood beside a change', () => {
    const file = `# Our calls
name: Calls
timezone: America/Los_Angeles
events:
  # Every second month
  - summary: Planning
    begin: 2025-12-02 09:00:00
    duration: { minutes: 60 }
    colour: red # as on the wall
    ics: RRULE:FREQ=MONTHLY;BYDAY=1TU;INTERVAL=2
  - summary: Unreadable
    begin: some day
  # - summary: Dropped
`;
    const was = read(file);
    const [call] = was.calendar.events;
    if (call === undefined) throw new Error('no call');
    const start = {
      ...call.recurrence.start,
      local: Temporal.PlainDateTime.from('2025-12-02T10:30'),
    };
    const moved = { ...call, recurrence: { ...call.recurrence, start } };
    expect(updateCallCalendar(was, { ...was.calendar, events: [moved] })).toBe(
      file.replace('09:00:00', '10:30:00'),
    );
  });
});

const REAL = new URL('../../../../shared/data/summits/calendars/', import.meta.url);

describe.skipIf(!existsSync(REAL))('the calendars of real communities', () => {
  const files = existsSync(REAL) ? readdirSync(REAL).filter((name) => name.endsWith('.yaml')) : [];

  test.each(files)('%s is read whole', (name) => {
    const { problems, calendar, document } = expectOk(
      readCallCalendar(readFileSync(new URL(name, REAL), 'utf8'), name),
    );
    expect(problems).toEqual([]);
    const { events: rows = [] } = document.value as { events?: unknown[] };
    expect(calendar.events).toHaveLength(rows.length);
  });
});
