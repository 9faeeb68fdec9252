import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import type { ThreadKind } from '../threads/thread-rules.ts';
import { FOUND, type SearchQuery } from './search-rules.ts';

/** Something that was found. */
export interface Hit {
  readonly source: 'document' | 'thread' | 'comment' | 'review';
  /** The path, number or id. */
  readonly ref: string;
  readonly what: string;
  readonly number: number | null;
  readonly thread: ThreadKind | null;
  readonly title: string;
  /** What it says around the hit, with `FOUND` around what was found. */
  readonly snippet: string;
  readonly at: Instant;
  readonly author: string | null;
}

export interface Found {
  readonly hits: readonly Hit[];
  /** How many there are, up to a bound beyond which nobody reads. */
  readonly count: number;
  readonly isMore: boolean;
}

export const HITS_ON_PAGE = 20;

/** Of so many the newest are ranked; what is found more often is no search yet. */
const MOST_RANKED = 2000;

/** What is asked: words by their stem, or as they stand, in PostgreSQL’s `websearch` language, which takes any text. */
const asked = (q: string) => sql`(
  websearch_to_tsquery('english', translate(unaccent(${q}), './_:\`', '     '))
  || websearch_to_tsquery('simple', unaccent(${q}))
)`;

/** What a snippet is taken from: the beginning of a text, without what stands above a document’s first line. */
const shownText = sql`regexp_replace(left(s.body, 60000), '\\A---\\s*\\n.*?\\n---\\s*\\n', '')`;

/** Who searches: whoever takes part finds all, others the documents only. */
export type SearchScope = 'everything' | 'documents';

/**
 * What a plan says about some words, the best first: what names them in its title, then what says them
 * most, then what is new. A topic or decision is found by its document, once.
 */
export async function searchPlan(
  db: Reader,
  summitId: string,
  scope: SearchScope,
  { q, kind, state, by, label, page }: SearchQuery,
): Promise<Found> {
  if (q === '') return { hits: [], count: 0, isMore: false };
  const offset = (page - 1) * HITS_ON_PAGE;
  const { rows } = await sql<Hit & { count: number }>`
    with asked as materialized (select ${asked(q)} as query),
    newest as materialized (
      select s.source, s.ref, s.at, coalesce(s.number, t.number, d.number) as number
      from asked, plan_search s
      left join plan_topic t on s.source = 'document' and t.summit_id = s.summit_id and t.path = s.ref
      left join plan_decision d
        on s.source = 'document' and d.summit_id = s.summit_id and d.path = s.ref
      where s.summit_id = ${summitId} and s.words @@ asked.query
        ${scope === 'documents' ? sql`and s.source = 'document'` : sql``}
        ${kind === undefined ? sql`and s.what <> 'rules'` : sql`and s.what = ${kind}`}
        and not (s.source = 'thread' and s.what in ('topic', 'decision') and exists (
          select from plan_document f
          left join plan_topic ft on ft.summit_id = f.summit_id and ft.path = f.path
          left join plan_decision fd on fd.summit_id = f.summit_id and fd.path = f.path
          where f.summit_id = s.summit_id and coalesce(ft.number, fd.number) = s.number))
        ${
          by === undefined
            ? sql``
            : sql`and (s.author_id = (select person_id from plan_handle where handle = ${by})
                or s.author_account in (select id from github_account where login = ${by}))`
        }
        ${
          state === undefined
            ? sql``
            : sql`and exists (select from plan_thread th where th.summit_id = s.summit_id
                and th.number = coalesce(s.number, t.number, d.number) and th.state = ${state})`
        }
        ${
          label === undefined
            ? sql``
            : sql`and exists (select from plan_label l where l.summit_id = s.summit_id
                and l.number = coalesce(s.number, t.number, d.number)
                and lower(l.label::text) = lower(${label}))`
        }
      order by s.at desc limit ${MOST_RANKED}
    ),
    best as materialized (
      select newest.*, ts_rank(s.words, asked.query) as rank, count(*) over () as count
      from asked, newest join plan_search s
        on s.summit_id = ${summitId} and (s.source, s.ref) = (newest.source, newest.ref)
      order by rank desc, at desc, newest.ref limit ${HITS_ON_PAGE} offset ${offset}
    )
    select best.source, best.ref, s.what, best.number, th.kind as thread, best.count::int, best.at,
      coalesce(nullif(s.title, ''), th.title, best.ref) as title,
      ts_headline('english', translate(${shownText}, ${FOUND.from + FOUND.to}, ''), asked.query,
        ${`StartSel=${FOUND.from}, StopSel=${FOUND.to}, MaxFragments=2, MaxWords=25, MinWords=8, FragmentDelimiter=" … "`}
      ) as snippet,
      coalesce(nullif(p.name, ''), a.login::text) as author
    from asked, best
    join plan_search s on s.summit_id = ${summitId} and (s.source, s.ref) = (best.source, best.ref)
    left join plan_thread th on th.summit_id = s.summit_id and th.number = best.number
    left join github_account a on a.id = s.author_account
    left join person p on p.id = coalesce(s.author_id, a.person_id)
    order by best.rank desc, best.at desc, best.ref`.execute(db);
  const count = rows[0]?.count ?? 0;
  return {
    hits: rows.map(({ count: _, ...hit }) => hit),
    count,
    isMore: count === MOST_RANKED,
  };
}

/** How alike a title must be to what was typed, from 0 to 1. */
const ALIKE = 0.45;

/** Titles that look like what was typed, where nothing says just that: a letter is wrong somewhere. */
export async function alikeTitles(
  db: Reader,
  summitId: string,
  scope: SearchScope,
  q: string,
): Promise<string[]> {
  if (q.length < 3) return [];
  const plain = sql`lower(unaccent(${q}))`;
  const { rows } = await sql<{ title: string }>`
    select title from (
      select title, max(word_similarity(${plain}, plain_title)) as alike
      from plan_search
      where summit_id = ${summitId} and what <> 'rules'
        and source ${scope === 'documents' ? sql`= 'document'` : sql`in ('document', 'thread')`}
      group by title) named
    where alike > ${ALIKE} order by alike desc, title limit 5`.execute(db);
  return rows.map(({ title }) => title);
}

/** The thread with a number, where there is one: whoever types a number wants to go there. */
export const threadNumbered = (
  db: Reader,
  summitId: string,
  number: number,
): Promise<
  { readonly number: number; readonly kind: ThreadKind; readonly title: string } | undefined
> =>
  db
    .selectFrom('planThread')
    .select(['number', 'kind', 'title'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .executeTakeFirst();
