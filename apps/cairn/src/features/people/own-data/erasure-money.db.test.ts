import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { lineStandings } from '../../money/journal/balance-queries.ts';
import { writeJournal } from '../../money/journal/journal-commands.ts';
import { claimed, committed } from '../../money/journal/journal-rules.ts';
import { reconcile } from '../../money/journal/reconcile-queries.ts';
import { forgetMoney } from './erasure-money-commands.ts';

let world: FundedSummit;
beforeAll(async () => {
  world = await fundedSummit({ granted: 100_000 });
});
afterAll(() => world.close());

test('what somebody asked for who is erased meanwhile is left again for others', async () => {
  const { db, summitId, lineId, personId, actor, treasurer } = world;
  const purpose = { lineId, category: 'travel', personId } as const;
  const { id: estimateId } = await db
    .insertInto('estimate')
    .values({ summitId, personId, number: 1, state: 'approved', createdAt: actor.now })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('estimateItem')
    .values({ estimateId, position: 0, ...COST, lineId, minor: 5000, capMinor: 5000 })
    .execute();
  const { id: claimId } = await db
    .insertInto('claim')
    .values({ summitId, personId, number: 1, state: 'submitted', createdAt: actor.now })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('claimItem')
    .values({ claimId, position: 0, ...COST, lineId, minor: 7000, committedMinor: 3000 })
    .execute();
  const entries = [
    { kind: 'commitment', key: 'commitment:test', postings: committed(purpose, 5000) },
    {
      kind: 'claim',
      key: 'claim:test',
      postings: claimed(purpose, { asked: 7000, committed: 3000 }),
    },
  ] as const;
  expectOk(await inTransaction(db, (tx) => writeJournal(tx, actor, summitId, entries)));
  expect((await reconcile(db, treasurer)).differences).toEqual([]);

  await inTransaction(db, async (tx) => {
    await forgetMoney(tx, actor, personId);
    return { ok: true, value: undefined };
  });

  expect((await reconcile(db, treasurer)).differences).toEqual([]);
  const stands = (await lineStandings(db, summitId)).get(lineId);
  expect(stands).toMatchObject({ left: 100_000, committed: 0, claimed: 0 });
});

const COST = { category: 'travel', text: 'Train', spentMinor: 7000, spentCurrency: 'USD' } as const;
