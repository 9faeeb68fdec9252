import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import type { Highs } from 'highs';
import { beforeAll, describe, expect, it } from 'vitest';
import { everyTimetable, smallInstance, smallSummit } from '../../../../tests/small-instances.ts';
import { checkTimetable } from '../sessions/checker.ts';
import { indexInstance } from '../sessions/index-instance.ts';
import { compareValues } from '../sessions/model.ts';
import { keepAll, solveExactly } from './exact.ts';
import { loadHighs } from './load-highs.ts';

describe('solving exactly', () => {
  let highs: Highs;
  beforeAll(async () => {
    highs = await loadHighs();
  });

  it('finds a timetable than which none is better, for instances of all kinds of rules', () => {
    let solved = 0;
    fc.assert(
      fc.property(fc.nat(), fc.boolean(), (seed, isSummit) => {
        const indexed = isSummit ? smallSummit(seed) : smallInstance(seed);
        const result = solveExactly(indexed, highs);
        const all = [...everyTimetable(indexed)].map(({ values }) => values);
        const best = all.reduce((one, other) => (compareValues(other, one) < 0 ? other : one));
        for (const { level, value } of result.bounds) {
          if (best.slice(0, level).join() === (result.values ?? []).slice(0, level).join()) {
            expect(value).toBeLessThanOrEqual(best[level] ?? 0);
          }
        }
        if (result.status !== 'optimal') return;
        solved += 1;
        expect(result.values).toEqual(best);
        expect(result.timetable && checkTimetable(indexed, result.timetable).values).toEqual(best);
      }),
      { numRuns: 12 },
    );
    expect(solved).toBeGreaterThan(6);
  });

  it('knows whether all rules can be kept', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const indexed = smallInstance(seed);
        const kept = keepAll(indexed, highs, { seconds: 5 });
        const isPossible = [...everyTimetable(indexed)].some(({ values: [first] }) => first === 0);
        expect(kept.status).toBe(isPossible ? 'kept' : 'impossible');
        if (kept.status === 'kept') {
          expect(checkTimetable(indexed, kept.timetable).values[0]).toBe(0);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('refuses what a linear program cannot say, instead of being wrong', () => {
    const read = indexInstance({
      slots: [0, 1, 2].map((at) => ({ key: `${at}`, day: 'Monday', start: at, end: at + 1 })),
      rooms: [{ key: 'one' }, { key: 'two' }],
      people: [],
      // Seven slots of sessions in six places of rooms that are alike: one has to be taken twice.
      sessions: ['a', 'b', 'c', 'd'].map((key, at) => ({ key, length: at === 0 ? 1 : 2 })),
      rules: [{ kind: 'room-taken', level: 1 }],
    });
    const result = solveExactly(expectOk(read), highs);
    expect(result.status).toBe('refused');
    expect(result.refusals).toEqual([
      'What it costs to break “room-taken” cannot be said in a linear program.',
    ]);
  });

  it('refuses what is too large for it', () => {
    const result = solveExactly(smallSummit(1), highs, { entries: 10 });
    expect(result.status).toBe('refused');
    expect(result.refusals[0]).toMatch(/more than is worth trying/);
  });
});
