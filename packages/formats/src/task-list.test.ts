import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { taskListItems, tickTaskListItem } from './task-list.ts';

const NOTES = `# Notes

- [ ] @ada book the room by Friday
- [x] done before
  - [ ] nested, and
    going on in the next line
    1. [X] deeper, in a numbered list
- no task
- [ ] one more
and a line of its own
- [ ]
- [not a box] either

> * [ ] in a quote

\`\`\`
- [ ] in code
\`\`\`

    - [ ] in indented code

Say \`- [ ] task\` to make one.
`;

describe('the points of task lists', () => {
  test('are found wherever a list may stand, with their lines, and not in code', () => {
    expect(taskListItems(NOTES)).toEqual([
      { line: 3, isDone: false, text: '@ada book the room by Friday' },
      { line: 4, isDone: true, text: 'done before' },
      { line: 5, isDone: false, text: 'nested, and going on in the next line' },
      { line: 7, isDone: true, text: 'deeper, in a numbered list' },
      { line: 9, isDone: false, text: 'one more' },
      { line: 14, isDone: false, text: 'in a quote' },
    ]);
  });

  test('can each be ticked and unticked without touching anything else', () => {
    for (const { line, isDone } of taskListItems(NOTES)) {
      const ticked = tickTaskListItem(NOTES, line, !isDone);
      const changed = taskListItems(ticked).filter(
        (item, index) => item.isDone !== taskListItems(NOTES)[index]?.isDone,
      );
      expect(changed.map((item) => item.line)).toEqual([line]);
      expect(tickTaskListItem(ticked, line, isDone).toLowerCase()).toBe(NOTES.toLowerCase());
    }
  });

  test('cannot be ticked where there is none', () => {
    expect(tickTaskListItem(NOTES, 1, true)).toBe(NOTES);
    expect(tickTaskListItem(NOTES, 999, true)).toBe(NOTES);
  });

  test('are read from any text', () => {
    const written = fc
      .tuple(
        fc.constantFrom('', '', '  ', '    ', '> '),
        fc.constantFrom('- ', '* ', '1. ', '- - ', '', '```'),
        fc.constantFrom('[ ] ', '[x] ', '[ ]', '', '[X] > '),
        fc.constantFrom('a', 'some words', '[ ] b', '*c'),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(written, { maxLength: 12 }), (lines) => {
        const text = lines.join('\n');
        for (const { line, isDone } of taskListItems(text)) {
          const items = taskListItems(tickTaskListItem(text, line, !isDone));
          expect(items.find((item) => item.line === line)?.isDone).toBe(!isDone);
        }
      }),
      { numRuns: 100 },
    );
  });
});
