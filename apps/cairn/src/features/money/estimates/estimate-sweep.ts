import { ok } from '@cairn/kernel/result';
import { dateIn, daysBetween, expectZone } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { type Actor, inTransaction, jobActor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Sweep } from '../../../platform/jobs/sweeps.ts';
import { notify } from '../../people/invitations/notify-commands.ts';
import { summitDays } from '../../summits/facts.ts';
import { type Summit, summitById } from '../../summits/queries.ts';
import { tellTreasurers } from './estimate-mail-commands.ts';
import { estimateTitle, lastPassed } from './estimate-rules.ts';
import { withoutEstimate } from './missing-queries.ts';
import { estimateDays } from './setting-queries.ts';

/**
 * Reminds treasurers of estimates that wait, and people who need one of proposing it. Each threshold is told once, and
 * of several that have passed the last one only.
 */
export const estimateSweep: Sweep = {
  name: 'estimates that wait',
  everySeconds: 3600,
  run: async ({ db, clock }) => {
    const actor = jobActor(clock.now());
    const summits = await db
      .selectFrom('summit')
      .select('id')
      .where('state', '=', 'announced')
      .where(({ exists, selectFrom }) =>
        exists(
          selectFrom('fundLine')
            .select('fundLine.id')
            .whereRef('fundLine.summitId', '=', 'summit.id'),
        ),
      )
      .execute();
    for (const { id } of summits) {
      await inTransaction(db, async (tx) => {
        const summit = await summitById(tx, id);
        await remindTreasurers(tx, actor, summit);
        await askMissing(tx, actor, summit);
        return ok(undefined);
      });
    }
  },
};

async function remindTreasurers(tx: Tx, actor: Actor, { id: summitId }: Summit): Promise<void> {
  const { waitingDays } = await estimateDays(tx, summitId);
  const waiting = await tx
    .selectFrom('estimate')
    .select(['id', 'number', 'personId', 'firstLookBy', 'submittedAt'])
    .where('summitId', '=', summitId)
    .where('state', 'in', ['submitted', 'second_look'])
    .execute();
  for (const { submittedAt, ...estimate } of waiting) {
    if (submittedAt === null) continue;
    const waited = Math.floor(submittedAt.until(actor.now).total('hours') / 24);
    const passed = lastPassed(waitingDays, waited);
    if (passed === undefined) continue;
    await tx
      .updateTable('estimate')
      .set({ remindedAt: actor.now })
      .where('id', '=', estimate.id)
      .execute();
    await tellTreasurers(tx, actor, summitId, estimate, {
      key: `estimate-reminder:${estimate.id}:${submittedAt.epochMilliseconds}:${passed}`,
      but: estimate.firstLookBy === null ? [] : [estimate.firstLookBy],
      sentence: `${estimateTitle(estimate)} has waited for ${counted(waited, 'day')}. Fares rise while people wait.`,
    });
  }
}

/** Asks people who need an estimate for one. Nobody is asked after the summit has begun. */
async function askMissing(tx: Tx, actor: Actor, summit: Summit): Promise<void> {
  const { id: summitId, slug, definition } = summit;
  const { missingDays } = await estimateDays(tx, summitId);
  const today = dateIn(actor.now, expectZone(definition.zone));
  const left = daysBetween(today, summitDays(definition).arrival);
  const passed = missingDays.filter((days) => days >= left).sort((a, b) => a - b)[0];
  if (left < 0 || passed === undefined) return;
  for (const personId of await withoutEstimate(tx, summitId)) {
    await notify(tx, actor, {
      summitId,
      personId,
      key: `estimate-missing:${summitId}:${personId}:${passed}`,
      subject: `${definition.title}: please propose what you will spend`,
      body: [
        `${definition.title} begins in ${counted(left, 'day')}. Before you spend anything that you want back, propose it: what is approved has a cap, and is kept for you.`,
        'What you spend without may not be paid back.',
      ].join('\n\n'),
      page: `/s/${slug}/money/estimates`,
    });
  }
}
