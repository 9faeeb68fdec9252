import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openProposalWorld, type ProposalWorld } from '../../../../../../tests/proposal-world.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { commitsSince } from '../../../platform/git/branch.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import { documentAt } from '../repository/main-queries.ts';
import { giveReview } from '../reviews/review-commands.ts';
import { addComment } from '../threads/thread-commands.ts';
import { askMerge, mergeProposal } from './merge-commands.ts';
import { proposalOf } from './proposal-queries.ts';
import { recordPush } from './push-commands.ts';

let world: ProposalWorld;
beforeAll(async () => {
  world = await openProposalWorld([
    { path: 'README.md', content: '# The plan\n' },
    {
      path: 'plan.yaml',
      content:
        'everywhere: { reviewers: anyone, approvals: 1, window-days: 0, direct: nobody }\nfolders:\n  goals: { window-days: 3 }\n',
    },
    { path: 'notes/a.md', content: 'one\ntwo\nthree\n' },
    { path: 'notes/b.md', content: 'alpha\nbeta\ngamma\n' },
  ]);
});
afterAll(() => world.drop());

const propose = async (branch: string, path: string, content: string, pusher = world.mira) =>
  world.push(branch, await world.commit(await world.mainHead(), [{ path, content }]), pusher);

const approve = async (number: number, by = world.noor, version = 1) =>
  expectOk(
    await inTransaction(world.db, (tx) =>
      giveReview(tx, world.services, world.as(by), world.self(by), {
        number,
        version,
        verdict: 'approve',
        body: '',
      }),
    ),
  );

const merge = (number: number, right: Self | Organiser, more: object = {}) =>
  inTransaction(world.db, (tx) =>
    mergeProposal(tx, world.services, world.as(right.personId ?? ''), right, { number, ...more }),
  );

const codeOf = (result: Awaited<ReturnType<typeof merge>>): string =>
  result.ok ? 'merged' : result.error.code;

describe('merging', () => {
  test('makes a commit by Cairn that names author, reviewers and the proposal, and no address of anybody', async () => {
    const number = await propose('attributed', 'notes/a.md', 'one\nTWO\nthree\n');
    await approve(number);
    const before = await world.mainHead();
    const head = (await proposalOf(world.db, { summitId: world.summitId, number }))?.head;
    const { commit } = expectOk(await merge(number, world.self(world.mira)));
    expect(await world.mainHead()).toBe(commit);
    const [made] = await commitsSince(world.repository, before, commit, 1);
    expect(made?.parents).toEqual([before, head]);
    expect(made?.author).toMatchObject({
      name: 'Mira Lehto',
      email: 'mira-lehto@users.noreply.cairn.test',
    });
    expect(made?.subject).toBe(`Change it (#${number})`);
    expect(made?.body).toBe(
      `Proposal: http://cairn.test${world.base}/proposals/${number}\nReviewed-by: Noor <noor@users.noreply.cairn.test>`,
    );
    expect((await documentAt(world.db, world.summitId, 'notes/a.md'))?.source).toContain('TWO');
    expect(await proposalOf(world.db, { summitId: world.summitId, number })).toMatchObject({
      state: 'merged',
      mergedBy: world.mira,
      mergeCommit: commit,
      mergedDespite: '',
    });
    expect(codeOf(await merge(number, world.self(world.mira)))).toBe('merged-already');
  });

  test('brings together what main and the proposal changed in different places', async () => {
    const number = await propose('together', 'notes/b.md', 'alpha\nbeta\ngamma\ndelta\n');
    await world.changeMain([{ path: 'notes/b.md', content: 'ALPHA\nbeta\ngamma\n' }]);
    await approve(number);
    expectOk(await merge(number, world.self(world.mira)));
    expect((await documentAt(world.db, world.summitId, 'notes/b.md'))?.source).toBe(
      'ALPHA\nbeta\ngamma\ndelta\n',
    );
  });

  test('waits for approvals; organisers may set that aside with a reason, which is kept and stands in the commit', async () => {
    const number = await propose('despite', 'notes/c.md', 'new\n');
    expect(codeOf(await merge(number, world.self(world.mira)))).toBe('needs-approvals');
    const reason = { despite: 'The venue asked for it today.' };
    expect(codeOf(await merge(number, world.self(world.mira), reason))).toBe('needs-approvals');
    expect(codeOf(await merge(number, world.organisers))).toBe('needs-approvals');
    const { commit } = expectOk(await merge(number, world.organisers, reason));
    const place = { summitId: world.summitId, number };
    expect((await proposalOf(world.db, place))?.mergedDespite).toBe(reason.despite);
    const [made] = await commitsSince(world.repository, undefined, commit, 1);
    expect(made?.body).toContain('- It needs 1 approval of anyone who comes');
    expect(made?.body).toContain('Reason: The venue asked for it today.');
  });

  test('is for the author, leads of what it touches and organisers', async () => {
    const number = await propose('whose', 'notes/d.md', 'new\n');
    await approve(number);
    expect(codeOf(await merge(number, world.self(world.noor)))).toBe('not-yours');
    expectOk(await merge(number, world.organisers));
  });

  test('is refused by nobody’s reason where the two are in conflict or the plan would break', async () => {
    const conflicting = await propose('conflict', 'notes/a.md', 'one\nmine\nthree\n');
    await world.changeMain([{ path: 'notes/a.md', content: 'one\nmain\nthree\n' }]);
    const reason = { despite: 'Now.' };
    expect(codeOf(await merge(conflicting, world.organisers, reason))).toBe('conflicts');
    const breaking = await propose('break', 'notes/e.md', '[there](nowhere.md)\n');
    expect(codeOf(await merge(breaking, world.organisers, reason))).toBe('check-fails');
  });

  test('of what changed meanwhile is refused to whoever saw the version before', async () => {
    const number = await propose('seen', 'notes/f.md', 'one\n');
    const head = await world.commit(await world.mainHead(), [
      { path: 'notes/f.md', content: 'two\n' },
    ]);
    await world.push('seen', head, world.mira);
    await approve(number, world.noor, 2);
    expect(codeOf(await merge(number, world.self(world.mira), { version: 1 }))).toBe(
      'version-moved',
    );
    expectOk(await merge(number, world.self(world.mira), { version: 2 }));
  });

  test('of one proposal twice at once merges it once, and the other is told', async () => {
    const number = await propose('twice', 'notes/g.md', 'one\n');
    await approve(number);
    const both = await Promise.all([
      merge(number, world.self(world.mira)),
      merge(number, world.organisers),
    ]);
    expect(both.map(codeOf).sort()).toEqual(['merged', 'merged-already']);
  });

  test('of two that do not go together at once merges one, and the other is in conflict', async () => {
    const start = await world.mainHead();
    const commit = (content: string) => world.commit(start, [{ path: 'README.md', content }]);
    const one = await world.push('race-one', await commit('# One\n'), world.mira);
    const two = await world.push('race-two', await commit('# Two\n'), world.mira);
    await approve(one);
    await approve(two);
    const both = await Promise.all([
      merge(one, world.self(world.mira)),
      merge(two, world.self(world.mira)),
    ]);
    expect(both.map(codeOf).sort()).toEqual(['conflicts', 'merged']);
  });

  test('racing a push takes either the version before it or none; nothing of the push is lost', async () => {
    const start = await world.mainHead();
    const one = await world.commit(start, [{ path: 'notes/h.md', content: 'one\n' }]);
    const number = await world.push('race', one, world.mira);
    await approve(number);
    const two = await world.commit(one, [{ path: 'notes/h.md', content: 'two\n' }]);
    const pushed = { summitId: world.summitId, branch: 'race', head: two, pusher: world.mira };
    const [merged, recorded] = await Promise.all([
      merge(number, world.self(world.mira), { version: 1 }),
      inTransaction(world.db, (tx) =>
        recordPush(tx, world.services, { ...world.as(world.mira), door: 'git' }, pushed),
      ),
    ]);
    const { number: told, did } = expectOk(recorded);
    if (merged.ok) {
      expect(did).toBe('opened');
      expect(told).not.toBe(number);
    } else {
      expect(merged.error.code).toBe('version-moved');
      expect({ told, did }).toEqual({ told: number, did: 'versioned' });
    }
    const kept = await world.repository.refs('refs/proposals');
    expect([...kept.values()]).toContain(two);
  });

  test('is told to the author and to those who spoke, and not to whoever did it', async () => {
    const number = await propose('told', 'notes/i.md', 'one\n');
    expectOk(
      await inTransaction(world.db, (tx) =>
        addComment(tx, world.as(world.noor), { summitId: world.summitId, number }, { body: 'Yes' }),
      ),
    );
    await approve(number);
    expectOk(await merge(number, world.self(world.mira)));
    const mails = await world.db
      .selectFrom('mail')
      .select(['personId', 'subject'])
      .where('subject', 'like', `Merged: %(#${number})`)
      .execute();
    expect(mails).toEqual([{ personId: world.noor, subject: `Merged: Change it (#${number})` }]);
  });
});

describe('asking for a merge by itself', () => {
  test('holds for the version that was seen: a new one takes it back', async () => {
    const number = await propose('later', 'goals/README.md', 'one\n');
    const place = { summitId: world.summitId, number };
    const ask = (isAsked: boolean) =>
      inTransaction(world.db, (tx) =>
        askMerge(tx, world.services, world.as(world.mira), world.self(world.mira), {
          number,
          isAsked,
        }),
      );
    expectOk(await ask(true));
    expect((await proposalOf(world.db, place))?.mergeAskedBy).toBe(world.mira);
    const head = await world.commit(await world.mainHead(), [
      { path: 'goals/README.md', content: 'two\n' },
    ]);
    await world.push('later', head, world.mira);
    expect((await proposalOf(world.db, place))?.mergeAskedBy).toBeNull();
  });
});
