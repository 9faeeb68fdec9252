import type { Instant } from '@cairn/kernel/time';
import type { Generated } from 'kysely';

/** Tasks and who is to do them. A day is ISO text in rows. */
export interface WorkTables {
  task: {
    id: Generated<string>;
    summitId: string;
    title: string;
    dueOn: string | null;
    state: Generated<'open' | 'done' | 'dropped'>;
    originKind: 'meeting_text' | 'topic';
    originId: string;
    originTitle: string;
    originPage: string;
    originText: string;
    originLine: number | null;
    originDone: boolean;
    touchedAt: Instant | null;
    createdAt: Instant;
    changedAt: Instant;
  };
  taskOwner: { taskId: string; personId: string; toldAt: Instant | null };
}
