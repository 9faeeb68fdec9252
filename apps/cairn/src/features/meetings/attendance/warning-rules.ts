import { type Instant, Temporal } from '@cairn/kernel/time';
import type { Standing } from '../../people/promises/obligation-rules.ts';
import { inOrderOfNeed, isOver, type Meeting, startOrMonth } from '../series/series-rules.ts';
import type { MeetingSettings } from './attendance-settings-rules.ts';

/** Why somebody is written to about a meeting. */
export type MailReason = 'at_risk' | 'no_room' | 'reminder';

/** What is known of one person, for deciding about one meeting. */
export interface PersonAtMeeting {
  readonly standing: Standing;
  readonly canMiss: number | undefined;
  readonly rule: { readonly meetings: number; readonly of: number };
  /** They are recorded at this meeting, or excused from it. */
  readonly isSettled: boolean;
}

/** The meeting about which people may be written to now: the next one, once it is near enough. */
export function meetingToWarnOf(
  meetings: readonly Meeting[],
  { warnDays, remindHours }: Pick<MeetingSettings, 'warnDays' | 'remindHours'>,
  now: Instant,
): { readonly meeting: Meeting; readonly isReminder: boolean } | undefined {
  const next = inOrderOfNeed(meetings, now).find((meeting) => !isOver(meeting, now));
  if (next === undefined) return undefined;
  const begins = startOrMonth(next);
  const isTimed = next.begins !== undefined;
  if (isTimed && Temporal.Instant.compare(begins, now) <= 0) return undefined;
  const hours = begins.epochMilliseconds - now.epochMilliseconds;
  const isReminder = isTimed && remindHours > 0 && hours <= remindHours * 3_600_000;
  if (!isReminder && hours > warnDays * 24 * 3_600_000) return undefined;
  return { meeting: next, isReminder };
}

/**
 * Why a person is to be written to about the meeting to come; undefined when they need not come, are
 * excused, or can do nothing any more. A rule that leaves no room from the beginning is no news.
 */
export function reasonFor(
  { standing, canMiss, rule, isSettled }: PersonAtMeeting,
  isReminder: boolean,
): MailReason | undefined {
  if (isSettled || standing === 'kept' || standing === 'excused' || standing === 'broken') {
    return undefined;
  }
  if (isReminder) return 'reminder';
  if (standing === 'at_risk') return 'at_risk';
  return canMiss === 0 && rule.meetings < rule.of ? 'no_room' : undefined;
}

/** Names one mail: once for each meeting and reason; a meeting that moves is reminded of anew. */
export const mailKey = (
  summitId: string,
  { key, begins }: Pick<Meeting, 'key' | 'begins'>,
  reason: MailReason,
  personId: string,
): string =>
  `${mailKeyStart(summitId)}${key}:${reason}:${reason === 'reminder' ? `${begins}:` : ''}${personId}`;

/** How the keys of all such mails of a summit begin. */
export const mailKeyStart = (summitId: string): string => `meeting-warning:${summitId}:`;
