import { expectOk } from '@cairn/kernel/result';
import { z } from 'zod';
import { jobActor } from '../../../platform/db/command.ts';
import type { Consumer } from '../../../platform/jobs/events.ts';
import { lineOfTask } from '../../work/task-queries.ts';
import { syncNotes } from './settle-commands.ts';
import { tickPoint } from './text-commands.ts';

const dataSchema = z.object({ task: z.uuid(), from: z.string() });

/** Ticks the line in the notes when its task was closed on a page, in the name of whoever closed it. */
export const tickConsumer: Consumer = {
  name: 'lines of notes whose task was closed',
  kinds: ['task.done', 'task.reopened'],
  handle: async ({ actorId, data }, tx, { clock }) => {
    const { task, from } = dataSchema.parse(data);
    if (from !== 'page') return;
    const line = await lineOfTask(tx, task);
    if (line?.originKind !== 'meeting_text') return;
    const origin = line.originId;
    const actor = jobActor(clock.now(), actorId);
    // The line may have been moved and reworded since it was last read.
    expectOk(await syncNotes(tx, actor, origin));
    const point = await lineOfTask(tx, task);
    if (point === undefined) return;
    expectOk(await tickPoint(tx, actor, origin, point));
    expectOk(await syncNotes(tx, actor, origin));
  },
};
