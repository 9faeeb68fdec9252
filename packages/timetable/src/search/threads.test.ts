import { expect, it } from 'vitest';
import { randomInstance } from '../../../../tests/random-instance.ts';
import { compareValues } from '../sessions/model.ts';
import { solveTimetable } from './solve.ts';
import { solveInThreads } from './threads.ts';

it('gives with threads the best of what each seed gives alone', async () => {
  const indexed = randomInstance(77);
  const { instance } = indexed;
  const solved = await solveInThreads(instance, { seed: 5, threads: 2, iterations: 3000 });
  const alone = await Promise.all(
    [5, 6].map((seed) => solveTimetable(indexed, { seed, iterations: 3000 })),
  );
  expect(solved.threads.map(({ timetable }) => timetable)).toEqual(
    alone.map(({ timetable }) => timetable),
  );
  const winner = alone.find(({ seed }) => seed === solved.seed);
  expect(solved.timetable).toEqual(winner?.timetable);
  for (const each of alone) {
    expect(compareValues(solved.values, each.values)).toBeLessThanOrEqual(0);
  }
});

it('ends threads that would go on for ever with the best so far', async () => {
  const { instance } = randomInstance(21);
  const controller = new AbortController();
  const solved = await solveInThreads(instance, {
    seed: 1,
    threads: 2,
    iterations: 1_000_000_000_000,
    signal: controller.signal,
    onProgress: () => controller.abort(),
  });
  expect(solved.isWhole).toBe(false);
  expect(solved.threads).toHaveLength(2);
});
