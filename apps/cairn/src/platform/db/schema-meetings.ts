import type { Instant } from '@cairn/kernel/time';
import type { Generated } from 'kysely';

/** The tables of planning meetings. */
export interface MeetingTables {
  trackLead: { summitId: string; meeting: string; track: string; personId: string };
  meetingSettings: {
    summitId: string;
    checkInBefore: number;
    checkInAfter: number;
    leastShare: number;
    warnDays: number;
    remindHours: number;
  };
  absenceRequest: {
    id: Generated<string>;
    summitId: string;
    personId: string;
    meeting: string;
    reason: string;
    at: Instant;
    decidedAt: Instant | null;
    decidedBy: string | null;
    decision: 'granted' | 'declined' | 'withdrawn' | null;
  };
  recordingWatched: {
    summitId: string;
    personId: string;
    meeting: string;
    sentence: string;
    at: Instant;
  };
  attendanceRow: {
    id: Generated<string>;
    summitId: string;
    meeting: string;
    who: string;
    name: string;
    email: string;
    github: string;
    minutes: number | null;
    reason: 'unknown' | 'doubtful' | 'too_short';
    addedAt: Instant;
    addedBy: string | null;
    settledAt: Instant | null;
    settledHow: 'matched' | 'dropped' | null;
    personId: string | null;
  };
}
