import type { Problem } from '@cairn/kernel/problem';
import type { Tx } from '../../../platform/db/database.ts';
import { type Organiser, organisesIn, type Self } from '../../people/rights.ts';
import { refusedByLock } from '../threads/edit-commands.ts';

/** Why somebody may say nothing of a proposal now, if its conversation is locked; organisers may. */
export async function lockedFor(
  tx: Tx,
  { summitId, personId }: Self | Organiser,
  number: number,
): Promise<Problem | undefined> {
  const isOrganiser = personId === undefined || (await organisesIn(tx, summitId, personId));
  return isOrganiser
    ? undefined
    : refusedByLock(tx, { summitId, number }, { organiser: undefined });
}
