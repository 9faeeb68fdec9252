import { expectOk } from '@cairn/kernel/result';
import { formatDate, parseDate } from '@cairn/kernel/time';
import { z } from 'zod';
import { jobActor } from '../../../platform/db/command.ts';
import type { Consumer } from '../../../platform/jobs/events.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { summitById } from '../../summits/queries.ts';
import { claimedSession, goersOf } from './space-queries.ts';

const dataSchema = z.object({ session: z.uuid() });

const SAYS: Readonly<Record<string, string>> = {
  'open_session.moved': 'was moved. It is now',
  'open_session.withdrawn': 'was withdrawn by whoever put it there. It was to be',
  'open_session.removed': 'was taken out of open space by an organiser. It was to be',
};

/**
 * Tells those who said that they come to a session of open space that it was moved or is gone, and
 * whoever put it there when an organiser removed it: one mail each for each time. Nobody is told what
 * they did themselves.
 */
export const openSpaceConsumer: Consumer = {
  name: 'open-space-told',
  kinds: Object.keys(SAYS),
  handle: async ({ id, kind, summitId, actorId, data }, tx, { clock }) => {
    if (summitId === null) return;
    const { session } = dataSchema.parse(data);
    const claimed = await claimedSession(tx, session);
    if (claimed === undefined) return;
    const goers = (await goersOf(tx, [session])).get(session) ?? [];
    const people = new Set([
      ...goers.map((goer) => goer.id),
      ...(claimed.claimedBy === null ? [] : [claimed.claimedBy]),
    ]);
    const { slug, definition } = await summitById(tx, summitId);
    const { title, date, starts, room } = claimed;
    const where = `on ${formatDate(expectOk(parseDate(date)))} at ${starts} (${definition.zone}) in ${room}.`;
    for (const personId of people) {
      if (personId === actorId) continue;
      await notify(tx, jobActor(clock.now()), {
        ...{ summitId, personId },
        key: `open-session:${id}:${personId}`,
        subject: `${kind === 'open_session.moved' ? 'Moved' : 'Gone'}: ${title}`,
        body: `“${title}” ${SAYS[kind]} ${where}`,
        page: `/s/${slug}/timetable/open-space?day=${date}`,
      });
    }
  },
};
