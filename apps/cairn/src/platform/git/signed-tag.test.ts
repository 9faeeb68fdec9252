import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Repository } from './repository.ts';
import { GIT_ENVIRONMENT } from './run.ts';
import { writeSignedTag } from './signed-tag.ts';
import { keyOf } from './ssh-signature.ts';

const hasKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;
const at = Temporal.Instant.from('2023-05-08T12:00:00Z');
const cairn = { name: 'Cairn', email: 'cairn@users.noreply.cairn.test', at };
const newKey = () =>
  keyOf(
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );

let folder: string;
let repository: Repository;
const key = newKey();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cairn-tag-'));
  repository = new Repository(join(folder, 'plan.git'));
  await repository.create();
  const commit = await repository.commit({
    parents: [],
    changes: [{ path: 'README.md', content: '# Plan\n' }],
    author: cairn,
    committer: cairn,
    message: 'Begin\n',
  });
  const tag = await writeSignedTag(repository, key, {
    name: 'workplan-1',
    commit,
    tagger: cairn,
    message: 'Work plan 1: what we do in May\n\nTwelve topics.',
  });
  await repository.pointRef('refs/tags/workplan-1', tag, '');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a user's own Git says of the tag, by a file of allowed signers. */
function verify(publicKey: string): { readonly status: number | null; readonly said: string } {
  const signers = join(folder, 'plan.signers');
  writeFileSync(signers, `${cairn.email} namespaces="git" ${publicKey}\n`);
  const { status, stderr } = spawnSync(
    'git',
    ['-c', `gpg.ssh.allowedSignersFile=${signers}`, 'verify-tag', 'workplan-1'],
    { env: { ...GIT_ENVIRONMENT, GIT_DIR: repository.directory }, encoding: 'utf8' },
  );
  return { status, said: stderr };
}

describe('a signed tag', () => {
  test('is an annotated tag with its message, which fsck accepts', () => {
    const git = (...args: string[]) =>
      execFileSync('git', args, {
        env: { ...GIT_ENVIRONMENT, GIT_DIR: repository.directory },
        encoding: 'utf8',
      });
    expect(git('cat-file', '-t', 'workplan-1').trim()).toBe('tag');
    expect(git('for-each-ref', '--format=%(contents:subject)', 'refs/tags').trim()).toBe(
      'Work plan 1: what we do in May',
    );
    git('fsck', '--strict');
  });

  test.skipIf(!hasKeygen)('is verified by Git with the key that Cairn shows', () => {
    const { status, said } = verify(key.publicKey);
    expect(said).toContain(`Good "git" signature for ${cairn.email} with ED25519 key`);
    expect(status).toBe(0);
  });

  test.skipIf(!hasKeygen)('is refused by Git with any other key', () => {
    expect(verify(newKey().publicKey).status).not.toBe(0);
  });
});
