import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { ThreadRecord, WrittenComment, WrittenReview } from './deed-rules.ts';

/** A row of anything written: by whom, when, through which door. */
interface Row {
  readonly number: number;
  readonly personId: string;
  readonly at: Instant;
  readonly door: string;
}

/**
 * What was done in every thread of a plan, or in one of them, as far as it stands. What came through
 * an account on GitHub is its person's; accounts of nobody here, and programs, do not count.
 */
export async function recordsOf(
  db: Reader,
  summitId: string,
  number?: number,
): Promise<ThreadRecord[]> {
  const inPlace = (table: string) =>
    number === undefined
      ? sql`${sql.ref(`${table}.summit_id`)} = ${summitId}`
      : sql`${sql.ref(`${table}.summit_id`)} = ${summitId} and ${sql.ref(`${table}.number`)} = ${number}`;
  const [threads, comments, reviews, versions] = await Promise.all([
    sql<{
      number: number;
      kind: ThreadRecord['kind'];
      personId: string | null;
      at: Instant;
      door: string;
      mergedAt: Instant | null;
    }>`
      select t.number, t.kind, coalesce(t.author_id, a.person_id) as person_id, t.created_at as at,
        t.door, p.merged_at
      from plan_thread t
      left join github_account a on a.id = t.author_account
      left join plan_proposal p on p.summit_id = t.summit_id and p.number = t.number
      where ${inPlace('t')} order by t.number`.execute(db),
    sql<Row & Pick<WrittenComment, 'id' | 'words' | 'onLine'>>`
      select c.number, coalesce(c.author_id, a.person_id) as person_id, c.created_at as at, c.door,
        c.id, l.comment_id is not null as on_line,
        coalesce(array_length(regexp_split_to_array(
          nullif(trim(regexp_replace(c.body, '^\\s*>.*$', '', 'gn')), ''), '\\s+'), 1), 0) as words
      from plan_comment c
      left join github_account a on a.id = c.author_account
      left join plan_line_comment l on l.comment_id = c.id
      where ${inPlace('c')} and c.withdrawn_at is null
        and coalesce(c.author_id, a.person_id) is not null
      order by c.created_at, c.id`.execute(db),
    sql<Row & Pick<WrittenReview, 'id'>>`
      select r.number, coalesce(r.author_id, a.person_id) as person_id, r.at, r.door, r.id
      from plan_review r
      left join github_account a on a.id = r.author_account
      where ${inPlace('r')} and r.dismissed_at is null
        and coalesce(r.author_id, a.person_id) is not null
      order by r.at, r.id`.execute(db),
    sql<Row>`
      select v.number, coalesce(v.by_person, a.person_id) as person_id, v.at, v.door
      from plan_version v
      left join github_account a on a.id = v.by_account
      where ${inPlace('v')} and coalesce(v.by_person, a.person_id) is not null
      order by v.version`.execute(db),
  ]);
  const ofThread = <T extends { number: number }>(rows: readonly T[]) =>
    Map.groupBy(rows, (row) => row.number);
  const [saidIn, reviewedIn, madeIn] = [
    ofThread(comments.rows),
    ofThread(reviews.rows),
    ofThread(versions.rows),
  ];
  return threads.rows.map(({ number: own, kind, personId, at, door, mergedAt }) => ({
    number: own,
    kind,
    opened: personId === null ? undefined : { personId, at, door },
    comments: saidIn.get(own) ?? [],
    reviews: reviewedIn.get(own) ?? [],
    versions: madeIn.get(own) ?? [],
    mergedAt: mergedAt ?? undefined,
  }));
}
