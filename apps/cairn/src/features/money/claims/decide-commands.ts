import type { Problem } from '@cairn/kernel/problem';
import { problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import { recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { fundLinesOf } from '../funders/funder-queries.ts';
import { balancesOf, committedFor } from '../journal/balance-queries.ts';
import { lockLines, writeJournal } from '../journal/journal-commands.ts';
import { drawnOn } from '../journal/journal-rules.ts';
import { assessIn, worldFor } from './assess-queries.ts';
import {
  approvalEntries,
  moveEntries,
  purposeOf,
  returnEntries,
  takenAtApproval,
} from './claim-journal-rules.ts';
import { tellOwner, tellTreasurers } from './claim-mail-commands.ts';
import { type Claim, type ClaimAction, mayNotDecide, nextClaimState } from './claim-rules.ts';
import { lockSeen, noSuchClaim, type SeenClaim, stepTo } from './claim-step-commands.ts';
import { lineOf } from './claim-world-rules.ts';
import {
  beyond,
  committedIn,
  coveredIn,
  decided,
  type ItemDecision,
  outcomeOf,
} from './decision-rules.ts';
import { releaseRest } from './release-commands.ts';

/** A claim that this treasurer may decide on, locked. */
async function lockToDecide(
  tx: Tx,
  { summitId, personId }: Treasurer,
  seen: SeenClaim,
  action: ClaimAction,
): Promise<Result<Claim, Problem>> {
  const locked = await lockSeen(tx, summitId, seen);
  if (!locked.ok) return locked;
  const claim = locked.value;
  if (claim.submittedAt === null) return fail(noSuchClaim());
  const why = mayNotDecide(claim, personId);
  if (why !== undefined) return fail(problem('not-yours-to-decide', why));
  if (nextClaimState(claim.state, action) === undefined) {
    const sentence = 'Somebody decided on this claim meanwhile; look at it again.';
    return fail(problem('decided', sentence));
  }
  return ok(claim);
}

/**
 * Decides how much of each cost is paid. Less than the rules leave needs a reason for each. More than they, the
 * estimate, a ceiling or a line foresee, and what is for the treasurer, too, needs `overReason` and another treasurer,
 * who decides again. What is approved is owed from then on; with a final claim what is left of its person's caps is let go. Events `claim.approved`,
 * `claim.second_look`. Refused with the first problem; pages ask `decided` for all of them.
 */
export async function decideClaim(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  {
    decisions,
    overReason,
    ...seen
  }: SeenClaim & { readonly decisions: readonly ItemDecision[]; readonly overReason: string },
): Promise<Result<'approved' | 'second_look', Problem>> {
  const locked = await lockToDecide(tx, treasurer, seen, 'approve');
  if (!locked.ok) return locked;
  const claim = locked.value;
  const { summitId } = treasurer;
  await lockLines(
    tx,
    summitId,
    claim.items.flatMap(({ lineId }) => lineId ?? []),
  );
  const lines = await fundLinesOf(tx, summitId);
  const with_ = decided(claim, decisions, lines);
  if (!with_.ok) return fail(with_.error[0] ?? problem('undecided', 'Say how much is approved.'));
  const after = with_.value;
  const balances = await balancesOf(tx, treasurer);
  const found = [...beyond(after, { lines, balances }), ...coveredIn(after, treasurer.personId)];
  const outcome = outcomeOf(claim, after, treasurer.personId, found, overReason);
  if (!outcome.ok) return outcome;
  for (const { id, approvedMinor, reason } of after.items) {
    await tx.updateTable('claimItem').set({ approvedMinor, reason }).where('id', '=', id).execute();
  }
  const why = found.length === 0 ? claim.overReason : overReason.trim().slice(0, 1000);
  if (outcome.value === 'look') {
    await stepTo(tx, actor, claim, 'second_look', {
      reason: why,
      set: { firstLookBy: treasurer.personId, overReason: why },
    });
    await tellTreasurers(tx, actor, claim, 'second_look');
    return ok('second_look');
  }
  const overdrawn = new Set(
    found.filter(({ kind }) => kind === 'overdrawn').map(({ lineId }) => lineId),
  );
  const taken = takenAtApproval(after, committedIn(balances));
  for (const [id, minor] of taken) {
    await tx
      .updateTable('claimItem')
      .set((eb) => ({ committedMinor: eb('committedMinor', '+', minor) }))
      .where('id', '=', id)
      .execute();
  }
  const entries = approvalEntries(after, taken).map((entry) =>
    entry.postings.some(({ lineId }) => overdrawn.has(lineId))
      ? { ...entry, isOverride: true, note: why }
      : entry,
  );
  const written = await writeJournal(tx, actor, summitId, entries);
  if (!written.ok) return written;
  await stepTo(tx, actor, claim, 'approved', {
    reason: found.length === 0 ? '' : why,
    set: { approvedAt: actor.now, overReason: why },
  });
  const released = await releaseRest(tx, actor, after);
  if (!released.ok) return released;
  await tellOwner(tx, actor, after, 'approved');
  return ok('approved');
}

/** What a treasurer asks of the claimant: of the whole claim, and of single costs. */
export interface Question {
  readonly words: string;
  readonly items: readonly { readonly itemId: string; readonly words: string }[];
}

/** Gives a claim back to its owner with words on what to mend; nothing is asked for until it comes again. Event `claim.returned`. */
export async function returnClaim(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  { question, ...seen }: SeenClaim & { readonly question: Question },
): Promise<Result<void, Problem>> {
  const words = question.words.trim().slice(0, 2000);
  const asked = question.items.filter((item) => item.words.trim() !== '');
  if (words === '' && asked.length === 0) {
    const sentence = 'Say what is to be mended, here or at a cost; the claimant reads it.';
    return fail(problem('no-words', sentence, { path: 'words' }));
  }
  const closed = await close(tx, actor, treasurer, seen, 'return', words);
  if (!closed.ok) return closed;
  for (const { itemId, words: why } of asked) {
    await tx
      .updateTable('claimItem')
      .set({ reason: why.trim().slice(0, 1000) })
      .where('id', '=', itemId)
      .where('claimId', '=', closed.value.id)
      .execute();
  }
  return ok(undefined);
}

/** Says that nothing of a claim is paid, and why. Event `claim.declined`. */
export async function declineClaim(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  { words, ...seen }: SeenClaim & { readonly words: string },
): Promise<Result<void, Problem>> {
  const why = words.trim().slice(0, 2000);
  if (why === '') {
    const sentence = 'Say why nothing of this is paid; the claimant reads it.';
    return fail(problem('no-words', sentence, { path: 'words' }));
  }
  const closed = await close(tx, actor, treasurer, seen, 'decline', why);
  return closed.ok ? ok(undefined) : closed;
}

async function close(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  seen: SeenClaim,
  action: 'return' | 'decline',
  reason: string,
): Promise<Result<Claim, Problem>> {
  const locked = await lockToDecide(tx, treasurer, seen, action);
  if (!locked.ok) return locked;
  const claim = locked.value;
  const written = await writeJournal(tx, actor, claim.summitId, returnEntries(claim));
  if (!written.ok) return written;
  await tx
    .updateTable('claimItem')
    .set({ approvedMinor: null, reason: '', committedMinor: 0 })
    .where('claimId', '=', claim.id)
    .execute();
  const state = action === 'return' ? 'returned' : 'declined';
  await stepTo(tx, actor, claim, state, { reason, set: { firstLookBy: null, remindedAt: null } });
  await tellOwner(tx, actor, claim, state);
  return ok(claim);
}

/**
 * Lets another line pay a cost of a submitted claim; it is converted and judged anew by that line's rules. A first look
 * that was taken is void. Event `claim.line_changed`.
 */
export async function changeLine(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  { itemId, lineId, ...seen }: SeenClaim & { readonly itemId: string; readonly lineId: string },
): Promise<Result<void, Problem>> {
  const locked = await lockToDecide(tx, treasurer, seen, 'approve');
  if (!locked.ok) return locked;
  const claim = locked.value;
  const was = claim.items.find(({ id }) => id === itemId);
  const world = await worldFor(tx, claim, actor.now);
  const wished = was && { ...was, lineId };
  const { line } = wished === undefined ? {} : lineOf(wished, world);
  if (was === undefined || wished === undefined || line?.id !== lineId) {
    const sentence = 'This line may not pay this cost; choose another one.';
    return fail(problem('no-line', sentence, { path: `line_${itemId}` }));
  }
  if (was.lineId === lineId) return ok(undefined);
  const before = world.lines.find(({ id }) => id === was.lineId);
  const keepsRate = before?.funder.currency === line.funder.currency;
  const moved = { ...wished, rate: keepsRate ? was.rate : null };
  const items = claim.items.map((item) => (item.id === itemId ? moved : item));
  const assessment = await assessIn(tx, { ...claim, items }, world);
  const is = assessment.items.find(({ item }) => item.id === itemId);
  if (is === undefined || is.minor === null || is.rate === null) {
    const sentence = `There is no rate from ${was.spentCurrency} to ${line.funder.currency} for that day; import rates first.`;
    return fail(problem('no-rate', sentence, { path: `line_${itemId}` }));
  }
  await lockLines(tx, treasurer.summitId, [lineId, ...(was.lineId === null ? [] : [was.lineId])]);
  const purpose = purposeOf(claim, moved);
  const { committed } = drawnOn(
    is.minor,
    purpose === undefined ? 0 : await committedFor(tx, purpose),
  );
  const values = {
    lineId,
    minor: is.minor,
    rate: is.rate.rate,
    rateOn: is.rate.onDate,
    rateSource: is.rate.source,
    committedMinor: committed,
    approvedMinor: null,
    reason: '',
  };
  const entries = moveEntries(claim, was, { ...moved, ...values });
  const written = await writeJournal(tx, actor, treasurer.summitId, entries);
  if (!written.ok) return written;
  await tx
    .updateTable('claimItem')
    .set({
      ...values,
      deductions: JSON.stringify(is.deductions),
      findings: JSON.stringify(is.findings),
    })
    .where('id', '=', itemId)
    .execute();
  if (claim.state === 'second_look') {
    await stepTo(tx, actor, claim, 'submitted', { set: { firstLookBy: null } });
    return ok(undefined);
  }
  await tx
    .updateTable('claim')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', claim.id)
    .execute();
  await recordEvent(tx, actor, {
    kind: 'claim.line_changed',
    summitId: claim.summitId,
    ...(claim.personId === null ? {} : { personId: claim.personId }),
    data: { claim: claim.id, item: itemId, line: lineId },
  });
  return ok(undefined);
}
