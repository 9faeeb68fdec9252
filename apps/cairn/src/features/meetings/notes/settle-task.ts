import { expectOk } from '@cairn/kernel/result';
import { z } from 'zod';
import { inTransaction, jobActor } from '../../../platform/db/command.ts';
import type { Services } from '../../../platform/http/env.ts';
import type { Task } from '../../../platform/jobs/tasks.ts';
import { settleNotes } from './settle-commands.ts';

const payloadSchema = z.object({ text: z.uuid() });

/** The task of `SETTLE_JOB`: reads notes that nobody has written in for a while. */
export const settleTask =
  ({ db, clock }: Services): Task =>
  async (payload) => {
    const { text } = payloadSchema.parse(payload);
    const actor = jobActor(clock.now());
    expectOk(await inTransaction(db, (tx) => settleNotes(tx, actor, text)));
  };
