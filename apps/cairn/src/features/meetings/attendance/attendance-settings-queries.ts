import type { Reader } from '../../../platform/db/database.ts';
import { type MeetingSettings, PROPOSED_SETTINGS } from './attendance-settings-rules.ts';

/** How a summit takes attendance. */
export async function meetingSettings(db: Reader, summitId: string): Promise<MeetingSettings> {
  const row = await db
    .selectFrom('meetingSettings')
    .select(['checkInBefore', 'checkInAfter', 'leastShare', 'warnDays', 'remindHours'])
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  return row ?? PROPOSED_SETTINGS;
}
