import { expectZone, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { describe, expect, test } from 'vitest';
import type { CalendarEntry } from './calendar-entry.ts';
import { formatIcal } from './ical.ts';
import { occurrences, type Recurrence } from './recurrence.ts';

const at = (text: string) => Temporal.PlainDateTime.from(text);
const changed = Temporal.Instant.from('2023-01-11T10:00:00Z');
const entryOf = ({ start, minutes, ...repeats }: Recurrence): CalendarEntry => ({
  uid: 'call-1@cairn.example',
  sequence: 0,
  status: 'CONFIRMED',
  lastModified: changed,
  summary: 'Community call',
  time: { kind: 'wall', start, minutes },
  repeats,
});
const written = (...entries: CalendarEntry[]) =>
  formatIcal({ prodId: '-//x//EN', name: 'Calls', entries });
const unfolded = (ics: string) => ics.replaceAll('\r\n ', '').split('\r\n');

describe('an entry that repeats', () => {
  const start = { local: at('2025-12-02T09:00'), zone: expectZone('America/Los_Angeles') };

  test('is written with its rule, and what is taken out and added, by its zone', () => {
    const lines = unfolded(
      written(
        entryOf({
          start,
          minutes: 60,
          rule: 'freq=MONTHLY;BYDAY=1TU;UNTIL=20270101T000000;',
          except: [at('2026-01-06T09:00'), at('2026-02-03T09:00')],
          also: [at('2026-01-13T10:00')],
        }),
      ),
    );
    const from = lines.indexOf('BEGIN:VEVENT');
    expect(lines.slice(from, from + 9)).toEqual([
      'BEGIN:VEVENT',
      'UID:call-1@cairn.example',
      'DTSTAMP:20230111T100000Z',
      'DTSTART;TZID=America/Los_Angeles:20251202T090000',
      'DTEND;TZID=America/Los_Angeles:20251202T100000',
      // The standard wants the end in UTC beside a start with a zone.
      'RRULE:FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270101T080000Z',
      'EXDATE;TZID=America/Los_Angeles:20260106T090000',
      'EXDATE;TZID=America/Los_Angeles:20260203T090000',
      'RDATE;TZID=America/Los_Angeles:20260113T100000',
    ]);
  });

  test('ends with the whole of the day that its rule names', () => {
    const lines = unfolded(
      written(
        entryOf({ start, minutes: 60, rule: 'FREQ=DAILY;UNTIL=20251205', except: [], also: [] }),
      ),
    );
    expect(lines).toContain('RRULE:FREQ=DAILY;UNTIL=20251206T075959Z');
  });

  test('in UTC has no zone, and by days has days', () => {
    const utc = unfolded(
      written(
        entryOf({
          start: { local: at('2026-01-14T18:00'), zone: expectZone('UTC') },
          minutes: 60,
          rule: 'FREQ=DAILY;INTERVAL=14;UNTIL=20270101T000000',
          except: [at('2026-01-28T18:00')],
          also: [],
        }),
      ),
    );
    expect(utc).toEqual(
      expect.arrayContaining([
        'DTSTART:20260114T180000Z',
        'RRULE:FREQ=DAILY;INTERVAL=14;UNTIL=20270101T000000Z',
        'EXDATE:20260128T180000Z',
      ]),
    );
    const day = Temporal.PlainDate.from('2021-04-22');
    const days = unfolded(
      written({
        ...entryOf({ start, minutes: 0, except: [], also: [] }),
        time: { kind: 'days', from: day, to: day },
        repeats: {
          rule: 'FREQ=YEARLY;UNTIL=20300422T000000',
          except: [at('2023-04-22T00:00')],
          also: [at('2023-04-23T00:00')],
        },
      }),
    );
    expect(days).toEqual(
      expect.arrayContaining([
        'DTSTART;VALUE=DATE:20210422',
        'DTEND;VALUE=DATE:20210423',
        'RRULE:FREQ=YEARLY;UNTIL=20300422',
        'EXDATE;VALUE=DATE:20230422',
        'RDATE;VALUE=DATE:20230423',
      ]),
    );
  });

  test('with a rule that nobody can follow is written without it, and cannot add a line', () => {
    const rule = 'FREQ=DAILY\r\nEVIL:1';
    const ics = written(entryOf({ start, minutes: 60, rule, except: [], also: [] }));
    expect(ics).not.toMatch(/RRULE:FREQ=DAILY|EVIL/);
  });
});

const ZONES = [
  'America/Los_Angeles',
  'Australia/Sydney',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'America/Mexico_City',
  'Africa/Casablanca',
  'Europe/Berlin',
  'Europe/Istanbul',
  'UTC',
].map(expectZone);

/** Starts that the rule says itself: what a rule means beside another start is not agreed on. */
const recurrence: fc.Arbitrary<Recurrence> = fc
  .record({
    day: fc.integer({ min: 0, max: 2000 }),
    // From 04:00 on, where no zone of these skips or repeats an hour.
    minute: fc.integer({ min: 240, max: 1_379 }),
    zone: fc.constantFrom(...ZONES),
    kind: fc.constantFrom('weekly', 'days', 'nth', 'last', 'monthly', 'yearly', 'two'),
    interval: fc.integer({ min: 1, max: 4 }),
    end: fc.constantFrom('', 'COUNT=30', 'UNTIL'),
    except: fc.array(fc.nat(20), { maxLength: 3 }),
    also: fc.array(fc.nat(900), { maxLength: 3 }),
  })
  .map(({ day, minute, zone, kind, interval, end, except, also }) => {
    const local = at('2018-01-01T00:00').add({ days: day, minutes: minute });
    const code = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][local.dayOfWeek - 1];
    const other = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][(local.dayOfWeek + 2) % 7];
    const lastWeek = local.day + 7 > local.daysInMonth;
    const nth = Math.min(4, Math.ceil(local.day / 7));
    const start = kind === 'nth' && local.day > 28 ? local.subtract({ days: 7 }) : local;
    const base = {
      weekly: 'FREQ=WEEKLY',
      days: 'FREQ=DAILY',
      nth: `FREQ=MONTHLY;BYDAY=${nth}${code}`,
      last: lastWeek ? `FREQ=MONTHLY;BYDAY=-1${code}` : `FREQ=MONTHLY;BYDAY=${code}`,
      monthly: local.day > 28 ? 'FREQ=MONTHLY;BYMONTHDAY=-1' : 'FREQ=MONTHLY',
      yearly: local.month === 2 ? 'FREQ=WEEKLY' : 'FREQ=YEARLY',
      two: `FREQ=WEEKLY;BYDAY=${code},${other}`,
    }[kind];
    const synchronised =
      kind === 'monthly' && local.day > 28 ? start.with({ day: local.daysInMonth }) : start;
    const until = synchronised.add({ days: 700 }).toString({ smallestUnit: 'second' });
    const ending = end === 'UNTIL' ? `;UNTIL=${until.replace(/[-:]/g, '')}` : end && `;${end}`;
    const rule = `${base};INTERVAL=${interval}${ending}`;
    const plain: Recurrence = {
      start: { local: synchronised, zone },
      minutes: 50,
      rule,
      except: [],
      also: [],
    };
    const all = occurrences(plain, SPAN, 30).map((each) => each.local);
    return {
      ...plain,
      except: [...new Set(except)].flatMap((index) => all[index + 1] ?? []),
      also: [...new Set(also)].map((days) => synchronised.add({ days: days + 1, hours: 1 })),
    };
  });

const isNotCasablanca = ({ start }: Recurrence): boolean => start.zone !== 'Africa/Casablanca';

/** From before the first start: in the east a year begins earlier. */
const SPAN = {
  from: Temporal.Instant.from('2017-12-30T00:00Z'),
  until: Temporal.Instant.from('2026-01-01T00:00Z'),
};
const ours = (each: Recurrence) =>
  occurrences(each, SPAN, 5000).map(({ begins }) => begins.epochMilliseconds);

describe('means the same moments', () => {
  test('to ical.js, by the description of the zone alone', () => {
    fc.assert(
      fc.property(recurrence, (each) => {
        const root = new ICAL.Component(ICAL.parse(written(entryOf(each))));
        const component = root.getFirstSubcomponent('vevent');
        if (!component) throw new Error('not an event');
        const iterator = new ICAL.Event(component).iterator();
        const found: number[] = [];
        for (let next = iterator.next(); next; next = iterator.next()) {
          const moment = next.toUnixTime() * 1000;
          if (moment >= SPAN.until.epochMilliseconds) break;
          found.push(moment);
        }
        expect([...new Set(found)]).toEqual(ours(each));
      }),
    );
  });

  test('to node-ical', () => {
    fc.assert(
      // In Casablanca it reads an EXDATE in Ramadan an hour off, and throws at some first days.
      fc.property(recurrence.filter(isNotCasablanca), (each) => {
        const read = Object.values(nodeIcal.sync.parseICS(written(entryOf({ ...each, also: [] }))));
        const event = read.find((one) => one?.type === 'VEVENT');
        if (event?.type !== 'VEVENT') throw new Error('not an event');
        const theirs = nodeIcal.expandRecurringEvent(event, {
          from: new Date(SPAN.from.epochMilliseconds),
          to: new Date(SPAN.until.epochMilliseconds - 1),
        });
        expect(theirs.map(({ start }) => start.getTime())).toEqual(ours({ ...each, also: [] }));
      }),
    );
  });
});

describe('the description of the zone', () => {
  /** Whether ical.js comes to our moments over so many years, by the description alone. */
  const agreesOver = (zone: string, from: string, until: string) => {
    const daily: Recurrence = {
      start: { local: at(from), zone: expectZone(zone) },
      minutes: 60,
      rule: 'FREQ=WEEKLY',
      except: [],
      also: [],
    };
    const root = new ICAL.Component(ICAL.parse(written(entryOf(daily))));
    const described = root.getFirstSubcomponent('vtimezone');
    if (!described) throw new Error('not described');
    const known = new ICAL.Timezone(described);
    const span = { from: SPAN.from, until: Temporal.Instant.from(until) };
    const all = occurrences(daily, span, 5000);
    expect(all.length).toBeGreaterThan(100);
    return all.every(({ local, begins }) => {
      const { year, month, day, hour, minute } = local;
      const time = ICAL.Time.fromData(
        { year, month, day, hour, minute, second: 0, isDate: false },
        known,
      );
      return time.toUnixTime() * 1000 === begins.epochMilliseconds;
    });
  };

  // A rule without an end is covered for ten years; ical.js itself stops looking in 2035.
  test.each(ZONES.filter((zone) => zone !== 'UTC'))(
    '%s is right for years, whatever was changed',
    (zone) => {
      expect(agreesOver(zone, '2019-02-04T09:00', '2029-01-01T00:00Z')).toBe(true);
    },
  );
});
