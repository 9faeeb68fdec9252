import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kitchenSheet } from './kitchen-rules.ts';
import { DIET_KEYS, dietCounts, dietWords, removedOn } from './need-rules.ts';

test('plates count each person once, with all of their diets, and who said nothing eats everything', () => {
  const needs = [
    { personId: 'a', diets: ['vegan', 'gluten_free'] as const },
    { personId: 'b', diets: ['vegan'] as const },
    { personId: 'gone', diets: ['halal'] as const },
  ];
  const counts = dietCounts(needs, ['a', 'b', 'c', 'd', 'd']);
  expect(counts.map(({ label, people }) => [label, people])).toEqual([
    ['Vegan', 1],
    ['Vegan and gluten-free', 1],
    ['Eats everything', 2],
  ]);
  expect(dietWords([])).toBe('Eats everything');
});

test('plates add up to the people, whatever they eat', () => {
  const need = fc.record({
    personId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    diets: fc.subarray([...DIET_KEYS]),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(need, { selector: ({ personId }) => personId }),
      fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')),
      (needs, among) => {
        const sum = dietCounts(needs, among).reduce((total, { people }) => total + people, 0);
        expect(sum).toBe(among.length);
      },
    ),
    { numRuns: 60 },
  );
});

test('a kitchen gets no names, and no allergy of somebody who does not eat there', () => {
  const needs = [
    { personId: 'a', diets: [], allergies: 'Peanuts, severe' },
    { personId: 'b', diets: [], allergies: 'Bees' },
  ];
  expect(kitchenSheet(needs, ['a']).rows).toEqual([
    ['plates', 'Eats everything', 1],
    ['allergy', 'Peanuts, severe', 1],
  ]);
});

test('needs are gone after the last day on which they are kept', () => {
  expect(removedOn('2023-05-27', 30)).toBe('2023-06-27');
  expect(removedOn('2023-05-27', 0)).toBe('2023-05-28');
});
