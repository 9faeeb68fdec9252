import type { ZoneName } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import type { Week } from './week-rules.ts';

/** On how many days of each week somebody's own calendar is busy; only what is not 0. */
export async function ownBusyDays(
  _db: Reader,
  _self: Self,
  _weeks: readonly Week[],
  _zone: ZoneName,
): Promise<ReadonlyMap<string, number>> {
  return new Map();
}
