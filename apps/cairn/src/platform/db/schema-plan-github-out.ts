import type { Instant } from '@cairn/kernel/time';
import type { Generated } from 'kysely';

/** What is to be told to GitHub, and as whom it may be. */
export interface PlanGithubOutTables {
  githubOut: {
    summitId: string;
    what: 'main' | 'heads' | 'thread' | 'comment' | 'review' | 'reactions' | 'requests';
    localId: string;
    rank: number;
    askedAt: Instant;
    tries: Generated<number>;
    beganAt: Instant | null;
    notBefore: Instant | null;
    trouble: Generated<string>;
  };
  githubReactionSent: { summitId: string; remoteId: number; target: string };
  githubGrant: {
    personId: string;
    accountId: number;
    access: Uint8Array;
    refresh: Uint8Array | null;
    expiresAt: Instant | null;
    grantedAt: Instant;
    refusedAt: Instant | null;
  };
}
