import type { Reader } from '../../../platform/db/database.ts';
import { readPlanDocument } from '../documents/document-rules.ts';

/** Who wrote something, and whether there is something to send. */
interface Written {
  readonly authorId: string | null;
  readonly authorAccount: number | null;
  /** Empty for somebody who has left, or whom nobody knows. */
  readonly name: string;
}

/** A thread as it is to stand on GitHub. */
export interface SaidThread extends Written {
  readonly kind: 'topic' | 'issue' | 'proposal' | 'decision';
  readonly title: string;
  /** Of a topic or decision what its document says below its front matter. */
  readonly body: string;
  readonly state: 'open' | 'closed';
  readonly labels: readonly string[];
  readonly isLocked: boolean;
  /** Why a closed one was closed, in GitHub’s words. */
  readonly reason: 'completed' | 'not_planned';
  readonly proposal:
    | {
        readonly branch: string;
        readonly head: string;
        readonly state: 'open' | 'merged' | 'closed';
      }
    | undefined;
}

/** A thread as it is now. */
export async function saidThread(
  db: Reader,
  summitId: string,
  number: number,
): Promise<SaidThread | undefined> {
  const row = await db
    .selectFrom('planThread as t')
    .leftJoin('person as p', 'p.id', 't.authorId')
    .leftJoin('planTopic as topic', (join) =>
      join.onRef('topic.summitId', '=', 't.summitId').onRef('topic.number', '=', 't.number'),
    )
    .leftJoin('planDecision as decision', (join) =>
      join.onRef('decision.summitId', '=', 't.summitId').onRef('decision.number', '=', 't.number'),
    )
    .leftJoin('planProposal as proposal', (join) =>
      join.onRef('proposal.summitId', '=', 't.summitId').onRef('proposal.number', '=', 't.number'),
    )
    .select([
      't.kind',
      't.title',
      't.body',
      't.state',
      't.lockedAt',
      't.authorId',
      't.authorAccount',
      'p.name',
      'topic.path as topicPath',
      'topic.state as topicState',
      'decision.path as decisionPath',
      'proposal.branch',
      'proposal.head',
      'proposal.state as proposalState',
    ])
    .where('t.summitId', '=', summitId)
    .where('t.number', '=', number)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const labels = await db
    .selectFrom('planLabel')
    .select('label')
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .orderBy('label')
    .execute();
  const path = row.topicPath ?? row.decisionPath;
  return {
    kind: row.kind,
    title: row.title,
    body: path === null ? row.body : await bodyOf(db, summitId, path),
    state: row.state,
    labels: labels.map(({ label }) => label),
    isLocked: row.lockedAt !== null,
    reason: row.topicState === 'dropped' ? 'not_planned' : 'completed',
    authorId: row.authorId,
    authorAccount: row.authorAccount,
    name: row.name ?? '',
    proposal:
      row.branch === null || row.head === null || row.proposalState === null
        ? undefined
        : { branch: row.branch, head: row.head, state: row.proposalState },
  };
}

async function bodyOf(db: Reader, summitId: string, path: string): Promise<string> {
  const row = await db
    .selectFrom('planDocument')
    .select('source')
    .where('summitId', '=', summitId)
    .where('path', '=', path)
    .executeTakeFirst();
  return row === undefined ? '' : (readPlanDocument(path, row.source)?.body.trim() ?? '');
}

/** A comment as it is to stand there, with its place if it is on a line. */
export interface SaidComment extends Written {
  readonly number: number;
  readonly body: string;
  readonly isWithdrawn: boolean;
  readonly line:
    | {
        readonly reviewId: string | null;
        readonly path: string;
        readonly side: 'old' | 'new';
        readonly line: number;
        readonly head: string;
        readonly replyTo: string | null;
      }
    | undefined;
}

/** A comment as it is now. */
export async function saidComment(
  db: Reader,
  summitId: string,
  id: string,
): Promise<SaidComment | undefined> {
  const row = await db
    .selectFrom('planComment as c')
    .leftJoin('person as p', 'p.id', 'c.authorId')
    .leftJoin('planLineComment as l', 'l.commentId', 'c.id')
    .leftJoin('planVersion as v', (join) =>
      join
        .onRef('v.summitId', '=', 'c.summitId')
        .onRef('v.number', '=', 'c.number')
        .onRef('v.version', '=', 'l.version'),
    )
    .select([
      'c.number',
      'c.body',
      'c.withdrawnAt',
      'c.authorId',
      'c.authorAccount',
      'p.name',
      'l.reviewId',
      'l.path',
      'l.side',
      'l.line',
      'l.replyTo',
      'v.head',
    ])
    .where('c.summitId', '=', summitId)
    .where('c.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    number: row.number,
    body: row.body,
    isWithdrawn: row.withdrawnAt !== null,
    authorId: row.authorId,
    authorAccount: row.authorAccount,
    name: row.name ?? '',
    line:
      row.path === null || row.side === null || row.line === null || row.head === null
        ? undefined
        : {
            reviewId: row.reviewId,
            path: row.path,
            side: row.side,
            line: row.line,
            head: row.head,
            replyTo: row.replyTo,
          },
  };
}

/** A review as it is to stand there. */
export interface SaidReview extends Written {
  readonly number: number;
  readonly verdict: 'approve' | 'request_changes' | 'comment';
  readonly body: string;
  readonly head: string;
  readonly dismissed: string | undefined;
  /** Its comments on lines that are no answers to others. */
  readonly comments: readonly string[];
}

/** A review as it is now. */
export async function saidReview(
  db: Reader,
  summitId: string,
  id: string,
): Promise<SaidReview | undefined> {
  const row = await db
    .selectFrom('planReview as r')
    .innerJoin('planVersion as v', (join) =>
      join
        .onRef('v.summitId', '=', 'r.summitId')
        .onRef('v.number', '=', 'r.number')
        .onRef('v.version', '=', 'r.version'),
    )
    .leftJoin('person as p', 'p.id', 'r.authorId')
    .select([
      'r.number',
      'r.verdict',
      'r.body',
      'r.authorId',
      'r.authorAccount',
      'r.dismissedAt',
      'r.dismissedWhy',
      'p.name',
      'v.head',
    ])
    .where('r.summitId', '=', summitId)
    .where('r.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const lines = await db
    .selectFrom('planLineComment')
    .innerJoin('planComment', 'planComment.id', 'planLineComment.commentId')
    .select('planLineComment.commentId')
    .where('reviewId', '=', id)
    .where('replyTo', 'is', null)
    .where('planComment.withdrawnAt', 'is', null)
    .orderBy('planComment.createdAt')
    .execute();
  return {
    number: row.number,
    verdict: row.verdict,
    body: row.body,
    head: row.head,
    dismissed: row.dismissedAt === null ? undefined : row.dismissedWhy,
    authorId: row.authorId,
    authorAccount: row.authorAccount,
    name: row.name ?? '',
    comments: lines.map(({ commentId }) => commentId),
  };
}
