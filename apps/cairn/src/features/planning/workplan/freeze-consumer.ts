import type { Consumer } from '../../../platform/jobs/events.ts';
import { pointTags } from './freeze-commands.ts';

/** Points the tag of a frozen version to it, once that is stored. */
export const freezeConsumer: Consumer = {
  name: 'tags of frozen work plans',
  kinds: ['workplan.frozen'],
  handle: async ({ summitId }, tx, services) => {
    if (summitId !== null) await pointTags(tx, services, summitId);
  },
};
