import type { Instant } from '@cairn/kernel/time';
import { z } from 'zod';
import type { Services } from '../../../platform/http/env.ts';
import type { Task } from '../../../platform/jobs/tasks.ts';
import { applyFact, holdPlan } from './apply-commands.ts';
import type { Applying } from './apply-context.ts';
import { linksAbout, readDelivery } from './delivery-rules.ts';
import { queueApplying } from './due-commands.ts';
import { applyEarly, keepEarly, settleDeliveries, threadAwaited } from './early-commands.ts';
import { calm } from './intake-commands.ts';
import { readLinksAhead } from './link-commands.ts';
import { type Connected, connected, githubOf } from './settings-queries.ts';

const payloadSchema = z.object({ summit: z.string() });

/** So many are applied by one run; then other jobs have their turn. */
const MOST_IN_A_RUN = 500;
/** One that fails is tried again as often, and then kept for people to look at. */
const MOST_TRIES = 5;
const PAUSE_SECONDS = 60;
/** So many share a transaction. */
const BATCH = 25;

/** The task of `APPLY_JOB`: applies what GitHub sent, in the order in which it arrived. */
export const applyTask =
  (services: Services): Task =>
  async (payload) => {
    const { summit } = payloadSchema.parse(payload);
    await applyWaiting(services, summit);
  };

/** Applies what waits. One that cannot be applied stops no other; while many arrive, it waits for them. */
export async function applyWaiting(services: Services, summitId: string): Promise<void> {
  const { db, github } = services;
  const settings = await githubOf(db, summitId);
  if (settings === undefined || github === undefined) return;
  const waiting = await db
    .selectFrom('githubDelivery')
    .select('id')
    .where('summitId', '=', summitId)
    .where('state', '=', 'waiting')
    .orderBy('arrived')
    .limit(MOST_IN_A_RUN)
    .execute();
  if (waiting.length === 0) return;
  await github.learnOwnAccount();
  const plan = connected(settings, github);
  let failed = 0;
  for (let at = 0; at < waiting.length; at += BATCH) {
    const ids = waiting.slice(at, at + BATCH).map(({ id }) => id);
    await calm(services);
    // All in one, which is quick; where one of them fails, each by itself, so that it stops no other.
    const isDone = await applyAll(services, plan, ids).catch(() => false);
    if (isDone) continue;
    for (const id of ids) {
      const isApplied = await applyAll(services, plan, [id]).catch((error: unknown) =>
        noteFailure(services, id, error),
      );
      if (!isApplied) failed += 1;
    }
  }
  const isMore = waiting.length === MOST_IN_A_RUN;
  if (!isMore && failed === 0) return;
  const wait = failed === waiting.length ? PAUSE_SECONDS : 0;
  await db.transaction().execute((tx) => queueApplying(tx, summitId, wait));
}

const applyAll = (services: Services, plan: Connected, ids: readonly string[]): Promise<boolean> =>
  services.db.transaction().execute(async (tx) => {
    const now: Instant = services.clock.now();
    const applying: Applying = { tx, services, plan, source: 'told', now };
    await holdPlan(applying);
    const deliveries = await tx
      .selectFrom('githubDelivery')
      .select(['id', 'event', 'action', 'payload'])
      .where('id', 'in', ids)
      .where('state', '=', 'waiting')
      .orderBy('arrived')
      .forUpdate()
      .execute();
    const all = deliveries.map(({ id, event, action, payload }) => ({
      id,
      read: readDelivery(event, action, payload),
    }));
    const told = all.flatMap(({ read }) => ('facts' in read ? read.facts : []));
    await readLinksAhead(tx, plan.summitId, linksAbout(told));
    const applied: string[] = [];
    for (const { id, read } of all) {
      if ('facts' in read) {
        for (const fact of read.facts) await applyFact(applying, fact);
        const awaits = await threadAwaited(applying, read.facts);
        if (awaits === undefined) applied.push(id);
        else await keepEarly(tx, id, awaits);
        continue;
      }
      await tx
        .updateTable('githubDelivery')
        .set({ state: 'kept', why: read.kept, settledAt: now })
        .where('id', '=', id)
        .execute();
    }
    await settleDeliveries(applying, applied);
    await applyEarly(applying);
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
