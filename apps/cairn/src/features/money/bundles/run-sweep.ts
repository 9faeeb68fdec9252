import type { Sweep } from '../../../platform/jobs/sweeps.ts';

/** So long bundles can be fetched; they say what can be made anew at any time. */
const KEPT_HOURS = 7 * 24;

/** Removes bundles that were made a week ago: nobody's receipts lie about in copies. */
export const bundleSweep: Sweep = {
  name: 'bundles kept',
  everySeconds: 3600,
  run: async ({ db, clock }) => {
    await db
      .deleteFrom('bundleRun')
      .where('askedAt', '<', clock.now().subtract({ hours: KEPT_HOURS }))
      .execute();
  },
};
