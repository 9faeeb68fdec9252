import type { Services } from '../../platform/http/env.ts';
import type { Consumer } from '../../platform/jobs/events.ts';
import type { Sweep } from '../../platform/jobs/sweeps.ts';
import type { Tasks } from '../../platform/jobs/tasks.ts';
import { decisionMailConsumer, decisionMendConsumer } from './decisions/decision-consumer.ts';
import { decisionSweep } from './decisions/decision-sweep.ts';
import { branchConsumer, mergedBranchConsumer } from './proposals/branch-consumer.ts';
import { readySweep } from './proposals/ready-sweep.ts';

/** What follows from events of the plan. */
export const PLAN_CONSUMERS: readonly Consumer[] = [
  decisionMailConsumer,
  decisionMendConsumer,
  branchConsumer,
  mergedBranchConsumer,
];

/** What time causes in plans. */
export const PLAN_SWEEPS: readonly Sweep[] = [decisionSweep, readySweep];

/** The plan's kinds of jobs. */
export const planTasks = (_services: Services): Tasks => ({});
