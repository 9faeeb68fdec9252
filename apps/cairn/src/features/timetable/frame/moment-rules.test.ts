import { expectZone } from '@cairn/kernel/time';
import { expect, test } from 'vitest';
import { momentAt } from './moment-rules.ts';

const zone = expectZone('America/Los_Angeles');
const written = (date: string, time: string) => momentAt(date, time, zone).toString();

test('a time of day is a moment, and the end of a day is the midnight after', () => {
  expect(written('2023-05-22', '09:30')).toBe('2023-05-22T16:30:00Z');
  expect(written('2023-05-22', '24:00')).toBe(written('2023-05-23', '00:00'));
});

test('a day on which the clocks change has its own hours', () => {
  // Clocks go from 02:00 to 03:00.
  expect(written('2023-03-12', '00:00')).toBe('2023-03-12T08:00:00Z');
  expect(written('2023-03-12', '09:30')).toBe('2023-03-12T16:30:00Z');
});
