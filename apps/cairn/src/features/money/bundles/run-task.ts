import { z } from 'zod';
import type { Services } from '../../../platform/http/env.ts';
import type { Attempt, Task } from '../../../platform/jobs/tasks.ts';
import { type Treasurer, treasurerOf } from '../../people/rights.ts';
import { type Summit, summitById } from '../../summits/queries.ts';
import { fundersOf } from '../funders/funder-queries.ts';
import type { Funder } from '../funders/funder-rules.ts';
import { type BundlePayee, bundleFacts, bundlePayees } from './bundle-queries.ts';
import { besideName, bundleName, bundleOf, receiptAt } from './bundle-rules.ts';
import { typesetApart } from './bundle-thread.ts';

const payloadSchema = z.object({ run: z.string() });

/**
 * The task of `BUNDLE_JOB`: makes the bundles of a run, payee by payee, each stored when it is made, so that whoever
 * repeats the job goes on from there. Whoever asked must look after the money still.
 */
export const bundleTask =
  ({ db, clock }: Services): Task =>
  async (payload, attempt) => {
    const { run: id } = payloadSchema.parse(payload);
    const run = await db
      .selectFrom('bundleRun')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    // Another one was begun meanwhile, or it is done.
    if (run === undefined || run.finishedAt !== null) return;
    const { summitId, funderId } = run;
    const treasurer = await treasurerOf(db, summitId, { personId: run.askedBy ?? undefined });
    const funder = (await fundersOf(db, summitId)).find((each) => each.id === funderId);
    if (treasurer === undefined || funder === undefined) {
      return fail(id, 'Whoever asked for them looks after the money no longer.');
    }
    const summit = await summitById(db, summitId);
    const payees = await bundlePayees(db, treasurer, funderId);
    await db.updateTable('bundleRun').set({ total: payees.length }).where('id', '=', id).execute();
    try {
      for (const [position, payee] of payees.entries()) {
        await make({ treasurer, summit, funder, payee, position });
      }
    } catch (error) {
      await giveUp(id, attempt);
      throw error;
    }
    await db
      .updateTable('bundleRun')
      .set({ finishedAt: clock.now(), done: payees.length })
      .where('id', '=', id)
      .execute();

    async function make({ payee, position, ...of }: Making): Promise<void> {
      const name = bundleName(payee.name, payee.claims);
      const made = await db
        .selectFrom('bundlePart')
        .select('id')
        .where('runId', '=', id)
        .where('position', '=', position)
        .executeTakeFirst();
      if (made !== undefined) return;
      const facts = await bundleFacts(db, of.treasurer, of.summit, of.funder, payee, clock.now());
      const printed = await typesetApart(bundleOf(facts));
      if (!printed.ok) throw new Error(`the bundle at ${position}: ${printed.error.code}`);
      const beside = printed.value.leftOut.flatMap((number) => {
        const receipt = receiptAt(facts, number);
        return receipt === undefined
          ? []
          : [{ name: besideName(name, number, receipt), content: receipt.content }];
      });
      const files = [{ name: `${name}.pdf`, content: printed.value.pdf }, ...beside];
      await db.transaction().execute(async (tx) => {
        // It went meanwhile where another one was begun.
        const kept = await tx
          .updateTable('bundleRun')
          .set({ done: position + 1 })
          .where('id', '=', id)
          .executeTakeFirst();
        if (kept.numUpdatedRows === 0n) return;
        for (const file of files) {
          const { personId } = payee;
          await tx
            .insertInto('bundlePart')
            .values({ runId: id, position, personId, size: file.content.length, ...file })
            .execute();
        }
      });
    }

    async function giveUp(runId: string, { isLast }: Attempt): Promise<void> {
      if (isLast) await fail(runId, 'Some bundle could not be made; make them one by one.');
    }

    async function fail(runId: string, failure: string): Promise<void> {
      await db.updateTable('bundleRun').set({ failure }).where('id', '=', runId).execute();
    }
  };

interface Making {
  readonly treasurer: Treasurer;
  readonly summit: Summit;
  readonly funder: Funder;
  readonly payee: BundlePayee;
  readonly position: number;
}
