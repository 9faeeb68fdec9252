import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { meetingSettings } from './attendance-settings-queries.ts';
import type { MeetingSettings } from './attendance-settings-rules.ts';

/** Changes how a summit takes attendance. Saving what holds already changes nothing. */
export async function changeMeetingSettings(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  wanted: MeetingSettings,
): Promise<Result<{ readonly isChanged: boolean }, Problem>> {
  const { checkInBefore, checkInAfter, leastShare, warnDays, remindHours } = wanted;
  const settings = { checkInBefore, checkInAfter, leastShare, warnDays, remindHours };
  const before = await meetingSettings(tx, summitId);
  const names = Object.keys(settings) as (keyof MeetingSettings)[];
  if (names.every((name) => before[name] === settings[name])) return ok({ isChanged: false });
  await tx
    .insertInto('meetingSettings')
    .values({ summitId, ...settings })
    .onConflict((conflict) => conflict.column('summitId').doUpdateSet(settings))
    .execute();
  await recordEvent(tx, actor, {
    kind: 'meeting.settings_changed',
    summitId,
    data: { ...settings },
  });
  return ok({ isChanged: true });
}
