import { expectOk } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import { isMarkedByUs } from '../github-out/mark-queries.ts';
import { ownMarkIn } from '../github-out/text-rules.ts';
import { addLineComment } from '../reviews/line-commands.ts';
import { keepReview } from '../reviews/review-commands.ts';
import { reviewedProposal } from '../reviews/reviewed-queries.ts';
import { authorOf, type ThreadPlace } from '../threads/thread-commands.ts';
import { applySaid, type CommentKind } from './apply-comment-commands.ts';
import { type Applying, type Did, inThread, somebodyDid, whoDid } from './apply-context.ts';
import { NEWS_HOURS } from './apply-pull-commands.ts';
import { LONGEST } from './apply-topic-commands.ts';
import { askFor } from './due-commands.ts';
import { asInstant, keepLink, linkOf, threadOfRemote } from './link-commands.ts';
import type { RemoteLine, RemoteReview } from './remote-schema.ts';
import { asLocalText } from './text-queries.ts';
import { fittingBody } from './title-rules.ts';
import { keepHead, versionOfCommit } from './version-commands.ts';

/**
 * Brings a review to the state that GitHub told. Reviews have no moment of their last change, so of two
 * states nobody knows which is later: that it was dismissed stays, its words are asked for again where
 * an event says that they changed.
 */
export async function applyReview(
  applying: Applying,
  remoteNumber: number,
  review: RemoteReview,
): Promise<void> {
  const { tx, plan, now } = applying;
  const { summitId } = plan;
  const place = await threadOfRemote(tx, summitId, remoteNumber);
  if (place === undefined) {
    await askFor(tx, summitId, 'pull', remoteNumber, now);
    return;
  }
  const link = await linkOf(tx, summitId, 'review', review.id);
  const did = await whoDid(applying, review.user, review.at);
  const id =
    link?.reviewId ??
    (await ownReview(applying, place, review)) ??
    (await give(applying, place, review, did));
  if (id === undefined) return;
  if (link !== undefined) await reword(applying, place, id, review);
  if (review.isDismissed) await dismiss(applying, place, id, review);
  await keepLink(tx, summitId, 'review', review.id, {
    reviewId: id,
    remoteNumber,
    url: review.url,
    remoteAt: asInstant(review.at),
  });
}

async function give(
  applying: Applying,
  place: ThreadPlace,
  review: RemoteReview,
  did: Did,
): Promise<string | undefined> {
  const { tx, plan, now } = applying;
  // GitHub makes an empty one of each remark outside a review; the remark says it all.
  if (review.verdict === 'comment' && review.body.trim() === '' && !review.isDismissed)
    return undefined;
  const version = await reviewedVersion(applying, place, review.commit, review.at);
  const proposal = await reviewedProposal(tx, place);
  if (version === undefined || proposal === undefined) return undefined;
  const body = fittingBody(await asLocalText(tx, plan, review.body), LONGEST);
  const verdict = review.verdict ?? 'comment';
  const { actor, writer } = did;
  if (now.since(actor.now).total('hours') < NEWS_HOURS) {
    const given = { version, verdict, body, comments: [], writer };
    let id = '';
    await inThread(applying, place, async () => {
      id = expectOk(await keepReview(tx, actor, proposal, given)).id;
    });
    return id;
  }
  const { summitId, number } = place;
  const { id } = await tx
    .insertInto('planReview')
    .values({
      summitId,
      number,
      version,
      verdict,
      body,
      ...authorOf(actor, writer),
      at: actor.now,
      dismissedAt: null,
      dismissedBy: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const data = { number, review: id, verdict };
  await recordEvent(tx, actor, { kind: 'review.given', summitId, data });
  return id;
}

/** The version that was looked at; a commit that nobody knew was the head when it was reviewed. */
async function reviewedVersion(
  applying: Applying,
  place: ThreadPlace,
  commit: string | undefined,
  at: string,
): Promise<number | undefined> {
  if (commit !== undefined) {
    const known = await versionOfCommit(applying, place, commit);
    if (known !== undefined) return known;
    const author = await applying.tx
      .selectFrom('planThread')
      .leftJoin('githubAccount', 'githubAccount.id', 'planThread.authorAccount')
      .select(['githubAccount.id', 'githubAccount.login', 'githubAccount.kind'])
      .where('planThread.summitId', '=', place.summitId)
      .where('planThread.number', '=', place.number)
      .executeTakeFirst();
    if (author?.id != null && author.login !== null && author.kind !== null) {
      const by = { id: author.id, login: author.login, kind: author.kind };
      await keepHead(applying, place, { commit, base: '', at, isPresent: false, by });
      return versionOfCommit(applying, place, commit);
    }
  }
  // Never a later version than there was when it was given: nobody approves what they cannot have seen.
  const versions = (await reviewedProposal(applying.tx, place))?.versions ?? [];
  const seen = versions.findLast((one) => one.at.epochMilliseconds <= Date.parse(at));
  return (seen ?? versions[0])?.version;
}

async function reword(
  { tx, plan, source }: Applying,
  { summitId, number }: ThreadPlace,
  id: string,
  review: RemoteReview,
): Promise<void> {
  const known = await tx
    .selectFrom('planReview')
    .select(['verdict', 'body', 'dismissedAt'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const verdict = review.verdict ?? known.verdict;
  const body = fittingBody(await asLocalText(tx, plan, review.body), LONGEST);
  const isReworded = source === 'asked' && body !== known.body;
  if (verdict === known.verdict && !isReworded) return;
  await tx
    .updateTable('planReview')
    .set({ verdict, ...(isReworded ? { body } : {}) })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('id', '=', id)
    .execute();
}

async function dismiss(
  { tx }: Applying,
  { summitId, number }: ThreadPlace,
  id: string,
  review: RemoteReview,
): Promise<void> {
  const actor: Actor = somebodyDid(review.at).actor;
  const dismissed = await tx
    .updateTable('planReview')
    .set({ dismissedAt: actor.now, dismissedBy: null, dismissedWhy: 'Dismissed on GitHub.' })
    .where('id', '=', id)
    .where('dismissedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (dismissed === undefined) return;
  await recordEvent(tx, actor, {
    kind: 'review.dismissed',
    summitId,
    data: { number, review: id },
  });
}

/** One of ours that is heard of before it was noted that it was given there. */
async function ownReview(
  { tx, plan }: Applying,
  { summitId, number }: ThreadPlace,
  review: RemoteReview,
): Promise<string | undefined> {
  const mark = ownMarkIn(review.body);
  if (mark?.kind !== 'review' || !/^[0-9a-f-]{36}$/.test(mark.id)) return undefined;
  const own = await tx
    .selectFrom('planReview')
    .select(['id', 'authorId'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('id', '=', mark.id)
    .executeTakeFirst();
  if (own === undefined) return undefined;
  const { authorId } = own;
  const marked = { summitId, mark, authorId, ourselves: plan.ourselves };
  if (!(await isMarkedByUs(tx, review.user, marked))) return undefined;
  const linked = await tx
    .selectFrom('githubLink')
    .select('remoteId')
    .where('reviewId', '=', own.id)
    .executeTakeFirst();
  if (linked !== undefined) return undefined;
  await keepLink(tx, plan.summitId, 'review', review.id, { reviewId: own.id, origin: 'cairn' });
  return own.id;
}

/** Comments on lines of a pull request. */
const ON_LINES: CommentKind<RemoteLine> = {
  link: 'line-comment',
  again: 'pull',
  reactions: 'line-reactions',
  add: async (applying, place, line, body) => {
    const { tx, plan } = applying;
    const { actor, writer } = await whoDid(applying, line.user, line.createdAt);
    const version = (await reviewedVersion(applying, place, line.commit, line.createdAt)) ?? 1;
    const review =
      line.reviewId === undefined
        ? undefined
        : await linkOf(tx, plan.summitId, 'review', line.reviewId);
    const first =
      line.replyTo === undefined
        ? undefined
        : await linkOf(tx, plan.summitId, 'line-comment', line.replyTo);
    const { path, side, line: last, firstLine = null } = line;
    const { id } = expectOk(
      await addLineComment(tx, actor, place, {
        // The content comes over Git; until then nobody can say where the line is now.
        anchor: { version, path, side, firstLine, line: last, blob: '' },
        body,
        writer,
        ...(review?.reviewId == null ? {} : { reviewId: review.reviewId }),
        ...(first?.commentId == null ? {} : { replyTo: first.commentId }),
      }),
    );
    return id;
  },
};

/** Brings a comment on a line to the state that GitHub told. */
export async function applyLine(
  applying: Applying,
  line: RemoteLine,
  isGone: boolean,
): Promise<void> {
  await applySaid(applying, ON_LINES, line, isGone);
  await tieReplies(applying, line);
}

/** Ties answers to what they answer, and remarks to their review, whichever was told first. */
async function tieReplies(
  { tx, plan: { summitId } }: Applying,
  { id, replyTo, reviewId }: RemoteLine,
): Promise<void> {
  const link = await linkOf(tx, summitId, 'line-comment', id);
  if (link?.commentId == null) return;
  const first =
    replyTo === undefined ? undefined : await linkOf(tx, summitId, 'line-comment', replyTo);
  const review =
    reviewId === undefined ? undefined : await linkOf(tx, summitId, 'review', reviewId);
  if (first?.commentId == null && review?.reviewId == null) return;
  await tx
    .updateTable('planLineComment')
    .set({
      ...(first?.commentId == null ? {} : { replyTo: first.commentId }),
      ...(review?.reviewId == null ? {} : { reviewId: review.reviewId }),
    })
    .where('commentId', '=', link.commentId)
    .execute();
}

/** Notes that remarks on lines were settled there, or taken up again. */
export async function applySettled(
  { tx, plan: { summitId }, now }: Applying,
  comments: readonly number[],
  isSettled: boolean,
): Promise<void> {
  for (const remoteId of comments) {
    const link = await linkOf(tx, summitId, 'line-comment', remoteId);
    if (link?.commentId == null) continue;
    const changed = await tx
      .updateTable('planLineComment')
      .set({ resolvedAt: isSettled ? now : null, resolvedBy: null })
      .where('commentId', '=', link.commentId)
      .where('replyTo', 'is', null)
      .where('resolvedAt', isSettled ? 'is' : 'is not', null)
      .returning('commentId')
      .executeTakeFirst();
    if (changed === undefined) continue;
    const { number } = await tx
      .selectFrom('planComment')
      .select('number')
      .where('id', '=', link.commentId)
      .executeTakeFirstOrThrow();
    const { actor } = somebodyDid(now.toString());
    const data = { number, comment: link.commentId, resolved: isSettled };
    await recordEvent(tx, actor, { kind: 'line.resolved', summitId, data });
  }
}
