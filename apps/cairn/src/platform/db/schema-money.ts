import type { Instant } from '@cairn/kernel/time';
import type { ColumnType, Generated } from 'kysely';

type Json = ColumnType<unknown, string, string>;
type JsonWithDefault = ColumnType<unknown, string | undefined, string>;

/** The tables of funders, the journal, estimates, claims and payments. Amounts are minor units of a currency. */
export interface MoneyTables {
  policy: {
    id: Generated<string>;
    summitId: string;
    key: string;
    text: string;
    revision: Generated<number>;
    shipped: string | null;
    adoptedAt: Instant;
    removedAt: Instant | null;
  };
  policyRevision: {
    policyId: string;
    revision: number;
    text: string;
    at: Instant;
    byPerson: string | null;
  };
  policyConfirmed: {
    policyId: string;
    rule: string;
    revision: number;
    confirmedAt: Instant;
    confirmedBy: string | null;
  };
  funder: {
    id: Generated<string>;
    summitId: string;
    key: string;
    name: string;
    currency: string;
    award: Generated<string>;
    link: string | null;
    fromOn: string | null;
    untilOn: string | null;
    documents: Generated<string[]>;
    indirectRate: string | null;
    note: Generated<string>;
    position: Generated<number>;
    removedAt: Instant | null;
  };
  fundLine: {
    id: Generated<string>;
    summitId: string;
    funderId: string;
    key: string;
    title: string;
    categories: string[];
    paysFor: Generated<'everyone' | 'tracks' | 'communities' | 'people'>;
    paysForKeys: Generated<string[]>;
    personCeiling: number | null;
    categoryCeilings: JsonWithDefault;
    needsEstimate: Generated<boolean>;
    isParticipantSupport: Generated<boolean>;
    inIndirectBase: Generated<boolean>;
    policyId: string | null;
    position: Generated<number>;
    closedAt: Instant | null;
  };
  fundLinePerson: {
    lineId: string;
    personId: string;
  };
  participantStatus: {
    summitId: string;
    personId: string;
    isParticipant: boolean;
    reason: Generated<string>;
    decidedBy: string | null;
    decidedAt: Instant;
  };
  journalEntry: {
    id: Generated<number>;
    summitId: string;
    at: Instant;
    byPerson: string | null;
    kind:
      | 'allotment'
      | 'transfer'
      | 'commitment'
      | 'release'
      | 'claim'
      | 'return'
      | 'approval'
      | 'payment'
      | 'reversal'
      | 'correction';
    subjectKind: Generated<string>;
    subjectId: string | null;
    key: string;
    corrects: number | null;
    isOverride: Generated<boolean>;
    onDate: Generated<string | null>;
  };
  journalNote: {
    entryId: number;
    text: string;
  };
  journalPosting: {
    entryId: number;
    position: number;
    lineId: string;
    category: Generated<string>;
    personId: string | null;
    stage: 'grant' | 'left' | 'committed' | 'claimed' | 'uncommitted' | 'approved' | 'paid';
    minor: number;
  };
  journalBalance: {
    lineId: string;
    category: string;
    personId: string | null;
    stage: string;
    minor: number;
  };
  exchangeRate: {
    summitId: string;
    base: string;
    quote: string;
    onDate: string;
    rate: string;
    source: string;
    readAt: Instant;
  };
  rateKept: {
    id: Generated<string>;
    summitId: string;
    fileName: string;
    line: number;
    raw: string;
    reason: string;
    readAt: Instant;
  };
  estimate: {
    id: Generated<string>;
    summitId: string;
    number: number;
    personId: string;
    state: Generated<
      | 'draft'
      | 'submitted'
      | 'second_look'
      | 'returned'
      | 'approved'
      | 'declined'
      | 'withdrawn'
      | 'closed'
    >;
    note: Generated<string>;
    overReason: Generated<string>;
    firstLookBy: string | null;
    revision: Generated<number>;
    createdAt: Instant;
    submittedAt: Instant | null;
    settledAt: Instant | null;
    remindedAt: Instant | null;
  };
  estimateItem: {
    id: Generated<string>;
    estimateId: string;
    position: number;
    category: string;
    text: string;
    lineId: string | null;
    spentMinor: number;
    spentCurrency: string;
    minor: number | null;
    rate: string | null;
    rateOn: string | null;
    rateSource: string | null;
    capMinor: number | null;
    capReason: Generated<string>;
  };
  estimateStep: {
    id: Generated<number>;
    estimateId: string;
    at: Instant;
    byPerson: string | null;
    state: string;
    reason: Generated<string>;
  };
  estimateSetting: {
    summitId: string;
    waitingDays: Generated<number[]>;
    missingDays: Generated<number[]>;
  };
  seatCostModel: {
    summitId: string;
    model: Json;
    revision: Generated<number>;
    changedAt: Instant;
    changedBy: string | null;
  };
  receipt: {
    id: Generated<string>;
    summitId: string;
    personId: string;
    name: string;
    mediaType: 'image/jpeg' | 'image/png' | 'image/webp' | 'application/pdf';
    size: number;
    width: number | null;
    height: number | null;
    pages: number | null;
    sha256: Uint8Array;
    content: Uint8Array;
    totalMinor: number | null;
    currency: string | null;
    addedAt: Instant;
    removedAt: Instant | null;
  };
  receiptShare: {
    receiptId: string;
    personId: string;
    minor: number | null;
  };
  bundleRun: {
    id: Generated<string>;
    summitId: string;
    funderId: string;
    askedAt: Instant;
    askedBy: string | null;
    done: Generated<number>;
    total: number;
    finishedAt: Instant | null;
    failure: Generated<string>;
  };
  bundlePart: {
    id: Generated<string>;
    runId: string;
    position: number;
    personId: string | null;
    name: string;
    size: number;
    content: Uint8Array;
  };
  claim: {
    id: Generated<string>;
    summitId: string;
    number: number;
    personId: string | null;
    supplier: Generated<string>;
    enteredBy: string | null;
    state: Generated<
      | 'draft'
      | 'submitted'
      | 'second_look'
      | 'returned'
      | 'approved'
      | 'declined'
      | 'sent'
      | 'paid'
      | 'withdrawn'
    >;
    title: Generated<string>;
    note: Generated<string>;
    isFinal: Generated<boolean>;
    overReason: Generated<string>;
    firstLookBy: string | null;
    revision: Generated<number>;
    createdAt: Instant;
    submittedAt: Instant | null;
    approvedAt: Instant | null;
    sentAt: Instant | null;
    paidAt: Instant | null;
    remindedAt: Instant | null;
  };
  claimItem: {
    id: Generated<string>;
    claimId: string;
    position: number;
    category: string;
    meal: 'breakfast' | 'lunch' | 'dinner' | null;
    spentOn: string | null;
    text: Generated<string>;
    facts: JsonWithDefault;
    spentMinor: number | null;
    spentCurrency: string | null;
    lineId: string | null;
    minor: number | null;
    rate: string | null;
    rateOn: string | null;
    rateSource: string | null;
    deductions: JsonWithDefault;
    findings: JsonWithDefault;
    approvedMinor: number | null;
    reason: Generated<string>;
    committedMinor: Generated<number>;
    typed: JsonWithDefault;
  };
  claimReminder: {
    summitId: string;
    waitingDays: Generated<number[]>;
    draftDays: Generated<number>;
    returnedDays: Generated<number>;
    deadlineDays: Generated<number>;
    unpaidDays: Generated<number>;
  };
  claimItemPerson: {
    itemId: string;
    personId: string;
    minor: number | null;
  };
  claimItemReceipt: {
    itemId: string;
    receiptId: string;
    position: Generated<number>;
  };
  claimStep: {
    id: Generated<number>;
    claimId: string;
    at: Instant;
    byPerson: string | null;
    state: string;
    reason: Generated<string>;
  };
  payerBatch: {
    id: Generated<string>;
    summitId: string;
    funderId: string;
    number: number;
    note: Generated<string>;
    sentAt: Instant;
    sentBy: string | null;
  };
  payerBatchClaim: {
    batchId: string;
    claimId: string;
    minor: number;
    recalledAt: Instant | null;
    recallReason: Generated<string>;
  };
  nsfBudget: {
    funderId: string;
    awarded: JsonWithDefault;
    participants: number | null;
    revision: Generated<number>;
    savedAt: Instant;
    savedBy: string | null;
  };
  payment: {
    id: Generated<string>;
    summitId: string;
    funderId: string;
    claimId: string;
    minor: number;
    sentMinor: number | null;
    sentCurrency: string | null;
    paidOn: string;
    reference: Generated<string>;
    key: string;
    recordedAt: Instant;
    recordedBy: string | null;
    reversedAt: Instant | null;
    reversedBy: string | null;
    reversalReason: Generated<string>;
  };
  bankImport: {
    id: Generated<string>;
    summitId: string;
    funderId: string;
    fileName: string;
    mapping: Json;
    readAt: Instant;
    readBy: string | null;
  };
  bankRow: {
    id: Generated<string>;
    importId: string;
    summitId: string;
    line: number;
    raw: string;
    fingerprint: string;
    paidOn: string | null;
    minor: number | null;
    currency: string | null;
    payee: Generated<string>;
    reference: Generated<string>;
    state: 'unreadable' | 'unmatched' | 'matched' | 'set_aside' | 'known';
    reason: Generated<string>;
    paymentId: string | null;
  };
  moneyPublication: {
    summitId: string;
    options: Json;
    publishedAt: Instant | null;
    publishedBy: string | null;
  };
}
