import { type Instant, Temporal } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { withoutEstimate } from '../estimates/missing-queries.ts';
import { fundersOf, fundLinesOf, payeesOf } from '../funders/funder-queries.ts';
import { paysForPerson } from '../funders/funder-rules.ts';
import { lineStandings } from '../journal/balance-queries.ts';
import { openRowCount } from '../payments/bank-queries.ts';
import { policiesOf } from '../policy/policy-queries.ts';
import type { TreasuryFacts } from './todo-rules.ts';

interface Counts {
  readonly estimates: number;
  readonly estimatesSince: Instant | null;
  readonly estimateLooks: number;
  readonly claims: number;
  readonly claimsSince: Instant | null;
  readonly claimLooks: number;
  readonly own: number;
  readonly toSend: number;
  readonly toPay: number;
  readonly treasurers: number;
  readonly undecided: number;
}

/** What waits in the treasury for this treasurer, and what would help. */
export async function treasuryFacts(
  db: Reader,
  treasurer: Treasurer,
  now: Instant,
): Promise<TreasuryFacts> {
  const { summitId } = treasurer;
  const [counts, funders, lines, standings, payees, policies, bankRows, missing] =
    await Promise.all([
      countsOf(db, treasurer),
      fundersOf(db, summitId),
      fundLinesOf(db, summitId),
      lineStandings(db, summitId),
      payeesOf(db, summitId),
      policiesOf(db, summitId),
      openRowCount(db, treasurer),
      withoutEstimate(db, summitId),
    ]);
  const open = lines.filter(({ isClosed }) => !isClosed);
  const funded = [...payees.values()].filter(({ seatKind }) => seatKind === 'funded');
  const used = new Set(open.map(({ policyId }) => policyId));
  const days = (since: Instant | null): number =>
    since === null ? 0 : Math.floor(now.since(since).total('hours') / 24);
  return {
    estimates: { count: counts.estimates, longestDays: days(counts.estimatesSince) },
    estimateSecondLooks: counts.estimateLooks,
    claims: { count: counts.claims, longestDays: days(counts.claimsSince) },
    claimSecondLooks: counts.claimLooks,
    toSend: counts.toSend,
    toPay: counts.toPay,
    bankRows,
    rules: policies
      .filter(({ id }) => used.has(id))
      .reduce((sum, { unconfirmed }) => sum + unconfirmed.length, 0),
    overdrawnLines: lines.filter(({ id }) => (standings.get(id)?.left ?? 0) < 0).length,
    undecidedPeople: open.some(({ isParticipantSupport }) => isParticipantSupport)
      ? counts.undecided
      : 0,
    own: counts.own,
    treasurers: counts.treasurers,
    funders: funders.length,
    lines: open.length,
    emptyLines: open
      .filter(({ id }) => (standings.get(id)?.granted ?? 0) === 0)
      .map(({ title }) => title),
    unpaidPeople: funded.filter((payee) => !open.some((line) => paysForPerson(line, payee))).length,
    withoutEstimate: missing.length,
  };
}

/** Counts of what is in the tables; what is a treasurer's own, or had their first look, awaits another one. */
async function countsOf(db: Reader, { summitId, personId }: Treasurer): Promise<Counts> {
  const { rows } = await sql<Record<keyof Counts, string | number | Date | null>>`
    with e as (select * from estimate where summit_id = ${summitId}),
      c as (select * from claim where summit_id = ${summitId}),
      -- Whose money it is, or who entered the bill.
      mine as (select id from c where person_id = ${personId} or entered_by = ${personId})
    select
      (select count(*) from e where state = 'submitted' and person_id <> ${personId}) as estimates,
      (select extract(epoch from min(submitted_at)) from e
        where state = 'submitted' and person_id <> ${personId}) as estimates_since,
      (select count(*) from e where state = 'second_look' and person_id <> ${personId}
        and first_look_by is distinct from ${personId}) as estimate_looks,
      (select count(*) from c where state = 'submitted' and id not in (select id from mine)) as claims,
      (select extract(epoch from min(submitted_at)) from c
        where state = 'submitted' and id not in (select id from mine)) as claims_since,
      (select count(*) from c where state = 'second_look' and id not in (select id from mine)
        and first_look_by is distinct from ${personId}) as claim_looks,
      (select count(*) from c where state in ('submitted', 'second_look')
        and id in (select id from mine))
        + (select count(*) from e where state in ('submitted', 'second_look')
          and person_id = ${personId}) as own,
      (select count(*) from c where state = 'approved') as to_send,
      (select count(*) from c where state = 'sent') as to_pay,
      (select count(distinct person_id) from role
        where summit_id = ${summitId} and role = 'treasurer') as treasurers,
      (select count(*) from seat where summit_id = ${summitId} and kind = 'funded'
        and person_id not in (
          select person_id from participant_status where summit_id = ${summitId})) as undecided
    `.execute(db);
  const row = rows[0];
  const number = (key: keyof Counts) => Number(row?.[key] ?? 0);
  const moment = (key: keyof Counts): Instant | null =>
    row?.[key] == null
      ? null
      : Temporal.Instant.fromEpochMilliseconds(Math.round(Number(row[key]) * 1000));
  return {
    estimates: number('estimates'),
    estimatesSince: moment('estimatesSince'),
    estimateLooks: number('estimateLooks'),
    claims: number('claims'),
    claimsSince: moment('claimsSince'),
    claimLooks: number('claimLooks'),
    own: number('own'),
    toSend: number('toSend'),
    toPay: number('toPay'),
    treasurers: number('treasurers'),
    undecided: number('undecided'),
  };
}
