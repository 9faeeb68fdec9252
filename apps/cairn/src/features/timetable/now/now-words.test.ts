import { describe, expect, test } from 'vitest';
import { entry } from '../../../../../../tests/now-timetable.ts';
import { ageWords, clockIn, lengthWords, shortDayWords, spanWords } from './now-words-rules.ts';

const minutes = (count: number) => count * 60_000;

test('a clock shows the time of its zone, midnight as 00:00', () => {
  const noon = Date.parse('2023-05-22T12:00:00Z');
  expect(clockIn(noon, 'UTC')).toBe('12:00');
  expect(clockIn(noon, 'America/Los_Angeles')).toBe('05:00');
  expect(clockIn(noon, 'Asia/Kathmandu')).toBe('17:45');
  expect(clockIn(Date.parse('2023-05-22T00:00:00Z'), 'UTC')).toBe('00:00');
});

test('a day is written with its weekday', () => {
  expect(shortDayWords('2023-05-22')).toBe('Mon 22 May');
});

describe('when something is', () => {
  const own = entry('2023-05-22', '09:30', '11:00', 'hall', 'x');

  test('is told once to who stands there, and by both clocks to who does not', () => {
    expect(spanWords(own, 'UTC')).toEqual({ there: '09:30–11:00', here: undefined });
    expect(spanWords(own, 'Europe/Berlin')).toEqual({ there: '09:30–11:00', here: '11:30–13:00' });
  });

  test('is told once where it ends at midnight', () => {
    const late = { ...own, starts: '22:00', ends: '24:00' };
    const [from, until] = ['2023-05-22T22:00:00Z', '2023-05-23T00:00:00Z'].map((at) =>
      Date.parse(at),
    );
    expect(spanWords({ ...late, from: from ?? 0, until: until ?? 0 }, 'UTC').here).toBeUndefined();
  });
});

test.each([
  [1, '1 minute'],
  [25, '25 minutes'],
  [60, '1 hour'],
  [90, '1 hour 30 minutes'],
  [119, '1 hour 59 minutes'],
  [150, '3 hours'],
  [72 * 60, '3 days'],
])('%i minutes are %s', (count, words) => expect(lengthWords(minutes(count))).toBe(words));

test.each([
  [0.5, 'less than a minute'],
  [59.9, '59 minutes'],
  [61, '1 hour'],
  [49 * 60, '2 days'],
])('what is %d minutes old is %s old', (count, words) => {
  expect(ageWords(minutes(count))).toBe(words);
});
