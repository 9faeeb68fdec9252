import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';

/** How two sessions must stand to each other; `isBroken` asks by their starts. */
export interface Relation {
  readonly first: number;
  readonly second: number;
  readonly isBroken: (first: number, second: number) => boolean;
}

/** For each session the relations with others that the rules of an instance ask for. */
export function relationsOf(indexed: IndexedInstance): Relation[][] {
  const ofSession = indexed.sessions.map((): Relation[] => []);
  for (const rule of indexed.rules) {
    const isBroken = brokenOf(rule, indexed);
    if (isBroken === undefined) continue;
    for (const [first, second] of pairsOf(rule)) {
      // What a session is to itself is a matter of its own place.
      if (first === second) continue;
      const relation: Relation = {
        first,
        second,
        isBroken: (one, other) => isBroken(first, one, other),
      };
      ofSession[first]?.push(relation);
      ofSession[second]?.push(relation);
    }
  }
  return ofSession;
}

function pairsOf({ kind, sessions }: IndexedRule): [number, number][] {
  if (kind === 'before' || kind === 'consecutive') {
    return sessions
      .slice(1)
      .map((second, at): [number, number] => [sessions[at] as number, second]);
  }
  return sessions.flatMap((first, at) =>
    sessions.slice(at + 1).map((second): [number, number] => [first, second]),
  );
}

/** Whether two starts break a rule about pairs; undefined for other rules. */
function brokenOf(
  { rule }: IndexedRule,
  { sessions, dayOf, isFollowed }: IndexedInstance,
): ((first: number, one: number, other: number) => boolean) | undefined {
  const lengthOf = (session: number) => sessions[session]?.length ?? 1;
  switch (rule.kind) {
    case 'before': {
      const { slots = 0 } = rule;
      return (first, one, other) => other < one + lengthOf(first) + slots;
    }
    case 'consecutive':
      return (first, one, other) =>
        other !== one + lengthOf(first) || isFollowed[other - 1] !== true;
    case 'together':
      return (_, one, other) => one !== other;
    case 'same-day':
      return (_, one, other) => dayOf[one] !== dayOf[other];
    case 'other-day':
      return (_, one, other) => dayOf[one] === dayOf[other];
    default:
      return undefined;
  }
}
