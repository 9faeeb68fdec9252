import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { openPlanServer, type PlanServer } from '../../../../../../tests/plan-server.ts';
import { expectIn } from '../../../../../../tests/summit-database.ts';
import { planOf } from './main-queries.ts';

let server: PlanServer;
beforeAll(async () => {
  server = await openPlanServer();
});
afterAll(() => server.close());

const ADDRESS = '/s/sp_summit_2023/organise/planning';
const readers = async () => (await planOf(server.world.db, server.summitId))?.readers;

describe('the settings of a plan', () => {
  test('say how it is cloned, and how its repository is', async () => {
    const page = await (await server.world.get(ADDRESS)).text();
    expectIn(page, 'git clone http://cairn.test/s/sp_summit_2023/plan.git sp_summit_2023');
    expectIn(page, 'at most 50 MB, and files of at most 10 MB');
    expectIn(page, 'not measured yet');
  });

  test('let organisers choose who reads it, with one event for each change', async () => {
    const choose = (value: string) => server.world.post(`${ADDRESS}/readers`, { readers: value });
    expect((await choose('participants')).status).toBe(303);
    expect((await choose('participants')).status).toBe(303);
    expect(await readers()).toBe('participants');
    const events = await server.world.db
      .selectFrom('event')
      .select(['data', 'actorId'])
      .where('kind', '=', 'plan.readers_chosen')
      .execute();
    expect(events).toEqual([{ data: { readers: 'participants' }, actorId: server.world.ada }]);
    const refused = await choose('nobody');
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'Choose who may read the plan.');
    expect(await readers()).toBe('participants');
  });

  test('are the same for programs', async () => {
    const { app } = server.world;
    const token = await tokenOf(server.world, server.world.ada);
    const plan = '/api/v1/summits/sp_summit_2023/plan';
    const json = { readers: 'everyone' };
    const put = (as: string) =>
      app.request(`${plan}/readers`, withToken(as, { method: 'PUT', json }));
    expect((await app.request(plan)).status).toBe(404);
    expect((await put(server.token)).status).toBe(403);
    expect((await put(token)).status).toBe(204);
    expect(await (await app.request(plan)).json()).toMatchObject({
      clone_url: 'http://cairn.test/s/sp_summit_2023/plan.git',
      readers: 'everyone',
    });
  });

  test('are for organisers only', async () => {
    expect((await server.world.get(ADDRESS, server.mira)).status).toBe(404);
    const posted = await server.world.post(
      `${ADDRESS}/readers`,
      { readers: 'everyone' },
      server.mira,
    );
    expect(posted.status).toBe(404);
  });
});
