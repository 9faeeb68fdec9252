import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import type { Difference, Reconciliation } from './reconcile-rules.ts';

/** More differences than anybody reads; whoever has so many restores a backup. */
const MOST = 200;

type Row = Omit<Difference, 'number' | 'stands' | 'shouldBe'> & {
  readonly number: string | number | null;
  readonly stands: string | number;
  readonly shouldBe: string | number;
};

/**
 * Reckons everything again from the postings, and compares it with the balances, with estimates, claims and
 * payments. Reads all entries of the summit in one moment; changes nothing.
 */
export async function reconcile(db: Reader, { summitId }: Treasurer): Promise<Reconciliation> {
  const { rows } = await sql<Row>`
    ${reckoned(summitId)}
    ${sql.join(CHECKS_IN_SQL, sql` union all `)}
    limit ${MOST + 1}`.execute(db);
  const counts = await sql<Record<'entries' | 'postings' | 'accounts', string | number>>`
    select
      (select count(*) from journal_entry where summit_id = ${summitId}) as entries,
      (select count(*) from journal_posting join fund_line on fund_line.id = line_id
        where fund_line.summit_id = ${summitId}) as postings,
      (select count(*) from journal_balance join fund_line on fund_line.id = line_id
        where fund_line.summit_id = ${summitId}) as accounts`.execute(db);
  const [count] = counts.rows;
  return {
    entries: Number(count?.entries ?? 0),
    postings: Number(count?.postings ?? 0),
    accounts: Number(count?.accounts ?? 0),
    differences: rows.slice(0, MOST).map((row) => ({
      ...row,
      number: row.number === null ? null : Number(row.number),
      stands: Number(row.stands),
      shouldBe: Number(row.shouldBe),
    })),
    hasMore: rows.length > MOST,
  };
}

/** What postings, estimates and claims say of each account. */
const reckoned = (summitId: string): RawBuilder<unknown> => sql`
  with line as (select id, currency from (
      select fund_line.id, funder.currency from fund_line join funder on funder.id = fund_line.funder_id
      where fund_line.summit_id = ${summitId}) of_summit),
  posted as materialized (
    select p.line_id, p.category, p.person_id, p.stage, p.minor, p.entry_id, e.kind, e.key
    from journal_posting p join journal_entry e on e.id = p.entry_id
    where p.line_id in (select id from line)),
  account as materialized (
    select line_id, category, person_id, stage, sum(minor) as minor from posted group by 1, 2, 3, 4),
  balance as (select * from journal_balance where line_id in (select id from line)),
  cost as (
    select item.*, claim.person_id, claim.state, claim.number from claim_item item
    join claim on claim.id = item.claim_id
    where claim.summit_id = ${summitId} and item.line_id is not null),
  cap as (
    select item.line_id, item.category, estimate.person_id, item.cap_minor as minor from estimate_item item
    join estimate on estimate.id = item.estimate_id
    where estimate.summit_id = ${summitId} and estimate.state in ('approved', 'closed')
      and item.line_id is not null and item.cap_minor is not null),
  said as (
    select line_id, category, person_id, 'claimed' as stage, minor from cost
      where state in ('submitted', 'second_look')
    union all
    select line_id, category, person_id, 'uncommitted', committed_minor - minor from cost
      where state in ('submitted', 'second_look')
    union all
    select line_id, category, person_id, 'spent', approved_minor from cost
      where state in ('approved', 'sent', 'paid')
    union all
    select line_id, category, person_id, 'committed', minor from cap
    union all
    select line_id, category, person_id, 'committed', -committed_minor from cost
      where state in ('submitted', 'second_look')
    union all
    select line_id, category, person_id, 'committed', -least(approved_minor, committed_minor) from cost
      where state in ('approved', 'sent', 'paid')
    union all
    select line_id, category, person_id, 'committed', minor from posted
      where kind = 'release' and stage = 'committed'),
  should_be as (
    select line_id, category, person_id, stage, sum(minor) as minor from said
    where minor is not null group by 1, 2, 3, 4),
  -- What is approved and what is paid of it, together: what claims say is the sum of both.
  spent as (
    select line_id, category, person_id, sum(minor) as minor from account
    where stage in ('approved', 'paid') group by 1, 2, 3),
  -- What the journal has for each payment and funder, and what each approved claim is owed by each funder.
  posted_payment as (
    select split_part(posted.key, ':', 2) as payment_id, fund_line.funder_id,
      min(posted.line_id::text)::uuid as line_id, sum(posted.minor) as minor
    from posted join fund_line on fund_line.id = posted.line_id
    where posted.kind in ('payment', 'reversal') and posted.stage = 'paid' group by 1, 2),
  told_payment as (
    select id, claim_id, funder_id, case when reversed_at is null then minor else 0 end as minor
    from payment where summit_id = ${summitId}),
  standing_payment as (
    select claim_id, funder_id, sum(minor) as minor from told_payment group by 1, 2),
  due as (
    select cost.claim_id, cost.number, cost.state, min(cost.line_id::text)::uuid as line_id,
      sum(coalesce(cost.approved_minor, 0)) as approved,
      coalesce(max(standing_payment.minor), 0) as paid
    from cost join fund_line on fund_line.id = cost.line_id
    left join standing_payment on standing_payment.claim_id = cost.claim_id
      and standing_payment.funder_id = fund_line.funder_id
    where cost.state in ('approved', 'sent', 'paid')
    group by cost.claim_id, cost.number, cost.state, fund_line.funder_id)`;

/** Each select finds what one check found wrong, in the same columns. */
const CHECKS_IN_SQL: readonly RawBuilder<unknown>[] = [
  sql`
    select 'balances' as check, coalesce(a.line_id, b.line_id) as line_id,
      coalesce(a.category, b.category) as category, coalesce(a.person_id, b.person_id) as person_id,
      coalesce(a.stage, b.stage) as of, null::bigint as number,
      coalesce(b.minor, 0) as stands, coalesce(a.minor, 0) as should_be
    from account a full join balance b on a.line_id = b.line_id and a.category = b.category
      and a.stage = b.stage
      and coalesce(a.person_id::text, '') = coalesce(b.person_id::text, '')
    where coalesce(a.minor, 0) <> coalesce(b.minor, 0)`,
  sql`
    select 'entries', line_id, '', null, 'entry', entry_id, sum(minor), 0
    from posted group by line_id, entry_id having sum(minor) <> 0`,
  sql`
    select 'signs', line_id, category, person_id, stage, null, minor, 0 from account
    where (minor > 0 and stage in ('grant', 'uncommitted'))
      or minor < 0 and (stage in ('committed', 'claimed', 'approved', 'paid')
      or (stage = 'left' and not exists (
        select from posted join journal_entry e on e.id = posted.entry_id
        where posted.line_id = account.line_id and e.is_override)))`,
  sql`
    select 'caps', coalesce(a.line_id, s.line_id), coalesce(a.category, s.category),
      coalesce(a.person_id, s.person_id), 'committed', null, coalesce(a.minor, 0), coalesce(s.minor, 0)
    from (select * from account where stage = 'committed') a
    full join (select * from should_be where stage = 'committed') s
      on a.line_id = s.line_id and a.category = s.category
      and coalesce(a.person_id::text, '') = coalesce(s.person_id::text, '')
    where coalesce(a.minor, 0) <> coalesce(s.minor, 0)`,
  sql`
    select 'claims', coalesce(a.line_id, s.line_id), coalesce(a.category, s.category),
      coalesce(a.person_id, s.person_id), coalesce(a.stage, s.stage), null, coalesce(a.minor, 0),
      coalesce(s.minor, 0)
    from (select * from account where stage in ('claimed', 'uncommitted')) a
    full join (select * from should_be where stage in ('claimed', 'uncommitted')) s
      on a.line_id = s.line_id and a.category = s.category and a.stage = s.stage
      and coalesce(a.person_id::text, '') = coalesce(s.person_id::text, '')
    where coalesce(a.minor, 0) <> coalesce(s.minor, 0)`,
  sql`
    select 'claims', coalesce(a.line_id, s.line_id), coalesce(a.category, s.category),
      coalesce(a.person_id, s.person_id), 'approved', null, coalesce(a.minor, 0), coalesce(s.minor, 0)
    from spent a full join (select * from should_be where stage = 'spent') s
      on a.line_id = s.line_id and a.category = s.category
      and coalesce(a.person_id::text, '') = coalesce(s.person_id::text, '')
    where coalesce(a.minor, 0) <> coalesce(s.minor, 0)`,
  // Whichever is missing: a payment that the journal does not know, or one that only the journal knows.
  sql`
    select 'payments', coalesce(j.line_id,
        (select id from fund_line where fund_line.funder_id = told.funder_id order by id limit 1)),
      '', null, 'payment', claim.number, coalesce(j.minor, 0), coalesce(told.minor, 0)
    from told_payment told join claim on claim.id = told.claim_id
    full join posted_payment j on j.payment_id = told.id::text and j.funder_id = told.funder_id
    where coalesce(j.minor, 0) <> coalesce(told.minor, 0)`,
  sql`
    select 'states', line_id, '', null, 'payment', number, paid, approved from due
    where paid > approved or (state = 'paid' and paid <> approved)
      or (state <> 'paid' and not exists (
        select from due other where other.claim_id = due.claim_id and other.paid < other.approved))`,
];
