import type { Branded } from '@cairn/kernel/id';
import type { Reader } from '../../../platform/db/database.ts';
import { isComing } from '../../people/invitations/participation-queries.ts';
import type { Organiser } from '../../people/rights.ts';
import { isLeadOf } from './series-queries.ts';

/**
 * Proof that somebody may record who was at one planning meeting, and excuse from it: its organisers,
 * and whoever leads a track of it.
 */
export type AttendanceKeeper = Branded<
  {
    readonly summitId: string;
    readonly meeting: string;
    readonly personId: string | undefined;
    /** By which right: what is recorded says so. */
    readonly as: 'organiser' | 'lead';
  },
  'AttendanceKeeper'
>;

/** Proves that somebody may record the attendance of a meeting. */
export async function attendanceKeeperOf(
  db: Reader,
  { summitId, meeting }: { readonly summitId: string; readonly meeting: string },
  organiser: Organiser | undefined,
  personId: string | undefined,
): Promise<AttendanceKeeper | undefined> {
  if (organiser?.summitId === summitId) {
    return { summitId, meeting, personId: organiser.personId, as: 'organiser' } as AttendanceKeeper; // minted here only
  }
  if (personId === undefined) return undefined;
  return (await isLeadOf(db, summitId, meeting, undefined, personId))
    ? ({ summitId, meeting, personId, as: 'lead' } as AttendanceKeeper) // minted here only
    : undefined;
}

/**
 * Whether somebody may come to the meetings, and so sees where they are held: whoever accepted, holds a
 * seat or has a role. Being asked is not enough.
 */
export const mayJoin = isComing;
