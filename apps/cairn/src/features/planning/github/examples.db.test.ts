import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Tree } from '../../../../../../tests/github-server/contract.ts';
import { deliveryRequest } from '../../../../../../tests/github-server/server.ts';
import {
  type GithubTestWorld,
  openGithubWorld,
  WEBHOOK_SECRET,
} from '../../../../../../tests/github-world.ts';

interface Examples {
  readonly name: string;
  readonly examples: readonly Tree[];
}

const examples: readonly Examples[] = createRequire(import.meta.url)('@octokit/webhooks-examples');
let world: GithubTestWorld;

beforeAll(async () => {
  world = await openGithubWorld();
});
afterAll(() => world.drop());

/** Events that say something about plans. */
const OURS = [
  'issues',
  'issue_comment',
  'label',
  'ping',
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_review_thread',
];

describe('payloads that GitHub really sent', () => {
  test('are all taken, and applied or kept, every one of them', { timeout: 120_000 }, async () => {
    const all = examples.flatMap(({ name, examples: list }) =>
      list.map((payload) => ({ name, payload })),
    );
    expect(all).toHaveLength(329);
    for (const [index, { name, payload }] of all.entries()) {
      // As if all of them had come from the repository that is connected.
      const repository = payload['repository'];
      const about =
        repository !== null && typeof repository === 'object' && !Array.isArray(repository)
          ? { repository: { ...repository, id: world.repo.id } }
          : { repository: { id: world.repo.id, name: 'x', owner: { login: 'x' } } };
      const delivery = {
        guid: `example-${index}`,
        event: name,
        at: '',
        payload: { ...payload, ...about },
      };
      const answer = await world.app.request(
        '/github/webhook',
        await deliveryRequest(delivery, WEBHOOK_SECRET),
      );
      expect([name, answer.status]).toEqual([name, 202]);
    }
    await world.apply();
    const rows = await world.db
      .selectFrom('githubDelivery')
      .select(['event', 'action', 'state', 'why'])
      .execute();
    expect(rows).toHaveLength(329);
    expect(rows.filter(({ state }) => state !== 'applied' && state !== 'kept')).toEqual([]);
    const notApplied = rows.filter(
      ({ event, state }) => OURS.includes(event) && state !== 'applied',
    );
    // The two that lack the state of the issue: pinning says nothing about plans.
    expect(notApplied.map(({ action }) => action).sort()).toEqual(['pinned', 'unpinned']);
    const threads = await world.db.selectFrom('planThread').select('kind').execute();
    expect(new Set(threads.map(({ kind }) => kind))).toEqual(new Set(['issue', 'proposal']));
  });
});
