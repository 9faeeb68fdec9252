import { sumOf } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Reader, Tx } from '../../../platform/db/database.ts';
import type { Treasurer } from '../../people/rights.ts';
import { categoryLabel } from '../category-rules.ts';
import { overCeilingSentence, overCeilings } from '../funders/ceiling-rules.ts';
import { fundLinesOf, payeesOf } from '../funders/funder-queries.ts';
import { type FundLine, linesFor } from '../funders/funder-rules.ts';
import { balancesOf } from '../journal/balance-queries.ts';
import { lockLines, writeJournal } from '../journal/journal-commands.ts';
import { committed, type Entry, type Posting, type Purpose } from '../journal/journal-rules.ts';
import { frozenIn } from './estimate-commands.ts';
import { tellPerson, tellTreasurers } from './estimate-mail-commands.ts';
import { capsOf, estimateOf, type NamedEstimate } from './estimate-queries.ts';
import {
  type AskedItem,
  approvalOf,
  type Beyond,
  beyondCap,
  beyondLine,
  type CapDecision,
  capProblems,
  type Estimate,
  type EstimateItem,
  estimateTitle,
  mayDecide,
} from './estimate-rules.ts';
import type { ReadDecision } from './estimate-schema.ts';
import { lockEstimate, noEstimate, sameRevision, stepEstimate } from './estimate-step-commands.ts';

/** The estimate, locked, if this treasurer may decide on it as they saw it. */
async function toDecide(
  tx: Tx,
  treasurer: Treasurer,
  number: number,
  revision: number,
): Promise<Result<NamedEstimate, Problem>> {
  await lockEstimate(tx, treasurer.summitId, number);
  const estimate = await estimateOf(tx, treasurer, number);
  if (estimate === undefined) return noEstimate();
  const may = mayDecide(estimate, treasurer.personId);
  if (!may.ok) return may;
  const same = sameRevision(estimate, revision);
  return same.ok ? ok(estimate) : same;
}

/** What an approval would mean, looked at before it is made. */
interface Approval {
  readonly problems: readonly Problem[];
  readonly beyond: readonly Beyond[];
  readonly frozen: ReadonlyMap<
    string,
    Pick<EstimateItem, 'minor' | 'rate' | 'rateOn' | 'rateSource'>
  >;
}

/** What is wrong with caps, and what of them goes beyond what is foreseen. For the page and for the command. */
export async function lookAtApproval(
  db: Reader,
  actor: Actor,
  treasurer: Treasurer,
  estimate: Estimate,
  decisions: readonly CapDecision[],
): Promise<Approval> {
  const { summitId } = treasurer;
  const { personId } = estimate;
  const lines = await fundLinesOf(db, summitId);
  const payee = (await payeesOf(db, summitId, [personId])).get(personId);
  const mayPay = (category: EstimateItem['category']): readonly FundLine[] =>
    payee === undefined ? [] : linesFor(lines, payee, category);
  const frozen: [string, Pick<EstimateItem, 'minor' | 'rate' | 'rateOn' | 'rateSource'>][] = [];
  const asked: AskedItem[] = [];
  const problems: Problem[] = [];
  for (const item of estimate.items) {
    const decision = decisions.find(({ itemId }) => itemId === item.id);
    const line = lines.find(({ id }) => id === decision?.lineId);
    const converted = line && (await frozenIn(db, actor.now, summitId, item, line));
    if (converted !== undefined && !converted.ok) {
      problems.push({ ...converted.error, place: { path: `line_${item.id}` } });
    }
    if (converted?.ok === true) frozen.push([item.id, converted.value]);
    asked.push({
      ...item,
      askedMinor: converted?.ok === true ? (converted.value.minor ?? 0) : (item.minor ?? 0),
    });
  }
  return {
    problems: [...problems, ...capProblems(asked, decisions, mayPay)],
    beyond: await beyondOf(db, treasurer, estimate, decisions, lines),
    frozen: new Map(frozen),
  };
}

/** Ceilings, lines and earlier caps that would be passed. */
async function beyondOf(
  db: Reader,
  treasurer: Treasurer,
  estimate: Estimate,
  decisions: readonly CapDecision[],
  lines: readonly FundLine[],
): Promise<readonly Beyond[]> {
  const { personId } = estimate;
  const earlier = await capsOf(db, treasurer, personId);
  const balances: Posting[] = [...(await balancesOf(db, treasurer))];
  const beyond: Beyond[] = [];
  for (const line of lines) {
    const ofLine = decisions.filter(({ lineId, capMinor }) => lineId === line.id && capMinor > 0);
    const over = sumOf(ofLine.map(({ capMinor }) => capMinor)) - leftIn(balances, line.id);
    if (ofLine.length > 0 && over > 0) {
      beyond.push(beyondLine(line, over));
    }
    for (const { itemId, capMinor } of ofLine) {
      const category = estimate.items.find(({ id }) => id === itemId)?.category ?? 'other';
      const purpose: Purpose = { lineId: line.id, category, personId };
      const told = overCeilings(line, balances, purpose, capMinor).map((each) =>
        overCeilingSentence(line, purpose, each),
      );
      beyond.push(...told.map((sentence) => ({ kind: 'ceiling' as const, sentence })));
      // The next item of this line stands beside this one.
      balances.push({ ...purpose, stage: 'committed', minor: capMinor });
      const cap = earlier.find((each) => each.lineId === line.id && each.category === category);
      if (cap !== undefined) {
        const { currency } = line.funder;
        beyond.push(beyondCap(categoryLabel(category), cap.capMinor, capMinor, currency));
      }
    }
  }
  return beyond;
}

const leftIn = (balances: readonly Posting[], lineId: string): number =>
  sumOf(
    balances
      .filter((balance) => balance.lineId === lineId && balance.stage === 'left')
      .map(({ minor }) => minor),
  );

/**
 * Approves an estimate with a cap for each item. What goes beyond what is foreseen (a ceiling, what is left of a line,
 * an earlier cap) needs a reason and waits for a second treasurer; whoever looks second approves at most what the
 * first one did. The caps are committed in the journal. Event `estimate.approved` or `estimate.second_look`; whose it
 * is is told.
 */
export async function approveEstimate(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  number: number,
  { revision, decisions, overReason }: ReadDecision,
): Promise<Result<'approved' | 'second_look', Problem>> {
  const found = await toDecide(tx, treasurer, number, revision);
  if (!found.ok) return found;
  const estimate = found.value;
  const { summitId, personId: treasurerId } = treasurer;
  const kept = estimate.items.filter(({ id }) => decisions.some(({ itemId }) => itemId === id));
  await lockLines(
    tx,
    summitId,
    decisions.map(({ lineId }) => lineId),
  );
  const { problems, beyond, frozen } = await lookAtApproval(
    tx,
    actor,
    treasurer,
    estimate,
    decisions,
  );
  const [wrong] = problems;
  if (wrong !== undefined) return fail(wrong);
  const approval = approvalOf(estimate, treasurerId, decisions, beyond, overReason);
  if (!approval.ok) return approval;
  for (const item of kept) {
    const decision = decisions.find(({ itemId }) => itemId === item.id);
    if (decision === undefined) continue;
    const { lineId, capMinor, reason } = decision;
    await tx
      .updateTable('estimateItem')
      .set({ lineId, capMinor, capReason: reason.trim(), ...frozen.get(item.id) })
      .where('id', '=', item.id)
      .execute();
  }
  const said = { reason: beyond.length > 0 ? overReason.trim() : '' };
  if (approval.value === 'second_look') {
    await stepEstimate(tx, actor, summitId, estimate, 'second_look', {
      ...said,
      overReason: overReason.trim(),
      firstLookBy: treasurerId,
    });
    await tellTreasurers(tx, actor, summitId, estimate, {
      key: `estimate-second-look:${estimate.id}:${estimate.revision + 1}`,
      but: [treasurerId],
      sentence: `A treasurer would approve ${estimateTitle(estimate)}; because it goes beyond what is foreseen, a second one has to agree.`,
    });
    return approval;
  }
  const entries = decisions
    .filter(({ capMinor }) => capMinor > 0)
    .map((decision): Entry => {
      const item = estimate.items.find(({ id }) => id === decision.itemId);
      const purpose: Purpose = {
        lineId: decision.lineId,
        category: item?.category ?? 'other',
        personId: estimate.personId,
      };
      const isOver = beyond.some(({ overdrawn }) => overdrawn === decision.lineId);
      return {
        kind: 'commitment',
        key: `commitment:${decision.itemId}:${estimate.revision}`,
        subject: { kind: 'estimate_item', id: decision.itemId },
        postings: committed(purpose, decision.capMinor),
        ...(isOver ? { isOverride: true, note: overReason.trim() } : {}),
      };
    });
  const written = await writeJournal(tx, actor, summitId, entries);
  if (!written.ok) return written;
  const overSaid = beyond.length > 0 ? { overReason: overReason.trim() } : {};
  await stepEstimate(tx, actor, summitId, estimate, 'approved', { ...said, ...overSaid });
  await tellPerson(tx, actor, summitId, estimate, estimate.revision + 1);
  return approval;
}

/** Gives an estimate back to be mended, or declines it; either with words. Event `estimate.returned`, `estimate.declined`. */
export async function turnBackEstimate(
  tx: Tx,
  actor: Actor,
  treasurer: Treasurer,
  number: number,
  {
    revision,
    to,
    words,
  }: { readonly revision: number; readonly to: 'returned' | 'declined'; readonly words: string },
): Promise<Result<void, Problem>> {
  const found = await toDecide(tx, treasurer, number, revision);
  if (!found.ok) return found;
  if (words.trim() === '' || words.length > 2000) {
    const sentence =
      words.trim() === ''
        ? to === 'returned'
          ? 'Say what is to be mended; the person reads it.'
          : 'Say why it is declined; the person reads it.'
        : 'Shorten this to 2,000 characters.';
    return fail(problem('words-needed', sentence, { path: 'words' }));
  }
  await tx
    .updateTable('estimateItem')
    .set({ capMinor: null, capReason: '' })
    .where('estimateId', '=', found.value.id)
    .execute();
  const { summitId } = treasurer;
  const fresh = { reason: words.trim(), overReason: '', firstLookBy: null };
  await stepEstimate(tx, actor, summitId, found.value, to, fresh);
  await tellPerson(tx, actor, summitId, found.value, found.value.revision + 1);
  return ok(undefined);
}

/**
 * A claim that awaits a decision and draws on what an estimate committed: what it does not need comes back to the
 * commitment, which nobody could let go any more if the estimate were closed. For commands, which hold the lines' locks.
 */
export async function claimDrawingOn(
  tx: Tx,
  summitId: string,
  { personId, items }: Estimate,
): Promise<number | undefined> {
  const rows = await tx
    .selectFrom('claimItem')
    .innerJoin('claim', 'claim.id', 'claimItem.claimId')
    .select(['claim.number', 'claimItem.lineId', 'claimItem.category'])
    .where('claim.summitId', '=', summitId)
    .where('claim.personId', '=', personId)
    .where('claim.state', 'in', ['submitted', 'second_look'])
    .where('claimItem.committedMinor', '>', 0)
    .orderBy('claim.number')
    .execute();
  return rows.find((row) =>
    items.some(({ lineId, category }) => lineId === row.lineId && category === row.category),
  )?.number;
}
