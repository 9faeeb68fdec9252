import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type Organiser, organisesIn, type Self } from '../../people/rights.ts';
import type { PlanServices } from '../repository/main-commands.ts';
import { addComment, noThread, type ThreadPlace, type Writer } from '../threads/thread-commands.ts';
import { type Anchor, anchorOf } from './anchor-queries.ts';
import { lockedFor } from './lock-queries.ts';
import type { LinePlace } from './review-rules.ts';
import { lockReviewed, reviewedProposal, versionIn } from './reviewed-queries.ts';

export interface NewLineComment {
  readonly anchor: Anchor;
  readonly body: string;
  readonly reviewId?: string;
  /** The first comment on the place, for an answer to it. */
  readonly replyTo?: string;
  /** Whose words they are, where those are not the actor's. */
  readonly writer?: Writer;
}

/** Says something about lines of one version. Event `comment.added`. */
export async function addLineComment(
  tx: Tx,
  actor: Actor,
  place: ThreadPlace,
  { anchor, body, reviewId, replyTo, writer }: NewLineComment,
): Promise<Result<{ readonly id: string }, Problem>> {
  const said = writer === undefined ? { body } : { body, writer };
  const comment = await addComment(tx, actor, place, said);
  if (!comment.ok) return comment;
  await tx
    .insertInto('planLineComment')
    .values({
      commentId: comment.value.id,
      reviewId: reviewId ?? null,
      ...anchor,
      replyTo: replyTo ?? null,
      resolvedAt: null,
      resolvedBy: null,
    })
    .execute();
  return comment;
}

export interface WrittenLine extends LinePlace {
  readonly number: number;
  readonly version: number;
  readonly body: string;
}

/** Says something about lines of a proposal at once, outside a review. Event `comment.added`. */
export async function commentOnLine(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  right: Self | Organiser,
  { number, version, body, ...line }: WrittenLine,
): Promise<Result<{ readonly id: string }, Problem>> {
  const { summitId } = right;
  const locked = await lockedFor(tx, right, number);
  if (locked !== undefined) return fail(locked);
  const anchor = await anchorIn(tx, services, { summitId, number }, version, line);
  if (!anchor.ok) return anchor;
  return addLineComment(tx, actor, { summitId, number }, { anchor: anchor.value, body });
}

/** The lines of a version of a proposal, if both are there. */
export async function anchorIn(
  tx: Tx,
  services: PlanServices,
  place: ThreadPlace,
  version: number,
  line: LinePlace,
): Promise<Result<Anchor, Problem>> {
  const proposal = await reviewedProposal(tx, place);
  if (proposal === undefined) return fail(noThread(place.number));
  const found = versionIn(proposal, version);
  return found.ok ? anchorOf(services.git.plan(place.summitId), found.value, line) : found;
}

/**
 * Answers what somebody said about lines; an answer to an answer stands below the first as well. It
 * opens again what was resolved. Event `comment.added`.
 */
export async function answerLine(
  tx: Tx,
  actor: Actor,
  right: Self | Organiser,
  { number, comment, body }: { readonly number: number; readonly comment: string; body: string },
): Promise<Result<{ readonly id: string }, Problem>> {
  const place = { summitId: right.summitId, number };
  const locked = await lockedFor(tx, right, number);
  if (locked !== undefined) return fail(locked);
  const answered = await lineCommentIn(tx, place, comment);
  if (answered === undefined) return fail(noLineComment());
  const { commentId, replyTo, version, path, side, firstLine, line, blob } = answered;
  return addLineComment(tx, actor, place, {
    anchor: { version, path, side, firstLine, line, blob },
    body,
    replyTo: replyTo ?? commentId,
  });
}

/**
 * Says that a remark on lines is settled, or that it is not after all. The proposal's author,
 * whoever made the remark, and organisers may. Event `line.resolved` if that is new.
 */
export async function settleLine(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self | Organiser,
  {
    number,
    comment,
    isSettled,
  }: { readonly number: number; readonly comment: string; readonly isSettled: boolean },
): Promise<Result<void, Problem>> {
  const proposal = await lockReviewed(tx, { summitId, number });
  if (proposal === undefined) return fail(noThread(number));
  const found = await lineCommentIn(tx, proposal, comment);
  if (found === undefined || found.replyTo !== null) return fail(noLineComment());
  const isTheirs =
    personId === undefined || personId === proposal.authorId || personId === found.authorId;
  if (!isTheirs && !(await organisesIn(tx, summitId, personId))) {
    const sentence =
      'A remark is settled by whoever made it, by the author of the proposal, or by an organiser; ask one of them.';
    return fail(problem('not-yours', sentence));
  }
  if ((found.resolvedAt !== null) === isSettled) return ok(undefined);
  await tx
    .updateTable('planLineComment')
    .set({
      resolvedAt: isSettled ? actor.now : null,
      resolvedBy: isSettled ? (personId ?? null) : null,
    })
    .where('commentId', '=', comment)
    .execute();
  await recordEvent(tx, actor, {
    kind: 'line.resolved',
    summitId,
    data: { number, comment, resolved: isSettled },
  });
  return ok(undefined);
}

/** A comment on lines of a proposal. */
export const lineCommentIn = (tx: Tx, { summitId, number }: ThreadPlace, comment: string) =>
  tx
    .selectFrom('planLineComment')
    .innerJoin('planComment', 'planComment.id', 'planLineComment.commentId')
    .select([
      'planLineComment.commentId',
      'planLineComment.replyTo',
      'planLineComment.version',
      'planLineComment.path',
      'planLineComment.side',
      'planLineComment.firstLine',
      'planLineComment.line',
      'planLineComment.blob',
      'planLineComment.resolvedAt',
      'planLineComment.appliedIn',
      'planComment.authorId',
      'planComment.body',
    ])
    .where('planComment.summitId', '=', summitId)
    .where('planComment.number', '=', number)
    .where('planLineComment.commentId', '=', comment)
    .executeTakeFirst();

export const noLineComment = (): Problem =>
  problem('no-such-comment', 'There is no such remark on a line; open the changes again.');
