import { expectCurrency } from '@cairn/kernel/money';
import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { selfIn } from '../../people/rights.ts';
import { lineStandings } from '../journal/balance-queries.ts';
import { canCarry } from '../seat-cost/carry-queries.ts';
import { approveEstimate } from './decision-commands.ts';
import { saveEstimate, submitEstimate } from './estimate-commands.ts';
import { estimateOf } from './estimate-queries.ts';

/*
 * As in May 2025: a grant pays the people of one track, and nobody else. Mira works in it, Noor does not, Kofi pays
 * for himself.
 */

let world: FundedSummit;
beforeAll(async () => {
  world = await fundedSummit({ granted: 500_000, needsEstimate: true });
  const { db, lineId, summitId, people } = world;
  await db
    .updateTable('fundLine')
    .set({ title: 'Statistics', paysFor: 'tracks', paysForKeys: ['statistics'] })
    .where('id', '=', lineId)
    .execute();
  await db
    .insertInto('trackInterest')
    .values([
      {
        summitId,
        personId: people.mira,
        track: 'statistics',
        level: 'lead',
        saidAt: world.actor.now,
      },
      { summitId, personId: people.noor, track: 'docs', level: 'work', saidAt: world.actor.now },
    ])
    .execute();
  await db
    .updateTable('seat')
    .set({ kind: 'self_funded' })
    .where('personId', '=', people.kofi)
    .execute();
});
afterAll(() => world.close());

const FLIGHT = {
  note: '',
  items: [
    {
      category: 'travel' as const,
      ...{ text: 'Flight', spentMinor: 90_000, spentCurrency: expectCurrency('USD') },
    },
  ],
};

const propose = async (personId: string) => {
  const { db, summitId, as } = world;
  const self = selfIn(summitId, { personId });
  const number = expectOk(
    await inTransaction(db, (tx) => saveEstimate(tx, as(personId), self, FLIGHT)),
  );
  const sent = await inTransaction(db, (tx) => submitEstimate(tx, as(personId), self, number));
  return { number, sent };
};

test('the grant of one track pays who works in it, with a cap and against its line', async () => {
  const { db, treasurer, lineId, summitId, people } = world;
  const { number, sent } = await propose(people.mira);
  expectOk(sent);
  const estimate = await estimateOf(db, treasurer, number);
  const decisions = (estimate?.items ?? []).map(({ id, minor }) => ({
    ...{ itemId: id, lineId, capMinor: minor ?? 0, reason: '' },
  }));
  const decision = { revision: estimate?.revision ?? 0, decisions, overReason: '' };
  expectOk(
    await inTransaction(db, (tx) => approveEstimate(tx, world.actor, treasurer, number, decision)),
  );
  expect((await lineStandings(db, summitId)).get(lineId)).toMatchObject({ committed: 90_000 });
});

test('everybody else is told that no line pays for them, and is no worse off for having asked', async () => {
  const { people, slug } = world;
  for (const personId of [people.noor, people.kofi]) {
    const { sent } = await propose(personId);
    expect(sent).toMatchObject({ ok: false, error: { sentence: expect.stringMatching(/pay/) } });
    const home = await world.get(`/s/${slug}/money`, personId);
    expect(home.status).toBe(200);
  }
  const budget = await (await world.get(`/s/${slug}/treasury/budget?by=person`)).text();
  expect(budget).toContain('Kofi Example');
});

test('a seat of one’s own money needs no line; one of the grant needs one that may pay it', async () => {
  const { db, summit, people } = world;
  await db.transaction().execute(async (tx) => {
    expect(await canCarry(tx, summit, people.kofi, 'self_funded')).toEqual({ carries: true });
    expect(await canCarry(tx, summit, people.mira, 'funded')).toEqual({ carries: true });
    expect(await canCarry(tx, summit, people.noor, 'funded')).toMatchObject({ carries: false });
  });
});
