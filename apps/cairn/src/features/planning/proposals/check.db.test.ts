import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProposalWorld, type ProposalWorld } from '../../../../../../tests/proposal-world.ts';
import { branchProblems } from '../repository/push-queries.ts';
import { giveHandles } from '../threads/handle-commands.ts';
import { problemsOfChange } from './check-queries.ts';

let world: ProposalWorld;
beforeAll(async () => {
  world = await openProposalWorld([{ path: 'README.md', content: '# The plan\n' }]);
  await world.db
    .insertInto('githubAccount')
    .values({ id: 77, login: 'KimKit', personId: null, seenAt: world.actor.now })
    .execute();
});
afterAll(() => world.drop());

const topicLedBy = (lead: string) => ({
  path: 'topics/sparse.md',
  content: `---\ntitle: Sparse arrays\nstate: idea\nlead: ${lead}\n---\n\n## Problem\n\nNobody agrees.\n`,
});

describe('whom a document may name', () => {
  test.each([
    ['kimkit', []],
    ['nobody-at-all', ['unknown-person']],
  ])('is the same for a push and for a form: %s', async (lead, codes) => {
    const { db, repository, summitId } = world;
    const main = await world.mainHead();
    const change = topicLedBy(lead);
    const people = await giveHandles(db, summitId);
    const context = { db, summitId, main, repository, largestFile: 1_000_000, people };
    const pushed = await branchProblems(context, await world.commit(main, [change]));
    const typed = await problemsOfChange(db, repository, main, [change]);
    expect(pushed.map(({ code }) => code)).toEqual(codes);
    expect(typed.map(({ code }) => code)).toEqual(codes);
  });
});
