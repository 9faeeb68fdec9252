import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  afterPush,
  branchOf,
  fileProblem,
  refRefusal,
  refusalLines,
  reservedBranch,
  sameOnSomeDisks,
} from './push-rules.ts';

const codeOf = (ref: string): string | undefined => refRefusal(ref, 'mira')?.code;
const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const file = (path: string, content = text('x'), mode = '100644') =>
  fileProblem({ path, mode, content })?.code;

describe('a ref that is pushed', () => {
  test('is a branch other than main', () => {
    expect(refRefusal('refs/heads/mira/sparse', 'mira')).toBeUndefined();
    expect(refRefusal('refs/heads/grüße', 'mira')).toBeUndefined();
    expect(codeOf('refs/heads/main')).toBe('main-is-protected');
    expect(refRefusal('refs/heads/main', 'mira')?.sentence).toContain(
      'git push origin HEAD:mira/my-change',
    );
    for (const ref of [
      'refs/tags/v1',
      'refs/proposals/1/1',
      'refs/notes/x',
      'HEAD',
      'refs/heads',
    ]) {
      expect([ref, codeOf(ref)]).toEqual([ref, 'not-a-branch']);
    }
  });

  test('begins none of the names under which branches come from GitHub', () => {
    for (const name of ['github/pull-12', 'GitHub/pull-12', 'github', 'main-on-github']) {
      expect([name, reservedBranch(name, 'mira')?.code]).toEqual([name, 'branch-reserved']);
    }
    expect(reservedBranch('github-actions', 'mira')).toBeUndefined();
  });

  test('is not named like an option, a commit or something that nobody sees', () => {
    const odd = [
      '-rf',
      '--upload-pack=x',
      'HEAD',
      'a'.repeat(40),
      'main/x',
      'x\u202Ey',
      'a\ufffdb',
    ];
    for (const name of odd) {
      expect([name, codeOf(`refs/heads/${name}`)]).toEqual([name, 'branch-name']);
    }
    expect(codeOf(`refs/heads/${'x'.repeat(101)}`)).toBe('branch-name');
  });

  test('is never repeated with signs that steer a terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const said = refRefusal(`refs/heads/${name}`, 'mira')?.sentence ?? '';
        expect(said).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  test('gives its branch', () => {
    expect(branchOf('refs/heads/a/b')).toBe('a/b');
    expect(branchOf('refs/tags/a')).toBeUndefined();
  });
});

describe('a file that is pushed', () => {
  test('may be any text, and any picture', () => {
    expect(file('topics/sparse.md')).toBeUndefined();
    expect(fileProblem({ path: 'a.png', mode: '100644', content: undefined })).toBeUndefined();
  });

  test('is UTF-8 where it is a document', () => {
    expect(file('topics/x.md', new Uint8Array([0xff, 0xfe]))).toBe('not-text');
    expect(file('topics/x.md', text('a\0b'))).toBe('not-text');
    expect(file('topics/x.md', new Uint8Array(1024 * 1024 + 1).fill(97))).toBe(
      'document-too-large',
    );
  });

  test('has a name that everybody sees, and that no system takes for Git’s own', () => {
    for (const path of [
      'a/.GIT/config',
      '.git',
      'git~1/x',
      'a/.git ',
      'a\\b',
      'x\u202E.md',
      'b\ufffd',
    ]) {
      expect([path, file(path)]).toEqual([path, 'path']);
    }
    expect(file('.gitignore')).toBeUndefined();
    expect(file('.github/x.md')).toBeUndefined();
  });

  test('is no submodule, and no link that leads out of the plan', () => {
    const link = (path: string, target: string) => file(path, text(target), '120000');
    expect(fileProblem({ path: 'lib', mode: '160000', content: undefined })?.code).toBe(
      'submodule',
    );
    expect(link('a/b', '../c/d')).toBeUndefined();
    for (const target of [
      '../../etc/passwd',
      '/etc/passwd',
      'x/../../../y',
      'C:\\x',
      '..\\..\\x',
    ]) {
      expect([target, link('a/b', target)]).toEqual([target, 'link-leaves']);
    }
  });
});

test('names that differ in capitals or accents only are told, of what was changed', () => {
  const paths = ['Topics/a.md', 'topics/b.md', 'x/e\u0301.md', 'x/\u00e9.md'];
  expect(sameOnSomeDisks(paths, new Set()).length).toBe(0);
  const told = sameOnSomeDisks(paths, new Set(['topics/b.md', 'x/\u00e9.md']));
  expect(told.map(({ place }) => place.file)).toEqual(['topics/b.md', 'x/\u00e9.md']);
});

test('after a push main says what the push says, and what it said elsewhere', () => {
  const main = [
    { path: 'a.md', source: 'A' },
    { path: 'b.md', source: 'B' },
  ];
  const changed = [
    { path: 'a.md', source: undefined },
    { path: 'c.md', source: 'C' },
  ];
  expect(afterPush(main, changed)).toEqual([
    { path: 'b.md', source: 'B' },
    { path: 'c.md', source: 'C' },
  ]);
});

test('a refusal tells no more than one can mend', () => {
  expect(refusalLines(Array.from({ length: 60 }, (_, n) => `p${n}`))).toContain(
    '… and 10 more; “cairn plan check .” tells all of them.',
  );
});
