import type { Names } from '../explain/names.ts';
import { sentenceOf } from '../explain/words.ts';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { RuleKind } from '../sessions/model.ts';
import type { Placed } from '../sessions/placed.ts';
import { breaksOf } from '../sessions/rule-breaks.ts';

/** A break of a rule as a drawing shows it. */
export interface MarkedBreak {
  /** Counted from 1; it stands in the boxes and before the sentence. */
  readonly number: number;
  readonly sentence: () => string;
  /** The sessions that are marked. */
  readonly sessions: readonly number[];
  /** It must hold (level 0); otherwise it is a wish. */
  readonly isHard: boolean;
}

/** What people lose is no fault of single sessions: there is nothing to mark. */
const OF_PEOPLE: ReadonlySet<RuleKind> = new Set([
  'interest',
  'worst-off',
  'day-pattern',
  'attends',
]);

/** Every break of what must hold, then every break of a wish about sessions. */
export function markedBreaks(
  indexed: IndexedInstance,
  placed: Placed,
  names: Names,
): MarkedBreak[] {
  return indexed.rules
    .filter(({ kind, level }) => level === 0 || !OF_PEOPLE.has(kind))
    .flatMap((rule) => breaksOf(rule, placed).map((each) => ({ ...each, rule })))
    .sort((one, other) => one.rule.level - other.rule.level)
    .map((each, index) => ({
      number: index + 1,
      sentence: () => sentenceOf(indexed, each, names),
      sessions: OF_PEOPLE.has(each.rule.kind) ? [] : each.sessions,
      isHard: each.rule.level === 0,
    }));
}

/** The same by session. */
export function bySessionOf(
  breaks: readonly MarkedBreak[],
): ReadonlyMap<number, readonly MarkedBreak[]> {
  const bySession = new Map<number, MarkedBreak[]>();
  for (const each of breaks) {
    for (const session of each.sessions) {
      const known = bySession.get(session);
      if (known === undefined) bySession.set(session, [each]);
      else known.push(each);
    }
  }
  return bySession;
}
