import type { Instant } from '@cairn/kernel/time';
import type { Generated } from 'kysely';

/** What people can in an ordinary week, and when they are busy all the same. */
export interface AvailabilityTables {
  weeklyAvailability: {
    personId: string;
    zone: string;
    /** One of 0, 1, 2 for each hour from Monday 00:00. */
    cells: string;
    updatedAt: Instant;
  };
  busySource: {
    id: Generated<string>;
    personId: string;
    name: string;
    coversFrom: Instant;
    coversUntil: Instant;
    /** Pairs of minutes since 1970, begin and end, sorted and merged. */
    busy: number[];
    events: number;
    skipped: number;
    readAt: Instant;
  };
}
