import { jobActor } from '../../platform/db/command.ts';
import type { Consumer } from '../../platform/jobs/events.ts';
import { refreshCalendar } from './calendar-commands.ts';

/** Keeps the calendar's memory up with the definition. */
export const calendarConsumer: Consumer = {
  name: 'calendar',
  kinds: ['summit.announced', 'summit.definition_saved'],
  handle: async ({ summitId }, tx, { clock, url }) => {
    if (summitId === null) return;
    await refreshCalendar(tx, jobActor(clock.now()), summitId, {
      url,
    });
  },
};
