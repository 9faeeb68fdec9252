import { sumOf } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Self, Treasurer } from '../../people/rights.ts';
import { claimName } from '../claims/claim-rules.ts';
import { committedFor } from '../journal/balance-queries.ts';
import { lockLines, writeJournal } from '../journal/journal-commands.ts';
import { committed, type Entry, type Purpose } from '../journal/journal-rules.ts';
import { claimDrawingOn } from './decision-commands.ts';
import { tellPerson } from './estimate-mail-commands.ts';
import { estimateOf, ownEstimate } from './estimate-queries.ts';
import { type Estimate, mayBe, releasable } from './estimate-rules.ts';
import { lockEstimate, noEstimate, stepEstimate } from './estimate-step-commands.ts';

/**
 * Closes one's own approved estimate: what is left of its caps is free again. Refused while a claim that awaits a
 * decision draws on it. Event `estimate.closed`.
 */
export async function closeOwnEstimate(
  tx: Tx,
  actor: Actor,
  self: Self,
  number: number,
): Promise<Result<void, Problem>> {
  await lockEstimate(tx, self.summitId, number);
  const estimate = await ownEstimate(tx, self, number);
  return estimate === undefined ? noEstimate() : close(tx, actor, self.summitId, estimate, '');
}

/** The same by a treasurer, for somebody else, who is told why. */
export async function closeEstimate(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  number: number,
  words: string,
): Promise<Result<void, Problem>> {
  await lockEstimate(tx, treasurer.summitId, number);
  const estimate = await estimateOf(tx, treasurer, number);
  if (estimate === undefined) return noEstimate();
  if (words.trim() === '' || words.length > 2000) {
    const sentence = 'Say in a sentence why it is closed; the person reads it.';
    return fail(problem('words-needed', sentence, { path: 'words' }));
  }
  const closed = await close(tx, actor, treasurer.summitId, estimate, words.trim());
  if (!closed.ok) return closed;
  await tellPerson(tx, actor, treasurer.summitId, estimate, estimate.revision + 1);
  return closed;
}

async function close(
  tx: Tx,
  actor: Actor,
  summitId: string,
  estimate: Estimate,
  reason: string,
): Promise<Result<void, Problem>> {
  if (!mayBe(estimate.state, 'close')) {
    return fail(problem('not-approved', 'Only an approved estimate can be closed.'));
  }
  const entries = await releases(tx, summitId, estimate);
  const waiting = await claimDrawingOn(tx, summitId, estimate);
  if (waiting !== undefined) {
    const sentence = `${claimName(waiting)} awaits a decision and draws on it; close it once that is decided.`;
    return fail(problem('claim-waits', sentence));
  }
  const written = await writeJournal(tx, actor, summitId, entries);
  if (!written.ok) return written;
  await stepEstimate(tx, actor, summitId, estimate, 'closed', { reason });
  return ok(undefined);
}

/** What of an estimate's commitments is let go: for each purpose what no other approved estimate needs. */
async function releases(tx: Tx, summitId: string, estimate: Estimate): Promise<readonly Entry[]> {
  const { personId } = estimate;
  await lockLines(
    tx,
    summitId,
    estimate.items.flatMap(({ lineId }) => lineId ?? []),
  );
  const others = await tx
    .selectFrom('estimateItem')
    .innerJoin('estimate', 'estimate.id', 'estimateItem.estimateId')
    .select(['estimateItem.lineId', 'estimateItem.category', 'estimateItem.capMinor'])
    .where('estimate.summitId', '=', summitId)
    .where('estimate.personId', '=', personId)
    .where('estimate.state', '=', 'approved')
    .where('estimate.id', '<>', estimate.id)
    .execute();
  const entries: Entry[] = [];
  const released = new Map<string, number>();
  for (const { id, lineId, category, capMinor } of estimate.items) {
    if (lineId === null || capMinor === null) continue;
    const purpose: Purpose = { lineId, category, personId };
    const key = `${lineId} ${category}`;
    const otherCaps = sumOf(
      others
        .filter((other) => other.lineId === lineId && other.category === category)
        .map((other) => other.capMinor ?? 0),
    );
    const still = (await committedFor(tx, purpose)) - (released.get(key) ?? 0);
    const minor = releasable(still, capMinor, otherCaps);
    if (minor === 0) continue;
    released.set(key, (released.get(key) ?? 0) + minor);
    entries.push({
      kind: 'release',
      key: `release:${id}:${estimate.revision}`,
      subject: { kind: 'estimate_item', id },
      postings: committed(purpose, -minor),
    });
  }
  return entries;
}
