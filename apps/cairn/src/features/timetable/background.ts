import type { Services } from '../../platform/http/env.ts';
import type { Consumer } from '../../platform/jobs/events.ts';
import type { Sweep } from '../../platform/jobs/sweeps.ts';
import type { Tasks } from '../../platform/jobs/tasks.ts';
import { toldConsumer } from './release/told-consumer.ts';

/** What follows from events of the timetable. */
export const TIMETABLE_CONSUMERS: readonly Consumer[] = [toldConsumer];

/** What time causes in timetables. */
export const TIMETABLE_SWEEPS: readonly Sweep[] = [];

/** The timetable's kinds of jobs. */
export const timetableTasks = (_services: Services): Tasks => ({});
