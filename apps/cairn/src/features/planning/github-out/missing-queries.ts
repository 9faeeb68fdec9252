import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { Due } from './due-rules.ts';

/**
 * What of a plan is not on GitHub and not on its way there: all that was said before the plan was kept in
 * step with it. What ended or was withdrawn before stays here.
 */
export async function missingThere(db: Reader, summitId: string, most: number): Promise<Due[]> {
  const { rows } = await sql<Due>`
    select what, local_id as "localId" from (
      select 'thread' as what, t.number::text as local_id, t.created_at as at
      from plan_thread t left join plan_proposal p using (summit_id, number)
      where t.summit_id = ${summitId} and coalesce(p.state, 'open') = 'open'
        and not exists (select from github_link l
          where l.summit_id = t.summit_id and l.number = t.number and l.kind = 'thread')
      union all
      select 'review', r.id::text, r.at
      from plan_review r join plan_proposal p using (summit_id, number)
      where r.summit_id = ${summitId} and p.state = 'open' and r.dismissed_at is null
        and not exists (select from github_link l where l.review_id = r.id)
      union all
      select 'comment', c.id::text, c.created_at
      from plan_comment c left join plan_proposal p using (summit_id, number)
      where c.summit_id = ${summitId} and c.withdrawn_at is null
        and coalesce(p.state, 'open') = 'open'
        and not exists (select from github_link l where l.comment_id = c.id)
    ) missing
    where not exists (select from github_out o
      where o.summit_id = ${summitId} and o.what = missing.what and o.local_id = missing.local_id)
    order by at, what, local_id limit ${most}`.execute(db);
  return rows;
}
