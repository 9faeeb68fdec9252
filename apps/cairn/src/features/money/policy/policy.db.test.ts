import type { Problem } from '@cairn/kernel/problem';
import { expectOk, type Result } from '@cairn/kernel/result';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { shippedPolicies } from '../../../platform/files/shipped-policies.ts';
import { adoptPolicy, changePolicy, confirmRules, removePolicy } from './policy-commands.ts';
import { policiesOf, policyFor, policyRevisions } from './policy-queries.ts';

let world: FundedSummit;
beforeAll(async () => {
  world = await fundedSummit();
});
afterAll(() => world.close());

const run = <T>(command: (tx: Tx) => Promise<Result<T, Problem>>) =>
  inTransaction(world.db, command);
const codeOf = async (result: Promise<Result<unknown, Problem>>) => {
  const done = await result;
  return done.ok ? undefined : done.error.code;
};
const TEXT = shippedPolicies().get('sp_2023') ?? '';
const stored = async () => {
  const [policy] = await policiesOf(world.db, world.summitId);
  if (policy === undefined) throw new Error('the set was adopted');
  return policy;
};
const at = (path: string) => `/s/${world.slug}/treasury/policies${path}`;

test('a shipped set is adopted once, even by two at once', async () => {
  const { actor, treasurer, second } = world;
  const adopt = (right: typeof treasurer) =>
    run((tx) => adoptPolicy(tx, actor, right, { text: TEXT, shipped: 'sp_2023' }));
  const both = await Promise.all([adopt(treasurer), adopt(second)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  const policy = await stored();
  expect([policy.key, policy.revision, policy.title]).toEqual([
    'sp_2023',
    1,
    'The 2023 developer summit',
  ]);
  expect(policy.unconfirmed).toEqual(['dinner', 'breakfast', 'nights', 'claim_within']);
});

test('rules are confirmed as they stand, and anew once they say something else', async () => {
  const { actor, treasurer } = world;
  const { id } = await stored();
  const rules = ['dinner', 'breakfast', 'alcohol', 'unheard_of'];
  const confirm = (revision: number) =>
    run((tx) => confirmRules(tx, actor, treasurer, { id, rules, revision }));
  expect(await codeOf(confirm(2))).toBe('stale-revision');
  expect(expectOk(await confirm(1)).count).toBe(2);
  expect(expectOk(await confirm(1)).count).toBe(0);
  const text = TEXT.replace('most: "20.00"', 'most: "25.00"');
  const change = (revision: number) =>
    run((tx) => changePolicy(tx, actor, treasurer, { id, text, revision }));
  expect(expectOk(await change(1)).revision).toBe(2);
  expect(await codeOf(change(1))).toBe('stale-revision');
  expect(expectOk(await change(2)).revision).toBe(2);
  expect((await stored()).unconfirmed).toEqual(['dinner', 'nights', 'claim_within']);
  expect((await policyRevisions(world.db, id)).map(({ revision }) => revision)).toEqual([2, 1]);
});

test('a set that a line uses is neither removed nor put into another currency', async () => {
  const { db, actor, treasurer, lineId } = world;
  const { id, text, revision } = await stored();
  await db.updateTable('fundLine').set({ policyId: id }).where('id', '=', lineId).execute();
  expect((await policyFor(db, { policyId: id }))?.rules[0]?.key).toBe('dinner');
  expect(await policyFor(db, { policyId: null })).toBeUndefined();
  expect(await codeOf(run((tx) => removePolicy(tx, actor, treasurer, { id })))).toBe('policy-used');
  const euros = { id, revision, text: text.replace('currency: USD', 'currency: EUR') };
  expect(await codeOf(run((tx) => changePolicy(tx, actor, treasurer, euros)))).toBe(
    'other-currency',
  );
  await db.updateTable('fundLine').set({ policyId: null }).where('id', '=', lineId).execute();
  expectOk(await run((tx) => removePolicy(tx, actor, treasurer, { id })));
  expect(await policiesOf(db, world.summitId)).toEqual([]);
});

test('treasurers adopt, change and try rules by forms; nobody else comes near', async () => {
  const { get, post, db, summitId, lineId, people } = world;
  expect((await get(at(''), people.mira)).status).toBe(404);
  expect((await post(at(''), { shipped: 'us_federal' }, people.mira)).status).toBe(404);
  const unheardOf = await post(at(''), { shipped: 'unheard_of' });
  expect(unheardOf.status).toBe(422);
  expect((await unheardOf.text()).match(/role="alert"/g)).toHaveLength(1);
  expect(await (await get(at(''))).text()).toContain('Adopt “US federal grants”');
  expect((await post(at(''), { shipped: 'us_federal' })).status).toBe(303);
  const twice = await post(at(''), { shipped: 'us_federal' });
  expect(twice.status).toBe(422);
  expect(await twice.text()).toContain('role="alert"');
  const page = await (await get(at('/us_federal'))).text();
  expect(page).toContain('2 CFR 200.423');
  expect(page).toContain('6 to confirm');

  const broken = await post(at('/us_federal/text'), {
    revision: '1',
    text: 'cairn: policy/1\nrules: no',
  });
  expect(broken.status).toBe(422);
  expect(await broken.text()).toContain('us_federal.yaml, line 2');
  const stale = await post(at('/us_federal/text'), { revision: '0', text: TEXT });
  expect(stale.status).toBe(409);
  expect(await stale.text()).toContain('Somebody saved meanwhile');
  expect((await get(at('/us_federal/revisions'))).status).toBe(200);

  const tried = new URLSearchParams({
    try: 'yes',
    category: 'per_diem',
    amount: '500.00',
    people: '1',
    spent_on: '2023-05-22',
    submitted_on: '2023-06-01',
    'fact.from': '2023-05-21',
    'fact.until': '2023-05-27',
    'fact.tier': 't80',
  });
  expect(await (await get(at(`/us_federal/try?${tried}`))).text()).toContain(
    '500.00 USD of 500.00 USD would be paid',
  );
  tried.set('amount', '600');
  expect(await (await get(at(`/us_federal/try?${tried}`))).text()).toContain(
    '520.00 USD of 600.00 USD would be paid',
  );
  tried.set('fact.from', 'soon');
  expect((await get(at(`/us_federal/try?${tried}`))).status).toBe(422);

  const own = await post(at('/new'), { text: TEXT.replace('The 2023 developer summit', 'Ours') });
  expect(own.headers.get('location')).toBe(at('/ours'));
  const ours = (await policiesOf(db, summitId)).find(({ key }) => key === 'ours');
  await db
    .updateTable('fundLine')
    .set({ policyId: ours?.id ?? null })
    .where('id', '=', lineId)
    .execute();
});

test('everybody reads what is paid for them, and whoever pays for themselves reads that', async () => {
  const { get, db, slug, summitId, people } = world;
  const mira = await (await get(`/s/${slug}/money/rules`, people.mira)).text();
  expect(mira).toContain('Example Foundation pays');
  expect(mira).toContain('A dinner is paid up to 20.00 USD for each person.');
  expect(mira).toContain('not confirmed for this summit yet');
  await db
    .updateTable('seat')
    .set({ kind: 'self_funded' })
    .where('summitId', '=', summitId)
    .where('personId', '=', people.noor)
    .execute();
  const noor = await (await get(`/s/${slug}/money/rules`, people.noor)).text();
  expect(noor).toContain('at your own expense');
  expect(noor).not.toContain('Example Foundation');
});

test('programs read what is paid for their owner, and treasurers’ programs change rules and rates', async () => {
  const { app, slug, people, tove } = world;
  const [mira, treasurer] = [await tokenOf(world, people.mira), await tokenOf(world, tove)];
  const call = (token: string, path: string, init = {}) =>
    app.request(`/api/v1/summits/${slug}${path}`, withToken(token, init));
  const own = await (await call(mira, '/me/rules')).json();
  expect(own.items[0]).toMatchObject({
    funder: 'Example Foundation',
    rules: [{ key: 'dinner', is_confirmed: false }, {}, {}, {}, {}, {}, {}],
  });
  expect((await call(mira, '/policies')).status).toBe(403);
  const list = await (await call(treasurer, '/policies')).json();
  expect(list.items.map(({ key }: { key: string }) => key)).toEqual(['ours', 'us_federal']);
  const json = { text: TEXT.replace('"15.00"', '"16.00"'), revision: 1 };
  expect((await call(treasurer, '/policies/ours', { method: 'PUT', json })).status).toBe(200);
  expect((await call(treasurer, '/policies/ours', { method: 'PUT', json })).status).toBe(412);
  const confirmed = { rules: ['dinner'], revision: 2 };
  const confirm = { method: 'POST', json: confirmed };
  expect((await call(treasurer, '/policies/ours/confirmations', confirm)).status).toBe(204);
  expect((await call(treasurer, '/policies/ours', { method: 'DELETE' })).status).toBe(409);
  expect((await call(treasurer, '/policies/us_federal', { method: 'DELETE' })).status).toBe(204);
  const bad = { method: 'POST', json: { text: 'cairn: policy/1' } };
  expect((await call(treasurer, '/policies', bad)).status).toBe(422);

  const csv = 'Date,USD\n2023-01-10,1.0723\nsoon,1\n';
  const file = { method: 'POST', json: { csv, from: '2023-01-01', source: 'ECB' } };
  expect(await (await call(treasurer, '/rates/files', file)).json()).toMatchObject({
    changed: 1,
    bad: [{ line: 3 }],
  });
  const rate = { base: 'EUR', quote: 'GBP', on_date: '2023-01-10', rate: '0.88', source: 'ECB' };
  expect((await call(treasurer, '/rates', { method: 'POST', json: rate })).status).toBe(204);
  expect((await call(mira, '/rates', { method: 'POST', json: rate })).status).toBe(403);
  const asked = await call(mira, '/rates?from=GBP&to=USD&on=2023-01-11');
  expect(await asked.json()).toMatchObject({ rate: '1.21852272727', on_date: '2023-01-10' });
});
