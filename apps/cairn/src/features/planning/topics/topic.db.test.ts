import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TEST_URL, testGit } from '../../../../../../tests/services.ts';
import { storePerson } from '../../../../../../tests/summit.ts';
import {
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { type Actor, inTransaction } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type Organiser, selfIn } from '../../people/rights.ts';
import { commitToMain, foundPlan } from '../repository/main-commands.ts';
import type { Member } from '../threads/member-rights.ts';
import { addComment } from '../threads/thread-commands.ts';
import { conversationOf } from '../threads/thread-queries.ts';
import { editTopic, joinTopic, moveTopic, openTopic } from './topic-commands.ts';
import { EMPTY_TOPIC_FORM, formOf, type TopicForm } from './topic-form-rules.ts';
import { allOf } from './topic-hold-commands.ts';
import { mergeTopic, unmergeTopic } from './topic-merge-commands.ts';
import { type Topic, topicOf } from './topic-queries.ts';

const services = { git: testGit, url: TEST_URL };
const zone = 'UTC';
let world: SummitDatabase;
let summitId: string;
let organiser: Organiser;
let mira: string;
let grigor: string;

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  summitId = (await world.summit('sp_summit_2023')).id;
  organiser = await world.organiser('sp_summit_2023');
  mira = await storePerson(world.db, 'Mira Lehto', { summitId, role: 'participant' });
  grigor = await storePerson(world.db, 'Grigor Lind', { summitId, role: 'participant' });
  expectOk(
    await inTransaction(world.db, (tx) =>
      foundPlan(tx, services, world.actor, summitId, [
        { path: 'README.md', content: '# The plan\n' },
      ]),
    ),
  );
});
afterAll(() => world.drop());

const as = (personId: string): { actor: Actor; member: Member } => ({
  actor: { ...world.actor, personId },
  member: { self: selfIn(summitId, { personId }), organiser: undefined },
});
const asOrganiser = () => ({
  actor: world.actor,
  member: { self: selfIn(summitId, { personId: world.ada }), organiser },
});
const run = <T>(command: (tx: Tx) => ReturnType<typeof inTransaction<T>>) =>
  inTransaction(world.db, command);
const open = async (form: Partial<TopicForm> = {}, by = mira): Promise<number> => {
  const { actor, member } = as(by);
  const whole = { ...EMPTY_TOPIC_FORM, title: 'A topic', problem: 'It is slow.', ...form };
  const opened = expectOk(await run((tx) => openTopic(tx, services, actor, member, whole, zone)));
  return opened.number;
};
const read = async (number: number): Promise<Topic> => {
  const topic = await topicOf(world.db, { summitId, number });
  if (topic === undefined) throw new Error('there is no such topic');
  return topic;
};
const commit = async (changes: { path: string; content: string | null }[]) =>
  expectOk(
    await run((tx) => commitToMain(tx, services, world.actor, summitId, { changes, message: 'x' })),
  );
const happened = async (number: number): Promise<string[]> => {
  const found = await conversationOf(world.db, { summitId, number }, { all: true });
  return (found?.entries ?? []).flatMap((entry) =>
    entry.type === 'happening' ? [entry.kind] : [],
  );
};
const comment = async (number: number, body: string, by = mira): Promise<void> => {
  expectOk(await run((tx) => addComment(tx, as(by).actor, { summitId, number }, { body })));
};

describe('a topic that is opened by its form', () => {
  test('is a document on main in the name of whoever opened it, with a number', async () => {
    const number = await open({
      title: 'Sparse arrays',
      people: 'Grigor Lind',
      projects: 'scipy, numpy',
      effort: 'medium',
      labels: 'arrays',
      firstTasks: 'Ask the maintainers\n- [x] Look at it',
    });
    const topic = await read(number);
    expect(topic.path).toBe('topics/sparse-arrays.md');
    expect(topic.says).toMatchObject({
      title: 'Sparse arrays',
      state: 'idea',
      by: 'mira-lehto',
      people: ['grigor-lind'],
      projects: ['scipy', 'numpy'],
      opened: '2023-02-01',
      firstTasks: [
        { text: 'Ask the maintainers', done: false },
        { text: 'Look at it', done: true },
      ],
    });
    const found = await conversationOf(world.db, { summitId, number });
    expect(found?.thread).toMatchObject({ kind: 'topic', author: { name: 'Mira Lehto' } });
    expect(found?.labels).toEqual([{ label: 'arrays', meaning: 'plain' }]);
  });

  test('of a title that is there already has a path of its own', async () => {
    const [one, other] = [await open({ title: 'Twice' }), await open({ title: 'Twice' })];
    expect([(await read(one)).path, (await read(other)).path]).toEqual([
      'topics/twice.md',
      'topics/twice-2.md',
    ]);
  });

  test('is refused with all that is wrong with it', async () => {
    const { actor, member } = as(mira);
    const form = { ...EMPTY_TOPIC_FORM, lead: 'Nobody Known', links: 'javascript:alert(1)' };
    const refused = await run((tx) => openTopic(tx, services, actor, member, form, zone));
    expect(refused.ok).toBe(false);
    if (refused.ok) return;
    expect(allOf(refused.error).map(({ place }) => place.path)).toEqual([
      'title',
      'problem',
      'links',
      'lead',
    ]);
  });

  test('becomes a proposal where the plan lets nobody write topics at once', async () => {
    const rules = [
      'everywhere: {reviewers: anyone, approvals: 1, window-days: 0, direct: nobody}',
      'folders: {topics: {direct: nobody}}',
    ].join('\n');
    await commit([{ path: 'plan.yaml', content: rules }]);
    const { actor, member } = as(mira);
    const form = { ...EMPTY_TOPIC_FORM, title: 'Held back', problem: 'x' };
    const opened = expectOk(await run((tx) => openTopic(tx, services, actor, member, form, zone)));
    expect(opened.kind).toBe('proposal');
    await commit([{ path: 'plan.yaml', content: null }]);
  });
});

describe('a topic that is edited by its form', () => {
  test('is changed by its people and organisers; others are told to propose', async () => {
    const number = await open({ title: 'Edited' });
    const topic = await read(number);
    const base = topic.document?.blob ?? '';
    const form = { ...EMPTY_TOPIC_FORM, title: 'Edited', problem: 'Other words.' };
    const change = (who: { actor: Actor; member: Member }) =>
      run((tx) => editTopic(tx, services, who.actor, who.member, number, { form, base }));
    expect(await change(as(grigor))).toMatchObject({ error: { code: 'needs-proposal' } });
    expectOk(await change(asOrganiser()));
    expect((await read(number)).says?.problem).toBe('Other words.');
    expect(await happened(number)).toEqual(['document']);
  });

  test('keeps what others changed meanwhile, and tells where both changed the same', async () => {
    const number = await open({ title: 'Both', problem: 'First' });
    const before = await read(number);
    const form = formOf(before.says ?? expect.fail('no document'));
    const base = before.document?.blob ?? '';
    const { actor, member } = as(mira);
    const edit = (next: TopicForm, from: string) =>
      run((tx) => editTopic(tx, services, actor, member, number, { form: next, base: from }));
    expectOk(await edit({ ...form, goal: 'Theirs' }, base));
    expectOk(await edit({ ...form, doneWhen: 'Mine' }, base));
    expect((await read(number)).says).toMatchObject({ goal: 'Theirs', doneWhen: 'Mine' });
    const clash = await edit({ ...form, goal: 'Another' }, base);
    expect(clash).toMatchObject({ error: { code: 'changed-meanwhile', place: { path: 'goal' } } });
  });
});

describe('the state of a topic', () => {
  test('moves by the rules of the plan, and says so in the conversation', async () => {
    const number = await open({ title: 'Moves' });
    const move = (to: 'planned' | 'done' | 'proposed', who = as(mira)) =>
      run((tx) => moveTopic(tx, services, who.actor, who.member, number, to));
    const lacks = await move('planned');
    expect(lacks).toMatchObject({ ok: false });
    if (!lacks.ok) {
      expect(allOf(lacks.error).map(({ place }) => place.path)).toEqual(['doneWhen', 'lead']);
    }
    expect(await move('proposed', as(grigor))).toMatchObject({ error: { code: 'may-not-move' } });
    expectOk(await move('proposed'));
    expectOk(await move('done'));
    expect(await happened(number)).toEqual(['state', 'state']);
    const found = await conversationOf(world.db, { summitId, number });
    expect(found?.thread.state).toBe('closed');
    expectOk(await move('proposed'));
    expect((await conversationOf(world.db, { summitId, number }))?.thread.state).toBe('open');
  });

  test('takes its rules from the plan', async () => {
    const number = await open({ title: 'Rules' });
    const rules = [
      'everywhere: {reviewers: anyone, approvals: 1, window-days: 0, direct: authors}',
      'topic-states: {active: {moved-by: anyone, needs: [effort]}, done: {moved-by: organisers}}',
    ].join('\n');
    await commit([{ path: 'plan.yaml', content: rules }]);
    const { actor, member } = as(grigor);
    const move = (to: 'active' | 'done') =>
      run((tx) => moveTopic(tx, services, actor, member, number, to));
    expect(await move('active')).toMatchObject({ error: { place: { path: 'effort' } } });
    expect(await move('done')).toMatchObject({ error: { code: 'may-not-move' } });
    await commit([{ path: 'plan.yaml', content: null }]);
  });
});

describe('who works on a topic', () => {
  test('says so themselves: one leads, others join and leave', async () => {
    const number = await open({ title: 'Joined' });
    const join = (who: string, how: 'lead' | 'join' | 'leave') =>
      run((tx) => joinTopic(tx, services, as(who).actor, as(who).member, number, how));
    expectOk(await join(grigor, 'lead'));
    expect(await join(mira, 'lead')).toMatchObject({ error: { code: 'has-lead' } });
    expectOk(await join(mira, 'join'));
    expect((await read(number)).says).toMatchObject({
      lead: 'grigor-lind',
      people: ['mira-lehto'],
    });
    expectOk(await join(grigor, 'leave'));
    expect((await read(number)).says?.lead).toBeUndefined();
  });
});

describe('a topic document that reaches main by another door', () => {
  test('gets a number, follows its document, keeps it under another name, and is dropped with it', async () => {
    const text = (state: string) => `---\ntitle: Pushed\nstate: ${state}\n---\n\n## Problem\n\nx\n`;
    await commit([{ path: 'topics/pushed.md', content: text('idea') }]);
    const row = await world.db
      .selectFrom('planTopic')
      .select('number')
      .where('path', '=', 'topics/pushed.md')
      .executeTakeFirstOrThrow();
    await commit([{ path: 'topics/pushed.md', content: text('active') }]);
    expect(await read(row.number)).toMatchObject({ state: 'active' });
    await commit([
      { path: 'topics/pushed.md', content: null },
      { path: 'topics/renamed.md', content: text('active') },
    ]);
    expect((await read(row.number)).path).toBe('topics/renamed.md');
    await commit([{ path: 'topics/renamed.md', content: null }]);
    expect(await read(row.number)).toMatchObject({ state: 'dropped', document: undefined });
    expect(await happened(row.number)).toContain('document-gone');
  });

  test('is told once what it lacks, and nothing when that is mended', async () => {
    const text = (more: string) =>
      `---\ntitle: Told\nstate: planned\n${more}---\n\n## Problem\n\nx\n`;
    await commit([{ path: 'topics/told.md', content: text('') }]);
    const { number } = await world.db
      .selectFrom('planTopic')
      .select('number')
      .where('path', '=', 'topics/told.md')
      .executeTakeFirstOrThrow();
    const first = (await read(number)).told;
    expect(first?.problems.map(({ code }) => code)).toContain('topic-without-lead');
    world.clock.set(world.clock.now().add({ hours: 1 }));
    await commit([{ path: 'topics/told.md', content: text('effort: small\n') }]);
    const second = (await read(number)).told;
    expect(second?.toldAt).toEqual(first?.toldAt);
    expect(second?.problems.map(({ code }) => code)).not.toContain('topic-without-effort');
    const whole = `${text('lead: mira-lehto\npeople: [grigor-lind]\nprojects: [numpy]\neffort: small\n')}\n## Goal\n\nx\n\n## Done when\n\nx\n\n## First tasks\n\n- [ ] x\n`;
    await commit([{ path: 'topics/told.md', content: whole }]);
    expect((await read(number)).told).toBeUndefined();
    expect((await conversationOf(world.db, { summitId, number }))?.comments).toBe(0);
  });

  test('whose front matter is hostile is a topic all the same', async () => {
    const texts = [
      '---\ntitle: [[[[\n---\n',
      `---\ntitle: ${'x'.repeat(5000)}\nstate: nonsense\nlabels: [1, {a: b}]\n---\n`,
      '---\ntitle: "\\0"\nduplicate-of: ../../etc/passwd\n---\n',
      `\u202e${'['.repeat(10_000)}`,
    ];
    await commit(texts.map((content, at) => ({ path: `topics/hostile-${at}.md`, content })));
    const rows = await world.db
      .selectFrom('planTopic')
      .select('number')
      .where('path', 'like', 'topics/hostile-%')
      .execute();
    expect(rows).toHaveLength(texts.length);
    for (const { number } of rows) expect((await read(number)).told).toBeDefined();
  });
});

describe('a merge', () => {
  const merge = (number: number, into: number, who = as(mira)) =>
    run((tx) => mergeTopic(tx, services, who.actor, who.member, number, into));
  const undo = (number: number, who: { actor: Actor; member: Member } = asOrganiser()) =>
    run((tx) => unmergeTopic(tx, services, who.actor, who.member, number));

  test('brings comments, people, labels and interest together, and can be taken back', async () => {
    const one = await open({ title: 'Wheels nightly', labels: 'ci', lead: 'mira-lehto' });
    const other = await open({ title: 'Nightly wheels' }, grigor);
    await comment(one, 'Said in the first');
    await comment(other, 'Said in the second', grigor);
    await world.db
      .insertInto('planInterest')
      .values([
        { summitId, number: one, personId: mira, level: 'lead', changedAt: world.actor.now },
        { summitId, number: other, personId: mira, level: 'learn', changedAt: world.actor.now },
        { summitId, number: one, personId: grigor, level: 'work', changedAt: world.actor.now },
      ])
      .execute();
    expect(await merge(one, other, as(await storePerson(world.db, 'Else')))).toMatchObject({
      error: { code: 'not-of-it' },
    });
    expectOk(await merge(one, other));
    const joined = await conversationOf(world.db, { summitId, number: other });
    expect(joined?.entries).toMatchObject([
      { body: 'Said in the first', movedFrom: one },
      { body: 'Said in the second', movedFrom: null },
      { kind: 'merged' },
    ]);
    expect(joined?.labels.map(({ label }) => label)).toEqual(['ci']);
    expect(await read(one)).toMatchObject({ duplicateOf: other, state: 'dropped' });
    expect((await read(other)).says).toMatchObject({ lead: 'mira-lehto' });
    const interest = () =>
      world.db
        .selectFrom('planInterest')
        .select(['number', 'personId', 'level'])
        .where('number', 'in', [one, other])
        .orderBy('number')
        .orderBy('level')
        .execute();
    expect(await interest()).toMatchObject([
      { number: other, personId: mira, level: 'lead' },
      { number: other, personId: grigor, level: 'work' },
    ]);
    expect(await undo(one, as(mira))).toMatchObject({ error: { code: 'organisers-only' } });
    expectOk(await undo(one));
    expect(await read(one)).toMatchObject({ duplicateOf: null, state: 'idea' });
    expect((await read(other)).says?.lead).toBeUndefined();
    expect(await interest()).toMatchObject([
      { number: one, personId: mira, level: 'lead' },
      { number: one, personId: grigor, level: 'work' },
      { number: other, personId: mira, level: 'learn' },
    ]);
    const apart = await conversationOf(world.db, { summitId, number: one });
    expect(apart?.entries[0]).toMatchObject({ body: 'Said in the first', movedFrom: null });
    expect((await conversationOf(world.db, { summitId, number: other }))?.labels).toEqual([]);
  });

  test('that a document on main asks for is the same merge', async () => {
    const into = await open({ title: 'Target' });
    const text = (more: string) => `---\ntitle: By Git\n${more}---\n\n## Problem\n\nx\n`;
    await commit([{ path: 'topics/by-git.md', content: text('') }]);
    const { number } = await world.db
      .selectFrom('planTopic')
      .select('number')
      .where('path', '=', 'topics/by-git.md')
      .executeTakeFirstOrThrow();
    await comment(number, 'Kept');
    await commit([{ path: 'topics/by-git.md', content: text('duplicate-of: topics/target.md\n') }]);
    expect((await read(number)).duplicateOf).toBe(into);
    await commit([{ path: 'topics/by-git.md', content: text('') }]);
    expect((await read(number)).duplicateOf).toBeNull();
    expect((await conversationOf(world.db, { summitId, number }))?.comments).toBe(1);
  });

  test('of topics that name each other is none', async () => {
    const text = (title: string, of: string) =>
      `---\ntitle: ${title}\nduplicate-of: topics/${of}.md\n---\n`;
    await commit([
      { path: 'topics/round-a.md', content: text('Round A', 'round-b') },
      { path: 'topics/round-b.md', content: text('Round B', 'round-a') },
      { path: 'topics/round-c.md', content: text('Round C', 'round-c') },
    ]);
    const rows = await world.db
      .selectFrom('planTopic')
      .select('duplicateOf')
      .where('path', 'like', 'topics/round-%')
      .execute();
    expect(rows.filter(({ duplicateOf }) => duplicateOf !== null).length).toBeLessThan(2);
  });

  test('loses nothing, in whatever order topics are merged and taken out again', async () => {
    const step = fc.record({
      merge: fc.boolean(),
      one: fc.nat(3),
      other: fc.nat(3),
      says: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        const numbers: number[] = [];
        for (let at = 0; at < 4; at += 1) numbers.push(await open({ title: `Law ${at}` }));
        const origin = new Map<string, number>();
        for (const number of numbers) {
          await comment(number, `Of ${number}`);
          origin.set(`Of ${number}`, number);
        }
        for (const [at, { merge: joins, one, other, says }] of steps.entries()) {
          const [from = 0, into = 0] = [numbers[one], numbers[other]];
          if (says && (await read(into)).duplicateOf === null) {
            const body = `Later ${at} in ${into}`;
            await comment(into, body);
            origin.set(body, into);
          }
          await (joins ? merge(from, into, asOrganiser()) : undo(from));
          const said = await world.db
            .selectFrom('planComment')
            .select(['body', 'number', 'movedFrom'])
            .where('summitId', '=', summitId)
            .where('number', 'in', numbers)
            .execute();
          expect(said.map(({ body }) => body).sort()).toEqual([...origin.keys()].sort());
          for (const { body, number, movedFrom } of said) {
            expect(movedFrom ?? number).toBe(origin.get(body));
            expect((await read(number)).duplicateOf).toBeNull();
          }
        }
      }),
      { numRuns: 6 },
    );
  });
});
