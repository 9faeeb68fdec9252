import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectOk } from '@cairn/kernel/result';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  openPlanOnGithub,
  type PlanOnGithub,
} from '../../../../../../tests/github-server/plan-on-github.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { commitToMain } from '../repository/main-commands.ts';
import { documentAt, planOf } from '../repository/main-queries.ts';
import { makeDue } from './due-commands.ts';

let world: PlanOnGithub;
let checkout: string;

beforeEach(async () => {
  world = await openPlanOnGithub();
  await world.work();
  checkout = await mkdtemp(join(tmpdir(), 'cairn-checkout-'));
  git('clone', '--quiet', world.gitDirectory, '.');
});
afterEach(async () => {
  await rm(checkout, { recursive: true, force: true });
  await world.close();
});

/** Somebody's Git, on GitHub's side. */
function git(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, {
    cwd: checkout,
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'],
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Mira',
      GIT_AUTHOR_EMAIL: 'mira@example.org',
      GIT_COMMITTER_NAME: 'Mira',
      GIT_COMMITTER_EMAIL: 'mira@example.org',
    },
  });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

async function changeThere(path: string, text: string, branch = 'main'): Promise<string> {
  await writeFile(join(checkout, path), text);
  git('add', path);
  git('commit', '--quiet', '-m', `Change ${path}`);
  git('push', '--quiet', 'origin', `HEAD:refs/heads/${branch}`);
  return git('rev-parse', 'HEAD');
}
const changeHere = async (path: string, content: string) =>
  expectOk(
    await inTransaction(world.db, (tx) =>
      commitToMain(tx, world.services, world.actor(undefined), world.summitId, {
        changes: [{ path, content }],
        message: `Change ${path}`,
      }),
    ),
  ).commit;
const mirror = async () => {
  world.pass(24 * 3600);
  await inTransaction(world.db, async (tx) => {
    const due = [{ what: 'main', localId: 'main' }] as const;
    await makeDue(tx, world.summitId, due, world.services.clock.now());
    return { ok: true, value: undefined };
  });
  await world.work();
};
const headHere = async () => (await planOf(world.db, world.summitId))?.head;
const textHere = async (path: string) => (await documentAt(world.db, world.summitId, path))?.source;

test('what was pushed to main there is main here, and is read', async () => {
  const head = await changeThere('there.md', '# There\n');
  await mirror();
  expect(await headHere()).toBe(head);
  expect(await textHere('there.md')).toBe('# There\n');
});

test('what moved on both sides is merged, and is the same on both', async () => {
  await changeThere('there.md', '# There\n');
  await changeHere('here.md', '# Here\n');
  await mirror();
  expect(world.headThere('main')).toBe(await headHere());
  expect(await textHere('there.md')).toBe('# There\n');
  expect(await textHere('here.md')).toBe('# Here\n');
});

test('what was changed on both sides in the same place becomes a proposal, and neither is written over', async () => {
  await changeThere('both.md', '# Theirs\n');
  await changeHere('both.md', '# Ours\n');
  await mirror();
  expect(await textHere('both.md')).toBe('# Ours\n');
  expect(git('show', 'HEAD:both.md')).toBe('# Theirs');
  const proposals = await world.db.selectFrom('planProposal').select(['branch', 'state']).execute();
  expect(proposals).toEqual([{ branch: 'main-on-github', state: 'open' }]);
  const [due] = await world.db
    .selectFrom('githubOut')
    .select('trouble')
    .where('what', '=', 'main')
    .execute();
  expect(due?.trouble).toContain('settle the conflict of #');
});

test('a repository that was there before is joined, with what people wrote in it', async () => {
  git('checkout', '--quiet', '--orphan', 'old');
  git('rm', '-rfq', '.');
  await writeFile(join(checkout, 'README.md'), '# Our old plan\n');
  git('add', 'README.md');
  git('commit', '--quiet', '-m', 'Begin long ago');
  git('push', '--quiet', '--force', 'origin', 'HEAD:refs/heads/main');
  await mirror();
  expect(await textHere('README.md')).toBe('# Our old plan\n');
  expect(await textHere('plan.yaml')).toContain('folders');
  expect(world.headThere('main')).toBe(await headHere());
});

test('the commits of a pull request come here, so that it can be read and merged here', async () => {
  const head = await changeThere('idea.md', '# An idea\n', 'idea');
  git('push', '--quiet', 'origin', 'HEAD:refs/pull/1/head');
  const { github, repo, robot } = world;
  github.world.openPull(repo, robot, { title: 'An idea', head: 'idea' });
  await world.deliver();
  await world.work();
  const proposal = await world.db
    .selectFrom('planProposal')
    .select(['number', 'head', 'version'])
    .executeTakeFirstOrThrow();
  expect(proposal.head).toBe(head);
  const plan = world.services.git.plan(world.summitId);
  expect(await plan.textAt(head, 'idea.md')).toBe('# An idea\n');
  expect(await plan.resolve(`refs/proposals/${proposal.number}/1`)).toBe(head);
});
