import { type Currency, convert, formatMoney } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { categoryLabel } from '../category-rules.ts';
import type { FundLine } from '../funders/funder-rules.ts';
import { factsSchema } from '../policy/facts-schema.ts';
import {
  type Cost,
  type Deduction,
  type Facts,
  type Finding,
  judgeCosts,
  type Policy,
} from '../policy/policy-rules.ts';
import { mealsTwice, missingIn, noLine, slipsTooSmall } from './claim-fault-rules.ts';
import { allowedOf, type Claim, type ClaimItem } from './claim-rules.ts';
import { lineOf, type Rate, type World } from './claim-world-rules.ts';
import { itemField } from './draft-schema.ts';
import { convertedShares, spentShares } from './share-rules.ts';

/** What one cost comes to. */
export interface AssessedItem {
  readonly item: ClaimItem;
  /** The line that is to pay it; undefined where none may. */
  readonly line: FundLine | undefined;
  /** The lines that may. */
  readonly choices: readonly FundLine[];
  /** In the line's currency; null where something is missing to say it. */
  readonly minor: number | null;
  readonly rate: Rate | null;
  /** What was said of it and could be read. */
  readonly facts: Facts;
  readonly deductions: readonly Deduction[];
  readonly findings: readonly Finding[];
  /** What the rules leave of it. */
  readonly allowed: number | null;
  /** Of the amount, how much is above what an estimate leaves, on lines that pay only what was estimated. */
  readonly overEstimate: number;
}

/** What a claim comes to, and what has to be mended before it can be submitted. */
export interface Assessment {
  readonly items: readonly AssessedItem[];
  readonly problems: readonly Problem[];
}

/**
 * What a claim comes to by the rules of the lines that are to pay it. Says for each cost what is taken off and what is
 * missing, and never guesses: a cost that is not told whole is judged as far as it is.
 */
export function assess(
  claim: Claim,
  world: World,
  rates: ReadonlyMap<string, Result<Rate, Problem>>,
): Assessment {
  const problems: Problem[] = [];
  const placed = claim.items.map((item, index) => {
    problems.push(...missingIn(item, index, world));
    const { line, choices } = lineOf(item, world);
    if (line === undefined && item.typed['kind'] === undefined) {
      problems.push(noLine(item, index, world));
    }
    const found = rates.get(item.id);
    if (found?.ok === false) {
      problems.push({ ...found.error, place: { path: itemField('amount', index) } });
    }
    const rate = found?.ok === true ? found.value : undefined;
    const { spentMinor, spentCurrency } = item;
    const minor =
      rate === undefined || line === undefined || spentMinor === null || spentCurrency === null
        ? null
        : convert(spentMinor, spentCurrency, rate.rate, line.funder.currency);
    const facts = factsOf(item, index, line && world.policies.get(line.id), problems);
    return { item: { ...item, facts }, index, line, choices, minor, rate };
  });
  const judged = judgeAll(claim, placed, world);
  const items = placed.map(({ item, index, line, choices, minor, rate }): AssessedItem => {
    const { deductions, findings } = judged.get(item.id) ?? { deductions: [], findings: [] };
    const rules = (line && world.policies.get(line.id)?.rules) ?? [];
    const isAskedAlready = problems.some(({ code, place }) => isFactOf(index, code, place.path));
    for (const { rule, kind, sentence, blocks } of findings) {
      const isReceipt = rules.find(({ key }) => key === rule)?.kind === 'receipt_above';
      // What is not filled in is told at its field, once.
      if (!blocks || (kind === 'missing' && !isReceipt && isAskedAlready)) continue;
      const path = itemField(isReceipt || rules.length === 0 ? 'receipt' : 'kind', index);
      problems.push(problem('rule', sentence, { path }));
    }
    return {
      item,
      line,
      choices,
      minor,
      rate: rate ?? null,
      facts: item.facts,
      deductions,
      findings,
      allowed: minor === null ? null : allowedOf({ minor, deductions }),
      overEstimate: 0,
    };
  });
  problems.push(...mealsTwice(claim, world), ...slipsTooSmall(claim, world));
  const withEstimates = againstEstimates(items, world, problems);
  if (
    claim.overReason.trim() === '' &&
    withEstimates.some(({ overEstimate }) => overEstimate > 0)
  ) {
    const sentence =
      'This is more than your estimate leaves; say why below. A second treasurer looks at it.';
    problems.push(problem('over-reason', sentence, { path: 'over_reason' }));
  }
  if (claim.items.length === 0) {
    const sentence = 'Add at least one cost: choose photographs of receipts, or add a cost.';
    problems.unshift(problem('no-costs', sentence, { path: 'receipts' }));
  }
  return { items: withEstimates, problems };
}

/** Whether a problem is about what was asked of this cost. */
const isFactOf = (index: number, code: string, path: string | undefined): boolean =>
  code === 'fact' && (path ?? '').endsWith(`[${index}]`);

/** What was said of a cost as far as it can be read; what is missing or cannot be is a problem at its field. */
function factsOf(
  item: ClaimItem,
  index: number,
  policy: Policy | undefined,
  problems: Problem[],
): Facts {
  const { spentCurrency, category, typed, facts } = item;
  if (spentCurrency === null || typed['kind'] !== undefined) return {};
  const read = factsSchema(policy, category, spentCurrency).safeParse(facts);
  if (read.success) return read.data;
  for (const { message, path } of read.error.issues) {
    const name = `fact.${String(path[0] ?? '')}`;
    problems.push(problem('fact', message, { path: itemField(name, index) }));
  }
  return {};
}

interface Placed {
  readonly item: ClaimItem;
  readonly line: FundLine | undefined;
  readonly minor: number | null;
  readonly rate: Rate | undefined;
}

/** A cost as the rules see it. */
export function costOf(
  item: ClaimItem,
  payeeId: string,
  { minor, currency, rate }: { minor: number; currency: Currency; rate: Rate | undefined },
): Cost {
  const shares = spentShares(item, payeeId);
  const spentIn = item.spentCurrency ?? currency;
  return {
    id: item.id,
    category: item.category,
    meal: item.meal,
    spentOn: item.spentOn,
    minor,
    currency: spentIn,
    rate: spentIn === currency ? undefined : rate?.rate,
    facts: item.facts,
    people: item.covers.length + 1,
    shares: shares.ok ? convertedShares(shares.value, minor) : undefined,
    hasReceipt: item.receiptIds.length > 0,
  };
}

type Judged = ReadonlyMap<string, Pick<AssessedItem, 'deductions' | 'findings'>>;

/**
 * Costs are judged together by the rules of each line; the bill of a supplier is judged by people alone. What another
 * line of the same currency was asked for in the same claim uses up caps like costs of other claims, so that a dinner
 * on two slips is one dinner whichever lines they are put on.
 */
function judgeAll(claim: Claim, placed: readonly Placed[], world: World): Judged {
  const { personId } = claim;
  if (personId === null) return new Map();
  const judged = new Map<string, Pick<AssessedItem, 'deductions' | 'findings'>>();
  const byLine = Map.groupBy(placed, ({ line }) => line?.id);
  const before = new Map(world.earlier);
  for (const own of byLine.values()) {
    const line = own[0]?.line;
    if (line === undefined) continue;
    const { currency } = line.funder;
    const costs = own
      .filter(({ item }) => item.typed['kind'] === undefined)
      .map(({ item, minor, rate }) =>
        costOf(item, personId, { minor: minor ?? 0, currency, rate }),
      );
    const earlier = before.get(currency) ?? [];
    before.set(currency, [...earlier, ...costs]);
    const circumstances = { ...world.circumstances, currency, earlier };
    for (const { id, deductions, findings } of judgeCosts(
      world.policies.get(line.id),
      costs,
      circumstances,
    )) {
      judged.set(id, { deductions, findings });
    }
  }
  return judged;
}

/** Holds costs against what was estimated, where a line pays only that. */
function againstEstimates(
  items: readonly AssessedItem[],
  { committed, estimatedLines, payee }: World,
  problems: Problem[],
): readonly AssessedItem[] {
  const left = new Map(committed);
  return items.map((each, index) => {
    const { line, item, minor } = each;
    if (line === undefined || minor === null || payee === undefined || !line.needsEstimate) {
      return each;
    }
    if (!estimatedLines.has(line.id)) {
      const sentence = `“${line.title}” pays only what was estimated and approved before. Propose an estimate first (under “Estimate”); this draft waits for you.`;
      problems.push(problem('no-estimate', sentence, { path: itemField('kind', index) }));
      return each;
    }
    const key = `${line.id} ${item.category}`;
    const before = left.get(key) ?? 0;
    // What the rules take off is not asked of the estimate.
    const asked = each.allowed ?? minor;
    const over = Math.max(0, asked - before);
    left.set(key, Math.max(0, before - asked));
    if (over === 0) return each;
    const { currency } = line.funder;
    const sentence = `The estimate leaves ${formatMoney(before, currency)} for “${categoryLabel(item.category)}”; this is ${formatMoney(over, currency)} more.`;
    const finding: Finding = { rule: 'estimate', kind: 'look', sentence, blocks: false };
    return { ...each, overEstimate: over, findings: [...each.findings, finding] };
  });
}
