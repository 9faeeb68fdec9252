import { ok } from '@cairn/kernel/result';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Services } from '../../../platform/http/env.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { creditAccount } from '../ledger/credit-commands.ts';
import { tieAccounts } from './account-commands.ts';
import { queueApplying, queueReading } from './due-commands.ts';
import { isDue } from './reading-rules.ts';
import { githubPlans, readingsOf } from './settings-queries.ts';

/** What nobody understood is kept for so long with its content; that it was there is kept for ever. */
const KEPT_DAYS = 30;

/**
 * Looks for what was not told: asks GitHub from the watermarks on, often where it tells nothing by
 * itself, goes on with what a process that died left, and ties accounts to people who said since that
 * they are theirs.
 */
export const githubSweep: Sweep = {
  name: 'github',
  everySeconds: 60,
  run: async (services) => {
    if (services.github === undefined) return;
    await wake(services);
    await tieAll(services);
    await forgetContents(services);
  },
};

async function wake({ db, clock }: Services): Promise<void> {
  const now = clock.now();
  for (const { summitId, lastDeliveryAt, limitedUntil } of await githubPlans(db)) {
    const isLimited =
      limitedUntil !== null && limitedUntil.epochMilliseconds > now.epochMilliseconds;
    const [readings, waiting, due] = await Promise.all([
      readingsOf(db, summitId),
      db
        .selectFrom('githubDelivery')
        .select('id')
        .where('summitId', '=', summitId)
        .where('state', '=', 'waiting')
        .limit(1)
        .executeTakeFirst(),
      db
        .selectFrom('githubDue')
        .select('what')
        .where('summitId', '=', summitId)
        .limit(1)
        .executeTakeFirst(),
    ]);
    const times = readings.map(({ readAt }) => readAt?.epochMilliseconds);
    const isWhole = readings.length === 3 && !times.includes(undefined);
    const oldest = isWhole ? Math.min(...times.filter((at) => at !== undefined)) : undefined;
    const reads =
      due !== undefined || isDue(oldest, lastDeliveryAt?.epochMilliseconds, now.epochMilliseconds);
    await db.transaction().execute(async (tx) => {
      if (waiting !== undefined) await queueApplying(tx, summitId);
      if (reads && !isLimited) await queueReading(tx, summitId);
    });
  }
}

async function tieAll({ db, clock }: Services): Promise<void> {
  await inTransaction(db, async (tx) => {
    const actor = { personId: undefined, door: 'job', now: clock.now() } as const;
    for (const id of await tieAccounts(tx)) await creditAccount(tx, actor, id);
    return ok(undefined);
  });
}

async function forgetContents({ db, clock }: Services): Promise<void> {
  await db
    .updateTable('githubDelivery')
    .set({ payload: null })
    .where('state', 'in', ['kept', 'failed'])
    .where('payload', 'is not', null)
    .where('receivedAt', '<', clock.now().subtract({ hours: KEPT_DAYS * 24 }))
    .execute();
}
