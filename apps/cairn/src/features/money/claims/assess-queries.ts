import type { Currency } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { dateIn, expectZone, type Instant } from '@cairn/kernel/time';
import { type SqlBool, sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import { selfIn } from '../../people/rights.ts';
import { type Summit, summitById } from '../../summits/queries.ts';
import { providedMeals } from '../../timetable/meals/meal-queries.ts';
import { mealKey } from '../../timetable/meals/meal-rules.ts';
import { fundLinesOf, payeesOf } from '../funders/funder-queries.ts';
import type { FundLine } from '../funders/funder-rules.ts';
import { policiesOf } from '../policy/policy-queries.ts';
import type { Cost } from '../policy/policy-rules.ts';
import { rateFor } from '../rates/rate-queries.ts';
import { ownStay } from '../stays/stay-queries.ts';
import { extraNightsOf } from '../stays/stay-rules.ts';
import { type Assessment, assess, costOf } from './assess-rules.ts';
import { loadClaims } from './claim-queries.ts';
import type { Claim, ClaimItem, ClaimState } from './claim-rules.ts';
import {
  type ClaimedMeal,
  frozenRate,
  lineOf,
  type Rate,
  type ReceiptUse,
  rateNeeded,
  type World,
} from './claim-world-rules.ts';

/** Claims that count: what they ask for is asked for, owed or paid. */
const COUNTS = sql<SqlBool>`claim.state in ('submitted', 'second_look', 'approved', 'sent', 'paid')`;

/** What a claim comes to now, by the rules of the lines that are to pay it. For its owner, and for commands. */
export async function assessClaim(db: Reader, claim: Claim, now: Instant): Promise<Assessment> {
  return assessIn(db, claim, await worldFor(db, claim, now));
}

/** The same where the world around it is known already. */
export async function assessIn(db: Reader, claim: Claim, world: World): Promise<Assessment> {
  const rates = new Map<string, Result<Rate, Problem>>();
  const asked = new Map<string, Result<Rate, Problem>>();
  for (const item of claim.items) {
    const { line } = lineOf(item, world);
    const frozen = frozenRate(item, line);
    const need = rateNeeded(item, line);
    if (frozen !== undefined) rates.set(item.id, ok(frozen));
    else if (need !== undefined) {
      const key = `${need.from} ${need.to} ${need.day}`;
      const rate =
        asked.get(key) ?? (await rateFor(db, claim.summitId, need.from, need.to, need.day));
      asked.set(key, rate);
      rates.set(item.id, rate);
    }
  }
  return assess(claim, world, rates);
}

/** All that decides what a claim comes to. */
export async function worldFor(db: Reader, claim: Claim, now: Instant): Promise<World> {
  const { summitId, personId } = claim;
  const summit = await summitById(db, summitId);
  const lines = await fundLinesOf(db, summitId);
  const policies = await policiesOf(db, summitId);
  const today = dateIn(now, expectZone(summit.definition.zone)).toString();
  const provided = await providedMeals(db, summitId);
  const shared = {
    lines,
    policies: new Map(
      lines.flatMap(({ id, policyId }) => {
        const policy = policies.find((each) => each.id === policyId);
        return policy === undefined ? [] : [[id, policy] as const];
      }),
    ),
    names: await namesOfComers(db, summitId),
    receipts: await receiptUses(db, claim),
    today,
  };
  const circumstances = {
    ...(await daysOf(db, summit, personId)),
    submittedOn: today,
    provided: (date: string, meal: 'breakfast' | 'lunch' | 'dinner') =>
      provided.get(mealKey(date, meal)),
  };
  if (personId === null) {
    return {
      ...shared,
      circumstances,
      payee: undefined,
      earlier: new Map(),
      committed: new Map(),
      estimatedLines: new Set(),
      claimedMeals: [],
    };
  }
  const eaters = [personId, ...claim.items.flatMap(({ covers }) => covers.map((c) => c.personId))];
  return {
    ...shared,
    circumstances,
    payee: (await payeesOf(db, summitId, [personId])).get(personId),
    earlier: await earlierCosts(db, claim, lines),
    ...(await estimated(db, lines, personId)),
    claimedMeals: await mealsOfOthers(db, claim, eaters),
  };
}

/** The days of the summit, and those of somebody's stay. */
async function daysOf(db: Reader, { id, definition }: Summit, personId: string | null) {
  const { arrival, departure } = definition.dates;
  const stay = personId === null ? undefined : await ownStay(db, selfIn(id, { personId }));
  return {
    agreedNights: stay === undefined ? [] : extraNightsOf(stay, definition.dates).granted,
    firstDay: arrival,
    lastDay: departure,
    arrivesOn: stay?.arrivesOn ?? undefined,
    leavesOn: stay?.leavesOn ?? undefined,
  };
}

async function namesOfComers(db: Reader, summitId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('person')
    .select(['id', 'name'])
    .where('erasedAt', 'is', null)
    .where(sql<SqlBool>`person.id in ${coming(summitId)}`)
    .orderBy('name')
    .execute();
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** What is committed for somebody, and on which lines anything ever was. */
async function estimated(db: Reader, lines: readonly FundLine[], personId: string) {
  const ids = lines.map(({ id }) => id);
  if (ids.length === 0) {
    return { committed: new Map<string, number>(), estimatedLines: new Set<string>() };
  }
  const rows = await db
    .selectFrom('journalBalance')
    .select(['lineId', 'category', 'minor'])
    .where('lineId', 'in', ids)
    .where('personId', '=', personId)
    .where('stage', '=', 'committed')
    .execute();
  return {
    committed: new Map(rows.map(({ lineId, category, minor }) => [`${lineId} ${category}`, minor])),
    // An account stays when it is empty, so that what was committed once is known.
    estimatedLines: new Set(rows.map(({ lineId }) => lineId)),
  };
}

/**
 * Costs of the same payee in other claims, by currency: a cap that they used is not there twice. What was decided
 * counts as it was approved, so that what was not paid uses up nothing.
 */
async function earlierCosts(
  db: Reader,
  claim: Claim,
  lines: readonly FundLine[],
): Promise<ReadonlyMap<Currency, readonly Cost[]>> {
  const { personId, summitId, id } = claim;
  if (personId === null) return new Map();
  const others = await loadClaims(
    db,
    summitId,
    sql<SqlBool>`claim.person_id = ${personId} and claim.id <> ${id} and ${COUNTS}`,
  );
  const costs = others.flatMap(({ items, state }) =>
    items.flatMap((asked) => {
      const item = asDecided(asked, state);
      const currency = lines.find((line) => line.id === item?.lineId)?.funder.currency;
      if (currency === undefined || item === undefined || item.minor === null) return [];
      const rate =
        item.rate === null
          ? undefined
          : { rate: item.rate, onDate: item.rateOn ?? '', source: item.rateSource ?? '' };
      return [{ currency, cost: costOf(item, personId, { minor: item.minor, currency, rate }) }];
    }),
  );
  return new Map(
    [...Map.groupBy(costs, ({ currency }) => currency)].map(([currency, own]) => [
      currency,
      own.map(({ cost }) => cost),
    ]),
  );
}

/** A cost as far as it uses up caps; undefined where nothing of it is paid. */
function asDecided(item: ClaimItem, state: ClaimState): ClaimItem | undefined {
  if (state === 'submitted' || state === 'second_look') return item;
  const minor = item.approvedMinor ?? 0;
  if (minor === 0) return undefined;
  // What was not paid of it, such as alcohol, is taken off already; days that a per diem paid stay so.
  return item.category === 'per_diem' ? item : { ...item, minor, facts: {} };
}

/** Meals of these people that claims of others ask for. */
async function mealsOfOthers(
  db: Reader,
  { id, summitId, personId }: Claim,
  people: readonly string[],
): Promise<readonly ClaimedMeal[]> {
  const { rows } = await sql<ClaimedMeal>`
    select eater.person_id, item.spent_on, item.meal, claim.number
    from claim join claim_item item on item.claim_id = claim.id,
    lateral (select claim.person_id union
      select covered.person_id from claim_item_person covered where covered.item_id = item.id) eater
    where claim.summit_id = ${summitId} and claim.id <> ${id} and ${COUNTS}
      and claim.person_id is distinct from ${personId}
      and item.meal is not null and item.spent_on is not null
      and eater.person_id = any(${[...people]}::uuid[])`.execute(db);
  return rows;
}

/** What the slips of a claim come to, and what others ask of them. */
async function receiptUses(
  db: Reader,
  { id, items, personId, enteredBy }: Claim,
): Promise<ReadonlyMap<string, ReceiptUse>> {
  const ids = [...new Set(items.flatMap(({ receiptIds }) => receiptIds))];
  if (ids.length === 0) return new Map();
  const { rows } = await sql<ReceiptUse>`
    select receipt.id, receipt.total_minor, receipt.currency,
      (select share.minor from receipt_share share where share.receipt_id = receipt.id
        and share.person_id = ${personId ?? enteredBy}) as part_minor,
      coalesce(sum(item.spent_minor) filter (where item.spent_currency = receipt.currency
        and (select count(*) from claim_item_receipt r where r.item_id = item.id) = 1), 0)::bigint
        as elsewhere_minor,
      count(item.id)::int as uses_elsewhere
    from receipt
    left join (claim_item_receipt used
      join claim_item item on item.id = used.item_id
      join claim on claim.id = item.claim_id and claim.id <> ${id} and ${COUNTS})
      on used.receipt_id = receipt.id
    where receipt.id = any(${ids}::uuid[])
    group by receipt.id`.execute(db);
  return new Map(rows.map((row) => [row.id, row]));
}
