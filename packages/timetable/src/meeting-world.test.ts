import { expectZone } from '@cairn/kernel/time';
import { expect, test } from 'vitest';
import { peopleInZones } from '../../../bench/people-in-zones.ts';
import { checkMeetingTimes } from './meeting-checker.ts';
import { bestFixedTime, countKeeping } from './meeting-fixed-time.ts';
import { compareValues } from './meeting-model.ts';
import { findMeetingTimes } from './meeting-times.ts';

test.each(['weekly', 'dated'] as const)(
  'forty people in twelve zones, %s busy, across the changes of clocks: proven, and better than one time a month',
  (busy) => {
    const about = { people: 40, calls: 3, required: 2, slotMinutes: 60, seed: 3 };
    const problem = peopleInZones({ ...about, busy });
    const { best, isOptimal } = findMeetingTimes(problem, { seed: 1, budget: 50_000_000 });
    const fixed = bestFixedTime(problem, expectZone('Europe/Berlin'));
    if (best === undefined || fixed === undefined) throw new Error('there are times');
    expect(isOptimal).toBe(true);
    expect(checkMeetingTimes(problem, best)).toEqual({ values: best.values, faults: [] });
    expect(checkMeetingTimes(problem, fixed)).toEqual({ values: fixed.values, faults: [] });
    expect(compareValues(best.values, fixed.values)).toBeLessThan(0);
    expect(countKeeping(problem, best.times)).toBeGreaterThan(countKeeping(problem, fixed.times));
  },
);
