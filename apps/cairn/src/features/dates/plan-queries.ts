import { expectOk } from '@cairn/kernel/result';
import { dateIn, type Instant, parseZone } from '@cairn/kernel/time';
import type { Reader } from '../../platform/db/database.ts';
import { announcedAt, type Summit } from '../summits/queries.ts';
import { type PlanFacts, stepId } from './plan-rules.ts';

/** What a summit's plan needs to know at a moment: the day there, and what is done. */
export async function planFacts(db: Reader, summit: Summit, now: Instant): Promise<PlanFacts> {
  const zone = expectOk(parseZone(summit.definition.zone));
  const announced = await announcedAt(db, summit.id);
  const done = await db
    .selectFrom('stepDone')
    .select(['phase', 'step'])
    .where('summitId', '=', summit.id)
    .execute();
  return {
    today: dateIn(now, zone),
    announcedOn: announced && dateIn(announced, zone),
    done: new Set(done.map(stepId)),
  };
}
