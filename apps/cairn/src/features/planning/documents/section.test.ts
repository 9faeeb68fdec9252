import { describe, expect, test } from 'vitest';
import { factsOf } from './facts-rules.ts';
import { sectionsOf } from './section-rules.ts';

test.each([
  ['## Goal', 'Goal'],
  ['##\tGoal ##', 'Goal'],
  ['## C#', 'C#'],
  ['## C# #', 'C#'],
  ['## Goal #x', 'Goal #x'],
  ['##', undefined],
  ['### Goal', undefined],
])('the line %j is the heading %j', (line, heading) => {
  expect(sectionsOf(`${line}\n`).at(-1)?.heading).toBe(heading);
});

describe('a document that is made to keep us busy', () => {
  const LENGTH = 400_000;

  test('has its headings read at once', () => {
    const heading = `## a${' '.repeat(LENGTH)}b`;
    expect(sectionsOf(heading).at(-1)?.heading).toHaveLength(LENGTH + 2);
  });

  test.each([
    ['many keys', Array.from({ length: 7000 }, (_, at) => `k${at}: 1\n`).join('')],
    ['the same key again and again', 'a: &a [*a]\n'.repeat(5500)],
    ['too much front matter', 'k: 1\n'.repeat(80_000)],
  ])('has %s refused at once', (_, front) => {
    expect(factsOf('topics/a.md', `---\n${front}---\n`)?.problems).not.toEqual([]);
  });

  test('has its roles read at once', () => {
    const role = `{ref}\`a${' '.repeat(200_000)}b\``;
    expect(factsOf('README.md', role)?.names).toMatchObject([{ what: 'label' }]);
  });
});
