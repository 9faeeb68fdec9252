import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pdfText } from '../../../../../../tests/pdf-text.ts';
import { testGit, testServices } from '../../../../../../tests/services.ts';
import {
  addPerson,
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { GIT_ENVIRONMENT } from '../../../platform/git/run.ts';
import { selfIn } from '../../people/rights.ts';
import { setTaskDone } from '../../work/task-commands.ts';
import { lineOfTask, tasksOf } from '../../work/task-queries.ts';
import { commitToMain, foundPlan } from '../repository/main-commands.ts';
import { handleOf } from '../threads/handle-commands.ts';
import { tickTopicTask } from './tick-commands.ts';

const HOME = '/s/sp_summit_2023';
const PAGE = `${HOME}/plan/work-plan`;
let world: SummitDatabase;
let services: ReturnType<typeof testServices>;
let summitId: string;
let mira: string;

const source = (title: string, over: { state?: string; lead?: string; tasks?: string } = {}) =>
  `---
title: ${title}
state: ${over.state ?? 'planned'}
lead: ${over.lead ?? 'mira'}
people: [jonas]
projects: [scipy]
effort: small
---

## Problem

There are too many.

## Goal

One for ${title}.

## Done when

Everybody uses it.

## First tasks

${over.tasks ?? '- [ ] @mira write it down by 2023-05-01'}
`;

const commit = (path: string, content: string | null) =>
  inTransaction(world.db, (tx) =>
    commitToMain(tx, services, world.actor, summitId, {
      changes: [{ path, content }],
      message: 'A change',
    }),
  );

beforeAll(async () => {
  world = await openSummitDatabase();
  services = testServices(world.db);
  await world.found();
  await world.db.updateTable('summit').set({ state: 'announced' }).execute();
  summitId = (await world.summit('sp_summit_2023')).id;
  mira = await addPerson(world.db, 'Mira Lehto');
  await world.db
    .insertInto('role')
    .values({
      summitId,
      personId: mira,
      role: 'participant',
      grantedAt: world.actor.now,
      grantedBy: null,
    })
    .execute();
  await world.db
    .insertInto('planHandle')
    .values({ handle: 'mira', personId: mira, createdAt: world.actor.now })
    .execute();
  expectOk(
    await inTransaction(world.db, (tx) =>
      foundPlan(tx, services, world.actor, summitId, [
        { path: 'README.md', content: '# Plan\n' },
        { path: 'topics/sparse.md', content: source('Sparse arrays') },
        { path: 'topics/idea.md', content: source('Not yet', { state: 'idea' }) },
      ]),
    ),
  );
});
afterAll(() => world.drop());

const pdfOf = async (path: string, as?: string) => {
  const answer = await world.get(`${HOME}${path}`, as);
  expect(answer.status).toBe(200);
  return pdfText(new Uint8Array(await answer.arrayBuffer()));
};

describe('the work plan, in the order in which it comes about', () => {
  test('is a draft for those who take part, and nothing for the public, before it is frozen', async () => {
    const page = await (await world.get(PAGE, mira)).text();
    expectIn(page, 'Sparse arrays');
    expectIn(page, 'Mira Lehto');
    expectNotIn(page, 'Not yet');
    expectIn(page, '96 days left');
    const draft = await (await world.get(`${HOME}/workplan.md?draft`, mira)).text();
    expectIn(draft, 'DRAFT');
    expectIn(draft, 'Mira Lehto');
    for (const path of ['/workplan.md', '/workplan.md?draft', '/workplan.pdf']) {
      expect((await world.get(`${HOME}${path}`, world.stranger)).status).toBe(404);
    }
    expect((await world.get(PAGE, world.stranger)).status).toBe(404);
  });

  test('is frozen by organisers only, under a name, as a tag that Git verifies with the key that is shown', async () => {
    expect((await world.post(`${PAGE}/freeze`, { name: 'Mine' }, mira)).status).toBe(404);
    const nameless = await world.post(`${PAGE}/freeze`, { name: ' ' });
    expect(nameless.status).toBe(422);
    expect((await world.post(`${PAGE}/freeze`, { name: 'For the summit' })).status).toBe(303);
    const repository = testGit.plan(summitId);
    const commitOfTag = await repository.resolve('refs/tags/workplan-1^{commit}');
    const { head } = await world.db
      .selectFrom('planRepository')
      .select('head')
      .executeTakeFirstOrThrow();
    expect(commitOfTag).toBe(head);
    const again = await world.post(`${PAGE}/freeze`, { name: 'Again' });
    expect(again.status).toBe(422);
    expectIn(await again.text(), 'Nothing has changed since workplan-1');
  });

  test.skipIf(spawnSync('ssh-keygen', ['-?']).error !== undefined)(
    'carries a signature that a user’s Git verifies by plan.signers',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'cairn-signers-'));
      const signers = join(folder, 'plan.signers');
      writeFileSync(
        signers,
        await (await world.get(`${HOME}/plan.signers`, world.stranger)).text(),
      );
      const { status, stderr } = spawnSync(
        'git',
        ['-c', `gpg.ssh.allowedSignersFile=${signers}`, 'verify-tag', 'workplan-1'],
        {
          env: { ...GIT_ENVIRONMENT, GIT_DIR: testGit.plan(summitId).directory },
          encoding: 'utf8',
        },
      );
      rmSync(folder, { recursive: true });
      expect(stderr).toContain('Good "git" signature');
      expect(status).toBe(0);
    },
  );

  test('is printed for everybody, with names of those only who let themselves be named', async () => {
    const text = await (await world.get(`${HOME}/workplan.md`, world.stranger)).text();
    expectIn(text, 'workplan-1: For the summit');
    expectIn(text, '@mira');
    expectNotIn(text, 'Mira Lehto');
    expectNotIn(text, 'DRAFT');
    const pdf = await pdfOf('/workplan.pdf', world.stranger);
    expectIn(pdf, 'Sparse arrays');
    await world.db
      .insertInto('listing')
      .values({ summitId, personId: mira, fields: ['name'], updatedAt: world.actor.now })
      .execute();
    expectIn(await (await world.get(`${HOME}/workplan.md`, world.stranger)).text(), 'Mira Lehto');
  });

  test('says afterwards what differs, and the print stays what was frozen', async () => {
    expectOk(await commit('topics/sparse.md', source('Sparse arrays', { lead: 'jonas' })));
    expectOk(await commit('topics/new.md', source('New things', { tasks: '' })));
    const page = await (await world.get(PAGE, mira)).text();
    expectIn(page, '2 topics changed since workplan-1');
    expectIn(page, 'lead: jonas, was mira');
    expectIn(page, 'It does not say with what to begin');
    expectNotIn(await (await world.get(`${HOME}/workplan.md`)).text(), 'New things');
    expectIn(await (await world.get(`${HOME}/workplan.md?draft`)).text(), 'New things');
    expect((await world.post(`${PAGE}/freeze`, { name: 'Second' })).status).toBe(303);
    expectIn(await (await world.get(`${HOME}/workplan.md`)).text(), 'New things');
    expectNotIn(await (await world.get(`${HOME}/workplan.md?version=1`)).text(), 'New things');
    expect((await world.get(`${HOME}/workplan.md?version=9`)).status).toBe(404);
  });

  test('is for those who take part where the documents are', async () => {
    await world.db.updateTable('planRepository').set({ readers: 'participants' }).execute();
    for (const file of ['workplan.md', 'workplan.pdf', 'plan.signers']) {
      expect((await world.get(`${HOME}/${file}`, world.stranger)).status).toBe(404);
    }
    const own = await world.get(`${HOME}/workplan.md`, mira);
    expect(own.headers.get('cache-control')).toContain('private');
    await world.db.updateTable('planRepository').set({ readers: 'everyone' }).execute();
  });
});

describe('first tasks of planned topics', () => {
  const tasks = () => tasksOf(world.db, selfIn(summitId, { personId: mira }));

  test('are tasks of their owners, with a way to the topic', async () => {
    expect(await world.db.transaction().execute((tx) => handleOf(tx, mira))).toBe('mira');
    const path = 'topics/bench.md';
    expectOk(
      await commit(path, source('Benchmarks', { tasks: '- [ ] @mira measure it by 2023-05-02' })),
    );
    const own = (await tasks()).find(({ title }) => title === 'measure it');
    expect(own).toMatchObject({ state: 'open', origin: { title: 'Topic: Benchmarks' } });
    expect(own?.due?.toString()).toBe('2023-05-02');
    expect(own?.origin.page).toMatch(/^\/plan\/topics\/\d+$/);
  });

  test('are ticked in the document when they are done on a page, and go when the topic leaves the plan', async () => {
    const path = 'topics/docs.md';
    expectOk(await commit(path, source('Docs', { tasks: '- [ ] @mira rewrite it' })));
    const task = (await tasks()).find(({ title }) => title === 'rewrite it');
    if (task === undefined) throw new Error('the test has no such task');
    expectOk(
      await inTransaction(world.db, (tx) =>
        setTaskDone(tx, world.actor, selfIn(summitId, { personId: mira }), {
          task: task.id,
          isDone: true,
        }),
      ),
    );
    await world.db.transaction().execute(async (tx) => {
      const point = await lineOfTask(tx, task.id);
      if (point === undefined) throw new Error('the task has lost its line');
      await tickTopicTask(tx, services, world.actor, point);
      await tickTopicTask(tx, services, world.actor, point);
    });
    const { head } = await world.db
      .selectFrom('planRepository')
      .select('head')
      .executeTakeFirstOrThrow();
    expect(await testGit.plan(summitId).textAt(head, path)).toContain('- [x] @mira rewrite it');
    expect((await tasks()).find(({ id }) => id === task.id)?.state).toBe('done');

    expectOk(
      await commit(path, source('Docs', { state: 'idea', tasks: '- [ ] @mira rewrite it' })),
    );
    expect((await tasks()).find(({ id, state }) => id === task.id && state === 'open')).toBe(
      undefined,
    );
  });
});
