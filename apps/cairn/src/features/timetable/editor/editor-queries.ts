import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { type Draft, draftOf, undoable } from '../drafts/draft-queries.ts';
import type { Step } from '../drafts/step-rules.ts';
import { timetableFacts } from '../solving/facts-queries.ts';
import type { TimetableFacts } from '../solving/facts-rules.ts';

/** A change of a draft with who made it and when, for those who edit. */
export interface MadeStep extends Pick<Step, 'revision' | 'before' | 'after' | 'undoes'> {
  readonly personId: string | null;
  /** Nobody’s where they are gone. */
  readonly name: string | undefined;
  readonly at: Instant;
}

/** Everything that the editor of a draft shows, as it is at one moment. */
export interface EditorData {
  readonly draft: Draft;
  readonly facts: TimetableFacts;
  /** The last changes, newest first. */
  readonly steps: readonly MadeStep[];
  /** Whether the reader has anything to undo, and to redo. */
  readonly undoable: { readonly undo: boolean; readonly redo: boolean };
}

const LAST_STEPS = 8;

/** The draft with all that it is judged by; undefined where there is no such draft, or no frame yet. */
export async function editorData(
  db: Reader,
  summit: Pick<Summit, 'id' | 'definition'>,
  organiser: Organiser,
  draftId: string,
): Promise<EditorData | undefined> {
  const [draft, facts] = await Promise.all([
    draftOf(db, summit.id, draftId),
    timetableFacts(db, summit, organiser),
  ]);
  if (draft === undefined || facts === undefined) return undefined;
  const [steps, can] = await Promise.all([
    lastSteps(db, organiser, draftId, { most: LAST_STEPS }),
    undoable(db, draftId, organiser.personId),
  ]);
  return { draft, facts, steps, undoable: can };
}

/** Changes of a draft of the organiser's summit since a revision, newest first. */
export async function lastSteps(
  db: Reader,
  { summitId }: Organiser,
  draftId: string,
  { since = -1, most }: { readonly since?: number; readonly most: number },
): Promise<MadeStep[]> {
  const rows = await db
    .selectFrom('draftStep')
    .innerJoin('timetableDraft', 'timetableDraft.id', 'draftStep.draftId')
    .leftJoin('person', 'person.id', 'draftStep.byPerson')
    .select(['draftStep.revision', 'draftStep.before', 'draftStep.after', 'draftStep.undoes'])
    .select(['draftStep.byPerson as personId', 'person.name', 'draftStep.at'])
    .where('draftStep.draftId', '=', draftId)
    .where('timetableDraft.summitId', '=', summitId)
    .where('draftStep.revision', '>', since)
    .orderBy('draftStep.revision', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ before, after, name, ...step }) => ({
    ...step,
    name: name ?? undefined,
    // Written by commands only.
    before: before as Step['before'],
    after: after as Step['after'],
  }));
}
