import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type BusySpan, fromPairs, hoursIn, mergeBusy, notAPage, toPairs } from './busy-rules.ts';

const span = fc
  .tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 60 }))
  .map(([from, length]) => ({ from, until: from + length }));
const at = (minute: number, seconds = 0) =>
  Temporal.Instant.fromEpochMilliseconds(minute * 60_000 + seconds * 1000);
const minutesOf = (spans: readonly BusySpan[]): Set<number> => {
  const minutes = new Set<number>();
  for (const { from, until } of spans) for (let m = from; m < until; m++) minutes.add(m);
  return minutes;
};

describe('busy times', () => {
  test('merged cover the same minutes, in order and apart', () => {
    fc.assert(
      fc.property(fc.array(span), (spans) => {
        const merged = mergeBusy(spans);
        expect(minutesOf(merged)).toEqual(minutesOf(spans));
        for (const [index, { from, until }] of merged.entries()) {
          expect(from).toBeLessThan(until);
          const next = merged[index + 1];
          if (next !== undefined) expect(until).toBeLessThan(next.from);
        }
      }),
    );
  });

  test('are stored in whole minutes that leave nothing out', () => {
    expect(toPairs([{ from: at(10, 30), until: at(12, 1) }])).toEqual([10, 13]);
    expect(toPairs([{ from: at(10), until: at(10) }])).toEqual([]);
  });

  test('come back from their store as they were, as far as they meet what is asked for', () => {
    fc.assert(
      fc.property(fc.array(span), span, (spans, between) => {
        const pairs = toPairs(
          spans.map(({ from, until }) => ({ from: at(from), until: at(until) })),
        );
        const found = fromPairs(pairs, between);
        const asked = minutesOf([between]);
        const meant = [...minutesOf(spans)].filter((minute) => asked.has(minute)).length;
        expect([...minutesOf(found)].filter((minute) => asked.has(minute))).toHaveLength(meant);
        for (const { from, until } of found) {
          expect(from < between.until && until > between.from).toBe(true);
        }
      }),
    );
  });

  test('are counted in hours', () => {
    expect(hoursIn([0, 60, 120, 150])).toBe(2);
    expect(hoursIn([])).toBe(0);
  });

  test('are not looked for in a web page', () => {
    expect(notAPage('<!DOCTYPE html><title>x', '').ok).toBe(false);
    expect(notAPage('sign in', 'text/html').ok).toBe(false);
    expect(notAPage('BEGIN:VCALENDAR', 'text/plain').ok).toBe(true);
  });
});
