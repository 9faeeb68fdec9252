import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ActionContext, actionItems } from './action-rules.ts';
import { readDue } from './due-rules.ts';
import { matchLines } from './match-rules.ts';

const day = (text: string) => Temporal.PlainDate.from(text);

/** A Monday. */
const context: ActionContext = {
  calledOn: day('2023-02-27'),
  summitStarts: day('2023-05-22'),
  nextCall: day('2023-03-28'),
  people: [
    { id: 'ada', name: 'Ada Byron', handles: ['countess'] },
    { id: 'grigor', name: 'Grigor Horváth', handles: ['gh-1'] },
    { id: 'mei', name: 'Mei Lin Tan', handles: [] },
    { id: 'mei2', name: 'Mei Ono', handles: ['mono'] },
  ],
};

describe('until when', () => {
  test.each([
    ['by 2023-03-01', '2023-03-01'],
    ['by 1 March', '2023-03-01'],
    ['by the 1st of March', '2023-03-01'],
    ['by Mar 1', '2023-03-01'],
    ['by March 1st, 2024', '2024-03-01'],
    ['by 26 February', '2024-02-26'],
    ['by 27 February', '2023-02-27'],
    ['by Friday', '2023-03-03'],
    ['by Monday', '2023-03-06'],
    ['by next Friday', '2023-03-10'],
    ['by end of March', '2023-03-31'],
    ['by the end of February', '2023-02-28'],
    ['by end of the month', '2023-02-28'],
    ['by next month', '2023-03-31'],
    ['by mid-April', '2023-04-15'],
    ['by end of week', '2023-03-03'],
    ['by next week', '2023-03-10'],
    ['by the end of the year', '2023-12-31'],
    ['by the summit', '2023-05-22'],
    ['by the next call', '2023-03-28'],
    ['by tomorrow', '2023-02-28'],
    ['(by Friday!)', '2023-03-03'],
    ['by Friday, at noon', '2023-03-03'],
  ])('%s is %s', (text, expected) => {
    expect(String(readDue(`send it ${text}`, context).due)).toBe(expected);
  });

  test.each([
    ['by hand', undefined],
    ['by Mayor Tan', undefined],
    ['by marching on', undefined],
    ['by 10 percent', undefined],
    ['by 31 February', '31 February'],
    ['by 2023-02-30', '2023-02-30'],
    ['by 3/1', '3/1'],
    ['by 1.3.2023', '1.3.2023'],
  ])('%s is no day', (text, unreadable) => {
    expect(readDue(`send it ${text}`, context)).toMatchObject({ due: undefined, unreadable });
  });

  test('is taken out of what is to be done', () => {
    expect(readDue('make it faster by hand, by Friday.', context).rest).toBe(
      'make it faster by hand',
    );
  });
});

describe('an action item', () => {
  const read = (text: string) => actionItems(`- [ ] ${text}`, context)[0];

  test.each([
    ['@countess book the room by Friday', ['ada'], 'book the room'],
    ['@ADA book the room', ['ada'], 'book the room'],
    ['@Ada Byron: book the room', ['ada'], 'book the room'],
    ['@grigor horvath book', ['grigor'], 'book'],
    ['@ada, @gh-1 and @Mei Lin Tan book the room', ['ada', 'grigor', 'mei'], 'book the room'],
    ['book the room (@ada)', ['ada'], 'book the room (@ada)'],
    ['@ada ask @grigor', ['ada'], 'ask @grigor'],
    ['write to room@ada.example', [], 'write to room@ada.example'],
    ['@mono **book** the [room](https://example.org)', ['mei2'], 'book the room'],
    ['@ada', ['ada'], '@ada'],
    ['Book the room', [], 'Book the room'],
  ])('“%s”', (text, owners, title) => {
    expect(read(text)).toMatchObject({ owners, title, notUnderstood: [] });
  });

  test('without a known owner or day stays, and says what to write', () => {
    const item = read('@mei and @nobody book the room by 31 February');
    expect(item).toMatchObject({
      owners: [],
      due: undefined,
      title: 'and @nobody book the room by 31 February'.replace('and @nobody ', ''),
    });
    expect(item?.notUnderstood).toEqual([
      'More than one person here is called “@mei”, so this has no owner from it; write the whole name or the GitHub handle.',
      'Nobody who takes part is known as “@nobody”, so this has no owner from it; write a GitHub handle, a first name that only one has, or “@First Last”.',
      '“by 31 February” is not a day that can be read, so this has no due day yet; write it as 2023-03-01 or 1 March.',
    ]);
  });

  test('is never lost: as many items as points, each with a title', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc
            .string({ minLength: 1, maxLength: 30 })
            .map((text) => text.replace(/[^\w @.,-]/g, 'x')),
        ),
        (texts) => {
          const written = texts.filter((text) => text.trim() !== '');
          const items = actionItems(written.map((text) => `- [ ] x${text}`).join('\n'), context);
          expect(items).toHaveLength(written.length);
          for (const { title } of items) expect(title).not.toBe('');
        },
      ),
    );
  });
});

describe('which task a line is', () => {
  const known = (...texts: string[]) =>
    texts.map((text, index) => ({ id: text, text, line: (index + 1) as number | undefined }));
  const present = (...texts: string[]) => texts.map((text, index) => ({ text, line: index + 1 }));
  const match = (before: string[], after: string[]) => {
    const { pairs, gone, added } = matchLines(known(...before), present(...after));
    return {
      pairs: pairs
        .map(({ known: one, present: other }) => `${one.text} = ${other.text}`)
        .toSorted(),
      gone: gone.map(({ text }) => text),
      added: added.map(({ text }) => text),
    };
  };

  test.each([
    ['lines that moved', ['a', 'b'], ['b', 'a'], ['a = a', 'b = b'], [], []],
    [
      'a word that changed',
      ['@ada book the small room'],
      ['@ada book the big room'],
      ['@ada book the small room = @ada book the big room'],
      [],
      [],
    ],
    [
      'a line that was finished',
      ['@ada wri'],
      ['@ada write the docs'],
      ['@ada wri = @ada write the docs'],
      [],
      [],
    ],
    [
      'another thing in its place',
      ['book the room'],
      ['write docs'],
      [],
      ['book the room'],
      ['write docs'],
    ],
    ['one of two alike', ['a', 'a'], ['a'], ['a = a'], ['a'], []],
  ])('%s', (_, before, after, pairs, gone, added) => {
    expect(match(before, after)).toEqual({ pairs, gone, added });
  });

  test('is one of each: nothing is matched twice, nothing is forgotten', () => {
    const texts = fc.array(fc.constantFrom('a b c', 'a b d', 'x', 'x y', 'a b', 'z'), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(texts, texts, (before, after) => {
        const { pairs, gone, added } = matchLines(known(...before), present(...after));
        expect(pairs.length + gone.length).toBe(before.length);
        expect(pairs.length + added.length).toBe(after.length);
        expect(new Set(pairs.map((each) => each.present)).size).toBe(pairs.length);
      }),
    );
  });
});

describe('a text that nobody could work through', () => {
  test('has five hundred tasks, and the last one says how many points make none', () => {
    const items = actionItems('- [ ] @ada plan\n'.repeat(600), context);
    expect(items).toHaveLength(500);
    expect(items.at(-1)?.notUnderstood).toEqual([
      'The 100 points after this one make no tasks: one text has at most 500.',
    ]);
    expect(items.at(-2)?.notUnderstood).toEqual([]);
  });

  test('has fifty people looked up in a point', () => {
    const [item] = actionItems(`- [ ] tell ${'@nobody '.repeat(1000)}`, context);
    expect(item?.notUnderstood).toHaveLength(50);
  });
});
