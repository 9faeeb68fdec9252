import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Timetable } from '../sessions/model.ts';
import { Placed, type PlacedSession } from '../sessions/placed.ts';

/** A part of a session on one day, in a column of a grid: from row to row, in a lane of lanes. */
export interface Cell {
  readonly session: PlacedSession;
  /** The slots that it covers, the last included. */
  readonly from: number;
  readonly until: number;
  /** The number of its column, or all of them. */
  readonly column: number | 'all';
  /** Its place among those that share the column at the same time. */
  readonly lane: number;
  readonly lanes: number;
  /** It began on the day before, which a rule forbids. */
  readonly isRest: boolean;
}

/** What stands where in a grid of slots and rooms. */
export interface Columns {
  readonly placed: Placed;
  /** The numbers of rooms; -1 stands for none. */
  readonly rooms: readonly number[];
  /** By day, in order of time. */
  readonly days: readonly (readonly Cell[])[];
  /** Sessions without a place. */
  readonly nowhere: readonly number[];
}

/** Puts a timetable into columns; what shares a room at a time stands in lanes beside each other. */
export function columnsOf(indexed: IndexedInstance, timetable: Timetable): Columns {
  const placed = new Placed(indexed, timetable);
  const shown = placed.sessions.filter(({ covers }) => covers.length > 0);
  const busy = indexed.slots.map((_, slot) => placed.in(slot).length);
  const isAlone = ({ covers }: PlacedSession) => covers.every((slot) => busy[slot] === 1);
  const isWide = (each: PlacedSession) =>
    isAlone(each) && (each.session.kind !== 'session' || each.room < 0);
  const hasRoomless = shown.some((each) => each.room < 0 && !isWide(each));
  const rooms = [...indexed.rooms.keys()];
  if (hasRoomless || rooms.length === 0) rooms.push(-1);
  const parts = shown.flatMap((session) =>
    partsOf(session, indexed).map(({ from, until }) => ({
      session,
      from,
      until,
      column: isWide(session) ? ('all' as const) : rooms.indexOf(session.room),
      isRest: from !== session.slot,
    })),
  );
  const dayCount = (indexed.dayOf.at(-1) ?? -1) + 1;
  return {
    placed,
    rooms,
    days: Array.from({ length: dayCount }, (_, day) =>
      inLanes(parts.filter(({ from }) => indexed.dayOf[from] === day)),
    ),
    nowhere: [...indexed.sessions.keys()].filter((number) => placed.at(number) === undefined),
  };
}

/** The slots of a session, cut at the ends of days. */
function partsOf(
  { covers }: PlacedSession,
  { dayOf }: IndexedInstance,
): { from: number; until: number }[] {
  const parts: { from: number; until: number }[] = [];
  for (const slot of covers) {
    const last = parts.at(-1);
    if (last !== undefined && dayOf[last.until] === dayOf[slot]) last.until = slot;
    else parts.push({ from: slot, until: slot });
  }
  return parts;
}

type Part = Omit<Cell, 'lane' | 'lanes'>;

/** Gives each part the first lane that is free; parts that touch in time have as many lanes. */
function inLanes(parts: readonly Part[]): Cell[] {
  const cells: Cell[] = [];
  for (const [, sharing] of Map.groupBy(parts, ({ column }) => column)) {
    const inOrder = [...sharing].sort((one, other) => one.from - other.from);
    let cluster: (Part & { lane: number })[] = [];
    let clusterEnd = -1;
    const close = () => {
      const lanes = 1 + Math.max(-1, ...cluster.map(({ lane }) => lane));
      cells.push(...cluster.map((part) => ({ ...part, lanes })));
      cluster = [];
    };
    for (const part of inOrder) {
      if (part.from > clusterEnd) close();
      const taken = new Set(
        cluster.filter(({ until }) => until >= part.from).map(({ lane }) => lane),
      );
      let lane = 0;
      while (taken.has(lane)) lane += 1;
      cluster.push({ ...part, lane });
      clusterEnd = Math.max(clusterEnd, part.until);
    }
    close();
  }
  return cells.sort((one, other) => one.from - other.from || order(one) - order(other));
}

const order = ({ column, lane }: Cell): number => (column === 'all' ? -1 : column) + lane / 1e6;
