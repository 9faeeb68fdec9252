import { fail, ok, type Result } from '@cairn/kernel/result';
import { z } from 'zod';
import type { GithubRefusal } from '../../../platform/github/answer.ts';
import {
  commentSchema,
  issueSchema,
  lineSchema,
  type RemoteComment,
  type RemoteReview,
  type RemoteThread,
  type RemoteUser,
  reviewSchema,
} from '../github/remote-schema.ts';
import { isMarkedByUs } from './mark-queries.ts';
import type { Sending } from './sending.ts';
import { type OwnMark, ownMarkIn } from './text-rules.ts';

/*
 * A process may die after GitHub made something and before it was noted here. So before something is made
 * that was begun once, it is looked for by its mark; the newest hundred are enough, because a thing that was
 * begun is tried again before others are.
 */

type Found<T> = Result<T | undefined, GithubRefusal>;

async function look<T extends { readonly body: string; readonly user: RemoteUser }>(
  { github, services, summitId }: Sending,
  path: string,
  schema: z.ZodType<T>,
  mark: OwnMark,
  authorId: string | null,
): Promise<Found<T>> {
  const newest = { sort: 'created', direction: 'desc', per_page: 100 };
  const answer = await github.ask({ path, query: newest });
  if (!answer.ok) return answer;
  const read = z.array(schema).safeParse(answer.value.data);
  if (!read.success) {
    return fail({ kind: 'unreachable', said: 'a list that is not as described', mayBeDone: false });
  }
  const isIt = (each: T): boolean => {
    const own = ownMarkIn(each.body);
    return own?.kind === mark.kind && own.id === mark.id;
  };
  const marked = { summitId, mark, authorId, ourselves: github.ownAccount };
  for (const each of read.data) {
    if (isIt(each) && (await isMarkedByUs(services.db, each.user, marked))) return ok(each);
  }
  return ok(undefined);
}

/** A thing of ours, and who wrote it here. */
interface Own {
  readonly id: string;
  readonly authorId: string | null;
}

/** The issue or pull request that was made of a thread. */
export const foundThread = (
  sending: Sending,
  { id, authorId }: Own,
): Promise<Found<RemoteThread>> =>
  look(sending, `${sending.repo}/issues?state=all`, issueSchema, { kind: 'thread', id }, authorId);

/** The comment that was made of one of ours, below an issue or on a line. */
export const foundComment = (
  sending: Sending,
  remoteNumber: number,
  { id, authorId }: Own,
  isOnLine: boolean,
): Promise<Found<RemoteComment>> =>
  look<RemoteComment>(
    sending,
    isOnLine ? `${sending.repo}/pulls/${remoteNumber}/comments` : `${sending.repo}/issues/comments`,
    isOnLine ? lineSchema : commentSchema,
    { kind: 'comment', id },
    authorId,
  );

/** The review that was made of one of ours. */
export const foundReview = (
  sending: Sending,
  remoteNumber: number,
  { id, authorId }: Own,
): Promise<Found<RemoteReview>> =>
  look(
    sending,
    `${sending.repo}/pulls/${remoteNumber}/reviews`,
    reviewSchema,
    { kind: 'review', id },
    authorId,
  );
