import { type Currency, expectCurrency } from '@cairn/kernel/money';
import { type RawBuilder, sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { type Category, categoryOf } from '../category-rules.ts';
import type { EntryKind, Stage } from './journal-rules.ts';
import type { ShownEntry, ShownPosting } from './journal-shown-rules.ts';

/** Which entries: those with a posting that is all of what is given. */
export interface EntryFilter {
  readonly lineId?: string | undefined;
  readonly category?: Category | undefined;
  /** `none` for what is for nobody in particular. */
  readonly personId?: string | undefined;
  readonly stages?: readonly Stage[] | undefined;
  readonly kind?: EntryKind | undefined;
  readonly isOverride?: boolean | undefined;
}

/** A page of entries, and what all that were found come to. */
export interface FoundEntries {
  readonly rows: readonly ShownEntry[];
  readonly count: number;
  /** The sum of the postings that fit, by currency; empty where no stage is asked for. */
  readonly sums: readonly { readonly currency: Currency; readonly minor: number }[];
}

/** Entries of the journal, the newest first. */
export async function entriesOf(
  db: Reader,
  { summitId }: Treasurer,
  filter: EntryFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<FoundEntries> {
  const fits = postingFits(summitId, filter);
  const where = sql`e.summit_id = ${summitId}
    ${filter.kind === undefined ? sql`` : sql`and e.kind = ${filter.kind}`}
    ${filter.isOverride === true ? sql`and e.is_override` : sql``}
    ${fits === undefined ? sql`` : sql`and e.id in (select p.entry_id from journal_posting p where ${fits})`}`;
  const found = await sql<{ id: string | number; count: string | number }>`
    select e.id, (select count(*) from journal_entry e where ${where}) as count
    from journal_entry e where ${where}
    order by e.id desc limit ${limit} offset ${offset}`.execute(db);
  const ids = found.rows.map(({ id }) => Number(id));
  return {
    rows: await shownEntries(db, ids),
    count: Number(found.rows[0]?.count ?? 0),
    sums: filter.stages === undefined || fits === undefined ? [] : await sumsOf(db, where, fits),
  };
}

const sumsOf = async (db: Reader, where: RawBuilder<unknown>, fits: RawBuilder<unknown>) => {
  const { rows } = await sql<{ currency: string; minor: string | number }>`
    select funder.currency, sum(p.minor) as minor
    from journal_posting p join journal_entry e on e.id = p.entry_id
    join fund_line on fund_line.id = p.line_id join funder on funder.id = fund_line.funder_id
    where ${where} and ${fits} group by 1 order by 1`.execute(db);
  return rows.map((row) => ({
    currency: expectCurrency(row.currency),
    minor: Number(row.minor),
  }));
};

/** The condition on a posting; undefined where the filter asks for none. */
function postingFits(summitId: string, filter: EntryFilter): RawBuilder<unknown> | undefined {
  const { lineId, category, personId, stages } = filter;
  const parts = [
    lineId === undefined ? [] : [sql`p.line_id = ${lineId}`],
    category === undefined ? [] : [sql`p.category = ${category}`],
    personId === undefined
      ? []
      : [personId === 'none' ? sql`p.person_id is null` : sql`p.person_id = ${personId}`],
    stages === undefined ? [] : [sql`p.stage = any(${[...stages]}::text[])`],
  ].flat();
  // Of this summit's lines, by which postings are found.
  const ofSummit = sql`p.line_id in (select id from fund_line where summit_id = ${summitId})`;
  return parts.length === 0 ? undefined : sql.join([ofSummit, ...parts], sql` and `);
}

/** One entry; undefined where there is none in this summit. */
export async function entryOf(
  db: Reader,
  { summitId }: Treasurer,
  id: number,
): Promise<ShownEntry | undefined> {
  const known = await db
    .selectFrom('journalEntry')
    .select('id')
    .where('id', '=', id)
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  return known === undefined ? undefined : (await shownEntries(db, [id]))[0];
}

type EntryRow = Omit<ShownEntry, 'id' | 'corrects' | 'correctedBy' | 'postings' | 'note'> & {
  readonly id: string | number;
  readonly corrects: string | number | null;
  readonly correctedBy: string | number | null;
  readonly note: string | null;
};

async function shownEntries(db: Reader, ids: readonly number[]): Promise<readonly ShownEntry[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<EntryRow>`
    select e.id, e.at, e.on_date::text as on_date, e.kind, e.subject_kind, e.corrects, e.is_override,
      writer.name as by, later.id as corrected_by, note.text as note,
      estimate.number as estimate, claim.number as claim
    from journal_entry e
    left join person writer on writer.id = e.by_person
    left join journal_entry later on later.corrects = e.id
    left join journal_note note on note.entry_id = e.id
    left join estimate_item on e.subject_kind = 'estimate_item' and estimate_item.id = e.subject_id
    left join estimate on estimate.id = estimate_item.estimate_id
    left join claim_item on e.subject_kind = 'claim_item' and claim_item.id = e.subject_id
    left join claim on claim.id = claim_item.claim_id
    where e.id = any(${[...ids]}::bigint[]) order by e.id desc`.execute(db);
  const postings = await postingsOf(db, ids);
  const number = (value: string | number | null) => (value === null ? null : Number(value));
  return rows.map((row) => ({
    ...row,
    id: Number(row.id),
    corrects: number(row.corrects),
    correctedBy: number(row.correctedBy),
    note: row.note ?? '',
    postings: postings.get(Number(row.id)) ?? [],
  }));
}

async function postingsOf(
  db: Reader,
  ids: readonly number[],
): Promise<ReadonlyMap<number, readonly ShownPosting[]>> {
  const rows = await db
    .selectFrom('journalPosting')
    .innerJoin('fundLine', 'fundLine.id', 'journalPosting.lineId')
    .innerJoin('funder', 'funder.id', 'fundLine.funderId')
    .leftJoin('person', 'person.id', 'journalPosting.personId')
    .select(['entryId', 'lineId', 'fundLine.title as line', 'funder.currency', 'category', 'stage'])
    .select(['journalPosting.personId', 'person.name as person', 'minor'])
    .where('entryId', 'in', [...ids])
    .orderBy('entryId')
    .orderBy('journalPosting.position')
    .execute();
  const byEntry = Map.groupBy(rows, ({ entryId }) => Number(entryId));
  return new Map(
    [...byEntry].map(([id, of]) => [
      id,
      of.map(({ entryId: _, currency, category, ...row }) => ({
        ...row,
        currency: expectCurrency(currency),
        category: category === '' ? ('' as const) : categoryOf(category),
      })),
    ]),
  );
}
