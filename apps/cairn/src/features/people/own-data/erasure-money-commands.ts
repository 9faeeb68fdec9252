import { type SqlBool, sql } from 'kysely';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { categoryOf } from '../../money/category-rules.ts';
import { returnEntries } from '../../money/claims/claim-journal-rules.ts';
import { loadClaims } from '../../money/claims/claim-queries.ts';
import { writeJournal } from '../../money/journal/journal-commands.ts';
import { committed } from '../../money/journal/journal-rules.ts';

/** Columns about money, stays and meals in which somebody may be named. */
export const MONEY_TEXTS = [
  ['policy', ['text']],
  ['policy_revision', ['text']],
  ['funder', ['name', 'award', 'note']],
  ['fund_line', ['title']],
  ['participant_status', ['reason']],
  ['journal_note', ['text']],
  ['rate_kept', ['file_name', 'raw', 'reason']],
  ['estimate', ['note', 'over_reason']],
  ['estimate_item', ['text', 'cap_reason']],
  ['estimate_step', ['reason']],
  ['receipt', ['name']],
  ['claim', ['supplier', 'title', 'note', 'over_reason']],
  ['claim_item', ['text', 'reason']],
  ['claim_step', ['reason']],
  ['payer_batch', ['note']],
  ['payer_batch_claim', ['recall_reason']],
  ['bundle_run', ['failure']],
  ['bundle_part', ['name']],
  ['payment', ['reference', 'reversal_reason']],
  ['bank_import', ['file_name']],
  ['bank_row', ['raw', 'payee', 'reference', 'reason']],
  ['stay', ['extra_reason', 'extra_answer', 'single_reason', 'single_answer', 'note', 'from_city']],
  ['lodging', ['name', 'address', 'text']],
  ['lodging_room', ['name']],
  ['journey_leg', ['note', 'from_place', 'to_place']],
  ['visa_letter', ['note', 'answer', 'signed_as', 'affiliation']],
  ['letter_setting', ['letterhead', 'signed_as', 'contact']],
  ['need', ['allergies', 'access']],
  ['meal_plan', ['caterer', 'place', 'note']],
  ['restaurant', ['name', 'note', 'price']],
  ['meal_table', ['title']],
  ['meal_seat', ['told']],
] as const;

/** The same for columns of JSON. */
export const MONEY_DATA = [
  ['seat_cost_model', ['model']],
  ['claim_item', ['facts', 'deductions', 'findings', 'typed']],
  ['bank_import', ['mapping']],
  ['money_publication', ['options']],
  ['rooming', ['statement']],
  ['visa_letter', ['content']],
] as const;

/**
 * Where somebody slept, ate and came from goes, with receipts and the words of estimates and claims. What was
 * committed for them and is not claimed is free again; what was paid stays paid, as numbers: accounts must add up
 * for as long as a funder may look into them. A receipt that somebody else claims by stays with them.
 */
export async function forgetMoney(tx: Tx, actor: Actor, personId: string): Promise<void> {
  await takeClaimsBack(tx, actor, personId);
  await freeCommitments(tx, actor, personId);
  await forgetClaims(tx, actor, personId);
  await forgetReceipts(tx, personId);
  await tx
    .updateTable('bankRow')
    .set({ raw: '', payee: '', reference: '' })
    .where('paymentId', 'in', (eb) =>
      eb
        .selectFrom('payment')
        .innerJoin('claim', 'claim.id', 'payment.claimId')
        .select('payment.id')
        .where('claim.personId', '=', personId),
    )
    .execute();
  await tx
    .updateTable('participantStatus')
    .set({ reason: '' })
    .where('personId', '=', personId)
    .execute();
  await tx
    .deleteFrom('roomWish')
    .where((eb) => eb.or([eb('personId', '=', personId), eb('otherId', '=', personId)]))
    .execute();
  for (const table of [
    'fundLinePerson',
    'stay',
    'roomingPlace',
    'journeyLeg',
    'visaLetter',
    'need',
    'mealSeat',
    'bundlePart',
  ] as const) {
    await tx.deleteFrom(table).where('personId', '=', personId).execute();
  }
}

/** What awaits a decision is asked for no more: it is committed again, or left, before the claims are withdrawn. */
async function takeClaimsBack(tx: Tx, actor: Actor, personId: string): Promise<void> {
  const waiting = await tx
    .selectFrom('claim')
    .select('summitId')
    .distinct()
    .where('personId', '=', personId)
    .where('state', 'in', ['submitted', 'second_look'])
    .execute();
  for (const { summitId } of waiting) {
    const claims = await loadClaims(tx, summitId, sql<SqlBool>`claim.person_id = ${personId}`);
    const written = await writeJournal(tx, actor, summitId, claims.flatMap(returnEntries));
    if (!written.ok) throw new Error(written.error.sentence);
  }
}

/** Nobody will claim it any more: it is left again for others. */
async function freeCommitments(tx: Tx, actor: Actor, personId: string): Promise<void> {
  const kept = await tx
    .selectFrom('journalBalance')
    .innerJoin('fundLine', 'fundLine.id', 'journalBalance.lineId')
    .select(['fundLine.summitId', 'lineId', 'category', 'minor'])
    .where('personId', '=', personId)
    .where('stage', '=', 'committed')
    .where('minor', '>', 0)
    .execute();
  for (const { summitId, lineId, category, minor } of kept) {
    const purpose = { lineId, category: categoryOf(category), personId };
    const written = await writeJournal(tx, actor, summitId, [
      {
        kind: 'release',
        key: `release:erased:${personId}:${lineId}:${category}`,
        postings: committed(purpose, -minor),
      },
    ]);
    if (!written.ok) throw new Error(written.error.sentence);
  }
}

/** What awaits a decision is withdrawn; of all of them the words go. */
async function forgetClaims(tx: Tx, actor: Actor, personId: string): Promise<void> {
  const open = ['draft', 'submitted', 'second_look', 'returned'] as const;
  for (const [table, items, steps, key] of [
    ['estimate', 'estimateItem', 'estimateStep', 'estimateId'],
    ['claim', 'claimItem', 'claimStep', 'claimId'],
  ] as const) {
    const own = await tx
      .selectFrom(table)
      .select(['id', 'summitId', 'state'])
      .where('personId', '=', personId)
      .execute();
    for (const { id, summitId, state } of own) {
      const isOpen = open.some((each) => each === state);
      await tx
        .updateTable(table)
        .set({ note: '', overReason: '', ...(isOpen ? { state: 'withdrawn' } : {}) })
        .where('id', '=', id)
        .execute();
      await tx.updateTable(items).set({ text: '' }).where(key, '=', id).execute();
      await tx.updateTable(steps).set({ reason: '' }).where(key, '=', id).execute();
      if (isOpen) {
        await recordEvent(tx, actor, {
          kind: `${table}.withdrawn`,
          summitId,
          personId,
          data: { [table]: id },
        });
      }
    }
  }
  await tx.updateTable('claim').set({ title: '' }).where('personId', '=', personId).execute();
  await tx
    .updateTable('claimItem')
    .set({ facts: '{}', typed: '{}', deductions: '[]', findings: '[]', reason: '' })
    .where('claimId', 'in', (eb) =>
      eb.selectFrom('claim').select('id').where('personId', '=', personId),
    )
    .execute();
  await tx
    .updateTable('estimateItem')
    .set({ capReason: '' })
    .where('estimateId', 'in', (eb) =>
      eb.selectFrom('estimate').select('id').where('personId', '=', personId),
    )
    .execute();
}

/** Receipts go, but for those by which somebody else claims: these become theirs. */
async function forgetReceipts(tx: Tx, personId: string): Promise<void> {
  const elsewhere = await tx
    .selectFrom('claimItemReceipt')
    .innerJoin('claimItem', 'claimItem.id', 'claimItemReceipt.itemId')
    .innerJoin('claim', 'claim.id', 'claimItem.claimId')
    .innerJoin('receipt', 'receipt.id', 'claimItemReceipt.receiptId')
    .select(['receipt.id', 'claim.personId as claimant'])
    .where('receipt.personId', '=', personId)
    .where('claim.personId', '<>', personId)
    .execute();
  for (const { id, claimant } of elsewhere) {
    if (claimant === null) continue;
    await tx.updateTable('receipt').set({ personId: claimant }).where('id', '=', id).execute();
  }
  const own = tx.selectFrom('receipt').select('id').where('personId', '=', personId);
  await tx
    .deleteFrom('receiptShare')
    .where((eb) => eb.or([eb('personId', '=', personId), eb('receiptId', 'in', own)]))
    .execute();
  await tx.deleteFrom('claimItemReceipt').where('receiptId', 'in', own).execute();
  await tx.deleteFrom('receipt').where('personId', '=', personId).execute();
}
