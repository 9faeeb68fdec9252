import type { Instant } from '@cairn/kernel/time';
import type { Generated } from 'kysely';

/** Objections to decisions, and the frozen versions of the work plan. */
export interface DecisionTables {
  planObjection: {
    id: Generated<string>;
    summitId: string;
    number: number;
    personId: string;
    reason: string;
    at: Instant;
    answer: Generated<string>;
    answeredBy: string | null;
    answeredAt: Instant | null;
    upheldAt: Instant | null;
    withdrawnAt: Instant | null;
  };
  planFreeze: {
    summitId: string;
    version: number;
    name: string;
    commit: string;
    tagObject: string;
    frozenAt: Instant;
    frozenBy: string | null;
  };
  planLoad: { summitId: string; mostTopics: number; mostLed: number };
}
