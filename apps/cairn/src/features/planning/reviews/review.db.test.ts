import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Comer,
  openReviewWorld,
  type ReviewWorld,
} from '../../../../../../tests/review-world.ts';
import { TEST_URL, testGit } from '../../../../../../tests/services.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { changesBetween } from '../../../platform/git/changes.ts';
import { answerLine, commentOnLine, settleLine } from './line-commands.ts';
import { requestReview } from './request-commands.ts';
import { dismissReview, type GivenReview, giveReview } from './review-commands.ts';
import { reviewRequestsOf, reviewsAwaiting, reviewsOf } from './review-queries.ts';

const services = { git: testGit, url: TEST_URL };
const TOPIC = '---\ntitle: Sparse arrays\n---\n\nOne.\nTwo.\nThree.\n';
let world: ReviewWorld;
let author: Comer;
let reviewer: Comer;
let other: Comer;

beforeAll(async () => {
  world = await openReviewWorld([
    { path: 'README.md', content: '# The plan\n' },
    { path: 'topics/sparse.md', content: TOPIC },
  ]);
  author = await world.comer('Author One');
  reviewer = await world.comer('Reviewer Two');
  other = await world.comer('Other Three');
});
afterAll(() => world.drop());

const propose = () =>
  world.propose(author, 'Say two better', [
    { path: 'topics/sparse.md', content: TOPIC.replace('Two.', 'Zwei.') },
  ]);
const give = (by: Comer, given: Omit<GivenReview, 'version'> & { version?: number }) =>
  inTransaction(world.db, (tx) =>
    giveReview(tx, services, by.actor(), by.self, { version: 1, ...given }),
  );
const events = (kind: string) =>
  world.db
    .selectFrom('event')
    .select(['data', 'actorId', 'personId'])
    .where('kind', '=', kind)
    .orderBy('id')
    .execute();
const mailsTo = async (person: Comer) =>
  world.db
    .selectFrom('mail')
    .select(['subject', 'body', 'page'])
    .where('personId', '=', person.id)
    .execute();

describe('a review', () => {
  test('is of one version, comes with comments on lines, and tells the author', async () => {
    const number = await propose();
    const { id } = expectOk(
      await give(reviewer, {
        number,
        verdict: 'request_changes',
        body: 'Say it in English.',
        lines: [{ path: 'topics/sparse.md', side: 'new', line: 6, body: 'Here.' }],
      }),
    );
    const [review] = await reviewsOf(world.db, { summitId: world.summitId, number });
    expect(review).toMatchObject({
      id,
      version: 1,
      verdict: 'request_changes',
      body: 'Say it in English.',
      author: { personId: reviewer.id, name: 'Reviewer Two' },
      lines: 1,
      isDismissed: false,
    });
    expect((await events('review.given')).at(-1)).toMatchObject({
      actorId: reviewer.id,
      data: { number, review: id, verdict: 'request_changes' },
    });
    expect(await mailsTo(author)).toContainEqual({
      subject: `Reviewer Two asked for changes: Say two better (#${number})`,
      body: expect.stringContaining('Say it in English.'),
      page: `/s/sp_summit_2023/plan/proposals/${number}`,
    });
  });

  test('that asks for changes says which', async () => {
    const number = await propose();
    const given = await give(reviewer, { number, verdict: 'request_changes', body: ' \n' });
    expect(given).toMatchObject({
      ok: false,
      error: { code: 'no-reason', place: { path: 'body' } },
    });
  });

  test('of one’s own work is a comment only', async () => {
    const number = await propose();
    for (const verdict of ['approve', 'request_changes'] as const) {
      const given = await give(author, { number, verdict, body: 'Mine.' });
      expect(given).toMatchObject({ ok: false, error: { code: 'own-proposal' } });
    }
    expectOk(await give(author, { number, verdict: 'comment', body: 'A word on it.' }));
    expect(await mailsTo(author)).not.toContainEqual(
      expect.objectContaining({ subject: expect.stringContaining('Author One') }),
    );
  });

  test('and a remark are for organisers only where the conversation is locked', async () => {
    const number = await propose();
    const locked = { lockedAt: world.clock.now() };
    await world.db.updateTable('planThread').set(locked).where('number', '=', number).execute();
    const refused = { ok: false, error: { code: 'locked' } };
    expect(await give(reviewer, { number, verdict: 'approve', body: '' })).toMatchObject(refused);
    const line = { path: 'topics/sparse.md', side: 'new', line: 5, body: 'Why?' } as const;
    const remark = await inTransaction(world.db, (tx) =>
      commentOnLine(tx, services, reviewer.actor(), reviewer.self, { ...line, number, version: 1 }),
    );
    expect(remark).toMatchObject(refused);
  });

  test('of a version that somebody else pushed is not that person’s to approve', async () => {
    const number = await propose();
    await world.push(number, other, [{ path: 'README.md', content: '# Plan\n' }]);
    expect(await give(other, { number, version: 2, verdict: 'approve', body: '' })).toMatchObject({
      error: { code: 'own-proposal' },
    });
    expectOk(await give(other, { number, version: 1, verdict: 'approve', body: '' }));
  });

  test('of nothing there is refused, and then nothing of it is kept', async () => {
    const number = await propose();
    const bad = [
      [{ number: 999, verdict: 'approve', body: '' }, 'no-such-thread'],
      [{ number, version: 7, verdict: 'approve', body: '' }, 'no-such-version'],
      [{ number, verdict: 'comment', body: '' }, 'no-comment'],
      [lineOf('topics/none.md', 1), 'no-such-file'],
      [lineOf('topics', 1), 'no-such-file'],
      [lineOf('../etc/passwd', 1), 'no-such-file'],
      [lineOf('a\0b', 1), 'no-such-file'],
      [lineOf('topics/sparse.md', 8), 'no-such-line'],
      [lineOf('topics/sparse.md', 2, 3), 'bad-lines'],
    ] as const;
    function lineOf(path: string, line: number, firstLine?: number) {
      const lines = [{ path, side: 'new', line, firstLine, body: 'Here.' }] as const;
      return { number, verdict: 'approve', body: '', lines } as const;
    }
    for (const [given, code] of bad) {
      expect(await give(reviewer, given)).toMatchObject({ ok: false, error: { code } });
    }
    expect(await reviewsOf(world.db, { summitId: world.summitId, number })).toEqual([]);
  });

  test('is dismissed by its author or an organiser, with a reason, and stays to be read', async () => {
    const number = await propose();
    const { id } = expectOk(await give(reviewer, { number, verdict: 'approve', body: '' }));
    const dismiss = (by: Comer, why: string) =>
      inTransaction(world.db, (tx) => dismissReview(tx, by.actor(), by.self, { review: id, why }));
    expect(await dismiss(author, 'I dislike it')).toMatchObject({ error: { code: 'not-yours' } });
    expect(await dismiss(reviewer, ' ')).toMatchObject({ error: { code: 'no-reason' } });
    expectOk(await dismiss(reviewer, 'I looked at the wrong file.'));
    expect(await dismiss(reviewer, 'Again')).toMatchObject({ error: { code: 'dismissed-before' } });
    expect(await reviewsOf(world.db, { summitId: world.summitId, number })).toMatchObject([
      { isDismissed: true, dismissed: { by: 'Reviewer Two', why: 'I looked at the wrong file.' } },
    ]);
    const second = expectOk(await give(other, { number, verdict: 'approve', body: '' }));
    const organiser = await world.organiser('sp_summit_2023');
    expectOk(
      await inTransaction(world.db, (tx) =>
        dismissReview(tx, world.actor, organiser, {
          review: second.id,
          why: 'Of the wrong topic.',
        }),
      ),
    );
  });
});

describe('asking for a review', () => {
  const ask = (by: Comer, number: number, of: readonly string[]) =>
    inTransaction(world.db, (tx) => requestReview(tx, by.actor(), by.self, { number, of }));

  test('mails those who are asked, and waits for them until they answer; once more after changes', async () => {
    const number = await propose();
    const place = { summitId: world.summitId, number };
    expectOk(await ask(author, number, [reviewer.id, other.id]));
    expect(expectOk(await ask(author, number, [reviewer.id]))).toEqual({ asked: 0 });
    expect(await mailsTo(reviewer)).toContainEqual(
      expect.objectContaining({ subject: `Your review is asked for: Say two better (#${number})` }),
    );
    const awaited = () => reviewsAwaiting(world.db, world.summitId, reviewer.id);
    expect(await awaited()).toMatchObject([{ number, askedBy: 'Author One', reviewed: null }]);
    expectOk(await give(reviewer, { number, verdict: 'comment', body: 'Seen.' }));
    expect(await awaited()).toEqual([]);
    expect(await reviewRequestsOf(world.db, place)).toMatchObject([
      { personId: other.id, answeredAt: null },
      { personId: reviewer.id, answeredAt: world.clock.now() },
    ]);
    expectOk(await ask(author, number, [reviewer.id]));
    expect(await awaited()).toMatchObject([{ number, version: 1, reviewed: 1 }]);
    expect(
      (await events('review.requested')).filter(({ personId }) => personId === reviewer.id),
    ).toHaveLength(2);
  });

  test('is not of the author, nor of who does not come', async () => {
    const number = await propose();
    expect(await ask(author, number, [author.id])).toMatchObject({
      error: { code: 'own-proposal' },
    });
    expect(await ask(author, number, [world.stranger])).toMatchObject({
      error: { code: 'not-coming' },
    });
    expect(await ask(author, number, [])).toMatchObject({ error: { code: 'nobody' } });
  });
});

describe('a remark on a line', () => {
  test('is answered, settled by whom it concerns, and keeps its place for ever', async () => {
    const number = await propose();
    const first = expectOk(
      await inTransaction(world.db, (tx) =>
        commentOnLine(tx, services, reviewer.actor(), reviewer.self, {
          number,
          version: 1,
          path: 'topics/sparse.md',
          side: 'old',
          firstLine: 5,
          line: 6,
          body: 'Why both?',
        }),
      ),
    );
    const reply = expectOk(
      await inTransaction(world.db, (tx) =>
        answerLine(tx, author.actor(), author.self, {
          number,
          comment: first.id,
          body: 'Because.',
        }),
      ),
    );
    const settle = (by: Comer, comment: string) =>
      inTransaction(world.db, (tx) =>
        settleLine(tx, by.actor(), by.self, { number, comment, isSettled: true }),
      );
    expect(await settle(author, reply.id)).toMatchObject({ error: { code: 'no-such-comment' } });
    expect(await settle(other, first.id)).toMatchObject({ error: { code: 'not-yours' } });
    expectOk(await settle(author, first.id));
    const rows = await world.db
      .selectFrom('planLineComment')
      .selectAll()
      .where('commentId', 'in', [first.id, reply.id])
      .orderBy('replyTo', (order) => order.nullsFirst())
      .execute();
    expect(rows).toMatchObject([
      { side: 'old', firstLine: 5, line: 6, resolvedBy: author.id, replyTo: null },
      { side: 'old', firstLine: 5, line: 6, replyTo: first.id },
    ]);
    expect((await events('line.resolved')).at(-1)?.data).toEqual({
      number,
      comment: first.id,
      resolved: true,
    });
  });
});

describe('what differs between two commits', () => {
  test('is told with renames, counts, and what is no text', async () => {
    const repository = testGit.plan(world.summitId);
    const number = await world.propose(author, 'Many things', [
      { path: 'topics/sparse.md', content: null },
      { path: 'topics/sparse arrays.md', content: TOPIC.replace('Two.', 'Zwei.') },
      { path: 'b.bin', content: 'a\0b' },
      { path: 'large.txt', content: 'line\n'.repeat(300_000) },
      { path: 'a"b\tü\n.md', content: 'new' },
    ]);
    const { head, base } = await world.db
      .selectFrom('planVersion')
      .select(['head', 'base'])
      .where('summitId', '=', world.summitId)
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    const files = await changesBetween(repository, base, head);
    expect(files).toMatchObject([
      {
        status: 'added',
        path: 'a"b\tü\n.md',
        added: 1,
        removed: 0,
        newSize: 3,
        oldBlob: undefined,
      },
      { status: 'added', path: 'b.bin', added: undefined },
      { status: 'added', path: 'large.txt', added: undefined, newSize: 1_500_000 },
      {
        status: 'renamed',
        oldPath: 'topics/sparse.md',
        path: 'topics/sparse arrays.md',
        added: 1,
        removed: 1,
      },
    ]);
    expect(await changesBetween(repository, base, base)).toEqual([]);
  });
});
