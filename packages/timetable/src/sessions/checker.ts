import type { Break } from './break.ts';
import type { IndexedInstance, IndexedRule } from './index-instance.ts';
import type { Timetable, Values } from './model.ts';
import { Placed } from './placed.ts';
import { breaksOf } from './rule-breaks.ts';

/** What a timetable is worth, and every case in which it breaks a rule. */
export interface Judged {
  /** For each level the sum of what its rules cost, each break by the weight of its rule. */
  readonly values: Values;
  readonly breaks: readonly RuleBreak[];
}

/** A break, and the rule that it breaks. */
export interface RuleBreak extends Break {
  readonly rule: IndexedRule;
}

/**
 * Judges a timetable from nothing but the definition of each rule: slow, obvious, and shared with
 * nothing of the search, which is tested against it.
 */
export function checkTimetable(indexed: IndexedInstance, timetable: Timetable): Judged {
  const placed = new Placed(indexed, timetable);
  const breaks = indexed.rules.flatMap((rule) =>
    breaksOf(rule, placed).map((each) => ({ ...each, rule })),
  );
  const values = Array.from({ length: indexed.levels }, () => 0);
  for (const { rule, cost } of breaks) {
    values[rule.level] = (values[rule.level] ?? 0) + cost * rule.weight;
  }
  return { values, breaks };
}
