import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { testServices } from '../../../../../../tests/services.ts';
import { expectIn, expectNotIn } from '../../../../../../tests/summit-database.ts';
import { selfIn } from '../rights.ts';
import { needsOf, ownNeed } from './need-queries.ts';
import { needSweep } from './need-sweep.ts';

let world: FundedSummit;
let OWN: string;
let NEEDS: string;

beforeAll(async () => {
  world = await fundedSummit();
  OWN = `/s/${world.slug}/needs`;
  NEEDS = `/s/${world.slug}/organise/needs`;
});
afterAll(() => world.close());

const own = (who: string) => ownNeed(world.db, selfIn(world.summitId, { personId: who }));

describe('what somebody needs', () => {
  test('is theirs to say, to change and to take back', async () => {
    const { mira } = world.people;
    const typed = { 'diets[]': ['vegan', 'nonsense'], allergies: '=Peanuts', step_free: 'yes' };
    expect((await world.post(OWN, typed, mira)).status).toBe(303);
    expect(await own(mira)).toMatchObject({ diets: ['vegan'], stepFree: true });
    const refused = await world.post(OWN, { ...typed, access: 'x'.repeat(1001) }, mira);
    expect(refused.status).toBe(422);
    expectIn(await refused.text(), 'Peanuts');
    await world.post(OWN, { do: 'withdraw' }, mira);
    expect(await own(mira)).toBeUndefined();
    await world.post(OWN, typed, mira);
  });

  test('is seen by organisers, and by nobody else', async () => {
    const { noor } = world.people;
    expectIn(await (await world.get(NEEDS)).text(), 'Mira Example');
    expect((await world.get(NEEDS, noor)).status).toBe(404);
    expect((await world.get(NEEDS, world.theo)).status).toBe(404);
    const token = await tokenOf(world, noor);
    const asked = await world.app.request(`/api/v1/summits/${world.slug}/needs`, withToken(token));
    expect(asked.status).toBe(403);
    expectNotIn(await (await world.get(OWN, noor)).text(), 'Peanuts');
  });

  test('goes to the kitchen without names, and no spreadsheet takes it for a formula', async () => {
    const sheet = await (await world.get(`${NEEDS}/kitchen.csv`)).text();
    expectIn(sheet, "allergy,'=Peanuts,1");
    expectIn(sheet, 'plates,Vegan,1');
    expectNotIn(sheet, 'Mira');
  });

  test('is said the same by the API', async () => {
    const { kofi } = world.people;
    const token = await tokenOf(world, kofi);
    const path = `/api/v1/summits/${world.slug}/me/needs`;
    const json = { diets: ['halal'] };
    const put = await world.app.request(path, withToken(token, { method: 'PUT', json }));
    expect(put.status).toBe(204);
    const got = await (await world.app.request(path, withToken(token))).json();
    expect(got).toEqual({
      ...{ has_said: true, diets: ['halal'] },
      ...{ allergies: '', access: '', step_free: false },
    });
  });
});

test('needs are removed so many days after the summit as organisers said, and not asked for again', async () => {
  const { mira } = world.people;
  expect((await world.post(NEEDS, { days_kept: 'ten' })).status).toBe(422);
  expect((await world.post(NEEDS, { days_kept: '10' })).status).toBe(303);
  const services = testServices(world.db);
  const { departure } = world.summit.definition.dates;
  const noon = (days: number) =>
    Temporal.PlainDate.from(departure).add({ days }).toZonedDateTime({
      timeZone: world.summit.definition.zone,
      plainTime: '12:00',
    });
  services.clock.set(noon(10).toInstant());
  await needSweep.run(services);
  expect(await needsOf(world.db, world.organiser)).toHaveLength(2);
  services.clock.set(noon(11).toInstant());
  await needSweep.run(services);
  expect(await needsOf(world.db, world.organiser)).toHaveLength(0);
  world.clock.set(noon(11).toInstant());
  expectIn(await (await world.get(NEEDS)).text(), 'was removed');
  const late = await world.post(OWN, { 'diets[]': ['vegan'] }, mira);
  expect(late.status).toBe(422);
  expectIn(await late.text(), 'The summit is over');
});
