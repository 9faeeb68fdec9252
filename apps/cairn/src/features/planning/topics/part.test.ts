import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { leadsTo, rootOf } from './part-rules.ts';

const parts = fc
  .array(fc.option(fc.integer({ min: 1, max: 8 })), { minLength: 8, maxLength: 8 })
  .map((wholes) => new Map(wholes.map((whole, index) => [index + 1, whole])));
const topic = fc.integer({ min: 1, max: 8 });

describe('a topic that is part of others', () => {
  test('belongs to the last of the chain', () => {
    const chain = new Map([
      [1, 2],
      [2, 3],
      [3, null],
    ]);
    expect([1, 2, 3].map((number) => rootOf(chain, number))).toEqual([3, 3, 3]);
    expect([leadsTo(chain, 1, 3), leadsTo(chain, 3, 1)]).toEqual([true, false]);
  });

  test('belongs to nothing where the chain goes round, also further up', () => {
    const round = new Map([
      [1, 2],
      [2, 3],
      [3, 2],
    ]);
    expect([1, 2, 3].map((number) => rootOf(round, number))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('leads to its whole, which is part of nothing', () => {
    fc.assert(
      fc.property(parts, topic, (all, start) => {
        const root = rootOf(all, start);
        if (root === undefined) return;
        expect(all.get(root)).toBeNull();
        expect(leadsTo(all, start, root)).toBe(true);
      }),
    );
  });

  test('leads wherever those lead that it is part of', () => {
    fc.assert(
      fc.property(parts, topic, topic, (all, start, wanted) => {
        const whole = all.get(start) ?? null;
        const expected = start === wanted || (whole !== null && leadsTo(all, whole, wanted));
        expect(leadsTo(all, start, wanted)).toBe(expected);
      }),
    );
  });
});
