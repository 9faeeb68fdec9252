import { expectOk } from '@cairn/kernel/result';
import { isMarkedByUs } from '../github-out/mark-queries.ts';
import { ownMarkIn } from '../github-out/text-rules.ts';
import { removeComment, replaceComment } from '../threads/edit-commands.ts';
import { addComment, type ThreadPlace } from '../threads/thread-commands.ts';
import { type Applying, inThread, somebodyDid, whoDid } from './apply-context.ts';
import { LONGEST } from './apply-topic-commands.ts';
import { askFor, type DueKind } from './due-commands.ts';
import {
  asInstant,
  isEcho,
  keepLink,
  knownState,
  type Link,
  type LinkKind,
  linkOf,
  threadOfRemote,
} from './link-commands.ts';
import type { RemoteComment } from './remote-schema.ts';
import {
  changedFields,
  fingerprintOf,
  judged,
  readFingerprint,
  writeFingerprint,
} from './state-rules.ts';
import { asLocalText } from './text-queries.ts';
import { fittingBody } from './title-rules.ts';

/** How comments of a kind are linked, and how they are asked for again. */
export interface CommentKind<T extends RemoteComment> {
  readonly link: LinkKind;
  readonly again: DueKind;
  readonly reactions: DueKind;
  /** Writes a new one into its thread; gives its id here. */
  readonly add: (
    applying: Applying,
    place: ThreadPlace,
    comment: T,
    body: string,
  ) => Promise<string>;
}

/** Comments in the discussion of an issue or a pull request. */
const PLAIN: CommentKind<RemoteComment> = {
  link: 'comment',
  again: 'comment',
  reactions: 'comment-reactions',
  add: async (applying, place, comment, body) => {
    const { actor, writer } = await whoDid(applying, comment.user, comment.createdAt);
    const { id } = expectOk(await addComment(applying.tx, actor, place, { body, writer }));
    return id;
  },
};

export const applyComment = (
  applying: Applying,
  comment: RemoteComment,
  isGone: boolean,
): Promise<void> => applySaid(applying, PLAIN, comment, isGone);

/**
 * Brings a comment to the state that GitHub told. One whose issue is not here yet is asked for again
 * after that; one that is told gone before it was ever told is written and withdrawn, so that the
 * order in which things were told leaves no trace.
 */
export async function applySaid<T extends RemoteComment>(
  applying: Applying,
  kind: CommentKind<T>,
  comment: T,
  isGone: boolean,
): Promise<void> {
  const { tx, plan, source, now } = applying;
  const { summitId } = plan;
  const place = await threadOfRemote(tx, summitId, comment.number);
  if (place === undefined) {
    await askFor(tx, summitId, 'thread', comment.number, now);
    if (!isGone) await askFor(tx, summitId, kind.again, comment.id, now);
    return;
  }
  const link = await linkOf(tx, summitId, kind.link, comment.id);
  if (link?.goneAt != null) return;
  const told = {
    at: Date.parse(comment.updatedAt),
    fingerprint: writeFingerprint(fingerprintOf({ body: comment.body })),
  };
  const verdict = judged(knownState(link), told, source);
  const isDoubtful = verdict === 'doubtful-newer' || verdict === 'doubtful-older';
  if (isDoubtful && !isGone) await askFor(tx, summitId, kind.again, comment.id, now);
  if (source === 'asked' && (comment.reactions ?? 0) > 0) {
    await askFor(tx, summitId, kind.reactions, comment.id, now);
  }
  const isNews = verdict === 'new' || verdict === 'newer' || verdict === 'doubtful-newer';
  if (!isNews && !isGone) return;
  const act = async (): Promise<void> => {
    const id = isNews
      ? await bring(applying, kind, place, link, comment, told.fingerprint)
      : link?.commentId;
    if (isGone && id != null) await withdraw(applying, kind, id, comment);
  };
  // A new one sees by itself to the place of its thread in the lists.
  if (link === undefined && !isGone) await act();
  else await inThread(applying, place, act);
}

async function bring<T extends RemoteComment>(
  applying: Applying,
  kind: CommentKind<T>,
  place: ThreadPlace,
  link: Link | undefined,
  comment: T,
  fingerprint: string,
): Promise<string> {
  const { tx, plan } = applying;
  const { summitId } = plan;
  const own = link?.commentId ?? (await ownComment(applying, place, kind, comment));
  const body = fittingBody(await asLocalText(tx, plan, comment.body), LONGEST) || '…';
  const changed = changedFields(
    readFingerprint(link?.digest ?? ''),
    fingerprintOf({ body: comment.body }),
  );
  const id = own ?? (await kind.add(applying, place, comment, body));
  if (link?.commentId != null && changed.has('body') && !isEcho(link, comment.updatedAt)) {
    const { actor, writer } = await whoDid(applying, comment.user, comment.updatedAt);
    const replaced = await replaceComment(tx, actor, { summitId, id }, body, writer);
    // One that was withdrawn here stays so, whatever becomes of it there.
    if (!replaced.ok && replaced.error.code !== 'withdrawn') expectOk(replaced);
  }
  await keepLink(tx, summitId, kind.link, comment.id, {
    commentId: id,
    remoteNumber: comment.number,
    url: comment.url,
    remoteAt: asInstant(comment.updatedAt),
    digest: fingerprint,
  });
  return id;
}

/** One of ours that is heard of before it was noted that it was made there. */
async function ownComment<T extends RemoteComment>(
  { tx, plan }: Applying,
  { summitId, number }: ThreadPlace,
  kind: CommentKind<T>,
  comment: T,
): Promise<string | undefined> {
  const mark = ownMarkIn(comment.body);
  if (mark?.kind !== 'comment' || !/^[0-9a-f-]{36}$/.test(mark.id)) return undefined;
  const own = await tx
    .selectFrom('planComment')
    .select(['id', 'authorId'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('id', '=', mark.id)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('githubLink')
            .select('githubLink.remoteId')
            .whereRef('githubLink.commentId', '=', 'planComment.id'),
        ),
      ),
    )
    .executeTakeFirst();
  if (own === undefined) return undefined;
  const { authorId } = own;
  const marked = { summitId, mark, authorId, ourselves: plan.ourselves };
  if (!(await isMarkedByUs(tx, comment.user, marked))) return undefined;
  await keepLink(tx, plan.summitId, kind.link, comment.id, { commentId: own.id, origin: 'cairn' });
  return own.id;
}

async function withdraw<T extends RemoteComment>(
  { tx, plan: { summitId }, now }: Applying,
  kind: CommentKind<T>,
  id: string,
  comment: T,
): Promise<void> {
  const { actor } = somebodyDid(comment.updatedAt);
  expectOk(await removeComment(tx, actor, { summitId, id }));
  await keepLink(tx, summitId, kind.link, comment.id, { goneAt: now });
}

/** Withdraws comments that are not there any more, though nobody said so. */
export async function withdrawMissing(
  { tx, plan: { summitId }, now }: Applying,
  missing: readonly number[],
): Promise<void> {
  if (missing.length === 0) return;
  const links = await tx
    .selectFrom('githubLink')
    .select(['remoteId', 'commentId'])
    .where('summitId', '=', summitId)
    .where('kind', '=', 'comment')
    .where('remoteId', 'in', missing)
    .where('goneAt', 'is', null)
    .execute();
  const { actor } = somebodyDid(now.toString());
  for (const { remoteId, commentId } of links) {
    if (commentId !== null) expectOk(await removeComment(tx, actor, { summitId, id: commentId }));
    await keepLink(tx, summitId, 'comment', remoteId, { goneAt: now });
  }
}
