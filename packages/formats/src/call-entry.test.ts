import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { describe, expect, test } from 'vitest';
import { callEntry } from './call-entry.ts';
import { formatIcal } from './ical.ts';
import { occurrences } from './recurrence.ts';
import { type CallCalendar, type CallEvent, readCallCalendar } from './yaml2ics.ts';

const lastModified = Temporal.Instant.from('2026-01-01T00:00Z');
const icsOf = ({ name }: CallCalendar, event: CallEvent) =>
  formatIcal({
    prodId: '-//x//EN',
    name,
    entries: [callEntry(event, { uid: 'call', sequence: 0, lastModified })],
  });
const SPAN = {
  from: Temporal.Instant.from('2026-01-01T00:00Z'),
  until: Temporal.Instant.from('2028-01-01T00:00Z'),
};

test('a call goes into a calendar with all that its file says', () => {
  const { calendar } = expectOk(
    readCallCalendar(
      `name: Calls
timezone: Europe/Berlin
events:
  - summary: Call
    description: Notes
    location: Online
    url: https://example.org
    begin: 2026-01-06 09:00:00
    duration: { minutes: 90 }
    ics: |
      RRULE:FREQ=WEEKLY
      EXDATE;TZID=Europe/Berlin:20260113T090000
  - summary: Sprint
    begin: 2026-02-02
    duration: { days: 3 }
`,
      'calls.yaml',
    ),
  );
  const [call, sprint] = calendar.events;
  if (!call || !sprint) throw new Error('not two events');
  expect(icsOf(calendar, call).split('\r\n')).toEqual(
    expect.arrayContaining([
      'DTSTART;TZID=Europe/Berlin:20260106T090000',
      'DTEND;TZID=Europe/Berlin:20260106T103000',
      'RRULE:FREQ=WEEKLY',
      'EXDATE;TZID=Europe/Berlin:20260113T090000',
      'DESCRIPTION:Notes',
      'LOCATION:Online',
      'URL:https://example.org',
    ]),
  );
  expect(icsOf(calendar, sprint)).toContain(
    'DTSTART;VALUE=DATE:20260202\r\nDTEND;VALUE=DATE:20260205',
  );
});

const REAL = new URL('../../../../shared/data/summits/calendars/', import.meta.url);

describe.skipIf(!existsSync(REAL))('a call of a real community is at the same moments', () => {
  const files = existsSync(REAL) ? readdirSync(REAL).filter((name) => name.endsWith('.yaml')) : [];
  const calls = files.flatMap((name) => {
    const read = expectOk(readCallCalendar(readFileSync(new URL(name, REAL), 'utf8'), name));
    return read.calendar.events.map(
      (event) => [`${name}: ${event.summary}`, event, read.calendar] as const,
    );
  });

  test('and there are some', () => {
    expect(calls.length).toBeGreaterThan(10);
  });

  test.each(calls)('%s', (_, event, calendar) => {
    const ics = icsOf(calendar, event);
    const { recurrence } = event;
    const ours = occurrences(recurrence, SPAN, 1000).map(({ begins }) => begins.epochMilliseconds);

    const root = new ICAL.Component(ICAL.parse(ics)).getFirstSubcomponent('vevent');
    if (!root) throw new Error('not an event');
    const byIcalJs: number[] = [];
    const iterator = new ICAL.Event(root).iterator();
    for (let next = iterator.next(); next; next = iterator.next()) {
      const moment = next.toUnixTime() * 1000;
      if (moment >= SPAN.until.epochMilliseconds) break;
      if (moment >= SPAN.from.epochMilliseconds) byIcalJs.push(moment);
    }
    expect(byIcalJs).toEqual(ours);

    const read = Object.values(nodeIcal.sync.parseICS(ics)).find((each) => each?.type === 'VEVENT');
    if (read?.type !== 'VEVENT') throw new Error('not an event');
    const byNodeIcal = nodeIcal.expandRecurringEvent(read, {
      from: new Date(SPAN.from.epochMilliseconds),
      to: new Date(SPAN.until.epochMilliseconds - 1),
    });
    expect(byNodeIcal.map(({ start }) => start.getTime())).toEqual(ours);

    // And what the rule in the file means, worked out by the library on its own.
    if (recurrence.rule !== undefined) {
      const { year, month, day, hour, minute, second } = recurrence.start.local;
      const on = { year, month, day, hour, minute, second, isDate: false };
      const start = ICAL.Time.fromData(on, ICAL.Timezone.localTimezone);
      const byRule = ICAL.Recur.fromString(recurrence.rule).iterator(start);
      const meant: number[] = [];
      for (let next = byRule.next(); next && next.year < 2028; next = byRule.next()) {
        const local = Temporal.PlainDateTime.from(next.toString().replace('Z', ''));
        meant.push(local.toZonedDateTime(recurrence.start.zone).epochMilliseconds);
      }
      const from = SPAN.from.epochMilliseconds;
      const until = SPAN.until.epochMilliseconds;
      expect(meant.filter((each) => each >= from && each < until)).toEqual(ours);
    }
  });
});
