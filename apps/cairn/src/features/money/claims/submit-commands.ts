import type { Problem } from '@cairn/kernel/problem';
import { problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import { committedFor } from '../journal/balance-queries.ts';
import { lockLines, writeJournal } from '../journal/journal-commands.ts';
import { drawnOn } from '../journal/journal-rules.ts';
import { assessClaim } from './assess-queries.ts';
import type { Assessment } from './assess-rules.ts';
import { claimEntries, purposeOf } from './claim-journal-rules.ts';
import { tellTreasurers } from './claim-mail-commands.ts';
import { type Claim, type ClaimItem, isOwnClaim, nextClaimState } from './claim-rules.ts';
import {
  lockNumbers,
  lockSeen,
  noSuchClaim,
  type SeenClaim,
  stepTo,
} from './claim-step-commands.ts';

/**
 * Submits a claim: what it comes to is frozen with the rates of its days and what the rules take off, it draws on what
 * is committed for its person, and the treasurers are told. Refused with the first thing that is to be mended; pages ask
 * `assessClaim` for all of them. Event `claim.submitted`.
 */
export async function submitClaim(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  seen: SeenClaim,
): Promise<Result<void, Problem>> {
  // One at a time: what two claims ask of one dinner, one slip or one cap is seen by the second.
  await lockNumbers(tx, summitId);
  const locked = await lockSeen(tx, summitId, seen);
  if (!locked.ok) return locked;
  const claim = locked.value;
  if (!isOwnClaim(claim, personId)) return fail(noSuchClaim());
  const next = nextClaimState(claim.state, 'submit');
  if (next === undefined) {
    return fail(problem('submitted-already', 'This claim is submitted already.'));
  }
  const assessment = await assessClaim(tx, claim, actor.now);
  const [first] = assessment.problems;
  if (first !== undefined) return fail(first);
  const frozen = await freeze(tx, claim, assessment);
  const written = await writeJournal(tx, actor, summitId, claimEntries(frozen));
  if (!written.ok) return written;
  await stepTo(tx, actor, claim, next, {
    set: { submittedAt: actor.now, remindedAt: null, firstLookBy: null },
  });
  await tellTreasurers(tx, actor, claim, 'submitted');
  return ok(undefined);
}

/** Stores what each cost comes to, with its share of what is committed; the lines are locked for that. */
async function freeze(tx: Tx, claim: Claim, { items }: Assessment): Promise<Claim> {
  const lineIds = [...new Set(items.flatMap(({ line }) => line?.id ?? []))];
  await lockLines(tx, claim.summitId, lineIds);
  const drawn = new Map<string, number>();
  const frozen: ClaimItem[] = [];
  for (const { item, line, minor, rate, facts, deductions, findings } of items) {
    if (line === undefined || minor === null || rate === null) {
      throw new Error('a cost without an amount was let through');
    }
    const placed = { ...item, lineId: line.id, minor };
    const purpose = purposeOf(claim, placed);
    const key = `${line.id} ${item.category}`;
    const before = drawn.get(key) ?? 0;
    const still = purpose === undefined ? 0 : await committedFor(tx, purpose);
    const { committed } = drawnOn(minor, still - before);
    drawn.set(key, before + committed);
    const values = {
      lineId: line.id,
      minor,
      rate: rate.rate,
      rateOn: rate.onDate,
      rateSource: rate.source,
      committedMinor: committed,
      approvedMinor: null,
      reason: '',
    };
    await tx
      .updateTable('claimItem')
      .set({
        ...values,
        facts: JSON.stringify(facts),
        typed: '{}',
        deductions: JSON.stringify(deductions),
        findings: JSON.stringify(findings),
      })
      .where('id', '=', item.id)
      .execute();
    frozen.push({ ...placed, ...values, facts, deductions, findings });
  }
  return { ...claim, items: frozen };
}
