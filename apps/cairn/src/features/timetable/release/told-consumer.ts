import { z } from 'zod';
import { jobActor } from '../../../platform/db/command.ts';
import type { Consumer } from '../../../platform/jobs/events.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { summitById } from '../../summits/queries.ts';
import { releaseOf } from './release-queries.ts';
import { agendaMarks, toldReaders } from './told-queries.ts';
import { toldPeople } from './told-rules.ts';

const dataSchema = z.object({ version: z.int() });

/**
 * Tells of a release those whom it said it would tell: one mail each, once, whatever is repeated.
 * Somebody without an address is told by the organisers, who see that.
 */
export const toldConsumer: Consumer = {
  name: 'timetable-told',
  kinds: ['timetable.released'],
  handle: async ({ summitId, actorId, data }, tx, { clock }) => {
    if (summitId === null) return;
    const { version } = dataSchema.parse(data);
    const release = await releaseOf(tx, summitId, version);
    if (release === undefined || release.tell === 'nobody') return;
    const { slug, definition } = await summitById(tx, summitId);
    const told = toldPeople(
      { ...release, title: definition.title, after: release.content, by: actorId ?? undefined },
      await toldReaders(tx, summitId),
      await agendaMarks(tx, summitId),
    );
    const now = clock.now();
    for (const { reader, subject, body } of told) {
      if (!reader.hasAddress) continue;
      const { personId } = reader;
      const first = await tx
        .insertInto('releaseTold')
        .values({ summitId, version, personId, toldAt: now })
        .onConflict((conflict) => conflict.doNothing())
        .returning('personId')
        .executeTakeFirst();
      if (first === undefined) continue;
      await notify(tx, jobActor(now), {
        ...{ summitId, personId, subject, body },
        key: `timetable-release:${summitId}:${version}:${personId}`,
        page: `/s/${slug}/timetable/versions/${version}`,
      });
    }
  },
};
