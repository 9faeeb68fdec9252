import type { Instant } from '@cairn/kernel/time';
import type { ColumnType, Generated } from 'kysely';

/** The tables of calendar invitations and their answers. */
export interface InviteTables {
  calendarInvite: {
    id: Generated<string>;
    summitId: string;
    key: string;
    personId: string;
    answer: Generated<'NEEDS-ACTION' | 'ACCEPTED' | 'TENTATIVE' | 'DECLINED'>;
    answeredTime: ColumnType<unknown, string | undefined, string | null>;
    answeredSequence: Generated<number | null>;
    answeredStamp: ColumnType<Instant | null, Instant | undefined, Instant | null>;
    answeredAt: ColumnType<Instant | null, Instant | undefined, Instant | null>;
    answeredBy: Generated<'link' | 'mail' | 'page' | 'organiser' | null>;
    comment: Generated<string>;
  };
  calendarTold: {
    inviteId: string;
    sequence: number;
    method: 'REQUEST' | 'CANCEL';
    uid: string;
    entrySequence: number;
    content: ColumnType<unknown, string, string>;
    at: Instant;
    tokenHash: Uint8Array | null;
  };
  calendarDue: { summitId: string; firstAt: Instant; sendAt: Instant };
  calendarReply: {
    id: Generated<string>;
    summitId: string;
    receivedAt: Instant;
    key: string;
    sequence: number;
    attendee: string;
    sender: string | null;
    answer: 'ACCEPTED' | 'TENTATIVE' | 'DECLINED';
    comment: Generated<string>;
    stamp: Instant | null;
    why: 'unknown-attendee' | 'other-sender';
    settledAt: ColumnType<Instant | null, Instant | undefined, Instant | null>;
    settledHow: Generated<'counted' | 'dropped' | null>;
  };
}
