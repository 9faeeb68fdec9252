import type { Consumer } from '../../../platform/jobs/events.ts';
import { activityOf } from './activity-queries.ts';
import { isToldElsewhere, MAILED_KINDS } from './activity-rules.ts';
import { listenersOf, mentionedIn } from './digest-people-queries.ts';
import { reasonFor } from './digest-rules.ts';

/** What happened on GitHub longer ago than this was not heard of in time, and is no news. */
const NEWS_HOURS = 24;

/** Notes whom each thing that happened is to be told to; the mails themselves go out by the clock. */
export const digestConsumer: Consumer = {
  name: 'plan-digest',
  isBrief: true,
  kinds: MAILED_KINDS,
  handle: async ({ id, at, kind, door, summitId, data }, tx, { clock }) => {
    // A repository that is read for the first time tells of years: nobody wants a mail of that.
    if (door === 'github' && at.until(clock.now()).total('hours') > NEWS_HOURS) return;
    const number = data['number'];
    if (summitId === null || typeof number !== 'number') return;
    const [one] = await activityOf(tx, summitId, { kinds: [kind], ids: [Number(id)], limit: 1 });
    if (one === undefined) return;
    const mentioned = mentionedIn(one.said);
    const items = (await listenersOf(tx, { summitId, number })).flatMap((listener) => {
      const { personId, handle, choice, takesPart, watches } = listener;
      const why = reasonFor(choice, {
        isOwn: one.by.personId === personId,
        isMentioned: handle !== null && mentioned.has(handle.toLowerCase()),
        takesPart,
        watches,
      });
      const isTold = why !== 'mentions' && isToldElsewhere(kind, listener);
      return why === undefined || isTold
        ? []
        : [{ personId, eventId: Number(id), summitId, number, why }];
    });
    if (items.length === 0) return;
    await tx
      .insertInto('planDigestItem')
      .values(items)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  },
};
