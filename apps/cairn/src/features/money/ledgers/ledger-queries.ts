import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { categoryOf } from '../category-rules.ts';
import { fundersOf, fundLinesOf } from '../funders/funder-queries.ts';
import type { Funder } from '../funders/funder-rules.ts';
import { participantStatuses } from '../funders/participant-queries.ts';
import { lineStandings } from '../journal/balance-queries.ts';
import type { Ledger, LedgerEntry } from './ledger-rules.ts';

/** Everything that a funder was asked for, costs by number of claim, with where each of its lines stands. */
export async function ledgerOf(db: Reader, treasurer: Treasurer, funder: Funder): Promise<Ledger> {
  const { summitId } = treasurer;
  const { rows } = await sql<Omit<LedgerEntry, 'category'> & { category: string }>`
    select claim.number as "number", claim.state, claim.person_id as "personId",
      coalesce(person.name, claim.supplier) as payee, fund_line.id as "lineId",
      claim_item.category, claim_item.meal, claim_item.spent_on::text as "spentOn",
      claim_item.text, claim_item.spent_minor as "spentMinor",
      claim_item.spent_currency as "spentCurrency", claim_item.rate,
      claim_item.rate_on::text as "rateOn", claim_item.rate_source as "rateSource",
      coalesce(claim_item.minor, 0) as "askedMinor",
      case when claim.state in ('approved', 'sent', 'paid')
        then coalesce(claim_item.approved_minor, 0) end as "approvedMinor",
      claim_item.reason, coalesce(paid.minor, 0)::bigint as "paidMinor",
      payments.day::text as "paidOn", coalesce(payments.refs, '') as "references",
      (select count(*)::int from claim_item_receipt r where r.item_id = claim_item.id) as receipts,
      claim_item.findings @> '[{"kind": "record"}]'::jsonb as "lacksRecord"
    from claim_item
    join claim on claim.id = claim_item.claim_id
    join fund_line on fund_line.id = claim_item.line_id
    left join person on person.id = claim.person_id
    left join lateral (
      select sum(posting.minor) as minor from journal_entry entry
      join journal_posting posting on posting.entry_id = entry.id
      where entry.subject_id = claim_item.id and posting.stage = 'paid') paid on true
    left join lateral (
      select max(payment.paid_on) as day,
        string_agg(distinct payment.reference, '; ') filter (where payment.reference <> '') as refs
      from payment where payment.claim_id = claim.id and payment.funder_id = fund_line.funder_id
        and payment.reversed_at is null) payments on true
    where claim.summit_id = ${summitId} and fund_line.funder_id = ${funder.id}
      and claim.state in ('submitted', 'second_look', 'approved', 'sent', 'paid')
    order by claim.number, claim_item.position, claim_item.id`.execute(db);
  const standings = await lineStandings(db, summitId);
  const lines = (await fundLinesOf(db, summitId)).filter((line) => line.funder.id === funder.id);
  const statuses = await participantStatuses(db, treasurer);
  return {
    funder,
    entries: rows.map((row) => ({
      ...row,
      category: categoryOf(row.category),
      spentMinor: row.spentMinor === null ? null : Number(row.spentMinor),
      askedMinor: Number(row.askedMinor),
      approvedMinor: row.approvedMinor === null ? null : Number(row.approvedMinor),
      paidMinor: Number(row.paidMinor),
    })),
    lines: lines.flatMap((line) => {
      const stands = standings.get(line.id);
      return stands === undefined ? [] : [{ id: line.id, title: line.title, stands }];
    }),
    participants: new Map([...statuses].map(([id, { isParticipant }]) => [id, isParticipant])),
  };
}

/** A funder by its key in an address. */
export const funderByKey = async (
  db: Reader,
  { summitId }: Treasurer,
  key: string,
): Promise<Funder | undefined> =>
  (await fundersOf(db, summitId)).find((funder) => funder.key === key);

/** Who said on which days they are there, and what else of the summit a funder may ask for. */
export async function ledgerEvidence(
  db: Reader,
  { summitId }: Treasurer,
): Promise<{ readonly present: ReadonlySet<string>; readonly hasTimetable: boolean }> {
  const present = await db
    .selectFrom('presence')
    .select('personId')
    .where('summitId', '=', summitId)
    .execute();
  const release = await db
    .selectFrom('timetableRelease')
    .select('summitId')
    .where('summitId', '=', summitId)
    .limit(1)
    .executeTakeFirst();
  return {
    present: new Set(present.map(({ personId }) => personId)),
    hasTimetable: release !== undefined,
  };
}
