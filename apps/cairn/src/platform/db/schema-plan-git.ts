import type { Instant } from '@cairn/kernel/time';
import type { Generated } from 'kysely';

/** Pushes at work, and how repositories are. */
export interface PlanGitTables {
  planPush: {
    id: Generated<string>;
    summitId: string;
    branch: string;
    head: string | null;
    personId: string;
    at: Instant;
  };
  planUpkeep: {
    summitId: string;
    bytes: number;
    lookedAt: Instant;
    checkedAt: Instant | null;
    damage: string | null;
    repackedAt: Instant | null;
  };
}
