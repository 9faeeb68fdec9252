import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomInstance } from '../../../../tests/random-instance.ts';
import { checkTimetable } from '../sessions/checker.ts';
import { type IndexedInstance, indexInstance } from '../sessions/index-instance.ts';
import { compareValues, type Values } from '../sessions/model.ts';
import { Evaluator } from './evaluator.ts';
import { Search, type SearchState } from './search.ts';
import { solveTimetable } from './solve.ts';

/** For each session all places, and nowhere. */
const placesOf = ({ sessions, slots, rooms }: IndexedInstance): [number, number][][] =>
  sessions.map(({ takesRoom }) => [
    [-1, -1],
    ...slots.flatMap((_, slot): [number, number][] =>
      takesRoom ? rooms.map((__, room) => [slot, room]) : [[slot, -1]],
    ),
  ]);

/** The best values of all timetables that there are. */
function bestOfAll(indexed: IndexedInstance): Values {
  const places = placesOf(indexed);
  const evaluator = new Evaluator(indexed);
  let best = evaluator.values;
  const tryFrom = (session: number): void => {
    if (session === places.length) {
      if (compareValues(evaluator.values, best) < 0) best = evaluator.values;
      return;
    }
    for (const [slot, room] of places[session] ?? []) {
      if (slot >= 0) evaluator.assign(session, slot, room);
      tryFrom(session + 1);
      evaluator.unassign(session);
    }
  };
  tryFrom(0);
  return best;
}

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

  it('finds the best there is, rule against rule and level after level, where all can be tried', () => {
    const small = Array.from({ length: 120 }, (_, instance) => randomInstance(instance)).filter(
      (indexed) => placesOf(indexed).reduce((product, { length }) => product * length, 1) <= 3000,
    );
    expect(small.length).toBeGreaterThan(15);
    for (const indexed of small) {
      const search = new Search(indexed, { seed: 1, iterations: 8000 });
      search.run(8000);
      expect(search.values).toEqual(bestOfAll(indexed));
    }
  });

  it('favours nobody by the order in which sessions are written', () => {
    const sessions = ['first', 'second', 'third', 'last'].map((key) => ({ key, size: 5 }));
    const indexed = expectOk(
      indexInstance({
        slots: [{ key: 'only', day: 'a', start: 0, end: 30 }],
        rooms: [{ key: 'hall' }],
        people: [],
        sessions,
        rules: [],
      }),
    );
    const placed = sessions.map(() => 0);
    for (let seed = 1; seed <= 200; seed++) {
      const search = new Search(indexed, { seed, iterations: 300 });
      search.run(300);
      const lucky = sessions.findIndex((_, session) => search.best.slot[session] === 0);
      placed[lucky] = (placed[lucky] ?? 0) + 1;
    }
    // 50 each are expected; five standard deviations of a fair draw are 31.
    for (const count of placed) expect(Math.abs(count - 50)).toBeLessThan(31);
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
    const now = () => time;
    // A clock by which a turn takes ten milliseconds.
    const pause = async () => {
      time += 10;
    };
    const solved = await solveTimetable(indexed, { seed: 3, milliseconds: 100, now, pause });
    expect(time).toBeGreaterThan(0);
    expect(time).toBeLessThanOrEqual(100);
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
