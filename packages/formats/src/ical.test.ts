import { expectOk } from '@cairn/kernel/result';
import { instantOf, parseZone, Temporal, type WallTime } from '@cairn/kernel/time';
import fc from 'fast-check';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { describe, expect, test } from 'vitest';
import type { CalendarEntry, EntryTime } from './calendar-entry.ts';
import { formatIcal } from './ical.ts';
import { parseIcal } from './ical-reading.ts';

const wall = (local: string, zone: string): WallTime => ({
  local: Temporal.PlainDateTime.from(local),
  zone: expectOk(parseZone(zone)),
});
const day = (text: string) => Temporal.PlainDate.from(text);
const changed = Temporal.Instant.from('2023-01-11T10:00:00Z');

const entry = (time: EntryTime, more: Partial<CalendarEntry> = {}): CalendarEntry => ({
  uid: 'meeting-1@cairn.example',
  sequence: 0,
  status: 'CONFIRMED',
  lastModified: changed,
  summary: 'February planning meeting',
  time,
  ...more,
});
const call = (local: string, zone: string, minutes = 60): EntryTime => ({
  kind: 'wall',
  start: wall(local, zone),
  minutes,
});
const calendar = (...entries: CalendarEntry[]) => ({
  prodId: '-//Cairn//summit 1//EN',
  name: 'Summit',
  entries,
});
const text = (...entries: CalendarEntry[]) => formatIcal(calendar(...entries));
const unfolded = (ics: string) => ics.replaceAll('\r\n ', '').split('\r\n');

describe('a calendar', () => {
  test('is written exactly so', () => {
    const ics = formatIcal({
      ...calendar(
        entry(call('2023-02-27T09:00', 'Asia/Kathmandu', 90), {
          sequence: 2,
          status: 'CANCELLED',
          description: 'Two tracks;\nbring notes, please',
          location: 'Video call',
          url: 'https://example.org/call',
          categories: ['planning', 'a,b'],
          created: Temporal.Instant.from('2023-01-01T00:00:00.789Z'),
        }),
        entry(
          { kind: 'days', from: day('2023-05-22'), to: day('2023-05-26') },
          { uid: 'week@cairn.example', summary: 'Summit' },
        ),
        entry(
          { kind: 'month', month: Temporal.PlainYearMonth.from('2023-03') },
          { uid: 'march@cairn.example', status: 'TENTATIVE' },
        ),
      ),
      refresh: 60,
      color: 'royalblue',
    });
    expect(unfolded(ics)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Cairn//summit 1//EN',
      'CALSCALE:GREGORIAN',
      'NAME:Summit',
      'X-WR-CALNAME:Summit',
      'COLOR:royalblue',
      'REFRESH-INTERVAL;VALUE=DURATION:PT60M',
      'X-PUBLISHED-TTL:PT60M',
      'BEGIN:VTIMEZONE',
      'TZID:Asia/Kathmandu',
      'X-LIC-LOCATION:Asia/Kathmandu',
      expect.stringMatching(/^LAST-MODIFIED:/),
      'BEGIN:STANDARD',
      'TZNAME:+0545',
      'TZOFFSETFROM:+0545',
      'TZOFFSETTO:+0545',
      'DTSTART:19700101T000000',
      'END:STANDARD',
      'END:VTIMEZONE',
      'BEGIN:VEVENT',
      'UID:meeting-1@cairn.example',
      'DTSTAMP:20230111T100000Z',
      'DTSTART;TZID=Asia/Kathmandu:20230227T090000',
      'DTEND;TZID=Asia/Kathmandu:20230227T103000',
      'SEQUENCE:2',
      'STATUS:CANCELLED',
      'LAST-MODIFIED:20230111T100000Z',
      'CREATED:20230101T000000Z',
      'SUMMARY:February planning meeting',
      'DESCRIPTION:Two tracks\\;\\nbring notes\\, please',
      'LOCATION:Video call',
      'URL:https://example.org/call',
      'CATEGORIES:planning,a\\,b',
      'TRANSP:OPAQUE',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:week@cairn.example',
      'DTSTAMP:20230111T100000Z',
      'DTSTART;VALUE=DATE:20230522',
      'DTEND;VALUE=DATE:20230527',
      'SEQUENCE:0',
      'STATUS:CONFIRMED',
      'LAST-MODIFIED:20230111T100000Z',
      'SUMMARY:Summit',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'BEGIN:VEVENT',
      'UID:march@cairn.example',
      'DTSTAMP:20230111T100000Z',
      'DTSTART;VALUE=DATE:20230301',
      'DTEND;VALUE=DATE:20230401',
      'X-CAIRN-PRECISION:MONTH',
      'SEQUENCE:0',
      'STATUS:TENTATIVE',
      'LAST-MODIFIED:20230111T100000Z',
      'SUMMARY:February planning meeting',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  test('without entries still has the component that the standard wants', () => {
    expect(unfolded(text())).toContain('BEGIN:VTIMEZONE');
    expect(expectOk(parseIcal(text())).entries).toEqual([]);
  });

  test('refuses two entries with one UID', () => {
    const days = entry({ kind: 'days', from: day('2023-05-22'), to: day('2023-05-22') });
    expect(() => text(days, days)).toThrow('share a UID');
  });

  test('names each zone once, under whichever of its names', () => {
    const ics = text(
      entry(call('2023-02-27T09:00', 'US/Pacific'), { uid: 'a' }),
      entry(call('2023-02-27T09:00', 'America/Los_Angeles'), { uid: 'b' }),
      entry(call('2023-02-27T09:00', 'UTC'), { uid: 'c' }),
    );
    expect(ics.match(/^TZID:.*$/gm)).toEqual(['TZID:America/Los_Angeles']);
    expect(ics).toContain('DTSTART:20230227T090000Z');
  });

  test('text can neither end its line nor begin another', () => {
    const evil = 'a\r\nEVIL:1\u0000\u000bb\rc\nd\ud800\\;,"';
    const ics = formatIcal({
      prodId: evil,
      name: evil,
      color: evil,
      entries: [
        entry(call('2023-02-27T09:00', 'UTC'), {
          uid: evil,
          summary: evil,
          description: evil,
          location: evil,
          categories: [evil],
          url: `https://x.org/${evil}`,
        }),
      ],
    });
    expect(unfolded(ics).filter((line) => /^[^A-Z-]|EVIL:1$|^EVIL/.test(line))).toEqual([]);
    expect(expectOk(parseIcal(ics)).entries[0]?.summary).toBe('a\nEVIL:1b\nc\nd\ufffd\\;,"');
  });

  test('no line is longer than 75 octets and none is cut inside a character', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'ő', '語', '😀', ';', '\n'), maxLength: 300 }),
        (summary) => {
          const ics = text(entry(call('2023-02-27T09:00', 'UTC'), { summary }));
          for (const line of ics.split('\r\n')) {
            const bytes = new TextEncoder().encode(line);
            expect(bytes.length).toBeLessThanOrEqual(75);
            expect(line.isWellFormed()).toBe(true);
          }
          expect(expectOk(parseIcal(ics)).entries[0]?.summary).toBe(summary);
        },
      ),
    );
  });
});

/** Each with what the clock does there, and the moment that it must mean in every reader. */
const CLOCKS: readonly [what: string, local: string, zone: string, instant: string][] = [
  ['winter, north', '2023-02-27T09:00', 'America/Los_Angeles', '2023-02-27T17:00:00Z'],
  ['summer, north', '2023-05-22T09:00', 'America/Los_Angeles', '2023-05-22T16:00:00Z'],
  ['the hour skipped, north', '2023-03-12T02:30', 'America/Los_Angeles', '2023-03-12T10:30:00Z'],
  [
    'just after the hour repeated, north',
    '2023-11-05T02:00',
    'America/Los_Angeles',
    '2023-11-05T10:00:00Z',
  ],
  ['winter, south', '2023-07-03T09:00', 'Australia/Sydney', '2023-07-02T23:00:00Z'],
  ['summer, south', '2023-01-09T09:00', 'Australia/Sydney', '2023-01-08T22:00:00Z'],
  ['the hour skipped, south', '2023-10-01T02:30', 'Australia/Sydney', '2023-09-30T16:30:00Z'],
  ['half an hour', '2023-05-22T09:00', 'Asia/Kolkata', '2023-05-22T03:30:00Z'],
  [
    'half an hour of daylight saving',
    '2023-01-09T09:00',
    'Australia/Lord_Howe',
    '2023-01-08T22:00:00Z',
  ],
  ['the half hour skipped', '2023-10-01T02:15', 'Australia/Lord_Howe', '2023-09-30T15:45:00Z'],
  ['three quarters', '2023-05-22T09:00', 'Asia/Kathmandu', '2023-05-22T03:15:00Z'],
  ['negative daylight saving', '2023-01-09T09:00', 'Europe/Dublin', '2023-01-09T09:00:00Z'],
  ['rules since abolished', '2021-07-05T09:00', 'America/Mexico_City', '2021-07-05T14:00:00Z'],
  ['rules of no fixed date', '2026-03-02T09:00', 'Africa/Casablanca', '2026-03-02T09:00:00Z'],
  ['the same, at other times', '2026-05-04T09:00', 'Africa/Casablanca', '2026-05-04T08:00:00Z'],
];

describe('a wall time means the same moment', () => {
  test.each(CLOCKS)('%s: to us', (_, local, zone, instant) => {
    expect(instantOf(wall(local, zone)).toString()).toBe(instant);
    const { entries } = expectOk(parseIcal(text(entry(call(local, zone)))));
    const time = entries[0]?.time;
    expect(time?.kind === 'wall' && instantOf(time.start).toString()).toBe(instant);
  });

  test.each(CLOCKS)(
    '%s: to ical.js, by the description of the zone alone',
    (_, shown, zone, instant) => {
      const root = new ICAL.Component(ICAL.parse(text(entry(call(shown, zone)))));
      const described = root.getFirstSubcomponent('vtimezone');
      const event = root.getFirstSubcomponent('vevent');
      const start = event?.getFirstPropertyValue('dtstart');
      if (!described || !(start instanceof ICAL.Time)) throw new Error('not an event with a zone');
      const known = new ICAL.Timezone(described);
      const { year, month, day, hour, minute, second } = start;
      const local = { year, month, day, hour, minute, second, isDate: false };
      const seconds = ICAL.Time.fromData(local, known).toUnixTime();
      expect(new Date(seconds * 1000).toISOString().replace('.000', '')).toBe(instant);
    },
  );

  test.each(CLOCKS)('%s: to node-ical', (_, local, zone, instant) => {
    const read = Object.values(nodeIcal.sync.parseICS(text(entry(call(local, zone)))));
    const event = read.find((each) => each?.type === 'VEVENT');
    if (event?.type !== 'VEVENT') throw new Error('not an event');
    expect(event.start.toISOString().replace('.000', '')).toBe(instant);
    expect(event.end?.getTime()).toBe(event.start.getTime() + 3_600_000);
  });

  test('an end in the second pass of a repeated hour is told by its length', () => {
    const ics = text(entry(call('2023-11-05T00:30', 'America/Los_Angeles', 120)));
    expect(unfolded(ics)).toContain('DURATION:PT120M');
    const time = expectOk(parseIcal(ics)).entries[0]?.time;
    expect(time?.kind === 'wall' && time.minutes).toBe(120);
  });
});

describe('reading a calendar', () => {
  test('gives back what was written', () => {
    const zone = fc.constantFrom(
      'America/Los_Angeles',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'UTC',
    );
    const date = fc.integer({ min: 0, max: 20_000 }).map((days) => day('1990-01-01').add({ days }));
    const time: fc.Arbitrary<EntryTime> = fc.oneof(
      fc
        .tuple(date, fc.nat(9))
        .map(([from, days]): EntryTime => ({ kind: 'days', from, to: from.add({ days }) })),
      date.map((from): EntryTime => ({ kind: 'month', month: from.toPlainYearMonth() })),
      fc
        // From 04:00 on, where no zone of these skips or repeats an hour.
        .tuple(date, zone, fc.integer({ min: 240, max: 1_439 }), fc.nat(10_000))
        .map(
          ([on, name, minute, minutes]): EntryTime => ({
            kind: 'wall',
            minutes,
            start: {
              local: on.toPlainDateTime().add({ minutes: minute }),
              zone: expectOk(parseZone(name)),
            },
          }),
        ),
    );
    const words = fc.string({ unit: fc.constantFrom(...'ab ;,:\\"\n^n\'őé😀') });
    // ical.js takes an escaped backslash before a comma for an escaped comma.
    const label = words.filter((word) => word !== '' && !word.endsWith('\\'));
    const entries = fc.array(
      fc.record(
        {
          uid: fc.uuid(),
          sequence: fc.nat(99),
          status: fc.constantFrom('TENTATIVE', 'CONFIRMED', 'CANCELLED'),
          lastModified: fc.constant(changed),
          created: fc.constant(changed),
          summary: words,
          description: words,
          location: words,
          url: fc.webUrl(),
          categories: fc.array(label, { minLength: 1, maxLength: 3 }),
          time,
          busy: fc.boolean(),
        },
        { requiredKeys: ['uid', 'sequence', 'status', 'lastModified', 'summary', 'time', 'busy'] },
      ),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(entries, words, fc.integer({ min: 1, max: 10_000 }), (list, name, refresh) => {
        const written = { prodId: '-//x//EN', name, refresh, color: 'navy', entries: list };
        const { unread, ...read } = expectOk(parseIcal(formatIcal(written)));
        expect(unread).toEqual([]);
        expect(plain(read)).toEqual(plain(written));
      }),
    );
  });

  test('lists what it cannot hold instead of losing it', () => {
    const ics = [
      'BEGIN:VCALENDAR',
      'PRODID:x',
      'BEGIN:VTIMEZONE',
      'TZID:Pacific Standard Time',
      'X-LIC-LOCATION:America/Los_Angeles',
      'END:VTIMEZONE',
      'BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20230227T090000Z\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT',
      'BEGIN:VEVENT\r\nUID:2\r\nDTSTART:20230227T090000\r\nEND:VEVENT',
      'BEGIN:VEVENT\r\nUID:3\r\nDTSTART;TZID=Mars/Base:20230227T090000\r\nEND:VEVENT',
      'BEGIN:VEVENT\r\nDTSTART:20230227T090000Z\r\nEND:VEVENT',
      'BEGIN:VEVENT\r\nUID:4\r\nEND:VEVENT',
      'BEGIN:VEVENT\r\nUID:5\r\nDTSTART;TZID=Pacific Standard Time:20230227T090000\r\nDURATION:PT1H30M\r\nEND:VEVENT',
      'END:VCALENDAR',
    ].join('\r\n');
    const read = expectOk(parseIcal(ics));
    expect(
      read.unread.map(({ problem, raw }) => [problem.code, /UID:(\d)/.exec(raw)?.[1]]),
    ).toEqual([
      ['recurring-entry', '1'],
      ['no-zone', '2'],
      ['unknown-zone', '3'],
      ['no-uid', undefined],
      ['no-start', '4'],
    ]);
    expect(read.entries.map(({ uid, time }) => [uid, plain(time)])).toEqual([
      ['5', plain(call('2023-02-27T09:00', 'America/Los_Angeles', 90))],
    ]);
  });

  test.each([
    '',
    'hello',
    'BEGIN:VCARD\r\nEND:VCARD',
    'BEGIN:VCALENDAR\r\nnonsense\r\nEND:VCALENDAR',
    '[]',
  ])('%j is no calendar', (other) => {
    const read = parseIcal(other);
    expect(read.ok ? undefined : read.error.code).toBe('not-a-calendar');
  });
});

/** Temporal values compare by their text. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
