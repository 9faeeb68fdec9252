import type pg from 'pg';
import { storePeople } from './stored.ts';

/** Costs that every estimate, every claim and every payment has. */
const ITEMS = 10;
const LINES = 6;
const CATEGORIES = ['travel', 'lodging', 'meals', 'local_transport', 'visa', 'other'];
/** Rows that one statement writes, so that no statement takes minutes. */
const AT_ONCE = 2_500;

/** What was written, and how long the database's own rules took for it. */
export interface StoredJournal {
  readonly entries: number;
  readonly postings: number;
  readonly seconds: number;
}

/**
 * A journal of so many entries, as estimates, claims and payments of 40 people would have written them on six lines of
 * two funders: each cost is committed, claimed, approved and paid. Written through the triggers of the journal, like
 * everything else; the estimates, claims and payments that it must agree with are there too.
 */
export async function storeJournal(
  pool: pg.Pool,
  summitId: string,
  entries: number,
): Promise<StoredJournal> {
  const people = await storePeople(pool, 40);
  const papers = Math.floor(entries / 4 / ITEMS);
  await pool.query(
    `insert into funder (summit_id, key, name, currency, position)
     select $1, 'funder_' || n, 'Funder ' || n, case n when 1 then 'USD' else 'EUR' end, n
     from generate_series(1, 2) n`,
    [summitId],
  );
  await pool.query(
    `insert into fund_line (summit_id, funder_id, key, title, categories, position)
     select $1, funder.id, 'line_' || n, 'Line ' || n, $2::text[], n
     from generate_series(1, ${LINES}) n
     join funder on funder.summit_id = $1 and funder.key = 'funder_' || (1 + n % 2)`,
    [summitId, CATEGORIES],
  );
  await storePapers(pool, summitId, people, papers);
  const begun = performance.now();
  await inSteps(pool, ALLOT, summitId, 1, 1);
  for (const step of STEPS) await inSteps(pool, step, summitId, papers * ITEMS, AT_ONCE);
  const seconds = (performance.now() - begun) / 1000;
  await pool.query('vacuum (analyze) journal_balance');
  await pool.query('analyze');
  const { rows } = await pool.query<{ entries: string; postings: string }>(
    `select count(*) as entries, (select count(*) from journal_posting p
       join fund_line l on l.id = p.line_id where l.summit_id = $1) as postings
     from journal_entry where summit_id = $1`,
    [summitId],
  );
  return { entries: Number(rows[0]?.entries), postings: Number(rows[0]?.postings), seconds };
}

/** Estimates and claims that were approved and paid, each with its costs. */
async function storePapers(
  pool: pg.Pool,
  summitId: string,
  people: readonly string[],
  papers: number,
): Promise<void> {
  const given = [summitId, people];
  await pool.query(
    `insert into estimate (summit_id, number, person_id, state, created_at, submitted_at, settled_at)
     select $1, n, ($2::uuid[])[1 + n % 40], 'approved', now(), now(), now()
     from generate_series(1, ${papers}) n`,
    given,
  );
  await pool.query(
    `insert into claim (summit_id, number, person_id, state, created_at, submitted_at, approved_at, sent_at, paid_at)
     select $1, n, ($2::uuid[])[1 + n % 40], 'paid', now(), now(), now(), now(), now()
     from generate_series(1, ${papers}) n`,
    given,
  );
  // All costs of a claim are of one line, so that one payment of its funder pays them.
  const costs = (table: 'estimate' | 'claim') => `
    from ${table} paper
    cross join generate_series(0, ${ITEMS - 1}) i
    cross join lateral (select 100 + (paper.number * 7 + i * 13) % 9000 as minor) m
    join fund_line line on line.summit_id = $1 and line.key = 'line_' || (1 + paper.number % ${LINES})
    where paper.summit_id = $1`;
  await pool.query(
    `insert into estimate_item (estimate_id, position, category, text, line_id, spent_minor, spent_currency, minor, cap_minor)
     select paper.id, i, ($2::text[])[1 + i % 6], '', line.id, m.minor, 'USD', m.minor, m.minor
     ${costs('estimate')}`,
    [summitId, CATEGORIES],
  );
  await pool.query(
    `insert into claim_item (claim_id, position, category, line_id, minor, approved_minor, committed_minor)
     select paper.id, i, ($2::text[])[1 + i % 6], line.id, m.minor, m.minor, m.minor
     ${costs('claim')}`,
    [summitId, CATEGORIES],
  );
  await pool.query(
    `insert into payment (summit_id, funder_id, claim_id, minor, paid_on, key, recorded_at)
     select $1, line.funder_id, claim.id, sum(item.minor), current_date, claim.id::text, now()
     from claim join claim_item item on item.claim_id = claim.id join fund_line line on line.id = item.line_id
     where claim.summit_id = $1 group by claim.id, line.funder_id`,
    [summitId],
  );
}

/** Runs a statement for ranges of its rows: `$2` the first, `$3` how many. */
async function inSteps(
  pool: pg.Pool,
  statement: string,
  summitId: string,
  rows: number,
  atOnce: number,
): Promise<void> {
  for (let from = 0; from < rows; from += atOnce) {
    await pool.query(statement, [summitId, from, atOnce]);
  }
}

const written = (source: string, postings: string): string => `
  with source as (${source} order by id offset $2 limit $3),
  entry as (
    insert into journal_entry (summit_id, at, kind, subject_kind, subject_id, key)
    select $1, now(), kind, subject_kind, id, key from source
    returning id, subject_id, key)
  insert into journal_posting (entry_id, position, line_id, category, person_id, stage, minor)
  select entry.id, p.position, source.line_id, p.category, p.person_id, p.stage, p.minor
  from entry join source on source.key = entry.key
  cross join lateral (values ${postings}) as p (position, category, person_id, stage, minor)
  order by entry.id, p.position`;

const ALLOT = written(
  `select id, 'allotment' as kind, 'line' as subject_kind, 'allotment:' || id as key, id as line_id
   from fund_line where summit_id = $1 and $2::int >= 0 and $3::int > 0`,
  `(0, '', null::uuid, 'grant', -100000000000), (1, '', null::uuid, 'left', 100000000000)`,
).replace('order by id offset $2 limit $3', '');

const cost = (kind: string, table: 'estimate' | 'claim', key: string): string => `
  select item.id, '${kind}' as kind, '${table}_item' as subject_kind, ${key} as key, item.line_id,
    item.category, paper.person_id, item.minor
  from ${table}_item item join ${table} paper on paper.id = item.${table}_id
  ${kind === 'payment' ? 'join payment on payment.claim_id = paper.id' : ''}
  where paper.summit_id = $1`;

const walk = (from: string, to: string): string => `
  (0, ${from === 'left' ? `'', null::uuid` : 'source.category, source.person_id'}, '${from}', -source.minor),
  (1, source.category, source.person_id, '${to}', source.minor)`;

const STEPS: readonly string[] = [
  written(
    cost('commitment', 'estimate', `'commitment:' || item.id || ':1'`),
    walk('left', 'committed'),
  ),
  written(cost('claim', 'claim', `'claim:' || item.id || ':1'`), walk('committed', 'claimed')),
  written(cost('approval', 'claim', `'approval:' || item.id || ':1'`), walk('claimed', 'approved')),
  written(
    cost('payment', 'claim', `'payment:' || payment.id || ':' || item.id`),
    walk('approved', 'paid'),
  ),
];
