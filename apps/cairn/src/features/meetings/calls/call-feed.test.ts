import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { occurrences } from '@cairn/formats/recurrence';
import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { describe, expect, test } from 'vitest';
import { feedText } from '../../publishing/feed-rules.ts';
import { callEntry } from './call-feed-rules.ts';
import { type CallContent, callChanges, endOf, type KeptCall, recurrenceOf } from './call-rules.ts';
import { readCallSource } from './source-rules.ts';

const NOW = Temporal.Instant.from('2026-09-21T12:00:00Z');

/** What is stored of a file's calls, read for the first time. */
const stored = (calls: readonly CallContent[]): KeptCall[] =>
  callChanges([], calls, NOW).flatMap((change, index) =>
    change.kind === 'new'
      ? [
          {
            id: `c${index}`,
            uid: `call.${index}@cairn.test`,
            position: change.position,
            content: change.content,
            runsOut: endOf(change.content),
            sequence: 0,
            lastModified: NOW,
            cancelledAt: undefined,
            warnedFor: undefined,
          },
        ]
      : [],
  );

const feedOf = (calls: readonly KeptCall[]): string =>
  feedText(
    { name: 'Calls', id: 'test' },
    calls.map((call) => callEntry(call, 'Calls', 'https://cairn.test/s/x/calls')),
  );

interface Span {
  readonly from: Temporal.Instant;
  readonly until: Temporal.Instant;
}
type Times = Record<string, string[]>;

const instant = (date: Date): string =>
  Temporal.Instant.fromEpochMilliseconds(date.getTime()).toString();
const isWithin = (text: string, { from, until }: Span): boolean =>
  Temporal.Instant.compare(text, from) >= 0 && Temporal.Instant.compare(text, until) < 0;
const sorted = (texts: readonly string[]): string[] =>
  [...texts].sort((one, other) => Temporal.Instant.compare(one, other));

/** What we read: the beginnings of each call by its UID. */
const ours = (calls: readonly KeptCall[], span: Span): Times =>
  Object.fromEntries(
    calls.map(({ uid, content }) => [
      uid,
      occurrences(recurrenceOf(content), span, 10_000)
        .map(({ begins }) => begins.toString())
        .filter((begins) => isWithin(begins, span)),
    ]),
  );

/** What node-ical reads in our iCalendar. */
function byNodeIcal(text: string, span: Span): Times {
  const found: Times = {};
  for (const event of Object.values(nodeIcal.sync.parseICS(text))) {
    if (event?.type !== 'VEVENT') continue;
    const instances = nodeIcal.expandRecurringEvent(event, {
      from: new Date(span.from.epochMilliseconds),
      to: new Date(span.until.epochMilliseconds),
    });
    found[event.uid] = sorted(instances.map(({ start }) => instant(start))).filter((begins) =>
      isWithin(begins, span),
    );
  }
  return found;
}

/** What ical.js reads in it, by the VTIMEZONE that is in the file and nothing else. */
function byIcalJs(text: string, span: Span): Times {
  const component = new ICAL.Component(ICAL.parse(text));
  for (const zone of component.getAllSubcomponents('vtimezone')) {
    ICAL.TimezoneService.register(new ICAL.Timezone(zone));
  }
  const found: Times = {};
  for (const each of component.getAllSubcomponents('vevent')) {
    const event = new ICAL.Event(each);
    const begins: string[] = [];
    const iterator = event.iterator();
    for (let at = iterator.next(); at !== null && at !== undefined; at = iterator.next()) {
      const moment = instant(at.toJSDate());
      if (Temporal.Instant.compare(moment, span.until) >= 0) break;
      if (isWithin(moment, span)) begins.push(moment);
      if (!event.isRecurring()) break;
    }
    found[event.uid] = begins;
  }
  ICAL.TimezoneService.reset();
  return found;
}

/** As the two readers see days: as beginning at midnight wherever the machine is. */
const timed = (calls: readonly KeptCall[]): KeptCall[] =>
  calls.filter(({ content }) => !content.isAllDay);

const readCalls = (yaml: string): KeptCall[] =>
  stored(expectOk(readCallSource(yaml, 'calls.yaml')).calls);

const REAL = new URL('../../../../../../../shared/data/summits/calendars/', import.meta.url);
const isThere = existsSync(REAL);
const FILES = isThere ? readdirSync(REAL).filter((name) => name.endsWith('.yaml')) : [];

describe.skipIf(!isThere)('the calendars of real communities, where they are at hand', () => {
  test.each(FILES)('%s means the same to us, to node-ical and to ical.js for 18 months', (name) => {
    const calls = timed(readCalls(readFileSync(new URL(name, REAL), 'utf8')));
    for (const year of [2022, 2023, 2025, 2026]) {
      const from = Temporal.Instant.from(`${year}-01-15T00:00:00Z`);
      const span = { from, until: from.add({ hours: 24 * 548 }) };
      const text = feedOf(calls);
      const expected = ours(calls, span);
      expect(byNodeIcal(text, span)).toEqual(expected);
      expect(byIcalJs(text, span)).toEqual(expected);
    }
  });

  test('are all read, and each tells what is not understood', () => {
    expect(FILES.length).toBeGreaterThan(5);
    for (const name of FILES) {
      const read = readCallSource(readFileSync(new URL(name, REAL), 'utf8'), name);
      expect(expectOk(read).problems).toEqual([]);
    }
  });
});

describe('the feed of a calendar', () => {
  const YAML = `name: Calls
timezone: America/Los_Angeles
events:
  - summary: Steering
    begin: 2025-12-02 09:00:00
    duration: { minutes: 60 }
    url: https://example.org/room
    ics: |
      RRULE:FREQ=MONTHLY;BYDAY=1TU;INTERVAL=2
      EXDATE;TZID=America/Los_Angeles:20260203T090000
      RDATE;TZID=America/Los_Angeles:20260210T090000
  - summary: Sydney
    timezone: Australia/Sydney
    begin: 2026-02-09 08:00:00
    duration: { minutes: 30 }
    repeat: { interval: { weeks: 2 }, until: 2027-01-31 00:00:00, except_on: [2026-03-09] }
`;

  test('keeps each call on its wall clock over changes of daylight saving, for every reader', () => {
    const calls = readCalls(YAML);
    const from = Temporal.Instant.from('2025-12-01T00:00:00Z');
    const span = { from, until: from.add({ hours: 24 * 548 }) };
    const expected = ours(calls, span);
    expect(expected['call.0@cairn.test']?.slice(0, 4)).toEqual([
      '2025-12-02T17:00:00Z',
      '2026-02-10T17:00:00Z',
      '2026-04-07T16:00:00Z',
      '2026-06-02T16:00:00Z',
    ]);
    expect(expected['call.1@cairn.test']?.slice(0, 5)).toEqual([
      '2026-02-08T21:00:00Z',
      '2026-02-22T21:00:00Z',
      '2026-03-22T21:00:00Z',
      '2026-04-05T22:00:00Z',
      '2026-04-19T22:00:00Z',
    ]);
    const text = feedOf(calls);
    expect(byIcalJs(text, span)).toEqual(expected);
    // node-ical passes over RDATE.
    const withoutAdded = calls.map((call) => ({ ...call, content: { ...call.content, also: [] } }));
    expect(byNodeIcal(text, span)).toEqual(ours(withoutAdded, span));
  });

  test('names each calendar, leads to the call, and cancels what was taken out', () => {
    const [call] = readCalls(YAML);
    if (call === undefined) throw new Error('the file has a call');
    const text = feedOf([{ ...call, sequence: 3, cancelledAt: NOW }]);
    expect(text).toContain('STATUS:CANCELLED');
    expect(text).toContain('SEQUENCE:3');
    expect(text).toContain('CATEGORIES:Calls');
    expect(text).toContain('URL:https://example.org/room');
    expect(text).toContain('RRULE:FREQ=MONTHLY');
  });
});
