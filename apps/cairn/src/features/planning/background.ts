import type { Services } from '../../platform/http/env.ts';
import type { Consumer } from '../../platform/jobs/events.ts';
import type { Sweep } from '../../platform/jobs/sweeps.ts';
import type { Tasks } from '../../platform/jobs/tasks.ts';
import { decisionMailConsumer, decisionMendConsumer } from './decisions/decision-consumer.ts';
import { decisionSweep } from './decisions/decision-sweep.ts';

/** What follows from events of the plan. */
export const PLAN_CONSUMERS: readonly Consumer[] = [decisionMailConsumer, decisionMendConsumer];

/** What time causes in plans. */
export const PLAN_SWEEPS: readonly Sweep[] = [decisionSweep];

/** The plan's kinds of jobs. */
export const planTasks = (_services: Services): Tasks => ({});
