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
    where stage in ('approved', 'paid') group by 1, 2, 3)`;

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
    where minor < 0 and (stage in ('committed', 'claimed', 'approved', 'paid')
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
      coalesce(a.person_id, s.person_id), 'claimed', null, coalesce(a.minor, 0), coalesce(s.minor, 0)
    from (select * from account where stage = 'claimed') a
    full join (select * from should_be where stage = 'claimed') s
      on a.line_id = s.line_id and a.category = s.category
      and coalesce(a.person_id::text, '') = coalesce(s.person_id::text, '')
    where coalesce(a.minor, 0) <> coalesce(s.minor, 0)`,
  sql`
    select 'claims', coalesce(a.line_id, s.line_id), coalesce(a.category, s.category),
      coalesce(a.person_id, s.person_id), 'approved', null, coalesce(a.minor, 0), coalesce(s.minor, 0)
    from spent a full join (select * from should_be where stage = 'spent') s
      on a.line_id = s.line_id and a.category = s.category
      and coalesce(a.person_id::text, '') = coalesce(s.person_id::text, '')
    where coalesce(a.minor, 0) <> coalesce(s.minor, 0)`,
  sql`
    select 'payments', of_claim.line_id, '', null, 'payment', claim.number, coalesce(j.minor, 0),
      case when payment.reversed_at is null then payment.minor else 0 end
    from payment join claim on claim.id = payment.claim_id
    join (
      select distinct on (cost.claim_id, fund_line.funder_id)
        cost.claim_id, fund_line.funder_id, cost.line_id
      from cost join fund_line on fund_line.id = cost.line_id
      order by cost.claim_id, fund_line.funder_id, cost.position) of_claim
      on of_claim.claim_id = claim.id and of_claim.funder_id = payment.funder_id
    left join (
      select split_part(key, ':', 2) as payment_id, sum(minor) as minor from posted
      where kind in ('payment', 'reversal') and stage = 'paid' group by 1) j
      on j.payment_id = payment.id::text
    where coalesce(j.minor, 0)
      <> case when payment.reversed_at is null then payment.minor else 0 end`,
];
