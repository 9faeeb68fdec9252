import type { Branded } from '@cairn/kernel/id';
import type { Reader } from '../../../platform/db/database.ts';
import { isLeadOf } from '../../meetings/series/series-queries.ts';
import type { Organiser } from '../../people/rights.ts';
import type { NotesPlace } from './body-rules.ts';

/** Proof that somebody may publish the notes of a meeting, or of a track of it, in the plan. */
export type NotesPublisher = Branded<
  NotesPlace & { readonly summitId: string; readonly personId: string | undefined },
  'NotesPublisher'
>;

/** Proves that somebody may publish notes: organisers, and whoever leads the track, or any track of the meeting for notes of the whole. */
export async function notesPublisherOf(
  db: Reader,
  place: NotesPlace & { readonly summitId: string },
  organiser: Organiser | undefined,
  personId: string | undefined,
): Promise<NotesPublisher | undefined> {
  const { summitId, meeting, track } = place;
  const proof = (by: string | undefined) =>
    ({ summitId, meeting, track, personId: by }) as NotesPublisher; // minted here only
  if (organiser?.summitId === summitId) return proof(organiser.personId);
  if (personId === undefined) return undefined;
  const leads = await isLeadOf(db, summitId, meeting, track === '' ? undefined : track, personId);
  return leads ? proof(personId) : undefined;
}
