import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { changesFrom, type FileEdit, withLineEnds } from './change-rules.ts';
import { mergeMessage } from './merge-message-rules.ts';
import { documentPath, slugOf } from './path-rules.ts';
import { freeBranch, storyOfCommit } from './proposal-rules.ts';
import { changeWords, summaryOf } from './words-rules.ts';

const edit = (changes: Partial<FileEdit>): FileEdit => ({
  was: '',
  path: '',
  text: '',
  isGone: false,
  ...changes,
});
const there = new Set(['a.md', 'b.md', 'topics/c.md']);
const before = new Map([
  ['a.md', 'A\n'],
  ['b.md', 'B\n'],
]);
const codes = (edits: readonly FileEdit[]) => {
  const made = changesFrom(edits, before, there);
  return made.ok ? made.value : made.error.map(({ code, place }) => [code, place.path]);
};

describe('a change of documents', () => {
  test('is what differs: changed, moved, added and deleted files, and nothing else', () => {
    expect(codes([edit({ was: 'a.md', path: 'a.md', text: 'A\r\n' })])).toEqual([]);
    expect(codes([edit({ was: 'a.md', path: 'n.md', text: 'A\n' })])).toEqual([
      { path: 'a.md', content: null },
      { path: 'n.md', content: 'A\n' },
    ]);
    expect(
      codes([edit({ was: 'a.md', isGone: true }), edit({ path: 'a.md', text: 'again' })]),
    ).toEqual([{ path: 'a.md', content: 'again\n' }]);
  });

  test('lets two documents change places, and takes no path that is another’s', () => {
    expect(
      codes([
        edit({ was: 'a.md', path: 'b.md', text: 'A\n' }),
        edit({ was: 'b.md', path: 'a.md', text: 'B\n' }),
      ]),
    ).toEqual([
      { path: 'a.md', content: 'B\n' },
      { path: 'b.md', content: 'A\n' },
    ]);
    for (const path of [
      'b.md',
      'B.MD',
      'topics/c.md',
      'a.md/x.md',
      'topics.md/../a.md',
      '.git/a.md',
    ]) {
      expect(codes([edit({ path, text: 'x' })])).toEqual([[expect.any(String), 'path.0']]);
    }
  });

  test('keeps the line ends that a file had', () => {
    expect(withLineEnds('one\r\ntwo', 'one\r\n')).toBe('one\r\ntwo\r\n');
    expect(withLineEnds('one\r\ntwo', 'one\n')).toBe('one\ntwo\n');
    expect(withLineEnds('one', 'one')).toBe('one');
  });
});

describe('a path', () => {
  test('never leads out of the plan or into Git, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('.', '/', 'a', 'g', 'i', 't', ' ', '\\', 'md') }),
        (typed) => {
          const path = documentPath(`${typed}.md`);
          if (!path.ok) return;
          const parts = path.value.split('/');
          expect(parts.every((part) => part !== '' && part !== '..' && !/^\.git/i.test(part))).toBe(
            true,
          );
        },
      ),
    );
    expect(slugOf('Sparse arrays, at last!')).toBe('sparse-arrays-at-last');
  });
});

describe('a branch', () => {
  test('gets a name that Git can keep beside the others', () => {
    expect(freeBranch('a', new Set(['a', 'a-2']))).toBe('a-3');
    expect(freeBranch('a', new Set(['a/b']))).toBe('a-2');
  });

  test('is named after its last commit; what is too long for a title goes on in the text', () => {
    const long = storyOfCommit({ subject: 'x'.repeat(30), body: 'why' }, 'b', {
      title: 10,
      body: 99,
    });
    expect(long).toEqual({ title: `${'x'.repeat(9)}…`, body: `…${'x'.repeat(21)}\n\nwhy` });
    expect(storyOfCommit({ subject: '', body: '' }, 'b', { title: 10, body: 9 }).title).toBe('b');
  });
});

describe('the commit of a merge', () => {
  test('has one line for each person, whatever they are called', () => {
    const message = mergeMessage({
      number: 7,
      title: 'Two\nlines',
      body: '',
      url: 'https://x.test/7',
      coAuthors: [{ name: 'A\nReviewed-by: Mallory <m>', email: 'a@users.noreply.x.test' }],
      reviewers: [],
      despite: undefined,
    });
    expect(message).toBe(
      'Two lines (#7)\n\nProposal: https://x.test/7\nCo-authored-by: A Reviewed-by: Mallory m <a@users.noreply.x.test>\n',
    );
  });
});

test('what a proposal changes is told in words', () => {
  const file = { path: 'b.md', oldPath: 'a.md', added: 1, removed: 0 };
  expect(changeWords({ ...file, status: 'renamed' })).toBe('Moves a.md to b.md (1 line more)');
  expect(
    summaryOf([
      { ...file, status: 'added' },
      { ...file, status: 'removed' },
    ]),
  ).toBe('It adds 1 file and deletes 1 file.');
});
