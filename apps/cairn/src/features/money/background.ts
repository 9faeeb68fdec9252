import type { Consumer } from '../../platform/jobs/events.ts';
import type { Sweep } from '../../platform/jobs/sweeps.ts';

/** What follows from events of money. */
export const MONEY_CONSUMERS: readonly Consumer[] = [];

/** What time causes: reminders and deadlines. */
export const MONEY_SWEEPS: readonly Sweep[] = [];
