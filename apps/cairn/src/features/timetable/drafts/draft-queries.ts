import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { isId } from '../../../platform/db/id.ts';
import type { Organiser } from '../../people/rights.ts';
import { type Made, readMade } from './made-schema.ts';
import type { Placement } from './placement-rules.ts';
import { type Step, toRedo, toUndo } from './step-rules.ts';

export type DraftOrigin = 'hand' | 'search' | 'repair' | 'import';

/** A draft as a list shows it. */
export interface DraftRow {
  readonly id: string;
  readonly name: string;
  readonly revision: number;
  readonly origin: DraftOrigin;
  readonly made: Made;
  readonly createdAt: Instant;
  /** When it was changed last. */
  readonly changedAt: Instant;
  /** How many sessions have a place in it. */
  readonly placed: number;
}

/** A timetable being made, with its placements in the order of the sessions' ids. */
export interface Draft extends Omit<DraftRow, 'placed' | 'changedAt'> {
  readonly placements: readonly Placement[];
}

/** The drafts of a summit that were not discarded, changed last first. */
export async function draftsOf(db: Reader, { summitId }: Organiser): Promise<DraftRow[]> {
  const { rows } = await sql<Omit<DraftRow, 'made'> & { made: unknown }>`
    select d.id, d.name, d.revision, d.origin, d.made, d.created_at as "createdAt",
      coalesce((select max(at) from draft_step where draft_id = d.id), d.created_at) as "changedAt",
      (select count(*)::int from draft_placement p
        join timetable_session s on s.id = p.session_id
        where p.draft_id = d.id and s.removed_at is null) as placed
    from timetable_draft d
    where d.summit_id = ${summitId} and d.discarded_at is null
    order by "changedAt" desc, d.created_at desc, d.id`.execute(db);
  return rows.map(({ made, ...row }) => ({ ...row, made: readMade(made) }));
}

/** A draft with what it places; undefined where there is none of that id, or it was discarded. */
export async function draftOf(
  db: Reader,
  summitId: string,
  id: string,
): Promise<Draft | undefined> {
  if (!isId(id)) return undefined;
  const row = await db
    .selectFrom('timetableDraft')
    .select(['id', 'name', 'revision', 'origin', 'made', 'createdAt'])
    .where('id', '=', id)
    .where('summitId', '=', summitId)
    .where('discardedAt', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { ...row, made: readMade(row.made), placements: await placementsOf(db, id) };
}

/** What a draft places, of the sessions that were not removed since. */
export const placementsOf = (db: Reader, draftId: string): Promise<Placement[]> =>
  db
    .selectFrom('draftPlacement')
    .innerJoin('timetableSession', 'timetableSession.id', 'draftPlacement.sessionId')
    .select(['draftPlacement.sessionId', 'draftPlacement.date', 'draftPlacement.starts'])
    .select(['draftPlacement.roomId', 'draftPlacement.isPinned'])
    .where('draftPlacement.draftId', '=', draftId)
    .where('timetableSession.removedAt', 'is', null)
    .orderBy('draftPlacement.sessionId')
    .execute();

/** The changes of a draft, oldest first. */
export async function stepsOf(db: Reader, draftId: string): Promise<Step[]> {
  const rows = await db
    .selectFrom('draftStep')
    .select(['revision', 'before', 'after', 'byPerson', 'undoneBy', 'undoes'])
    .where('draftId', '=', draftId)
    .orderBy('revision')
    .execute();
  return rows.map(({ before, after, ...step }) => ({
    ...step,
    // Written by commands only.
    before: before as Step['before'],
    after: after as Step['after'],
  }));
}

/** Whether somebody has anything to undo, and to redo, in a draft. */
export async function undoable(
  db: Reader,
  draftId: string,
  personId: string | undefined,
): Promise<{ readonly undo: boolean; readonly redo: boolean }> {
  const steps = await stepsOf(db, draftId);
  const person = personId ?? null;
  return {
    undo: toUndo(steps, person) !== undefined,
    redo: toRedo(steps, person) !== undefined,
  };
}
