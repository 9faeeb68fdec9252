import { expectOk } from '@cairn/kernel/result';
import { setReaction } from '../threads/state-commands.ts';
import { writerOf } from './account-commands.ts';
import type { Applying } from './apply-context.ts';
import type { DueKind } from './due-commands.ts';
import { linkOf } from './link-commands.ts';
import type { RemoteReaction } from './remote-schema.ts';

/**
 * Brings the reactions to something to what GitHub has. Those of accounts that are gone from it are
 * taken back; reactions that were given here alone stay.
 */
export async function applyReactions(
  { tx, plan: { summitId }, now }: Applying,
  what: DueKind,
  remoteId: number,
  reactions: readonly RemoteReaction[],
): Promise<void> {
  const kind =
    what === 'thread-reactions'
      ? 'thread'
      : what === 'comment-reactions'
        ? 'comment'
        : 'line-comment';
  const link = await linkOf(tx, summitId, kind, remoteId);
  if (link === undefined || link.goneAt !== null) return;
  const comment = link.commentId ?? undefined;
  const number = link.number ?? (comment === undefined ? undefined : await numberOf(tx, comment));
  if (number === undefined) return;
  const place = { summitId, number, comment };
  const there = new Set<string>();
  for (const { id, content, user } of reactions) {
    const writer = await writerOf(tx, user, now);
    const actor = { personId: writer.personId, door: 'github', now } as const;
    const set = await setReaction(tx, actor, place, { reaction: content, isOn: true }, writer);
    // A comment that was withdrawn here takes no reactions any more.
    if (!set.ok) return;
    const row = await tx
      .selectFrom('planReaction')
      .select('id')
      .where('summitId', '=', summitId)
      .where('reaction', '=', content)
      .where((eb) =>
        comment === undefined ? eb('number', '=', number) : eb('commentId', '=', comment),
      )
      .where((eb) =>
        writer.personId === undefined
          ? eb('accountId', '=', user.id)
          : eb('personId', '=', writer.personId),
      )
      .executeTakeFirst();
    if (row === undefined) continue;
    there.add(String(row.id));
    await tx
      .insertInto('githubLink')
      .values({
        summitId,
        kind: 'reaction',
        remoteId: id,
        remoteNumber: remoteId,
        number: null,
        commentId: null,
        reviewId: null,
        reactionId: row.id,
        origin: 'github',
        remoteAt: null,
        base: null,
        goneAt: null,
      })
      // A person with two accounts may have given the same reaction twice there.
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  const linked = await tx
    .selectFrom('planReaction')
    .innerJoin('githubLink', 'githubLink.reactionId', 'planReaction.id')
    .select(['planReaction.id', 'reaction', 'personId', 'accountId'])
    .where('planReaction.summitId', '=', summitId)
    .where((eb) =>
      comment === undefined
        ? eb('planReaction.number', '=', number)
        : eb('planReaction.commentId', '=', comment),
    )
    .execute();
  for (const { id, reaction, personId, accountId } of linked) {
    if (there.has(String(id))) continue;
    const writer = { personId: personId ?? undefined, accountId: accountId ?? undefined };
    const actor = { personId: writer.personId, door: 'github', now } as const;
    const off = { reaction: reaction as RemoteReaction['content'], isOn: false };
    expectOk(await setReaction(tx, actor, place, off, writer));
  }
}

const numberOf = async (tx: Applying['tx'], commentId: string): Promise<number | undefined> =>
  (
    await tx
      .selectFrom('planComment')
      .select('number')
      .where('id', '=', commentId)
      .executeTakeFirst()
  )?.number;
