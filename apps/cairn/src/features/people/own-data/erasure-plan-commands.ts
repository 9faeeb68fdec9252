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

/** Columns that say which account on GitHub did something, beside the person that may stand there instead. */
const ACCOUNTS = [
  ['plan_thread', 'author_account', 'author_id'],
  ['plan_comment', 'author_account', 'author_id'],
  ['plan_version', 'by_account', 'by_person'],
  ['plan_review', 'author_account', 'author_id'],
  ['plan_happening', 'account_id', 'person_id'],
  ['plan_earlier_text', 'replaced_by_account', 'replaced_by'],
] as const;

/** Rows that are the person’s alone and mean nothing without them. */
const OWN_ROWS = [
  ...['plan_interest', 'plan_review_request', 'plan_review_ask', 'plan_line_draft'],
  ...['plan_read_version', 'plan_read_file', 'plan_digest', 'plan_digest_item', 'plan_watch'],
  ...['plan_push', 'github_grant'],
];

/** Texts of the plan in which a handle may be mentioned. */
const TEXTS = [
  ['plan_thread', 'title'],
  ['plan_thread', 'body'],
  ['plan_comment', 'body'],
  ['plan_review', 'body'],
  ['plan_review', 'dismissed_why'],
  ['plan_interest', 'why'],
  ['plan_earlier_text', 'title'],
  ['plan_earlier_text', 'body'],
  ['plan_line_draft', 'body'],
  ['plan_objection', 'reason'],
  ['plan_objection', 'answer'],
  ['plan_proposal', 'merged_despite'],
  ['plan_label_meaning', 'about'],
  ['github_link', 'base'],
] as const;

/** JSON in which a handle stands as a value, or in a sentence. */
const JSON_TEXTS = [
  ['plan_happening', 'data'],
  ['plan_topic', 'facts'],
  ['plan_topic_merge', 'gained'],
  ['plan_topic_told', 'problems'],
  ['plan_document', 'problems'],
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
 * Takes a person out of the planning repositories. What they wrote stays, by somebody without a name; a commit
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
  await forgetOwn(tx, personId, traces);
  await forgetMentions(tx, handles);
  await forgetInJson(tx, handles);
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

/** What was done stays the person’s, who has no name any more; what ties them to GitHub goes. */
async function forgetOwn(tx: Tx, personId: string, { handles }: Traces): Promise<void> {
  for (const table of OWN_ROWS) {
    await sql`delete from ${sql.table(table)} where person_id = ${personId}`.execute(tx);
  }
  await sql`
    update plan_feed set name = '', revoked_at = coalesce(revoked_at, now())
    where person_id = ${personId}`.execute(tx);
  const { rows } = await sql<{ id: string }>`
    update github_account a set login = 'gone-' || a.id, kind = 'ghost', person_id = null
    from github_account old
    where old.id = a.id and (old.person_id = ${personId} or old.login = any(${[...handles]}::citext[]))
    returning a.id::text as id`.execute(tx);
  const accounts = sql`any(${rows.map(({ id }) => id)}::bigint[])`;
  await sql`delete from github_account_login where account_id = ${accounts}`.execute(tx);
  for (const [table, account, person] of ACCOUNTS) {
    await sql`
      update ${sql.table(table)} set ${sql.ref(account)} = null, ${sql.ref(person)} = ${personId}
      where ${sql.ref(account)} = ${accounts}`.execute(tx);
  }
  await sql`
    delete from plan_reaction r using plan_reaction own
    where r.account_id = ${accounts} and own.person_id = ${personId}
      and (own.summit_id, own.reaction) = (r.summit_id, r.reaction)
      and own.number is not distinct from r.number
      and own.comment_id is not distinct from r.comment_id`.execute(tx);
  await sql`
    update plan_reaction set account_id = null, person_id = ${personId}
    where account_id = ${accounts}`.execute(tx);
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

async function forgetInJson(tx: Tx, handles: readonly string[]): Promise<void> {
  for (const handle of handles) {
    for (const [name, column] of JSON_TEXTS) {
      const [table, json] = [sql.table(name), sql.ref(column)];
      const pattern = `(?<=["@])${handle}(?![[:alnum:]-])`;
      await sql`
        update ${table} set ${json} = regexp_replace(${json}::text, ${pattern}, 'somebody-who-left', 'gi')::jsonb
        where ${json}::text ~* ${pattern}`.execute(tx);
    }
    // What GitHub sent and nobody has read yet is asked for again, without what is about them.
    await sql`
      update github_delivery set payload = null, state = 'applied', awaits = null, why = 'erased'
      where strpos(lower(payload::text), ${`"${handle.toLowerCase()}"`}) > 0`.execute(tx);
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
