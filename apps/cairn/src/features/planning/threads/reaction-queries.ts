import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { ThreadPlace } from './thread-commands.ts';
import { REACTIONS, type Reaction } from './thread-rules.ts';

/** How many gave a reaction, and whether whoever reads is among them. */
export interface ReactionCount {
  readonly reaction: Reaction;
  readonly count: number;
  readonly mine: boolean;
}

/** Reactions to a thread (under the empty key) and to some of its comments, in one order everywhere. */
export async function reactionsIn(
  db: Reader,
  { summitId, number }: ThreadPlace,
  commentIds: readonly string[],
  personId: string | undefined,
): Promise<ReadonlyMap<string, readonly ReactionCount[]>> {
  // A person who reacted here and on GitHub counts once.
  const { rows } = await sql<{ comment: string; reaction: Reaction; count: number; mine: boolean }>`
    select coalesce(r.comment_id::text, '') as comment, r.reaction,
      count(distinct coalesce(r.person_id::text, a.person_id::text, r.account_id::text)) as count,
      coalesce(bool_or(coalesce(r.person_id, a.person_id) = ${personId ?? null}::uuid), false) as mine
    from plan_reaction r left join github_account a on a.id = r.account_id
    where r.summit_id = ${summitId}
      and (r.number = ${number} or r.comment_id = any(${commentIds}::uuid[]))
    group by 1, 2`.execute(db);
  const found = new Map<string, ReactionCount[]>();
  for (const reaction of REACTIONS) {
    for (const { comment, ...row } of rows.filter((each) => each.reaction === reaction)) {
      found.set(comment, [...(found.get(comment) ?? []), row]);
    }
  }
  return found;
}
