import { counted } from '@cairn/kernel/words';
import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';
import { type Assumed, tracksOf } from './assumed.ts';
import { nameOf, type Share, titles, wholeAtLeast } from './bound.ts';
import { Flow } from './flow.ts';
import { coveredFrom } from './place-costs.ts';

/** Sessions of which every two in one slot cost. */
interface Group {
  readonly what: string;
  readonly sessions: readonly number[];
  readonly weight: number;
}

/**
 * Pigeonholes: what the rules that count pairs of sessions in a slot cost at least. x sessions of a
 * track in one slot are x(x−1)/2 pairs, so the cheapest is the most even spread over the slots in
 * which they may be: a flow with convex costs. Pairs are counted for each track and person by
 * itself, so their bounds add up.
 *
 * `leaving` is what a session costs that stays without a place; 0 if that is free. Only sessions
 * that stay in are counted when it is left out.
 */
export function clashShares(
  assumed: Assumed,
  rules: readonly IndexedRule[],
  leaving?: (session: number) => number,
): Share[] {
  const { indexed } = assumed;
  const counts = (session: number) =>
    assumed.isPlaced(session) || (leaving !== undefined && leaving(session) > 0);
  const found = rules.map((rule) => ({
    rule,
    groups: groupsOf(indexed, rule)
      .map((group) => ({ ...group, sessions: [...new Set(group.sessions)].filter(counts) }))
      .filter(({ sessions }) => sessions.length > 1),
  }));
  const groupsWith = new Map<number, number>();
  for (const { groups } of found) {
    for (const { sessions } of groups) {
      for (const session of sessions) {
        groupsWith.set(session, (groupsWith.get(session) ?? 0) + 1);
      }
    }
  }
  // A session leaves once for all the groups that it is in.
  const share = (session: number) => (leaving?.(session) ?? 0) / (groupsWith.get(session) ?? 1);
  return found
    .filter(({ groups }) => groups.length > 0)
    .map(({ rule, groups }) => {
      const costs = groups.map((group) => ({ group, cost: spread(assumed, group, share) }));
      const worst = costs.filter(({ cost }) => cost > 0).map(({ group }) => group.what);
      const value = costs.reduce((sum, { cost }) => sum + cost, 0);
      return {
        rules: [rule],
        value: leaving ? value : wholeAtLeast(value),
        source: 'pigeonhole',
        sentence:
          worst.length === 0
            ? 'There are enough slots for all that should not run beside each other.'
            : `There are fewer slots than sessions: ${named(worst)}.`,
      };
    });
}

const named = (worst: readonly string[]): string =>
  worst.length > 6 ? `${worst.slice(0, 5).join('; ')}; ${worst.length - 5} more` : worst.join('; ');

function groupsOf(
  indexed: IndexedInstance,
  { kind, rule, sessions, weight }: IndexedRule,
): Group[] {
  if (kind === 'person-twice') {
    return indexed.people.map(({ bound }, person) => ({
      what: `${counted(bound.length, 'session')} need ${nameOf(indexed, person)}`,
      sessions: bound,
      weight,
    }));
  }
  if (rule.kind === 'track-clash') {
    return [...tracksOf(indexed, rule.tracks)].map(([track, of]) => ({
      what: `${counted(of.length, 'session')} on the track “${track}”`,
      sessions: of,
      weight,
    }));
  }
  return kind === 'apart' ? [{ what: titles(indexed, sessions), sessions, weight }] : [];
}

/** The least that a group's sessions cost by being spread over slots. */
function spread(assumed: Assumed, group: Group, leaving: (session: number) => number): number {
  const { indexed } = assumed;
  const slots = indexed.slots.length;
  const pieces = group.sessions.flatMap((number) => {
    const session = indexed.sessions[number];
    const starts = assumed.starts(number);
    if (session === undefined || starts.length === 0) return [];
    const count = Math.min(...starts.map((start) => coveredFrom(indexed, session, start)));
    return Array.from({ length: count }, (_, step) => ({ number, step, starts }));
  });
  if (isSpreadEasily(pieces.length, slots, pieces)) return 0;
  const source = pieces.length + slots;
  const sink = source + 1;
  const flow = new Flow(sink + 1);
  for (const [piece, { number, step, starts }] of pieces.entries()) {
    flow.arc(source, piece, 1, 0);
    if (!assumed.isPlaced(number)) flow.arc(piece, sink, 1, step === 0 ? leaving(number) : 0);
    for (const start of starts) flow.arc(piece, pieces.length + start + step, 1, 0);
  }
  for (let slot = 0; slot < slots; slot++) {
    for (let more = 0; more < pieces.length; more++) {
      flow.arc(pieces.length + slot, sink, 1, more * group.weight);
    }
  }
  return flow.send(source, sink, pieces.length).cost;
}

/** Whether there are at least as many slots as pieces for each of them: none can be in the way. */
const isSpreadEasily = (
  count: number,
  slots: number,
  pieces: readonly { readonly starts: readonly number[] }[],
): boolean => count <= slots && pieces.every(({ starts }) => starts.length >= count);
