import type { Temporal } from '@cairn/kernel/time';
import { describe, expect, test } from 'vitest';
import { promisedSummit } from '../../../../../../tests/promises.ts';
import { obligationCalendar } from './obligation-calendar.ts';

const nobody: ReadonlySet<string> = new Set();
const texts = (items: readonly { over: Temporal.Instant | undefined }[]) =>
  items.map(({ over }) => over?.toString());

describe('the calendar of a summit in Seattle, read in Kathmandu', () => {
  const calendar = obligationCalendar(promisedSummit(), new Set(['meeting:march']));

  test('a meeting is over when its minutes are, on the wall of the summit, before and after the clocks change', () => {
    // 09:00 is 17:00 UTC in February and 16:00 UTC in March: daylight saving began on 12 March.
    expect(texts(calendar.meetings).slice(0, 2)).toEqual([
      '2023-02-27T18:00:00Z',
      '2023-03-27T17:00:00Z',
    ]);
  });

  test('a meeting of which only the month is known is over when the month is', () => {
    expect(texts(calendar.meetings)[2]).toBe('2023-05-01T07:00:00Z');
  });

  test('a meeting in the month of the summit is over when the summit starts', () => {
    const definition = promisedSummit();
    const may = obligationCalendar(
      {
        ...definition,
        planning_meetings: {
          ...definition.planning_meetings,
          list: [{ key: 'may', title: 'May meeting', month: '2023-05', tracks: [] }],
        },
      },
      nobody,
    );
    expect(texts(may.meetings)).toEqual(['2023-05-22T07:00:00Z']);
  });

  test('only what was recorded for somebody counts as recorded', () => {
    expect(calendar.meetings.map(({ isRecorded }) => isRecorded)).toEqual([false, true, false]);
    expect(calendar.arrival.isRecorded).toBe(false);
    expect(obligationCalendar(promisedSummit(), new Set(['arrival'])).arrival.isRecorded).toBe(
      true,
    );
    expect(
      obligationCalendar(promisedSummit(), new Set(['day:2023-05-23'])).arrival.isRecorded,
    ).toBe(true);
  });

  test('each day is over at its own midnight, and the plan is frozen at the first', () => {
    expect(calendar.planFrozen.toString()).toBe('2023-05-22T07:00:00Z');
    expect(texts([calendar.arrival])).toEqual(['2023-05-22T07:00:00Z']);
    expect(calendar.days.map(({ subject }) => subject)).toEqual(
      [22, 23, 24, 25, 26].map((day) => `day:2023-05-${day}`),
    );
    expect(calendar.days[1]?.name).toBe('Tue 23 May 2023');
    expect(texts(calendar.days).at(-1)).toBe('2023-05-27T07:00:00Z');
  });

  test('the months afterwards are calendar months, counted across the clock change', () => {
    expect(calendar.followUpOpens.toString()).toBe('2023-05-27T07:00:00Z');
    expect(calendar.followUpOver(4).toString()).toBe('2023-09-27T07:00:00Z');
    expect(calendar.followUpOver(6).toString()).toBe('2023-11-27T08:00:00Z');
  });
});

test('a day on which the clocks change is over after 23 or 25 hours', () => {
  const spring = obligationCalendar(
    promisedSummit({
      dates: {
        arrival: '2023-03-11',
        start: '2023-03-12',
        end: '2023-03-12',
        departure: '2023-03-13',
      },
    }),
    nobody,
  );
  const [day] = spring.days;
  expect(spring.planFrozen.until(day?.over ?? spring.planFrozen).total('hours')).toBe(23);
});

test('a summit in Kathmandu ends at its own midnight', () => {
  const calendar = obligationCalendar(promisedSummit({ zone: 'Asia/Kathmandu' }), nobody);
  expect(calendar.followUpOpens.toString()).toBe('2023-05-26T18:15:00Z');
});
