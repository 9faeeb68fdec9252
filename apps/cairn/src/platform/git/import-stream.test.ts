import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FileChange, Repository } from './repository.ts';
import { GIT_ENVIRONMENT } from './run.ts';

const at = Temporal.Instant.from('2023-05-08T12:00:00Z');
const cairn = { name: 'Cairn', email: 'cairn@users.noreply.cairn.test', at };

let folder: string;
let repository: Repository;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-commit-'));
  repository = new Repository(join(folder, 'plan.git'));
  await repository.create();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const git = (args: readonly string[], env: Record<string, string> = {}, input = ''): string =>
  execFileSync('git', args, {
    env: { ...GIT_ENVIRONMENT, GIT_DIR: repository.directory, ...env },
    encoding: 'utf8',
    input,
    stdio: ['pipe', 'pipe', 'ignore'],
  });

const write = (changes: readonly FileChange[], parents: readonly string[] = [], author = cairn) =>
  repository.write({ parents, changes, author, committer: cairn, message: 'Say it\n' });

/** The same commit, made step by step with Git's index. */
function bySteps(name: string, message: string, parent: string, changes: readonly FileChange[]) {
  const env = { GIT_INDEX_FILE: join(folder, 'index') };
  git(['read-tree', parent], env);
  for (const { path, content } of changes) {
    const oid =
      content === null ? '0'.repeat(40) : git(['hash-object', '-w', '--stdin'], {}, content).trim();
    const mode = content === null ? '0' : '100644';
    git(['update-index', '-z', '--index-info'], env, `${mode} ${oid}\t${path}\0`);
  }
  const date = `${at.epochMilliseconds / 1000} +0000`;
  const { email } = cairn;
  return git(
    ['commit-tree', git(['write-tree'], env).trim(), '-p', parent],
    {
      ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: date },
      ...{ GIT_COMMITTER_NAME: 'Cairn', GIT_COMMITTER_EMAIL: email, GIT_COMMITTER_DATE: date },
    },
    message,
  ).trim();
}

test('a commit is the same as one made step by step, whatever people write', async () => {
  const { commit: parent } = await write([{ path: 'topics/a.md', content: '# A\n' }]);
  const words = fc.oneof(
    fc.string({ unit: 'grapheme-ascii' }),
    fc.constantFrom(
      'done',
      'data 3\nreset refs/heads/main\n',
      '"\\',
      "Ann 'O' <b@c> Neil.",
      'ä\n\n',
    ),
  );
  const path = fc.constantFrom('topics/a.md', 'topics/b.md', 'a "b" \\c.md', 'ä/ö.md', 'c\nD c.md');
  const change = fc.record({ path, content: fc.option(words) });
  await fc.assert(
    fc.asyncProperty(
      words,
      words,
      fc.array(change, { maxLength: 4 }),
      async (said, message, changes) => {
        const name = `Ann ${said.replaceAll('\0', '')}`;
        const written = await repository.commit({
          parents: [parent],
          changes: [...changes, { path: 'last.md', content: 'last\n' }],
          author: { ...cairn, name },
          committer: cairn,
          message,
        });
        const last = [...changes, { path: 'last.md', content: 'last\n' }];
        expect(written).toBe(bySteps(name, message, parent, last));
      },
    ),
    { numRuns: 12 },
  );
}, 30_000);

test('what was written is told: the trees, and each file that is there', async () => {
  const first = await write([
    { path: 'a.md', content: 'a\n' },
    { path: 'b.md', content: 'b\n' },
  ]);
  expect(first.treeBefore).toBeUndefined();
  const second = await write(
    [
      { path: 'a.md', content: 'new\n' },
      { path: 'b.md', content: null },
    ],
    [first.commit],
  );
  expect(second.treeBefore).toBe(first.tree);
  expect([...second.blobs]).toEqual([['a.md', await repository.resolve(`${second.commit}:a.md`)]]);
  const same = await write([{ path: 'a.md', content: 'new\n' }], [second.commit]);
  expect(same.tree).toBe(same.treeBefore);
  expect(same.commit).not.toBe(second.commit);
});

test('a plan can begin with nothing and lose its last file', async () => {
  const first = await write([]);
  const second = await write([{ path: 'a.md', content: 'a\n' }], [first.commit]);
  const third = await write([{ path: 'a.md', content: null }], [second.commit]);
  expect(third.tree).toBe(first.tree);
});

test('nothing points to a commit that was written, and its objects are whole', async () => {
  await write([{ path: 'a.md', content: 'a\n' }]);
  expect((await repository.refs('refs')).size).toBe(0);
  git(['fsck', '--strict', '--no-dangling']);
});

test('a path that leads out of the tree is written nowhere', async () => {
  for (const path of [
    '../a.md',
    '/a.md',
    'a//b.md',
    '.git/config',
    'a/.GIT/config',
    '',
    'a\0.md',
  ]) {
    await expect(async () => write([{ path, content: 'a' }])).rejects.toThrow(
      'none that Git keeps',
    );
  }
});

test('one that cannot be written leaves nothing of what it said', async () => {
  await expect(write([{ path: 'a.md', content: 'secret' }], ['1'.repeat(40)])).rejects.toThrow();
  expect(readdirSync(repository.directory).filter((name) => /crash/.test(name))).toEqual([]);
});
