import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import { mentionsIn } from '../threads/handle-rules.ts';
import type { ThreadPlace } from '../threads/thread-commands.ts';
import { type DigestChoice, PROPOSED_CHOICE } from './digest-rules.ts';

/** Somebody who may be told of what happened in a thread, and what it is to them. */
export interface Listener {
  readonly personId: string;
  readonly handle: string | null;
  readonly choice: DigestChoice;
  readonly takesPart: boolean;
  readonly isAuthor: boolean;
  readonly watches: boolean | undefined;
}

/** Everybody who comes, with what a thread is to them. */
export async function listenersOf(
  db: Reader,
  { summitId, number }: ThreadPlace,
): Promise<Listener[]> {
  const { rows } = await sql<
    Partial<DigestChoice> &
      Omit<Listener, 'choice' | 'watches'> & { readonly watches: boolean | null }
  >`
    with parts as (
      select author_id as person_id, true as is_author from plan_thread
        where summit_id = ${summitId} and number = ${number}
      union all select by_person, false from plan_version
        where summit_id = ${summitId} and number = ${number}
      union all select author_id, false from plan_comment
        where summit_id = ${summitId} and number = ${number} and withdrawn_at is null
      union all select author_id, false from plan_review
        where summit_id = ${summitId} and number = ${number}
      union all select person_id, false from plan_review_request
        where summit_id = ${summitId} and number = ${number}
      union all select person_id, false from plan_interest
        where summit_id = ${summitId} and number = ${number} and level in ('lead', 'work')
    )
    select p.id as person_id, h.handle, d.taking_part, d.mentions, d.everything, d.hour, d.weekday,
      d.asks, w.watches,
      exists (select from parts where parts.person_id = p.id) as takes_part,
      exists (select from parts where parts.person_id = p.id and is_author) as is_author
    from person p
    left join plan_handle h on h.person_id = p.id
    left join plan_digest d on d.summit_id = ${summitId} and d.person_id = p.id
    left join plan_watch w
      on w.summit_id = ${summitId} and w.number = ${number} and w.person_id = p.id
    where p.id in ${coming(summitId)} and p.erased_at is null order by p.id`.execute(db);
  return rows.map(({ personId, handle, takesPart, isAuthor, watches, ...said }) => ({
    personId,
    handle,
    takesPart,
    isAuthor,
    watches: watches ?? undefined,
    choice: {
      takingPart: said.takingPart ?? PROPOSED_CHOICE.takingPart,
      mentions: said.mentions ?? PROPOSED_CHOICE.mentions,
      everything: said.everything ?? PROPOSED_CHOICE.everything,
      hour: said.hour ?? PROPOSED_CHOICE.hour,
      weekday: said.weekday ?? PROPOSED_CHOICE.weekday,
      asks: said.asks ?? PROPOSED_CHOICE.asks,
    },
  }));
}

/** Who is mentioned in a text that somebody wrote, by handle. */
export const mentionedIn = (text: string | null): ReadonlySet<string> =>
  new Set(text === null ? [] : mentionsIn(text));
