import { z } from 'zod';
import { lineSchema, type RemoteReview, reviewSchema } from '../github/remote-schema.ts';
import { foundReview } from './made-queries.ts';
import { isMarkedByUs } from './mark-queries.ts';
import { type SaidComment, type SaidReview, saidComment, saidReview } from './said-queries.ts';
import { sendAs } from './send-as.ts';
import { placeOf } from './send-comment.ts';
import { notYet, outcomeOf, SENT, type Sending, type SendOutcome } from './sending.ts';
import { dressed, ownMarkIn, renamed } from './text-rules.ts';
import { keepMade } from './twin-commands.ts';
import { reviewTwin, threadTwin } from './twin-queries.ts';

const EVENTS = {
  approve: 'APPROVE',
  request_changes: 'REQUEST_CHANGES',
  comment: 'COMMENT',
} as const;

const WORDS = {
  approve: 'Approves this.',
  request_changes: 'Asks for changes.',
  comment: '',
} as const;

/**
 * Tells GitHub a review with its comments on lines, and that it was dismissed. GitHub lets nobody approve
 * their own pull request, and the App that opened one for somebody counts as its author: such a verdict
 * goes out as a comment that says it in words.
 */
export async function sendReview(
  sending: Sending,
  id: string,
  mayBeMade: boolean,
): Promise<SendOutcome> {
  const { services, summitId } = sending;
  const review = await saidReview(services.db, summitId, id);
  if (review === undefined) return SENT;
  const link = await reviewTwin(services.db, summitId, id);
  const thread = await threadTwin(services.db, summitId, review.number);
  const on = thread?.remoteNumber ?? thread?.remoteId;
  if (on === undefined) return notYet('its proposal is not there yet');
  if (link === undefined) {
    const made = await make(sending, id, review, on, mayBeMade);
    if (made.kind !== 'done' || review.dismissed === undefined) return made;
  }
  return review.dismissed === undefined ? SENT : dismiss(sending, id, review, on);
}

async function make(
  sending: Sending,
  id: string,
  review: SaidReview,
  remoteNumber: number,
  mayBeMade: boolean,
): Promise<SendOutcome> {
  if (mayBeMade) {
    const found = await foundReview(sending, remoteNumber, { id, authorId: review.authorId });
    if (!found.ok) return outcomeOf(found.error);
    if (found.value !== undefined) return keep(sending, id, review, remoteNumber, found.value);
  }
  const lines = await linesOf(sending, review);
  const comments = lines.map(({ id: comment, said, line }) => ({
    ...placeOf(line),
    // Named by the review that they come with.
    body: dressed(renamed(said.body, sending.names), { kind: 'comment', id: comment }, undefined),
  }));
  const send = (event: string, text: string) =>
    sendAs(sending, saidBy(sending, id, review, text), (body) => ({
      method: 'POST',
      path: `${sending.repo}/pulls/${remoteNumber}/reviews`,
      body: { body, event, commit_id: review.head, comments },
    }));
  let answer = await send(EVENTS[review.verdict], review.body);
  if (!answer.ok && answer.error.kind === 'refused' && review.verdict !== 'comment') {
    answer = await send(EVENTS.comment, `${WORDS[review.verdict]}\n\n${review.body}`.trim());
  }
  if (!answer.ok) return outcomeOf(answer.error);
  const read = reviewSchema.safeParse(answer.value.data);
  if (!read.success) return notYet('GitHub gave an answer that is not as described');
  return keep(sending, id, review, remoteNumber, read.data);
}

const saidBy = (
  { home }: Sending,
  id: string,
  { authorId, name, number }: SaidReview,
  text: string,
) => ({
  personId: authorId,
  name: name === '' ? 'Somebody' : name,
  text,
  mark: { kind: 'review', id } as const,
  address: `${home}/plan/proposals/${number}#review-${id}`,
});

interface Line {
  readonly id: string;
  readonly said: SaidComment;
  readonly line: NonNullable<SaidComment['line']>;
}

async function linesOf({ services, summitId }: Sending, review: SaidReview): Promise<Line[]> {
  const found: Line[] = [];
  for (const id of review.comments) {
    const said = await saidComment(services.db, summitId, id);
    if (said?.line !== undefined) found.push({ id, said, line: said.line });
  }
  return found;
}

/** Notes the review and its comments: which is which is known by their marks. */
async function keep(
  sending: Sending,
  id: string,
  review: SaidReview,
  remoteNumber: number,
  there: RemoteReview,
): Promise<SendOutcome> {
  const { services, summitId, github, repo } = sending;
  if (review.comments.length > 0) {
    const answer = await github.ask({
      path: `${repo}/pulls/${remoteNumber}/comments`,
      query: { sort: 'created', direction: 'desc', per_page: 100 },
    });
    if (!answer.ok) return outcomeOf(answer.error);
    const lines = z.array(lineSchema).safeParse(answer.value.data);
    for (const line of lines.success ? lines.data : []) {
      const own = ownMarkIn(line.body);
      if (own?.kind !== 'comment' || !review.comments.includes(own.id)) continue;
      const { authorId } = review;
      const marked = { summitId, mark: own, authorId, ourselves: github.ownAccount };
      if (!(await isMarkedByUs(services.db, line.user, marked))) continue;
      await keepMade(services.db, summitId, {
        kind: 'line-comment',
        remoteId: line.id,
        remoteNumber,
        commentId: own.id,
        url: line.url,
        remoteAt: line.updatedAt,
      });
    }
  }
  await keepMade(services.db, summitId, {
    kind: 'review',
    remoteId: there.id,
    remoteNumber,
    reviewId: id,
    url: there.url,
    remoteAt: there.at,
  });
  return SENT;
}

async function dismiss(
  { github, repo, services, summitId }: Sending,
  id: string,
  review: SaidReview,
  remoteNumber: number,
): Promise<SendOutcome> {
  const link = await reviewTwin(services.db, summitId, id);
  if (link === undefined || review.verdict === 'comment') return SENT;
  const answer = await github.ask({
    method: 'PUT',
    path: `${repo}/pulls/${remoteNumber}/reviews/${link.remoteId}/dismissals`,
    body: { message: review.dismissed === '' ? 'Dismissed in Cairn.' : review.dismissed },
  });
  // What went out as a comment cannot be dismissed there, and need not be.
  return answer.ok || answer.error.kind === 'refused' ? SENT : outcomeOf(answer.error);
}
