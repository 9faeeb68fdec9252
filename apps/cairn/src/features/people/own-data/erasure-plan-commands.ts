import { sql } from 'kysely';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { FileChange } from '../../../platform/git/repository.ts';
import {
  commitToMain,
  lockMain,
  type PlanServices,
} from '../../planning/repository/main-commands.ts';
import { rulesWithoutHandle, withoutHandle, withoutMentions } from './erasure-plan-rules.ts';
import { ERASED_NAME, type Traces, tracePatterns } from './erasure-rules.ts';

/** Columns of the plan that say who did something, and may say nobody. */
const AUTHORS = [
  ['plan_thread', 'author_id'],
  ['plan_thread', 'closed_by'],
  ['plan_comment', 'author_id'],
  ['plan_proposal', 'merged_by'],
  ['plan_version', 'by_person'],
  ['plan_review', 'author_id'],
  ['plan_review', 'dismissed_by'],
  ['plan_line_comment', 'resolved_by'],
  ['plan_review_request', 'asked_by'],
] as const;

/** The same for an account on GitHub that is the person’s. */
const ACCOUNTS = [
  ['plan_thread', 'author_account'],
  ['plan_comment', 'author_account'],
  ['plan_version', 'by_account'],
  ['plan_review', 'author_account'],
] as const;

/** Texts of the plan in which a handle may be mentioned. */
const TEXTS = [
  ['plan_thread', 'title'],
  ['plan_thread', 'body'],
  ['plan_comment', 'body'],
  ['plan_review', 'body'],
  ['plan_review', 'dismissed_why'],
  ['plan_interest', 'why'],
] as const;

/** The plans of all summits, held in one order before the person is: no two wait for each other. */
export async function lockPlans(tx: Tx): Promise<void> {
  const plans = await tx
    .selectFrom('planRepository')
    .select('summitId')
    .orderBy('summitId')
    .execute();
  for (const { summitId } of plans) await lockMain(tx, summitId);
}

/**
 * Takes a person out of the planning repositories. What they wrote stays, and is by nobody; a commit
 * in Cairn’s name takes handle and name out of the documents of main. What Git already has of the past
 * cannot be changed for those who have it: the page before this says so. Gives every handle that was
 * theirs.
 */
export async function forgetPlan(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  personId: string,
  traces: Traces,
): Promise<readonly string[]> {
  const handle = await tx
    .deleteFrom('planHandle')
    .where('personId', '=', personId)
    .returning('handle')
    .executeTakeFirst();
  const handles = [
    ...new Set([...(handle === undefined ? [] : [handle.handle]), ...traces.handles]),
  ];
  await forgetAuthor(tx, personId, traces);
  await forgetMentions(tx, handles);
  await forgetBranches(tx, services, handles);
  const plans = await tx
    .selectFrom('planRepository')
    .select('summitId')
    .orderBy('summitId')
    .execute();
  const cairn: Actor = { ...actor, personId: undefined };
  for (const { summitId } of plans) {
    const changes = await documentsWithout(tx, summitId, handles, traces);
    if (changes.length === 0) continue;
    const message = 'Take somebody who left out of the plan';
    const moved = await commitToMain(tx, services, cairn, summitId, { changes, message });
    if (!moved.ok) throw new Error(`the plan could not be changed: ${moved.error.sentence}`);
  }
  return handles;
}

async function forgetAuthor(tx: Tx, personId: string, { handles }: Traces): Promise<void> {
  await tx.deleteFrom('planInterest').where('personId', '=', personId).execute();
  await tx.deleteFrom('planReviewRequest').where('personId', '=', personId).execute();
  for (const [table, column] of AUTHORS) {
    const who = sql.ref(column);
    await sql`update ${sql.table(table)} set ${who} = null where ${who} = ${personId}`.execute(tx);
  }
  // The number is GitHub’s name for the person, so nothing stays tied to it.
  const { rows } = await sql<{ id: string }>`
    update github_account set login = 'gone-' || id, person_id = null
    where person_id = ${personId} or login = any(${[...handles]}::citext[])
    returning id::text as id`.execute(tx);
  const accounts = rows.map(({ id }) => id);
  for (const [table, column] of ACCOUNTS) {
    const who = sql.ref(column);
    await sql`
      update ${sql.table(table)} set ${who} = null where ${who} = any(${accounts}::bigint[])`.execute(
      tx,
    );
  }
}

async function forgetMentions(tx: Tx, handles: readonly string[]): Promise<void> {
  for (const handle of handles) {
    for (const [name, column] of TEXTS) {
      const [table, text] = [sql.table(name), sql.ref(column)];
      const { rows } = await sql<{ place: string; said: string }>`
        select ctid::text as place, ${text} as said from ${table}
        where strpos(lower(${text}), ${`@${handle.toLowerCase()}`}) > 0
        for update`.execute(tx);
      for (const { place, said } of rows) {
        const left = withoutMentions(said, handle);
        if (left === said) continue;
        await sql`update ${table} set ${text} = ${left} where ctid = ${place}::tid`.execute(tx);
      }
    }
  }
}

/** Branches are often named after whoever made them; those of open proposals keep going under another name. */
async function forgetBranches(
  tx: Tx,
  { git }: PlanServices,
  handles: readonly string[],
): Promise<void> {
  for (const handle of handles) {
    const { rows } = await sql<{ summitId: string; was: string; branch: string }>`
      update plan_proposal set branch = 'of-somebody-who-left-' || plan_proposal.number
      from plan_proposal old
      where old.summit_id = plan_proposal.summit_id and old.number = plan_proposal.number
        and old.branch ~* ${`(?<![[:alnum:]])${handle}(?![[:alnum:]])`}
      returning old.summit_id, old.branch as was, plan_proposal.branch`.execute(tx);
    for (const { summitId, was, branch } of rows) {
      const repository = git.plan(summitId);
      const head = await repository.resolve(`refs/heads/${was}`);
      if (head === undefined) continue;
      // Should this change be undone, the row is right and its ref is made anew.
      await repository.pointRef(`refs/heads/${branch}`, head);
      await repository.pointRef(`refs/heads/${was}`, null, head);
    }
  }
}

/** What documents of main are to say: without the handles, the name and the addresses. */
async function documentsWithout(
  tx: Tx,
  summitId: string,
  handles: readonly string[],
  traces: Traces,
): Promise<FileChange[]> {
  const named = [traces.name, ...traces.emails, ...handles].map((text) => text.toLowerCase());
  const { rows } = await sql<{ path: string; kind: string; source: string }>`
    select path, kind, source from plan_document
    where summit_id = ${summitId} and (
      exists (select from unnest(${named}::text[]) trace where strpos(lower(source), trace) > 0)
      or source ~* any(${tracePatterns(traces)}::text[]))
    order by path`.execute(tx);
  const changes: FileChange[] = [];
  for (const { path, kind, source } of rows) {
    let content = source;
    for (const handle of handles) {
      content =
        kind === 'rules' ? rulesWithoutHandle(content, handle) : withoutHandle(content, handle);
    }
    content = await blotted(tx, content, traces);
    if (content !== source) changes.push({ path, content });
  }
  return changes;
}

/** The database’s own regular expressions, so that documents lose what all other texts lose. */
async function blotted(tx: Tx, text: string, traces: Traces): Promise<string> {
  let left = text;
  for (const pattern of tracePatterns(traces)) {
    const { rows } = await sql<{ left: string }>`
      select regexp_replace(${left}, ${pattern}, ${ERASED_NAME}, 'gi') as left`.execute(tx);
    left = rows[0]?.left ?? left;
  }
  return left;
}
