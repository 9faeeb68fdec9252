import type { Instant } from '@cairn/kernel/time';
import type { z } from 'zod';
import type { Reader } from '../../../platform/db/database.ts';
import { isId } from '../../../platform/db/id.ts';
import type { Organiser } from '../../people/rights.ts';
import { draftOf } from '../drafts/draft-queries.ts';
import type { Placement } from '../drafts/placement-rules.ts';
import { currentTimetable } from '../release/current-queries.ts';
import {
  type From,
  progressSchema,
  resultSchema,
  type SearchProgress,
  type SearchResult,
  wishesSchema,
} from './search-schema.ts';

export type SearchState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** A search for timetables, or for a repair. */
export interface TimetableSearch {
  readonly id: string;
  readonly summitId: string;
  readonly kind: 'find' | 'repair';
  readonly state: SearchState;
  readonly seed: number;
  readonly seconds: number;
  readonly wishes: z.output<typeof wishesSchema>;
  readonly progress: SearchProgress | undefined;
  readonly result: SearchResult | undefined;
  readonly askedBy: string | null;
  readonly askedAt: Instant;
  readonly endedAt: Instant | null;
}

const searches = (db: Reader) =>
  db
    .selectFrom('timetableSearch')
    .select(['id', 'summitId', 'kind', 'state', 'seed', 'seconds', 'wishes'])
    .select(['progress', 'result', 'askedBy', 'askedAt', 'endedAt']);

type Row = Awaited<ReturnType<ReturnType<typeof searches>['execute']>>[number];

const read = ({ wishes, progress, result, ...row }: Row): TimetableSearch => ({
  ...row,
  wishes: wishesSchema.parse(wishes),
  progress: progressSchema.parse(progress),
  result: resultSchema.safeParse(result).data,
});

/** The searches of a summit, newest first. */
export async function searchesOf(
  db: Reader,
  { summitId }: Organiser,
  most = 20,
): Promise<TimetableSearch[]> {
  const rows = await searches(db)
    .where('summitId', '=', summitId)
    .orderBy('askedAt', 'desc')
    .orderBy('id')
    .limit(most)
    .execute();
  return rows.map(read);
}

/** One search; undefined where there is none of that id. */
export async function searchOf(
  db: Reader,
  { summitId }: Pick<Organiser, 'summitId'>,
  id: string,
): Promise<TimetableSearch | undefined> {
  if (!isId(id)) return undefined;
  const row = await searches(db)
    .where('summitId', '=', summitId)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && read(row);
}

/** The search of a job, whichever summit it is of. */
export async function searchForJob(db: Reader, id: string): Promise<TimetableSearch | undefined> {
  const row = await searches(db).where('id', '=', id).executeTakeFirst();
  return row && read(row);
}

/** What a search begins from. */
export interface Base {
  readonly name: string;
  readonly placements: readonly Placement[];
}

/** Where sessions are in the last release or in a draft; undefined where that is not there. */
export async function baseOf(db: Reader, summitId: string, from: From): Promise<Base | undefined> {
  if (from === 'none') return undefined;
  if (from === 'release') {
    const current = await currentTimetable(db, summitId);
    return (
      current && {
        name: current.name,
        placements: current.content.sessions.map(({ id, date, starts, roomId }) => ({
          ...{ sessionId: id, date, starts, roomId },
          isPinned: false,
        })),
      }
    );
  }
  const draft = await draftOf(db, summitId, from);
  return draft && { name: draft.name, placements: draft.placements };
}
