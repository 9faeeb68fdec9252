import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { type Label, labelsOf } from '../threads/label-queries.ts';
import type { WrittenBy } from '../threads/thread-queries.ts';
import type { IssueFilter } from './issue-schema.ts';

/** A line of the list of issues. */
export interface ListedIssue {
  readonly number: number;
  readonly title: string;
  readonly state: 'open' | 'closed';
  readonly author: WrittenBy;
  readonly labels: readonly Label[];
  readonly comments: number;
  readonly updatedAt: Instant;
}

export interface IssueList {
  readonly issues: readonly ListedIssue[];
  readonly page: number;
  readonly pages: number;
  readonly count: number;
  readonly open: number;
  readonly closed: number;
}

const ON_A_PAGE = 50;

const SORTS = {
  updated: sql`t.updated_at desc, t.number`,
  number: sql`t.number desc`,
  comments: sql`comments desc, t.number`,
} as const;

/** Issues by what was asked for. For those who take part. */
export async function listIssues(
  db: Reader,
  summitId: string,
  filter: IssueFilter,
): Promise<IssueList> {
  const wanted = [sql`t.summit_id = ${summitId}`, sql`t.kind = 'issue'`];
  if (filter.label !== undefined) {
    wanted.push(sql`exists (select from plan_label l where l.summit_id = t.summit_id
      and l.number = t.number and l.label = ${filter.label})`);
  }
  if (filter.q !== '') {
    const like = `%${filter.q.replaceAll(/[\\%_]/g, '\\$&')}%`;
    wanted.push(sql`(t.title ilike ${like} or t.body ilike ${like})`);
  }
  const where = sql.join(wanted, sql` and `);
  const { rows: counts } = await sql<{ state: string; count: number }>`
    select t.state, count(*) as count from plan_thread t where ${where} group by t.state`.execute(
    db,
  );
  const countOf = (state: string): number => counts.find((row) => row.state === state)?.count ?? 0;
  const [open, closed] = [countOf('open'), countOf('closed')];
  const count = filter.state === 'all' ? open + closed : countOf(filter.state);
  const pages = Math.max(1, Math.ceil(count / ON_A_PAGE));
  const page = Math.min(filter.page, pages);
  const inState = filter.state === 'all' ? sql`true` : sql`t.state = ${filter.state}`;
  const { rows } = await sql<Omit<ListedIssue, 'labels'>>`
    select t.number, t.title, t.state, t.updated_at,
      jsonb_build_object('personId', p.id, 'name', p.name, 'handle', h.handle,
        'accountId', a.id, 'login', a.login) as author,
      (select count(*) from plan_comment c where c.summit_id = t.summit_id
        and c.number = t.number and c.withdrawn_at is null) as comments
    from plan_thread t
    left join github_account a on a.id = t.author_account
    left join person p on p.id = coalesce(t.author_id, a.person_id)
    left join plan_handle h on h.person_id = p.id
    where ${where} and ${inState}
    order by ${SORTS[filter.sort]} limit ${ON_A_PAGE} offset ${(page - 1) * ON_A_PAGE}`.execute(db);
  const labels = await labelsOf(
    db,
    summitId,
    rows.map(({ number }) => number),
  );
  return {
    issues: rows.map((row) => ({ ...row, labels: labels.get(row.number) ?? [] })),
    page,
    pages,
    count,
    open,
    closed,
  };
}
