import type { Instant } from '@cairn/kernel/time';
import type { Generated } from 'kysely';

/** What reviewers of a proposal keep to themselves: comments not sent yet, and what they have read. */
export interface PlanReviewTables {
  planLineDraft: {
    id: Generated<string>;
    summitId: string;
    number: number;
    personId: string;
    version: number;
    path: string;
    side: 'old' | 'new';
    firstLine: number | null;
    line: number;
    blob: string;
    body: string;
    createdAt: Instant;
  };
  planReadVersion: {
    summitId: string;
    number: number;
    personId: string;
    version: number;
    at: Instant;
  };
  planReadFile: {
    summitId: string;
    number: number;
    personId: string;
    path: string;
    blob: string;
    at: Instant;
  };
}
