import { expectZone, formatDate, formatDateSpan, type Instant, Temporal } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Self, Treasurer } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { claimOf, claimsOf, ownClaim, stepsOf } from '../claims/claim-queries.ts';
import type { Claim } from '../claims/claim-rules.ts';
import { fundLinesOf, linesById } from '../funders/funder-queries.ts';
import type { Funder } from '../funders/funder-rules.ts';
import { factsAsked } from '../policy/facts-rules.ts';
import { factsAsTyped } from '../policy/facts-schema.ts';
import { policyFor } from '../policy/policy-queries.ts';
import type { Facts } from '../policy/policy-rules.ts';
import {
  ownReceiptContent,
  ownReceipts,
  receiptContent,
  receiptsOf,
} from '../receipts/receipt-queries.ts';
import { countryName } from '../stays/country-rules.ts';
import { ownStay, staysOf } from '../stays/stay-queries.ts';
import type { Stay } from '../stays/stay-rules.ts';
import { BUNDLED, type BundledReceipt, type BundleFacts } from './bundle-cost-rules.ts';

/** Somebody, or a supplier, for whom a funder has approved claims. */
export interface BundlePayee {
  readonly personId: string | null;
  readonly name: string;
  /** A person's together; of a supplier each bill by itself. */
  readonly claims: readonly Claim[];
}

/** For whom a funder has bundles, by name. */
export async function bundlePayees(
  db: Reader,
  treasurer: Treasurer,
  funderId: string,
): Promise<readonly BundlePayee[]> {
  const claims = await claimsOf(db, treasurer, { funderId, states: BUNDLED });
  const byPayee = Map.groupBy(claims, ({ id, personId }) => personId ?? id);
  return [...byPayee.values()]
    .flatMap((own) => {
      const [first] = own;
      return first === undefined
        ? []
        : [{ personId: first.personId, name: first.payee, claims: own }];
    })
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Where and when a summit is, as papers say it. */
function summitFacts({ definition }: Summit): BundleFacts['summit'] {
  const { title, venue, dates, zone } = definition;
  return {
    title,
    place: `${venue.name}, ${venue.city}`,
    days: formatDateSpan(Temporal.PlainDate.from(dates.start), Temporal.PlainDate.from(dates.end)),
    zone: expectZone(zone),
  };
}

function tripWords(stay: Stay | undefined): string {
  if (stay === undefined) return '';
  const { fromCity, fromCountry, arrivesOn, leavesOn } = stay;
  const from = [fromCity, fromCountry === null ? '' : countryName(fromCountry)].filter(Boolean);
  const day = (iso: string) => formatDate(Temporal.PlainDate.from(iso));
  return [
    ...(from.length === 0 ? [] : [`from ${from.join(', ')}`]),
    ...(arrivesOn === null ? [] : [`arrived ${day(arrivesOn)}`]),
    ...(leavesOn === null ? [] : [`left ${day(leavesOn)}`]),
  ].join(', ');
}

/** What the bundle of one payee to one funder is made of. */
export async function bundleFacts(
  db: Reader,
  treasurer: Treasurer,
  summit: Summit,
  funder: Funder | undefined,
  { personId, name, claims }: BundlePayee,
  made: Instant,
): Promise<BundleFacts> {
  const ids = receiptIds(claims, await lineIdsOf(db, summit.id, funder));
  const receipts: BundledReceipt[] = [];
  for (const { id, pages } of await receiptsOf(db, treasurer, ids)) {
    const found = await receiptContent(db, treasurer, id);
    if (found !== undefined) receipts.push({ id, pages, ...found });
  }
  const stay = (await staysOf(db, treasurer)).find((each) => each.personId === personId);
  return {
    ...(await shared(db, summit, claims)),
    ...{ funder, payee: name, made, trip: personId === null ? '' : tripWords(stay) },
    receipts: new Map(receipts.map((receipt) => [receipt.id, receipt])),
  };
}

/** One claim that was submitted as a treasurer has it, whoever pays it; undefined where there is none. */
export async function claimFacts(
  db: Reader,
  treasurer: Treasurer,
  summit: Summit,
  number: number,
  made: Instant,
): Promise<BundleFacts | undefined> {
  const claim = await claimOf(db, treasurer, number);
  if (claim === undefined) return undefined;
  const payee = { personId: claim.personId, name: claim.payee, claims: [claim] };
  return bundleFacts(db, treasurer, summit, undefined, payee, made);
}

/** One of one's own claims with its receipts, in whatever state it is; undefined where there is none. */
export async function ownClaimFacts(
  db: Reader,
  self: Self,
  summit: Summit,
  number: number,
  made: Instant,
): Promise<BundleFacts | undefined> {
  const claim = await ownClaim(db, self, number);
  if (claim === undefined) return undefined;
  const wanted = new Set(claim.items.flatMap((item) => item.receiptIds));
  const receipts: BundledReceipt[] = [];
  for (const { id, pages } of (await ownReceipts(db, self)).filter((own) => wanted.has(own.id))) {
    const found = await ownReceiptContent(db, self, id);
    if (found !== undefined) receipts.push({ id, pages, ...found });
  }
  return {
    ...(await shared(db, summit, [claim])),
    ...{ funder: undefined, payee: claim.payee, made },
    trip: claim.personId === null ? '' : tripWords(await ownStay(db, self)),
    receipts: new Map(receipts.map((receipt) => [receipt.id, receipt])),
  };
}

async function lineIdsOf(db: Reader, summitId: string, funder: Funder | undefined) {
  if (funder === undefined) return undefined;
  const lines = await fundLinesOf(db, summitId);
  return new Set(lines.filter((line) => line.funder.id === funder.id).map(({ id }) => id));
}

/** The receipts of costs that these lines pay: nobody sends a funder what another one pays. */
const receiptIds = (claims: readonly Claim[], lines: ReadonlySet<string> | undefined): string[] => [
  ...new Set(
    claims
      .flatMap(({ items }) => items)
      .filter(({ lineId }) => lines === undefined || (lineId !== null && lines.has(lineId)))
      .flatMap((item) => item.receiptIds),
  ),
];

async function shared(
  db: Reader,
  summit: Summit,
  claims: readonly Claim[],
): Promise<Omit<BundleFacts, 'funder' | 'payee' | 'made' | 'trip' | 'receipts'>> {
  const lines = await linesById(db, summit.id);
  const withSteps = [];
  for (const claim of claims) withSteps.push({ ...claim, steps: await stepsOf(db, claim) });
  const items = claims.flatMap((claim) => claim.items);
  const covered = [
    ...new Set(items.flatMap(({ covers }) => covers.map(({ personId }) => personId))),
  ];
  const { rows: names } = await sql<{ id: string; name: string }>`
    select id, name from person where id = any(${covered}::uuid[])`.execute(db);
  const { rows: payments } = await sql<BundleFacts['payments'][number]>`
    select claim_id, funder_id, paid_on::text as paid_on, minor, reference from payment
    where claim_id = any(${claims.map(({ id }) => id)}::uuid[]) and reversed_at is null
    order by paid_on, recorded_at`.execute(db);
  const records = new Map<string, (readonly [string, string])[]>();
  for (const { id, lineId, category, facts } of items) {
    const line = lineId === null ? undefined : lines.get(lineId);
    const asked = factsAsked(line && (await policyFor(db, line)), category);
    const said = factsAsTyped(facts as Facts); // parsed by factsSchema when it was saved
    const told = asked.flatMap(({ key, label, options }) => {
      const value = said[key] ?? '';
      const shown = options?.find((option) => option.value === value)?.label ?? value;
      return shown === '' ? [] : [[label, shown] as const];
    });
    records.set(id, told);
  }
  return {
    summit: summitFacts(summit),
    claims: withSteps,
    lines,
    payments,
    records,
    names: new Map(names.map(({ id, name }) => [id, name])),
  };
}
