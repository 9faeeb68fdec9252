import { formatProblem } from '@cairn/kernel/problem';
import { describe, expect, test } from 'vitest';
import { tooDeepAt } from './yaml-depth.ts';
import { parseYaml } from './yaml-document.ts';

describe('nesting', () => {
  test.each([
    ['brackets', '['.repeat(100_000), 100],
    ['braces', '{a: '.repeat(100_000), 400],
    ['dashes on one line', '- '.repeat(100_000), 200],
    ['question marks on one line', '? '.repeat(100_000), 200],
    ['brackets after quotes', `["]", ']', ${'['.repeat(100)}`, 110],
  ])('of %s is refused where it passes a hundred', (_, text, offset) => {
    expect(tooDeepAt(text)).toBe(offset);
  });

  test('says the place', () => {
    const read = parseYaml(`title: A\nphases: ${'['.repeat(120_000)}`, 'summit.yaml');
    expect(read.ok ? [] : read.error.map(formatProblem)).toEqual([
      'summit.yaml:2:109: Lists and groups are nested too deeply here; write them flatter.',
    ]);
  });

  test.each([
    ['a hundred brackets', `${'['.repeat(100)}${']'.repeat(100)}`],
    ['brackets in double quotes', `a: "${'[\\"'.repeat(200)}"`],
    ['brackets in single quotes', `a: '${"['' ".repeat(200)}'`],
    ['brackets in plain text', `a: b${' [x'.repeat(200)}`],
    ['brackets in a comment', `a: b # ${'['.repeat(200)}\n# ${'{'.repeat(200)}`],
    ['brackets in a block', `a: |\n  ${'[- {? '.repeat(200)}\n`],
    ['a long list', '- a\n'.repeat(500)],
    ['many short lists', '- [a]\n'.repeat(500)],
  ])('counts nothing in %s', (_, text) => {
    expect(parseYaml(text).ok).toBe(true);
  });
});
