import type { Instant } from '@cairn/kernel/time';
import type { Reader } from '../../../platform/db/database.ts';
import { attendanceCounts } from '../../people/promises/attendance-queries.ts';
import type { Summit } from '../../summits/queries.ts';
import { openCounts } from '../attendance/attendance-queries.ts';
import { missingNotes } from '../notes/text-queries.ts';
import type { MeetingFacts } from './missing-rules.ts';
import { trackLeads } from './series-queries.ts';

/** What is needed to say what is missing of each meeting, by its key. */
export async function missingFacts(
  db: Reader,
  summit: Summit,
  now: Instant,
): Promise<(key: string) => MeetingFacts> {
  const leads = await trackLeads(db, summit.id);
  const there = await attendanceCounts(db, summit.id);
  const open = await openCounts(db, summit.id);
  const noteless = new Set((await missingNotes(db, summit, now)).map(({ call }) => call.key));
  return (key) => {
    const { requests = 0, rows = 0 } = open.get(key) ?? {};
    return { leads, there: there.get(key) ?? 0, requests, rows, lacksNotes: noteless.has(key) };
  };
}
