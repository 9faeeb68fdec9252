import type { Instant } from '@cairn/kernel/time';
import type { ColumnType, Generated } from 'kysely';

type Json = ColumnType<unknown, string, string>;
type JsonWithDefault = ColumnType<unknown, string | undefined, string>;

/** The tables of the timetable room. Days are ISO text, times of a day `HH:MM` in the summit's zone. */
export interface TimetableTables {
  timetableFrame: {
    summitId: string;
    slotMinutes: Generated<number>;
    sessionMinutes: Generated<number>;
    revision: Generated<number>;
  };
  timetableDay: { summitId: string; date: string; starts: string; ends: string };
  timetableBlock: {
    id: Generated<string>;
    summitId: string;
    date: string;
    starts: string;
    ends: string;
    kind: 'plenary' | 'check_in' | 'closing' | 'meal' | 'break' | 'free';
    title: string;
    meal: 'breakfast' | 'lunch' | 'dinner' | null;
    isProvided: Generated<boolean>;
    roomId: string | null;
    place: Generated<string>;
    text: Generated<string>;
  };
  timetableRoom: {
    id: Generated<string>;
    summitId: string;
    key: string;
    name: string;
    capacity: number | null;
    features: Generated<string[]>;
    directions: Generated<string>;
    link: string | null;
    position: Generated<number>;
    removedAt: Instant | null;
  };
  roomClosure: {
    id: Generated<string>;
    roomId: string;
    date: string;
    starts: string;
    ends: string;
    reason: Generated<string>;
  };
  presence: {
    summitId: string;
    personId: string;
    arrivesOn: string | null;
    arrivesAt: string | null;
    leavesOn: string | null;
    leavesAt: string | null;
    isRemote: Generated<boolean>;
    note: Generated<string>;
    saidBy: string | null;
    saidAt: Instant;
  };
  grouping: {
    id: Generated<string>;
    summitId: string;
    title: string;
    date: string | null;
    state: Generated<'draft' | 'set' | 'dropped'>;
    least: Generated<number>;
    most: Generated<number>;
    fromId: string | null;
    seed: Generated<number>;
    statement: JsonWithDefault;
    different: Generated<number>;
    keepsPlaces: Generated<boolean>;
    revision: Generated<number>;
    createdAt: Instant;
    createdBy: string | null;
    setAt: Instant | null;
  };
  workGroup: {
    id: Generated<string>;
    groupingId: string;
    key: string;
    title: string;
    topicNumber: number | null;
    least: number | null;
    most: number | null;
    isPinned: Generated<boolean>;
    position: Generated<number>;
  };
  groupMember: {
    groupingId: string;
    personId: string;
    groupId: string | null;
    isOut: Generated<boolean>;
    isLead: Generated<boolean>;
    isPinned: Generated<boolean>;
    why: JsonWithDefault;
    cameBy: Generated<'search' | 'hand' | 'self' | 'swap'>;
    isLeadSet: Generated<boolean>;
  };
  groupNeeded: { groupId: string; personId: string };
  groupSwap: {
    id: Generated<string>;
    groupingId: string;
    askedBy: string;
    askedOf: string;
    state: Generated<'open' | 'agreed' | 'declined' | 'withdrawn' | 'void'>;
    askedAt: Instant;
    settledAt: Instant | null;
  };
  timetableSession: {
    id: Generated<string>;
    summitId: string;
    kind: Generated<'work' | 'plenary' | 'open'>;
    title: string;
    text: Generated<string>;
    topicNumber: number | null;
    groupKey: string | null;
    minutes: number;
    size: number | null;
    needs: Generated<string[]>;
    track: Generated<string>;
    isOptional: Generated<boolean>;
    createdAt: Instant;
    createdBy: string | null;
    removedAt: Instant | null;
  };
  sessionPerson: { sessionId: string; personId: string; part: 'lead' | 'needed' };
  sessionRule: {
    id: Generated<string>;
    summitId: string;
    kind:
      | 'before'
      | 'consecutive'
      | 'together'
      | 'apart'
      | 'same-day'
      | 'other-day'
      | 'same-room'
      | 'slot-wish'
      | 'room-wish';
    sessions: string[];
    at: Generated<string[]>;
    wish: 'in' | 'out' | null;
    isHard: Generated<boolean>;
    createdAt: Instant;
  };
  timetableDraft: {
    id: Generated<string>;
    summitId: string;
    name: string;
    revision: Generated<number>;
    origin: Generated<'hand' | 'search' | 'repair' | 'import'>;
    made: JsonWithDefault;
    createdAt: Instant;
    createdBy: string | null;
    discardedAt: Instant | null;
  };
  draftPlacement: {
    draftId: string;
    sessionId: string;
    date: string;
    starts: string;
    roomId: string | null;
    isPinned: Generated<boolean>;
  };
  draftStep: {
    draftId: string;
    revision: number;
    before: Json;
    after: Json;
    byPerson: string | null;
    at: Instant;
    undoneBy: number | null;
    undoes: number | null;
  };
  timetableSearch: {
    id: Generated<string>;
    summitId: string;
    kind: Generated<'find' | 'repair'>;
    state: Generated<'queued' | 'running' | 'done' | 'failed' | 'cancelled'>;
    seed: number;
    seconds: number;
    wishes: JsonWithDefault;
    progress: JsonWithDefault;
    result: ColumnType<unknown, string | null | undefined, string | null>;
    askedBy: string | null;
    askedAt: Instant;
    endedAt: Instant | null;
  };
  timetableImport: {
    id: Generated<string>;
    summitId: string;
    kind: 'schedule' | 'sessions' | 'rooms';
    fileName: Generated<string>;
    draftId: string | null;
    counts: Json;
    rest: JsonWithDefault;
    header: Generated<string>;
    importedAt: Instant;
    importedBy: string | null;
    settledAt: Instant | null;
  };
  timetableRelease: {
    summitId: string;
    version: number;
    name: string;
    note: Generated<string>;
    draftId: string | null;
    content: Json;
    releasedAt: Instant;
    releasedBy: string | null;
    tell: Generated<'moved' | 'everybody' | 'nobody'>;
  };
  releaseTold: { summitId: string; version: number; personId: string; toldAt: Instant };
  openSession: {
    sessionId: string;
    summitId: string;
    roomId: string;
    date: string;
    starts: string;
    claimedBy: string | null;
    claimedAt: Instant;
    withdrawnAt: Instant | null;
  };
  agendaMark: { sessionId: string; personId: string; goes: boolean; markedAt: Instant };
  venueMap: {
    id: Generated<string>;
    summitId: string;
    title: string;
    description: string;
    mediaType: 'image/png' | 'image/jpeg' | 'image/webp';
    width: number;
    height: number;
    content: Uint8Array;
    position: Generated<number>;
    addedAt: Instant;
  };
  worklogEntry: {
    id: Generated<string>;
    summitId: string;
    date: string;
    groupKey: string | null;
    sessionId: string | null;
    did: Generated<string>;
    links: Generated<string>;
    blocked: Generated<string>;
    next: Generated<string>;
    revision: Generated<number>;
    writtenBy: string | null;
    writtenAt: Instant;
  };
  worklogRevision: {
    entryId: string;
    revision: number;
    did: string;
    links: string;
    blocked: string;
    next: string;
    sent: ColumnType<unknown, string | null, string | null>;
    clientKey: string | null;
    byPerson: string | null;
    at: Instant;
  };
}
