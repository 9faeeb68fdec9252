import { ok } from '@cairn/kernel/result';
import { dateIn, expectZone, type Instant } from '@cairn/kernel/time';
import { inTransaction, jobActor, recordEvent } from '../../../platform/db/command.ts';
import type { Db, Tx } from '../../../platform/db/database.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { summitById } from '../../summits/queries.ts';
import { CLEARED } from './letter-commands.ts';
import { letterSetting } from './letter-queries.ts';
import { clearedOn } from './letter-rules.ts';

/** Takes out of letters what is personal, some days after the summit; that there was one stays, for the numbers. */
export const letterSweep: Sweep = {
  name: 'visa letters to be cleared',
  everySeconds: 3600,
  run: ({ db, clock }) => clearLetters(db, clock.now()),
};

/** Clears the letters of all summits whose days are over. Event `visa_letter.cleared` for each summit. */
export async function clearLetters(db: Db, now: Instant): Promise<void> {
  const open = await db
    .selectFrom('visaLetter')
    .select('summitId')
    .distinct()
    .where('clearedAt', 'is', null)
    .execute();
  for (const { summitId } of open) {
    await inTransaction(db, async (tx) => ok(await clearIn(tx, summitId, now)));
  }
}

async function clearIn(tx: Tx, summitId: string, now: Instant): Promise<void> {
  const { definition } = await summitById(tx, summitId);
  const { daysKept } = await letterSetting(tx, summitId);
  const today = dateIn(now, expectZone(definition.zone)).toString();
  if (today < clearedOn(definition.dates.departure, daysKept)) return;
  const cleared = await tx
    .updateTable('visaLetter')
    .set({ ...CLEARED, clearedAt: now })
    .set((eb) => ({
      state: eb
        .case()
        .when('state', '=', 'issued')
        .then('issued' as const)
        .else('withdrawn' as const)
        .end(),
    }))
    .where('summitId', '=', summitId)
    .where('clearedAt', 'is', null)
    .returning('id')
    .execute();
  const data = { letters: cleared.length };
  await recordEvent(tx, jobActor(now), { kind: 'visa_letter.cleared', summitId, data });
}
