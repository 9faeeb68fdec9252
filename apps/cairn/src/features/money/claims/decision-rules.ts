import { formatMoney, sumOf } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { categoryLabel } from '../category-rules.ts';
import { overCeilingSentence, overCeilings } from '../funders/ceiling-rules.ts';
import type { FundLine } from '../funders/funder-rules.ts';
import { overdraft, type Posting, type Purpose } from '../journal/journal-rules.ts';
import { approvalEntries, purposeOf, takenAtApproval } from './claim-journal-rules.ts';
import { allowedOf, type Claim, type ClaimItem } from './claim-rules.ts';

/** What a treasurer says to one cost. */
export interface ItemDecision {
  readonly itemId: string;
  /** In the line's currency. */
  readonly approvedMinor: number;
  /** Why not all of it; needed where it is less than the rules leave. */
  readonly reason: string;
}

export const approvedField = (itemId: string): string => `approved_${itemId}`;
export const reasonField = (itemId: string): string => `reason_${itemId}`;

/** The sentences of what the rules took off a cost: the reason that is kept where nobody says another one. */
const ruleReason = ({ deductions }: ClaimItem): string =>
  deductions.map(({ sentence }) => sentence).join(' ');

/** A claim with what is to be approved of each cost, or every reason why that cannot be. */
export function decided(
  claim: Claim,
  decisions: readonly ItemDecision[],
  lines: readonly FundLine[],
): Result<Claim, Problem[]> {
  const problems: Problem[] = [];
  const items = claim.items.map((item): ClaimItem => {
    const decision = decisions.find(({ itemId }) => itemId === item.id);
    const asked = item.minor ?? 0;
    const line = lines.find(({ id }) => id === item.lineId);
    const words = (minor: number) =>
      line === undefined ? String(minor) : formatMoney(minor, line.funder.currency);
    const at = (path: string, code: string, sentence: string) =>
      problems.push(problem(code, sentence, { path }));
    if (decision === undefined) {
      at(approvedField(item.id), 'undecided', 'Say how much of this is approved; 0 for nothing.');
      return item;
    }
    const { approvedMinor } = decision;
    if (approvedMinor < 0 || approvedMinor > asked) {
      const sentence = `At most what was asked for can be approved: ${words(asked)}.`;
      at(approvedField(item.id), 'more-than-asked', sentence);
    }
    const said = decision.reason.trim().slice(0, 1000);
    if (approvedMinor < allowedOf(item) && said === '') {
      const sentence = 'Say why not all of this is paid; the claimant reads it.';
      at(reasonField(item.id), 'no-reason', sentence);
    }
    const reason = approvedMinor >= asked || said !== '' ? said : ruleReason(item);
    return { ...item, approvedMinor, reason };
  });
  if (problems.length === 0 && items.every(({ approvedMinor }) => approvedMinor === 0)) {
    const sentence = 'Nothing would be paid; decline the claim instead, and say why.';
    problems.push(problem('nothing-approved', sentence));
  }
  return problems.length > 0 ? fail(problems) : ok({ ...claim, items });
}

/** What a decision is held against; balances are those of all lines. */
export interface Funds {
  readonly lines: readonly FundLine[];
  readonly balances: readonly Posting[];
}

/** What goes beyond what the rules foresee, in a sentence; a line that would be overdrawn is named. */
export interface Beyond {
  readonly kind: 'rules' | 'estimate' | 'ceiling' | 'overdrawn' | 'covered';
  readonly lineId: string;
  readonly sentence: string;
}

const sumWhere = (balances: readonly Posting[], isOf: (posting: Posting) => boolean): number =>
  sumOf(balances.filter(isOf).map(({ minor }) => minor));

/** What is committed still for a purpose. */
export const committedIn =
  (balances: readonly Posting[]) =>
  ({ lineId, category, personId }: Purpose): number =>
    sumWhere(
      balances,
      (balance) =>
        balance.stage === 'committed' &&
        balance.lineId === lineId &&
        balance.category === category &&
        balance.personId === personId,
    );

/** All that goes beyond what the rules, the estimate, the ceilings and the lines foresee, were it approved so. */
export function beyond(claim: Claim, { lines, balances }: Funds): readonly Beyond[] {
  const found: Beyond[] = [];
  const still = committedIn(balances);
  for (const item of claim.items) {
    const line = lines.find(({ id }) => id === item.lineId);
    const over = (item.approvedMinor ?? 0) - allowedOf(item);
    if (line === undefined || over <= 0) continue;
    const sentence = `“${item.text || categoryLabel(item.category)}”: ${formatMoney(over, line.funder.currency)} more than the rules leave.`;
    found.push({ kind: 'rules', lineId: line.id, sentence });
  }
  const purposes = Map.groupBy(claim.items, (item) => `${item.lineId} ${item.category}`);
  for (const items of purposes.values()) {
    const [first] = items;
    const purpose = first && purposeOf(claim, first);
    const line = lines.find(({ id }) => id === purpose?.lineId);
    if (purpose === undefined || line === undefined) continue;
    const sum = (of: (item: ClaimItem) => number) => sumOf(items.map(of));
    const approved = sum(({ approvedMinor }) => approvedMinor ?? 0);
    const estimated = sumOf([still(purpose), sum(({ committedMinor }) => committedMinor)]);
    if (line.needsEstimate && claim.personId !== null && approved > estimated) {
      const { currency } = line.funder;
      const sentence = `${categoryLabel(purpose.category)}: ${formatMoney(approved - estimated, currency)} more than the estimate leaves.`;
      found.push({ kind: 'estimate', lineId: line.id, sentence });
    }
    const more = approved - sum(({ minor }) => minor ?? 0);
    for (const over of overCeilings(line, balances, purpose, more)) {
      const sentence = overCeilingSentence(line, purpose, over);
      found.push({ kind: 'ceiling', lineId: line.id, sentence });
    }
  }
  const entries = approvalEntries(claim, takenAtApproval(claim, still));
  const postings = entries.flatMap((entry) => entry.postings);
  for (const line of lines) {
    const left = sumWhere(balances, ({ stage, lineId }) => stage === 'left' && lineId === line.id);
    const over = overdraft(postings, line.id, left);
    if (over === 0) continue;
    const sentence = `“${line.title}” would be overdrawn by ${formatMoney(over, line.funder.currency)}.`;
    found.push({ kind: 'overdrawn', lineId: line.id, sentence });
  }
  return found;
}

/**
 * Costs that are for the treasurer, too, who decides: whoever ate a dinner agrees to it only together with another one.
 * Not refused outright, since a bill of a house is for everybody.
 */
export const coveredIn = (
  { items }: Pick<Claim, 'items'>,
  treasurerId: string,
): readonly Beyond[] =>
  items.flatMap(({ covers, approvedMinor, lineId, text, category }) =>
    (approvedMinor ?? 0) > 0 && covers.some(({ personId }) => personId === treasurerId)
      ? {
          kind: 'covered',
          lineId: lineId ?? '',
          sentence: `“${text || categoryLabel(category)}” is for you, too, so another treasurer has to agree.`,
        }
      : [],
  );

/**
 * What becomes of a decision: `approve`, or `look` where it goes beyond what is foreseen and no other treasurer has
 * agreed to as much. `overReason` must then say why.
 */
export function outcomeOf(
  before: Pick<Claim, 'state' | 'items' | 'firstLookBy'>,
  after: Pick<Claim, 'items'>,
  treasurerId: string,
  found: readonly Beyond[],
  overReason: string,
): Result<'approve' | 'look', Problem> {
  if (found.length === 0) return ok('approve');
  if (overReason.trim() === '') {
    const sentence = `This goes beyond what is foreseen; say why. ${found.map((each) => each.sentence).join(' ')}`;
    return fail(problem('over-reason', sentence, { path: 'over_reason' }));
  }
  const isSecond = before.state === 'second_look' && before.firstLookBy !== treasurerId;
  const isAgreed =
    isSecond &&
    after.items.every(({ id, approvedMinor }) => {
      const first = before.items.find((item) => item.id === id);
      return (approvedMinor ?? 0) <= (first?.approvedMinor ?? 0);
    });
  // Who goes beyond the first look is the first to look at that.
  return ok(isAgreed ? 'approve' : 'look');
}
