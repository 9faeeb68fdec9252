import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { TEST_URL, testGit } from '../../../../../../tests/services.ts';
import {
  addPerson,
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { selfIn } from '../../people/rights.ts';
import { foundPlan } from '../repository/main-commands.ts';
import { openThread } from '../threads/thread-commands.ts';
import { mergeInterest, setInterests } from './interest-commands.ts';
import { interestOf } from './interest-queries.ts';

const services = { git: testGit, url: TEST_URL };
const PLAN = '/s/sp_summit_2023/plan';
let world: SummitDatabase;
let summitId: string;
let mira: string;

/** A topic by hand: what interest needs to know of one. */
async function addTopic(title: string, state: 'idea' | 'dropped' = 'idea'): Promise<number> {
  const { number } = expectOk(
    await inTransaction(world.db, (tx) =>
      openThread(tx, world.actor, { summitId, kind: 'topic', title, body: '' }),
    ),
  );
  await world.db
    .insertInto('planTopic')
    .values({ summitId, number, path: `topics/t${number}.md`, state, duplicateOf: null })
    .execute();
  return number;
}

beforeAll(async () => {
  world = await openSummitDatabase();
  await world.found();
  summitId = (await world.summit('sp_summit_2023')).id;
  mira = await addPerson(world.db, 'Mira');
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
  expectOk(
    await inTransaction(world.db, (tx) =>
      foundPlan(tx, services, world.actor, summitId, [{ path: 'README.md', content: '# Plan\n' }]),
    ),
  );
});
afterAll(() => world.drop());
beforeEach(() => world.db.deleteFrom('planInterest').execute());

const eventsOf = (number: number) =>
  world.db
    .selectFrom('event')
    .select(['personId', 'data'])
    .where('kind', '=', 'interest.changed')
    .orderBy('id')
    .execute()
    .then((events) => events.filter(({ data }) => Object(data).number === number));

describe('interest', () => {
  test('is said of all topics in one form, and once more changes nothing', async () => {
    const [one, other] = [await addTopic('Sparse arrays'), await addTopic('Builds')];
    const fields = {
      [`level_${one}`]: 'lead',
      [`why_${one}`]: 'I wrote half of it',
      [`level_${other}`]: 'none',
    };
    expect((await world.post(`${PLAN}/interest`, fields, mira)).status).toBe(303);
    expect((await world.post(`${PLAN}/interest`, fields, mira)).status).toBe(303);
    expect(await interestOf(world.db, summitId)).toEqual([
      { number: one, personId: mira, level: 'lead', why: 'I wrote half of it' },
      { number: other, personId: mira, level: 'none', why: '' },
    ]);
    expect(await eventsOf(one)).toEqual([{ personId: mira, data: { number: one, level: 'lead' } }]);
    const page = await (await world.get(`${PLAN}/interest`, mira)).text();
    expectIn(page, 'I wrote half of it');
    const csv = await (await world.get(`${PLAN}/interest.csv`, mira)).text();
    expectIn(csv, `${one},Sparse arrays,Mira,lead,I wrote half of it`);
  });

  test('keeps everything typed when something is wrong with it, and stores nothing', async () => {
    const number = await addTopic('Docs');
    const refused = await world.post(
      `${PLAN}/interest`,
      { [`why_${number}`]: 'only a reason' },
      mira,
    );
    expect(refused.status).toBe(422);
    const page = await refused.text();
    expectIn(page, 'only a reason');
    expectIn(page, 'Choose what you want of “Docs”');
    expect(await interestOf(world.db, summitId)).toEqual([]);
  });

  test('is seen by those who take part and nobody else', async () => {
    const number = await addTopic('Benchmarks');
    await world.post(`${PLAN}/interest`, { [`level_${number}`]: 'lead' }, mira);
    const matrix = await (await world.get(`${PLAN}/interest/matrix`, mira)).text();
    expectIn(matrix, 'Benchmarks');
    expectIn(matrix, 'Mira');
    for (const path of ['/interest', '/interest/matrix', '/interest.csv']) {
      const answer = await world.get(`${PLAN}${path}`, world.stranger);
      expect(answer.status).toBe(404);
      expectNotIn(await answer.text(), 'Benchmarks');
    }
  });

  test('goes nowhere with a dropped topic, and is taken back without a trace of it', async () => {
    const [open, dropped] = [await addTopic('Open'), await addTopic('Gone', 'dropped')];
    await world.post(
      `${PLAN}/interest`,
      { [`level_${open}`]: 'work', [`level_${dropped}`]: 'work' },
      mira,
    );
    expect((await interestOf(world.db, summitId)).map(({ number }) => number)).toEqual([open]);
    await world.post(`${PLAN}/interest`, { [`level_${open}`]: 'nothing' }, mira);
    expect(await interestOf(world.db, summitId)).toEqual([]);
  });

  test('follows a merged topic: the stronger level and both reasons stay', async () => {
    const [from, into] = [await addTopic('Sparse'), await addTopic('Sparse again')];
    const say = (personId: string, number: number, level: 'lead' | 'work' | 'learn', why: string) =>
      inTransaction(world.db, (tx) =>
        setInterests(
          tx,
          world.actor,
          selfIn(summitId, { personId }),
          new Map([[number, { level, why }]]),
        ),
      );
    expectOk(await say(mira, from, 'lead', 'mine'));
    expectOk(await say(mira, into, 'learn', 'yours'));
    expectOk(await say(world.ada, from, 'work', ''));
    await world.db
      .transaction()
      .execute((tx) => mergeInterest(tx, world.actor, summitId, { from, into }));
    const after = await interestOf(world.db, summitId);
    expect(after).toHaveLength(2);
    expect(after).toContainEqual({
      number: into,
      personId: mira,
      level: 'lead',
      why: 'mine · yours',
    });
    expect(after).toContainEqual({ number: into, personId: world.ada, level: 'work', why: '' });
  });
});
