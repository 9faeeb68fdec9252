import { commentSchema, lineSchema } from '../github/remote-schema.ts';
import { foundComment } from './made-queries.ts';
import { type SaidComment, saidComment } from './said-queries.ts';
import { sendAs } from './send-as.ts';
import { notYet, outcomeOf, SENT, type Sending, type SendOutcome } from './sending.ts';
import { keepMade } from './twin-commands.ts';
import { commentTwin, type RemoteTwin, reviewTwin, threadTwin } from './twin-queries.ts';

/** Tells GitHub a comment as it is now: it is made, changed, or taken away with its words. */
export async function sendComment(
  sending: Sending,
  id: string,
  mayBeMade: boolean,
): Promise<SendOutcome> {
  const { services, summitId } = sending;
  const comment = await saidComment(services.db, summitId, id);
  if (comment === undefined) return SENT;
  const link = await commentTwin(services.db, summitId, id);
  if (link !== undefined) return change(sending, id, comment, link);
  if (comment.isWithdrawn) return SENT;
  const thread = await threadTwin(services.db, summitId, comment.number);
  const on = thread?.remoteNumber ?? thread?.remoteId;
  if (on === undefined) return notYet('what it is said about is not there yet');
  if (comment.line?.reviewId != null && comment.line.replyTo === null) {
    // It goes out with its review.
    const review = await reviewTwin(services.db, summitId, comment.line.reviewId);
    return review === undefined ? notYet('its review is not there yet') : SENT;
  }
  return make(sending, id, comment, on, mayBeMade);
}

const saidBy = ({ home }: Sending, id: string, { authorId, name, body, number }: SaidComment) => ({
  personId: authorId,
  name: name === '' ? 'Somebody' : name,
  text: body,
  mark: { kind: 'comment', id } as const,
  address: `${home}/plan/${number}#comment-${id}`,
});

async function make(
  sending: Sending,
  id: string,
  comment: SaidComment,
  remoteNumber: number,
  mayBeMade: boolean,
): Promise<SendOutcome> {
  const { repo, services, summitId } = sending;
  const { line } = comment;
  if (mayBeMade) {
    const found = await foundComment(
      sending,
      remoteNumber,
      { id, authorId: comment.authorId },
      line !== undefined,
    );
    if (!found.ok) return outcomeOf(found.error);
    if (found.value !== undefined) return keep(sending, id, comment, remoteNumber, found.value);
  }
  const first =
    line?.replyTo == null ? undefined : await commentTwin(services.db, summitId, line.replyTo);
  if (line?.replyTo != null && first === undefined)
    return notYet('what it answers is not there yet');
  const answer = await sendAs(sending, saidBy(sending, id, comment), (body) => {
    if (line === undefined) {
      return { method: 'POST', path: `${repo}/issues/${remoteNumber}/comments`, body: { body } };
    }
    const pull = `${repo}/pulls/${remoteNumber}/comments`;
    if (first !== undefined) {
      return { method: 'POST', path: `${pull}/${first.remoteId}/replies`, body: { body } };
    }
    return { method: 'POST', path: pull, body: { body, commit_id: line.head, ...placeOf(line) } };
  });
  if (!answer.ok) return outcomeOf(answer.error);
  const read = (line === undefined ? commentSchema : lineSchema).safeParse(answer.value.data);
  if (!read.success) return notYet('GitHub gave an answer that is not as described');
  return keep(sending, id, comment, remoteNumber, read.data);
}

/** A place in a file as GitHub says it. */
export const placeOf = ({ path, side, line }: NonNullable<SaidComment['line']>) => ({
  path,
  line,
  side: side === 'old' ? 'LEFT' : 'RIGHT',
});

async function keep(
  { services, summitId }: Sending,
  id: string,
  { line }: SaidComment,
  remoteNumber: number,
  there: { readonly id: number; readonly url: string; readonly updatedAt: string },
): Promise<SendOutcome> {
  await keepMade(services.db, summitId, {
    kind: line === undefined ? 'comment' : 'line-comment',
    remoteId: there.id,
    remoteNumber,
    commentId: id,
    url: there.url,
    remoteAt: there.updatedAt,
  });
  return SENT;
}

async function change(
  sending: Sending,
  id: string,
  comment: SaidComment,
  { remoteId, goneAt }: RemoteTwin,
): Promise<SendOutcome> {
  const { repo, github, services, summitId } = sending;
  if (goneAt !== null) return SENT;
  const path = `${repo}/${comment.line === undefined ? 'issues' : 'pulls'}/comments/${remoteId}`;
  if (comment.isWithdrawn) {
    const gone = await github.ask({ method: 'DELETE', path });
    if (!gone.ok && gone.error.kind !== 'missing') return outcomeOf(gone.error);
    await services.db
      .updateTable('githubLink')
      .set({ goneAt: services.clock.now() })
      .where('summitId', '=', summitId)
      .where('commentId', '=', id)
      .execute();
    return SENT;
  }
  const answer = await sendAs(sending, saidBy(sending, id, comment), (body) => ({
    method: 'PATCH',
    path,
    body: { body },
  }));
  if (!answer.ok) return outcomeOf(answer.error);
  const read = (comment.line === undefined ? commentSchema : lineSchema).safeParse(
    answer.value.data,
  );
  return read.success ? keep(sending, id, comment, read.data.number, read.data) : SENT;
}
