import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  expectIn,
  expectNotIn,
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../tests/summit-database.ts';

const PLAN = '/s/sp_summit_2023/organise/plan';
let house: SummitDatabase;

beforeAll(async () => {
  house = await openSummitDatabase();
  await house.found();
});
afterAll(() => house.drop());

describe('the plan page', () => {
  test('is for organisers only', async () => {
    expect((await house.get(PLAN, house.stranger)).status).toBe(404);
    expect(
      (await house.post(PLAN, { phase: 'invitation', step: 'invite', done: 'yes' }, house.stranger))
        .status,
    ).toBe(404);
  });

  test('says what is late on the plan and on the overview, until it is ticked', async () => {
    expectIn(await (await house.get(PLAN)).text(), 'late by 10 days');
    expectIn(await (await house.get('/s/sp_summit_2023/organise')).text(), 'Send the invitations');
    const tick = { phase: 'invitation', step: 'invite', done: 'yes' };
    expect((await house.post(PLAN, tick)).status).toBe(303);
    expect((await house.post(PLAN, tick)).status).toBe(303);
    expectNotIn(await (await house.get(PLAN)).text(), 'late by 10 days');
    expect((await house.post(PLAN, { ...tick, done: 'no' })).status).toBe(303);
    const events = await house.db
      .selectFrom('event')
      .select(['kind', 'data'])
      .where('kind', 'like', 'plan.%')
      .orderBy('id')
      .execute();
    const data = { phase: 'invitation', step: 'invite' };
    expect(events).toEqual([
      { kind: 'plan.step_done', data },
      { kind: 'plan.step_reopened', data },
    ]);
  });

  test('a step that the plan does not have cannot be ticked', async () => {
    await house.post(PLAN, { phase: 'invitation', step: 'nothing', done: 'yes' });
    expect(await house.db.selectFrom('stepDone').selectAll().execute()).toEqual([]);
  });

  test('another start shows what would become of each step and changes nothing', async () => {
    const page = await (await house.get(`${PLAN}?start=2023-06-05`)).text();
    expectIn(page, 'Wed 25 Jan 2023');
    expectIn(page, 'would be late already');
    expect((await house.summit('sp_summit_2023')).definition.dates.start).toBe('2023-05-22');
  });

  test('a start that is no day is told at its field', async () => {
    const answer = await house.get(`${PLAN}?start=soon`);
    expect(answer.status).toBe(422);
    expectIn(await answer.text(), 'value="soon"');
  });
});
