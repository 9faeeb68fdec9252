import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import type { ThreadKind } from '../threads/thread-rules.ts';

/** Why something of the plan awaits somebody. */
export type Awaiting =
  /** Their review was asked for. */
  | 'review'
  /** Their proposal had changes requested. */
  | 'changes'
  /** They lead a topic that lacks something. */
  | 'lacks';

export interface AwaitingThread {
  readonly why: Awaiting;
  readonly number: number;
  readonly kind: ThreadKind;
  readonly title: string;
}

const MOST = 20;

/** What of a plan awaits one person now: reviews first, then what keeps their own work from going on. */
export async function awaitingOf(
  db: Reader,
  { summitId, personId }: Self,
): Promise<AwaitingThread[]> {
  const { rows } = await sql<AwaitingThread>`
    select 'review' as why, t.number, t.kind, t.title, 1 as turn
    from plan_review_request r
    join plan_thread t on t.summit_id = r.summit_id and t.number = r.number
    where r.summit_id = ${summitId} and r.person_id = ${personId} and r.answered_at is null
      and t.state = 'open'
    union all
    select 'changes', t.number, t.kind, t.title, 2
    from plan_thread t
    join plan_proposal p on p.summit_id = t.summit_id and p.number = t.number
    where t.summit_id = ${summitId} and t.author_id = ${personId} and p.state = 'open'
      and exists (
        select from plan_review v
        where v.summit_id = p.summit_id and v.number = p.number and v.version = p.version
          and v.verdict = 'request_changes' and v.dismissed_at is null
          -- The last word of each reviewer counts.
          and not exists (
            select from plan_review later
            where later.summit_id = v.summit_id and later.number = v.number
              and later.author_id = v.author_id and later.at > v.at
              and later.verdict <> 'comment' and later.dismissed_at is null))
    union all
    select 'lacks', t.number, t.kind, t.title, 3
    from plan_topic_told told
    join plan_topic o on o.summit_id = told.summit_id and o.number = told.number
    join plan_thread t on t.summit_id = o.summit_id and t.number = o.number
    join plan_handle h on h.person_id = ${personId}
    where told.summit_id = ${summitId} and o.duplicate_of is null
      and lower(o.facts ->> 'lead') = h.handle
    order by turn, number limit ${MOST}`.execute(db);
  return rows.map(({ why, number, kind, title }) => ({ why, number, kind, title }));
}

/** A decision that is open to objections until a day. */
export interface OpenDecision {
  readonly number: number;
  readonly title: string;
  readonly closesAt: Instant;
}

/** Where a plan stands, as counts that lead to lists. */
export interface PlanCounts {
  readonly topics: number;
  readonly byState: Readonly<Record<string, number>>;
  /** Topics of which Cairn tells that they lack something; that are to be done and nobody leads. */
  readonly lacking: number;
  readonly leaderless: number;
  readonly issues: number;
  readonly proposals: number;
  /** Open proposals that nobody has reviewed. */
  readonly unreviewed: number;
  readonly decisions: readonly OpenDecision[];
}

/** Counts of a plan. For those who take part. */
export async function planCounts(db: Reader, summitId: string): Promise<PlanCounts> {
  const [states, rest, decisions] = await Promise.all([
    sql<{ state: string; count: number }>`
      select state, count(*) as count from plan_topic
      where summit_id = ${summitId} and duplicate_of is null group by state`.execute(db),
    sql<{
      lacking: number;
      leaderless: number;
      issues: number;
      proposals: number;
      unreviewed: number;
    }>`
      select
        (select count(*) from plan_topic_told told
          join plan_topic o on o.summit_id = told.summit_id and o.number = told.number
          where told.summit_id = ${summitId} and o.duplicate_of is null) as lacking,
        (select count(*) from plan_topic where summit_id = ${summitId} and duplicate_of is null
          and state not in ('done', 'dropped') and facts ->> 'lead' is null) as leaderless,
        (select count(*) from plan_thread
          where summit_id = ${summitId} and kind = 'issue' and state = 'open') as issues,
        (select count(*) from plan_proposal
          where summit_id = ${summitId} and state = 'open') as proposals,
        (select count(*) from plan_proposal p where p.summit_id = ${summitId} and p.state = 'open'
          and not exists (select from plan_review v
            where v.summit_id = p.summit_id and v.number = p.number
              and v.dismissed_at is null)) as unreviewed`.execute(db),
    sql<OpenDecision>`
      select d.number, t.title, d.closes_at from plan_decision d
      join plan_thread t on t.summit_id = d.summit_id and t.number = d.number
      where d.summit_id = ${summitId} and d.state = 'provisional'
      order by d.closes_at, d.number limit 20`.execute(db),
  ]);
  const byState = Object.fromEntries(states.rows.map(({ state, count }) => [state, count]));
  const counts = rest.rows[0] ?? {
    lacking: 0,
    leaderless: 0,
    issues: 0,
    proposals: 0,
    unreviewed: 0,
  };
  return {
    topics: states.rows.reduce((sum, { count }) => sum + count, 0),
    byState,
    ...counts,
    decisions: decisions.rows,
  };
}
