import { expect, it } from 'vitest';
import { EXPONENTIAL, exponential, Generator, logarithm } from './generator.ts';

it('knows logarithms and powers of e from the four basic operations', () => {
  for (const value of [1e-9, 0.001, 0.3, 0.75, 1, 1.5, 2, 10, 12345.678]) {
    expect(logarithm(value)).toBeCloseTo(Math.log(value), 12);
  }
  for (const value of [-30, -2.5, -0.1, 0, 0.1, 1, 7.7]) {
    expect(exponential(value) / Math.exp(value)).toBeCloseTo(1, 12);
  }
});

it('takes moves for the worse as often as annealing says', () => {
  for (const cost of [0.1, 0.5, 1, 2, 4]) {
    const taken = EXPONENTIAL.filter((draw) => cost <= draw).length / EXPONENTIAL.length;
    expect(taken).toBeCloseTo(Math.exp(-cost), 3);
  }
});

it('draws every number alike, and the same again from a state that was written down', () => {
  const generator = new Generator(4);
  const counts = new Int32Array(7);
  for (let draw = 0; draw < 7000; draw++) {
    const at = generator.below(7);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  const { state } = generator;
  const drawn = Array.from({ length: 20 }, () => generator.next());
  const again = new Generator(99);
  again.state = state;
  expect(Array.from({ length: 20 }, () => again.next())).toEqual(drawn);
});
