import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import { z } from 'zod';
import type { Door } from '../db/command.ts';
import type { Tx } from '../db/database.ts';
import type { Services } from '../http/env.ts';
import type { Task } from './tasks.ts';

/** Something that happened, as a consumer gets to see it. */
export interface StoredEvent {
  readonly id: string;
  readonly at: Instant;
  readonly kind: string;
  readonly summitId: string | null;
  readonly personId: string | null;
  readonly actorId: string | null;
  readonly door: Door;
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * What follows from an event, outside the request that caused it. `handle` runs in a transaction of
 * its own in which the delivery is noted, so what it writes there happens once for each event; what
 * it does elsewhere may happen again after a crash and has to bear that.
 */
export interface Consumer {
  /** Never reused for something else: deliveries are remembered under it. */
  readonly name: string;
  readonly kinds: readonly string[];
  /** Writes to the transaction it is given, at once, and does nothing else: it may share that with others. */
  readonly isBrief?: true;
  handle(event: StoredEvent, tx: Tx, services: Services): Promise<void>;
}

const payloadSchema = z.object({
  event: z.string(),
  kind: z.string(),
  door: z.literal('github').optional(),
});

/**
 * The task of `EVENT_JOB`: hands an event to every consumer that wants its kind. One that came from
 * GitHub waits for `calm` first.
 */
export function eventTask(
  services: Services,
  consumers: readonly Consumer[],
  calm: () => Promise<void> = () => Promise.resolve(),
): Task {
  const names = consumers.map(({ name }) => name);
  if (new Set(names).size < names.length) {
    throw new Error(`two consumers share a name: ${names.join(', ')}`);
  }
  return async (payload) => {
    const { event, kind, door } = payloadSchema.parse(payload);
    const wanting = consumers.filter(({ kinds }) => kinds.includes(kind));
    if (wanting.length === 0) return;
    if (door === 'github') await calm();
    const brief = wanting.filter(({ isBrief }) => isBrief === true);
    // Together, which is quick; where one of them fails, each by itself.
    const isTold = await deliver(services, brief, event).then(
      () => true,
      () => false,
    );
    const failures: unknown[] = [];
    for (const consumer of isTold ? wanting.filter((each) => !brief.includes(each)) : wanting) {
      // One that fails must not keep the event from the others; the job is tried again for it.
      await deliver(services, [consumer], event).catch((error: unknown) => failures.push(error));
    }
    if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('; '));
  };
}

async function deliver(
  services: Services,
  consumers: readonly Consumer[],
  id: string,
): Promise<void> {
  if (consumers.length === 0) return;
  await services.db.transaction().execute(async (tx) => {
    const noted = await tx
      .insertInto('outboxDelivery')
      .values(
        consumers.map(({ name }) => ({ consumer: name, eventId: id, at: services.clock.now() })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning('consumer')
      .execute();
    if (noted.length === 0) return;
    const { data, ...event } = await tx
      .selectFrom('event')
      .select(['at', 'kind', 'summitId', 'personId', 'actorId', 'door', 'data'])
      .select(sql<string>`id::text`.as('id'))
      .where('id', '=', Number(id))
      .executeTakeFirstOrThrow();
    const first = new Set(noted.map(({ consumer }) => consumer));
    for (const consumer of consumers.filter(({ name }) => first.has(name))) {
      // Written by recordEvent alone, which takes an object.
      await consumer.handle({ ...event, data: Object(data) }, tx, services);
    }
  });
}
