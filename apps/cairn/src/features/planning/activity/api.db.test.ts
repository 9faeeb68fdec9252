import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { parseAtom } from '../../../../../../tests/atom.ts';
import { TEST_URL, testGit } from '../../../../../../tests/services.ts';
import { storePerson, storeSummit } from '../../../../../../tests/summit.ts';
import {
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { foundPlan } from '../repository/main-commands.ts';
import { openThread } from '../threads/thread-commands.ts';

let world: SummitDatabase;
let mira: string;
let token: string;
let strangers: string;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  const { id: summitId } = await world.summit('sp_summit_2023');
  mira = await storePerson(world.db, 'Mira Novak', { summitId, role: 'participant' });
  token = await tokenOf(world, mira);
  strangers = await tokenOf(world, world.stranger);
  expectOk(
    await inTransaction(world.db, async (tx) => {
      const files = [{ path: 'README.md', content: '# Plan\n' }];
      expectOk(await foundPlan(tx, { git: testGit, url: TEST_URL }, world.actor, summitId, files));
      const issue = { summitId, kind: 'issue', title: 'Sparse arrays', body: 'Slow.' } as const;
      return openThread(tx, { ...world.actor, personId: mira }, issue);
    }),
  );
});
afterAll(() => world.drop());

async function call(method: string, path: string, json?: unknown, as = token) {
  const answer = await world.app.request(
    `/api/v1/summits/sp_summit_2023/${path}`,
    withToken(as, { method, ...(json === undefined ? {} : { json }) }),
  );
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) };
}

test('a program reads who did what, what happened, and what is written where', async () => {
  const people = await call('GET', 'plan/people');
  expect(people.body.items).toContainEqual(
    expect.objectContaining({ name: 'Mira Novak', opened: 1, contributions: 1, reviews: 0 }),
  );
  expect((await call('GET', `plan/activity?by=${mira}`)).body).toMatchObject({
    items: [{ kind: 'thread.opened', by: 'Mira Novak', number: 1, title: 'Sparse arrays' }],
  });
  expect((await call('GET', 'plan/activity?by=nobody')).body).toEqual({ items: [] });
  expect((await call('GET', 'plan/search?q=array')).body).toMatchObject({
    total: 1,
    items: [{ kind: 'issue', number: 1, title: 'Sparse arrays', by: 'Mira Novak' }],
  });
  for (const path of ['plan/people', 'plan/activity', 'plan/search?q=array']) {
    expect((await call('GET', path, undefined, strangers)).status).not.toBe(200);
  }
});

test('a program says how its person hears of the plan', async () => {
  const { body: before } = await call('GET', 'me/plan-mails');
  expect(before).toMatchObject({ mentions: 'at_once', taking_part: 'daily' });
  const wanted = { ...before, taking_part: 'weekly', hour: 18 };
  expect((await call('PUT', 'me/plan-mails', wanted)).status).toBe(204);
  expect((await call('GET', 'me/plan-mails')).body).toEqual(wanted);
  expect((await call('PUT', 'me/plan-mails', { ...wanted, hour: 24 })).status).toBe(422);
  expect((await call('PUT', 'plan/threads/1/watch', { watches: true })).status).toBe(204);
  expect((await call('PUT', 'plan/threads/99/watch', { watches: true })).status).toBe(404);
});

test('a program makes feeds and closes them', async () => {
  const made = await call('POST', 'me/plan-feeds', { name: 'bot', about: 'thread', number: 1 });
  expect(made.status).toBe(201);
  const address = String(made.body.address).replace(TEST_URL, '');
  expect(parseAtom(await (await world.app.request(address)).text()).entries).toHaveLength(1);
  const { body } = await call('GET', 'me/plan-feeds');
  expect(body.items).toMatchObject([{ name: 'bot', about: 'thread', number: 1 }]);
  expect((await call('DELETE', `me/plan-feeds/${body.items[0].id}`)).status).toBe(204);
  expect((await world.app.request(address)).status).toBe(404);
  expect((await call('POST', 'me/plan-feeds', { name: 'bot', about: 'thread' })).status).toBe(422);
});

test('a feed of a plan that is still to be made is refused in words', async () => {
  const { id: summitId, slug } = await storeSummit(world.db, { slug: 'no_plan_yet' });
  const early = await storePerson(world.db, 'Early Bird', { summitId, role: 'participant' });
  const answer = await world.app.request(
    `/api/v1/summits/${slug}/me/plan-feeds`,
    withToken(await tokenOf(world, early), {
      method: 'POST',
      json: { name: 'bot', about: 'everything' },
    }),
  );
  expect([answer.status, await answer.text()]).toEqual([
    409,
    expect.stringContaining('no planning repository yet'),
  ]);
});
