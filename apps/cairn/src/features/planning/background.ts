import type { Services } from '../../platform/http/env.ts';
import type { Consumer } from '../../platform/jobs/events.ts';
import type { Sweep } from '../../platform/jobs/sweeps.ts';
import type { Tasks } from '../../platform/jobs/tasks.ts';
import { digestConsumer } from './activity/digest-consumer.ts';
import { digestSweep } from './activity/digest-sweep.ts';
import { decisionMailConsumer, decisionMendConsumer } from './decisions/decision-consumer.ts';
import { decisionSweep } from './decisions/decision-sweep.ts';
import { applyTask } from './github/apply-task.ts';
import { APPLY_JOB, READ_JOB } from './github/due-commands.ts';
import { githubSweep } from './github/github-sweep.ts';
import { readTask } from './github/read-task.ts';
import { SEND_JOB } from './github-out/due-commands.ts';
import { githubOutConsumer } from './github-out/out-consumer.ts';
import { githubOutSweep } from './github-out/out-sweep.ts';
import { githubSendTask } from './github-out/send-task.ts';
import { reviewInviteSweep } from './ledger/ask-sweep.ts';
import { creditConsumer } from './ledger/credit-consumer.ts';
import { notesConsumer, SEND_NOTES_JOB } from './notes/notes-consumer.ts';
import { sendNotesTask } from './notes/send-task.ts';
import { mergedBranchConsumer } from './proposals/branch-consumer.ts';
import { readySweep } from './proposals/ready-sweep.ts';
import { foundingConsumer } from './repository/founding-consumer.ts';
import { refConsumer } from './repository/ref-consumer.ts';
import { refSweep, upkeepSweep } from './repository/repository-sweeps.ts';
import { UPKEEP_JOB, upkeepTask } from './repository/upkeep-task.ts';
import { mentionConsumer } from './threads/mention-consumer.ts';
import { freezeConsumer } from './workplan/freeze-consumer.ts';
import { topicTaskMailConsumer, topicTickConsumer } from './workplan/task-consumer.ts';

/** What follows from events of the plan. */
export const PLAN_CONSUMERS: readonly Consumer[] = [
  foundingConsumer,
  mentionConsumer,
  refConsumer,
  decisionMailConsumer,
  decisionMendConsumer,
  freezeConsumer,
  topicTickConsumer,
  topicTaskMailConsumer,
  notesConsumer,
  mergedBranchConsumer,
  creditConsumer,
  digestConsumer,
  githubOutConsumer,
];

/** What time causes in plans. */
export const PLAN_SWEEPS: readonly Sweep[] = [
  refSweep,
  upkeepSweep,
  decisionSweep,
  readySweep,
  reviewInviteSweep,
  githubSweep,
  digestSweep,
  githubOutSweep,
];

/** The plan's kinds of jobs. */
export const planTasks = (services: Services): Tasks => ({
  [UPKEEP_JOB]: upkeepTask(services),
  [SEND_NOTES_JOB]: sendNotesTask(services),
  [APPLY_JOB]: applyTask(services),
  [READ_JOB]: readTask(services),
  [SEND_JOB]: githubSendTask(services),
});
