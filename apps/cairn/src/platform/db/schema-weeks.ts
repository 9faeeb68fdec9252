import type { Instant } from '@cairn/kernel/time';
import type { Generated } from 'kysely';

/** The tables of the week poll. Days are ISO text, as everywhere in rows. */
export interface WeekTables {
  weekPoll: {
    summitId: string;
    state: Generated<'draft' | 'open' | 'closed' | 'chosen' | 'abandoned'>;
    rangeFrom: string;
    rangeUntil: string;
    days: number;
    weekday: number;
    arrivalDays: number;
    departureDays: number;
    leadMonths: number;
    intro: Generated<string>;
    closesOn: string | null;
    remindDays: Generated<number[]>;
    hideUntilClosed: Generated<boolean>;
    currency: string | null;
    chosenStart: string | null;
    createdAt: Instant;
    openedAt: Instant | null;
    closedAt: Instant | null;
    chosenAt: Instant | null;
  };
  weekCountry: { summitId: string; country: string; effect: 'excludes' | 'mentions' };
  weekBlackout: {
    id: Generated<string>;
    summitId: string;
    kind: 'holiday' | 'conference' | 'graduation' | 'venue' | 'busy' | 'other';
    effect: 'excludes' | 'mentions';
    fromDay: string;
    untilDay: string;
    title: string;
    source: 'typed' | 'holidays' | 'ics';
    country: string | null;
  };
  weekWindow: {
    summitId: string;
    start: string;
    offeredAnyway: Generated<boolean>;
    removed: Generated<boolean>;
    extraCost: number | null;
    note: Generated<string>;
  };
  weekGuest: {
    summitId: string;
    personId: string;
    isNeeded: Generated<boolean>;
    weight: Generated<number>;
    remark: Generated<string>;
    addedAt: Instant;
    askedAt: Instant | null;
    openedAt: Instant | null;
    answeredAt: Instant | null;
    remindedAt: Instant | null;
    disownedAt: Instant | null;
    withdrawnAt: Instant | null;
  };
  weekAnswer: {
    summitId: string;
    start: string;
    personId: string;
    /** Null for a week of which somebody only wrote a note. */
    answer: 'yes' | 'if_need_be' | 'no' | null;
    note: Generated<string>;
    answeredAt: Instant;
  };
  weekLink: {
    id: Generated<string>;
    summitId: string;
    personId: string;
    tokenHash: Uint8Array;
    madeAt: Instant;
    revokedAt: Instant | null;
  };
  weekConcern: {
    summitId: string;
    start: string;
    personId: string;
    why: 'no' | 'unanswered';
    askedAt: Instant;
    reply: 'come' | 'part' | 'decline' | 'talk' | null;
    note: Generated<string>;
    repliedAt: Instant | null;
  };
}
