import type { Instant } from '@cairn/kernel/time';
import type { Generated } from 'kysely';

/** How often somebody is told by mail. */
type Cadence = 'at_once' | 'daily' | 'weekly' | 'never';

/** What people did in plans, what they hear of it, and what is searched. */
export interface PlanLedgerTables {
  planLedgerSetting: {
    summitId: string;
    commentWords: number;
    asks: boolean;
    askEveryDays: number;
  };
  planReviewAsk: { summitId: string; number: number; personId: string; askedAt: Instant };
  planDigest: {
    summitId: string;
    personId: string;
    takingPart: Cadence;
    mentions: Cadence;
    everything: Cadence;
    hour: number;
    weekday: number;
    asks: boolean;
    stopKey: Generated<string>;
  };
  planDigestItem: {
    personId: string;
    eventId: number;
    summitId: string;
    number: number;
    why: 'taking_part' | 'mentions' | 'everything';
  };
  planWatch: {
    summitId: string;
    number: number;
    personId: string;
    watches: boolean;
    changedAt: Instant;
  };
  planFeed: {
    id: Generated<string>;
    summitId: string;
    personId: string;
    about: 'everything' | 'mine' | 'thread';
    number: number | null;
    name: string;
    secretHash: Uint8Array;
    createdAt: Instant;
    revokedAt: Instant | null;
  };
  planSearch: {
    summitId: string;
    source: 'document' | 'thread' | 'comment' | 'review';
    ref: string;
    what: string;
    number: number | null;
    title: string;
    body: string;
    authorId: string | null;
    authorAccount: number | null;
    at: Instant;
    plainTitle: string;
    words: string;
  };
}
