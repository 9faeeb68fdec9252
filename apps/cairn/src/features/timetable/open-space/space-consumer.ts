import { expectZone, parseZone } from '@cairn/kernel/time';
import { z } from 'zod';
import { jobActor } from '../../../platform/db/command.ts';
import type { Consumer } from '../../../platform/jobs/events.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { summitById } from '../../summits/queries.ts';
import { later } from '../frame/frame-rules.ts';
import { stretchForReader } from '../release/time-words-rules.ts';
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
    if (people.size === 0) return;
    const { slug, definition } = await summitById(tx, summitId);
    const { title, date, starts, minutes, room } = claimed;
    const zone = expectZone(definition.zone);
    const stretch = { date, starts, ends: later(starts, minutes) };
    const readers = await tx
      .selectFrom('person')
      .select(['id', 'zone'])
      .where('id', 'in', [...people])
      .execute();
    for (const { id: personId, zone: own } of readers) {
      if (personId === actorId) continue;
      const read = parseZone(own ?? '');
      const where = `${stretchForReader(stretch, zone, read.ok ? read.value : zone)}, in ${room}.`;
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
