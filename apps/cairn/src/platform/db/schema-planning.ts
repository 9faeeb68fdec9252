import type { Instant } from '@cairn/kernel/time';
import type { ColumnType, Generated } from 'kysely';
import type { Door } from './command.ts';

type Json = ColumnType<unknown, string, string>;

/** Whoever wrote something: a person here, an account on GitHub that may be nobody’s here, or Cairn. */
interface AuthorColumns {
  authorId: string | null;
  authorAccount: number | null;
  door: Door;
}

/** The planning repository and what is said about it. */
export interface PlanningTables {
  planRepository: {
    summitId: string;
    head: string;
    readers: Generated<'everyone' | 'participants'>;
    lastNumber: Generated<number>;
    foundedAt: Instant;
    movedAt: Instant;
  };
  planHandle: { handle: string; personId: string; createdAt: Instant };
  planDocument: {
    summitId: string;
    path: string;
    kind: string;
    title: string;
    source: string;
    front: ColumnType<unknown, string | null, string | null>;
    blob: string;
    problems: Json;
    changedAt: Instant;
  };
  githubAccount: {
    id: number;
    login: string;
    personId: string | null;
    seenAt: Instant;
    kind: Generated<'user' | 'bot' | 'ghost'>;
  };
  planThread: AuthorColumns & {
    summitId: string;
    number: number;
    kind: 'topic' | 'issue' | 'proposal' | 'decision';
    title: string;
    body: Generated<string>;
    state: Generated<'open' | 'closed'>;
    createdAt: Instant;
    editedAt: Instant | null;
    updatedAt: Instant;
    closedAt: Instant | null;
    closedBy: string | null;
    lockedAt: Instant | null;
    lockedBy: string | null;
  };
  planComment: AuthorColumns & {
    id: Generated<string>;
    summitId: string;
    number: number;
    body: string;
    movedFrom: number | null;
    createdAt: Instant;
    editedAt: Instant | null;
    withdrawnAt: Instant | null;
    withdrawnBy: string | null;
    turn: Generated<number>;
  };
  planLabel: { summitId: string; number: number; label: string };
  planTopic: {
    summitId: string;
    number: number;
    path: string;
    state: Generated<'idea' | 'proposed' | 'planned' | 'active' | 'done' | 'dropped'>;
    duplicateOf: number | null;
    /** What its document says, as topics/topic-rules.ts reads it. */
    facts: ColumnType<unknown, string | undefined, string>;
    problem: Generated<string>;
    /** What tasks of its first tasks know it by. */
    taskOrigin: Generated<string>;
  };
  planInterest: {
    summitId: string;
    number: number;
    personId: string;
    level: 'lead' | 'work' | 'learn' | 'none';
    why: Generated<string>;
    changedAt: Instant;
  };
  planDecision: {
    summitId: string;
    number: number;
    path: string;
    state: Generated<'provisional' | 'ratified' | 'reopened'>;
    madeAt: Instant;
    closesAt: Instant;
    settledAt: Instant | null;
    openedAt: Instant | null;
    substance: Generated<string>;
    toldAt: Instant | null;
    remindedAt: Instant | null;
  };
  planProposal: {
    summitId: string;
    number: number;
    branch: string;
    head: string;
    version: Generated<number>;
    state: Generated<'open' | 'merged' | 'closed'>;
    mergedAt: Instant | null;
    mergedBy: string | null;
    mergeCommit: string | null;
    mergeAskedBy: string | null;
    mergedDespite: Generated<string>;
  };
  planVersion: {
    summitId: string;
    number: number;
    version: number;
    head: string;
    base: string;
    byPerson: string | null;
    byAccount: number | null;
    door: Door;
    at: Instant;
    changeId: Generated<string>;
  };
  planReview: AuthorColumns & {
    id: Generated<string>;
    summitId: string;
    number: number;
    version: number;
    verdict: 'approve' | 'request_changes' | 'comment';
    body: Generated<string>;
    at: Instant;
    dismissedAt: Instant | null;
    dismissedBy: string | null;
    dismissedWhy: Generated<string>;
  };
  planLineComment: {
    commentId: string;
    reviewId: string | null;
    version: number;
    path: string;
    side: 'old' | 'new';
    firstLine: ColumnType<number | null, number | null | undefined>;
    line: number;
    blob: string;
    replyTo: string | null;
    resolvedAt: Instant | null;
    resolvedBy: string | null;
    appliedIn: ColumnType<number | null, number | null | undefined>;
  };
  planReviewRequest: {
    summitId: string;
    number: number;
    personId: string;
    askedBy: string | null;
    askedAt: Instant;
    answeredAt: Instant | null;
  };
}
