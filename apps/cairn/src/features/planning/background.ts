import type { Services } from '../../platform/http/env.ts';
import type { Consumer } from '../../platform/jobs/events.ts';
import type { Sweep } from '../../platform/jobs/sweeps.ts';
import type { Tasks } from '../../platform/jobs/tasks.ts';
import { decisionMailConsumer, decisionMendConsumer } from './decisions/decision-consumer.ts';
import { decisionSweep } from './decisions/decision-sweep.ts';
import { SEND_JOB } from './github-out/due-commands.ts';
import { githubOutConsumer } from './github-out/out-consumer.ts';
import { githubSendTask } from './github-out/send-task.ts';
import { reviewInviteSweep } from './ledger/ask-sweep.ts';
import { creditConsumer } from './ledger/credit-consumer.ts';
import { branchConsumer, mergedBranchConsumer } from './proposals/branch-consumer.ts';
import { readySweep } from './proposals/ready-sweep.ts';
import { foundingConsumer } from './repository/founding-consumer.ts';
import { refConsumer } from './repository/ref-consumer.ts';
import { refSweep, upkeepSweep } from './repository/repository-sweeps.ts';
import { UPKEEP_JOB, upkeepTask } from './repository/upkeep-task.ts';

/** What follows from events of the plan. */
export const PLAN_CONSUMERS: readonly Consumer[] = [
  foundingConsumer,
  refConsumer,
  decisionMailConsumer,
  decisionMendConsumer,
  branchConsumer,
  mergedBranchConsumer,
  creditConsumer,
  githubOutConsumer,
];

/** What time causes in plans. */
export const PLAN_SWEEPS: readonly Sweep[] = [
  refSweep,
  upkeepSweep,
  decisionSweep,
  readySweep,
  reviewInviteSweep,
];

/** The plan's kinds of jobs. */
export const planTasks = (services: Services): Tasks => ({
  [UPKEEP_JOB]: upkeepTask(services),
  [SEND_JOB]: githubSendTask(services),
});
