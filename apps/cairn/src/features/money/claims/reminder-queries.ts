import type { Reader } from '../../../platform/db/database.ts';
import { type ReminderDays, USUAL_REMINDERS } from './reminder-rules.ts';

/** After how many days a summit reminds of claims. */
export async function reminderDaysOf(db: Reader, summitId: string): Promise<ReminderDays> {
  const row = await db
    .selectFrom('claimReminder')
    .select(['waitingDays', 'draftDays', 'returnedDays', 'deadlineDays', 'unpaidDays'])
    .where('summitId', '=', summitId)
    .executeTakeFirst();
  return row ?? USUAL_REMINDERS;
}
