import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf } from '../../../../../../tests/api.ts';
import {
  type GitHome,
  gitHome,
  type Listening,
  listenWith,
} from '../../../../../../tests/git-client.ts';
import { TEST_URL, testGit } from '../../../../../../tests/services.ts';
import {
  addPerson,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { commitToMain, foundPlan } from './main-commands.ts';

const services = { git: testGit, url: TEST_URL };
const TOPIC = `---
title: Sparse arrays
state: idea
---

## Problem

Nobody agrees.
`;

let world: SummitDatabase;
let listening: Listening;
let home: GitHome;
let summitId: string;
let mira: string;
let token: string;

const PATH = '/s/sp_summit_2023/plan.git';
const own = (withToken = token): string => `${listening.withToken(withToken)}${PATH}`;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  summitId = (await world.summit('sp_summit_2023')).id;
  await world.db.updateTable('summit').set({ state: 'announced' }).execute();
  expectOk(
    await inTransaction(world.db, (tx) =>
      foundPlan(tx, services, world.actor, summitId, [
        { path: 'README.md', content: '# The plan\n' },
        { path: 'topics/sparse.md', content: TOPIC },
      ]),
    ),
  );
  mira = await comer('Mira');
  token = await tokenOf(world, mira);
  listening = await listenWith(world.app);
  home = gitHome();
});
afterAll(async () => {
  await listening.close();
  home.remove();
  await world.drop();
});

/** Somebody with a seat. */
async function comer(name: string): Promise<string> {
  const id = await addPerson(world.db, name);
  await world.db
    .insertInto('role')
    .values({
      summitId,
      personId: id,
      role: 'participant',
      grantedAt: world.actor.now,
      grantedBy: null,
    })
    .execute();
  return id;
}

let clones = 0;
async function clone(from = own()): Promise<string> {
  clones += 1;
  const folder = `clone-${clones}`;
  const { status, said } = await home.git('.', 'clone', '--quiet', from, folder);
  expect([status, said]).toEqual([0, '']);
  return folder;
}

async function commit(folder: string, path: string, content: string | Uint8Array): Promise<void> {
  const file = join(home.directory, folder, path);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, content);
  expect((await home.git(folder, 'add', '--all')).status).toBe(0);
  expect((await home.git(folder, 'commit', '-qm', `Change ${path}`)).status).toBe(0);
}

const push = (folder: string, ...refs: readonly string[]) =>
  home.git(folder, 'push', 'origin', ...refs);

const proposals = () =>
  world.db
    .selectFrom('planProposal')
    .select(['number', 'branch', 'head', 'version', 'state'])
    .orderBy('number')
    .execute();

describe('reading', () => {
  test('everybody clones what everybody may read, with each protocol', async () => {
    for (const version of ['0', '1', '2']) {
      const folder = `v${version}`;
      const { status } = await home.git(
        '.',
        '-c',
        `protocol.version=${version}`,
        'clone',
        '-q',
        `${listening.address}${PATH}`,
        folder,
      );
      expect([version, status]).toEqual([version, 0]);
      expect((await home.git(folder, 'log', '--format=%s')).said).toBe('Begin the plan\n');
    }
  });

  test('what main is moved to is fetched at once', async () => {
    const folder = await clone();
    expectOk(
      await inTransaction(world.db, (tx) =>
        commitToMain(tx, services, world.actor, summitId, {
          changes: [{ path: 'README.md', content: '# The plan, anew\n' }],
          message: 'Say it anew',
        }),
      ),
    );
    expect((await home.git(folder, 'pull', '--quiet')).status).toBe(0);
    expect((await home.git(folder, 'log', '-1', '--format=%s')).said).toBe('Say it anew\n');
  });
});

describe('pushing', () => {
  test('a branch opens a proposal, and pushing again gives it a version', async () => {
    const folder = await clone();
    await commit(folder, 'topics/builds.md', TOPIC.replace('Sparse arrays', 'Builds'));
    const first = await push(folder, 'HEAD:mira/builds');
    expect(first.said).toContain(`remote:   ${TEST_URL}/s/sp_summit_2023/plan/proposals/1\n`);
    expect(first.status).toBe(0);
    await commit(folder, 'topics/builds.md', TOPIC.replace('Sparse arrays', 'Builds of wheels'));
    const second = await push(folder, 'HEAD:mira/builds');
    expect(second.said).toContain('remote: Proposal #1 has a new version:');
    expect(await proposals()).toMatchObject([{ branch: 'mira/builds', version: 2, state: 'open' }]);
    expect(await world.db.selectFrom('planPush').selectAll().execute()).toEqual([]);
  });
});
