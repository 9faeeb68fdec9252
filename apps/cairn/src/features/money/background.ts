import type { Services } from '../../platform/http/env.ts';
import type { Consumer } from '../../platform/jobs/events.ts';
import type { Sweep } from '../../platform/jobs/sweeps.ts';
import type { Tasks } from '../../platform/jobs/tasks.ts';
import { BUNDLE_JOB } from './bundles/run-commands.ts';
import { bundleSweep } from './bundles/run-sweep.ts';
import { bundleTask } from './bundles/run-task.ts';
import { claimSweep } from './claims/claim-sweep.ts';
import { estimateSweep } from './estimates/estimate-sweep.ts';
import { letterSweep } from './visa-letters/letter-sweep.ts';

/** What follows from events of money. */
export const MONEY_CONSUMERS: readonly Consumer[] = [];

/** What time causes: reminders and deadlines. */
export const MONEY_SWEEPS: readonly Sweep[] = [estimateSweep, claimSweep, bundleSweep, letterSweep];

/** The kinds of jobs of money. */
export const moneyTasks = (services: Services): Tasks => ({
  [BUNDLE_JOB]: bundleTask(services),
});
