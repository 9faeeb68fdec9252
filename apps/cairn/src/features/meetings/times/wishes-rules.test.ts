import { expectZone, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { promisedSummit } from '../../../../../../tests/promises.ts';
import { meetingsOf } from '../series/series-rules.ts';
import {
  findable,
  possibleStarts,
  usualRequired,
  usualWindow,
  usualWishes,
  wallOfMinute,
} from './wishes-rules.ts';

const ALL_DAYS = [1, 2, 3, 4, 5, 6, 7];
const zone = fc
  .constantFrom(
    'America/Los_Angeles',
    'Europe/Berlin',
    'Asia/Kolkata',
    'Australia/Lord_Howe',
    'America/Sao_Paulo',
    'Africa/Cairo',
    'America/Santiago',
  )
  .map(expectZone);
const day = fc
  .integer({ min: 0, max: 800 })
  .map((days) => Temporal.PlainDate.from('2022-06-01').add({ days }));

describe('possible starts', () => {
  test('are distinct, in order, on the days asked for, and on the clock of the zone', () => {
    fc.assert(
      fc.property(
        zone,
        day,
        fc.integer({ min: 0, max: 20 }),
        fc.constantFrom(30, 60),
        fc.subarray(ALL_DAYS, { minLength: 1 }),
        (name, from, length, step, weekdays) => {
          const until = from.add({ days: length });
          const window = { from: from.toString(), until: until.toString(), weekdays, step };
          const starts = possibleStarts(window, name);
          expect([...new Set(starts)].sort((a, b) => a - b)).toEqual(starts);
          for (const start of starts) {
            const local = Temporal.PlainDateTime.from(wallOfMinute(start, name));
            expect(weekdays).toContain(local.dayOfWeek);
            expect((local.hour * 60 + local.minute) % step).toBe(0);
            expect(Temporal.PlainDate.compare(local.toPlainDate(), from)).toBeGreaterThanOrEqual(0);
            expect(Temporal.PlainDate.compare(local.toPlainDate(), until)).toBeLessThanOrEqual(0);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('leave out what the clocks leap over, and take once what comes twice', () => {
    const of = (text: string) =>
      possibleStarts(
        { from: text, until: text, weekdays: ALL_DAYS, step: 60 },
        expectZone('Europe/Berlin'),
      ).map((start) => wallOfMinute(start, expectZone('Europe/Berlin')).slice(11));
    expect(of('2023-03-26')).toHaveLength(23);
    expect(of('2023-03-26')).not.toContain('02:00');
    expect(of('2023-10-29')).toHaveLength(24);
  });

  test('of days that are none are none', () => {
    const none = { from: '2023-02-30', until: 'x', weekdays: ALL_DAYS, step: 60 };
    expect(possibleStarts(none, expectZone('UTC'))).toEqual([]);
  });
});

describe('what a form begins with', () => {
  const summit = { definition: promisedSummit() };
  const now = Temporal.Instant.from('2023-03-02T12:00:00Z');
  const meetings = meetingsOf(summit);

  test('finds times for open meetings, and lets those to come keep theirs', () => {
    expect(findable(meetings, now).map(({ key }) => key)).toEqual(['march', 'april']);
    const wishes = usualWishes(summit.definition, meetings, { now, seated: 1, leads: new Map() });
    expect(wishes.calls).toEqual([{ key: 'april', from: '2023-04-01', until: '2023-04-30' }]);
    expect(wishes.fixed).toEqual([{ key: 'march', starts: '2023-03-27T09:00' }]);
    expect(wishes.required).toBe(2);
  });

  test('asks for no more calls than there are', () => {
    expect(usualRequired(summit.definition, 1)).toBe(1);
    expect(usualRequired(summit.definition, 3)).toBe(2);
  });

  test('offers no day that is past, and none of the summit', () => {
    const may = promisedSummit({
      planning_meetings: {
        minutes: 60,
        list: [
          { key: 'march', title: 'March', month: '2023-03' },
          { key: 'may', title: 'May', month: '2023-05' },
        ],
      },
    });
    const windows = meetingsOf({ definition: may }).map((meeting) => {
      const { from, until } = usualWindow(meeting, may, now);
      return `${from} ${until}`;
    });
    expect(windows).toEqual(['2023-03-03 2023-03-31', '2023-05-01 2023-05-21']);
  });
});
