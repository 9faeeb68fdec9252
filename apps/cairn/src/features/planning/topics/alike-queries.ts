import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';

/** A thread that looks like what somebody is about to open. */
export interface AlikeThread {
  readonly number: number;
  readonly kind: 'topic' | 'issue';
  readonly title: string;
  /** Of a topic its state; of an issue `open` or `closed`. */
  readonly state: string;
  /** From 0 to 1. */
  readonly likeness: number;
}

/** From here on two are shown as alike, and from here on a form asks before it opens another one. */
const SHOWN = 0.32;
export const ASKED = 0.42;
const MOST = 5;

/**
 * Topics and issues that are about the same as a title and a problem, as far as words tell: by parts of
 * words, so that slips of the pen do not matter, and by the words that they share in any form. The
 * most alike first. Topics that were merged into another one are left out, in favour of that.
 */
export async function threadsAlike(
  db: Reader,
  summitId: string,
  text: { readonly title: string; readonly problem: string },
  except: number | undefined = undefined,
): Promise<AlikeThread[]> {
  const title = text.title.slice(0, 200).trim();
  const problem = text.problem.slice(0, 1_000).trim();
  if (title.length + problem.length < 4) return [];
  const { rows } = await sql<AlikeThread>`
    with asked as (
      select ${title}::text as title, ${problem}::text as problem,
        tsvector_to_array(to_tsvector('english', ${title})) as words,
        tsvector_to_array(to_tsvector('english', ${problem})) as more
    ), scored as (
      select t.number, t.kind, t.title, coalesce(o.state, t.state) as state,
        greatest(
          similarity(t.title, asked.title),
          -- At least two words in common, whatever their order and ending.
          case when shared.words >= 2
            then 0.8 * shared.words / greatest(cardinality(asked.words), 1) else 0 end,
          0.9 * similarity(coalesce(o.problem, left(t.body, 1000)), asked.problem),
          case when shared.more >= 4
            then 0.6 * shared.more / greatest(cardinality(asked.more), 1) else 0 end
        ) as likeness
      from asked, plan_thread t
      left join plan_topic o on o.summit_id = t.summit_id and o.number = t.number
      cross join lateral (
        select tsvector_to_array(to_tsvector('english',
          t.title || ' ' || coalesce(o.problem, left(t.body, 1000)))) as all_words
      ) of_it
      cross join lateral (
        select
          (select count(*) from unnest(asked.words) w where w = any (of_it.all_words)) as words,
          (select count(*) from unnest(asked.more) w where w = any (of_it.all_words)) as more
      ) shared
      where t.summit_id = ${summitId} and t.kind in ('topic', 'issue')
        and o.duplicate_of is null and t.number <> ${except ?? 0}
    )
    select * from scored where likeness >= ${SHOWN}
    order by likeness desc, number limit ${MOST}`.execute(db);
  return rows.map((row) => ({ ...row, likeness: Number(row.likeness) }));
}
