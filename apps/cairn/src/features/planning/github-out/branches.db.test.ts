import { spawnSync } from 'node:child_process';
import { expectOk } from '@cairn/kernel/result';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  openPlanOnGithub,
  type PlanOnGithub,
} from '../../../../../../tests/github-server/plan-on-github.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { recordPush } from '../proposals/push-commands.ts';
import { planOf } from '../repository/main-queries.ts';
import { cairnSignature } from '../repository/signature-queries.ts';

let world: PlanOnGithub;
let lars: string;

beforeEach(async () => {
  world = await openPlanOnGithub();
  lars = await world.person('Lars');
  await world.work();
});
afterEach(() => world.close());

/** Lars pushes a branch of some name to the plan. */
async function pushed(branch: string): Promise<{ number: number | undefined; head: string }> {
  const { summitId, services, db } = world;
  const plan = await planOf(db, summitId);
  const cairn = cairnSignature(services.url, services.clock.now());
  const head = await services.git.plan(summitId).commit({
    parents: [plan?.head ?? ''],
    changes: [{ path: `${branch}.md`, content: '# Not reviewed\n' }],
    author: cairn,
    committer: cairn,
    message: `Push ${branch}\n`,
  });
  const done = expectOk(
    await inTransaction(db, (tx) =>
      recordPush(tx, services, world.actor(lars), { summitId, branch, head, pusher: lars }),
    ),
  );
  return { number: done.number, head };
}
const setThere = (branch: string, to: string): void => {
  spawnSync('git', ['update-ref', `refs/heads/${branch}`, to], { cwd: world.gitDirectory });
};
const troubles = () => world.db.selectFrom('githubOut').select(['what', 'trouble']).execute();

test('a branch that is called as GitHub’s default branch never reaches it', async () => {
  const main = world.headThere('main') ?? '';
  setThere('trunk', main);
  await world.db.updateTable('githubSettings').set({ defaultBranch: 'trunk' }).execute();
  await pushed('trunk');
  await world.work();
  expect(world.headThere('trunk')).toBe(main);
  expect((await planOf(world.db, world.summitId))?.head).toBe(main);
  expect(await troubles()).toContainEqual({
    what: 'thread',
    trouble: expect.stringContaining('on GitHub already'),
  });
});

test('a branch that people have on GitHub is not written over by one of the same name', async () => {
  const main = world.headThere('main') ?? '';
  setThere('site', main);
  await pushed('site');
  await world.work();
  expect(world.headThere('site')).toBe(main);
});

test('a branch of ours follows its proposal there, also when it is pushed anew', async () => {
  await pushed('idea');
  await world.work();
  const second = await pushed('idea');
  await world.work();
  expect(world.headThere('idea')).toBe(second.head);
  expect(await troubles()).toEqual([]);
});
