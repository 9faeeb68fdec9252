import { z } from 'zod';
import type { Reader } from '../../../platform/db/database.ts';
import { INTEREST_LEVELS } from '../interest/interest-rules.ts';
import type { ThreadPlace } from '../threads/thread-commands.ts';

const saidSchema = z.object({
  personId: z.string(),
  level: z.enum(INTEREST_LEVELS),
  why: z.string(),
});

/** What a topic gained when another became part of it, so that it can be taken back. */
const gainedSchema = z.object({
  labels: z.array(z.string()).catch([]),
  /** What people had said of the merged topic, and what of the other one before and after. */
  interest: z
    .object({ from: z.array(saidSchema), before: z.array(saidSchema), after: z.array(saidSchema) })
    .catch({ from: [], before: [], after: [] }),
  /** What its document gained, and the state of the merged one. */
  people: z.array(z.string()).catch([]),
  documentLabels: z.array(z.string()).catch([]),
  state: z.string().optional().catch(undefined),
  lead: z.string().optional().catch(undefined),
});
export type Gained = z.infer<typeof gainedSchema>;

export interface ActiveMerge {
  readonly id: string;
  readonly number: number;
  readonly into: number;
  readonly gained: Gained;
}

/** The merge by which a topic is part of another one now, if it is. */
export async function activeMerge(
  db: Reader,
  { summitId, number }: ThreadPlace,
): Promise<ActiveMerge | undefined> {
  const row = await db
    .selectFrom('planTopicMerge')
    .select(['id', 'number', 'intoNumber as into', 'gained'])
    .where('summitId', '=', summitId)
    .where('number', '=', number)
    .where('undoneAt', 'is', null)
    .executeTakeFirst();
  return row && { ...row, gained: gainedSchema.parse(Object(row.gained)) };
}
