import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { type Organiser, organisesIn, type Self } from '../../people/rights.ts';
import type { PlanServices } from '../repository/main-commands.ts';
import { authorOf, fittingText, noThread, type Writer } from '../threads/thread-commands.ts';
import { type Anchor, anchorOf } from './anchor-queries.ts';
import { addLineComment } from './line-commands.ts';
import { lockedFor } from './lock-queries.ts';
import { type LinePlace, reviewProblem, type Verdict } from './review-rules.ts';
import { isOwnWork, lockReviewed, type ReviewedProposal, versionIn } from './reviewed-queries.ts';
import { tellOfReview } from './told-commands.ts';

/** A comment on lines that goes with a review. */
export interface GivenLine extends LinePlace {
  readonly body: string;
}

export interface GivenReview {
  readonly number: number;
  /** The version that was looked at. */
  readonly version: number;
  readonly verdict: Verdict;
  readonly body: string;
  readonly lines?: readonly GivenLine[];
  /** Whether the comments that the reviewer has gathered so far go with it. */
  readonly withDrafts?: boolean;
}

/**
 * Gives a review of one version, with its comments on lines. Changes are asked for with a sentence;
 * nobody approves their own work. Whoever was asked for a review has then answered, and has read that
 * version. Events `comment.added` for each line, and `review.given`.
 */
export async function giveReview(
  tx: Tx,
  services: PlanServices,
  actor: Actor,
  right: Self | Organiser,
  given: GivenReview,
): Promise<Result<{ readonly id: string }, Problem>> {
  const { summitId, personId } = right;
  const proposal = await lockReviewed(tx, { summitId, number: given.number });
  if (proposal === undefined) return fail(noThread(given.number));
  const version = versionIn(proposal, given.version);
  if (!version.ok) return version;
  const locked = await lockedFor(tx, right, given.number);
  if (locked !== undefined) return fail(locked);
  const drafts =
    given.withDrafts === true && personId !== undefined
      ? await takeDrafts(tx, { summitId, number: given.number, personId })
      : [];
  const lines = given.lines ?? [];
  const wrong = reviewProblem({
    ...given,
    lines: lines.length + drafts.length,
    isOwn: isOwnWork(proposal, given.version, personId),
    isOpen: proposal.state === 'open',
  });
  if (wrong !== undefined) return fail(wrong);
  const repository = services.git.plan(summitId);
  const comments: AnchoredComment[] = [...drafts];
  for (const { body, ...place } of lines) {
    const anchor = await anchorOf(repository, version.value, place);
    if (!anchor.ok) return anchor;
    comments.push({ anchor: anchor.value, body });
  }
  return keepReview(tx, actor, proposal, { ...given, comments });
}

/** What somebody says about lines whose content is known. */
export interface AnchoredComment {
  readonly anchor: Anchor;
  readonly body: string;
}

export interface KeptReview extends Omit<GivenReview, 'lines' | 'withDrafts' | 'number'> {
  readonly comments: readonly AnchoredComment[];
  /** Whose review it is, where that is not the actor. */
  readonly writer?: Writer;
}

/**
 * Writes down a review that was given, whatever it says: here, where `giveReview` has looked at it,
 * or elsewhere. Its comments hang on it. Events `comment.added` for each, and `review.given`.
 */
export async function keepReview(
  tx: Tx,
  actor: Actor,
  proposal: ReviewedProposal,
  { version, verdict, body, comments, writer }: KeptReview,
): Promise<Result<{ readonly id: string }, Problem>> {
  const { summitId, number } = proposal;
  const fits = fittingText(body.trim(), 'body');
  if (!fits.ok) return fits;
  const { id } = await tx
    .insertInto('planReview')
    .values({
      summitId,
      number,
      version,
      verdict,
      body: fits.value,
      ...authorOf(actor, writer),
      at: actor.now,
      dismissedAt: null,
      dismissedBy: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const { anchor, body: said } of comments) {
    const added = await addLineComment(
      tx,
      actor,
      { summitId, number },
      {
        anchor,
        body: said,
        reviewId: id,
        ...(writer === undefined ? {} : { writer }),
      },
    );
    if (!added.ok) return added;
  }
  await tx
    .updateTable('planThread')
    .set({ updatedAt: actor.now })
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .execute();
  await recordEvent(tx, actor, {
    kind: 'review.given',
    summitId,
    data: { number, review: id, verdict },
  });
  const reviewer = writer === undefined ? actor.personId : writer.personId;
  if (reviewer !== undefined) {
    await tx
      .updateTable('planReviewRequest')
      .set({ answeredAt: actor.now })
      .where('summitId', '=', summitId)
      .where('number', '=', number)
      .where('personId', '=', reviewer)
      .where('answeredAt', 'is', null)
      .execute();
    await markRead(tx, actor, { summitId, number, personId: reviewer, version });
  }
  await tellOfReview(tx, actor, proposal, { id, verdict, body: fits.value, reviewer });
  return ok({ id });
}

/** Notes up to which version somebody has read a proposal; an earlier one changes nothing. */
export async function markRead(
  tx: Tx,
  actor: Actor,
  row: {
    readonly summitId: string;
    readonly number: number;
    readonly personId: string;
    readonly version: number;
  },
): Promise<void> {
  await tx
    .insertInto('planReadVersion')
    .values({ ...row, at: actor.now })
    .onConflict((conflict) =>
      conflict
        .columns(['summitId', 'number', 'personId'])
        .doUpdateSet({ version: row.version, at: actor.now })
        .where('planReadVersion.version', '<=', row.version),
    )
    .execute();
}

/**
 * Dismisses a review, so that it counts no longer, with the reason that everybody then reads. Its
 * author and organisers may. Event `review.dismissed`.
 */
export async function dismissReview(
  tx: Tx,
  actor: Actor,
  right: Self | Organiser,
  { review, why }: { readonly review: string; readonly why: string },
): Promise<Result<{ readonly number: number }, Problem>> {
  const { summitId, personId } = right;
  const row = await tx
    .selectFrom('planReview')
    .select(['number', 'authorId', 'dismissedAt'])
    .where('summitId', '=', summitId)
    .where('id', '=', review)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) return fail(noReview());
  if (row.dismissedAt !== null) {
    return fail(problem('dismissed-before', 'This review was dismissed already.'));
  }
  if (!(await mayDismiss(tx, right, row.authorId))) {
    const sentence = 'A review is dismissed by whoever gave it, or by an organiser; ask them.';
    return fail(problem('not-yours', sentence));
  }
  const reason = why.trim();
  if (reason === '') {
    const sentence = 'Say why this review should not count any more; its author will read it.';
    return fail(problem('no-reason', sentence, { path: 'why' }));
  }
  const fits = fittingText(reason, 'why');
  if (!fits.ok) return fits;
  await tx
    .updateTable('planReview')
    .set({ dismissedAt: actor.now, dismissedBy: personId ?? null, dismissedWhy: fits.value })
    .where('id', '=', review)
    .execute();
  await recordEvent(tx, actor, {
    kind: 'review.dismissed',
    summitId,
    data: { number: row.number, review },
  });
  return ok({ number: row.number });
}

/** Its author, and who organises: an `Organiser` is made by a look at the roles alone. */
async function mayDismiss(
  tx: Tx,
  { summitId, personId }: Self | Organiser,
  authorId: string | null,
): Promise<boolean> {
  // The operator of the machine has no person, and is here as an organiser only.
  if (personId === undefined || authorId === personId) return true;
  return organisesIn(tx, summitId, personId);
}

/** The comments on lines that a person has gathered, which are drafts no longer. */
async function takeDrafts(
  tx: Tx,
  place: { readonly summitId: string; readonly number: number; readonly personId: string },
): Promise<AnchoredComment[]> {
  const rows = await tx
    .deleteFrom('planLineDraft')
    .where('summitId', '=', place.summitId)
    .where('number', '=', place.number)
    .where('personId', '=', place.personId)
    .returning(['version', 'path', 'side', 'firstLine', 'line', 'blob', 'body', 'createdAt'])
    .execute();
  return rows
    .toSorted((one, other) => one.createdAt.epochMilliseconds - other.createdAt.epochMilliseconds)
    .map(({ body, createdAt: _, ...anchor }) => ({ anchor, body }));
}

export const noReview = (): Problem =>
  problem('no-such-review', 'There is no such review of this proposal; open its page again.');
