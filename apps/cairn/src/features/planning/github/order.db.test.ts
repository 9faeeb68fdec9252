import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Delivery } from '../../../../../../tests/github-server/records.ts';
import {
  type GithubTestWorld,
  openGithubWorld,
  shownOf,
} from '../../../../../../tests/github-world.ts';

let world: GithubTestWorld;

beforeAll(async () => {
  world = await openGithubWorld();
});
beforeEach(() => world.fresh());
afterAll(async () => {
  expect(world.server.wrong).toEqual([]);
  await world.drop();
});

/** Things that happen at GitHub, as numbers that choose among what there is. */
const happenings = fc.array(
  fc.record({
    what: fc.nat({ max: 15 }),
    which: fc.nat({ max: 1000 }),
    /** Nothing, so that two things happen in one second, or some time. */
    seconds: fc.constantFrom(0, 0, 1, 60),
  }),
  { minLength: 3, maxLength: 14 },
);
type Happening = { readonly what: number; readonly which: number; readonly seconds: number };

function happen({ what, which, seconds }: Happening): void {
  const { world: github } = world.server;
  const { repo, octo } = world;
  const pick = <T>(all: Iterable<T>): T | undefined => {
    const list = [...all];
    return list[which % Math.max(list.length, 1)];
  };
  const mira = github.accountByLogin('mira-gh') ?? github.addAccount('mira-gh');
  const by = which % 2 === 0 ? octo : mira;
  const thread = pick(repo.issues.values());
  const pull = pick([...repo.issues.values()].filter((each) => each.pull !== undefined));
  const comment = pick(repo.comments.values());
  const line = pick(repo.lineComments.values());
  const review = pick(repo.reviews.values());
  if (what <= 1 || thread === undefined)
    github.openIssue(repo, by, { title: `Issue ${which}`, body: `Text ${which}` });
  else if (what === 2)
    github.openPull(repo, by, {
      title: `Pull ${which}`,
      head: `branch-${which}-${repo.lastNumber}`,
    });
  else if (what === 3) github.editIssue(repo, by, thread, { title: `Title ${which}` });
  else if (what === 4)
    github.editIssue(repo, by, thread, { labels: [['a'], ['b', 'c'], []][which % 3] ?? [] });
  else if (what === 5 && thread.pull?.mergedAt == null) {
    github.editIssue(repo, by, thread, { state: thread.state === 'open' ? 'closed' : 'open' });
  } else if (what === 6) github.lock(repo, by, thread, !thread.locked);
  else if (what <= 8) github.comment(repo, by, thread, `Said ${which}`);
  else if (what === 9 && comment) github.editComment(repo, by, comment, `Said otherwise ${which}`);
  else if (what === 10 && comment) github.deleteComment(repo, by, comment);
  else if (what === 11 && pull?.state === 'open') {
    github.pushPull(repo, by, pull, which.toString(16).padStart(40, '0'));
  } else if (what === 12 && pull) {
    github.review(repo, by, pull, {
      state: which % 3 ? 'APPROVED' : 'CHANGES_REQUESTED',
      body: `Review ${which}`,
    });
  } else if (what === 13 && review) github.dismissReview(repo, by, review);
  else if (what === 14 && pull) {
    github.lineComment(repo, by, pull, {
      body: `Line ${which}`,
      path: 'a.md',
      line: 1 + (which % 9),
    });
  } else if (what === 15 && line) github.editLineComment(repo, by, line, `Line otherwise ${which}`);
  github.pass(seconds);
}

async function told(deliveries: readonly Delivery[]) {
  await world.deliver(deliveries);
  await world.apply();
  await world.read();
  return shownOf(world);
}

/** The same repository, as if nothing had been heard of it yet. */
async function forgetAll(): Promise<void> {
  const { repo } = world;
  await world.fresh();
  await world.db
    .updateTable('githubSettings')
    .set({ name: repo.name, repositoryId: repo.id })
    .execute();
}

describe('what GitHub tells', () => {
  test('says that a comment was deleted before its thread is here', async () => {
    const { world: github } = world.server;
    const { octo, repo } = world;
    const pull = github.openPull(repo, octo, { title: 'Pull', head: 'branch' });
    github.deleteComment(repo, octo, github.comment(repo, octo, pull, 'Said in haste'));
    const deliveries = github.takeDeliveries();
    const inOrder = await told(deliveries);
    expect(inOrder).toMatchObject([{ comments: [{ body: '', withdrawn: true }] }]);
    await forgetAll();
    expect(await told([...deliveries].reverse())).toEqual(inOrder);
    const left = await world.db.selectFrom('githubDelivery').select(['state', 'payload']).execute();
    expect(left).toEqual(deliveries.map(() => ({ state: 'applied', payload: null })));
  });

  test('gives the same in any order and however often it is told', {
    timeout: 240_000,
  }, async () => {
    await fc.assert(
      fc.asyncProperty(happenings, fc.infiniteStream(fc.nat()), async (story, chance) => {
        await world.fresh();
        for (const each of story) happen(each);
        const deliveries = world.server.world.takeDeliveries();
        const inOrder = await told(deliveries);
        await forgetAll();
        const some = deliveries.filter(() => (chance.next().value ?? 0) % 3 === 0);
        const mixed = [...deliveries, ...some]
          .map((delivery) => ({ delivery, at: chance.next().value ?? 0 }))
          .sort((one, other) => one.at - other.at)
          .map(({ delivery }) => delivery);
        expect(await told(mixed)).toEqual(inOrder);
      }),
      { numRuns: 25 },
    );
  });
});
