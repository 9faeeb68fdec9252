import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type GithubTestWorld,
  openGithubWorld,
  shownOf,
} from '../../../../../../tests/github-world.ts';

let world: GithubTestWorld;

beforeAll(async () => {
  world = await openGithubWorld('app');
});
afterAll(async () => {
  expect(world.server.wrong).toEqual([]);
  await world.drop();
});

test('what an App’s log says was not taken is sent again, once, and what no list tells is healed', async () => {
  const { world: github, app } = world.server;
  const pull = github.openPull(world.repo, world.octo, { title: 'Change', head: 'b' });
  github.pass(5);
  const line = github.lineComment(world.repo, world.octo, pull, {
    body: 'Oh.',
    path: 'a.md',
    line: 1,
  });
  github.pass(5);
  await world.deliver();
  await world.apply();
  github.deleteLineComment(world.repo, world.octo, line);
  const lost = github.takeDeliveries();
  for (const { guid, event } of lost) {
    const attempt = { guid, event, redelivery: false, repository_id: world.repo.id };
    app.log.push({ id: github.id(), status_code: 502, ...attempt });
  }
  await world.read();
  expect(app.askedAgain).toEqual(lost.map(({ guid }) => guid));
  await world.deliver(lost);
  await world.apply();
  expect(await shownOf(world)).toMatchObject([{ comments: [{ withdrawn: true }] }]);
  await world.read();
  expect(app.askedAgain).toHaveLength(1);
});
