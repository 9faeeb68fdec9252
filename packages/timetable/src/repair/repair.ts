import { Evaluator } from '../search/evaluator.ts';
import { checkTimetable, type RuleBreak } from '../sessions/checker.ts';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import { compareValues, type Timetable, type Values } from '../sessions/model.ts';
import { anchored } from './anchored-search.ts';
import { HardModel, type MoveCosts } from './hard-model.ts';
import { type LeastMoves, leastMoves, type Moved } from './least-moves.ts';
import { NearSearch } from './near-search.ts';
import { placeBound } from './place-matching.ts';

export interface RepairOptions {
  /** What is to be few: sessions that move (usual), or people who must be at one that moves. */
  readonly measure?: 'sessions' | 'people';
  /** Whether another room in the same slot is a move, too; true when left out. */
  readonly countsRooms?: boolean;
  /** Sessions that must stay where they were. */
  readonly pinned?: Iterable<number>;
  /** Slots that are over: nothing that was in them moves, nothing moves into them. */
  readonly past?: Iterable<number>;
  /** How many moves more than needed are offered for a better timetable; 0, 2 and 5 when left out. */
  readonly more?: readonly number[];
  readonly seed?: number;
  /** Positions that the exact search may look at; fewer for large instances when left out. */
  readonly nodes?: number;
  /** Proposals weighed for each offer; 50,000 when left out. */
  readonly iterations?: number;
  readonly isCancelled?: () => boolean;
  /** Awaited between the parts of the work, so that others get their turn. */
  readonly pause?: () => Promise<void>;
  /**
   * Another exact method, asked where the own one takes too long: the fewest moves of an instance
   * whose level 0 must hold and whose level 1 counts moves. See `repair/exact-repair.ts`.
   */
  readonly exact?: ExactRepair;
}

/** Finds the best timetable of an instance and what its level 1 is at least, given level 0 is 0. */
export type ExactRepair = (
  indexed: IndexedInstance,
  from: Timetable,
) => Promise<{ readonly timetable?: Timetable; readonly atLeast: number }>;

/** One session that is elsewhere. */
export interface Move {
  readonly session: number;
  /** Slot and room -1 where it had no place, or has none. */
  readonly from: { readonly slot: number; readonly room: number };
  readonly to: { readonly slot: number; readonly room: number };
}

/** A timetable after the change. */
export interface Offer {
  /** How many moves more than the fewest it was allowed. */
  readonly more: number;
  readonly timetable: Timetable;
  readonly values: Values;
  /** Those that had a place and have another; a new session that gets one is not among them. */
  readonly moves: readonly Move[];
  /** How many sessions, or people, as `measure` says. */
  readonly cost: number;
  /** Whether no timetable with as few moves is better. */
  readonly isBest: boolean;
}

export interface Repair {
  /** `unknown`: none was found in time, and none was shown to be impossible. */
  readonly verdict: 'repaired' | 'impossible' | 'unknown';
  /** The fewest that were found, and what is proven that cannot be fewer; in the unit of `measure`. */
  readonly least: number;
  readonly atLeast: number;
  readonly isProven: boolean;
  readonly offers: readonly Offer[];
  /** What stays broken because all that it is about is kept where it was. */
  readonly left: readonly RuleBreak[];
  /** If there are too few places: sessions that share them. */
  readonly tooMany: readonly number[];
  readonly nodes: number;
}

/** Sessions count inside people, so that among those who hit as few people the fewest sessions move. */
const PEOPLE_UNIT = 65_536;
const MOST_ANSWERS = 300;
const USUAL_ITERATIONS = 50_000;
/** Proposals between two looks at whether it is cancelled. */
const STEPS = 1000;

interface Weighed {
  readonly timetable: Timetable;
  readonly values: Values;
}

/**
 * Mends a timetable after a change of its instance: the fewest moves after which all that must hold
 * does, proven where it can be, and the best timetables with as few moves and some more. What is
 * pinned, and what was in a slot that is over, stays. The same arguments give the same offers.
 */
export async function repairTimetable(
  indexed: IndexedInstance,
  previous: Timetable,
  options: RepairOptions = {},
): Promise<Repair> {
  const model = new HardModel(indexed, previous, moveCosts(indexed, previous, options));
  const unit = options.measure === 'people' ? PEOPLE_UNIT : 1;
  const { pause = async () => {}, isCancelled = () => false } = options;
  const places = placeBound(model);
  const left = keptBreaks(indexed, model);
  const nothing = { offers: [], left, tooMany: places.tooMany, nodes: 0 };
  if (places.atLeast === Number.POSITIVE_INFINITY) return impossible(nothing);
  await pause();
  const limits = { nodes: options.nodes ?? usualNodes(model), answers: MOST_ANSWERS, isCancelled };
  const found = leastMoves(model, limits, places.atLeast);
  if (found.atLeast === Number.POSITIVE_INFINITY)
    return impossible({ ...nothing, nodes: found.nodes });
  await pause();
  const known = await completed(found, indexed, model, options);
  const inUnits = (cost: number) => Math.floor(cost / unit);
  const atLeast = inUnits(known.atLeast);
  if (known.answers.length === 0) {
    const verdict = known.atLeast === Number.POSITIVE_INFINITY ? 'impossible' : 'unknown';
    const least = Number.POSITIVE_INFINITY;
    return {
      ...nothing,
      verdict,
      least,
      atLeast,
      isProven: verdict === 'impossible',
      nodes: found.nodes,
    };
  }
  let best = bestOf(indexed, model, known.answers);
  const cost = costOf(model, best.timetable);
  const offers: Offer[] = [];
  for (const more of options.more ?? [0, 2, 5]) {
    if (isCancelled() && offers.length > 0) break;
    const budget = more === 0 ? cost : (inUnits(cost) + more + 1) * unit - 1;
    const isBest = more === 0 && known.hasAll && !roomsMatter(indexed) && !mayAdd(model);
    if (!isBest) best = nearest(indexed, model, best.timetable, budget, options);
    const { timetable, values } = best;
    const costs = inUnits(costOf(model, timetable));
    offers.push({ more, timetable, values, moves: movesOf(model, timetable), cost: costs, isBest });
    await pause();
  }
  const least = inUnits(cost);
  const isProven = known.atLeast >= cost || atLeast >= least;
  return {
    verdict: 'repaired',
    least,
    atLeast,
    isProven,
    offers,
    left,
    tooMany: [],
    nodes: found.nodes,
  };
}

/** A position of a large instance takes longer: about as long in all, a second at the most. */
const usualNodes = ({ sessions }: HardModel): number =>
  Math.max(5000, Math.floor(2_000_000 / Math.max(1, sessions)));

const impossible = (nothing: Pick<Repair, 'offers' | 'left' | 'tooMany' | 'nodes'>): Repair => {
  const least = Number.POSITIVE_INFINITY;
  return { ...nothing, verdict: 'impossible', least, atLeast: least, isProven: true };
};

function moveCosts(
  indexed: IndexedInstance,
  previous: Timetable,
  { measure, countsRooms = true, pinned = [], past = [] }: RepairOptions,
): MoveCosts {
  const isPast = new Uint8Array(indexed.slots.length);
  for (const slot of past) isPast[slot] = 1;
  const isKept = new Uint8Array(indexed.sessions.length);
  for (const session of pinned) isKept[session] = 1;
  for (const [session, { length }] of indexed.sessions.entries()) {
    const slot = previous.slot[session] ?? -1;
    for (let at = slot; slot >= 0 && at < slot + length; at++) {
      if (isPast[at] === 1) isKept[session] = 1;
    }
  }
  const weight = Int32Array.from(indexed.sessions, ({ bound }) =>
    measure === 'people' ? bound.length * PEOPLE_UNIT + 1 : 1,
  );
  return { weight, isKept, isPast, countsRooms };
}

/** What the exact search found, or what others find where it had to stop. */
async function completed(
  found: LeastMoves,
  indexed: IndexedInstance,
  model: HardModel,
  options: RepairOptions,
): Promise<LeastMoves> {
  const known = Math.min(...found.answers.map((answer) => costOf(model, answer)));
  if (known <= found.atLeast || options.isCancelled?.()) return found;
  const unit = options.measure === 'people' ? PEOPLE_UNIT : 1;
  const more = await anchored(found, indexed, model, options, unit);
  const costs = more.answers.map((answer) => costOf(model, answer));
  const least = Math.min(...costs);
  return { ...more, answers: more.answers.filter((_, at) => costs[at] === least) };
}

/** The best of some timetables. */
function bestOf(indexed: IndexedInstance, model: HardModel, answers: readonly Moved[]): Weighed {
  const evaluator = new Evaluator(indexed, answers[0]);
  const weighed = answers.map((timetable): Weighed => {
    moveTo(evaluator, model, timetable);
    return { timetable, values: evaluator.values };
  });
  return weighed.reduce((best, each) =>
    compareValues(each.values, best.values) < 0 ? each : best,
  );
}

/** Moves only what is elsewhere: answers differ in a few sessions. */
function moveTo(evaluator: Evaluator, { sessions }: HardModel, { slot, room }: Moved): void {
  for (let session = 0; session < sessions; session++) {
    const to = slot[session] as number;
    const where = room[session] as number;
    if (evaluator.slot[session] === to && (to < 0 || evaluator.room[session] === where)) continue;
    evaluator.unassign(session);
    if (to >= 0) evaluator.assign(session, to, where);
  }
}

/** The best that is found within a budget. */
function nearest(
  indexed: IndexedInstance,
  model: HardModel,
  from: Timetable,
  budget: number,
  { seed = 1, iterations = USUAL_ITERATIONS, isCancelled = () => false }: RepairOptions,
): Weighed {
  const search = new NearSearch(indexed, model, { from, budget, seed });
  for (let done = 0; done < iterations && !isCancelled(); done += STEPS) {
    search.run(Math.min(STEPS, iterations - done));
  }
  return { timetable: search.best, values: search.values };
}

/** Whether rules below level 0 ask in which room a session is. */
function roomsMatter({ rules }: IndexedInstance): boolean {
  const ofRooms = [
    'room-taken',
    'room-size',
    'room-needs',
    'room-closed',
    'room-allowed',
    'room-wish',
    'same-room',
    'pinned',
    'unmoved',
  ];
  return rules.some(({ kind, level }) => level > 0 && ofRooms.includes(kind));
}

/** Whether a session had no place and needs none: it could get one at no cost, for a better timetable. */
const mayAdd = ({ homeSlot, isNeeded }: HardModel): boolean =>
  homeSlot.some((slot, session) => slot < 0 && isNeeded[session] === 0);

/** What it costs to come from the old timetable to this one. */
function costOf(model: HardModel, timetable: Timetable): number {
  return movesOf(model, timetable)
    .map(({ session }) => model.costs.weight[session] as number)
    .reduce((sum, weight) => sum + weight, 0);
}

function movesOf(model: HardModel, { slot, room }: Timetable): Move[] {
  const moves: Move[] = [];
  for (let session = 0; session < model.sessions; session++) {
    const from = {
      slot: model.homeSlot[session] as number,
      room: model.homeRoom[session] as number,
    };
    const to = { slot: slot[session] ?? -1, room: room[session] ?? -1 };
    const isHome = to.slot === from.slot && (!model.costs.countsRooms || to.room === from.room);
    if (from.slot >= 0 && !isHome) moves.push({ session, from, to });
  }
  return moves;
}

/** What must hold and does not, with everything that it is about kept where it is. */
function keptBreaks(
  indexed: IndexedInstance,
  { costs, homeSlot, homeRoom }: HardModel,
): RuleBreak[] {
  const { breaks } = checkTimetable(indexed, { slot: homeSlot, room: homeRoom });
  return breaks.filter(
    ({ rule, sessions }) =>
      rule.level === 0 &&
      sessions.length > 0 &&
      sessions.every(
        (session) => costs.isKept[session] === 1 && (homeSlot[session] as number) >= 0,
      ),
  );
}
