import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import type { Summit } from '../../summits/queries.ts';
import { frameOf } from '../frame/frame-queries.ts';
import { currentTimetable } from '../release/current-queries.ts';
import { type OpenSpace, wallNow } from './space-rules.ts';

/**
 * The free space of a summit at a moment; undefined while it has no days, or no timetable was released
 * yet: what is free is not known before.
 */
export async function openSpaceOf(
  db: Reader,
  summit: Pick<Summit, 'id' | 'definition'>,
  now: Instant,
): Promise<OpenSpace | undefined> {
  const frame = await frameOf(db, summit);
  if (frame === undefined) return undefined;
  const current = await currentTimetable(db, summit.id);
  if (current === undefined) return undefined;
  const { content, sessions } = current;
  const released = new Set(content.sessions.map(({ id }) => id));
  return {
    frame,
    released: content,
    open: sessions.filter(({ id }) => !released.has(id)),
    now: wallNow(now, frame.zone),
  };
}
