import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkTimetable } from '../sessions/checker.ts';
import { indexInstance } from '../sessions/index-instance.ts';
import { plantedSummit, SUMMIT_SIZES, summitInstance } from './summit.ts';

const shapes = fc
  .record({
    people: fc.integer({ min: 4, max: 30 }),
    slots: fc.integer({ min: 2, max: 8 }),
    rooms: fc.integer({ min: 1, max: 5 }),
    part: fc.double({ min: 0.1, max: 1, noNaN: true }),
    fill: fc.double({ min: 0.3, max: 1, noNaN: true }),
    skew: fc.constantFrom(0, 1, 5),
    seed: fc.nat(),
    isFair: fc.boolean(),
  })
  .map(({ part, ...shape }) => ({
    ...shape,
    sessions: Math.max(1, Math.floor(part * shape.slots * shape.rooms)),
  }));

const openIn = (shape: Parameters<typeof summitInstance>[0]): number =>
  summitInstance(shape)
    .rooms.map(({ closed }) => shape.slots - (closed?.length ?? 0))
    .reduce((sum, open) => sum + open, 0);

describe('an invented summit', () => {
  test('is possible: the timetable around which it was built keeps all that must hold', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { instance, planted } = plantedSummit(shape);
        const { values } = checkTimetable(expectOk(indexInstance(instance)), planted);
        expect(values[0]).toBe(0);
      }),
      { numRuns: 40 },
    );
  });

  test('is the same whenever its shape is', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        expect(summitInstance(shape)).toEqual(summitInstance(shape));
      }),
      { numRuns: 20 },
    );
  });

  test.each(['S', 'M', 'L'] as const)('of size %s takes nine tenths of the open rooms', (size) => {
    const { sessions } = SUMMIT_SIZES[size];
    expect(openIn({ ...SUMMIT_SIZES[size], seed: 1 })).toBe(Math.ceil(sessions / 0.9));
  });

  test('leaves fewer rooms open the fuller it is', () => {
    expect(openIn({ ...SUMMIT_SIZES.M, seed: 1, fill: 0.95 })).toBe(106);
  });

  test('gathers interest in few sessions where that is asked for', () => {
    const largest = (skew: number): number =>
      Math.max(
        ...summitInstance({ ...SUMMIT_SIZES.M, seed: 1, skew }).sessions.map(
          ({ size = 0 }) => size,
        ),
      );
    expect(largest(5)).toBeGreaterThan(1.5 * largest(0));
  });

  test('of a shape that cannot be is refused', () => {
    const shape = { people: 4, sessions: 9, slots: 2, rooms: 4, seed: 1 };
    expect(() => summitInstance(shape)).toThrow('do not fit');
    expect(() => summitInstance({ ...shape, sessions: 0 })).toThrow('has people');
    expect(() => summitInstance({ ...shape, sessions: 6, topics: 2 })).toThrow('more sessions');
  });
});
