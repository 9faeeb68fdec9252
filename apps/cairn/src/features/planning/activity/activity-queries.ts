import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { WrittenBy } from '../threads/thread-queries.ts';
import type { ThreadKind } from '../threads/thread-rules.ts';
import { ALL_TOLD, type Happened } from './activity-rules.ts';

/** One thing that happened in a plan, with what it is about. */
export interface Activity extends Happened {
  readonly id: number;
  readonly at: Instant;
  readonly number: number | null;
  readonly thread: ThreadKind | null;
  readonly title: string | null;
  readonly by: WrittenBy;
  /** What was said, where it was and was not withdrawn. */
  readonly said: string | null;
  /** The id of the comment or review that it is. */
  readonly ref: string | null;
  /** A comment that was withdrawn since. */
  readonly isWithdrawn: boolean;
}

/** Which of what happened. */
export interface ActivityFilter {
  readonly kinds?: readonly string[];
  /** Of openings, those of this kind of thread only. */
  readonly opened?: ThreadKind | undefined;
  readonly number?: number;
  /** Whoever did it. */
  readonly personId?: string;
  /** Threads in which this person did something, or which they watch. */
  readonly partOf?: string;
  /** These events only. */
  readonly ids?: readonly number[];
  /** Older than this event. */
  readonly before?: number;
  readonly limit: number;
}

/** What happened in a plan, the newest first: of all, of one thread, or by one person. For those who take part. */
export async function activityOf(
  db: Reader,
  summitId: string,
  { kinds = ALL_TOLD, opened, number, personId, partOf, ids, before, limit }: ActivityFilter,
): Promise<Activity[]> {
  const { rows } = await sql<Activity>`
    with happened as materialized (
      select e.id, e.at, e.kind, e.data, e.person_id, e.actor_id, e.door,
        case when e.data ->> 'number' ~ '^\\d{1,9}$' then (e.data ->> 'number')::int end as number,
        case when e.kind like 'comment.%' then (e.data ->> 'comment')::uuid end as comment_id,
        case when e.kind like 'review.%' and e.data ? 'review' then (e.data ->> 'review')::uuid end
          as review_id
      from event e
      left join plan_thread own on own.summit_id = e.summit_id and own.number =
        case when e.data ->> 'number' ~ '^\\d{1,9}$' then (e.data ->> 'number')::int end
      where e.summit_id = ${summitId} and e.kind = any(${[...kinds]}::text[])
        -- What one deed brings with it is told once: by the opening, the new state, the review.
        and not (e.kind = 'proposal.versioned' and e.data ->> 'version' = '1')
        and (e.kind = 'labels.changed' and own.created_at = e.at) is not true
        and (e.kind in ('thread.closed', 'thread.reopened') and own.kind = 'topic') is not true
        and not exists (select from plan_line_comment l where l.review_id is not null
          and l.comment_id = case when e.kind = 'comment.added' then (e.data ->> 'comment')::uuid end)
        ${opened === undefined ? sql`` : sql`and (e.kind <> 'thread.opened' or own.kind = ${opened})`}
        ${number === undefined ? sql`` : sql`and e.data ? 'number' and e.data ->> 'number' = ${String(number)}`}
        ${before === undefined ? sql`` : sql`and e.id < ${before}`}
        ${ids === undefined ? sql`` : sql`and e.id = any(${[...ids]}::bigint[])`}
        ${
          personId === undefined
            ? sql``
            : sql`and (e.actor_id = ${personId} or (e.actor_id is null and exists (
                select from github_account a where a.person_id = ${personId} and (
                  exists (select from plan_comment c where c.author_account = a.id
                    and e.kind = 'comment.added' and c.id::text = e.data ->> 'comment')
                  or exists (select from plan_review r where r.author_account = a.id
                    and e.kind = 'review.given' and r.id::text = e.data ->> 'review')
                  or exists (select from plan_thread t where t.author_account = a.id
                    and e.kind = 'thread.opened' and t.summit_id = e.summit_id
                    and t.number::text = e.data ->> 'number')))))`
        }
        ${
          partOf === undefined
            ? sql``
            : sql`and (e.data ->> 'number') in (
                select number::text from plan_thread
                  where summit_id = ${summitId} and author_id = ${partOf}
                union select number::text from plan_comment
                  where summit_id = ${summitId} and author_id = ${partOf}
                union select number::text from plan_review
                  where summit_id = ${summitId} and author_id = ${partOf}
                union select number::text from plan_interest
                  where summit_id = ${summitId} and person_id = ${partOf} and level <> 'none'
                union select number::text from plan_watch
                  where summit_id = ${summitId} and person_id = ${partOf} and watches)`
        }
      order by e.id desc limit ${limit}
    )
    select h.id, h.at, h.kind, h.data, h.number, t.kind as thread, t.title,
      nullif(whom.name, '') as whom, coalesce(h.comment_id, h.review_id)::text as ref,
      coalesce(c.withdrawn_at is not null, false) as is_withdrawn,
      case when c.withdrawn_at is null then coalesce(c.body, r.body,
        case when h.kind = 'thread.opened' then t.body end) end as said,
      (select jsonb_build_object('personId', p.id, 'name', p.name, 'handle', ph.handle,
          'accountId', a.id, 'login', a.login)
        from (select 1) one
        left join github_account a on h.actor_id is null and h.door = 'github' and a.id =
          coalesce(c.author_account, r.author_account,
            case when h.kind = 'thread.opened' then t.author_account end)
        left join person p on p.id = coalesce(h.actor_id, a.person_id,
          case when h.door = 'github' then coalesce(c.author_id, r.author_id) end)
        left join plan_handle ph on ph.person_id = p.id) as by
    from happened h
    left join plan_thread t on t.summit_id = ${summitId} and t.number = h.number
    left join plan_comment c on c.id = h.comment_id
    left join plan_review r on r.id = h.review_id
    left join person whom on whom.id = h.person_id
    order by h.id desc`.execute(db);
  return rows;
}
