import { z } from 'zod';
import { jobActor } from '../../../platform/db/command.ts';
import type { Consumer } from '../../../platform/jobs/events.ts';
import { summitById } from '../../summits/queries.ts';
import { lineOfTask } from '../../work/task-queries.ts';
import { tellOwners } from '../../work/told-commands.ts';
import { tickTopicTask } from './tick-commands.ts';

const dataSchema = z.object({ task: z.uuid(), from: z.string().optional() });

/** Ticks the line in a topic when its task was closed on a page, in the name of whoever closed it. */
export const topicTickConsumer: Consumer = {
  name: 'lines of topics whose task was closed',
  kinds: ['task.done', 'task.reopened'],
  handle: async ({ actorId, data }, tx, services) => {
    const { task, from } = dataSchema.parse(data);
    if (from !== 'page') return;
    const point = await lineOfTask(tx, task);
    if (point?.originKind !== 'topic') return;
    await tickTopicTask(tx, services, jobActor(services.clock.now(), actorId), point);
  },
};

/** Tells by mail whose task a line of a topic became. */
export const topicTaskMailConsumer: Consumer = {
  name: 'mails about tasks of topics',
  kinds: ['task.added', 'task.changed'],
  handle: async ({ summitId, data }, tx, { clock }) => {
    const { task } = dataSchema.parse(data);
    const point = await lineOfTask(tx, task);
    if (point?.originKind !== 'topic' || summitId === null) return;
    const { id, slug, definition } = await summitById(tx, summitId);
    const summit = { id, slug, title: definition.title };
    await tellOwners(tx, jobActor(clock.now()), summit, { kind: 'topic', id: point.originId });
  },
};
