import { isGroup } from '@cairn/formats/plain-data';
import { parseYaml, validateYaml } from '@cairn/formats/yaml-document';
import { type Currency, expectCurrency, parseCurrency } from '@cairn/kernel/money';
import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { z } from 'zod';
import type { PolicyContent } from './policy-rules.ts';
import { ruleSchema } from './rule-schema.ts';
import { namesIn, valuesOf } from './rule-words-rules.ts';

/** The name under which a set of rules is told in problems, and downloaded. */
export const policyFile = (key: string): string => `${key}.yaml`;

const FALLBACK = expectCurrency('USD');

const policySchema = (currency: Currency) =>
  z
    .strictObject({
      cairn: z.literal('policy/1', 'write cairn: policy/1'),
      title: z
        .string()
        .trim()
        .min(1, 'write a title')
        .max(200, 'the title is longer than 200 characters; shorten it'),
      currency: z.string().superRefine((text, context) => {
        const read = parseCurrency(text);
        if (!read.ok) context.addIssue({ code: 'custom', message: read.error.sentence });
      }),
      /** What the set is for, for whoever chooses it. */
      about: z.string().trim().max(2000, 'this text is longer than 2,000 characters').default(''),
      rules: z
        .array(ruleSchema(currency))
        .min(1, 'write at least one rule')
        .max(200, 'a set has at most 200 rules'),
    })
    .superRefine(({ rules }, context) => {
      const known = new Set<string>();
      for (const [index, rule] of rules.entries()) {
        const at = (path: string, message: string) =>
          context.addIssue({ code: 'custom', message, path: ['rules', index, path] });
        if (known.has(rule.key)) at('key', `two rules are called “${rule.key}”; rename one`);
        known.add(rule.key);
        const values = valuesOf(rule, currency);
        for (const name of namesIn(rule.words)) {
          if (Object.hasOwn(values, name)) continue;
          const names = Object.keys(values).map((each) => `{${each}}`);
          const advice =
            names.length === 0 ? 'write it out' : `this rule knows ${names.join(', ')}`;
          at('words', `“{${name}}” stands for nothing here; ${advice}`);
        }
      }
    });

/**
 * Reads a set of rules from its YAML: what it says, or everything that is wrong with it, each at its line and
 * column. Whether it fits a line is not its business.
 */
export function readPolicy(text: string, file?: string): Result<PolicyContent, Problem[]> {
  const plain = parseYaml(text, file);
  if (!plain.ok) return plain;
  const said = isGroup(plain.value.value) ? plain.value.value['currency'] : undefined;
  const currency = typeof said === 'string' ? parseCurrency(said) : undefined;
  // Amounts are read in some currency even where none is named, so that all problems are told at once.
  const read = validateYaml(text, file, policySchema(currency?.ok ? currency.value : FALLBACK));
  if (!read.ok) return fail(read.error.map(inSentence));
  const { cairn: _, currency: code, ...rest } = read.value.value;
  return ok({ ...rest, currency: expectCurrency(code.trim().toUpperCase()) });
}

function inSentence(problem: Problem): Problem {
  const begun = problem.sentence.charAt(0).toUpperCase() + problem.sentence.slice(1);
  return { ...problem, sentence: /[.!?…]$/.test(begun) ? begun : `${begun}.` };
}
