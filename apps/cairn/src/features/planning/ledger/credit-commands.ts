import { sql } from 'kysely';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { recordEvidence, takeBackEvidence } from '../../people/promises/evidence-commands.ts';
import type { ThreadPlace } from '../threads/thread-commands.ts';
import { type Credit, creditsOf, type StandingEvidence, settledWith } from './deed-rules.ts';
import { recordsOf } from './record-queries.ts';
import { ledgerSetting } from './setting-queries.ts';

/**
 * Brings the evidence of one thread to what stands in it now: records what is new, takes back what
 * was withdrawn, dismissed or turned out to be somebody else's. Harmless when repeated.
 *
 * What an organiser took back stays so. What somebody did who was erased since stays counted.
 */
export async function creditThread(tx: Tx, actor: Actor, place: ThreadPlace): Promise<void> {
  const { summitId, number } = place;
  // One at a time: whoever comes later sees more, and must have the last word.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`plan-credit:${summitId}:${number}`}, 0))`.execute(
    tx,
  );
  const [record] = await recordsOf(tx, summitId, number);
  if (record === undefined) return;
  const { commentWords } = await ledgerSetting(tx, summitId);
  const facts = await factsOf(tx, place);
  const credits = withoutRefused(
    creditsOf(record, commentWords),
    facts.filter(({ withdrawnBy }) => withdrawnBy !== null),
  );
  const standing = facts.filter(({ withdrawnAt, isErased }) => withdrawnAt === null && !isErased);
  const due = settledWith(credits, standing);
  for (const { id } of due.withdraw) await takeBackEvidence(tx, actor, { summitId, id });
  for (const { personId, kind, shownBy } of due.record) {
    const [first] = shownBy;
    // Nobody is left to record it of, once they were erased.
    if (first !== undefined)
      await recordEvidence(tx, actor, { summitId, personId, kind, ...first });
  }
}

/** Credits all that an account on GitHub did, once it is known whose it is, or that it is theirs no more. */
export async function creditAccount(tx: Tx, actor: Actor, accountId: number): Promise<void> {
  const { rows } = await sql<ThreadPlace>`
    select summit_id, number from plan_thread where author_account = ${accountId}
    union select summit_id, number from plan_comment where author_account = ${accountId}
    union select summit_id, number from plan_review where author_account = ${accountId}
    union select summit_id, number from plan_version where by_account = ${accountId}
    order by 1, 2`.execute(tx);
  for (const place of rows) await creditThread(tx, actor, place);
}

/** Credits every thread of a plan, after what counts was changed. */
export async function creditPlan(tx: Tx, actor: Actor, summitId: string): Promise<void> {
  const threads = await tx
    .selectFrom('planThread')
    .select('number')
    .where('summitId', '=', summitId)
    .orderBy('number')
    .execute();
  for (const { number } of threads) await creditThread(tx, actor, { summitId, number });
}

interface Fact extends StandingEvidence {
  readonly withdrawnAt: unknown;
  readonly withdrawnBy: string | null;
  readonly isErased: boolean;
}

/** Evidence of a thread that Cairn recorded, standing or not. */
async function factsOf(tx: Tx, { summitId, number }: ThreadPlace): Promise<Fact[]> {
  const { rows } = await sql<Fact>`
    select e.id, e.person_id, e.kind, e.subject, e.withdrawn_at, e.withdrawn_by,
      p.erased_at is not null as is_erased
    from evidence e join person p on p.id = e.person_id
    where e.summit_id = ${summitId} and e.kind in ('contribution', 'review')
      and e.recorded_by is null and e.source in ('git', 'github', 'system')
      and e.subject = any(array[${`thread:${number}`}, ${`proposal:${number}`}, ${`merge:${number}`}]
        || array(select 'comment:' || id from plan_comment
          where summit_id = ${summitId} and number = ${number})
        || array(select 'review:' || id from plan_review
          where summit_id = ${summitId} and number = ${number}))`.execute(tx);
  return rows;
}

function withoutRefused(credits: readonly Credit[], refused: readonly Fact[]): Credit[] {
  const isRefused = ({ personId, kind }: Credit, subject: string): boolean =>
    refused.some(
      (fact) => fact.personId === personId && fact.kind === kind && fact.subject === subject,
    );
  return credits
    .map((credit) => ({
      ...credit,
      shownBy: credit.shownBy.filter(({ subject }) => !isRefused(credit, subject)),
    }))
    .filter(({ shownBy }) => shownBy.length > 0);
}
