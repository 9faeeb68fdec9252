import { expect, test } from 'vitest';
import { gainInWords } from './gain-rules.ts';
import { levelsOf } from './instance-rules.ts';

test('What would help is told in what people lose, and not in the numbers of a search.', () => {
  expect(gainInWords(levelsOf(), [0, 0, -22, -41, 2])).toBe(
    'whoever loses most loses 2.2 % less of what they care for, all lose 41 points of interest less and 2 more changes of room, or days without the group',
  );
  expect(gainInWords(levelsOf(), [-1, 0, 0, 1, 0])).toBe(
    '1 fewer thing broken and all lose 1 point of interest more',
  );
  expect(gainInWords(levelsOf(), [0, 0, 0, 0, 0])).toBe('');
});
