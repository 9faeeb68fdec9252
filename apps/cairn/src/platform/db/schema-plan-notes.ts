import type { Instant } from '@cairn/kernel/time';

/** Notes of meetings in the plan. */
export interface PlanNotesTables {
  planNotes: {
    summitId: string;
    textId: string;
    path: string;
    blob: string;
    publishedAt: Instant;
  };
}
