import type { Instant } from '@cairn/kernel/time';
import type { ColumnType, Generated } from 'kysely';

type Json = ColumnType<unknown, string | null, string | null>;

/** The finding of times for planning meetings, and who wants what of their tracks. */
export interface TimesTables {
  trackInterest: {
    summitId: string;
    personId: string;
    track: string;
    level: 'lead' | 'work' | 'learn';
    why: Generated<string>;
    saidAt: Instant;
  };
  timeSearch: {
    id: Generated<string>;
    summitId: string;
    wishes: ColumnType<unknown, string, string>;
    state: Generated<'queued' | 'running' | 'done' | 'failed' | 'cancelled'>;
    progress: Json;
    result: Json;
    createdBy: string | null;
    createdAt: Instant;
    finishedAt: Instant | null;
    applied: Json;
    appliedAt: Instant | null;
  };
}
