import { z } from 'zod';
import { queueJob } from '../../../platform/db/command.ts';
import type { Consumer } from '../../../platform/jobs/events.ts';
import { publishedText } from './notes-queries.ts';

/** The job that brings published notes into the plan once nobody has written in them for a while. */
export const SEND_NOTES_JOB = 'plan-notes';
/** Pages save every few seconds; so long after the last save there is one commit. In seconds. */
const SENT_AFTER = 60;

const dataSchema = z.object({ text: z.uuid(), kind: z.string() });

/** Asks for the document of published notes to follow what was written in them. */
export const notesConsumer: Consumer = {
  name: 'documents of published notes',
  kinds: ['text.saved'],
  handle: async ({ data }, tx) => {
    const { text, kind } = dataSchema.parse(data);
    if (kind !== 'notes' || (await publishedText(tx, text)) === undefined) return;
    await queueJob(tx, SEND_NOTES_JOB, { text }, `plan-notes:${text}`, SENT_AFTER);
  },
};
