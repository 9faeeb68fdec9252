import { type Actor, recordEvent } from '../../platform/db/command.ts';
import type { Tx } from '../../platform/db/database.ts';
import { lockSummit } from '../summits/queries.ts';
import { type CalendarSource, summitCalendar } from './calendar-queries.ts';

/**
 * Stores what the feeds of an announced summit tell now, so that the next change is counted from
 * here; how many entries changed. A draft's feeds are read by nobody but its organisers, and its
 * address may still change, so nothing of it is stored. Harmless when repeated.
 */
export async function refreshCalendar(
  tx: Tx,
  actor: Actor,
  summitId: string,
  source: CalendarSource,
): Promise<number> {
  const summit = await lockSummit(tx, summitId);
  if (summit.state === 'draft') return 0;
  const { kept, now } = await summitCalendar(tx, summit, source);
  const before = new Set(kept);
  const changed = now.filter((entry) => !before.has(entry));
  if (changed.length === 0) return 0;
  await tx
    .insertInto('calendarEntry')
    .values(
      changed.map(({ content, ...entry }) => ({
        ...entry,
        summitId,
        content: JSON.stringify(content),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['summitId', 'key']).doUpdateSet((row) => ({
        sequence: row.ref('excluded.sequence'),
        content: row.ref('excluded.content'),
        status: row.ref('excluded.status'),
        lastModified: row.ref('excluded.lastModified'),
      })),
    )
    .execute();
  await recordEvent(tx, actor, {
    kind: 'calendar.refreshed',
    summitId,
    data: { changed: changed.length, revision: summit.revision },
  });
  return changed.length;
}
