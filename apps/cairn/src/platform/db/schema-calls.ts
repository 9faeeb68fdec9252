import type { Instant } from '@cairn/kernel/time';
import type { ColumnType, Generated } from 'kysely';

/** Calendars of recurring calls, what feeds told of each call, its links, and who follows which. */
export interface CallTables {
  callCalendar: {
    id: Generated<string>;
    summitId: string;
    key: string;
    name: string;
    source: string;
    revision: number;
    importedFrom: string | null;
    warnDays: Generated<number>;
    warnTimes: Generated<number>;
    createdAt: Instant;
    changedAt: Instant;
    retiredAt: Instant | null;
  };
  recurringCall: {
    id: Generated<string>;
    calendarId: string;
    uid: string;
    position: number;
    content: ColumnType<unknown, string, string>;
    /** Local, ISO 8601. */
    runsOut: string | null;
    sequence: number;
    lastModified: Instant;
    cancelledAt: Instant | null;
    warnedFor: string | null;
  };
  callLink: {
    callId: string;
    url: string;
    state: Generated<'unknown' | 'ok' | 'broken'>;
    since: Instant | null;
    checkedAt: Instant | null;
    detail: string | null;
  };
  callSubscription: { calendarId: string; personId: string; since: Instant };
}
