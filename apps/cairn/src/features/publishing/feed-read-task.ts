import { type Instant, Temporal } from '@cairn/kernel/time';
import { z } from 'zod';
import { queueJob } from '../../platform/db/command.ts';
import type { Services } from '../../platform/http/env.ts';
import type { Task } from '../../platform/jobs/tasks.ts';

/** The job that notes when a feed was last read. */
export const FEED_READ_JOB = 'feed-read';

/** A calendar program asks many times a day; whether a feed is in use needs no more than this. */
const NOTED_EVERY_HOURS = 1;

/**
 * Asks for a reading to be noted, outside the request: reading a feed changes nothing that anybody
 * entered, and this is no event. At most once an hour and feed.
 */
export async function noteFeedRead(
  { db, clock }: Pick<Services, 'db' | 'clock'>,
  feed: { readonly id: string; readonly lastReadAt: Instant | undefined },
): Promise<void> {
  const now = clock.now();
  const isNoted =
    feed.lastReadAt !== undefined && feed.lastReadAt.until(now).total('hours') < NOTED_EVERY_HOURS;
  if (isNoted) return;
  const job = { feed: feed.id, at: now.toString() };
  await db
    .transaction()
    .execute((tx) => queueJob(tx, FEED_READ_JOB, job, `${FEED_READ_JOB}:${feed.id}`));
}

const payloadSchema = z.object({ feed: z.string(), at: z.string() });

/** The task of `FEED_READ_JOB`. */
export const feedReadTask =
  ({ db }: Pick<Services, 'db'>): Task =>
  async (payload) => {
    const { feed, at } = payloadSchema.parse(payload);
    await db
      .updateTable('feed')
      .set({ lastReadAt: Temporal.Instant.from(at) })
      .where('id', '=', feed)
      .execute();
  };
