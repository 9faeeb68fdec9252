import { expectOk } from '@cairn/kernel/result';
import { expectZone, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import nodeIcal from 'node-ical';
import { describe, expect, test } from 'vitest';
import { readBusyTimes } from './busy-times.ts';
import { formatIcal } from './ical.ts';

const instant = (text: string) => Temporal.Instant.from(text);
const JANUARY = { from: instant('2026-01-01T00:00Z'), until: instant('2026-02-01T00:00Z') };
const KATHMANDU = expectZone('Asia/Kathmandu');
const calendar = (...content: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...content, 'END:VCALENDAR', ''].join('\r\n');
const event = (...content: string[]) =>
  ['BEGIN:VEVENT', 'UID:a', ...content, 'END:VEVENT'].join('\r\n');
const read = (text: string, zone = KATHMANDU) =>
  expectOk(readBusyTimes(text, { ...JANUARY, zone, file: 'mine.ics' }));
const short = (moment: Temporal.Instant) => moment.toString().slice(5, 16);
const busy = (...content: string[]) =>
  read(calendar(...content)).busy.map(({ from, until }) => `${short(from)} ${short(until)}`);
const NINE = 'DTSTART:20260105T090000Z';
const TEN = 'DTEND:20260105T100000Z';

describe('busy is', () => {
  test.each<[string, string[], string[]]>([
    ['an event', [NINE, TEN], ['01-05T09:00 01-05T10:00']],
    ['an event by its length', [NINE, 'DURATION:PT1H30M'], ['01-05T09:00 01-05T10:30']],
    ['a tentative event', [NINE, TEN, 'STATUS:TENTATIVE'], ['01-05T09:00 01-05T10:00']],
    [
      'an event that Outlook calls tentative',
      [NINE, TEN, 'X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE'],
      ['01-05T09:00 01-05T10:00'],
    ],
    ['nothing at a time without an end', [NINE], []],
    ['nothing of a cancelled event', [NINE, TEN, 'STATUS:CANCELLED'], []],
    ['nothing of an event that takes no time', [NINE, TEN, 'TRANSP:TRANSPARENT'], []],
    ['nothing of what Outlook calls free', [NINE, TEN, 'X-MICROSOFT-CDO-BUSYSTATUS:FREE'], []],
    [
      'a time of the reader’s own clock',
      ['DTSTART:20260105T090000', 'DURATION:PT1H'],
      ['01-05T03:15 01-05T04:15'],
    ],
    [
      'a day of the reader’s own clock',
      ['DTSTART;VALUE=DATE:20260105'],
      ['01-04T18:15 01-05T18:15'],
    ],
    [
      'days, the last not among them',
      ['DTSTART;VALUE=DATE:20260105', 'DTEND;VALUE=DATE:20260107'],
      ['01-04T18:15 01-06T18:15'],
    ],
    [
      'a time in a zone',
      [
        'DTSTART;TZID=America/Los_Angeles:20260105T090000',
        'DTEND;TZID=America/New_York:20260105T130000',
      ],
      ['01-05T17:00 01-05T18:00'],
    ],
    [
      'a time in a zone behind a program’s own name',
      ['DTSTART;TZID=/example.org/2026a/Europe/Berlin:20260105T090000', 'DURATION:PT1H'],
      ['01-05T08:00 01-05T09:00'],
    ],
    [
      'a rule, without what is taken out and with what is added',
      [NINE, TEN, 'RRULE:FREQ=WEEKLY;COUNT=4', 'EXDATE:20260112T090000Z', 'RDATE:20260113T120000Z'],
      [
        '01-05T09:00 01-05T10:00',
        '01-13T12:00 01-13T13:00',
        '01-19T09:00 01-19T10:00',
        '01-26T09:00 01-26T10:00',
      ],
    ],
    [
      'a rule without a day that is taken out whole',
      [NINE, TEN, 'RRULE:FREQ=DAILY;COUNT=3', 'EXDATE;VALUE=DATE:20260106'],
      ['01-05T09:00 01-05T10:00', '01-07T09:00 01-07T10:00'],
    ],
    [
      'an exception told by another clock',
      [NINE, TEN, 'RRULE:FREQ=DAILY;COUNT=2', 'EXDATE;TZID=Europe/Berlin:20260106T100000'],
      ['01-05T09:00 01-05T10:00'],
    ],
    [
      'a rule from years ago, cut to the time asked for',
      ['DTSTART:20100104T233000Z', 'DURATION:PT1H', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=-1,15'],
      ['01-01T00:00 01-01T00:30', '01-15T23:30 01-16T00:30', '01-31T23:30 02-01T00:00'],
    ],
    [
      'added periods with their own lengths',
      [NINE, TEN, 'RDATE;VALUE=PERIOD:20260107T090000Z/PT2H,20260108T090000Z/20260108T093000Z'],
      ['01-05T09:00 01-05T10:00', '01-07T09:00 01-07T11:00', '01-08T09:00 01-08T09:30'],
    ],
    [
      'a rule by days',
      ['DTSTART;VALUE=DATE:20260105', 'RRULE:FREQ=DAILY;COUNT=2'],
      ['01-04T18:15 01-06T18:15'],
    ],
  ])('%s', (_, content, expected) => {
    expect(busy(event(...content))).toEqual(expected);
  });

  test('what a calendar moved, and not the time that it moved from', () => {
    const series = event(NINE, TEN, 'RRULE:FREQ=DAILY;COUNT=3');
    const moved = event(
      'RECURRENCE-ID:20260106T090000Z',
      'DTSTART:20260106T150000Z',
      'DURATION:PT1H',
    );
    const dropped = event(
      'RECURRENCE-ID;TZID=Europe/Berlin:20260107T100000',
      NINE,
      TEN,
      'STATUS:CANCELLED',
    );
    expect(busy(series, moved, dropped)).toEqual([
      '01-05T09:00 01-05T10:00',
      '01-06T15:00 01-06T16:00',
    ]);
    // Whatever the order in the file.
    expect(busy(dropped, moved, series)).toHaveLength(2);
  });

  test('events that meet or overlap are one time', () => {
    const at = (from: string, to: string) =>
      event(`DTSTART:20260105T${from}00Z`, `DTEND:20260105T${to}00Z`);
    expect(
      busy(at('1200', '1300'), at('0900', '1000'), at('1000', '1100'), at('0930', '0945')),
    ).toEqual(['01-05T09:00 01-05T11:00', '01-05T12:00 01-05T13:00']);
  });

  test('a free-busy list', () => {
    expect(
      busy(
        'BEGIN:VFREEBUSY',
        'FREEBUSY;FBTYPE=BUSY:20260105T090000Z/PT1H,20260106T090000Z/20260106T100000Z',
        'FREEBUSY;FBTYPE=FREE:20260107T090000Z/PT1H',
        'FREEBUSY;FBTYPE=BUSY-TENTATIVE:20260108T090000Z/PT1H',
        'END:VFREEBUSY',
      ),
    ).toEqual(['01-05T09:00 01-05T10:00', '01-06T09:00 01-06T10:00', '01-08T09:00 01-08T10:00']);
  });

  test('a time in a zone that only the calendar knows, by its description', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Pacific Standard Time',
      'BEGIN:STANDARD',
      'DTSTART:16010101T020000',
      'TZOFFSETFROM:-0700',
      'TZOFFSETTO:-0800',
      'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:16010101T020000',
      'TZOFFSETFROM:-0800',
      'TZOFFSETTO:-0700',
      'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=2SU;BYMONTH=3',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
    ];
    const weekly = event(
      'DTSTART;TZID=Pacific Standard Time:20260302T090000',
      'DURATION:PT1H',
      'RRULE:FREQ=WEEKLY;COUNT=2',
    );
    const found = expectOk(
      readBusyTimes(calendar(...zone, weekly), {
        from: instant('2026-03-01T00:00Z'),
        until: instant('2026-04-01T00:00Z'),
        zone: KATHMANDU,
      }),
    );
    expect(found.busy.map(({ from }) => short(from))).toEqual(['03-02T17:00', '03-09T16:00']);
  });
});

describe('what is broken', () => {
  const good = event(NINE, TEN);

  test.each<[string, string, string[]]>([
    ['no-start', 'no start', ['SUMMARY:Secret']],
    ['bad-time', 'no time', ['DTSTART:tomorrow']],
    ['bad-time', 'no end', [NINE, 'DTEND:later']],
    ['bad-time', 'no end', [NINE, 'DURATION:PT-1H']],
    ['ends-before-start', 'before it begins', [NINE, 'DTEND:20260104T100000Z']],
    ['unknown-zone', 'Mars/Base', ['DTSTART;TZID=Mars/Base:20260105T090000', 'DURATION:PT1H']],
    ['bad-rule', 'no frequency', [NINE, TEN, 'RRULE:FREQ=FORTNIGHTLY']],
    [
      'repeats-too-often',
      'too often',
      ['DTSTART:20260101T090000Z', 'DURATION:PT1S', 'RRULE:FREQ=SECONDLY'],
    ],
    ['bad-line', 'no iCalendar', [NINE, TEN, 'and more of the text']],
    ['exception-rule', 'EXRULE', [NINE, TEN, 'EXRULE:FREQ=DAILY']],
    [
      'later-times',
      'this time only',
      ['RECURRENCE-ID;RANGE=THISANDFUTURE:20260105T090000Z', NINE, TEN],
    ],
  ])('is listed with its line, and loses nothing else: %s', (code, words, content) => {
    const found = read(
      calendar(event(...content), event('DTSTART:20260120T090000Z', 'DURATION:PT1H')),
    );
    expect(found.skipped).toMatchObject([
      { code, sentence: expect.stringContaining(words), place: { file: 'mine.ics' } },
    ]);
    expect(found.skipped[0]?.place.line).toBeGreaterThan(2);
    expect(found.skipped[0]?.sentence).not.toContain('Secret');
    expect(short(found.busy.at(-1)?.until ?? JANUARY.from)).toMatch(/01-2\d|01-31|02-01/);
    expect(found.events).toBe(2);
  });

  test('an event whose rule cannot be followed is busy the first time', () => {
    expect(busy(event(NINE, TEN, 'RRULE:FREQ=FORTNIGHTLY'))).toEqual(['01-05T09:00 01-05T10:00']);
  });

  test.each<[string, string, number | undefined]>([
    ['', 'not an iCalendar file', 1],
    ['hello', 'begins with BEGIN:VCALENDAR', 1],
    ['\r\n<!DOCTYPE html><html>', 'a web page', 2],
    [`BEGIN:VCALENDAR\r\n${good}\r\n`, 'breaks off', 1],
    [`BEGIN:VCALENDAR\r\n${good.slice(0, -12)}`, 'breaks off', 2],
    [calendar(good, 'BEGIN:VEVENT', NINE), 'END:VEVENT should', 10],
    ['BEGIN:VCARD\r\nEND:VCARD', 'not an iCalendar file', 1],
  ])('%j is one sentence with its line', (text, words, line) => {
    const found = readBusyTimes(text, { ...JANUARY, zone: KATHMANDU });
    expect(found.ok ? '' : found.error.sentence).toContain(words);
    expect(found.ok ? undefined : found.error.place.line).toBe(line);
  });

  test('a calendar of more than 10 MB is refused before it is looked at', () => {
    const found = readBusyTimes(calendar(good).padEnd(11 * 1024 * 1024), {
      ...JANUARY,
      zone: KATHMANDU,
    });
    expect(found.ok ? '' : found.error.sentence).toContain('10 MB');
  });

  test('no text throws', () => {
    const text = calendar(event(NINE, TEN, 'RRULE:FREQ=WEEKLY;COUNT=4', 'EXDATE:20260112T090000Z'));
    const changed = fc
      .tuple(fc.nat(text.length), fc.string({ maxLength: 20 }))
      .map(([at, put]) => text.slice(0, at) + put + text.slice(at + put.length));
    fc.assert(
      fc.property(fc.oneof(fc.string(), changed), (other) => {
        const found = readBusyTimes(other, { ...JANUARY, zone: KATHMANDU });
        if (!found.ok) expect(found.error.sentence).toMatch(/\.$/);
      }),
    );
  });
});

describe('a calendar of years', () => {
  test('of ten thousand events, most of which repeat, is read whole', () => {
    const rules = [
      'FREQ=DAILY',
      'FREQ=WEEKLY;BYDAY=MO,WE',
      'FREQ=MONTHLY;BYDAY=1TU',
      'FREQ=DAILY;COUNT=3000',
      '',
    ];
    const events = Array.from({ length: 10_000 }, (_, index) => {
      const minutes = (index % 1000) * 2;
      const start = Temporal.PlainDateTime.from('2019-01-01T00:00').add({
        days: index % 2000,
        minutes,
      });
      const rule = rules[index % rules.length];
      return event(
        `DTSTART;TZID=Europe/Berlin:${start.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '')}`,
        'DURATION:PT1M',
        ...(rule ? [`RRULE:${rule}`] : []),
        'SUMMARY:A title that nobody else shall read',
      );
    });
    const found = read(calendar(...events));
    expect(found.events).toBe(10_000);
    expect(found.skipped).toEqual([]);
    expect(found.busy.length).toBeGreaterThan(5000);
    expect(JSON.stringify(found)).not.toContain('title');
  });

  test('is busy when node-ical says that something happens', () => {
    const span = { from: instant('2024-06-01T00:00Z'), until: instant('2026-06-01T00:00Z') };
    const zones = [
      'America/Los_Angeles',
      'Australia/Lord_Howe',
      'Asia/Kolkata',
      'America/Sao_Paulo',
      'UTC',
    ];
    const one = fc.record({
      // Before every UNTIL: whether a start after it happens is not agreed on.
      day: fc.nat(1400),
      minute: fc.integer({ min: 240, max: 1300 }),
      minutes: fc.integer({ min: 1, max: 300 }),
      zone: fc.constantFrom(...zones.map(expectZone)),
      rule: fc.constantFrom(
        undefined,
        'FREQ=WEEKLY',
        'FREQ=DAILY;INTERVAL=3',
        'FREQ=DAILY;COUNT=400',
        'FREQ=WEEKLY;INTERVAL=2;UNTIL=20251231T000000',
      ),
      except: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(one, { minLength: 1, maxLength: 4 }), (list) => {
        const text = formatIcal({
          prodId: '-//x//EN',
          name: 'Mine',
          entries: list.map(({ day, minute, minutes, zone, rule, except }, index) => {
            const local = Temporal.PlainDateTime.from('2022-01-01T00:00').add({
              days: day,
              minutes: minute,
            });
            return {
              uid: `${index}@cairn.example`,
              sequence: 0,
              status: 'CONFIRMED',
              lastModified: span.from,
              summary: 'Mine',
              time: { kind: 'wall', start: { local, zone }, minutes },
              ...(rule ? { repeats: { rule, except: except ? [local] : [], also: [] } } : {}),
            };
          }),
        });
        const times: [number, number][] = [];
        for (const each of Object.values(nodeIcal.sync.parseICS(text))) {
          if (each?.type !== 'VEVENT') continue;
          const found = nodeIcal.expandRecurringEvent(each, {
            from: new Date(span.from.epochMilliseconds),
            to: new Date(span.until.epochMilliseconds - 1),
            expandOngoing: true,
          });
          for (const { start, end } of found) times.push([start.getTime(), end.getTime()]);
        }
        const merged: [number, number][] = [];
        for (const [start, end] of times.sort((a, b) => a[0] - b[0])) {
          const [from, until] = [
            Math.max(start, span.from.epochMilliseconds),
            Math.min(end, span.until.epochMilliseconds),
          ];
          const last = merged.at(-1);
          if (from >= until) continue;
          if (last && from <= last[1]) last[1] = Math.max(last[1], until);
          else merged.push([from, until]);
        }
        const found = expectOk(readBusyTimes(text, { ...span, zone: KATHMANDU }));
        expect(found.skipped).toEqual([]);
        expect(
          found.busy.map(({ from, until }) => [from.epochMilliseconds, until.epochMilliseconds]),
        ).toEqual(merged);
      }),
      { numRuns: 60 },
    );
  });
});

test('the clocks that a file describes are worked out together, and not each for ever', () => {
  const endless = (id: number) => [
    'BEGIN:VTIMEZONE',
    `TZID:Z${id}`,
    'BEGIN:STANDARD',
    'DTSTART:20250101T000000',
    'TZOFFSETFROM:+0000',
    'TZOFFSETTO:+0100',
    'RRULE:FREQ=SECONDLY',
    'END:STANDARD',
    'END:VTIMEZONE',
    event(`DTSTART;TZID=Z${id}:20260105T090000`, `DTEND;TZID=Z${id}:20260105T100000`),
  ];
  const text = calendar(...Array.from({ length: 200 }, (_, id) => endless(id)).flat());
  expect(read(text)).toMatchObject({ events: 200, skipped: [] });
});
