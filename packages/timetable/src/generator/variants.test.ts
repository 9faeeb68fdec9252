import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryInstance, arbitraryTimetable } from '../../../../tests/arbitrary-instances.ts';
import { checkTimetable } from '../sessions/checker.ts';
import { indexInstance } from '../sessions/index-instance.ts';
import type { Instance, Timetable } from '../sessions/model.ts';
import { DISRUPTION_KINDS, disrupted } from './disruptions.ts';
import { IMPOSSIBLE_KINDS, impossibleSummit } from './impossible.ts';
import { permuted } from './permutation.ts';
import { plantedSummit } from './summit.ts';

const SHAPE = { people: 12, sessions: 14, slots: 6, rooms: 3, seed: 1 };
const judged = (instance: Instance, timetable: Timetable) =>
  checkTimetable(expectOk(indexInstance(instance)), timetable);
const everywhere = arbitraryInstance().chain((indexed) =>
  arbitraryTimetable(indexed).map((timetable) => ({ instance: indexed.instance, timetable })),
);

describe('a permuted instance', () => {
  test('is worth the same with the same timetable, level by level and rule by rule', () => {
    fc.assert(
      fc.property(everywhere, fc.nat(), ({ instance, timetable }, seed) => {
        const other = permuted(instance, seed);
        const here = judged(instance, timetable);
        const there = judged(other.instance, other.timetableOf(timetable));
        expect(there.values).toEqual(here.values);
        const costs = ({ breaks }: typeof here) =>
          breaks.map(({ rule, cost }) => `${rule.kind} ${cost * rule.weight}`).sort();
        expect(costs(there)).toEqual(costs(here));
      }),
      { numRuns: 60 },
    );
  });

  test('has everything under another key and in another order', () => {
    const { instance } = plantedSummit(SHAPE);
    const other = permuted(instance, 7).instance;
    const keys = (of: Instance) => [of.rooms, of.people, of.sessions].flat().map(({ key }) => key);
    expect(keys(other).filter((key) => keys(instance).includes(key))).toEqual([]);
    const sizes = (of: Instance) => of.sessions.map(({ size }) => size);
    expect(sizes(other)).not.toEqual(sizes(instance));
    expect(sizes(other).sort()).toEqual(sizes(instance).sort());
    expect(permuted(instance, 7).instance).toEqual(other);
  });
});

describe('a disruption', () => {
  test.each(DISRUPTION_KINDS)(
    '%s breaks a timetable that kept all, and says what it did',
    (kind) => {
      const { instance, planted } = plantedSummit(SHAPE);
      let broken = 0;
      for (let seed = 0; seed < 20; seed++) {
        const change = disrupted(instance, planted, kind, seed);
        if (change === undefined) throw new Error('a summit can be disrupted in every way');
        expect(disrupted(instance, planted, kind, seed)).toEqual(change);
        expect(change.sentence).toMatch(/^[“\w].*\.$/);
        if ((judged(change.instance, change.timetable).values[0] ?? 0) > 0) broken += 1;
      }
      expect(broken).toBeGreaterThan(kind === 'session-longer' ? 10 : 19);
    },
  );

  test('leaves a valid instance, of whatever instance it is', () => {
    fc.assert(
      fc.property(
        everywhere,
        fc.constantFrom(...DISRUPTION_KINDS),
        fc.nat(),
        ({ instance, timetable }, kind, seed) => {
          const change = disrupted(instance, timetable, kind, seed);
          if (change !== undefined) expect(indexInstance(change.instance).ok).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a summit that is impossible on purpose', () => {
  test.each(IMPOSSIBLE_KINDS)('%s is possible without its one cause', (kind) => {
    for (let seed = 1; seed <= 10; seed++) {
      const { instance, without, sentence } = impossibleSummit({ ...SHAPE, seed }, kind);
      expect(judged(without.instance, without.planted).values[0]).toBe(0);
      expect(judged(instance, without.planted).values[0]).toBeGreaterThan(0);
      expect(sentence).toMatch(/\.$/);
    }
  });

  /** What its sessions need of the slots, and how many slots there are for that. */
  const slotsFor = ({ instance, sessions }: ReturnType<typeof impossibleSummit>): number => {
    const { people, rooms, slots } = instance;
    const busy = people.find(({ key }) => key === 'somebody busy');
    if (busy !== undefined) return slots.length - (busy.away?.length ?? 0);
    const organ = rooms.find(({ features }) => features?.includes('organ'));
    return organ === undefined
      ? Math.min(slots.length, sessions.length)
      : slots.length - (organ.closed?.length ?? 0);
  };
  test.each(['lead-away', 'track-too-long', 'feature-too-rare'] as const)(
    '%s wants more slots than there are',
    (kind) => {
      for (let seed = 1; seed <= 10; seed++) {
        const summit = impossibleSummit({ ...SHAPE, seed }, kind);
        expect(summit.sessions.length).toBe(slotsFor(summit) + 1);
      }
    },
  );

  test('needs more sessions than slots', () => {
    expect(() => impossibleSummit({ ...SHAPE, sessions: 6 }, 'lead-away')).toThrow('more sessions');
  });
});
