import { type Currency, parseAmount } from '@cairn/kernel/money';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import { CATEGORY_KEYS, type Category } from '../category-rules.ts';
import { factsSchema } from './facts-schema.ts';
import type { Cost, PolicyContent } from './policy-rules.ts';
import { MEALS } from './rule-schema.ts';

/** What was typed into the form that tries a set of rules on a cost. */
export type Tried = Readonly<Record<string, string>>;

/** The category that was chosen, or meals, on which most sets have something to say. */
export const triedCategory = (typed: Tried): Category =>
  CATEGORY_KEYS.find((key) => key === typed['category']) ?? 'meals';

/** A cost to try the rules on, and whether its meal was provided. */
export interface TriedCost {
  readonly cost: Cost;
  readonly isProvided: boolean;
  /** ISO day on which the claim would be sent. */
  readonly submittedOn: string;
}

/** Reads the cost that was typed; the amount is in the currency of the rules. */
export function readTried(policy: PolicyContent, typed: Tried): Result<TriedCost, Problem[]> {
  const category = triedCategory(typed);
  const { currency } = policy;
  const problems: Problem[] = [];
  const day = (name: string): string => {
    const read = parseDate(typed[name] ?? '');
    if (!read.ok) problems.push(problem('bad-field', read.error.sentence, { path: name }));
    return typed[name] ?? '';
  };
  const cost = {
    id: 'tried',
    category,
    meal: MEALS.find((meal) => meal === typed['meal']) ?? null,
    spentOn: day('spent_on'),
    minor: amountOf(typed['amount'] ?? '', currency, problems),
    currency,
    facts: {},
    people: peopleOf(typed['people'] ?? '', problems),
    hasReceipt: typed['receipt'] === 'yes',
  };
  const submittedOn = day('submitted_on');
  const said = Object.entries(typed).flatMap(([name, value]) =>
    name.startsWith('fact.') ? [[name.slice('fact.'.length), value]] : [],
  );
  const facts = factsSchema(policy, category, currency).safeParse(Object.fromEntries(said));
  for (const issue of facts.error?.issues ?? []) {
    const path = `fact.${issue.path.join('.')}`;
    problems.push(problem('bad-field', issue.message, { path }));
  }
  if (problems.length > 0 || !facts.success) return fail(problems);
  const isProvided = typed['provided'] === 'yes';
  return ok({ cost: { ...cost, facts: facts.data }, isProvided, submittedOn });
}

function amountOf(text: string, currency: Currency, problems: Problem[]): number {
  const read = parseAmount(text, currency);
  if (read.ok && read.value >= 0) return read.value;
  const sentence = read.ok ? 'Write an amount that is not below zero.' : read.error.sentence;
  problems.push(problem('bad-field', sentence, { path: 'amount' }));
  return 0;
}

function peopleOf(text: string, problems: Problem[]): number {
  if (/^[1-9]\d?$/.test(text.trim())) return Number(text);
  const sentence = 'Write how many people it covers, from 1 to 99.';
  problems.push(problem('bad-field', sentence, { path: 'people' }));
  return 1;
}
