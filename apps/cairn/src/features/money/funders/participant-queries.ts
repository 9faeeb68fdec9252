import type { Reader } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';

/** Whether somebody counts as a participant for participant support, and why. */
export interface ParticipantStatus {
  readonly personId: string;
  readonly isParticipant: boolean;
  readonly reason: string;
}

/** What was decided of each person, by person; who is missing was not decided on yet. */
export async function participantStatuses(
  db: Reader,
  { summitId }: Treasurer,
): Promise<ReadonlyMap<string, ParticipantStatus>> {
  const rows = await db
    .selectFrom('participantStatus')
    .select(['personId', 'isParticipant', 'reason'])
    .where('summitId', '=', summitId)
    .execute();
  return new Map(rows.map((row) => [row.personId, row]));
}
