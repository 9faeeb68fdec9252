import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyTimetable, smallInstance, smallSummit } from '../../../../tests/small-instances.ts';
import { plantedSummit, SUMMIT_SIZES } from '../generator/summit.ts';
import { checkTimetable } from '../sessions/checker.ts';
import { indexInstance } from '../sessions/index-instance.ts';
import { compareValues, type Values } from '../sessions/model.ts';
import { boundsOf } from './bounds.ts';

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
      { numRuns: 20 },
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
      { numRuns: 20 },
    );
  });
});

describe('the bound on what people get slot by slot', () => {
  it('is never beaten by a timetable that keeps what must hold', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 60 }), (seed, patterns) => {
        const indexed = smallSummit(seed);
        const all = [...everyTimetable(indexed)].map(({ values }) => values);
        const effort = { rounds: 30, patterns };
        const best = all.reduce((one, other) => (compareValues(other, one) < 0 ? other : one));
        const [, bound] = boundsOf(indexed, { within: best, effort });
        expect(bound?.value).toBeLessThanOrEqual(leastOf(all, best, 1));
      }),
      { numRuns: 20 },
    );
  });

  it('is far above what people lose at least by themselves where sessions must be side by side', () => {
    const { instance, planted } = plantedSummit({ ...SUMMIT_SIZES.S, seed: 1 });
    const indexed = expectOk(indexInstance(instance));
    const { values } = checkTimetable(indexed, planted);
    const [, alone] = boundsOf(indexed, { within: values });
    const effort = { rounds: 300, patterns: 20_000 };
    const [, bySlots] = boundsOf(indexed, { within: values, effort });
    expect(alone).toMatchObject({ value: 0, source: 'people' });
    expect(bySlots?.source).toBe('slots');
    // The best timetable that is known loses 49.
    expect(bySlots?.value).toBeGreaterThan(35);
    expect(bySlots?.value).toBeLessThanOrEqual(49);
  });
});

/** What a level is at least where those before it are at most so much. */
const leastOf = (all: readonly Values[], within: Values, level: number): number =>
  Math.min(
    ...all
      .filter((values) => values.slice(0, level).every((value, at) => value <= (within[at] ?? 0)))
      .map((values) => values[level] ?? 0),
  );
