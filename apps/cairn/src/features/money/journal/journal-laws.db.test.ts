import { sumOf } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { expectOk, fail, type Result } from '@cairn/kernel/result';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type FundedSummit, fundedSummit } from '../../../../../../tests/funded-summit.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Category } from '../category-rules.ts';
import { allot, transfer } from '../funders/allotment-commands.ts';
import { balancesOf, committedFor, lineStandings } from './balance-queries.ts';
import { correctEntry } from './correction-commands.ts';
import { lockLines, writeJournal } from './journal-commands.ts';
import {
  approved,
  type Claimed,
  claimed,
  committed,
  drawnOn,
  type Entry,
  misses,
  opposite,
  type Posting,
  type Purpose,
  paid,
  returned,
} from './journal-rules.ts';
import { reconcile } from './reconcile-queries.ts';

let world: FundedSummit;
beforeAll(async () => {
  world = await fundedSummit();
});
afterAll(() => world.close());

/** A deed of somebody, as random numbers: what it means depends on what was done before. */
interface Deed {
  readonly do:
    | 'allot'
    | 'take back'
    | 'move'
    | 'commit'
    | 'claim'
    | 'return'
    | 'approve'
    | 'pay'
    | 'reverse'
    | 'correct';
  readonly line: 0 | 1;
  readonly category: Category;
  readonly who: 'mira' | 'noor';
  readonly minor: number;
  readonly pick: number;
  /** Lets lines be overdrawn. */
  readonly lets: boolean;
  /** Sent once, sent twice, or by two treasurers at the same moment. */
  readonly times: 'once' | 'twice' | 'at once';
}

const deed: fc.Arbitrary<Deed> = fc.record({
  do: fc.constantFrom(
    'allot' as const,
    'allot' as const,
    'take back' as const,
    'move' as const,
    'commit' as const,
    'commit' as const,
    'claim' as const,
    'claim' as const,
    'return' as const,
    'approve' as const,
    'approve' as const,
    'pay' as const,
    'pay' as const,
    'reverse' as const,
    'correct' as const,
  ),
  line: fc.constantFrom(0 as const, 1 as const),
  category: fc.constantFrom('travel' as const, 'meals' as const),
  who: fc.constantFrom('mira' as const, 'noor' as const),
  minor: fc.integer({ min: 1, max: 3_000 }),
  pick: fc.nat(1_000),
  lets: fc.boolean(),
  times: fc.constantFrom('once', 'once', 'twice', 'at once'),
});

/** A claimed cost and how far it came, as a command would read it from its own row. */
interface Cost {
  readonly purpose: Purpose;
  readonly was: Claimed;
  state: 'claimed' | 'settled';
  approved: number;
  payments: { readonly minor: number; isReversed: boolean }[];
}

type Run = () => Promise<Result<unknown, Problem>>;

/** Refused by a sentence or by the database's own guard: in both cases nothing of it is written. */
async function attempt(run: Run): Promise<boolean> {
  try {
    return (await run()).ok;
  } catch (thrown) {
    if (thrown instanceof Error && 'code' in thrown && /^MN/.test(String(thrown.code)))
      return false;
    throw thrown;
  }
}

test('whatever is done, in any order, twice or at once: nothing is lost, and nothing overdrawn in silence', async () => {
  const { db, treasurer, summitId, tove, theo } = world;
  let run = 0;
  const property = fc.asyncProperty(
    fc.array(deed, { minLength: 4, maxLength: 14 }),
    async (deeds) => {
      run += 1;
      const lines = [await newLine(`a_${run}`), await newLine(`b_${run}`)];
      const costs: Cost[] = [];
      for (const [index, each] of deeds.entries()) {
        const todo = deedOf(each, `${run}:${index}`, lines, costs);
        if (todo === undefined) continue;
        const actors =
          each.times === 'once' ? [tove] : each.times === 'twice' ? [tove, tove] : [tove, theo];
        const runs = actors.map(
          (who): Run =>
            () =>
              inTransaction(db, (tx) => todo.run(tx, who)),
        );
        const done =
          each.times === 'at once'
            ? await Promise.all(runs.map(attempt))
            : [
                await attempt(runs[0] as Run),
                ...(runs[1] === undefined ? [] : [await attempt(runs[1])]),
              ];
        if (done.includes(true)) todo.after();
      }
      const balances = (await balancesOf(db, treasurer)).filter(({ lineId }) =>
        lines.includes(lineId),
      );
      const standings = await lineStandings(db, summitId);
      for (const line of lines) {
        const stands = standings.get(line);
        if (stands === undefined) continue;
        expect(misses(stands)).toBe(0);
        expect(sumOf(balances.filter((b) => b.lineId === line).map(({ minor }) => minor))).toBe(0);
      }
      const of = (stage: Posting['stage']) =>
        sumOf(balances.filter((balance) => balance.stage === stage).map(({ minor }) => minor));
      const paidOf = (cost: Cost) =>
        sumOf(cost.payments.map(({ minor, isReversed }) => (isReversed ? 0 : minor)));
      expect(of('claimed')).toBe(
        sumOf(costs.map((cost) => (cost.state === 'claimed' ? cost.was.asked : 0))),
      );
      expect(of('paid')).toBe(sumOf(costs.map(paidOf)));
      expect(of('approved')).toBe(sumOf(costs.map((cost) => cost.approved - paidOf(cost))));
    },
  );
  await fc.assert(property, { numRuns: 15 });

  const { differences } = await reconcile(db, treasurer);
  const ofJournal = ['balances', 'entries', 'signs'];
  expect(differences.filter(({ check }) => ofJournal.includes(check))).toEqual([]);
});

/** What a deed does now; undefined where there is nothing to do it with. */
function deedOf(
  deed: Deed,
  key: string,
  lines: readonly string[],
  costs: Cost[],
):
  | { run: (tx: Tx, who: string) => Promise<Result<unknown, Problem>>; after: () => void }
  | undefined {
  const { treasurer, summitId, people } = world;
  const lineId = lines[deed.line] ?? '';
  const purpose = { lineId, category: deed.category, personId: people[deed.who] };
  const letBe = { note: 'let be', isOverride: deed.lets };
  const write = (kind: Entry['kind'], postings: readonly Posting[]) => (tx: Tx, who: string) =>
    writeJournal(tx, world.as(who), summitId, [{ kind, key, postings, ...letBe }]);
  const nothing = () => undefined;
  const pickOf = (of: readonly Cost[]): Cost | undefined => of[deed.pick % Math.max(1, of.length)];
  switch (deed.do) {
    case 'allot':
    case 'take back': {
      const minor = deed.do === 'allot' ? deed.minor * 3 : -deed.minor;
      const given = { lineId, minor, key, ...letBe };
      return { run: (tx, who) => allot(tx, world.as(who), treasurer, given), after: nothing };
    }
    case 'move': {
      const to = lines[1 - deed.line] ?? '';
      const moved = { from: lineId, to, minor: deed.minor, key, ...letBe };
      return { run: (tx, who) => transfer(tx, world.as(who), treasurer, moved), after: nothing };
    }
    case 'commit':
      return { run: write('commitment', committed(purpose, deed.minor)), after: nothing };
    case 'claim': {
      const cost: { was?: Claimed } = {};
      return {
        run: async (tx, who) => {
          await lockLines(tx, summitId, [lineId]);
          const was = cost.was ?? drawnOn(deed.minor, await committedFor(tx, purpose));
          const written = await write('claim', claimed(purpose, was))(tx, who);
          if (written.ok) cost.was = was;
          return written;
        },
        after: () => {
          if (cost.was === undefined) return;
          costs.push({ purpose, was: cost.was, state: 'claimed', approved: 0, payments: [] });
        },
      };
    }
    case 'return':
    case 'approve': {
      const cost = pickOf(costs.filter(({ state }) => state === 'claimed'));
      if (cost === undefined) return undefined;
      const minor = deed.do === 'return' ? 0 : deed.pick % (cost.was.asked + 1);
      const postings =
        deed.do === 'return'
          ? returned(cost.purpose, cost.was)
          : approved(cost.purpose, cost.was, minor);
      return {
        run: write(deed.do === 'return' ? 'return' : 'approval', postings),
        after: () => {
          cost.state = 'settled';
          cost.approved = minor;
        },
      };
    }
    case 'pay': {
      const owed = (cost: Cost) =>
        cost.approved - sumOf(cost.payments.map((p) => (p.isReversed ? 0 : p.minor)));
      const cost = pickOf(costs.filter((each) => owed(each) > 0));
      if (cost === undefined) return undefined;
      const minor = 1 + (deed.pick % owed(cost));
      return {
        run: write('payment', paid(cost.purpose, minor)),
        after: () => cost.payments.push({ minor, isReversed: false }),
      };
    }
    case 'reverse': {
      const payments = costs.flatMap((cost) =>
        cost.payments.filter((p) => !p.isReversed).map((payment) => ({ cost, payment })),
      );
      const found = payments[deed.pick % Math.max(1, payments.length)];
      if (found === undefined) return undefined;
      const back = opposite(paid(found.cost.purpose, found.payment.minor));
      return {
        run: write('reversal', back),
        after: () => {
          found.payment.isReversed = true;
        },
      };
    }
    case 'correct':
      return {
        run: async (tx, who) => {
          const entries = await tx
            .selectFrom('journalEntry')
            .innerJoin('journalPosting', 'journalPosting.entryId', 'journalEntry.id')
            .select('journalEntry.id')
            .distinct()
            .where('lineId', '=', lineId)
            .orderBy('journalEntry.id')
            .execute();
          const entry = entries[deed.pick % Math.max(1, entries.length)];
          if (entry === undefined) return fail({ code: 'none', sentence: 'None.', place: {} });
          return correctEntry(tx, world.as(who), treasurer, { entryId: entry.id, ...letBe });
        },
        after: nothing,
      };
  }
}

async function newLine(key: string): Promise<string> {
  const { id } = await world.db
    .insertInto('fundLine')
    .values({
      summitId: world.summitId,
      funderId: world.funderId,
      key,
      title: key,
      categories: ['travel', 'meals'],
      personCeiling: null,
      policyId: null,
      closedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

test('two treasurers who pay the rest of a cost at the same moment pay it once', async () => {
  const { db, tove, theo, summitId, people } = world;
  const lineId = await newLine('paid_once');
  const purpose = { lineId, category: 'travel', personId: people.mira } as const;
  const was = drawnOn(900, 0);
  const write = (who: string, key: string, kind: Entry['kind'], postings: readonly Posting[]) =>
    inTransaction(db, (tx) => writeJournal(tx, world.as(who), summitId, [{ kind, key, postings }]));
  expectOk(
    await inTransaction(db, (tx) =>
      allot(tx, world.as(tove), world.treasurer, { lineId, minor: 5_000, note: '', key: 'po' }),
    ),
  );
  expectOk(await write(tove, 'po:claim', 'claim', claimed(purpose, was)));
  expectOk(await write(tove, 'po:approval', 'approval', approved(purpose, was, 900)));
  const both = await Promise.all([
    attempt(() => write(tove, 'po:pay:1', 'payment', paid(purpose, 900))),
    attempt(() => write(theo, 'po:pay:2', 'payment', paid(purpose, 900))),
  ]);
  expect(both.filter(Boolean)).toHaveLength(1);
  expect((await lineStandings(db, summitId)).get(lineId)).toMatchObject({ paid: 900, left: 4_100 });
});

test('what disagrees is found: a balance that somebody changed, and a claim that the journal does not know', async () => {
  const { db, database, treasurer, summitId, people } = world;
  const lineId = await newLine('disagrees');
  await inTransaction(db, (tx) =>
    allot(tx, world.actor, treasurer, { lineId, minor: 700, note: '', key: 'dis' }),
  );
  await database.pool.query(
    `update journal_balance set minor = minor + 1 where line_id = $1 and stage = 'left'`,
    [lineId],
  );
  const { id: claimId } = await db
    .insertInto('claim')
    .values({
      summitId,
      number: 77,
      personId: people.mira,
      enteredBy: null,
      state: 'submitted',
      firstLookBy: null,
      createdAt: world.clock.now(),
      submittedAt: world.clock.now(),
      approvedAt: null,
      sentAt: null,
      paidAt: null,
      remindedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await database.pool.query(
    `insert into claim_item (claim_id, position, category, line_id, minor)
     values ($1, 0, 'travel', $2, 250)`,
    [claimId, lineId],
  );
  await database.pool.query(
    `with paid as (insert into claim (summit_id, number, person_id, state, created_at, submitted_at)
       values ($1, 78, $2, 'paid', now(), now()) returning id),
     item as (insert into claim_item (claim_id, position, category, line_id, minor, approved_minor)
       select id, 0, 'meals', $3::uuid, 90, 90 from paid)
     insert into payment (summit_id, funder_id, claim_id, minor, paid_on, key, recorded_at)
     select $1, $4, id, 40, '2023-06-01', 'no entry', now() from paid`,
    [summitId, people.mira, lineId, world.funderId],
  );
  const purpose = { lineId, category: 'travel', personId: people.noor } as const;
  const was = drawnOn(30, 0);
  const entry = (kind: Entry['kind'], postings: readonly Posting[]): Entry => ({
    ...{ kind, key: `${kind}:of-nothing:1`, postings },
  });
  const orphans = [
    entry('claim', claimed(purpose, was)),
    entry('approval', approved(purpose, was, 30)),
    entry('payment', paid(purpose, 30)),
  ];
  expectOk(await inTransaction(db, (tx) => writeJournal(tx, world.actor, summitId, orphans)));
  const { differences } = await reconcile(db, treasurer);
  const found = differences.filter((difference) => difference.lineId === lineId);
  for (const [check, number, stands, shouldBe] of [
    ['payments', null, 30, 0],
    ['states', 78, 40, 90],
  ] as const) {
    expect(found).toContainEqual(expect.objectContaining({ check, number, stands, shouldBe }));
  }
  // One that the journal does not know at all stands with any line of its funder.
  expect(differences).toContainEqual(
    expect.objectContaining({ check: 'payments', number: 78, stands: 0, shouldBe: 40 }),
  );
  expect(found).toContainEqual(
    expect.objectContaining({ check: 'claims', of: 'uncommitted', stands: 0, shouldBe: -250 }),
  );
  expect(found).toContainEqual(
    expect.objectContaining({ check: 'balances', of: 'left', stands: 671, shouldBe: 670 }),
  );
  expect(found).toContainEqual(
    expect.objectContaining({ check: 'claims', of: 'claimed', stands: 0, shouldBe: 250 }),
  );
});
