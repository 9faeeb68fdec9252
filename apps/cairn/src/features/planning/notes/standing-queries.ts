import type { Reader } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { encodedPath } from '../documents/text-rules.ts';
import { planOf } from '../repository/main-queries.ts';
import type { NotesPlace } from './body-rules.ts';
import { publishedNotes } from './notes-queries.ts';
import { notesPublisherOf } from './rights.ts';

/** How notes stand in the plan, for whoever looks at them. */
export interface NotesInPlan {
  /** The page of their document, below the summit's; undefined while they are not published. */
  readonly page: string | undefined;
  /** Whether everybody on the web can read the plan. */
  readonly isPublic: boolean;
  /** Whether whoever looks may publish them, and part them again. */
  readonly mayPublish: boolean;
}

/** How notes stand in the plan; undefined while the summit has none. */
export async function notesInPlan(
  db: Reader,
  place: NotesPlace & { readonly summitId: string },
  { organiser, personId }: { organiser: Organiser | undefined; personId: string },
): Promise<NotesInPlan | undefined> {
  const { summitId } = place;
  const plan = await planOf(db, summitId);
  if (plan === undefined) return undefined;
  const [known, publisher] = await Promise.all([
    publishedNotes(db, summitId, place),
    notesPublisherOf(db, place, organiser, personId),
  ]);
  return {
    page: known && `/plan/files/${encodedPath(known.path)}`,
    isPublic: plan.readers === 'everyone',
    mayPublish: publisher !== undefined,
  };
}
