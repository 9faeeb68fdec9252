import type { Reader } from '../../../platform/db/database.ts';
import type { NotesPlace } from './body-rules.ts';

/** Notes that are in the plan. */
export interface PublishedNotes {
  readonly textId: string;
  readonly summitId: string;
  readonly path: string;
  readonly blob: string;
}

const COLUMNS = ['textId', 'planNotes.summitId', 'path', 'blob'] as const;

/** The document that the notes of a meeting or a track are published as; undefined while they are not. */
export const publishedNotes = (
  db: Reader,
  summitId: string,
  { meeting, track }: NotesPlace,
): Promise<PublishedNotes | undefined> =>
  db
    .selectFrom('planNotes')
    .innerJoin('meetingText', 'meetingText.id', 'planNotes.textId')
    .select(COLUMNS)
    .where('planNotes.summitId', '=', summitId)
    .where('meeting', '=', meeting)
    .where('track', '=', track)
    .where('kind', '=', 'notes')
    .executeTakeFirst();

/** The same by the id of the notes. */
export const publishedText = (db: Reader, textId: string): Promise<PublishedNotes | undefined> =>
  db.selectFrom('planNotes').select(COLUMNS).where('textId', '=', textId).executeTakeFirst();
