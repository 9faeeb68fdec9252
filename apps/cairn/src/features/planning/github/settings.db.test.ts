import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type GithubTestWorld,
  openGithubWorld,
  shownOf,
} from '../../../../../../tests/github-world.ts';
import { post } from '../../../../../../tests/services.ts';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';
import { githubOf } from './settings-queries.ts';

const PLANNING = '/s/sp_summit_2023/organise/planning';
let world: GithubTestWorld;

beforeAll(async () => {
  world = await openGithubWorld();
});
beforeEach(async () => {
  await world.fresh();
  await world.db.deleteFrom('githubSettings').execute();
  await world.db.deleteFrom('githubFormer').execute();
});
afterAll(async () => {
  expect(world.server.wrong).toEqual([]);
  await world.drop();
});

const page = async (path: string, as = world.ada): Promise<string> =>
  (await world.app.request(path, { headers: { 'x-test-person': as } })).text();
const send = (path: string, fields: Record<string, string>, as = world.ada) =>
  world.app.request(path, post(fields, as));
const connect = (repository: string, topicLabel = 'topic') =>
  send(`${PLANNING}/github`, { repository, topicLabel });

describe('the settings of GitHub', () => {
  test('connect a repository by its name or its address, and bring what is there', async () => {
    expectIn(await page(PLANNING), 'Nothing is connected.');
    world.server.world.openIssue(world.repo, world.octo, { title: 'Already there' });
    const answer = await connect(`https://github.com/octo/${world.repo.name}/`);
    expect(answer.status).toBe(303);
    await world.read();
    expect(await shownOf(world)).toMatchObject([{ title: 'Already there' }]);
    expectIn(await page(PLANNING), `Kept in step with octo/${world.repo.name}.`);
    const shown = await page(`${PLANNING}/github`);
    expectIn(shown, 'The same here and there');
    expectIn(shown, 'of 5,000 requests');
  });

  test('say at the field what is wrong, and keep what was typed', async () => {
    const wrong = await connect('not a name');
    expect(wrong.status).toBe(422);
    expectIn(await wrong.text(), 'scientific-python/summit-2023');
    const missing = await connect('octo/nowhere', 'subject');
    expect(missing.status).toBe(422);
    const shown = await missing.text();
    expectIn(shown, 'GitHub has no such repository');
    expectIn(shown, 'value="subject"');
    server401();
    const refused = await connect(`octo/${world.repo.name}`);
    expectIn(await refused.text(), 'GITHUB_TOKEN');
    expect(await githubOf(world.db, world.summitId)).toBeUndefined();
  });

  const server401 = () => world.server.faults.push({ kind: 'status', status: 401 });

  test('tell when the repository is out of reach, until it is there again', async () => {
    await connect(`octo/${world.repo.name}`);
    world.server.world.repos.delete(world.repo.id);
    await world.read().catch(() => undefined);
    expectIn(await page(`${PLANNING}/github`), 'GitHub has no such repository');
    world.server.world.repos.set(world.repo.id, world.repo);
    await world.read();
    expectNotIn(await page(`${PLANNING}/github`), 'GitHub has no such repository');
  });

  test('read all of it again, and disconnect without losing anything', async () => {
    world.server.world.openIssue(world.repo, world.octo, { title: 'Stays' });
    await connect(`octo/${world.repo.name}`);
    await world.read();
    expect((await send(`${PLANNING}/github/read`, {})).status).toBe(303);
    await world.read();
    expect((await send(`${PLANNING}/github/disconnect`, {})).status).toBe(303);
    expect(await githubOf(world.db, world.summitId)).toBeUndefined();
    expect(await shownOf(world)).toHaveLength(1);
    // Connected again it is the same issue; in another repository number 1 is another one.
    await connect(`octo/${world.repo.name}`);
    await world.read();
    expect(await shownOf(world)).toHaveLength(1);
    await send(`${PLANNING}/github/disconnect`, {});
    const other = world.server.world.addRepo(world.octo, `other-${world.repo.id}`);
    world.server.world.openIssue(other, world.octo, { title: 'Another first' });
    await connect(`octo/${other.name}`);
    await world.read();
    const titles = await world.db.selectFrom('planThread').select('title').execute();
    expect(titles.map(({ title }) => title).sort()).toEqual(['Another first', 'Stays']);
  });

  test('are for organisers only', async () => {
    expect(
      (await send(`${PLANNING}/github`, { repository: 'a/b' }, world.stranger)).status,
    ).not.toBe(303);
    expect(await githubOf(world.db, world.summitId)).toBeUndefined();
  });
});
