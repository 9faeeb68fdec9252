import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';

/** Two sessions whose starts must fit each other. */
export interface StartRelation {
  readonly one: number;
  readonly other: number;
  /** Whether these starts of the first and the second break it. */
  readonly breaks: (start: number, other: number) => boolean;
}

/** The pairs of which a rule counts those that it is broken by; undefined for other kinds of rules. */
export function startRelations(
  indexed: IndexedInstance,
  indexedRule: IndexedRule,
): StartRelation[] | undefined {
  const { rule, sessions } = indexedRule;
  const isChain = rule.kind === 'before' || rule.kind === 'consecutive';
  const breaksAfter = relationOf(indexed, indexedRule);
  if (breaksAfter === undefined) return undefined;
  return sessions.flatMap((one, index) =>
    sessions
      .slice(index + 1, isChain ? index + 2 : undefined)
      .map((other) => ({ one, other, breaks: breaksAfter(one) })),
  );
}

function relationOf(
  { dayOf, isFollowed, sessions }: IndexedInstance,
  { rule }: IndexedRule,
): ((one: number) => StartRelation['breaks']) | undefined {
  const lengthOf = (session: number) => sessions[session]?.length ?? 1;
  switch (rule.kind) {
    case 'before':
      return (one) => (start, other) => other < start + lengthOf(one) + (rule.slots ?? 0);
    case 'consecutive':
      return (one) => (start, other) =>
        other !== start + lengthOf(one) || isFollowed[other - 1] !== true;
    case 'together':
      return () => (start, other) => start !== other;
    case 'same-day':
      return () => (start, other) => dayOf[start] !== dayOf[other];
    case 'other-day':
      return () => (start, other) => dayOf[start] === dayOf[other];
    default:
      return undefined;
  }
}
