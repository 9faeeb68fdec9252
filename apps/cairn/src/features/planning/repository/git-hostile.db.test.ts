import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, symlink, writeFile } from 'node:fs/promises';
import { type ClientRequest, request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listenWith } from '../../../../../../tests/git-client.ts';
import {
  openPlanServer,
  PLAN_PATH,
  type PlanServer,
  TOPIC,
} from '../../../../../../tests/plan-server.ts';
import { testGit, testServices, visitorFromHeader } from '../../../../../../tests/services.ts';
import { createApp } from '../../../app.tsx';
import type { GitLimits } from '../../../platform/git/limits.ts';
import { gitStore } from '../../../platform/git/store.ts';
import { clearLeftovers } from '../../../platform/git/upkeep.ts';

let server: PlanServer;
beforeAll(async () => {
  server = await openPlanServer();
});
afterAll(() => server.close());

const repository = () => testGit.plan(server.summitId);
const atRest = async (): Promise<void> => {
  await expect.poll(() => testGit.running(), { timeout: 20_000 }).toBe(0);
  // A Git that is ended while its helper still writes may leave its folder; the sweep takes that away.
  await clearLeftovers(repository(), Date.now() + 25 * 60 * 60 * 1000);
  const objects = await readdir(join(repository().directory, 'objects'));
  expect(objects.filter((name) => /tmp|incoming/.test(name))).toEqual([]);
};
/** Git’s plumbing makes what its porcelain would refuse. */
async function pushTree(
  entries: readonly (readonly [mode: string, path: string, content: string])[],
): Promise<string> {
  const folder = await server.clone();
  const { home } = server;
  await home.git(folder, 'config', 'core.protectNTFS', 'false');
  await home.git(folder, 'config', 'core.protectHFS', 'false');
  for (const [mode, path, content] of entries) {
    const hash = await home.gitWith({ input: content }, folder, 'hash-object', '-w', '--stdin');
    const oid = mode === '160000' ? '1'.repeat(40) : hash.said.trim();
    const info = ['update-index', '--add', '--cacheinfo', `${mode},${oid},${path}`];
    expect((await home.git(folder, ...info)).said).toBe('');
  }
  const tree = (await home.git(folder, 'write-tree', '--missing-ok')).said.trim();
  const commit = ['commit-tree', '-p', 'HEAD', '-m', 'Hostile', tree];
  const oid = (await home.git(folder, ...commit)).said.trim();
  return (await server.push(folder, `${oid}:refs/heads/hostile`)).said;
}

// Long only where many programs want the processor: a hundred megabytes are read and written.
describe('a push that is too large', { timeout: 120_000 }, () => {
  test('of a file: 100 MB that pack to nothing are refused with the file’s name', async () => {
    const folder = await server.clone();
    await server.commit(folder, 'slides.bin', Buffer.alloc(100_000_000));
    const { said, status } = await server.push(folder, 'HEAD:large');
    expect(said).toContain(
      'remote: slides.bin: This file has 100 MB, and a plan takes files of at most 10 MB',
    );
    expect(status).toBe(1);
    // Taken out in a later commit it would be in the history all the same.
    await server.home.git(folder, 'rm', '-q', 'slides.bin');
    await server.commit(folder, 'topics/other.md', TOPIC.replace('Sparse arrays', 'Other'));
    expect((await server.push(folder, 'HEAD:large')).said).toContain(
      'remote: slides.bin: This file',
    );
    await atRest();
  });

  test('as a whole: what does not fit is refused in words, and its sender is heard out', async () => {
    const folder = await server.clone();
    const small = await listenWith(appWith({ largestPush: 1_000_000 }));
    const own = `http://anybody:${server.token}@${new URL(small.address).host}${PLAN_PATH}`;
    await server.home.git(folder, 'remote', 'set-url', 'origin', own);
    await server.commit(folder, 'noise.bin', randomBytes(4_000_000));
    const { said, status } = await server.push(folder, 'HEAD:noise');
    expect(said).toContain('remote: This push is larger than 1 MB, which is the most');
    expect(status).toBe(1);
    expect((await repository().refs('refs/heads/noise')).size).toBe(0);
    await small.close();
    await atRest();
  });
});

/** The same product with other limits, on the same repositories. */
const appWith = (limits: Partial<GitLimits>) => {
  const git = gitStore(testGit.directory, { ...testGit.limits, ...limits });
  const counted = { ...git, started: testGit.started };
  return createApp(
    testServices(server.world.db, { git: counted }),
    visitorFromHeader(server.world.db),
  );
};

describe('a client that goes away', () => {
  const half = (
    service: string,
    body: Buffer,
    address = server.listening.address,
    goes = true,
  ): Promise<ClientRequest> =>
    new Promise((resolve) => {
      const asked = request(`${address}${PLAN_PATH}/${service}`, {
        method: 'POST',
        headers: {
          'content-type': `application/x-${service}-request`,
          authorization: `Bearer ${server.token}`,
          'transfer-encoding': 'chunked',
        },
      });
      asked.on('error', () => undefined);
      asked.write(body, () => {
        // It goes once its Git is at work, in the middle of the pack.
        const look = setInterval(() => {
          if (testGit.running() === 0) return;
          clearInterval(look);
          if (goes) asked.destroy();
          resolve(asked);
        }, 5);
      });
    });

  test('in the middle of a push leaves nothing behind, neither objects nor processes', async () => {
    const oid = '2'.repeat(40);
    const line = `${'0'.repeat(40)} ${oid} refs/heads/torn\0 report-status side-band-64k`;
    const command = `${(line.length + 4).toString(16).padStart(4, '0')}${line}0000`;
    const pack = Buffer.concat([
      Buffer.from('PACK'),
      Buffer.from([0, 0, 0, 2, 0, 0, 1, 0, 0xbf, 0xff, 0xff, 0x03]),
      randomBytes(100),
    ]);
    await half('git-receive-pack', Buffer.concat([Buffer.from(command), pack]));
    await atRest();
    expect((await repository().refs('refs/heads/torn')).size).toBe(0);
    expect(await server.world.db.selectFrom('planPush').selectAll().execute()).toEqual([]);
  });

  test('in the middle of a fetch does too', async () => {
    await half('git-upload-pack', Buffer.from('0014command=ls-refs\n'));
    await atRest();
  });

  test('without saying so is given up after a while', async () => {
    const strict = await listenWith(appWith({ idleSeconds: 0.2 }));
    const words = Buffer.from('0014command=ls-refs\n');
    const asked = await half('git-upload-pack', words, strict.address, false);
    await atRest();
    asked.destroy();
    await strict.close();
  });
});

describe('a push of something that harms whoever clones it', () => {
  test('is refused: links and submodules that lead out, names of Git’s own, names that are one elsewhere', async () => {
    expect(await pushTree([['120000', 'evil', '../../../etc/passwd']])).toContain(
      'remote: evil: This symbolic link leads out of the plan',
    );
    expect(await pushTree([['160000', 'lib', '']])).toContain(
      'remote: lib: A plan holds no submodules',
    );
    expect(await pushTree([['100644', 'x/git~1/config', 'x']])).toMatch(/hasDotgit|“\.git”/);
    expect(await pushTree([['100644', 'Topics/SPARSE.md', 'x']])).toContain('are one name on many');
    expect(await pushTree([['100644', 'topics/a\u202eb.md', TOPIC]])).toContain('cannot be seen');
    await atRest();
  });

  test('is refused: documents that are not UTF-8', async () => {
    const folder = await server.clone();
    await server.commit(
      folder,
      'topics/latin.md',
      Buffer.from(TOPIC.replace('agrees', 'é'), 'latin1'),
    );
    expect((await server.push(folder, 'HEAD:latin')).said).toContain(
      'remote: topics/latin.md: This document is not UTF-8 text',
    );
  });

  test('is refused: more branches than anybody means', async () => {
    const folder = await server.clone();
    const refs = Array.from({ length: 21 }, (_, n) => `HEAD:refs/heads/many/${n}`);
    expect((await server.push(folder, ...refs)).said).toContain(
      'remote: This push would move 21 branches, and at most 20 are taken at once',
    );
  });
});

describe('what the machine and the address bring', () => {
  test('hooks and settings in the repository, and templates of the machine, are not run', async () => {
    const { directory } = repository();
    const trace = join(server.home.directory, 'trace');
    const script = `#!/bin/sh\ntouch ${trace}\n`;
    await mkdir(join(directory, 'hooks'), { recursive: true });
    for (const name of ['pre-receive', 'update', 'post-receive', 'reference-transaction']) {
      await writeFile(join(directory, 'hooks', name), script);
      await chmod(join(directory, 'hooks', name), 0o755);
    }
    // A configuration that somebody put in its place, as a link: its hooks and commands count for nothing.
    const evil = join(server.home.directory, 'evil-config');
    await writeFile(
      evil,
      `[core]\n\tbare = true\n\thooksPath = ${join(directory, 'hooks')}\n\tfsmonitor = ${trace}\n[uploadpack]\n\tpackObjectsHook = ${join(directory, 'hooks', 'update')}\n`,
    );
    await rename(join(directory, 'config'), join(directory, 'config.kept'));
    await symlink(evil, join(directory, 'config'));
    const folder = await server.clone();
    await server.commit(folder, 'topics/hooks.md', TOPIC.replace('Sparse arrays', 'Hooks'));
    expect((await server.push(folder, 'HEAD:mira/hooks')).said).toContain('is open for review');
    await server.change([{ path: 'README.md', content: '# Moved\n' }]);
    await server.clone();
    expect(existsSync(trace)).toBe(false);
    await rename(join(directory, 'config.kept'), join(directory, 'config'));
  });

  test('odd addresses and headers lead nowhere', async () => {
    const ask = (path: string, headers: Record<string, string> = {}) =>
      new Promise<number>((resolve, reject) => {
        const url = new URL(server.listening.address);
        const asked = request({ host: url.hostname, port: url.port, path, headers }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        });
        asked.on('error', reject);
        asked.end();
      });
    const refs = 'info/refs?service=git-upload-pack';
    for (const slug of ['..', '%2e%2e', '..%2f..%2fetc', '-x', 'a%00b', 'A', '%0d%0aX:y']) {
      expect([slug, await ask(`/s/${slug}/plan.git/${refs}`)]).toSatisfy(
        ([, status]) => status === 401 || status === 404,
      );
    }
    for (const path of ['HEAD', 'config', 'objects/info/packs', '../x', 'git-shell']) {
      expect([path, await ask(`${PLAN_PATH}/${path}`)]).toEqual([path, 404]);
    }
    for (const version of [
      'version=2:x=$(touch x)',
      '--upload-pack=x',
      'version=99',
      'a'.repeat(5000),
    ]) {
      expect(await ask(`${PLAN_PATH}/${refs}`, { 'git-protocol': version })).toBe(200);
    }
    await atRest();
  });

  test('thousands of branches are still told and fetched', async () => {
    const head = await repository().resolve('refs/heads/main');
    const packed = join(repository().directory, 'packed-refs');
    const lines = Array.from({ length: 3000 }, (_, n) => `${head} refs/heads/b/${n}\n`).sort();
    const kept = await readFile(packed, 'utf8').catch(() => '');
    await writeFile(packed, `${kept}${lines.join('')}`);
    const { said } = await server.home.git('.', 'ls-remote', server.address(), 'refs/heads/b/*');
    expect(said.trim().split('\n').length).toBe(3000);
    await writeFile(packed, kept);
  });
});
