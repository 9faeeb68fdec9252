import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import { recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { ThreadPlace, Writer } from '../threads/thread-commands.ts';
import { type Applying, whoDid } from './apply-context.ts';
import { asInstant } from './link-commands.ts';
import type { RemoteUser } from './remote-schema.ts';
import { versionsOfHeads } from './version-rules.ts';

/** A commit that the head of a pull request was. */
export interface SeenHead {
  readonly commit: string;
  readonly base: string;
  readonly at: string;
  /** Whether it is the head now, as far as is known. */
  readonly isPresent: boolean;
  readonly by: RemoteUser;
}

/**
 * Notes a commit as a version of a proposal. One that is heard of late is put where it belongs, and
 * what was said of later ones moves with them. Event `proposal.versioned` for one that is new.
 */
export async function keepHead(
  applying: Applying,
  place: ThreadPlace,
  { commit, base, at, isPresent, by }: SeenHead,
): Promise<void> {
  const { tx } = applying;
  const { summitId, number } = place;
  const firstAt = asInstant(at);
  const known = await tx
    .selectFrom('githubHead')
    .select('firstAt')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('commit', '=', commit)
    .executeTakeFirst();
  const isEarlier =
    known !== undefined && firstAt.epochMilliseconds < known.firstAt.epochMilliseconds;
  // Held: whoever merges what was approved must not find another head in between.
  const proposal = await tx
    .selectFrom('planProposal')
    .select('head')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .forUpdate()
    .executeTakeFirst();
  if (proposal === undefined) return;
  if (await hasOwnVersions(tx, place)) {
    if (isPresent) await append(applying, place, { commit, base, at, by });
    return;
  }
  const present = isPresent ? commit : proposal.head;
  if (known !== undefined && !isEarlier && present === proposal.head) return;
  await tx
    .insertInto('githubHead')
    .values({ summitId, number, commit, base, firstAt })
    .onConflict((conflict) =>
      conflict.columns(['summitId', 'number', 'commit']).doUpdateSet((eb) => ({
        firstAt: eb.fn('least', ['githubHead.firstAt', 'excluded.firstAt']),
      })),
    )
    .execute();
  await arrange(applying, place, { present, was: proposal.head, by });
}

/** Whether a proposal has versions that were made here: those keep their numbers. */
async function hasOwnVersions(tx: Tx, { summitId, number }: ThreadPlace): Promise<boolean> {
  const own = await tx
    .selectFrom('planVersion')
    .select('version')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('door', '!=', 'github')
    .limit(1)
    .executeTakeFirst();
  return own !== undefined;
}

/** Notes a commit that somebody put onto such a proposal at GitHub as its last version; one that it had stays where it is. */
async function append(
  applying: Applying,
  { summitId, number }: ThreadPlace,
  { commit, base, at, by }: Omit<SeenHead, 'isPresent'>,
): Promise<void> {
  const { tx } = applying;
  const had = await tx
    .selectFrom('planVersion')
    .select(['version', 'head'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  if (had.some(({ head }) => head === commit)) return;
  const version = Math.max(...had.map((each) => each.version)) + 1;
  const { actor, writer } = await whoDid(applying, by, at);
  await tx
    .insertInto('planVersion')
    .values({ summitId, number, version, ...factsOf({ commit, base, at: actor.now }, writer) })
    .execute();
  await tx
    .updateTable('planProposal')
    .set({ head: commit, version, mergeAskedBy: null })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  const data = { number, version };
  await recordEvent(tx, actor, { kind: 'proposal.versioned', summitId, data });
}

/** The row of a commit that was made at GitHub. */
const factsOf = (
  { commit, base, at }: { readonly commit: string; readonly base: string; readonly at: Instant },
  writer: Writer,
) => ({
  head: commit,
  base,
  // Nothing is known of what it changes before it came over Git: every version is a change of its own.
  changeId: commit,
  byPerson: writer.personId ?? null,
  byAccount: writer.accountId ?? null,
  door: 'github' as const,
  at,
});

/**
 * What was said of a commit is said of it still, under its new number. All at once: moved one after another,
 * the approval of one commit would become that of another.
 */
async function renumber(
  tx: Tx,
  { summitId, number }: ThreadPlace,
  moves: readonly { readonly was: number; readonly now: number }[],
): Promise<void> {
  const moved = sql`unnest(${moves.map(({ was }) => was)}::int[], ${moves.map(({ now }) => now)}::int[]) as m (was, now)`;
  await sql`update plan_review r set version = m.now from ${moved}
    where r.summit_id = ${summitId} and r.number = ${number} and r.version = m.was`.execute(tx);
  await sql`update plan_line_comment l set version = m.now from ${moved}, plan_comment c
    where c.id = l.comment_id and c.summit_id = ${summitId} and c.number = ${number}
      and l.version = m.was`.execute(tx);
  await sql`update plan_line_draft d set version = m.now from ${moved}
    where d.summit_id = ${summitId} and d.number = ${number} and d.version = m.was`.execute(tx);
}

/** Brings the rows of versions into the order of the heads that are known. */
async function arrange(
  applying: Applying,
  { summitId, number }: ThreadPlace,
  { present, was, by }: { readonly present: string; readonly was: string; readonly by: RemoteUser },
): Promise<void> {
  const { tx } = applying;
  const rows = await tx
    .selectFrom('githubHead')
    .select(['commit', 'base', 'firstAt'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  const heads = versionsOfHeads(
    rows.map((row) => ({ ...row, firstAt: row.firstAt.epochMilliseconds, at: row.firstAt })),
    present,
  );
  const had = await tx
    .selectFrom('planVersion')
    .select(['version', 'head'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  const wasAt = new Map(had.map(({ version, head }) => [head, version]));
  for (const [index, { commit, base, at }] of heads.entries()) {
    const { writer } = await whoDid(applying, by, at.toString());
    const facts = factsOf({ commit, base, at }, writer);
    await tx
      .insertInto('planVersion')
      .values({ summitId, number, version: index + 1, ...facts })
      .onConflict((conflict) =>
        conflict.columns(['summitId', 'number', 'version']).doUpdateSet(facts),
      )
      .execute();
  }
  const moves = heads.flatMap(({ commit }, index) => {
    const had = wasAt.get(commit);
    return had === undefined || had === index + 1 ? [] : [{ was: had, now: index + 1 }];
  });
  if (moves.length > 0) await renumber(tx, { summitId, number }, moves);
  await tx
    .updateTable('planProposal')
    .set({
      head: present,
      version: heads.length,
      ...(present === was ? {} : { mergeAskedBy: null }),
    })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  for (const [index, { commit, at }] of heads.entries()) {
    if (wasAt.has(commit)) continue;
    const { actor } = await whoDid(applying, by, at.toString());
    const data = { number, version: index + 1 };
    await recordEvent(tx, actor, { kind: 'proposal.versioned', summitId, data });
  }
}

/** The version that a commit is; undefined if it is none that is known. */
export async function versionOfCommit(
  { tx }: Applying,
  { summitId, number }: ThreadPlace,
  commit: string,
): Promise<number | undefined> {
  const row = await tx
    .selectFrom('planVersion')
    .select('version')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('head', '=', commit)
    .orderBy('version', 'desc')
    .executeTakeFirst();
  return row?.version;
}
