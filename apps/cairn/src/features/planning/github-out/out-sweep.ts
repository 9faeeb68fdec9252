import { ok } from '@cairn/kernel/result';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { makeDue } from './due-commands.ts';
import { GIT_DUE } from './due-rules.ts';
import { missingThere } from './missing-queries.ts';

/** So much is put on its way at once; the rest follows. */
const MOST_AT_ONCE = 500;

/**
 * Looks at main there, where nobody tells us that it moved, and puts on its way what is here and not there:
 * what was said before the plan was kept in step with GitHub. Not before what is there was read for the
 * first time, so that nothing is taken for ours that was there already.
 */
export const githubOutSweep: Sweep = {
  name: 'what GitHub is told of plans',
  everySeconds: 300,
  run: async ({ db, clock, github }) => {
    if (github === undefined) return;
    const plans = await db
      .selectFrom('githubSettings')
      .select('summitId')
      .where('sends', '=', true)
      .where('repositoryId', 'is not', null)
      .where(({ not, exists, selectFrom }) =>
        not(
          exists(
            selectFrom('githubReading')
              .select('stream')
              .whereRef('githubReading.summitId', '=', 'githubSettings.summitId')
              .where('readAt', 'is', null),
          ),
        ),
      )
      .execute();
    for (const { summitId } of plans) {
      await inTransaction(db, async (tx) => {
        const missing = await missingThere(tx, summitId, MOST_AT_ONCE);
        await makeDue(tx, summitId, [...GIT_DUE, ...missing], clock.now());
        return ok(undefined);
      });
    }
  },
};
