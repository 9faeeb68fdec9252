import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareValues, type Values } from '../sessions/model.ts';
import { boundsOf } from './bounds.ts';
import { everyTimetable, smallInstance } from './small-instances.ts';

describe('bounds', () => {
  it('are never beaten by any timetable', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const indexed = smallInstance(seed);
        const bounds = boundsOf(indexed);
        for (const { values } of everyTimetable(indexed)) {
          for (const { level, value } of bounds) {
            expect(values[level]).toBeGreaterThanOrEqual(value);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are never beaten by a timetable that is as good on the levels before', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, chosen) => {
        const indexed = smallInstance(seed);
        const all = [...everyTimetable(indexed)].map(({ values }) => values);
        const best = all.reduce((one, other) => (compareValues(other, one) < 0 ? other : one));
        for (const within of [best, all[chosen % all.length] ?? best]) {
          for (const { level, value } of boundsOf(indexed, { within })) {
            const least = leastOf(all, within, level);
            expect({ level, isBeaten: value > least }).toEqual({ level, isBeaten: false });
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** What a level is at least where those before it are at most so much. */
const leastOf = (all: readonly Values[], within: Values, level: number): number =>
  Math.min(
    ...all
      .filter((values) => values.slice(0, level).every((value, at) => value <= (within[at] ?? 0)))
      .map((values) => values[level] ?? 0),
  );
