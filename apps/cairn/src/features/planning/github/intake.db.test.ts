import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { deliveryRequest } from '../../../../../../tests/github-server/server.ts';
import {
  type GithubTestWorld,
  openGithubWorld,
  WEBHOOK_SECRET,
} from '../../../../../../tests/github-world.ts';
import { holdPlan } from './apply-commands.ts';
import { intakeOf } from './intake-commands.ts';
import { connected, githubOf } from './settings-queries.ts';

let world: GithubTestWorld;

beforeAll(async () => {
  world = await openGithubWorld();
});
beforeEach(() => world.fresh());
afterAll(() => world.drop());

const waiting = async (): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from github_delivery where state = 'waiting'`.execute(world.db);
  return rows[0]?.count ?? 0;
};

test('what GitHub sends is stored while what it sent before is being applied', async () => {
  const { summitId, services } = world;
  const settings = await githubOf(world.db, summitId);
  if (settings === undefined || services.github === undefined) throw new Error('not connected');
  const plan = connected(settings, services.github);
  await world.db.transaction().execute(async (tx) => {
    await holdPlan({ tx, plan });
    world.server.world.openIssue(world.repo, world.octo, { title: 'Meanwhile', body: '' });
    await world.deliver();
    expect(await waiting()).toBe(1);
  });
});

test('whoever sends is asked to wait while the database is far behind, and loses nothing of what was taken', async () => {
  const intake = intakeOf(world.services);
  const payload = JSON.stringify({ text: 'x'.repeat(23_000_000) });
  const delivery = { event: 'issues', action: 'opened', repositoryId: world.repo.id, payload };
  let stored: Promise<unknown> = Promise.resolve();
  const issue = world.server.world.openIssue(world.repo, world.octo, { title: 'Late', body: '' });
  expect(issue.title).toBe('Late');
  const [late] = world.server.world.takeDeliveries();
  if (late === undefined) throw new Error('nothing was sent');
  const send = async () =>
    world.app.request('/github/webhook', await deliveryRequest(late, WEBHOOK_SECRET));
  await world.db.transaction().execute(async (tx) => {
    await sql`lock table github_delivery in exclusive mode`.execute(tx);
    stored = Promise.all(['a', 'b', 'c'].map((id) => intake.store({ id, ...delivery })));
    const refused = await send();
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('10');
  });
  await stored;
  expect(await waiting()).toBe(3);
  expect((await send()).status).toBe(202);
});

test('a delivery that cannot be stored takes none of those along that came with it', async () => {
  const intake = intakeOf(world.services);
  const about = { event: 'issues', action: 'opened', payload: '{}' };
  const stored = await Promise.allSettled([
    intake.store({ ...about, id: 'first', repositoryId: 1 }),
    // Stored together: they come while the first is being stored.
    intake.store({ ...about, id: 'second', repositoryId: 2 }),
    intake.store({ ...about, id: 'broken', repositoryId: Number.NaN }),
    intake.store({ ...about, id: 'third', repositoryId: 3 }),
  ]);
  expect(stored.map(({ status }) => status)).toEqual([
    'fulfilled',
    'fulfilled',
    'rejected',
    'fulfilled',
  ]);
});
