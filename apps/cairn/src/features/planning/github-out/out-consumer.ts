import type { Consumer } from '../../../platform/jobs/events.ts';
import { makeDue } from './due-commands.ts';
import { DUE_EVENTS, dueAfter } from './due-rules.ts';

/** Notes what GitHub is to be told of what happened here. What came from GitHub is not told it again. */
export const githubOutConsumer: Consumer = {
  name: 'what GitHub is told of plans',
  isBrief: true,
  kinds: DUE_EVENTS,
  handle: async (event, tx, { clock, github }) => {
    if (github === undefined || event.summitId === null) return;
    await makeDue(tx, event.summitId, dueAfter(event), clock.now());
  },
};
