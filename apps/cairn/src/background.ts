import { WEEK_MAIL_JOB } from './features/dates/weeks/ask-commands.ts';
import { weekMailTask } from './features/dates/weeks/ask-task.ts';
import { weekSweep } from './features/dates/weeks/week-sweep.ts';
import { warningSweep } from './features/meetings/attendance/warning-sweep.ts';
import { callExpirySweep } from './features/meetings/calls/expiry-sweep.ts';
import { callLinkSweep } from './features/meetings/calls/link-sweep.ts';
import { missingNotesSweep } from './features/meetings/notes/missing-sweep.ts';
import { settleTask } from './features/meetings/notes/settle-task.ts';
import { SETTLE_JOB } from './features/meetings/notes/text-commands.ts';
import { tickConsumer } from './features/meetings/notes/tick-consumer.ts';
import { TIME_SEARCH_JOB } from './features/meetings/times/times-commands.ts';
import { timeSearchTask } from './features/meetings/times/times-task.ts';
import { MONEY_CONSUMERS, MONEY_SWEEPS, moneyTasks } from './features/money/background.ts';
import { BATCH_JOB } from './features/people/invitations/sending-commands.ts';
import { expirySweep, reminderSweep } from './features/people/invitations/sending-sweeps.ts';
import { batchTask } from './features/people/invitations/sending-task.ts';
import { needSweep } from './features/people/needs/need-sweep.ts';
import { carriedSeatConsumer, seatConsumer } from './features/people/seats/seat-consumer.ts';
import { seatSweep } from './features/people/seats/seat-sweep.ts';
import { PLAN_CONSUMERS, PLAN_SWEEPS, planTasks } from './features/planning/background.ts';
import { calm } from './features/planning/github/intake-commands.ts';
import { calendarConsumer } from './features/publishing/calendar-consumer.ts';
import { FEED_READ_JOB, feedReadTask } from './features/publishing/feed-read-task.ts';
import { inviteConsumer } from './features/publishing/invites/invite-consumer.ts';
import { inviteSweep } from './features/publishing/invites/invite-sweep.ts';
import { TIMETABLE_CONSUMERS, timetableTasks } from './features/timetable/background.ts';
import { EVENT_JOB } from './platform/db/command.ts';
import type { Services } from './platform/http/env.ts';
import { type Consumer, eventTask } from './platform/jobs/events.ts';
import type { Sweep } from './platform/jobs/sweeps.ts';
import type { Tasks } from './platform/jobs/tasks.ts';
import type { Carrier } from './platform/mail/carrier.ts';
import { MAIL_JOB } from './platform/mail/queue.ts';
import { mailTask } from './platform/mail/send.ts';

/** What follows from events, outside the request that caused them. */
const CONSUMERS: readonly Consumer[] = [
  calendarConsumer,
  inviteConsumer,
  seatConsumer,
  carriedSeatConsumer,
  tickConsumer,
  ...PLAN_CONSUMERS,
  ...TIMETABLE_CONSUMERS,
  ...MONEY_CONSUMERS,
];

/** What time causes. */
export const SWEEPS: readonly Sweep[] = [
  reminderSweep,
  expirySweep,
  seatSweep,
  needSweep,
  weekSweep,
  inviteSweep,
  missingNotesSweep,
  warningSweep,
  callExpirySweep,
  callLinkSweep,
  ...PLAN_SWEEPS,
  ...MONEY_SWEEPS,
];

/** Every kind of job. */
export const backgroundTasks = (services: Services, carrier: Carrier | undefined): Tasks => ({
  [EVENT_JOB]: eventTask(services, CONSUMERS, () => calm(services)),
  [BATCH_JOB]: batchTask(services),
  [WEEK_MAIL_JOB]: weekMailTask(services),
  [MAIL_JOB]: mailTask(services, carrier),
  [FEED_READ_JOB]: feedReadTask(services),
  [TIME_SEARCH_JOB]: timeSearchTask(services),
  [SETTLE_JOB]: settleTask(services),
  ...planTasks(services),
  ...timetableTasks(services),
  ...moneyTasks(services),
});
