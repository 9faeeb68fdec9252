import { formatProblem } from '@cairn/kernel/problem';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf } from '../../../../../../tests/api.ts';
import { openPlanServer, type PlanServer, TOPIC } from '../../../../../../tests/plan-server.ts';
import { TEST_URL, testGit } from '../../../../../../tests/services.ts';
import { checkPlan } from '../documents/check-rules.ts';

let server: PlanServer;
beforeAll(async () => {
  server = await openPlanServer();
});
afterAll(() => server.close());

const topic = (title: string): string => TOPIC.replace('Sparse arrays', title);
const ofBranch = async (branch: string) =>
  (await server.proposals()).filter((each) => each.branch === branch);

describe('a pushed branch', () => {
  test('opens a proposal, and pushed again gives it a version', async () => {
    const folder = await server.clone();
    await server.commit(folder, 'topics/builds.md', topic('Builds'));
    const first = await server.push(folder, 'HEAD:mira/builds');
    expect(first.status).toBe(0);
    const [{ number } = { number: 0 }] = await server.proposals();
    expect(first.said).toContain(`remote: Proposal #${number} is open for review:`);
    expect(first.said).toContain(
      `remote:   ${TEST_URL}/s/sp_summit_2023/plan/proposals/${number}\n`,
    );
    await server.commit(folder, 'topics/builds.md', topic('Builds of wheels'));
    const second = await server.push(folder, 'HEAD:mira/builds');
    expect(second.said).toContain(`remote: Proposal #${number} has a new version:`);
    expect(await server.proposals()).toMatchObject([
      { branch: 'mira/builds', version: 2, state: 'open' },
    ]);
    const thread = await server.world.db
      .selectFrom('planThread')
      .select(['authorId', 'door', 'title'])
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    expect(thread).toEqual({
      authorId: server.mira,
      door: 'git',
      title: 'Change topics/builds.md',
    });
    expect(await server.world.db.selectFrom('planPush').selectAll().execute()).toEqual([]);
  });

  test('whose documents are not right is refused in the words of the check, until they are mended', async () => {
    const folder = await server.clone();
    const broken = TOPIC.replace('state: idea', 'stat: idea\nlead: [');
    await server.commit(folder, 'topics/broken.md', broken);
    const refused = await server.push(folder, 'HEAD:mira/broken');
    const problems = checkPlan([{ path: 'topics/broken.md', source: broken }]).map(formatProblem);
    expect(problems.length).toBeGreaterThan(0);
    for (const each of problems) {
      expect(each).toMatch(/^topics\/broken\.md:\d+:\d+: /);
      expect(refused.said).toContain(`remote: ${each}\n`);
    }
    expect(refused.status).toBe(1);
    expect(await ofBranch('mira/broken')).toEqual([]);
    await server.commit(folder, 'topics/broken.md', topic('Mended'));
    expect((await server.push(folder, 'HEAD:mira/broken')).status).toBe(0);
    expect(await ofBranch('mira/broken')).toMatchObject([{ version: 1 }]);
  });

  test('is judged by what it changes, among the documents of main as it stands', async () => {
    await server.change([{ path: 'topics/old.md', content: 'no front matter\n' }]);
    const folder = await server.clone();
    await server.commit(folder, 'topics/links.md', `${topic('Links')}\nSee [it](nowhere.md).\n`);
    const refused = await server.push(folder, 'HEAD:mira/links');
    expect(refused.said).toContain('remote: topics/links.md:');
    expect(refused.said).not.toContain('topics/old.md');
    await server.change([{ path: 'topics/nowhere.md', content: topic('Now here') }]);
    expect((await server.push(folder, 'HEAD:mira/links')).status).toBe(0);
    await server.change([
      { path: 'topics/old.md', content: null },
      { path: 'topics/nowhere.md', content: null },
    ]);
  });

  test('with nothing of its own is kept, and is no proposal yet', async () => {
    const folder = await server.clone();
    const { said, status } = await server.push(folder, 'HEAD:mira/empty');
    expect(said).toContain('remote: The branch mira/empty has nothing that main has not');
    expect([status, await ofBranch('mira/empty')]).toEqual([0, []]);
  });

  test('that has no history in common with main is refused', async () => {
    const folder = await server.clone();
    await server.home.git(folder, 'checkout', '-q', '--orphan', 'other');
    await server.home.git(folder, 'commit', '-qm', 'Begin elsewhere');
    const { said } = await server.push(folder, 'HEAD:mira/other');
    expect(said).toContain('remote: This branch has no history in common with main');
  });
});

describe('what was pushed once', () => {
  test('is kept when the branch is pushed anew by force, and when it is deleted', async () => {
    const folder = await server.clone();
    await server.commit(folder, 'topics/forced.md', topic('Forced'));
    await server.push(folder, 'HEAD:mira/forced');
    const first = (await server.home.git(folder, 'rev-parse', 'HEAD')).said.trim();
    await server.home.git(folder, 'reset', '-q', '--hard', 'HEAD~1');
    await server.commit(folder, 'topics/forced.md', topic('Forced anew'));
    expect((await server.push(folder, 'HEAD:mira/forced')).said).toContain('non-fast-forward');
    expect((await server.push(folder, '+HEAD:mira/forced')).status).toBe(0);
    const [{ number, version } = { number: 0, version: 0 }] = await ofBranch('mira/forced');
    expect(version).toBe(2);
    const gone = await server.push(folder, '--delete', 'mira/forced');
    expect(gone.said).toContain(`remote: Proposal #${number} is closed; its versions are kept:`);
    expect(await ofBranch('mira/forced')).toMatchObject([{ state: 'closed' }]);
    const repository = testGit.plan(server.summitId);
    expect(await repository.resolve(`refs/proposals/${number}/1`)).toBe(first);
    expect((await repository.refs('refs/heads/mira/forced')).size).toBe(0);
    // Hidden from clients, who can neither see nor move it.
    expect((await server.home.git(folder, 'ls-remote')).said).not.toContain('refs/proposals');
    const hidden = await server.push(folder, `HEAD:refs/proposals/${number}/1`);
    expect(hidden.said).toMatch(/deny updating a hidden ref|takes branches only/);
    const again = await server.push(folder, 'HEAD:mira/forced');
    expect(again.said).toContain(`remote: Proposal #${number} is open again`);
  });
});

describe('nobody pushes', () => {
  test('to main, tags or anything that is no branch', async () => {
    const folder = await server.clone();
    await server.commit(folder, 'topics/direct.md', topic('Direct'));
    const before = await testGit.plan(server.summitId).resolve('refs/heads/main');
    const main = await server.push(folder, 'HEAD:main');
    expect(main.said).toContain(
      'remote: Nobody pushes to main, which changes by proposals that were reviewed; push a branch instead: git push origin HEAD:mira/my-change',
    );
    expect((await server.push(folder, '--delete', 'main')).said).toContain('Nobody pushes to main');
    expect((await server.push(folder, 'HEAD:refs/tags/v1')).said).toContain('The tag “v1” was not');
    expect((await server.push(folder, 'HEAD:refs/notes/x')).said).toContain('takes branches only');
    for (const name of ['--upload-pack=touch', '-x', 'main/x', 'HEAD']) {
      const { status } = await server.push(folder, `HEAD:refs/heads/${name}`);
      expect([name, status]).toEqual([name, 1]);
    }
    expect(await testGit.plan(server.summitId).resolve('refs/heads/main')).toBe(before);
    expect((await testGit.plan(server.summitId).refs('refs/tags')).size).toBe(0);
  });

  test('to the branch of somebody else’s proposal, unless they organise the summit', async () => {
    const noor = await server.comer('Noor');
    const folder = await server.clone(server.address(noor.token));
    await server.commit(folder, 'topics/noor.md', topic('Of Noor'));
    expect((await server.push(folder, 'HEAD:shared')).status).toBe(0);
    const other = await server.clone();
    await server.commit(other, 'topics/mira.md', topic('Of Mira'));
    const refused = await server.push(other, '+HEAD:shared');
    expect(refused.said).toMatch(
      /remote: The branch shared is that of #\d+, which is somebody else’s/,
    );
    expect((await server.push(other, '--delete', 'shared')).status).toBe(1);
    const ada = await tokenOf(server.world, server.world.ada);
    await server.home.git(other, 'remote', 'set-url', 'origin', server.address(ada));
    expect((await server.push(other, '+HEAD:shared')).status).toBe(0);
    expect(await ofBranch('shared')).toMatchObject([{ version: 2 }]);
  });

  test('without the right to it, and reads which one lacks', async () => {
    const folder = await server.clone();
    await server.commit(folder, 'topics/right.md', topic('Right'));
    const pushAs = async (token: string) => {
      await server.home.git(folder, 'remote', 'set-url', 'origin', server.address(token));
      return (await server.push(folder, 'HEAD:mira/right')).said;
    };
    expect(await pushAs(await tokenOf(server.world, server.mira, ['read:plan']))).toContain(
      'remote: This token may not push to plans; make one with write:plan',
    );
    expect(await pushAs(await tokenOf(server.world, server.world.stranger))).toContain(
      'remote: Only those who come to the summit push to its plan.',
    );
    await server.world.db.updateTable('summit').set({ state: 'archived' }).execute();
    expect(await pushAs(server.token)).toContain('remote: This summit is archived');
    await server.world.db.updateTable('summit').set({ state: 'announced' }).execute();
    expect(await ofBranch('mira/right')).toEqual([]);
  });
});

describe('pushes at one time', () => {
  test('of many branches are all taken, and all recorded', async () => {
    const folders = await Promise.all(Array.from({ length: 6 }, () => server.clone()));
    await Promise.all(
      folders.map((folder, n) =>
        server.commit(folder, `topics/at-once-${n}.md`, topic(`Once ${n}`)),
      ),
    );
    const answers = await Promise.all(
      folders.map((folder, n) => server.push(folder, `HEAD:once/${n}`)),
    );
    expect(answers.map(({ status }) => status)).toEqual(folders.map(() => 0));
    const opened = (await server.proposals()).filter(({ branch }) => branch.startsWith('once/'));
    expect(opened.length).toBe(6);
    expect(new Set(opened.map(({ number }) => number)).size).toBe(6);
  });

  test('of one branch: one is taken, the others are told, and the row says what Git says', async () => {
    const base = await server.clone();
    await server.commit(base, 'topics/race.md', topic('Race'));
    await server.push(base, 'HEAD:mira/race');
    const folders = await Promise.all(Array.from({ length: 4 }, () => server.clone()));
    for (const [n, folder] of folders.entries()) {
      await server.home.git(folder, 'checkout', '-q', 'mira/race');
      await server.commit(folder, 'topics/race.md', topic(`Race ${n}`));
    }
    const answers = await Promise.all(
      folders.map((folder) => server.push(folder, 'HEAD:mira/race')),
    );
    expect(answers.filter(({ status }) => status === 0).length).toBe(1);
    const [proposal] = await ofBranch('mira/race');
    const refs = await testGit.plan(server.summitId).refs('refs/heads/mira/race');
    expect(proposal?.head).toBe(refs.get('refs/heads/mira/race'));
    expect(proposal?.version).toBe(2);
  });

  test('while main moves lose neither', async () => {
    const folder = await server.clone();
    await server.commit(folder, 'topics/beside.md', topic('Beside'));
    const [pushed, commit] = await Promise.all([
      server.push(folder, 'HEAD:mira/beside'),
      server.change([{ path: 'topics/meanwhile.md', content: topic('Meanwhile') }]),
    ]);
    expect(pushed.status).toBe(0);
    expect(await ofBranch('mira/beside')).toMatchObject([{ state: 'open' }]);
    const { said } = await server.home.git(folder, 'ls-remote', 'origin', 'refs/heads/main');
    expect(said).toContain(commit);
  });
});
