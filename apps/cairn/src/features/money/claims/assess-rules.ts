import { type Currency, convert, expectCurrency, formatMoney, sumOf } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { formatDate, parseDate } from '@cairn/kernel/time';
import { categoryLabel } from '../category-rules.ts';
import { type FundLine, linesFor, type Payee } from '../funders/funder-rules.ts';
import { factsSchema } from '../policy/facts-schema.ts';
import { claimDeadline } from '../policy/finding-rules.ts';
import {
  type Circumstances,
  type Cost,
  type Deduction,
  type Facts,
  type Finding,
  judgeCosts,
  type Policy,
} from '../policy/policy-rules.ts';
import { ruleWords } from '../policy/rule-words-rules.ts';
import { allowedOf, type Claim, type ClaimItem, claimName } from './claim-rules.ts';
import { itemField } from './draft-schema.ts';
import { convertedShares, spentShares } from './share-rules.ts';

/** A rate as it is frozen with a cost. */
export interface Rate {
  readonly rate: string;
  readonly onDate: string;
  readonly source: string;
}

/** A meal that somebody else’s claim asks for already. */
export interface ClaimedMeal {
  readonly personId: string;
  readonly spentOn: string;
  readonly meal: string;
  readonly number: number;
}

/** What a slip comes to, and what other claims ask of it, in its currency. */
export interface ReceiptUse {
  readonly id: string;
  readonly totalMinor: number | null;
  readonly currency: string | null;
  /** What its owner left to the payee of it; null where it is theirs, or left open. */
  readonly partMinor: number | null;
  readonly elsewhereMinor: number;
  readonly usesElsewhere: number;
}

/** All that decides what a claim comes to, besides the claim itself. */
export interface World {
  readonly lines: readonly FundLine[];
  /** Undefined for the bill of a supplier. */
  readonly payee: Payee | undefined;
  /** By line; nothing where a line has no rules. */
  readonly policies: ReadonlyMap<string, Policy>;
  readonly circumstances: Omit<Circumstances, 'currency' | 'earlier'>;
  /** Costs of the payee in their other claims, by the currency of the line. */
  readonly earlier: ReadonlyMap<Currency, readonly Cost[]>;
  /** By line and category: what is committed still for the payee; `line category`. */
  readonly committed: ReadonlyMap<string, number>;
  /** Lines on which the payee has, or had, an approved estimate. */
  readonly estimatedLines: ReadonlySet<string>;
  readonly claimedMeals: readonly ClaimedMeal[];
  readonly receipts: ReadonlyMap<string, ReceiptUse>;
  /** Names of people who come. */
  readonly names: ReadonlyMap<string, string>;
  /** Today, where the summit is. */
  readonly today: string;
}

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

/** The line that is to pay a cost: the one that was chosen, or the first that may. */
export function lineOf(
  item: Pick<ClaimItem, 'category' | 'lineId' | 'spentOn'>,
  { lines, payee }: Pick<World, 'lines' | 'payee'>,
): { readonly line: FundLine | undefined; readonly choices: readonly FundLine[] } {
  const may =
    payee === undefined
      ? lines.filter((line) => !line.isClosed && line.categories.includes(item.category))
      : linesFor(lines, payee, item.category);
  const choices = may.filter(({ funder: { fromOn, untilOn } }) => {
    const { spentOn } = item;
    return (
      spentOn === null ||
      ((fromOn === null || spentOn >= fromOn) && (untilOn === null || spentOn <= untilOn))
    );
  });
  return { line: choices.find(({ id }) => id === item.lineId) ?? choices[0], choices };
}

/** From which currency to which, and on which day, a rate is needed for a cost; undefined where nothing says it. */
export const rateNeeded = (
  item: ClaimItem,
  line: FundLine | undefined,
): { from: Currency; to: Currency; day: string } | undefined =>
  line === undefined || item.spentCurrency === null || item.spentOn === null
    ? undefined
    : { from: item.spentCurrency, to: line.funder.currency, day: item.spentOn };

/** The rate that was frozen with a cost, as long as it is that of its line. */
export const frozenRate = (item: ClaimItem, line: FundLine | undefined): Rate | undefined =>
  item.rate !== null && item.lineId === line?.id
    ? { rate: item.rate, onDate: item.rateOn ?? '', source: item.rateSource ?? '' }
    : undefined;

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

/** What a cost does not tell yet. */
function missingIn(item: ClaimItem, index: number, { today }: World): Problem[] {
  const at = (name: string, sentence: string) =>
    problem('missing', sentence, { path: itemField(name, index) });
  const { spentOn, spentMinor, typed } = item;
  return [
    ...(typed['kind'] === undefined ? [] : [at('kind', 'Choose what kind of cost this is.')]),
    ...(spentOn !== null
      ? []
      : [at('spent_on', 'Write the day on the slip, year-month-day, such as 2023-05-22.')]),
    ...(spentOn !== null && spentOn > today
      ? [at('spent_on', 'This day is still to come; claim a cost when you have paid it.')]
      : []),
    ...(spentMinor === null || spentMinor === 0
      ? [at('amount', 'Write what you paid, such as 12.50.')]
      : []),
    ...(item.spentCurrency === null
      ? [at('currency', 'Write the currency in three letters, such as USD.')]
      : []),
    ...(item.text === '' && item.meal === null
      ? [at('text', 'Say in a few words what it was.')]
      : []),
  ];
}

function noLine(item: ClaimItem, index: number, { payee, lines }: World): Problem {
  const isPaid = payee === undefined || payee.seatKind === 'funded' || payee.seatKind === undefined;
  const sentence = !isPaid
    ? 'Your seat is not a funded one, so no line pays for you. If that is wrong, write to the organisers.'
    : lines.some((line) => line.categories.includes(item.category))
      ? `No funder pays this for you on that day (${categoryLabel(item.category)}). Check the day, or write to the treasurers.`
      : `No funder pays “${categoryLabel(item.category)}” at this summit; choose another kind, or take this cost off.`;
  return problem('no-line', sentence, { path: itemField('kind', index) });
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

/** The same meal of a person is not paid twice: not in two people's claims. */
function mealsTwice({ items, personId }: Claim, { claimedMeals, names }: World): Problem[] {
  return items.flatMap(({ meal, spentOn, covers }, index) => {
    if (meal === null || spentOn === null) return [];
    const eaters = [...(personId === null ? [] : [personId]), ...covers.map((c) => c.personId)];
    return claimedMeals
      .filter(
        (other) =>
          other.meal === meal && other.spentOn === spentOn && eaters.includes(other.personId),
      )
      .map((other) => {
        const isOwn = other.personId === personId;
        const who = isOwn ? 'Your' : `${names.get(other.personId) ?? 'Their'}’s`;
        const day = parseDate(spentOn);
        const on = day.ok ? formatDate(day.value) : spentOn;
        const sentence = isOwn
          ? `${who} ${meal} on ${on} is in somebody else’s claim (${claimName(other.number)}) already; ask the treasurers.`
          : `${who} ${meal} on ${on} is asked for already; take them off this cost.`;
        return problem('meal-twice', sentence, { path: itemField('kind', index) });
      });
  });
}

/** Parts of a slip come to no more than the slip, over all who claim of it. */
function slipsTooSmall({ items, personId }: Claim, { receipts }: World): Problem[] {
  const problems: Problem[] = [];
  items.forEach((item, index) => {
    const shares = personId === null ? undefined : spentShares(item, personId);
    if (shares?.ok === false) {
      problems.push({ ...shares.error, place: { path: itemField('amount', index) } });
    }
  });
  for (const [id, use] of receipts) {
    const uses = items
      .map((item, index) => ({ item, index }))
      .filter(({ item }) => item.receiptIds.includes(id));
    const [first] = uses;
    if (first === undefined) continue;
    const isShared = uses.length + use.usesElsewhere > 1;
    if (use.totalMinor === null || use.currency === null) {
      if (!isShared) continue;
      const sentence =
        'Several costs are on this slip. Say under Receipts what the whole slip comes to, so that its parts can be checked.';
      problems.push(
        problem('no-total', sentence, { path: itemField('receipt', uses.at(-1)?.index ?? 0) }),
      );
      continue;
    }
    // A cost that spans several slips may be mostly on another one.
    const parts = uses.filter(
      ({ item }) => item.receiptIds.length === 1 && item.spentCurrency === use.currency,
    );
    const own = sumOf(parts.map(({ item }) => item.spentMinor ?? 0));
    const asked = sumOf([use.elsewhereMinor, own]);
    if (use.partMinor !== null && own > use.partMinor) {
      const part = formatMoney(use.partMinor, expectCurrency(use.currency));
      const sentence = `Of this slip ${part} is your part; lower what you claim, or ask whose it is.`;
      const path = itemField('amount', uses.at(-1)?.index ?? first.index);
      problems.push(problem('above-part', sentence, { path }));
      continue;
    }
    if (asked <= use.totalMinor) continue;
    const words = (minor: number) => formatMoney(minor, expectCurrency(use.currency ?? ''));
    // How much others claim is theirs to know.
    const sentence =
      use.usesElsewhere > 0
        ? `This slip comes to ${words(use.totalMinor)}, and with what is claimed of it elsewhere this is more; lower your part.`
        : `This slip comes to ${words(use.totalMinor)}, and ${words(asked)} is claimed of it; lower your part.`;
    problems.push(
      problem('slip-too-small', sentence, {
        path: itemField('amount', uses.at(-1)?.index ?? first.index),
      }),
    );
  }
  return problems;
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
    const sentence = `Your estimate leaves ${formatMoney(before, currency)} for “${categoryLabel(item.category)}”; this is ${formatMoney(over, currency)} more.`;
    const finding: Finding = { rule: 'estimate', kind: 'look', sentence, blocks: false };
    return { ...each, overEstimate: over, findings: [...each.findings, finding] };
  });
}

/** Until when a claim is to be sent: the first day that a rule of its lines says. */
export function deadlineOf(
  lines: readonly FundLine[],
  { policies, circumstances }: Pick<World, 'policies' | 'circumstances'>,
):
  | { readonly on: string; readonly sentence: string; readonly isRefusedAfter: boolean }
  | undefined {
  const found = lines.flatMap((line) => {
    const due = claimDeadline(policies.get(line.id), circumstances);
    return due === undefined ? [] : [{ ...due, currency: line.funder.currency }];
  });
  const [first] = found.sort((a, b) => a.on.localeCompare(b.on));
  if (first === undefined) return undefined;
  const { on, rule } = first;
  return {
    on,
    sentence: ruleWords(rule, first.currency),
    isRefusedAfter: rule.late === 'refused',
  };
}
