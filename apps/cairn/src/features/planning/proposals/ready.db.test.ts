import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProposalWorld, type ProposalWorld } from '../../../../../../tests/proposal-world.ts';
import { testServices } from '../../../../../../tests/services.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import type { StoredEvent } from '../../../platform/jobs/events.ts';
import { refConsumer } from '../repository/ref-consumer.ts';
import { giveReview } from '../reviews/review-commands.ts';
import { mergedBranchConsumer } from './branch-consumer.ts';
import { proposeChange } from './change-commands.ts';
import { askMerge, mergeProposal } from './merge-commands.ts';
import { proposalOf } from './proposal-queries.ts';
import { mergeReady } from './ready-sweep.ts';

let world: ProposalWorld;
beforeAll(async () => {
  world = await openProposalWorld([
    { path: 'README.md', content: '# The plan\n' },
    {
      path: 'plan.yaml',
      content:
        'everywhere: { reviewers: anyone, approvals: 1, window-days: 2, direct: nobody }\nfolders: {}\n',
    },
  ]);
});
afterAll(() => world.drop());

const services = () => testServices(world.db, { clock: world.clock });

async function proposeInBrowser(path: string): Promise<number> {
  const base = await world.mainHead();
  const change = { changes: [{ path, content: '# New\n' }], base, title: `Add ${path}`, why: '' };
  return expectOk(
    await inTransaction(world.db, (tx) =>
      proposeChange(tx, world.services, world.as(world.mira), world.self(world.mira), change),
    ),
  ).number;
}

const approve = async (number: number) =>
  expectOk(
    await inTransaction(world.db, (tx) =>
      giveReview(tx, world.services, world.as(world.noor), world.self(world.noor), {
        number,
        version: 1,
        verdict: 'approve',
        body: '',
      }),
    ),
  );

const told = (number: number, kind: string): StoredEvent => ({
  id: '1',
  at: world.clock.now(),
  kind,
  summitId: world.summitId,
  personId: null,
  actorId: null,
  door: 'web',
  data: { number },
});

describe('a proposal that is to be merged by itself', () => {
  test('waits for its window, and is merged in the name of whoever asked when that is over', async () => {
    const number = await proposeInBrowser('one.md');
    const place = { summitId: world.summitId, number };
    await approve(number);
    expectOk(
      await inTransaction(world.db, (tx) =>
        askMerge(tx, world.services, world.as(world.mira), world.self(world.mira), {
          number,
          isAsked: true,
        }),
      ),
    );
    await mergeReady(services());
    expect((await proposalOf(world.db, place))?.state).toBe('open');
    world.clock.set(world.clock.now().add({ hours: 47 }));
    await mergeReady(services());
    expect((await proposalOf(world.db, place))?.state).toBe('open');
    world.clock.set(world.clock.now().add({ hours: 1 }));
    await mergeReady(services());
    expect(await proposalOf(world.db, place)).toMatchObject({
      state: 'merged',
      mergedBy: world.mira,
    });
  });
});

describe('the branch of a proposal', () => {
  test('follows what is made in the browser, and goes once it is merged while its versions stay', async () => {
    const number = await proposeInBrowser('two.md');
    const place = { summitId: world.summitId, number };
    const handle = (consumer: typeof refConsumer, kind: string) =>
      world.db.transaction().execute((tx) => consumer.handle(told(number, kind), tx, services()));
    await handle(refConsumer, 'proposal.versioned');
    const proposal = await proposalOf(world.db, place);
    const ref = `refs/heads/${proposal?.branch}`;
    expect(await world.repository.resolve(ref)).toBe(proposal?.head);
    await handle(mergedBranchConsumer, 'proposal.merged');
    expect(await world.repository.resolve(ref)).toBe(proposal?.head);
    expectOk(
      await inTransaction(world.db, (tx) =>
        mergeProposal(tx, world.services, world.as(world.ada), world.organisers, {
          number,
          despite: 'For the test.',
        }),
      ),
    );
    await handle(mergedBranchConsumer, 'proposal.merged');
    expect(await world.repository.resolve(ref)).toBeUndefined();
    expect(await world.repository.resolve(`refs/proposals/${number}/1`)).toBe(proposal?.head);
  });

  test('stays where somebody pushed it further after the merge', async () => {
    const number = await proposeInBrowser('three.md');
    const place = { summitId: world.summitId, number };
    const proposal = await proposalOf(world.db, place);
    expectOk(
      await inTransaction(world.db, (tx) =>
        mergeProposal(tx, world.services, world.as(world.ada), world.organisers, {
          number,
          despite: 'For the test.',
        }),
      ),
    );
    const further = await world.commit(proposal?.head ?? '', [
      { path: 'three.md', content: '# More\n' },
    ]);
    const ref = `refs/heads/${proposal?.branch}`;
    await world.repository.pointRef(ref, further);
    await world.db
      .transaction()
      .execute((tx) =>
        mergedBranchConsumer.handle(told(number, 'proposal.merged'), tx, services()),
      );
    expect(await world.repository.resolve(ref)).toBe(further);
  });
});
