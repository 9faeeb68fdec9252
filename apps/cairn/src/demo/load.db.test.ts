import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cloneDatabase, type TestDatabase } from '../../../../tests/database.ts';
import { testGit } from '../../../../tests/services.ts';
import { storePerson } from '../../../../tests/summit.ts';
import { seatCount } from '../features/people/seats/seat-queries.ts';
import { interestOf, openTopics } from '../features/planning/interest/interest-queries.ts';
import { allSummits } from '../features/summits/queries.ts';
import { currentTimetable } from '../features/timetable/release/current-queries.ts';
import { type Db, openKysely } from '../platform/db/database.ts';
import { demoClock } from './clock.ts';
import { clearUnfinishedDemo, loadDemo, mayLoadDemo } from './load.ts';
import { MOMENT_FACTS } from './moments.ts';

let database: TestDatabase;
let db: Db;

beforeAll(async () => {
  database = await cloneDatabase();
  db = openKysely(database.pool);
});
afterAll(() => database.drop());

const states = async () => {
  const rows = await db
    .selectFrom('invitation')
    .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
    .groupBy('state')
    .orderBy('state')
    .execute();
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};
const evidenceKinds = async () => {
  const rows = await db.selectFrom('evidence').select('kind').distinct().orderBy('kind').execute();
  return rows.map(({ kind }) => kind);
};

describe('the demo', () => {
  test('may be loaded into an empty installation, and nowhere else', async () => {
    expect(await mayLoadDemo(db)).toBe(true);
    const person = await storePerson(db, 'Somebody Real');
    expect(await mayLoadDemo(db)).toBe(false);
    await db.deleteFrom('personIdentity').where('personId', '=', person).execute();
    await db.deleteFrom('person').where('id', '=', person).execute();
  });

  test('at its first moment has invited people and no evidence of anything', async () => {
    const clock = await loadDemo({ db, git: testGit }, 'invited', 'http://cairn.test');
    expect(clock.now().until(MOMENT_FACTS.invited.at).total('minutes')).toBeCloseTo(0, 0);
    const [summit] = await allSummits(db);
    expect(summit).toMatchObject({ slug: 'sp_summit_2023', state: 'announced', revision: 3 });
    const counts = await states();
    expect(Object.keys(counts)).toEqual(expect.arrayContaining(['accepted', 'opened']));
    expect(counts['drafted']).toBe(4);
    expect(await evidenceKinds()).toEqual([]);
  });

  test('at its last moment has every kind of evidence, and never more people than seats', async () => {
    await loadDemo({ db, git: testGit }, 'after', 'http://cairn.test');
    const [summit] = await allSummits(db);
    if (summit === undefined) throw new Error('the demo has no summit');
    const { cap, taken, openOffers } = await seatCount(db, summit.id);
    expect({ cap, taken: taken.length, openOffers }).toEqual({ cap: 40, taken: 40, openOffers: 0 });
    expect(await evidenceKinds()).toEqual([
      'attendance',
      'contribution',
      'presence',
      'review',
      'update',
    ]);
    expect(summit.definition.planning_meetings.list.map(({ starts }) => starts)).toEqual([
      '2023-02-27T09:00',
      '2023-03-27T09:00',
      '2023-04-24T09:00',
    ]);
    // Those of the week, one of them done since.
    expect(await openTopics(db, summit.id)).toHaveLength(24);
    const said = (await interestOf(db, summit.id)).filter(({ level }) => level !== 'none');
    expect(new Set(said.map(({ personId }) => personId)).size).toBe(40);
    const timetable = await currentTimetable(db, summit.id);
    expect(timetable?.content.rooms).toHaveLength(6);
    const open = timetable?.sessions.filter(({ kind }) => kind === 'open') ?? [];
    expect(open).toHaveLength(3);
    expect((timetable?.sessions.length ?? 0) - open.length).toBeGreaterThan(40);
  }, 120_000);

  test('that was cut short is told again from the beginning', async () => {
    await db.deleteFrom('installation').where('key', '=', 'demo_clock').execute();
    expect(await demoClock(db)).toBeUndefined();
    expect(await mayLoadDemo(db)).toBe(true);
    await loadDemo({ db, git: testGit }, 'invited', 'http://cairn.test');
    expect(await allSummits(db)).toHaveLength(1);
  });

  test('that was cut short makes room for real people, and is never told over them', async () => {
    await clearUnfinishedDemo(db, testGit);
    // A story that came to its end is a demo, and stays one.
    expect(await allSummits(db)).toHaveLength(1);
    await db.deleteFrom('installation').where('key', '=', 'demo_clock').execute();
    await clearUnfinishedDemo(db, testGit);
    expect(await allSummits(db)).toEqual([]);
    await storePerson(db, 'Somebody Real');
    expect(await mayLoadDemo(db)).toBe(false);
  });
});
