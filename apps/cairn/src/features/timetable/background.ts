import type { Services } from '../../platform/http/env.ts';
import type { Consumer } from '../../platform/jobs/events.ts';
import type { Tasks } from '../../platform/jobs/tasks.ts';
import { openSpaceConsumer } from './open-space/space-consumer.ts';
import { toldConsumer } from './release/told-consumer.ts';
import { TIMETABLE_SEARCH_JOB } from './solving/search-commands.ts';
import { timetableSearchTask } from './solving/search-task.ts';

/** What follows from events of the timetable. */
export const TIMETABLE_CONSUMERS: readonly Consumer[] = [toldConsumer, openSpaceConsumer];

/** The timetable's kinds of jobs. */
export const timetableTasks = (services: Services): Tasks => ({
  [TIMETABLE_SEARCH_JOB]: timetableSearchTask(services),
});
