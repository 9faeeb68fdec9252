import { sql } from 'kysely';
import { z } from 'zod';
import type { Db } from '../../../platform/db/database.ts';
import type { Services } from '../../../platform/http/env.ts';
import type { Task } from '../../../platform/jobs/tasks.ts';
import { queueSending } from './due-commands.ts';
import { sendDue } from './send-due.ts';

const payloadSchema = z.object({ summit: z.uuid() });

/** The task of `SEND_JOB`: tells GitHub what is due of one plan, one job at a time among all processes. */
export const githubSendTask =
  (services: Services): Task =>
  async (payload) => {
    const { summit } = payloadSchema.parse(payload);
    const again = await alone(services.db, summit, () => sendDue(services, summit));
    if (again !== undefined) {
      await services.db.transaction().execute((tx) => queueSending(tx, summit, again));
    }
  };

/** Seconds until another process that is at it is asked again. */
const BUSY_SECONDS = 10;

/** Runs something under a lock that ends with the connection, so that a process that died holds nothing. */
function alone(
  db: Db,
  summitId: string,
  act: () => Promise<number | undefined>,
): Promise<number | undefined> {
  return db.connection().execute(async (held) => {
    const key = sql`hashtextextended(${`github-send ${summitId}`}, 0)`;
    const { rows } = await sql<{
      got: boolean;
    }>`select pg_try_advisory_lock(${key}) as got`.execute(held);
    if (rows[0]?.got !== true) return BUSY_SECONDS;
    try {
      return await act();
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(held);
    }
  });
}
