import { z } from 'zod';
import { jobActor } from '../../../platform/db/command.ts';
import type { Consumer } from '../../../platform/jobs/events.ts';
import { noteHappening } from './happening-commands.ts';
import { tellReaders } from './thread-commands.ts';
import { commentOf, threadOf, threadsByNumber } from './thread-queries.ts';
import { numbersIn } from './thread-rules.ts';

const dataSchema = z.object({ number: z.number(), comment: z.string().nullish() });

/** Beyond this a text is a list, and nobody is helped by a line in each of its threads. */
const MOST = 30;

/** Says in a thread, once, that another one names it: `#12` in a text or a comment. */
export const mentionConsumer: Consumer = {
  name: 'threads that name each other',
  isBrief: true,
  kinds: ['thread.opened', 'thread.edited', 'comment.added', 'comment.edited'],
  handle: async ({ summitId, data, at, actorId }, tx) => {
    if (summitId === null) return;
    const { number, comment: id } = dataSchema.parse(data);
    const said = id ? await commentOf(tx, summitId, id) : await threadOf(tx, { summitId, number });
    // A topic's comments may have moved on with it; they are said where they stand now.
    const by = said?.number;
    if (said === undefined || by === undefined) return;
    const named = numbersIn(said.body)
      .filter((each) => each !== by)
      .slice(0, MOST);
    const known = await threadsByNumber(tx, summitId, named);
    const writer = {
      personId: said.author.personId ?? undefined,
      accountId: said.author.accountId ?? undefined,
    };
    for (const target of known.keys()) {
      const place = { summitId, number: target };
      const happened = { kind: 'mentioned', data: { by } } as const;
      await noteHappening(tx, jobActor(at, actorId), place, happened, writer);
      await tellReaders(tx, place);
    }
  },
};
