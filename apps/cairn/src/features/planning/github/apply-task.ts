import type { Instant } from '@cairn/kernel/time';
import { z } from 'zod';
import type { Services } from '../../../platform/http/env.ts';
import type { Task } from '../../../platform/jobs/tasks.ts';
import { applyFact, holdPlan } from './apply-commands.ts';
import type { Applying } from './apply-context.ts';
import { readDelivery } from './delivery-rules.ts';
import { queueApplying } from './due-commands.ts';
import { type Connected, connected, githubOf } from './settings-queries.ts';

const payloadSchema = z.object({ summit: z.string() });

/** So many are applied by one run; then other jobs have their turn. */
const MOST_IN_A_RUN = 500;
/** One that fails is tried again as often, and then kept for people to look at. */
const MOST_TRIES = 5;
const PAUSE_SECONDS = 60;

/** The task of `APPLY_JOB`: applies what GitHub sent, in the order in which it arrived. */
export const applyTask =
  (services: Services): Task =>
  async (payload) => {
    const { summit } = payloadSchema.parse(payload);
    await applyWaiting(services, summit);
  };

/** Applies what waits, each delivery in a transaction of its own: one that cannot be applied stops no other. */
export async function applyWaiting(services: Services, summitId: string): Promise<void> {
  const { db, github } = services;
  const settings = await githubOf(db, summitId);
  if (settings === undefined || github === undefined) return;
  const plan = connected(settings, github);
  const waiting = await db
    .selectFrom('githubDelivery')
    .select('id')
    .where('summitId', '=', summitId)
    .where('state', '=', 'waiting')
    .orderBy('arrived')
    .limit(MOST_IN_A_RUN)
    .execute();
  let failed = 0;
  for (const { id } of waiting) {
    const isDone = await applyOne(services, plan, id).catch((error: unknown) =>
      noteFailure(services, id, error),
    );
    if (!isDone) failed += 1;
  }
  const isMore = waiting.length === MOST_IN_A_RUN;
  if (!isMore && failed === 0) return;
  const wait = failed === waiting.length ? PAUSE_SECONDS : 0;
  await db.transaction().execute((tx) => queueApplying(tx, summitId, wait));
}

const applyOne = (services: Services, plan: Connected, id: string): Promise<boolean> =>
  services.db.transaction().execute(async (tx) => {
    const now: Instant = services.clock.now();
    const applying: Applying = { tx, services, plan, source: 'told', now };
    await holdPlan(applying);
    const delivery = await tx
      .selectFrom('githubDelivery')
      .select(['event', 'action', 'payload'])
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .forUpdate()
      .executeTakeFirst();
    if (delivery === undefined) return true;
    const read = readDelivery(delivery.event, delivery.action, delivery.payload);
    if ('facts' in read) for (const fact of read.facts) await applyFact(applying, fact);
    await tx
      .updateTable('githubDelivery')
      .set(
        'facts' in read
          ? { state: 'applied', payload: null, why: '', settledAt: now }
          : { state: 'kept', why: read.kept, settledAt: now },
      )
      .where('id', '=', id)
      .execute();
    return true;
  });

async function noteFailure({ db, clock }: Services, id: string, error: unknown): Promise<false> {
  // What failed may hold what people wrote, so only its kind is kept.
  const why = error instanceof Error ? error.name : 'unknown';
  process.stderr.write(`GitHub's delivery ${id} could not be applied: ${String(error)}\n`);
  await db
    .updateTable('githubDelivery')
    .set((eb) => ({
      tries: eb('tries', '+', 1),
      why,
      state: eb
        .case()
        .when('tries', '>=', MOST_TRIES - 1)
        .then('failed' as const)
        .else('waiting' as const)
        .end(),
      settledAt: clock.now(),
    }))
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .execute();
  return false;
}
