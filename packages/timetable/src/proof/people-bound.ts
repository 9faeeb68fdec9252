import type { IndexedInstance, IndexedRule } from '../sessions/index-instance.ts';
import type { Assumed } from './assumed.ts';
import { nameOf, type Share } from './bound.ts';
import { Flow } from './flow.ts';

/** For each person what all that interests them is worth, and the most that they can get of it. */
export interface Packing {
  readonly all: readonly number[];
  readonly most: readonly number[];
}

/**
 * The most that each person can get for themselves: in each slot in which they are there, one of the
 * sessions that may run in it. With slots for all that is everything; else it is a matching of
 * sessions, by slots, to slots. Sessions at which they must be come first, whatever they are worth
 * to them, where nobody can be in two at a time.
 */
export function packPeople(assumed: Assumed): Packing {
  const { indexed } = assumed;
  const covers = indexed.sessions.map((_, session) => assumed.mayCover(session));
  const isBusyFirst =
    assumed.holds('person-twice') && assumed.holds('person-away') && assumed.holds('runs-over');
  const all: number[] = [];
  const most: number[] = [];
  for (const { interest, away, bound } of indexed.people) {
    let sum = 0;
    const pieces: Piece[] = [];
    const must = new Set(isBusyFirst ? bound.filter((session) => assumed.isPlaced(session)) : []);
    for (const [session, weight] of interest) {
      const length = indexed.sessions[session]?.length ?? 0;
      sum += weight * length;
      if (must.has(session)) continue;
      const open = (covers[session] ?? []).filter((slot) => !away.has(slot));
      const longest = Math.min(length, open.length);
      for (let step = 0; step < longest; step++) pieces.push({ weight, slots: open, must: false });
    }
    for (const session of must) {
      const length = indexed.sessions[session]?.length ?? 0;
      const weight = interest.get(session) ?? 0;
      const slots = covers[session] ?? [];
      for (let step = 0; step < length; step++) pieces.push({ weight, slots, must: true });
    }
    all.push(sum);
    most.push(Math.min(sum, bestPacking(pieces, indexed.slots.length)));
  }
  return { all, most };
}

interface Piece {
  readonly weight: number;
  readonly slots: readonly number[];
  readonly must: boolean;
}

/** The heaviest matching of pieces to slots, with those that must be in it first. */
function bestPacking(pieces: readonly Piece[], slots: number): number {
  const total = pieces.reduce((sum, { weight }) => sum + weight, 0);
  if (pieces.length <= slots && pieces.every((each) => each.slots.length >= pieces.length)) {
    return total;
  }
  const heaviest = Math.max(0, ...pieces.map(({ weight }) => weight));
  // So much more than all others together that those that must be in it come first.
  const first = total + heaviest + 1;
  const source = pieces.length + slots;
  const flow = new Flow(source + 2);
  const arcs = pieces.map(({ weight, slots: open, must }, piece) => {
    const worth = weight + (must ? first : 0);
    flow.arc(piece, source + 1, 1, first + heaviest);
    for (const slot of open) flow.arc(piece, pieces.length + slot, 1, first + heaviest - worth);
    return flow.arc(source, piece, 1, 0);
  });
  for (let slot = 0; slot < slots; slot++) flow.arc(pieces.length + slot, source + 1, 1, 0);
  const { cost } = flow.send(source, source + 1, arcs.length);
  const worth = arcs.length * (first + heaviest) - cost;
  const musts = pieces.filter(({ must }) => must).length;
  return Math.max(0, worth - musts * first);
}

/** What `interest` and `worst-off` cost at least, from each person's own packing. */
export function peopleShares(
  indexed: IndexedInstance,
  { all, most }: Packing,
  rules: readonly IndexedRule[],
): Share[] {
  const losses = all.map((sum, person) => sum - (most[person] ?? 0));
  return rules.flatMap((rule): Share[] => {
    if (rule.kind === 'interest') {
      const losers = losses.filter((loss) => loss > 0).length;
      const lost = losses.reduce((sum, loss) => sum + loss, 0);
      const sentence =
        lost === 0
          ? 'Everybody alone could have all that interests them.'
          : `There are too few slots for all that interests ${losers === 1 ? 'one person' : `${losers} people`}.`;
      return [{ rules: [rule], value: lost * rule.weight, source: 'people', sentence }];
    }
    if (rule.kind === 'worst-off') {
      const shares = losses.map((loss, person) =>
        all[person] ? Math.floor((1000 * loss) / all[person]) : 0,
      );
      const worst = shares.reduce(
        (best, share, at) => (share > (shares[best] ?? 0) ? at : best),
        0,
      );
      const lost = shares[worst] ?? 0;
      const sentence =
        lost === 0
          ? 'Nobody has to lose anything if alone.'
          : `${nameOf(indexed, worst)} has too few slots for all that interests them.`;
      return [{ rules: [rule], value: lost * rule.weight, source: 'people', sentence }];
    }
    return [];
  });
}
