import { z } from 'zod';
import type { LinkKind } from './link-commands.ts';
import {
  commentSchema,
  issueSchema,
  lineSchema,
  pullSchema,
  type RemoteComment,
  type RemoteLine,
  type RemoteReview,
  type RemoteThread,
  repositorySchema,
  reviewSchema,
} from './remote-schema.ts';

/** One thing that GitHub said: how something is now, or that it is gone. */
export type RemoteFact =
  | { readonly is: 'thread'; readonly thread: RemoteThread }
  | { readonly is: 'comment'; readonly comment: RemoteComment; readonly isGone: boolean }
  | { readonly is: 'line'; readonly line: RemoteLine; readonly isGone: boolean }
  | { readonly is: 'review'; readonly number: number; readonly review: RemoteReview }
  /** A review was reworded; nothing says when, so how it is now is asked. */
  | { readonly is: 'reworded'; readonly number: number }
  | { readonly is: 'settled'; readonly comments: readonly number[]; readonly isSettled: boolean }
  | { readonly is: 'gone'; readonly thread: RemoteThread }
  | { readonly is: 'labels' }
  | { readonly is: 'pushed' }
  | { readonly is: 'repository'; readonly owner: string; readonly name: string };

/** What of a delivery can be used: facts, or why it is only kept. */
export type ReadDelivery =
  | { readonly facts: readonly RemoteFact[] }
  | { readonly kept: 'unknown-event' | 'nothing-of-it' | 'not-as-described' };

type Read = (payload: unknown, action: string) => readonly RemoteFact[] | undefined;

const aboutIssue = z.object({ issue: issueSchema });
const aboutPull = z.object({ pull_request: pullSchema });
const aboutComment = z.object({ issue: issueSchema, comment: commentSchema });
const aboutLine = z.object({ pull_request: z.unknown(), comment: lineSchema });
const aboutReview = z.object({
  pull_request: z.object({ number: z.int() }).loose(),
  review: reviewSchema,
});
const aboutLines = z.object({ thread: z.object({ comments: z.array(lineSchema) }) });
const aboutRepository = z.object({ repository: repositorySchema });

/** The pull request that comes along; events about it tell it with fewer fields, but always these. */
const pullOf = (payload: unknown): RemoteFact[] => {
  const read = aboutPull.safeParse(payload);
  return read.success ? [{ is: 'thread', thread: read.data.pull_request }] : [];
};

/** How each kind of event is read. What is not here is kept and counted. */
const EVENTS: Readonly<Record<string, Read>> = {
  issues: (payload, action) => {
    const { issue: thread } = aboutIssue.parse(payload);
    const isGone = action === 'deleted' || action === 'transferred';
    return [isGone ? { is: 'gone', thread } : { is: 'thread', thread }];
  },
  issue_comment: (payload, action) => {
    const { issue, comment } = aboutComment.parse(payload);
    return [
      { is: 'thread', thread: issue },
      { is: 'comment', comment, isGone: action === 'deleted' },
    ];
  },
  pull_request: (payload) => [{ is: 'thread', thread: aboutPull.parse(payload).pull_request }],
  pull_request_review: (payload, action) => {
    const { review, pull_request } = aboutReview.parse(payload);
    const { number } = pull_request;
    return [
      ...pullOf(payload),
      { is: 'review', number, review },
      ...(action === 'edited' ? ([{ is: 'reworded', number }] as const) : []),
    ];
  },
  pull_request_review_comment: (payload, action) => {
    const { comment: line } = aboutLine.parse(payload);
    return [...pullOf(payload), { is: 'line', line, isGone: action === 'deleted' }];
  },
  pull_request_review_thread: (payload, action) => {
    const lines = aboutLines.parse(payload).thread.comments;
    return [
      ...pullOf(payload),
      ...lines.map((line) => ({ is: 'line', line, isGone: false }) as const),
      { is: 'settled', comments: lines.map(({ id }) => id), isSettled: action === 'resolved' },
    ];
  },
  // Labels have no moment of their own, so how they are called now is asked.
  label: () => [{ is: 'labels' }],
  repository: (payload, action) => {
    if (action !== 'renamed' && action !== 'transferred') return undefined;
    const { owner, name } = aboutRepository.parse(payload).repository;
    return [{ is: 'repository', owner, name }];
  },
  // Main may have moved there, or a branch of a pull request; Git is asked which.
  push: () => [{ is: 'pushed' }],
  ping: () => [],
};

/** Takes a delivery apart. Never throws: what is not as GitHub describes it is kept. */
export function readDelivery(event: string, action: string, payload: unknown): ReadDelivery {
  const read = EVENTS[event];
  if (read === undefined) return { kept: 'unknown-event' };
  try {
    const facts = read(payload, action);
    return facts === undefined ? { kept: 'nothing-of-it' } : { facts };
  } catch (error) {
    if (error instanceof z.ZodError) return { kept: 'not-as-described' };
    throw error;
  }
}

/** What is there already of things that GitHub said is looked up by these, before they are applied. */
export const linksAbout = (facts: readonly RemoteFact[]): (readonly [LinkKind, number])[] =>
  facts.flatMap((fact): (readonly [LinkKind, number])[] => {
    switch (fact.is) {
      case 'thread':
      case 'gone':
        return [['thread', fact.thread.number]];
      case 'comment':
        return [
          ['thread', fact.comment.number],
          ['comment', fact.comment.id],
        ];
      case 'line':
        return [
          ['thread', fact.line.number],
          ['line-comment', fact.line.id],
        ];
      case 'review':
        return [
          ['thread', fact.number],
          ['review', fact.review.id],
        ];
      default:
        return [];
    }
  });
