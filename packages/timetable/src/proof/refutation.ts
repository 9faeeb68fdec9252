import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';
import { Assumed, tracksOf } from './assumed.ts';
import { Flow } from './flow.ts';
import { crowdOf } from './place-bound.ts';

/**
 * Whether matchings and propagation show that some rules cannot all hold: a session is left without
 * a start, sessions want more places than there are, or those of one person, track or rule more
 * slots than they may have. False says nothing.
 */
export function cannotHold(indexed: IndexedInstance, rules: readonly IndexedRule[]): boolean {
  const assumed = new Assumed(indexed, rules);
  const placed = [...indexed.sessions.keys()].filter((session) => assumed.isPlaced(session));
  if (placed.some((session) => assumed.starts(session).length === 0)) return true;
  if (crowdOf(assumed, rules).length > 0) return true;
  return exclusiveGroups(indexed, rules).some((group) => isTooMany(assumed, group));
}

/** Sessions of which no two may run in one slot. */
function exclusiveGroups(
  indexed: IndexedInstance,
  rules: readonly IndexedRule[],
): (readonly number[])[] {
  return rules.flatMap(({ kind, rule, sessions }) => {
    if (kind === 'person-twice') return indexed.people.map(({ bound }) => bound);
    if (kind === 'apart') return [sessions];
    return rule.kind === 'track-clash' ? [...tracksOf(indexed, rule.tracks).values()] : [];
  });
}

/** Whether there is no matching of a group's sessions, slot by slot, to slots of their own. */
function isTooMany(assumed: Assumed, group: readonly number[]): boolean {
  const { sessions, slots } = assumed.indexed;
  const pieces = group
    .filter((session) => assumed.isPlaced(session))
    .flatMap((session) => {
      const length = assumed.holds('runs-over') ? (sessions[session]?.length ?? 1) : 1;
      return Array.from({ length }, (_, step) => ({ step, starts: assumed.starts(session) }));
    });
  if (pieces.length < 2) return false;
  const source = pieces.length + slots.length;
  const flow = new Flow(source + 2);
  for (const [piece, { step, starts }] of pieces.entries()) {
    flow.arc(source, piece, 1, 0);
    for (const start of starts) {
      if (start + step < slots.length) flow.arc(piece, pieces.length + start + step, 1, 0);
    }
  }
  for (const slot of slots.keys()) flow.arc(pieces.length + slot, source + 1, 1, 0);
  return flow.send(source, source + 1, pieces.length).amount < pieces.length;
}
