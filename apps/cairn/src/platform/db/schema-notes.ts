import type { Instant } from '@cairn/kernel/time';
import type { Generated } from 'kysely';

/** Agendas and notes of calls. */
export interface NoteTables {
  meetingText: {
    id: Generated<string>;
    summitId: string;
    meeting: string;
    track: string;
    kind: 'agenda' | 'notes';
    body: string;
    revision: number;
    updatedAt: Instant;
  };
  meetingTextRevision: {
    textId: string;
    revision: number;
    body: string;
    byPerson: string | null;
    at: Instant;
    sent: string | null;
    saveKey: string | null;
  };
  meetingTextAsked: {
    summitId: string;
    meeting: string;
    track: string;
    whom: 'lead' | 'organiser';
    at: Instant;
  };
}
