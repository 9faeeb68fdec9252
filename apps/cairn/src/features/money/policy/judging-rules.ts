import {
  type Currency,
  convert,
  formatMoney,
  parseAmount,
  split,
  splitEvenly,
  sumOf,
} from '@cairn/kernel/money';
import type { Circumstances, Cost, Deduction, Finding, PolicyContent } from './policy-rules.ts';
import type { Rule } from './rule-schema.ts';
import { ruleWords } from './rule-words-rules.ts';

/** A cost while the rules look at it: what is still allowed of each person's share. */
export interface Judging {
  readonly cost: Cost;
  /** Of another claim: it uses up caps, and nothing is asked of it. */
  readonly isEarlier: boolean;
  readonly shares: { readonly who: string; left: number }[];
  readonly deductions: Deduction[];
  readonly findings: Finding[];
}

/** What all steps are given. */
export interface Case {
  readonly policy: PolicyContent;
  readonly all: readonly Judging[];
  readonly circumstances: Circumstances;
}

/** A cost before any rule has looked at it. */
export function begun(cost: Cost, isEarlier: boolean): Judging {
  const { shares, minor } = cost;
  const named = shares !== undefined && sumOf(shares.map((share) => share.minor)) === minor;
  const parts = named
    ? shares.map(({ personId, minor: left }) => ({ who: personId, left }))
    : splitEvenly(minor, Math.max(1, Math.trunc(cost.people))).map((left, index) => ({
        // Whoever claims is the first of those whom a cost covers.
        who: `#${index}`,
        left,
      }));
  return { cost, isEarlier, shares: parts, deductions: [], findings: [] };
}

/** What is still allowed of a cost. */
export const leftOf = ({ shares }: Judging): number => sumOf(shares.map(({ left }) => left));

/** The rules of a kind, in the order of the set. */
export const rulesOf = <Kind extends Rule['kind']>(
  { policy }: Case,
  kind: Kind,
): readonly Extract<Rule, { kind: Kind }>[] =>
  policy.rules.filter((rule): rule is Extract<Rule, { kind: Kind }> => rule.kind === kind);

/** Amounts of the line's currency in words. */
export const inWords = ({ circumstances }: Case, minor: number): string =>
  formatMoney(minor, circumstances.currency);

/** Takes an amount off a cost, at most what is left, from all shares alike; says why, with the rule in words. */
export function takeOff(of: Case, one: Judging, rule: Rule, minor: number, why: string): void {
  const taken = Math.min(minor, leftOf(one));
  if (taken <= 0) return;
  const parts = split(
    taken,
    one.shares.map(({ left }) => left),
  );
  for (const [index, share] of one.shares.entries()) share.left -= parts[index] ?? 0;
  sayTaken(of, one, rule, taken, why);
}

/** Writes down what was taken off already. */
export function sayTaken(of: Case, one: Judging, rule: Rule, minor: number, why: string): void {
  if (minor <= 0) return;
  const sentence = `${why} ${ruleWords(rule, of.policy.currency)}`;
  one.deductions.push({ rule: rule.key, minor, sentence });
}

/** Asks for something, or for a look. Costs of other claims are asked nothing. */
export function find(
  of: Case,
  one: Judging,
  rule: Rule,
  { kind, blocks }: Pick<Finding, 'kind' | 'blocks'>,
  why: string,
): void {
  if (one.isEarlier) return;
  const sentence = `${why} ${ruleWords(rule, of.policy.currency)}`;
  one.findings.push({ rule: rule.key, kind, sentence, blocks });
}

/** An amount among the facts of a cost, in the line's currency; nothing where none was said. */
export function factAmount({ cost }: Judging, key: string, currency: Currency): number | undefined {
  const said = cost.facts[key];
  if (said === undefined || said === '') return undefined;
  const read = parseAmount(String(said), cost.currency);
  if (!read.ok || read.value < 0) return undefined;
  return cost.rate === undefined || cost.currency === currency
    ? read.value
    : convert(read.value, cost.currency, cost.rate, currency);
}

/** A number among the facts as decimal text; nothing where none was said. */
export function factNumber({ cost }: Judging, key: string): string | undefined {
  const said = cost.facts[key];
  const text = said === undefined ? '' : String(said).trim();
  return /^\d{1,7}(\.\d{1,4})?$/.test(text) ? text : undefined;
}

/** A text among the facts; empty where none was said. */
export const factText = ({ cost }: Judging, key: string): string => {
  const said = cost.facts[key];
  return typeof said === 'string' ? said.trim() : '';
};
