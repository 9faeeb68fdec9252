import { expect, test } from 'vitest';
import { counted, listed, ordinal } from './words.ts';

test('one is told apart from many, and none is many', () => {
  expect(counted(1, 'call')).toBe('1 call');
  expect(counted(0, 'call')).toBe('0 calls');
  expect(counted(3, 'person', 'people')).toBe('3 people');
});

test('a list ends with a word and no comma before it', () => {
  expect(listed([])).toBe('');
  expect(listed(['Ada'])).toBe('Ada');
  expect(listed(['Ada', 'Grigor'])).toBe('Ada and Grigor');
  expect(listed(['Monday', 'Tuesday', 'Friday'], 'or')).toBe('Monday, Tuesday or Friday');
});

test('ordinals follow their last digit, except in the teens', () => {
  const counts = [1, 2, 3, 4, 11, 12, 13, 20, 21, 22, 23, 101, 111];
  expect(counts.map(ordinal).join(' ')).toBe(
    '1st 2nd 3rd 4th 11th 12th 13th 20th 21st 22nd 23rd 101st 111th',
  );
});
