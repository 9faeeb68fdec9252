import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_URL, testGit } from '../../../../../../tests/services.ts';
import {
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { planSkeleton } from '../documents/skeleton-rules.ts';
import { commitToMain, foundPlan } from '../repository/main-commands.ts';

const PLAN = '/s/sp_summit_2023/plan';
const services = { git: testGit, url: TEST_URL };
let world: SummitDatabase;
let summitId: string;
let first: string;
let second: string;

const commit = async (changes: Record<string, string | null>, message: string): Promise<string> =>
  expectOk(
    await inTransaction(world.db, (tx) =>
      commitToMain(tx, services, world.actor, summitId, {
        changes: Object.entries(changes).map(([path, content]) => ({ path, content })),
        message,
      }),
    ),
  ).commit;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  await world.db.updateTable('summit').set({ state: 'announced' }).execute();
  summitId = (await world.summit('sp_summit_2023')).id;
  expectOk(
    await inTransaction(world.db, (tx) =>
      foundPlan(tx, services, world.actor, summitId, planSkeleton({ title: 'A summit' })),
    ),
  );
  first = await commit(
    {
      'topics/sparse.md':
        '---\ntitle: Sparse <arrays>\nstate: planed\nlead: mira\nlinks: [../goals/README.md, "javascript:alert(1)"]\nx-own: <b>\n---\n\n## Problem\n\nSee [goals](../goals/README.md#goals), [gone](gone.md), @mira and #3.\n\n<script>alert(1)</script>\n',
      'pictures/run.svg': '<svg onload="alert(1)"/>',
      'notes/page.html': '<script>alert(1)</script>',
    },
    'Bring sparse arrays <b>\n\nBecause of \u202ethat.',
  );
  second = await commit(
    { 'topics/sparse.md': '---\ntitle: Sparse arrays\n---\n\nShort.\n', 'notes/page.html': null },
    'Shorten it',
  );
  await commit(
    {
      'topics/other.md':
        '---\ntitle: Other\nstate: planed\n---\n[a](gone.md) @ada #3 [s](sparse.md#x)\n\n<script>x</script>\n',
    },
    'Another',
  );
});
afterAll(() => world.drop());

const page = async (path: string, as?: string): Promise<string> => {
  const answer = await world.get(`${PLAN}${path}`, as ?? world.stranger);
  expect(answer.status).toBe(200);
  return answer.text();
};

describe('the documents of a plan', () => {
  test('are listed by folder, each with what it is for and how much is to mend', async () => {
    const all = await page('/files');
    for (const part of ['topics', 'Something worth doing together', ' problems', 'plan.yaml']) {
      expectIn(all, part);
    }
    const topics = await page('/files/topics');
    expectIn(topics, 'other.md');
    expectIn(topics, 'Copy this into a new file');
  });

  test('are shown with their front matter as facts, their problems, and safe text', async () => {
    const shown = await page('/files/topics/other.md');
    expectIn(shown, '“state” is “planed”');
    expectIn(shown, '“gone.md” leads to topics/gone.md');
    expectIn(shown, `href="${PLAN}/files/topics/sparse.md#text-x"`);
    expectIn(shown, `href="${PLAN}/people/ada"`);
    expectIn(shown, '&lt;script&gt;');
    expectNotIn(shown, '<script>x');
    expectNotIn(shown, `${PLAN}/edit`);
    const own = await page('/files/topics/other.md', world.ada);
    expectIn(own, `${PLAN}/edit?path=topics%2Fother.md`);
  });

  test('are sent as they are in Git, and no browser runs them', async () => {
    const raw = await world.get(`${PLAN}/raw/pictures/run.svg`, world.stranger);
    expect(await raw.text()).toBe('<svg onload="alert(1)"/>');
    expect(raw.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(raw.headers.get('x-content-type-options')).toBe('nosniff');
    expect(raw.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test.each([
    '/files/nowhere',
    '/files/..%2f..%2fetc%2fpasswd',
    '/files/topics/a%00b',
    '/raw/topics',
    '/raw/nowhere',
    '/raw/a%00',
    '/raw/%E0%A4%A',
    `/commits/${'0'.repeat(40)}`,
    '/commits/HEAD',
    '/commits/--all',
  ])('%s is not there', async (path) => {
    expect((await world.get(`${PLAN}${path}`, world.ada)).status).toBe(404);
  });
});

describe('the history of a plan', () => {
  test('tells each change and what it changed', async () => {
    const history = await page('/history/topics/sparse.md');
    expectIn(history, `${PLAN}/commits/${first}`);
    expectIn(history, `${PLAN}/commits/${second}`);
    expectNotIn(history, 'Another');
    expectIn(await page('/history'), 'Another');
    const change = await page(`/commits/${first}`);
    expectIn(change, 'Bring sparse arrays &lt;b>');
    expectIn(change, 'class="sign-name"');
    expectNotIn(change, '\u202e');
    expectIn(change, 'state: planed');
    expectIn(await page(`/commits/${second}`), 'taken away');
  });

  test('of a pattern, or of what never was, is empty', async () => {
    expectIn(await page('/history/topics/*'), 'Nothing was changed here');
    expectIn(await page('/history/:!topics'), 'Nothing was changed here');
  });

  test('ends at main: a commit that is there and was not merged is not shown', async () => {
    const hidden = await testGit.plan(summitId).commit({
      parents: [second],
      changes: [{ path: 'topics/secret.md', content: 'secret' }],
      author: { name: 'x', email: 'x@x', at: world.actor.now },
      committer: { name: 'x', email: 'x@x', at: world.actor.now },
      message: 'secret',
    });
    expect((await world.get(`${PLAN}/commits/${hidden}`, world.ada)).status).toBe(404);
    expect((await world.get(`${PLAN}/raw/topics/secret.md`, world.ada)).status).toBe(404);
  });
});

describe('the API', () => {
  test('lists, reads and checks documents, as what a push would be told', async () => {
    const ask = async (path: string, init: RequestInit = {}) =>
      world.app.request(`/api/v1/summits/sp_summit_2023/plan${path}`, init);
    const listed = await ask('/documents?kind=topic');
    expect(listed.status).toBe(200);
    expect(await listed.json()).toMatchObject({
      items: [
        { path: 'topics/other.md', problems: 1 },
        { path: 'topics/sparse.md', problems: 0 },
      ],
    });
    const read = await ask('/document?path=topics%2Fother.md');
    expect(await read.json()).toMatchObject({ kind: 'topic', problems: [{ code: 'not-allowed' }] });
    expect((await ask('/document?path=nowhere.md')).status).toBe(404);
    expect((await ask('/check', { method: 'POST' })).status).toBe(401);
  });
});

describe('a plan for participants', () => {
  test('is shown to nobody else, and kept by no cache', async () => {
    await world.db
      .updateTable('planRepository')
      .set({ readers: 'participants' })
      .where('summitId', '=', summitId)
      .execute();
    for (const path of [
      '/files',
      '/files/README.md',
      '/raw/README.md',
      '/history',
      `/commits/${first}`,
    ]) {
      const refused = await world.get(`${PLAN}${path}`, world.stranger);
      expect([path, refused.status]).toEqual([path, 404]);
      const own = await world.get(`${PLAN}${path}`, world.ada);
      expect([path, own.status]).toEqual([path, 200]);
      expect(own.headers.get('cache-control')).toBe('private, no-store');
    }
  });
});
