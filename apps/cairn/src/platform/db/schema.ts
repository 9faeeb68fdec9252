import type { Instant } from '@cairn/kernel/time';
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { AuthTables } from '../auth/tables.ts';
import type { Door } from './command.ts';
import type { AvailabilityTables } from './schema-availability.ts';
import type { CallTables } from './schema-calls.ts';
import type { InviteTables } from './schema-invites.ts';
import type { MealTables } from './schema-meals.ts';
import type { MeetingTables } from './schema-meetings.ts';
import type { MoneyTables } from './schema-money.ts';
import type { NoteTables } from './schema-notes.ts';
import type { DecisionTables } from './schema-plan-decisions.ts';
import type { PlanGitTables } from './schema-plan-git.ts';
import type { PlanGithubTables } from './schema-plan-github.ts';
import type { PlanGithubOutTables } from './schema-plan-github-out.ts';
import type { PlanLedgerTables } from './schema-plan-ledger.ts';
import type { PlanNotesTables } from './schema-plan-notes.ts';
import type { PlanReviewTables } from './schema-plan-reviews.ts';
import type { PlanThreadTables } from './schema-plan-threads.ts';
import type { PlanningTables } from './schema-planning.ts';
import type { StayTables } from './schema-stays.ts';
import type { TimesTables } from './schema-times.ts';
import type { TimetableTables } from './schema-timetable.ts';
import type { WeekTables } from './schema-weeks.ts';
import type { WorkTables } from './schema-work.ts';

/**
 * The tables as TypeScript sees them: the columns of the migrations in camel case. A room reads and
 * writes only its own (HOUSE.md); which room owns which is said in ARCHITECTURE.md.
 */
export interface Database
  extends AuthTables,
    AvailabilityTables,
    CallTables,
    DecisionTables,
    InviteTables,
    MealTables,
    MeetingTables,
    MoneyTables,
    NoteTables,
    PlanningTables,
    PlanGitTables,
    PlanGithubOutTables,
    PlanGithubTables,
    PlanLedgerTables,
    PlanNotesTables,
    PlanReviewTables,
    PlanThreadTables,
    StayTables,
    TimesTables,
    TimetableTables,
    WeekTables,
    WorkTables {
  installation: { key: string; value: JSONColumnType<object, string, string> };
  person: PersonTable;
  personIdentity: {
    kind: 'email' | 'github';
    value: string;
    personId: string;
    isPrimary: Generated<boolean>;
    verifiedAt: Instant | null;
  };
  personIdentityEntered: { summitId: string; kind: 'email' | 'github'; value: string };
  series: { slug: string; title: string };
  summit: SummitTable;
  summitRevision: {
    summitId: string;
    revision: number;
    source: string;
    definition: Json;
    byPerson: string | null;
    at: Instant;
  };
  carriedValue: {
    summitId: string;
    path: string;
    kind: 'date' | 'count' | 'name' | 'prose';
    value: Json;
    settledAt: Instant | null;
    settledBy: string | null;
    settledHow: 'confirmed' | 'changed' | null;
  };
  stepDone: {
    summitId: string;
    phase: string;
    step: string;
    doneAt: Instant;
    doneBy: string | null;
  };
  role: {
    summitId: string;
    personId: string;
    role: 'organiser' | 'treasurer' | 'participant' | 'guest';
    grantedAt: Instant;
    grantedBy: string | null;
  };
  personCommunity: { summitId: string; personId: string; community: string };
  mail: MailTable;
  invitation: InvitationTable;
  sendBatch: {
    id: Generated<string>;
    summitId: string;
    purpose: 'invitation' | 'reminder';
    subject: string;
    body: string;
    state: Generated<'prepared' | 'running' | 'paused' | 'done' | 'discarded'>;
    createdBy: string | null;
    createdAt: Instant;
    finishedAt: Instant | null;
  };
  sendItem: {
    batchId: string;
    invitationId: string;
    state: Generated<'queued' | 'sent' | 'skipped'>;
    reason: Generated<string>;
    at: Instant | null;
  };
  agreementVersion: {
    summitId: string;
    version: number;
    text: string;
    obligations: Json;
    createdAt: Instant;
    createdBy: string | null;
  };
  agreementAcceptance: {
    summitId: string;
    personId: string;
    version: number;
    acceptedAt: Instant;
    signInMethod: string;
    sessionId: string | null;
  };
  seat: {
    summitId: string;
    number: number;
    personId: string;
    kind: SeatKindColumn;
    takenAt: Instant;
  };
  waiting: {
    summitId: string;
    personId: string;
    position: number;
    reason: Generated<string>;
    seatKind: SeatKindColumn;
    noticeDays: number | null;
    joinedAt: Instant;
  };
  seatOffer: {
    id: Generated<string>;
    summitId: string;
    personId: string;
    state: Generated<'open' | 'accepted' | 'declined' | 'expired' | 'withdrawn'>;
    offeredAt: Instant;
    expiresAt: Instant;
    closedAt: Instant | null;
  };
  evidence: {
    id: Generated<string>;
    summitId: string;
    personId: string;
    kind: 'attendance' | 'contribution' | 'review' | 'presence' | 'update';
    subject: string;
    at: Instant;
    source: 'organiser' | 'csv' | 'self' | 'lead' | 'recording' | 'git' | 'github' | 'system';
    recordedBy: string | null;
    recordedAt: Instant;
    withdrawnAt: Instant | null;
    withdrawnBy: string | null;
  };
  excuse: {
    id: Generated<string>;
    summitId: string;
    personId: string;
    /** One of the two: a whole promise, or the absence from one occasion. */
    obligation: string | null;
    occasion: Generated<string | null>;
    reason: string;
    byPerson: string;
    at: Instant;
    withdrawnAt: Instant | null;
  };
  listing: { summitId: string; personId: string; fields: string[]; updatedAt: Instant };
  calendarEntry: {
    uid: string;
    summitId: string;
    key: string;
    sequence: number;
    content: Json;
    status: 'CONFIRMED' | 'TENTATIVE' | 'CANCELLED';
    lastModified: Instant;
  };
  feed: {
    id: Generated<string>;
    summitId: string;
    personId: string;
    secretHash: Uint8Array;
    name: string;
    createdAt: Instant;
    lastReadAt: Instant | null;
    revokedAt: Instant | null;
  };
  apiToken: {
    id: Generated<string>;
    personId: string;
    name: string;
    secretHash: Uint8Array;
    scopes: string[];
    createdAt: Instant;
    expiresAt: Instant | null;
    lastUsedAt: Instant | null;
    revokedAt: Instant | null;
  };
  signInAttempt: {
    id: Generated<number>;
    at: Instant;
    method: string;
    outcome: string;
    personId: string | null;
    addressHash: string | null;
    network: string | null;
  };
  outboxDelivery: { consumer: string; eventId: string; at: Instant };
  sweepRun: { name: string; ranAt: Instant | null };
  importRow: {
    id: Generated<string>;
    summitId: string;
    line: number;
    raw: string;
    cells: Json;
    createdBy: string | null;
    createdAt: Instant;
    settledAt: Instant | null;
    settledHow: 'imported' | 'dropped' | null;
  };
  event: {
    id: Generated<number>;
    at: Instant;
    kind: string;
    summitId: string | null;
    personId: string | null;
    actorId: string | null;
    door: Door;
    data: Json;
  };
}

/** JSON is written as text that the writer has serialised, and read back as parsed, unvalidated data. */
type Json = ColumnType<unknown, string, string>;

type SeatKindColumn = 'funded' | 'self_funded' | 'sponsored' | 'host';

interface PersonTable {
  id: Generated<string>;
  name: string;
  zone: string | null;
  isAdministrator: Generated<boolean>;
  authUserId: string | null;
  createdAt: Instant;
  erasedAt: Instant | null;
}

interface SummitTable {
  id: Generated<string>;
  slug: string;
  seriesSlug: string;
  state: Generated<'draft' | 'announced' | 'archived'>;
  definition: Json;
  source: string;
  revision: Generated<number>;
  seats: number;
  copiedFrom: string | null;
  announcedAt: Instant | null;
  createdAt: Instant;
}

interface MailTable {
  id: Generated<string>;
  key: string;
  summitId: string | null;
  personId: string | null;
  recipient: string;
  subject: string;
  body: string;
  page: Generated<string | null>;
  stopPage: Generated<string | null>;
  attachments: ColumnType<unknown, string | undefined, string>;
  state: Generated<'queued' | 'held' | 'sent' | 'kept' | 'failed' | 'cancelled'>;
  attempts: Generated<number>;
  lastError: string | null;
  createdAt: Instant;
  sentAt: Instant | null;
}

interface InvitationTable {
  id: Generated<string>;
  summitId: string;
  personId: string;
  state: Generated<
    'drafted' | 'sent' | 'opened' | 'accepted' | 'unsure' | 'declined' | 'expired' | 'withdrawn'
  >;
  seatKind: Generated<SeatKindColumn>;
  tokenHash: Uint8Array | null;
  tokenSpentAt: Instant | null;
  expiresAt: Instant | null;
  note: Generated<string>;
  remark: Generated<string>;
  draftedAt: Instant;
  sentAt: Instant | null;
  openedAt: Instant | null;
  answeredAt: Instant | null;
  closedAt: Instant | null;
  reminders: Generated<number>;
  remindedAt: Instant | null;
}
