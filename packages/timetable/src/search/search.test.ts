import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkTimetable } from '../sessions/checker.ts';
import { compareValues } from '../sessions/model.ts';
import { randomInstance } from './random-instance.ts';
import { Search, type SearchState } from './search.ts';
import { solveTimetable } from './solve.ts';

describe('the search', () => {
  it('gives values that the checker confirms, and never worse ones for more iterations', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (instance, seed) => {
        const indexed = randomInstance(instance);
        const search = new Search(indexed, { seed, iterations: 600 });
        let before = search.values;
        for (let isDone = false; !isDone; ) {
          isDone = search.run(150);
          expect(compareValues(search.values, before)).toBeLessThanOrEqual(0);
          before = search.values;
          expect(checkTimetable(indexed, search.best).values).toEqual(before);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('gives the same after any stops, written down and taken up again as JSON', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 90, max: 700 }),
        (instance, seed, steps) => {
          const indexed = randomInstance(instance);
          const whole = new Search(indexed, { seed, iterations: 1500 });
          whole.run(1500);
          let parts = new Search(indexed, { seed, iterations: 1500 });
          while (!parts.run(steps)) {
            const state: SearchState = JSON.parse(JSON.stringify(parts.checkpoint()));
            parts = Search.resume(indexed, state);
          }
          expect(parts.best).toEqual(whole.best);
          expect(parts.values).toEqual(whole.values);
          expect(parts.iterations).toBe(whole.iterations);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('may be planned anew while it places sessions, and is then as if planned so from the start', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat({ max: 400 }), (instance, seed, steps) => {
        const indexed = randomInstance(instance);
        const planned = new Search(indexed, { seed, iterations: 1500 });
        planned.run(1500);
        const open = new Search(indexed, { seed, iterations: Number.MAX_SAFE_INTEGER });
        open.runOpen(steps);
        const again = open.replanned(indexed, 1500);
        again.run(1500);
        expect(again.checkpoint()).toEqual(planned.checkpoint());
      }),
      { numRuns: 25 },
    );
  });

  it('leaves pinned sessions where they are', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (instance, seed) => {
        const indexed = randomInstance(instance);
        const from = new Search(indexed, { seed, iterations: 100 });
        from.run(100);
        const pinned = new Set([0, 1]);
        const search = new Search(indexed, { seed, iterations: 300, from: from.best, pinned });
        search.run(300);
        for (const session of pinned) {
          expect(search.best.slot[session]).toBe(from.best.slot[session]);
          expect(search.best.room[session]).toBe(from.best.room[session]);
        }
      }),
      { numRuns: 25 },
    );
  });
});

describe('solving', () => {
  it('fits a time, and says with how many iterations it does the same again', async () => {
    const indexed = randomInstance(21);
    let time = 0;
    // Each look at this clock takes a millisecond.
    const now = () => ++time;
    const pause = async () => undefined;
    const solved = await solveTimetable(indexed, { seed: 3, milliseconds: 200, now, pause });
    expect(time).toBeLessThan(260);
    expect(solved.isWhole).toBe(true);
    const { iterations } = solved;
    const again = await solveTimetable(indexed, { seed: 3, iterations, pause });
    expect(again.timetable).toEqual(solved.timetable);
    expect(again.weighed).toBe(solved.weighed);
  });

  it('says after how many moves of its plan it was stopped, and does the same again', async () => {
    const indexed = randomInstance(21);
    const pause = async () => undefined;
    let turns = 0;
    const isCancelled = () => ++turns > 1;
    const solved = await solveTimetable(indexed, {
      seed: 3,
      iterations: 200_000,
      isCancelled,
      pause,
    });
    expect(solved.isWhole).toBe(false);
    const { iterations, weighed: stopAfter } = solved;
    const again = await solveTimetable(indexed, { seed: 3, iterations, stopAfter, pause });
    expect(again.timetable).toEqual(solved.timetable);
  });

  it('stops when it is cancelled, with the best so far', async () => {
    const indexed = randomInstance(11);
    let turns = 0;
    const solved = await solveTimetable(indexed, {
      seed: 1,
      iterations: 1_000_000_000,
      isCancelled: () => ++turns > 2,
      pause: async () => undefined,
    });
    expect(solved.weighed).toBeLessThan(1_000_000_000);
    expect(checkTimetable(indexed, solved.timetable).values).toEqual(solved.values);
  });
});
