import { recordEvent } from '../../../platform/db/command.ts';
import type { ThreadPlace } from '../threads/thread-commands.ts';
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
  const proposal = await tx
    .selectFrom('planProposal')
    .select('head')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .executeTakeFirst();
  if (proposal === undefined) return;
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
  await arrange(applying, place, present, by);
}

/** Brings the rows of versions into the order of the heads that are known. */
async function arrange(
  applying: Applying,
  { summitId, number }: ThreadPlace,
  present: string,
  by: RemoteUser,
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
    const facts = {
      head: commit,
      base,
      // Nothing is known of what it changes before it came over Git: every version is a change of its own.
      changeId: commit,
      byPerson: writer.personId ?? null,
      byAccount: writer.accountId ?? null,
      door: 'github' as const,
      at,
    };
    await tx
      .insertInto('planVersion')
      .values({ summitId, number, version: index + 1, ...facts })
      .onConflict((conflict) =>
        conflict.columns(['summitId', 'number', 'version']).doUpdateSet(facts),
      )
      .execute();
  }
  // What was said of a commit is said of it still, under its new number.
  const moves = heads
    .map(({ commit }, index) => ({ from: wasAt.get(commit), to: index + 1 }))
    .filter(
      (move): move is { from: number; to: number } =>
        move.from !== undefined && move.from < move.to,
    )
    .sort((one, other) => other.from - one.from);
  for (const { from, to } of moves) {
    await tx
      .updateTable('planReview')
      .set({ version: to })
      .where('summitId', '=', summitId)
      .where('number', '=', number)
      .where('version', '=', from)
      .execute();
    await tx
      .updateTable('planLineComment')
      .set({ version: to })
      .where('version', '=', from)
      .where('commentId', 'in', (eb) =>
        eb
          .selectFrom('planComment')
          .select('planComment.id')
          .where('planComment.summitId', '=', summitId)
          .where('planComment.number', '=', number),
      )
      .execute();
  }
  await tx
    .updateTable('planProposal')
    .set({ head: present, version: heads.length })
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
