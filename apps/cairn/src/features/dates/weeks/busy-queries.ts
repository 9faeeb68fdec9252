import { startOfDay, type ZoneName } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import { busyTimesOf } from '../availability/busy-queries.ts';
import { busyDays, type Week } from './week-rules.ts';

/**
 * On how many days of each week somebody's own calendars are busy; only what is not 0. Nobody else
 * is told, and no answer follows from it.
 */
export async function ownBusyDays(
  db: Reader,
  self: Self,
  weeks: readonly Week[],
  zone: ZoneName,
): Promise<ReadonlyMap<string, number>> {
  const [first, last] = [weeks[0], weeks.at(-1)];
  if (first === undefined || last === undefined) return new Map();
  const busy = await busyTimesOf(db, self, {
    from: startOfDay(first.start, zone),
    until: startOfDay(last.end.add({ days: 1 }), zone),
  });
  if (busy.length === 0) return new Map();
  return new Map(
    weeks.flatMap((week) => {
      const days = busyDays(week, busy, zone);
      return days === 0 ? [] : [[week.id, days]];
    }),
  );
}
