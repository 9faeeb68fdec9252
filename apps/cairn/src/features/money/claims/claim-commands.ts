import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { sql } from 'kysely';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { coming, isComing } from '../../people/invitations/participation-queries.ts';
import type { Organiser, Self, Treasurer } from '../../people/rights.ts';
import { writeJournal } from '../journal/journal-commands.ts';
import { returnEntries } from './claim-journal-rules.ts';
import { type Claim, type ClaimItem, isOwnClaim, nextClaimState } from './claim-rules.ts';
import {
  lockNumbers,
  lockSeen,
  noSuchClaim,
  type SeenClaim,
  stepTo,
} from './claim-step-commands.ts';
import { type Draft, type DraftItem, MOST_ITEMS } from './draft-schema.ts';

/** Begins a claim. One that its owner began and left empty is taken up again. Event `claim.started`. */
export async function startClaim(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
): Promise<Result<{ readonly number: number }, Problem>> {
  await lockNumbers(tx, summitId);
  if (!(await isComing(tx, summitId, personId))) {
    return fail(problem('does-not-come', 'Only who comes to this summit can claim.'));
  }
  const empty = await tx
    .selectFrom('claim')
    .select('number')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('state', '=', 'draft')
    .where('revision', '=', 0)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(selectFrom('claimItem').select('id').whereRef('claimItem.claimId', '=', 'claim.id')),
      ),
    )
    .executeTakeFirst();
  if (empty !== undefined) return ok(empty);
  return ok(await insertClaim(tx, actor, summitId, { personId, supplier: '' }));
}

/**
 * Begins the bill of a supplier: a hotel, a caterer. Whoever enters it finishes it as they would a claim of their own,
 * and somebody else decides on it. Event `claim.started`.
 */
export async function startBill(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser | Treasurer,
  supplier: string,
): Promise<Result<{ readonly number: number }, Problem>> {
  const name = supplier.replace(/\s+/g, ' ').trim();
  if (name === '' || name.length > 120) {
    const sentence = 'Write the name of whoever sent the bill, in at most 120 characters.';
    return fail(problem('no-supplier', sentence, { path: 'supplier' }));
  }
  await lockNumbers(tx, summitId);
  return ok(await insertClaim(tx, actor, summitId, { personId: null, supplier: name }));
}

async function insertClaim(
  tx: Tx,
  actor: Actor,
  summitId: string,
  whose: { readonly personId: string | null; readonly supplier: string },
): Promise<{ readonly number: number }> {
  const row = await tx
    .insertInto('claim')
    .values({
      ...whose,
      summitId,
      number: sql<number>`(select coalesce(max(number), 0) + 1 from claim where summit_id = ${summitId})`,
      enteredBy: actor.personId ?? null,
      createdAt: actor.now,
      firstLookBy: null,
      submittedAt: null,
      approvedAt: null,
      sentAt: null,
      paidAt: null,
      remindedAt: null,
    })
    .returning(['id', 'number'])
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('claimStep')
    .values({
      claimId: row.id,
      at: actor.now,
      byPerson: actor.personId ?? null,
      state: 'draft',
    })
    .execute();
  await recordEvent(tx, actor, {
    kind: 'claim.started',
    summitId,
    ...(whose.personId === null ? {} : { personId: whose.personId }),
    data: { claim: row.id },
  });
  return row;
}

/** One's own claim that one may still change, locked. */
async function lockOpen(
  tx: Tx,
  { summitId, personId }: Self,
  seen: SeenClaim,
): Promise<Result<Claim, Problem>> {
  const locked = await lockSeen(tx, summitId, seen);
  if (!locked.ok) return locked;
  if (!isOwnClaim(locked.value, personId)) return fail(noSuchClaim());
  if (nextClaimState(locked.value.state, 'save') === undefined) {
    const sentence = 'This claim is submitted; take it back, or wait until it is returned.';
    return fail(problem('not-open', sentence));
  }
  return locked;
}

/**
 * Keeps a claim as its owner typed it, finished or not; costs that the draft does not name are gone. What was frozen of
 * a cost stays so as long as its amount, day and line do. Event `claim.saved`.
 */
export async function saveClaim(
  tx: Tx,
  actor: Actor,
  self: Self,
  { draft, ...seen }: SeenClaim & { readonly draft: Draft },
): Promise<Result<{ readonly revision: number }, Problem>> {
  const locked = await lockOpen(tx, self, seen);
  if (!locked.ok) return locked;
  const claim = locked.value;
  if (draft.items.length > MOST_ITEMS) {
    const sentence = `A claim has at most ${MOST_ITEMS} costs; put the others into another one.`;
    return fail(problem('too-many', sentence));
  }
  const known = new Map(claim.items.map((item) => [item.id, item]));
  const allowed = await allowedReferences(tx, self, claim);
  const kept = draft.items.flatMap(({ id }) => (id !== undefined && known.has(id) ? [id] : []));
  await tx
    .deleteFrom('claimItem')
    .where('claimId', '=', claim.id)
    .where('id', 'not in', kept.length === 0 ? [claim.id] : kept)
    .execute();
  for (const [position, item] of draft.items.entries()) {
    await storeItem(tx, claim, item, position, known.get(item.id ?? ''), allowed);
  }
  const { title, note, isFinal, overReason } = draft;
  await tx
    .updateTable('claim')
    .set((eb) => ({ title, note, isFinal, overReason, revision: eb('revision', '+', 1) }))
    .where('id', '=', claim.id)
    .execute();
  await recordEvent(tx, actor, {
    kind: 'claim.saved',
    summitId: claim.summitId,
    ...(claim.personId === null ? {} : { personId: claim.personId }),
    data: { claim: claim.id, items: draft.items.length },
  });
  return ok({ revision: claim.revision + 1 });
}

/** What a cost may point to: people who come, lines of the summit, and receipts that are one's own or shared. */
async function allowedReferences(tx: Tx, { summitId, personId }: Self, claim: Claim) {
  const [people, lines, receipts] = await Promise.all([
    tx
      .selectFrom('person')
      .select('id')
      .where(sql<boolean>`person.id in ${coming(summitId)}`)
      .execute(),
    tx.selectFrom('fundLine').select('id').where('summitId', '=', summitId).execute(),
    tx
      .selectFrom('receipt')
      .select('id')
      .where('summitId', '=', summitId)
      .where('removedAt', 'is', null)
      .where(({ or, eb, exists, selectFrom }) =>
        or([
          eb('personId', '=', personId),
          exists(
            selectFrom('receiptShare')
              .select('receiptId')
              .whereRef('receiptShare.receiptId', '=', 'receipt.id')
              .where('receiptShare.personId', '=', personId),
          ),
        ]),
      )
      .execute(),
  ]);
  const ids = (rows: readonly { readonly id: string }[]) => new Set(rows.map(({ id }) => id));
  const others = ids(people);
  if (claim.personId !== null) others.delete(claim.personId);
  return { people: others, lines: ids(lines), receipts: ids(receipts) };
}

type Allowed = Awaited<ReturnType<typeof allowedReferences>>;

const isSameCost = (draft: DraftItem, stored: ClaimItem): boolean =>
  draft.category === stored.category &&
  draft.spentOn === stored.spentOn &&
  draft.spentMinor === stored.spentMinor &&
  draft.spentCurrency === stored.spentCurrency &&
  (draft.lineId === stored.lineId || draft.lineId === null);

async function storeItem(
  tx: Tx,
  claim: Claim,
  draft: DraftItem,
  position: number,
  stored: ClaimItem | undefined,
  allowed: Allowed,
): Promise<void> {
  const lineId = draft.lineId !== null && allowed.lines.has(draft.lineId) ? draft.lineId : null;
  const isFrozen = stored !== undefined && isSameCost({ ...draft, lineId }, stored);
  const row = {
    position,
    category: draft.category,
    meal: draft.meal,
    spentOn: draft.spentOn,
    text: draft.text,
    facts: JSON.stringify(draft.facts),
    spentMinor: draft.spentMinor,
    spentCurrency: draft.spentCurrency,
    typed: JSON.stringify(draft.typed),
    ...(isFrozen
      ? { lineId: stored.lineId }
      : { lineId, minor: null, rate: null, rateOn: null, rateSource: null }),
  };
  const id =
    stored === undefined
      ? (
          await tx
            .insertInto('claimItem')
            .values({
              ...row,
              claimId: claim.id,
              minor: null,
              rate: null,
              rateOn: null,
              rateSource: null,
              approvedMinor: null,
            })
            .returning('id')
            .executeTakeFirstOrThrow()
        ).id
      : stored.id;
  if (stored !== undefined) {
    await tx.updateTable('claimItem').set(row).where('id', '=', id).execute();
    await tx.deleteFrom('claimItemPerson').where('itemId', '=', id).execute();
    await tx.deleteFrom('claimItemReceipt').where('itemId', '=', id).execute();
  }
  const covers = draft.covers.filter(({ personId }) => allowed.people.has(personId));
  if (covers.length > 0) {
    await tx
      .insertInto('claimItemPerson')
      .values(covers.map((each) => ({ itemId: id, ...each })))
      .execute();
  }
  const receipts = draft.receiptIds.filter((receiptId) => allowed.receipts.has(receiptId));
  if (receipts.length > 0) {
    await tx
      .insertInto('claimItemReceipt')
      .values(receipts.map((receiptId, place) => ({ itemId: id, receiptId, position: place })))
      .execute();
  }
}

/** Takes a claim back: nothing of it is asked for any more. Not once it is approved. Event `claim.withdrawn`. */
export async function withdrawClaim(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  seen: SeenClaim,
): Promise<Result<void, Problem>> {
  const locked = await lockSeen(tx, summitId, seen);
  if (!locked.ok) return locked;
  const claim = locked.value;
  if (!isOwnClaim(claim, personId)) return fail(noSuchClaim());
  const next = nextClaimState(claim.state, 'withdraw');
  if (next === undefined) {
    const sentence = 'This claim is decided; what was approved is paid. Write to the treasurers.';
    return fail(problem('decided', sentence));
  }
  const undone = await writeJournal(tx, actor, summitId, returnEntries(claim));
  if (!undone.ok) return undone;
  await stepTo(tx, actor, claim, next);
  return ok(undefined);
}
