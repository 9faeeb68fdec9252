import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Blackout, candidateWindows, type WindowRange } from './week-windows.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

const RANGE: WindowRange = {
  from: day('2023-02-01'),
  until: day('2023-06-30'),
  days: 5,
  weekday: 1,
  arrivalDays: 1,
  departureDays: 1,
  leadMonths: 4,
  today: day('2022-12-15'),
};

const blackout = (days: string, more: Partial<Blackout> = {}): Blackout => {
  const [from = '', until = from] = days.split('/');
  return {
    from: day(from),
    until: day(until),
    title: 'Easter Monday',
    kind: 'holiday',
    effect: 'excludes',
    ...more,
  };
};

const weekFrom = (start: string, blackouts: readonly Blackout[] = [], range = RANGE) =>
  candidateWindows(range, blackouts).find((each) => each.start.toString() === start);

describe('the weeks of a range', () => {
  test('are all whose days of work lie within it, arrival and departure around them', () => {
    const weeks = candidateWindows(RANGE, []);
    expect(weeks.map(({ start }) => start.toString())).toEqual([
      ...['2023-02-06', '2023-02-13', '2023-02-20', '2023-02-27'],
      ...['2023-03-06', '2023-03-13', '2023-03-20', '2023-03-27'],
      ...['2023-04-03', '2023-04-10', '2023-04-17', '2023-04-24'],
      ...['2023-05-01', '2023-05-08', '2023-05-15', '2023-05-22', '2023-05-29'],
      ...['2023-06-05', '2023-06-12', '2023-06-19', '2023-06-26'],
    ]);
    const last = weeks.at(-1);
    expect(last?.end.toString()).toBe('2023-06-30');
    expect(last?.arrival.toString()).toBe('2023-06-25');
    expect(last?.departure.toString()).toBe('2023-07-01');
  });

  test('are none where the range is shorter than the summit', () => {
    expect(candidateWindows({ ...RANGE, until: day('2023-02-09') }, [])).toEqual([]);
  });

  test('cross the end of a month, of a leap February and of a year', () => {
    const leap = { ...RANGE, from: day('2024-02-26'), until: day('2024-03-01') };
    expect(candidateWindows(leap, []).map(({ end }) => end.toString())).toEqual(['2024-03-01']);
    const newYear = { ...RANGE, from: day('2024-12-30'), until: day('2025-01-03'), arrivalDays: 0 };
    expect(candidateWindows(newYear, []).map(({ arrival }) => arrival.toString())).toEqual([
      '2024-12-30',
    ]);
  });
});

describe('a week is excluded', () => {
  test('while its lead time is too short, with the day on which it would have had to begin', () => {
    expect(weekFrom('2023-04-10')?.excluded).toEqual([
      {
        code: 'lead-time',
        sentence:
          'The preparations need 4 months, so they would have had to begin on Sat 10 Dec 2022, 5 days ago.',
      },
    ]);
    expect(weekFrom('2023-04-17')?.excluded).toEqual([]);
  });

  test.each([
    ['2022-02-28', '2022-06-30', 0],
    ['2022-03-01', '2022-06-30', 1],
    ['2024-02-29', '2024-06-30', 0],
    ['2024-03-01', '2024-06-30', 1],
  ])(
    'counts lead in months of the calendar: on %s for %s there are %i reasons',
    (today, start, reasons) => {
      const date = day(start);
      const range = {
        ...RANGE,
        from: date,
        until: date,
        days: 1,
        weekday: date.dayOfWeek,
        today: day(today),
      };
      expect(weekFrom(start, [], range)?.excluded).toHaveLength(reasons);
    },
  );

  test('when it has begun already', () => {
    const range = { ...RANGE, leadMonths: 0, today: day('2023-02-07') };
    expect(weekFrom('2023-02-06', [], range)?.excluded).toEqual([
      { code: 'past', sentence: 'Mon 6 Feb 2023 is over.' },
    ]);
  });

  test('for all its reasons, not only the first, in the order of their days', () => {
    const reasons = weekFrom('2023-04-10', [
      blackout('2023-04-14/2023-04-20', { title: 'A wedding', kind: 'venue' }),
      blackout('2023-04-10'),
    ])?.excluded;
    expect(reasons?.map(({ code }) => code)).toEqual(['lead-time', 'holiday', 'venue']);
    expect(reasons?.slice(1).map(({ sentence }) => sentence)).toEqual([
      'Easter Monday: Mon 10 Apr 2023.',
      'The venue is taken on Fri 14 Apr 2023: A wedding.',
    ]);
  });

  test('by a conference that takes only a day of travel, but not by a holiday or the venue', () => {
    const sunday = '2023-05-21';
    const conference = weekFrom('2023-05-22', [
      blackout(`2023-05-19/${sunday}`, { kind: 'conference', title: 'PyCon' }),
    ]);
    expect(conference?.excluded).toEqual([
      { code: 'conference', sentence: 'PyCon: Sun 21 May 2023, when people travel.' },
    ]);
    for (const kind of ['holiday', 'venue'] as const) {
      const week = weekFrom('2023-05-22', [blackout(sunday, { kind })]);
      expect(week?.excluded).toEqual([]);
      expect(week?.mentioned).toHaveLength(1);
    }
  });

  test('never by what is only to be mentioned', () => {
    const week = weekFrom('2023-05-29', [
      blackout('2023-05-29', { effect: 'mentions', title: 'Memorial Day' }),
    ]);
    expect(week?.excluded).toEqual([]);
    expect(week?.mentioned).toEqual([
      { code: 'holiday', sentence: 'Memorial Day: Mon 29 May 2023.' },
    ]);
  });
});

describe('whatever the range', () => {
  const anyDay = fc.integer({ min: 0, max: 1600 }).map((days) => day('2023-01-01').add({ days }));
  const anyRange = fc.record({
    from: anyDay,
    until: anyDay,
    days: fc.integer({ min: 1, max: 12 }),
    weekday: fc.integer({ min: 1, max: 7 }),
    arrivalDays: fc.integer({ min: 0, max: 3 }),
    departureDays: fc.integer({ min: 0, max: 3 }),
    leadMonths: fc.integer({ min: 0, max: 7 }),
    today: anyDay,
  });
  const anyBlackout = fc.record({
    from: anyDay,
    until: anyDay,
    title: fc.constant('Something'),
    kind: fc.constantFrom('holiday', 'conference', 'venue', 'other'),
    effect: fc.constantFrom('excludes', 'mentions'),
  });

  test('the weeks are the days that a walk over the calendar finds', () => {
    fc.assert(
      fc.property(anyRange, (range) => {
        const found: string[] = [];
        for (let at = range.from; at.until(range.until).days >= 0; at = at.add({ days: 1 })) {
          const end = at.add({ days: range.days - 1 });
          if (at.dayOfWeek === range.weekday && end.until(range.until).days >= 0) {
            found.push(at.toString());
          }
        }
        const weeks = candidateWindows(range, []);
        expect(weeks.map(({ start }) => start.toString())).toEqual(found);
      }),
    );
  });

  test('a blackout is named exactly where one of its days is a day of the stay', () => {
    fc.assert(
      fc.property(anyRange, anyBlackout, (range, bad) => {
        const taken = new Set<string>();
        for (let at = bad.from; at.until(bad.until).days >= 0; at = at.add({ days: 1 })) {
          taken.add(at.toString());
        }
        for (const week of candidateWindows({ ...range, leadMonths: 0 }, [bad])) {
          const stay: string[] = [];
          for (
            let at = week.arrival;
            at.until(week.departure).days >= 0;
            at = at.add({ days: 1 })
          ) {
            stay.push(at.toString());
          }
          const said = [...week.excluded, ...week.mentioned].some(({ code }) => code === bad.kind);
          expect(said).toBe(stay.some((each) => taken.has(each)));
          if (bad.effect === 'mentions') {
            expect(week.excluded.every(({ code }) => code === 'past')).toBe(true);
          }
        }
      }),
    );
  });

  test('a longer lead time never frees a week', () => {
    fc.assert(
      fc.property(anyRange, (range) => {
        const free = (months: number) =>
          candidateWindows({ ...range, leadMonths: months }, [])
            .filter(({ excluded }) => excluded.length === 0)
            .map(({ start }) => start.toString());
        const before = new Set(free(range.leadMonths));
        for (const start of free(range.leadMonths + 1)) expect(before.has(start)).toBe(true);
      }),
    );
  });
});
