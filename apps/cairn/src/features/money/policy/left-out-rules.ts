import { categoryLabel } from '../category-rules.ts';
import { notPaidKey } from './facts-rules.ts';
import { type Case, factAmount, find, inWords, leftOf, rulesOf, takeOff } from './judging-rules.ts';

/** What is not paid at all: whole categories, and parts of a slip such as alcohol. */
export function judgeLeftOut(of: Case): void {
  const { currency } = of.circumstances;
  for (const rule of rulesOf(of, 'not_paid')) {
    for (const one of of.all) {
      const { category } = one.cost;
      if (rule.ask === undefined) {
        if (!rule.categories?.includes(category)) continue;
        takeOff(of, one, rule, leftOf(one), `${categoryLabel(category)} is not paid.`);
      } else if (rule.categories === undefined || rule.categories.includes(category)) {
        const part = factAmount(one, notPaidKey(rule), currency) ?? 0;
        takeOff(of, one, rule, part, `${inWords(of, part)} of this is not paid.`);
      }
    }
  }
  for (const rule of rulesOf(of, 'no_alcohol')) {
    for (const one of of.all) {
      if (!rule.categories.includes(one.cost.category)) continue;
      const alcohol = factAmount(one, 'alcohol', currency);
      if (alcohol === undefined) {
        const say = 'Say how much of this was for alcohol, and 0 if there was none.';
        find(of, one, rule, { kind: 'missing', blocks: true }, say);
      } else {
        takeOff(of, one, rule, alcohol, `${inWords(of, alcohol)} of this was for alcohol.`);
      }
    }
  }
}
