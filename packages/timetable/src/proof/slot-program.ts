import type { Highs } from 'highs';
import type { Timetable } from '../sessions/model.ts';
import type { Assumed } from './assumed.ts';
import { Flow } from './flow.ts';
import { type LinearLimits, LinearModel } from './linear-model.ts';
import { byPeople, type SlotBound } from './slot-bound.ts';
import { type SlotClass, slotClasses } from './slot-classes.ts';
import { type ClassPattern, PatternSearch } from './slot-patterns.ts';

export interface SlotRefinement {
  /** What all people can get together at most; less than before, or as much. */
  readonly most: number;
  /** One that may give them more than is known. To be judged by the checker. */
  readonly timetable: Timetable | undefined;
}

interface Column extends ClassPattern {
  readonly of: SlotClass;
}

/** Sets looked at for each group of slots, and sets that HiGHS gets, at most. */
const LOOKED = 400_000;
const COLUMNS = 20_000;
/** Parts of the gap to close, the first for which the sets are few enough. */
const PARTS = [1, 0.5, 0.25, 0.1] as const;

/**
 * Closes a gap by columns: a timetable that gives people more than is reached uses in every slot a
 * set that is, at the prices of a bound, not further below the slot’s best than the bound is above
 * what is reached. If there are few such sets, HiGHS chooses among all of them (Baldacci,
 * Christofides, Mingozzi 2008, for routes); if there are too many, it is asked for a part of the gap.
 */
export function refineSlots(
  assumed: Assumed,
  bound: SlotBound,
  reached: number,
  highs: Highs,
  limits: LinearLimits,
): SlotRefinement | undefined {
  for (const part of PARTS) {
    // What is asked for: a timetable that gives people at least so much.
    const least = Math.max(reached + 1, Math.ceil(bound.most - part * (bound.most - reached - 1)));
    const columns = columnsOf(assumed, bound, bound.most - least + 1e-4);
    if (columns === undefined) continue;
    const { model, variables } = programOf(assumed, columns, least);
    const { status, bound: cost, solution } = model.solve(highs, limits);
    if (status === 'infeasible') return { most: least - 1, timetable: undefined };
    // What people get is whole.
    const known = Math.floor(bound.most + 1e-6);
    const most = Number.isFinite(cost) ? Math.floor(1e-4 - cost) : known;
    const timetable = solution && timetableOf(assumed, columns, variables, solution);
    return { most: Math.max(least - 1, Math.min(most, known)), timetable };
  }
  return undefined;
}

/** All sets that are not further below the best of their slot; undefined if there are too many. */
function columnsOf(assumed: Assumed, bound: SlotBound, slack: number): Column[] | undefined {
  if (slack < 0) return undefined;
  const columns: Column[] = [];
  for (const of of byPeople(slotClasses(assumed))) {
    const most = COLUMNS - columns.length;
    const found = new PatternSearch(assumed, of).within(bound.prices, slack, {
      limit: LOOKED,
      most,
    });
    if (found === undefined) return undefined;
    for (const pattern of found) {
      const slots = of[pattern.at];
      if (slots !== undefined) columns.push({ ...pattern, of: slots });
    }
  }
  return columns;
}

/** Every slot takes one set, every session runs as long as it should, and more is given than so far. */
function programOf(
  assumed: Assumed,
  columns: readonly Column[],
  least: number,
): { model: LinearModel; variables: readonly number[] } {
  const model = new LinearModel();
  const isWhole = assumed.holds('runs-over');
  const variables = columns.map(({ of }) => model.variable(of.slots.length, true));
  const ofSession = assumed.indexed.sessions.map((): [number, number][] => []);
  const ofClass = new Map<SlotClass, [number, number][]>();
  const gain: [number, number][] = [];
  for (const [index, { sessions, worth, of }] of columns.entries()) {
    const variable = variables[index] ?? 0;
    for (const session of sessions) ofSession[session]?.push([variable, 1]);
    const same = ofClass.get(of) ?? [];
    same.push([variable, 1]);
    ofClass.set(of, same);
    gain.push([variable, worth]);
  }
  for (const [of, terms] of ofClass) model.row(of.slots.length, terms, of.slots.length);
  for (const [session, { length }] of assumed.indexed.sessions.entries()) {
    const isFree = isWhole && assumed.isPlaced(session);
    model.row(isFree ? length : 0, ofSession[session] ?? [], length);
  }
  model.atLeast(gain, least);
  model.minimise(gain.map(([variable, worth]) => [variable, -worth] as const));
  return { model, variables };
}

/** The chosen sets in the slots of their classes, each session in a room that it may be in. */
function timetableOf(
  assumed: Assumed,
  columns: readonly Column[],
  variables: readonly number[],
  solution: Float64Array,
): Timetable {
  const slot = assumed.indexed.sessions.map(() => -1);
  const room = assumed.indexed.sessions.map(() => -1);
  const taken = new Map<SlotClass, number>();
  for (const [index, { sessions, of }] of columns.entries()) {
    const times = Math.round(solution[variables[index] ?? 0] ?? 0);
    for (let time = 0; time < times; time++) {
      const next = taken.get(of) ?? 0;
      taken.set(of, next + 1);
      const at = of.slots[next] ?? -1;
      for (const [session, where] of roomsFor(assumed, sessions, at)) {
        if ((slot[session] ?? -1) >= 0) continue;
        slot[session] = at;
        room[session] = where;
      }
    }
  }
  return { slot, room };
}

function roomsFor(
  assumed: Assumed,
  sessions: readonly number[],
  slot: number,
): Map<number, number> {
  const rooms = assumed.indexed.rooms.length;
  const source = sessions.length + rooms;
  const flow = new Flow(source + 2);
  const arcs: { arc: number; session: number; room: number }[] = [];
  for (const [index, session] of sessions.entries()) {
    flow.arc(source, index, 1, 0);
    for (let room = 0; room < rooms; room++) {
      if (!assumed.allowsAt(session, slot, room)) continue;
      arcs.push({ arc: flow.arc(index, sessions.length + room, 1, 0), session, room });
    }
  }
  for (let room = 0; room < rooms; room++) flow.arc(sessions.length + room, source + 1, 1, 0);
  flow.send(source, source + 1, sessions.length);
  const placed = new Map(sessions.map((session) => [session, -1]));
  for (const { arc, session, room } of arcs) if (flow.through(arc) > 0) placed.set(session, room);
  return placed;
}
