/** From values to places on an axis, and which values are named on it. */
export interface Axis {
  /** From 0 at the least to 1 at the most. */
  readonly at: (value: number) => number;
  readonly ticks: readonly number[];
  readonly isLogarithmic: boolean;
}

/** From 0 to exactly the most, with some round values named. */
export function exactAxis(most: number): Axis {
  const end = Math.max(most, 1);
  const step = roundStep(end / 4);
  return {
    at: (value) => value / end,
    ticks: Array.from({ length: Math.floor(end / step) + 1 }, (_, index) => index * step),
    isLogarithmic: false,
  };
}

/** From at most the least to at least the most, with some round values named. */
function linearAxis(least: number, most: number): Axis {
  const span = Math.max(most - least, 1);
  const step = roundStep(span / 4);
  const from = Math.floor(least / step) * step;
  const until = Math.max(from + step, Math.ceil(most / step) * step);
  const count = Math.round((until - from) / step);
  return {
    at: (value) => (value - from) / (until - from),
    ticks: Array.from({ length: count + 1 }, (_, index) => from + index * step),
    isLogarithmic: false,
  };
}

/** 0 and powers of ten; each step of the axis is ten times the one before, and 0 has a place too. */
function logarithmicAxis(most: number): Axis {
  const at = (value: number) => Math.log10(1 + value) / Math.log10(1 + top);
  let top = 10;
  const ticks = [0, 10];
  while (top < most) {
    top *= 10;
    ticks.push(top);
  }
  return { at, ticks, isLogarithmic: true };
}

/** Values that span more than two orders need a logarithmic axis, others are true to size. */
export function axisFor(values: readonly number[]): Axis {
  const least = Math.min(...values);
  const most = Math.max(...values);
  if (most >= 200 && most > 100 * Math.max(least, 1)) return logarithmicAxis(most);
  // Close together and far from 0: their differences are what there is to see.
  return linearAxis(least > 0.6 * most ? least : 0, most);
}

/** 1, 2 or 5 times a power of ten, at least 1 and at least as much as asked. */
function roundStep(wanted: number): number {
  let power = 1;
  while (power * 10 <= wanted) power *= 10;
  return power * ([1, 2, 5].find((factor) => power * factor >= wanted) ?? 10);
}

/** `950`, `12,000`: every digit, as in a sentence. */
export const wholeNumber = (value: number): string =>
  String(value).replace(/\B(?=(\d{3})+$)/g, ',');

/** `950`, `12 k`, `3.5 M`: short enough for an axis. */
export function shortNumber(value: number): string {
  for (const [size, unit] of [
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const) {
    if (value >= size) return `${Math.round((value / size) * 100) / 100}\u00a0${unit}`;
  }
  return String(value);
}
