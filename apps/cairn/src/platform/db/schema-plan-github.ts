import type { Instant } from '@cairn/kernel/time';
import type { ColumnType, Generated } from 'kysely';

/** The repository on GitHub: what is the same here and there, what came, and how far it was read. */
export interface PlanGithubTables {
  githubSettings: {
    summitId: string;
    owner: string;
    name: string;
    repositoryId: number | null;
    defaultBranch: string | null;
    topicLabel: Generated<string>;
    connectedAt: Instant;
    connectedBy: string | null;
    trouble: string | null;
    reachedAt: Instant | null;
    lastDeliveryAt: Instant | null;
    rateLimit: number | null;
    rateLeft: number | null;
    rateResetsAt: Instant | null;
    limitedUntil: Instant | null;
    sends: Generated<boolean>;
    mainSent: Generated<string | null>;
  };
  githubAccountLogin: { login: string; accountId: number; firstSeenAt: Instant };
  githubLink: {
    summitId: string;
    kind: 'thread' | 'comment' | 'review' | 'line-comment' | 'reaction';
    remoteId: number;
    remoteNumber: number | null;
    number: number | null;
    commentId: string | null;
    reviewId: string | null;
    reactionId: number | null;
    origin: 'github' | 'cairn';
    url: Generated<string>;
    remoteAt: Instant | null;
    digest: Generated<string>;
    base: string | null;
    goneAt: Instant | null;
    linkedAt: Generated<Instant>;
  };
  githubHead: {
    summitId: string;
    number: number;
    commit: string;
    base: Generated<string>;
    firstAt: Instant;
  };
  githubDelivery: {
    id: string;
    arrived: Generated<number>;
    event: string;
    action: Generated<string>;
    repositoryId: number | null;
    summitId: string | null;
    payload: ColumnType<unknown, string | null, string | null>;
    state: Generated<'waiting' | 'early' | 'applied' | 'kept' | 'failed'>;
    awaits: number | null;
    why: Generated<string>;
    tries: Generated<number>;
    receivedAt: Instant;
    settledAt: Instant | null;
  };
  githubReading: {
    summitId: string;
    stream: 'issues' | 'comments' | 'line-comments';
    since: Instant | null;
    passBeganAt: Instant | null;
    page: Generated<number>;
    seen: Generated<number>;
    expected: number | null;
    etag: string | null;
    readAt: Instant | null;
  };
  githubFormer: { summitId: string; repositoryId: number };
  githubDue: {
    summitId: string;
    what:
      | 'labels'
      | 'thread'
      | 'comment'
      | 'comments'
      | 'pull'
      | 'thread-reactions'
      | 'comment-reactions'
      | 'line-reactions';
    remoteId: number;
    askedAt: Instant;
    tries: Generated<number>;
  };
}
