import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { TopicState } from '../documents/kind-schema.ts';
import { type Label, labelsOf } from '../threads/label-queries.ts';
import { readFacts, type TopicFacts } from './topic-facts-rules.ts';
import type { TopicFilter, TopicSort } from './topic-list-schema.ts';

/** A line of the list of topics. */
export interface ListedTopic {
  readonly number: number;
  readonly title: string;
  readonly state: TopicState;
  readonly facts: TopicFacts;
  readonly labels: readonly Label[];
  readonly comments: number;
  /** How many want to lead or to work on it. */
  readonly wanting: number;
  /** How much was told that it lacks. */
  readonly lacks: number;
  readonly updatedAt: Instant;
}

export interface TopicList {
  readonly topics: readonly ListedTopic[];
  readonly page: number;
  readonly pages: number;
  readonly count: number;
  /** Of all topics of the plan, merged ones left out. */
  readonly byState: ReadonlyMap<TopicState, number>;
}

const ON_A_PAGE = 50;
/** A board shows columns, not pages; beyond this it says that there are more. */
const ON_A_BOARD = 300;

const SORTS: Readonly<Record<TopicSort, ReturnType<typeof sql>>> = {
  number: sql`t.number desc`,
  title: sql`lower(t.title), t.number`,
  state: sql`array_position(array['active','planned','proposed','idea','done','dropped'], o.state), t.number`,
  updated: sql`t.updated_at desc, t.number`,
  comments: sql`comments desc, t.number`,
  wanting: sql`wanting desc, t.number`,
};

/** Topics by what was asked for, and how many there are of each state. For those who take part. */
export async function listTopics(
  db: Reader,
  summitId: string,
  filter: TopicFilter,
  /** By what the plan calls whoever asks, for “mine”. */
  handle: string | undefined,
): Promise<TopicList> {
  const wanted = [sql`t.summit_id = ${summitId}`, sql`o.duplicate_of is null`];
  if (filter.state !== undefined) wanted.push(sql`o.state = ${filter.state}`);
  if (filter.label !== undefined) {
    wanted.push(sql`exists (select from plan_label l where l.summit_id = t.summit_id
      and l.number = t.number and l.label = ${filter.label})`);
  }
  if (filter.project !== undefined) wanted.push(sql`o.facts -> 'projects' ? ${filter.project}`);
  if (filter.lead === 'none') wanted.push(sql`o.facts ->> 'lead' is null`);
  else if (filter.lead !== undefined)
    wanted.push(sql`lower(o.facts ->> 'lead') = ${filter.lead.toLowerCase()}`);
  if (filter.mine) {
    const own = handle ?? '';
    wanted.push(sql`(o.facts ->> 'lead' = ${own} or o.facts ->> 'by' = ${own}
      or o.facts -> 'people' ? ${own})`);
  }
  if (filter.lacks) wanted.push(sql`told.problems is not null`);
  if (filter.q !== '') {
    const like = `%${filter.q.replaceAll(/[\\%_]/g, '\\$&')}%`;
    wanted.push(sql`(t.title ilike ${like} or o.problem ilike ${like})`);
  }
  const most = filter.view === 'board' ? ON_A_BOARD : ON_A_PAGE;
  const where = sql.join(wanted, sql` and `);
  const from = sql`
    from plan_topic o
    join plan_thread t on t.summit_id = o.summit_id and t.number = o.number
    left join plan_topic_told told on told.summit_id = o.summit_id and told.number = o.number
    where ${where}`;
  const [{ rows: counts }, { rows: states }] = await Promise.all([
    sql<{ count: number }>`select count(*) as count ${from}`.execute(db),
    sql<{ state: TopicState; count: number }>`
      select state, count(*) as count from plan_topic
      where summit_id = ${summitId} and duplicate_of is null group by state`.execute(db),
  ]);
  const count = counts[0]?.count ?? 0;
  const pages = Math.max(1, Math.ceil(count / most));
  const page = filter.view === 'board' ? 1 : Math.min(filter.page, pages);
  const { rows } = await sql<Omit<ListedTopic, 'labels' | 'facts'> & { facts: unknown }>`
    select t.number, t.title, o.state, o.facts, t.updated_at,
      (select count(*) from plan_comment c where c.summit_id = t.summit_id
        and c.number = t.number and c.withdrawn_at is null) as comments,
      (select count(*) from plan_interest i where i.summit_id = t.summit_id
        and i.number = t.number and i.level in ('lead', 'work')) as wanting,
      coalesce(jsonb_array_length(told.problems), 0) as lacks
    ${from}
    order by ${SORTS[filter.sort]} limit ${most} offset ${(page - 1) * most}`.execute(db);
  const labels = await labelsOf(
    db,
    summitId,
    rows.map(({ number }) => number),
  );
  return {
    topics: rows.map(({ facts, ...row }) => ({
      ...row,
      facts: readFacts(facts),
      labels: labels.get(row.number) ?? [],
    })),
    page,
    pages,
    count,
    byState: new Map(states.map(({ state, count: each }) => [state, each])),
  };
}

/** Names of people by their handles in lower case, for lists; handles of nobody are left out. */
export async function namesByHandle(
  db: Reader,
  handles: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (handles.length === 0) return new Map();
  const { rows } = await sql<{ handle: string; name: string }>`
    select h.handle::text as handle, p.name from plan_handle h join person p on p.id = h.person_id
    where h.handle = any(${[...new Set(handles)]}::citext[]) and p.name <> ''`.execute(db);
  return new Map(rows.map(({ handle, name }) => [handle.toLowerCase(), name]));
}
