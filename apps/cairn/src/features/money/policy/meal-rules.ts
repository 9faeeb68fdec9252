import {
  type Case,
  inWords,
  type Judging,
  leftOf,
  rulesOf,
  sayTaken,
  takeOff,
} from './judging-rules.ts';
import type { RuleOf } from './rule-schema.ts';

/** What is paid of meals: nothing where the summit provides them, then up to a cap for each person a day. */
export function judgeMeals(of: Case): void {
  const meals = of.all.filter(({ cost }) => cost.category === 'meals' && cost.meal !== null);
  for (const rule of rulesOf(of, 'provided_meal')) {
    for (const one of meals) {
      const { meal, spentOn } = one.cost;
      if (meal === null || spentOn === null || !rule.meals.includes(meal)) continue;
      const who = of.circumstances.provided(spentOn, meal);
      if (who === undefined) continue;
      takeOff(of, one, rule, leftOf(one), `${capital(meal)} was provided that day: ${who}.`);
    }
  }
  for (const rule of rulesOf(of, 'meal_cap')) {
    capEach(
      of,
      rule,
      meals.filter(({ cost }) => cost.meal === rule.meal),
      ({ cost }) => cost.spentOn ?? '',
      (over, isUsed) =>
        isUsed
          ? `${inWords(of, over)} of this is more than is still paid for ${rule.meal} that day, with the other slips for it.`
          : `${inWords(of, over)} of this is above what is paid for a ${rule.meal}.`,
    );
  }
  for (const rule of rulesOf(of, 'category_cap')) {
    const counted = of.all.filter(({ cost }) => rule.categories.includes(cost.category));
    const group = {
      person: () => '',
      person_day: ({ cost }: Judging) => cost.spentOn ?? '',
      cost: ({ cost }: Judging) => cost.id,
    }[rule.per];
    capEach(of, rule, counted, group, (over, isUsed) =>
      isUsed
        ? `${inWords(of, over)} of this is more than is still paid, with your other costs of this kind.`
        : `${inWords(of, over)} of this is above what is paid.`,
    );
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Pays each person of each group up to a cap; the first cost uses it up first. */
function capEach(
  of: Case,
  rule: RuleOf<'meal_cap' | 'category_cap'>,
  among: readonly Judging[],
  groupOf: (one: Judging) => string,
  why: (over: number, isUsed: boolean) => string,
): void {
  const used = new Map<string, number>();
  for (const one of among) {
    let over = 0;
    let isUsed = false;
    for (const share of one.shares) {
      const key = `${groupOf(one)} ${share.who}`;
      const before = used.get(key) ?? 0;
      const allowed = Math.min(share.left, Math.max(0, rule.most - before));
      if (allowed < share.left && before > 0) isUsed = true;
      over += share.left - allowed;
      share.left = allowed;
      used.set(key, before + allowed);
    }
    sayTaken(of, one, rule, over, why(over, isUsed));
  }
}
