import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import {
  type Comer,
  openReviewWorld,
  type ReviewWorld,
} from '../../../../../../tests/review-world.ts';

const PATH = 'topics/sparse.md';
const TEXT = '---\ntitle: Sparse arrays\n---\nOne.\nTwo.\nThree.\n';
let world: ReviewWorld;
let author: Comer;
let reviewer: Comer;
let number: number;
const tokens = new Map<string, string>();

beforeAll(async () => {
  world = await openReviewWorld([{ path: PATH, content: TEXT }]);
  author = await world.comer('Author One');
  reviewer = await world.comer('Reviewer Two');
  for (const { id } of [author, reviewer, { id: world.stranger }]) {
    tokens.set(id, await tokenOf(world, id));
  }
  number = await world.propose(author, 'Two in German', [
    { path: PATH, content: TEXT.replace('Two.', 'Zwei.') },
  ]);
});
afterAll(() => world.drop());

async function call(method: string, path: string, as: string, json?: unknown) {
  const address = `/api/v1/summits/sp_summit_2023/plan/proposals/${number}/${path}`;
  const init = { method, ...(json === undefined ? {} : { json }) };
  const answer = await world.app.request(address, withToken(tokens.get(as), init));
  return { status: answer.status, body: await answer.json() };
}

test('a program reads the changes as people do', async () => {
  expect(await call('GET', 'changes', reviewer.id)).toMatchObject({
    status: 200,
    body: {
      from: null,
      to: 1,
      files: [
        {
          status: 'changed',
          path: PATH,
          added: 1,
          removed: 1,
          not_shown: null,
          lines: [
            { kind: 'same', old_line: 1 },
            { kind: 'same' },
            { kind: 'same' },
            { kind: 'same', text: 'One.' },
            { kind: 'removed', old_line: 5, new_line: null, text: 'Two.' },
            { kind: 'added', old_line: null, new_line: 5, text: 'Zwei.' },
            { kind: 'same', text: 'Three.' },
          ],
        },
      ],
    },
  });
  expect((await call('GET', 'changes?from=9', reviewer.id)).status).toBe(404);
  expect((await call('GET', 'changes?path=none', reviewer.id)).body).toMatchObject({ files: [] });
});

test('a program asks for a review, gives it with remarks, answers, settles, applies and dismisses', async () => {
  const asked = await call('POST', 'review-requests', author.id, { people: [reviewer.id] });
  expect(asked).toMatchObject({ status: 200, body: { asked: 1 } });
  expect((await call('GET', 'reviews', author.id)).body).toMatchObject({
    items: [],
    awaited: [{ person: reviewer.id, name: 'Reviewer Two' }],
  });
  const review = await call('POST', 'reviews', reviewer.id, {
    version: 1,
    verdict: 'request_changes',
    text: 'In English, please.',
    lines: [{ path: PATH, line: 5, text: '```suggestion\nTwo and a half.\n```' }],
  });
  expect(review.status).toBe(201);
  const remarks = await call('GET', 'remarks', author.id);
  expect(remarks.body).toMatchObject({
    items: [
      {
        path: PATH,
        side: 'new',
        line: 5,
        now: { line: 5 },
        review: review.body.id,
        settled: false,
      },
    ],
  });
  const [{ id }] = remarks.body.items;
  const answer = await call('POST', `remarks/${id}/answers`, author.id, { text: 'Gladly.' });
  expect(answer.status).toBe(201);
  expect((await call('PUT', `remarks/${id}/settled`, author.id, { settled: true })).status).toBe(
    200,
  );
  expect(await call('POST', `remarks/${id}/apply`, author.id)).toMatchObject({
    status: 200,
    body: { version: 2 },
  });
  expect((await call('GET', 'remarks', author.id)).body).toMatchObject({
    items: [{ applied_in: 2, settled: true, now: null, said: [{}, { text: 'Gladly.' }] }],
  });
  expect((await call('GET', 'changes?from=1&to=2', reviewer.id)).body).toMatchObject({
    files: [{ added: 1, removed: 1 }],
  });
  const why = { why: 'It is mended.' };
  const dismiss = `reviews/${review.body.id}/dismissal`;
  expect((await call('POST', dismiss, author.id, why)).status).toBe(403);
  expect((await call('POST', dismiss, reviewer.id, why)).status).toBe(200);
});

test('a program says something about a line and takes its review back', async () => {
  const line = { path: PATH, line: 4, text: 'And this?', version: 2 };
  expect((await call('POST', 'remarks', reviewer.id, line)).status).toBe(201);
  const lost = await call('POST', 'remarks', reviewer.id, { ...line, line: 99 });
  expect(lost).toMatchObject({ status: 409, body: { code: 'no-such-line' } });
  const given = { version: 2, verdict: 'approve' };
  const review = await call('POST', 'reviews', reviewer.id, given);
  expect((await call('POST', `reviews/${review.body.id}/undo`, reviewer.id)).status).toBe(200);
  expect((await call('POST', 'reviews', author.id, given)).status).toBe(409);
});

test('none of it is for somebody who has nothing to do with the summit', async () => {
  for (const [method, path] of [
    ['GET', 'changes'],
    ['GET', 'remarks'],
    ['GET', 'reviews'],
  ] as const) {
    expect((await call(method, path, world.stranger)).status).toBeGreaterThanOrEqual(403);
  }
  const review = { version: 1, verdict: 'comment', text: 'x' };
  expect((await call('POST', 'reviews', world.stranger, review)).status).toBeGreaterThanOrEqual(
    403,
  );
});
