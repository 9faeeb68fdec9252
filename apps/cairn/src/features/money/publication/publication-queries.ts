import { expectCurrency } from '@cairn/kernel/money';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { categoryLabel } from '../category-rules.ts';
import {
  type PaidFor,
  type PublicationOptions,
  type PublicTable,
  type PublicTableKind,
  publicRows,
} from './publication-rules.ts';
import { publicationSchema, type StoredPublication } from './publication-schema.ts';

/** What a new publication begins with. */
const USUAL: StoredPublication = {
  atLeast: 5,
  roundTo: 10,
  tables: ['category', 'community'],
  made: [],
};

/** How a summit publishes its money, and whether it does; the options it would begin with where nobody said. */
export async function publicationOf(
  db: Reader,
  summitId: string,
): Promise<{ readonly stored: StoredPublication; readonly isPublished: boolean }> {
  const row = await db
    .selectFrom('moneyPublication')
    .select(['options', 'publishedAt'])
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  const read = publicationSchema.safeParse(row?.options);
  return {
    stored: read.success ? read.data : USUAL,
    isPublished: read.success && row?.publishedAt != null,
  };
}

interface PaidRow {
  readonly personId: string;
  readonly currency: string;
  readonly category: string;
  readonly country: string | null;
  readonly minor: string | number;
}

/** A table that would be published now, with what its rows are made of. */
interface MadeTable extends PublicTable {
  readonly paid: readonly PaidFor[];
}

/** The tables that would be published now. */
export async function tablesOf(
  db: Reader,
  { summitId }: Treasurer,
  options: PublicationOptions,
): Promise<readonly MadeTable[]> {
  const { rows } = await sql<PaidRow>`
    select account.person_id as "personId", funder.currency, account.category,
      stay.from_country as country, sum(account.minor)::bigint as minor
    from journal_balance account
    join fund_line line on line.id = account.line_id
    join funder on funder.id = line.funder_id
    left join stay on stay.summit_id = ${summitId} and stay.person_id = account.person_id
    where line.summit_id = ${summitId} and account.stage = 'paid' and account.person_id is not null
    group by account.person_id, funder.currency, account.category, stay.from_country`.execute(db);
  const communities = await db
    .selectFrom('personCommunity')
    .select(['personId', 'community'])
    .where('summitId', '=', summitId)
    .orderBy('community')
    .execute();
  // Whoever is of several communities counts in the first, so that amounts add up.
  const community = new Map(communities.toReversed().map((row) => [row.personId, row.community]));
  const groupOf: Readonly<Record<PublicTableKind, (row: PaidRow) => string>> = {
    category: (row) => categoryLabel(row.category),
    community: (row) => community.get(row.personId) ?? 'No community',
    country: (row) => row.country ?? 'Not said',
  };
  const byCurrency = Map.groupBy(rows, ({ currency }) => currency);
  return options.tables.flatMap((kind) =>
    [...byCurrency].flatMap(([code, own]) => {
      const currency = expectCurrency(code);
      const paid = own.map((row) => ({
        personId: row.personId,
        group: groupOf[kind](row),
        minor: Number(row.minor),
      }));
      const shown = publicRows(paid, options, currency);
      return shown.length === 0 ? [] : [{ kind, currency, rows: shown, paid }];
    }),
  );
}

/** Who was paid, or paid back, since a table was made. */
export async function paidSince(
  db: Reader,
  { summitId }: Treasurer,
  madeAt: string | undefined,
): Promise<ReadonlySet<string>> {
  if (madeAt === undefined) return new Set();
  const { rows } = await sql<{ personId: string }>`
    select distinct claim.person_id from payment
    join claim on claim.id = payment.claim_id
    where payment.summit_id = ${summitId} and claim.person_id is not null
      and (payment.recorded_at > ${madeAt}::timestamptz
        or payment.reversed_at > ${madeAt}::timestamptz)`.execute(db);
  return new Set(rows.map(({ personId }) => personId));
}
