import { z } from 'zod';
import { inTransaction, jobActor } from '../../../platform/db/command.ts';
import type { Services } from '../../../platform/http/env.ts';
import type { Task } from '../../../platform/jobs/tasks.ts';
import { sendNotes } from './send-commands.ts';

const payloadSchema = z.object({ text: z.uuid() });

/** The task of `SEND_NOTES_JOB`. */
export const sendNotesTask =
  (services: Services): Task =>
  async (payload) => {
    const { text } = payloadSchema.parse(payload);
    const actor = jobActor(services.clock.now());
    // That the document was taken out meanwhile is an answer, and no reason to try again.
    await inTransaction(services.db, (tx) => sendNotes(tx, services, actor, text));
  };
