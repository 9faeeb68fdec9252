import { describe, expect, test } from 'vitest';
import { seedDefinition } from '../../../../../tests/summit.ts';
import { fillFacts, inSeries, inWords, summitDays, unknownFacts } from './facts.ts';

describe('facts', () => {
  test.each([
    [0, 'zero'],
    [2, 'two'],
    [19, 'nineteen'],
    [40, 'forty'],
    [42, 'forty-two'],
    [99, 'ninety-nine'],
    [100, '100'],
  ])('writes %i as %s', (count, words) => {
    expect(inWords(count)).toBe(words);
  });

  test.each([
    [[], ''],
    [['travel'], 'travel'],
    [['travel', 'food'], 'travel and food'],
    [['travel', 'food', 'lodging'], 'travel, food, and lodging'],
  ])('writes %j in series', (items, written) => {
    expect(inSeries(items)).toBe(written);
  });

  test('counts five days of work and six nights from arrival to departure', () => {
    expect(summitDays(seedDefinition())).toMatchObject({ days: 5, nights: 6 });
  });

  test('fills in a number that changes everywhere when it changes once', () => {
    const text = '{seats:words} of at most {ceiling}, {dates}';
    expect(fillFacts(text, seedDefinition())).toBe('forty of at most 50, 22–26 May 2023');
    expect(fillFacts(text, seedDefinition({ seats: { planned: 20, ceiling: 25 } }))).toBe(
      'twenty of at most 25, 22–26 May 2023',
    );
  });

  test('leaves alone, and names, what stands for nothing', () => {
    expect(fillFacts('{chairs} and {seats}', seedDefinition())).toBe('{chairs} and 40');
    expect(unknownFacts('{chairs} and {seats} and {tables:words}')).toEqual(['chairs', 'tables']);
  });
});
