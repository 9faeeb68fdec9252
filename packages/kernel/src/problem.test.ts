import { describe, expect, test } from 'vitest';
import { formatProblem, problem } from './problem.ts';
import { seededRandom } from './random.ts';
import { expectOk, fail, ok } from './result.ts';

describe('problems', () => {
  test.each([
    [{ file: 'summit.yaml', line: 3, column: 7 }, 'summit.yaml:3:7: Write a day.'],
    [{ file: 'people.csv', line: 12 }, 'people.csv:12: Write a day.'],
    [{ column: 7 }, 'Write a day.'],
    [{ path: 'dates.start' }, 'Write a day.'],
  ])('are written with as much of their place as is known: %j', (place, written) => {
    expect(formatProblem(problem('not-a-date', 'Write a day.', place))).toBe(written);
  });
});

describe('results', () => {
  test('give their value, or throw what went wrong', () => {
    expect(expectOk(ok(3))).toBe(3);
    expect(() => expectOk(fail({ code: 'full' }))).toThrow('full');
  });
});

describe('seeded randomness', () => {
  test('gives the same numbers for the same seed, others for another, all within [0, 1)', () => {
    const draw = (seed: number) => Array.from({ length: 50 }, seededRandom(seed));
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    expect(draw(7).every((number) => number >= 0 && number < 1)).toBe(true);
  });
});
