import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../../../tests/database.ts';
import { testServices } from '../../../../../../tests/services.ts';
import { NOW, seedDefinition, storePerson, storeSummit } from '../../../../../../tests/summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { type Db, openKysely } from '../../../platform/db/database.ts';
import { eventTask } from '../../../platform/jobs/events.ts';
import { selfIn } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { setTaskDone } from '../../work/task-commands.ts';
import { openTasks, tasksFrom, tasksOf } from '../../work/task-queries.ts';
import { missingNotesSweep } from './missing-sweep.ts';
import { settleNotes, syncNotes } from './settle-commands.ts';
import { restoreText, saveText } from './text-commands.ts';
import { missingNotes, textAt, textRevisions } from './text-queries.ts';
import type { TextPlace } from './text-rules.ts';
import { tickConsumer } from './tick-consumer.ts';

let database: TestDatabase;
let db: Db;
let number = 0;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
});
afterAll(() => database.drop());

/** A summit with a call on 27 February that has two tracks, and two people who take part. */
async function hold() {
  number += 1;
  const seed = seedDefinition();
  const track = (key: string, title: string) => ({ key, title, topics: ['Wheels'] });
  const summit = await storeSummit(db, {
    slug: `notes_${number}`,
    planning_meetings: {
      ...seed.planning_meetings,
      list: [
        {
          key: 'february',
          title: 'February call',
          starts: '2023-02-27T09:00',
          tracks: [track('build', 'Build systems'), track('docs', 'Documentation')],
        },
        { key: 'march', title: 'March call', month: '2023-03', tracks: [] },
      ],
    },
  });
  const person = (name: string) =>
    storePerson(db, name, { summitId: summit.id, role: 'participant' });
  const [ada, grigor] = [
    await person(`Ada Byron ${number}`),
    await person(`Grigor Lind ${number}`),
  ];
  return { summit, ada, grigor };
}

const notes: TextPlace = { meeting: 'february', track: 'build', kind: 'notes' };

const actorOf = (personId: string) => ({ personId, door: 'web', now: NOW }) as const;

const save = async (
  summit: Summit,
  personId: string,
  text: string,
  { base = 0, key, place = notes }: { base?: number; key?: string; place?: TextPlace } = {},
) =>
  expectOk(
    await inTransaction(db, (tx) =>
      saveText(tx, actorOf(personId), selfIn(summit.id, { personId }), place, {
        text,
        base: { revision: base, template: '' },
        saveKey: key,
      }),
    ),
  );

describe('saving at the same time', () => {
  test('twenty people who saved at once find every word of each other', async () => {
    const { summit, ada } = await hold();
    await save(summit, ada, '# Notes\n\n- first\n');
    const people = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        storePerson(db, `Writer ${number}x${index}`, { summitId: summit.id, role: 'participant' }),
      ),
    );
    // Each changes the same line, adds to the list and writes a line of their own, five times over.
    await Promise.all(
      people.map(async (personId, who) => {
        let base = 1;
        let text = '# Notes\n\n- first\n';
        for (let round = 0; round < 5; round += 1) {
          const line = `- point${who}r${round} of writer${who}`;
          const changed = text.replace('- first', `- first w${who}r${round}`).concat(`${line}\n`);
          const saved = await save(summit, personId, changed, { base });
          base = saved.revision;
          text = saved.body;
        }
      }),
    );
    const stored = await textAt(db, summit.id, notes);
    expect(stored?.revision).toBe(101);
    const words = new Set(stored?.body.split(/\s+/));
    for (let who = 0; who < 20; who += 1) {
      for (let round = 0; round < 5; round += 1) {
        expect(words).toContain(`point${who}r${round}`);
        expect(words).toContain(`w${who}r${round}`);
      }
    }
    const revisions = await textRevisions(db, stored?.id ?? '', { most: 200 });
    expect(revisions.map(({ revision }) => revision)).toEqual(
      Array.from({ length: 101 }, (_, index) => 101 - index),
    );
  }, 60_000);

  test('says whose changes came in, and what both changed', async () => {
    const { summit, ada, grigor } = await hold();
    await save(summit, ada, 'one\ntwo');
    await save(summit, grigor, 'one\ntwo\nof Grigor', { base: 1 });
    const saved = await save(summit, ada, 'one\ntwo\nof Ada', { base: 1 });
    expect(saved).toMatchObject({
      revision: 3,
      body: 'one\ntwo\nof Grigor\nof Ada',
      others: [`Grigor Lind ${number}`],
      joins: 1,
    });
  });

  test('of what two begin from the same template, the template is kept once', async () => {
    const { summit, ada, grigor } = await hold();
    const begin = async (personId: string, text: string) =>
      expectOk(
        await inTransaction(db, (tx) =>
          saveText(tx, actorOf(personId), selfIn(summit.id, { personId }), notes, {
            text,
            base: { revision: 0, template: '## Present\n\n## Decisions\n' },
            saveKey: undefined,
          }),
        ),
      );
    await begin(ada, '## Present\nAda\n\n## Decisions\n');
    const { body } = await begin(grigor, '## Present\n\n## Decisions\nYes\n');
    expect(body).toBe('## Present\nAda\n\n## Decisions\nYes\n');
  });

  test('a save that is sent again is one, also when more was typed meanwhile', async () => {
    const { summit, ada, grigor } = await hold();
    await save(summit, ada, 'base');
    const first = await save(summit, ada, 'base\nhello', { base: 1, key: 'k1' });
    // The answer never arrived; somebody else writes meanwhile.
    await save(summit, grigor, 'base\nhello\nfrom Grigor', { base: first.revision });
    const again = await save(summit, ada, 'base\nhello', { base: 1, key: 'k1' });
    expect(again).toMatchObject({ hasChanged: false, body: 'base\nhello\nfrom Grigor' });
    const more = await save(summit, ada, 'base\nhello world', { base: 1, key: 'k1' });
    expect(more.body).toBe('base\nhello world\nfrom Grigor');
    const twice = await save(summit, ada, 'base\nhello world!', { base: 1, key: 'k1' });
    expect(twice.body).toBe('base\nhello world!\nfrom Grigor');
  });

  test('writing nothing new changes nothing and makes no event', async () => {
    const { summit, ada } = await hold();
    const { id } = await save(summit, ada, 'words');
    expect(await save(summit, ada, 'words', { base: 1 })).toMatchObject({ hasChanged: false });
    const events = await db
      .selectFrom('event')
      .select(['kind', 'data'])
      .where('summitId', '=', summit.id)
      .where('kind', 'like', 'text.%')
      .execute();
    expect(events).toEqual([
      { kind: 'text.saved', data: { text: id, kind: 'notes', revision: 1 } },
    ]);
  });

  test('merged with what others wrote, a text grows no longer than one may be', async () => {
    const { summit, ada, grigor } = await hold();
    await save(summit, ada, 'a'.repeat(70_000));
    const refused = await inTransaction(db, (tx) =>
      saveText(tx, actorOf(grigor), selfIn(summit.id, { personId: grigor }), notes, {
        text: 'b'.repeat(70_000),
        base: { revision: 0, template: '' },
        saveKey: undefined,
      }),
    );
    expect(refused).toMatchObject({ ok: false, error: { code: 'text-too-long' } });
    expect(await textAt(db, summit.id, notes)).toMatchObject({ revision: 1 });
  });

  test('an old state comes back as a new one', async () => {
    const { summit, ada, grigor } = await hold();
    await save(summit, ada, 'first');
    await save(summit, grigor, 'second', { base: 1 });
    expectOk(
      await inTransaction(db, (tx) =>
        restoreText(tx, actorOf(ada), selfIn(summit.id, { personId: ada }), notes, 1),
      ),
    );
    const stored = await textAt(db, summit.id, notes);
    expect(stored).toMatchObject({ body: 'first', revision: 3 });
    const revisions = await textRevisions(db, stored?.id ?? '', { most: 9 });
    expect(revisions.map(({ body, by }) => [body, by?.id])).toEqual([
      ['first', ada],
      ['second', grigor],
      ['first', ada],
    ]);
  });
});

describe('action items', () => {
  /** What the worker does with the events of tasks. */
  async function work(): Promise<void> {
    const run = eventTask(testServices(db), [tickConsumer]);
    const events = await db
      .selectFrom('event')
      .select(['id', 'kind'])
      .where('kind', 'in', ['task.done', 'task.reopened'])
      .orderBy('id')
      .execute();
    for (const { id, kind } of events) {
      await run({ event: String(id), kind }, { number: 1, isLast: false });
    }
  }

  test('become tasks with owner and day, and keep them while lines are reworded and moved', async () => {
    const { summit, ada } = await hold();
    const { id } = await save(
      summit,
      ada,
      `- [ ] @Ada Byron ${number} book the small room by Friday\n- [ ] write docs\n`,
    );
    expectOk(await inTransaction(db, (tx) => syncNotes(tx, actorOf(ada), id)));
    const before = await openTasks(db, summit.id);
    expect(before.map(({ title, due, owners }) => [title, String(due), owners.length])).toEqual([
      ['book the small room', '2023-03-03', 1],
      ['write docs', 'undefined', 0],
    ]);
    expect(before[0]?.origin).toEqual({
      title: 'Notes of February call: Build systems',
      page: '/meetings/february/notes/build',
      isGone: false,
    });
    await save(
      summit,
      ada,
      `Minutes\n\n- [x] write docs\n- [ ] @Ada Byron ${number} book the big room by Friday\n`,
      { base: 1 },
    );
    expectOk(await inTransaction(db, (tx) => syncNotes(tx, actorOf(ada), id)));
    const after = await tasksFrom(db, { kind: 'meeting_text', id });
    expect(after.map((task) => [task.id, task.title, task.state])).toEqual([
      [before[0]?.id, 'book the big room', 'open'],
      [before[1]?.id, 'write docs', 'done'],
    ]);
    // The same again changes nothing.
    const events = async () => (await db.selectFrom('event').select('id').execute()).length;
    const count = await events();
    expectOk(await inTransaction(db, (tx) => syncNotes(tx, actorOf(ada), id)));
    expect(await events()).toBe(count);
  });

  test('a task that is done on a page has its line ticked, in the name of whoever did it', async () => {
    const { summit, ada, grigor } = await hold();
    const { id } = await save(summit, ada, '- [ ] one thing\n- [ ] another thing\n');
    await inTransaction(db, (tx) => syncNotes(tx, actorOf(ada), id));
    const task = (await openTasks(db, summit.id)).find(({ title }) => title === 'another thing');
    const self = selfIn(summit.id, { personId: grigor });
    const setDone = (isDone: boolean) =>
      inTransaction(db, (tx) =>
        setTaskDone(tx, actorOf(grigor), self, { task: task?.id ?? '', isDone }),
      );
    // Somebody moves and rewords it meanwhile, and writes what is much like it.
    const moved = '- [ ] yet another thing\n- [ ] another thing, soon\n- [ ] one thing\n';
    await save(summit, ada, moved, { base: 1 });
    expectOk(await setDone(true));
    await work();
    const stored = await textAt(db, summit.id, notes);
    expect(stored?.body).toBe(moved.replace('- [ ] another', '- [x] another'));
    const [latest] = await textRevisions(db, id, { most: 1 });
    expect(latest?.by?.id).toBe(grigor);
    // Unticked in the notes it is open again.
    await save(summit, ada, moved, { base: latest?.revision ?? 0 });
    await inTransaction(db, (tx) => syncNotes(tx, actorOf(ada), id));
    expect(await openTasks(db, summit.id)).toHaveLength(3);
    expect(expectOk(await setDone(false))).toEqual({ hasChanged: false });
  });

  test('a line that is taken out drops its task, unless somebody touched it elsewhere', async () => {
    const { summit, ada } = await hold();
    const { id } = await save(summit, ada, '- [ ] alpha\n- [ ] beta\n');
    await inTransaction(db, (tx) => syncNotes(tx, actorOf(ada), id));
    const [alpha] = await openTasks(db, summit.id);
    const self = selfIn(summit.id, { personId: ada });
    for (const isDone of [true, false]) {
      await inTransaction(db, (tx) =>
        setTaskDone(tx, actorOf(ada), self, { task: alpha?.id ?? '', isDone }),
      );
    }
    await save(summit, ada, 'Nothing to do.', { base: 1 });
    await inTransaction(db, (tx) => syncNotes(tx, actorOf(ada), id));
    const left = await tasksFrom(db, { kind: 'meeting_text', id });
    expect(left.map(({ title, origin }) => [title, origin.isGone])).toEqual([['alpha', true]]);
    // Put back, the line has its task again.
    await save(summit, ada, '- [ ] beta\n', { base: 2 });
    await inTransaction(db, (tx) => syncNotes(tx, actorOf(ada), id));
    expect((await openTasks(db, summit.id)).map(({ title }) => title).sort()).toEqual([
      'alpha',
      'beta',
    ]);
  });

  test('an owner is told once, when nobody has written for a while', async () => {
    const { summit, ada, grigor } = await hold();
    const line = (what: string) => `- [ ] @Grigor Lind ${number} ${what}\n`;
    const { id } = await save(summit, ada, line('write') + line('read by Friday'));
    const settle = () => inTransaction(db, (tx) => settleNotes(tx, actorOf(ada), id));
    const mails = () =>
      db.selectFrom('mail').select(['subject', 'body']).where('personId', '=', grigor).execute();
    await inTransaction(db, (tx) => syncNotes(tx, actorOf(ada), id));
    expect(await mails()).toEqual([]);
    await settle();
    await save(summit, ada, line('write more') + line('read by Friday'), { base: 1 });
    await settle();
    const [mail, ...others] = await mails();
    expect(others).toEqual([]);
    expect(mail?.subject).toMatch(/^2 tasks of yours: /);
    expect(mail?.body).toContain('- write\n- read, by Fri 3 Mar 2023\n');
    expect(await tasksOf(db, selfIn(summit.id, { personId: grigor }))).toHaveLength(2);
  });

  test('the job of a text waits until nobody has written for a while', async () => {
    const { summit, ada } = await hold();
    const { id } = await save(summit, ada, 'a');
    await save(summit, ada, 'b', { base: 1 });
    const { rows } = await database.pool.query(
      `select run_at > now() + interval '50 seconds' as waits from graphile_worker.jobs where key = $1`,
      [`settle:${id}`],
    );
    expect(rows).toEqual([{ waits: true }]);
  });
});

describe('missing notes', () => {
  test('are those of tracks of calls that are over, until somebody wrote more than the template', async () => {
    const { summit, ada } = await hold();
    const missing = async (days: number) =>
      (await missingNotes(db, summit, NOW.add({ hours: 24 * days }))).map(
        ({ call, track }) => `${call.key}/${track?.key}`,
      );
    expect(await missing(0)).toEqual([]);
    expect(await missing(27)).toEqual(['february/build', 'february/docs']);
    await save(summit, ada, '  \n');
    expect(await missing(27)).toEqual(['february/build', 'february/docs']);
    await save(summit, ada, 'We decided.', { base: 1 });
    expect(await missing(27)).toEqual(['february/docs']);
  });

  test('are asked for once: the lead on the next day, the organisers after a week', async () => {
    const { summit, ada, grigor } = await hold();
    await db
      .insertInto('role')
      .values({
        summitId: summit.id,
        personId: grigor,
        role: 'organiser',
        grantedAt: NOW,
        grantedBy: null,
      })
      .execute();
    await db
      .insertInto('trackLead')
      .values({ summitId: summit.id, meeting: 'february', track: 'build', personId: ada })
      .execute();
    const services = testServices(db);
    const mails = async (days: number) => {
      services.clock.set(NOW.add({ hours: 24 * days }));
      await missingNotesSweep.run(services);
      const rows = await db
        .selectFrom('mail')
        .select(['personId', 'subject'])
        .where('summitId', '=', summit.id)
        .orderBy('createdAt')
        .execute();
      return rows.map(({ personId, subject }) => [personId === ada ? 'ada' : 'grigor', subject]);
    };
    // The call is on the 26th day after, in the evening of the test's noon.
    expect(await mails(26)).toEqual([]);
    const lead = ['ada', 'The notes of February call: Build systems are missing'];
    expect(await mails(27)).toEqual([lead]);
    expect(await mails(28)).toEqual([lead]);
    const organiser = ['grigor', '2 notes of calls are still missing'];
    expect(await mails(33)).toEqual([lead, organiser]);
    expect(await mails(60)).toEqual([lead, organiser]);
  });
});
