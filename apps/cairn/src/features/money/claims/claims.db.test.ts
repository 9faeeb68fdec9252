import { expectCurrency } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { expectOk, type Result } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type Self, selfIn, type Treasurer } from '../../people/rights.ts';
import { closeOwnEstimate } from '../estimates/close-commands.ts';
import { approveEstimate } from '../estimates/decision-commands.ts';
import { saveEstimate, submitEstimate } from '../estimates/estimate-commands.ts';
import { estimateOf } from '../estimates/estimate-queries.ts';
import { lineStandings } from '../journal/balance-queries.ts';
import { writeJournal } from '../journal/journal-commands.ts';
import { committed, misses, type Standing } from '../journal/journal-rules.ts';
import { assessClaim } from './assess-queries.ts';
import { saveClaim, startBill, startClaim, withdrawClaim } from './claim-commands.ts';
import { claimOf, ownClaim, stepsOf } from './claim-queries.ts';
import type { Claim } from './claim-rules.ts';
import { changeLine, decideClaim, declineClaim, returnClaim } from './decide-commands.ts';
import type { DraftItem } from './draft-schema.ts';
import { submitClaim } from './submit-commands.ts';

let world: FundedSummit;
beforeAll(async () => {
  world = await fundedSummit({ granted: 1_000_000 });
  world.clock.set(Temporal.Instant.from('2023-06-01T12:00:00Z'));
});
afterAll(() => world.close());

const run = <T>(command: (tx: Tx) => Promise<Result<T, Problem>>) =>
  inTransaction(world.db, command);
const selfOf = (personId: string): Self => selfIn(world.summitId, { personId });
const ofStanding = async (): Promise<Standing> => {
  const stands = (await lineStandings(world.db, world.summitId)).get(world.lineId);
  if (stands === undefined) throw new Error('the line is there');
  expect(misses(stands)).toBe(0);
  return stands;
};

const cost = (change: Partial<DraftItem> = {}): DraftItem => ({
  id: undefined,
  category: 'travel',
  meal: null,
  spentOn: '2023-05-21',
  text: 'Train',
  facts: { no_receipt: 'The machine printed none.' },
  spentMinor: 40_000,
  spentCurrency: 'USD' as DraftItem['spentCurrency'],
  lineId: null,
  covers: [],
  receiptIds: [],
  typed: {},
  ...change,
});

async function started(personId: string, items: readonly DraftItem[], more = {}): Promise<Claim> {
  const self = selfOf(personId);
  const { number } = expectOk(await run((tx) => startClaim(tx, world.as(personId), self)));
  const draft = { title: '', note: '', isFinal: false, overReason: '', items, ...more };
  expectOk(
    await run((tx) => saveClaim(tx, world.as(personId), self, { number, revision: 0, draft })),
  );
  return seen(personId, number);
}

async function seen(personId: string, number: number): Promise<Claim> {
  const claim = await ownClaim(world.db, selfOf(personId), number);
  if (claim === undefined) throw new Error('the claim is there');
  return claim;
}

async function submitted(personId: string, items: readonly DraftItem[], more = {}): Promise<Claim> {
  const claim = await started(personId, items, more);
  expectOk(await submit(claim));
  return seen(personId, claim.number);
}

const submit = (claim: Claim) => {
  const personId = claim.personId ?? claim.enteredBy ?? '';
  return run((tx) => submitClaim(tx, world.as(personId), selfOf(personId), claim));
};

const decide = (
  treasurer: Treasurer,
  claim: Claim,
  amounts: readonly number[],
  reason = '',
  overReason = '',
) =>
  run((tx) =>
    decideClaim(tx, world.as(treasurer.personId), treasurer, {
      number: claim.number,
      revision: claim.revision,
      overReason,
      decisions: claim.items.map(({ id }, index) => ({
        itemId: id,
        approvedMinor: amounts[index] ?? 0,
        reason,
      })),
    }),
  );

const commit = (personId: string, category: 'travel' | 'meals', minor: number, key: string) =>
  run((tx) =>
    writeJournal(tx, world.actor, world.summitId, [
      {
        kind: 'commitment',
        key: `commitment:${key}`,
        postings: committed({ lineId: world.lineId, category, personId }, minor),
      },
    ]),
  );

describe('a claim from draft to decision', () => {
  test('is approved in part only with a reason, and once, whoever else decides', async () => {
    const { people, treasurer, second } = world;
    const before = await ofStanding();
    const claim = await submitted(people.mira, [cost(), cost({ spentMinor: 2_550, text: 'Bus' })]);
    expect(await ofStanding()).toMatchObject({ claimed: before.claimed + 42_550 });
    expect(await decide(treasurer, claim, [40_000, 2_000])).toMatchObject({
      error: { code: 'no-reason', place: { path: `reason_${claim.items[1]?.id}` } },
    });
    expect(await decide(treasurer, claim, [40_001, 0], 'no')).toMatchObject({
      error: { code: 'more-than-asked' },
    });
    const both = await Promise.all([
      decide(treasurer, claim, [40_000, 2_000], 'The slip says 20.'),
      decide(second, claim, [40_000, 2_000], 'The slip says 20.'),
    ]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(await ofStanding()).toMatchObject({
      claimed: before.claimed,
      approved: before.approved + 42_000,
      left: before.left - 42_000,
    });
    const steps = await stepsOf(world.db, claim);
    expect(steps.map(({ state }) => state)).toEqual(['draft', 'submitted', 'approved']);
  });

  test('comes back with a question, is mended and submitted again, and counts once', async () => {
    const { people, treasurer } = world;
    const before = await ofStanding();
    const claim = await submitted(people.noor, [cost()]);
    const [item] = claim.items;
    const question = { words: '', items: [{ itemId: item?.id ?? '', words: 'Which train?' }] };
    const back = (words: typeof question) =>
      run((tx) =>
        returnClaim(tx, world.actor, treasurer, {
          number: claim.number,
          revision: claim.revision,
          question: words,
        }),
      );
    expect(await back({ words: ' ', items: [] })).toMatchObject({ error: { code: 'no-words' } });
    expectOk(await back(question));
    expect(await ofStanding()).toEqual(before);
    const returned = await seen(people.noor, claim.number);
    expect(returned).toMatchObject({ state: 'returned', items: [{ reason: 'Which train?' }] });
    const draft = {
      ...{ title: '', note: '', isFinal: false, overReason: '' },
      items: [cost({ id: item?.id, text: 'Night train', spentMinor: 39_000 })],
    };
    expectOk(
      await run((tx) =>
        saveClaim(tx, world.as(people.noor), selfOf(people.noor), {
          number: claim.number,
          revision: returned.revision,
          draft,
        }),
      ),
    );
    expectOk(await submit(await seen(people.noor, claim.number)));
    expect(await ofStanding()).toMatchObject({ claimed: before.claimed + 39_000 });
    expectOk(
      await run(async (tx) =>
        withdrawClaim(
          tx,
          world.as(people.noor),
          selfOf(people.noor),
          await seen(people.noor, claim.number),
        ),
      ),
    );
    expect(await ofStanding()).toEqual(before);
  });

  test('is told what is missing at each field, and keeps what cannot be read', async () => {
    const claim = await started(world.people.kofi, [
      cost({ spentMinor: null, typed: { amount: '1,133' }, text: '' }),
      cost({ spentOn: '2023-06-02', typed: { kind: '' } }),
    ]);
    const { problems } = await assessClaim(world.db, claim, world.clock.now());
    expect(problems.map(({ place }) => place.path)).toEqual([
      'amount[0]',
      'text[0]',
      'kind[1]',
      'spent_on[1]',
    ]);
    expect(claim.items[0]?.typed).toEqual({ amount: '1,133' });
    expect(await submit(claim)).toMatchObject({ ok: false });
    const stale = await run((tx) =>
      submitClaim(tx, world.as(world.people.kofi), selfOf(world.people.kofi), {
        ...claim,
        revision: 0,
      }),
    );
    expect(stale).toMatchObject({ error: { code: 'changed-meanwhile' } });
  });
});

describe('who decides', () => {
  test('nobody decides on a claim of their own, nor on a bill that they entered', async () => {
    const { tove, theo, treasurer, second } = world;
    const own = await submitted(tove, [cost({ spentMinor: 5_000 })]);
    expect(await decide(treasurer, own, [5_000])).toMatchObject({
      error: { code: 'not-yours-to-decide' },
    });
    const { number } = expectOk(
      await run((tx) => startBill(tx, world.as(theo), second, 'Hotel Example')),
    );
    const draft = {
      ...{ title: '', note: '', isFinal: false, overReason: '' },
      items: [cost({ category: 'lodging', text: 'Rooms', spentMinor: 100_000 })],
    };
    expectOk(
      await run((tx) =>
        saveClaim(tx, world.as(theo), selfOf(theo), { number, revision: 0, draft }),
      ),
    );
    expectOk(await submit(await seen(theo, number)));
    const bill = await seen(theo, number);
    expect(await decide(second, bill, [100_000])).toMatchObject({
      error: { code: 'not-yours-to-decide' },
    });
    expect(await decide(treasurer, bill, [100_000])).toEqual({ ok: true, value: 'approved' });
  });

  test('a draft is seen by its owner alone, and a claim by no other participant', async () => {
    const { db, people, treasurer } = world;
    const draft = await started(people.lena, [cost()]);
    expect(await claimOf(db, treasurer, draft.number)).toBeUndefined();
    expect(await ownClaim(db, selfOf(people.mira), draft.number)).toBeUndefined();
    expectOk(await submit(draft));
    expect((await claimOf(db, treasurer, draft.number))?.payee).toBe('Lena Example');
    const after = await seen(people.lena, draft.number);
    const words = { number: after.number, revision: after.revision, words: 'Paid by another.' };
    expectOk(await run((tx) => declineClaim(tx, world.actor, treasurer, words)));
  });
});

describe('more than is foreseen', () => {
  let person: string;
  beforeEach(async () => {
    person = world.people.kofi;
    await world.db
      .updateTable('fundLine')
      .set({ needsEstimate: true })
      .where('id', '=', world.lineId)
      .execute();
    return async () => {
      await world.db.updateTable('fundLine').set({ needsEstimate: false }).execute();
    };
  });

  test('a line that pays what was estimated pays nothing else, and more than that by two treasurers', async () => {
    const none = await started(person, [cost()]);
    expect(await submit(none)).toMatchObject({ error: { code: 'no-estimate' } });
    expectOk(await commit(person, 'travel', 35_000, 'kofi'));
    expect(await submit(none)).toMatchObject({ error: { code: 'over-reason' } });
    const draft = { title: '', note: '', isFinal: true, overReason: 'A strike.', items: [cost()] };
    const { number, revision } = none;
    expectOk(
      await run((tx) =>
        saveClaim(tx, world.as(person), selfOf(person), { number, revision, draft }),
      ),
    );
    const saved = await seen(person, number);
    expectOk(await submit(saved));
    const claim = await seen(person, number);
    expect(claim.items[0]).toMatchObject({ minor: 40_000, committedMinor: 35_000 });
    expect(await decide(world.treasurer, claim, [40_000])).toMatchObject({
      error: { code: 'over-reason' },
    });
    const first = await decide(world.treasurer, claim, [40_000], '', 'There was a strike.');
    expect(first).toEqual({ ok: true, value: 'second_look' });
    const looked = await seen(person, number);
    expect(await decide(world.treasurer, looked, [40_000], '', 'Still.')).toMatchObject({
      error: { code: 'not-yours-to-decide' },
    });
    expect(await decide(world.second, looked, [40_000], '', 'I agree.')).toEqual({
      ok: true,
      value: 'approved',
    });
    await ofStanding();
  });
});

describe('what an estimate committed', () => {
  test('while a claim waited is what the claim is paid from, and what one cost leaves is the next one’s', async () => {
    const { noor } = world.people;
    expectOk(await commit(noor, 'travel', 10_000, 'noor'));
    const [one, two] = [cost({ spentMinor: 8_000 }), cost({ spentMinor: 9_000, text: 'Bus' })];
    const claim = await submitted(noor, [one, two]);
    expect(claim.items.map(({ committedMinor }) => committedMinor)).toEqual([8_000, 2_000]);
    expectOk(await commit(noor, 'travel', 3_000, 'noor supplement'));
    const before = await ofStanding();
    const approved = await decide(world.treasurer, claim, [5_000, 8_000], 'Half.');
    expect(approved).toEqual({ ok: true, value: 'approved' });
    expect(await ofStanding()).toMatchObject({
      ...{ left: before.left, committed: before.committed - 3_000 },
      approved: before.approved + 13_000,
    });
    const { items } = await seen(noor, claim.number);
    expect(items.map(({ committedMinor }) => committedMinor)).toEqual([8_000, 8_000]);
  });

  test('is not let go while a claim that waits draws on it, so that nothing stays committed for nobody', async () => {
    const { people, treasurer } = world;
    const [self, as] = [selfOf(people.lena), world.as(people.lena)];
    const item = { category: 'meals', text: 'Meals', spentMinor: 9_000 } as const;
    const draft = { note: '', items: [{ ...item, spentCurrency: expectCurrency('USD') }] };
    const number = expectOk(await run((tx) => saveEstimate(tx, as, self, draft)));
    expectOk(await run((tx) => submitEstimate(tx, as, self, number)));
    const waiting = await estimateOf(world.db, treasurer, number);
    const decisions = (waiting?.items ?? []).map(({ id, lineId }) => ({
      ...{ itemId: id, lineId: lineId ?? '', capMinor: 9_000, reason: '' },
    }));
    const caps = { revision: waiting?.revision ?? 0, decisions, overReason: '' };
    expectOk(await run((tx) => approveEstimate(tx, world.actor, treasurer, number, caps)));
    const meal = { category: 'meals', text: 'Soup', spentMinor: 4_000 } as const;
    const claim = await submitted(people.lena, [cost(meal)]);
    const close = () => run((tx) => closeOwnEstimate(tx, as, self, number));
    expect(await close()).toMatchObject({ error: { code: 'claim-waits' } });
    const final = await submitted(people.lena, [cost({ ...meal, spentMinor: 1_000 })], {
      isFinal: true,
    });
    expectOk(await decide(treasurer, final, [1_000]));
    const before = await ofStanding();
    expect((await estimateOf(world.db, treasurer, number))?.state).toBe('approved');
    // She said that nothing more comes, and this is the last that waited.
    expectOk(await decide(treasurer, claim, [3_000], 'The slip says 30.'));
    expect((await estimateOf(world.db, treasurer, number))?.state).toBe('closed');
    expect(await ofStanding()).toMatchObject({ committed: before.committed - 4_000 });
  });
});

describe('costs of several people and slips of several costs', () => {
  test('the dinner of somebody is in one claim only', async () => {
    const { people } = world;
    const dinner = { category: 'meals', meal: 'dinner', spentOn: '2023-05-23' } as const;
    await submitted(people.mira, [
      cost({ ...dinner, spentMinor: 4_000, covers: [{ personId: people.noor, minor: null }] }),
    ]);
    const again = await started(people.noor, [cost({ ...dinner, spentMinor: 2_000 })]);
    expect(await submit(again)).toMatchObject({ error: { code: 'meal-twice' } });
  });

  test('whoever ate a dinner approves it only together with another treasurer', async () => {
    const { people, treasurer, second, tove } = world;
    const dinner = cost({
      ...{ category: 'meals', meal: 'dinner', spentOn: '2023-05-24', spentMinor: 4_000 },
      covers: [{ personId: tove, minor: null }],
    });
    const claim = await submitted(people.kofi, [dinner]);
    expect(await decide(treasurer, claim, [4_000])).toMatchObject({
      error: { code: 'over-reason' },
    });
    const first = await decide(treasurer, claim, [4_000], '', 'We ate together.');
    expect(first).toEqual({ ok: true, value: 'second_look' });
    const looked = await seen(people.kofi, claim.number);
    expect(await decide(second, looked, [4_000])).toEqual({ ok: true, value: 'approved' });
  });

  test('a cost moves to another line, is converted and judged anew, and nothing is lost', async () => {
    const { db, summitId, funderId, people, treasurer, lineId } = world;
    const { id: other } = await db
      .insertInto('fundLine')
      .values({
        ...{ summitId, funderId, key: 'second', title: 'Second', categories: ['travel'] },
        ...{ personCeiling: null, policyId: null, closedAt: null, position: 5 },
        needsEstimate: false,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const before = await ofStanding();
    const claim = await submitted(people.lena, [cost({ spentMinor: 10_000 })]);
    expect(claim.items[0]?.lineId).toBe(lineId);
    const [item] = claim.items;
    expectOk(
      await run((tx) =>
        changeLine(tx, world.actor, treasurer, {
          ...{ number: claim.number, revision: claim.revision },
          ...{ itemId: item?.id ?? '', lineId: other },
        }),
      ),
    );
    expect(await ofStanding()).toEqual(before);
    const moved = await seen(people.lena, claim.number);
    // Nothing was allotted to it.
    expect(await decide(treasurer, moved, [10_000])).toMatchObject({
      error: { code: 'over-reason' },
    });
    expect(await decide(treasurer, moved, [10_000], '', 'The dean promised it.')).toEqual({
      ok: true,
      value: 'second_look',
    });
  });
});
