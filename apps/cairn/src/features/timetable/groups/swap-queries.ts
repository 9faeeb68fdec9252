import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';

/** Somebody asks somebody to change places. */
export interface Swap {
  readonly id: string;
  readonly groupingId: string;
  readonly askedBy: string;
  readonly askedOf: string;
  readonly askedAt: Instant;
}

/** The open swaps that somebody asked for, or is asked for, newest first. */
export const ownSwaps = (db: Reader, { summitId, personId }: Self): Promise<Swap[]> =>
  db
    .selectFrom('groupSwap')
    .innerJoin('grouping', 'grouping.id', 'groupSwap.groupingId')
    .select(['groupSwap.id', 'groupingId', 'askedBy', 'askedOf', 'askedAt'])
    .where('grouping.summitId', '=', summitId)
    .where('groupSwap.state', '=', 'open')
    .where((eb) => eb.or([eb('askedBy', '=', personId), eb('askedOf', '=', personId)]))
    .orderBy('askedAt', 'desc')
    .orderBy('groupSwap.id')
    .execute();
