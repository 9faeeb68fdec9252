import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { expectZone, formatInstant, formatMonth, type ZoneName } from '@cairn/kernel/time';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { coming } from '../../people/invitations/participation-queries.ts';
import { settledAt } from '../../people/promises/attendance-queries.ts';
import { promiseBoard } from '../../people/promises/obligation-queries.ts';
import { organiserOf } from '../../people/rights.ts';
import type { Summit } from '../../summits/queries.ts';
import { type Meeting, meetingsOf } from '../series/series-rules.ts';
import { meetingSettings } from './attendance-settings-queries.ts';
import {
  type MailReason,
  mailKey,
  mailKeyStart,
  meetingToWarnOf,
  reasonFor,
} from './warning-rules.ts';

/**
 * Writes to those who must not miss the meeting to come, once for each meeting and reason: those whose
 * promise is at risk, and shortly before it everybody who still needs it. Returns how many mails.
 */
export async function warnOfNextMeeting(
  tx: Tx,
  actor: Actor,
  summit: Summit,
): Promise<Result<number, Problem>> {
  const settings = await meetingSettings(tx, summit.id);
  const due = meetingToWarnOf(meetingsOf(summit), settings, actor.now);
  if (due === undefined) return ok(0);
  // Cairn itself looks, on behalf of the organisers.
  const operator = { personId: undefined, isAdministrator: true } as const;
  const organiser = await organiserOf(tx, summit.id, operator);
  if (organiser === undefined) return ok(0);
  const { meeting, isReminder } = due;
  const settled = await settledAt(tx, organiser, meeting.key);
  const sent = await sentKeys(tx, summit.id);
  const zones = await zonesOf(tx, summit.id);
  let mails = 0;
  for (const { personId, promises } of await promiseBoard(tx, organiser, summit, actor.now)) {
    for (const { rule, forecast } of promises) {
      if (rule.kind !== 'attend') continue;
      const { standing, canMiss, sentence } = forecast;
      const isSettled = settled.has(personId);
      const reason = reasonFor({ standing, canMiss, rule, isSettled }, isReminder);
      const key = reason && mailKey(summit.id, meeting, reason, personId);
      if (reason === undefined || key === undefined || sent.has(key)) continue;
      sent.add(key);
      const zone = expectZone(zones.get(personId) ?? summit.definition.zone);
      await notify(tx, actor, {
        summitId: summit.id,
        personId,
        key,
        ...wordsOf(summit, meeting, reason, sentence, zone),
        page: `/s/${summit.slug}/meetings/${meeting.key}`,
      });
      mails += 1;
    }
  }
  return ok(mails);
}

/** What a mail says. */
function wordsOf(
  summit: Summit,
  meeting: Meeting,
  reason: MailReason,
  sentence: string,
  zone: ZoneName,
): { readonly subject: string; readonly body: string } {
  const { begins, month, title } = meeting;
  const when =
    begins !== undefined
      ? formatInstant(begins, zone)
      : month === undefined
        ? 'soon'
        : `in ${formatMonth(month)} ${month.year}; its time is not fixed yet`;
  const lines = {
    reminder: `${title} is at ${when}, and you still need it for what you promised. ${sentence}`,
    at_risk: `Your promise to take part in planning meetings of ${summit.definition.title} is at risk. ${sentence}\n\nNext: ${title}, ${when}.`,
    no_room: `${sentence}\n\nNext: ${title}, ${when}.`,
  } as const;
  const subjects = {
    reminder: `Reminder: ${title}, ${when}`,
    at_risk: `Please do not miss: ${title}`,
    no_room: `You need every planning meeting still to come: ${title}`,
  } as const;
  return {
    subject: subjects[reason],
    body: `${lines[reason]}\n\nIf you cannot come, say so on its page: the organisers can excuse you.\n`,
  };
}

async function sentKeys(tx: Tx, summitId: string): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('mail')
    .select('key')
    .where('summitId', '=', summitId)
    .where('key', 'like', `${mailKeyStart(summitId)}%`)
    .execute();
  return new Set(rows.map(({ key }) => key));
}

async function zonesOf(tx: Tx, summitId: string): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .selectFrom('person')
    .select(['id', 'zone'])
    .where('id', 'in', coming(summitId))
    .where('zone', 'is not', null)
    .execute();
  return new Map(rows.flatMap(({ id, zone }) => (zone === null ? [] : [[id, zone] as const])));
}
