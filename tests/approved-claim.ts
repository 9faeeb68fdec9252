import { expectOk } from '@cairn/kernel/result';
import type { Category } from '../apps/cairn/src/features/money/category-rules.ts';
import { writeJournal } from '../apps/cairn/src/features/money/journal/journal-commands.ts';
import { approved, claimed } from '../apps/cairn/src/features/money/journal/journal-rules.ts';
import { inTransaction } from '../apps/cairn/src/platform/db/command.ts';
import type { FundedSummit } from './funded-summit.ts';
import { NOW } from './summit.ts';

/** A cost that was approved as asked, in minor units of its line. */
interface ApprovedItem {
  readonly category: Category;
  readonly minor: number;
  readonly lineId?: string;
  readonly spentOn?: string;
  readonly text?: string;
}

let number = 0;

/** Stores a claim that was approved in full, with its entries in the journal; of Mira unless said otherwise. */
export async function approvedClaim(
  world: FundedSummit,
  items: readonly ApprovedItem[],
  who: { readonly personId?: string } | { readonly supplier: string } = {},
): Promise<{ readonly claimId: string; readonly number: number }> {
  const { db, summitId } = world;
  const supplier = 'supplier' in who ? who.supplier : '';
  const personId = supplier !== '' ? null : 'personId' in who ? who.personId : undefined;
  const payeeId = personId === undefined ? world.personId : personId;
  number += 1;
  const { id: claimId } = await db
    .insertInto('claim')
    .values({
      summitId,
      number,
      personId: payeeId,
      supplier,
      enteredBy: null,
      state: 'approved',
      firstLookBy: null,
      createdAt: NOW,
      submittedAt: NOW,
      approvedAt: NOW,
      sentAt: null,
      paidAt: null,
      remindedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const [position, item] of items.entries()) {
    const { category, minor, lineId = world.lineId, spentOn = '2023-05-22', text = '' } = item;
    const { id } = await db
      .insertInto('claimItem')
      .values({
        claimId,
        position,
        category,
        meal: null,
        spentOn,
        text,
        spentMinor: minor,
        spentCurrency: 'USD',
        lineId,
        minor,
        rate: '1',
        rateOn: spentOn,
        rateSource: 'same currency',
        approvedMinor: minor,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const purpose = { lineId, category, personId: payeeId };
    const was = { asked: minor, committed: 0 };
    const subject = { kind: 'claim_item', id };
    const entries = [
      { kind: 'claim', key: `claim:${id}:1`, subject, postings: claimed(purpose, was) },
      {
        kind: 'approval',
        key: `approval:${id}:1`,
        subject,
        postings: approved(purpose, was, minor),
      },
    ] as const;
    expectOk(
      await inTransaction(db, (tx) => writeJournal(tx, world.actor, summitId, [...entries])),
    );
  }
  return { claimId, number };
}
