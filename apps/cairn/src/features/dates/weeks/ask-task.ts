import { Temporal } from '@cairn/kernel/time';
import { z } from 'zod';
import { type Actor, jobActor } from '../../../platform/db/command.ts';
import type { Services } from '../../../platform/http/env.ts';
import type { Task } from '../../../platform/jobs/tasks.ts';
import { summitById } from '../../summits/queries.ts';
import { EVENT_OF, writeNow } from './ask-commands.ts';
import { recipientsAmong } from './guest-queries.ts';
import { pollOf } from './poll-queries.ts';
import { takesAnswers, todayAt } from './poll-rules.ts';

const payloadSchema = z.object({
  summit: z.string(),
  doing: z.enum(['ask', 'remind']),
  by: z.string().nullable(),
  people: z.array(z.string()),
  /** When they were noted as written to. */
  since: z.string(),
});

/**
 * The task of `WEEK_MAIL_JOB`: writes to some people of a poll, to each once however often the job is
 * repeated. Whoever was taken out or erased
 * meanwhile gets nothing, and nobody does once the poll takes no answers.
 */
export const weekMailTask =
  (services: Services): Task =>
  async (payload) => {
    const { summit: summitId, doing, by, people, since } = payloadSchema.parse(payload);
    await services.db.transaction().execute(async (tx) => {
      const actor: Actor = jobActor(services.clock.now(), by);
      const summit = await summitById(tx, summitId);
      const poll = await pollOf(tx, summitId);
      if (poll === undefined || !takesAnswers(poll, todayAt(summit.definition, actor.now))) return;
      const due = await recipientsAmong(tx, summitId, people, {
        kind: EVENT_OF[doing],
        since: Temporal.Instant.from(since),
      });
      await writeNow(tx, actor, { summit, poll, url: services.url, doing }, due);
    });
  };
