import type { Place } from '../drafts/placement-rules.ts';
import {
  type Block,
  type Frame,
  later,
  overlaps,
  type Slot,
  type Stretch,
  slotsOf,
} from '../frame/frame-rules.ts';

/** Something that stands on the board: a session of a draft, or one in open space. */
export interface Standing extends Stretch {
  readonly sessionId: string;
  /** None yet where null. */
  readonly roomId: string | null;
}

/** A cell of a day's table: a free place, or what stands there, over as many rows as it takes. */
export interface BoardCell<S> {
  /** The room; null for the column of what has a time but no room. */
  readonly roomId: string | null;
  /** How many slots it covers. */
  readonly rows: number;
  /** What stands there; several where they get in each other's way. None where the place is free. */
  readonly sessions: readonly S[];
  /** Why the room cannot be used, if it cannot. */
  readonly closed: string | undefined;
}

/** A row: a slot with the cells that begin in it, or a block, which spans all rooms. */
export type BoardRow<S> =
  | { readonly kind: 'slot'; readonly slot: Slot; readonly cells: readonly BoardCell<S>[] }
  | { readonly kind: 'block'; readonly block: Block };

export interface BoardDay<S> {
  readonly date: string;
  /** The columns; null for what has no room, where there is such a thing. */
  readonly rooms: readonly (string | null)[];
  readonly rows: readonly BoardRow<S>[];
}

export interface Board<S> {
  readonly days: readonly BoardDay<S>[];
  /** What has a place that the frame does not have: outside the days, in a block, in a room that is gone. */
  readonly outside: readonly S[];
}

/**
 * Draws a draft on the frame: per day a table of slots and rooms. Everything that stands anywhere is
 * either in exactly one cell or outside; nothing is left out because it does not fit.
 */
export function boardOf<S extends Standing>(frame: Frame, standing: readonly S[]): Board<S> {
  const slots = slotsOf(frame);
  const rooms = new Set(frame.rooms.map(({ id }) => id));
  const runs = runsOf(slots);
  const outside: S[] = [];
  const inside: Placed<S>[] = [];
  for (const each of standing) {
    const placed = placedIn(runs, each);
    const hasRoom = each.roomId === null || rooms.has(each.roomId);
    if (placed === undefined || !hasRoom) outside.push(each);
    else inside.push(placed);
  }
  const days = frame.days.map(({ date }): BoardDay<S> => {
    const here = inside.filter(({ session }) => session.date === date);
    const isWithout = here.some(({ session }) => session.roomId === null);
    const columns = [...frame.rooms.map(({ id }) => id), ...(isWithout ? [null] : [])];
    const byRoom = new Map(
      columns.map((roomId) => [
        roomId,
        clustersOf(here.filter(({ session }) => session.roomId === roomId)),
      ]),
    );
    const slotRows = slots
      .filter((slot) => slot.date === date)
      .map((slot) => ({
        kind: 'slot' as const,
        slot,
        cells: columns.flatMap((roomId) => {
          const clusters = byRoom.get(roomId) ?? [];
          const number = slots.indexOf(slot);
          const cluster = clusters.find(({ from, to }) => number >= from && number <= to);
          if (cluster !== undefined && cluster.from !== number) return [];
          return [cellOf(frame, roomId, slot, cluster)];
        }),
      }));
    const blockRows = frame.blocks
      .filter((block) => block.date === date)
      .map((block) => ({ kind: 'block' as const, block }));
    const startOf = (row: BoardRow<S>): string =>
      row.kind === 'slot' ? row.slot.starts : row.block.starts;
    const rows = [...blockRows, ...slotRows].toSorted((one, other) =>
      startOf(one).localeCompare(startOf(other)),
    );
    return { date, rooms: columns, rows };
  });
  return { days, outside };
}

interface Placed<S> {
  readonly session: S;
  /** The first and the last slot that it touches in its stretch of work, by their numbers. */
  readonly from: number;
  readonly to: number;
}

/** Slots that follow one another without a block between them: first and last, by their numbers. */
function runsOf(slots: readonly Slot[]): { slots: readonly Slot[]; from: number }[] {
  const runs: { slots: Slot[]; from: number }[] = [];
  for (const [number, slot] of slots.entries()) {
    const last = runs.at(-1)?.slots.at(-1);
    if (last?.date === slot.date && last.ends === slot.starts) runs.at(-1)?.slots.push(slot);
    else runs.push({ slots: [slot], from: number });
  }
  return runs;
}

/** Where something stands among the slots; what runs over the end of its stretch ends there. */
function placedIn<S extends Standing>(
  runs: readonly { readonly slots: readonly Slot[]; readonly from: number }[],
  session: S,
): Placed<S> | undefined {
  for (const { slots, from } of runs) {
    const first = slots.findIndex(
      ({ date, starts, ends }) =>
        date === session.date && session.starts >= starts && session.starts < ends,
    );
    if (first < 0) continue;
    const last = slots.findLastIndex((slot) => overlaps(slot, session));
    return { session, from: from + first, to: from + Math.max(first, last) };
  }
  return undefined;
}

interface Cluster<S> {
  readonly from: number;
  to: number;
  readonly sessions: S[];
}

/** What overlaps in one room shares a cell, or rows would cross. */
function clustersOf<S extends Standing>(placed: readonly Placed<S>[]): Cluster<S>[] {
  const clusters: Cluster<S>[] = [];
  const inOrder = placed.toSorted(
    (one, other) => one.from - other.from || one.session.starts.localeCompare(other.session.starts),
  );
  for (const { session, from, to } of inOrder) {
    const last = clusters.at(-1);
    if (last !== undefined && from <= last.to) {
      last.sessions.push(session);
      last.to = Math.max(last.to, to);
    } else clusters.push({ from, to, sessions: [session] });
  }
  return clusters;
}

function cellOf<S>(
  frame: Frame,
  roomId: string | null,
  slot: Slot,
  cluster: Cluster<S> | undefined,
): BoardCell<S> {
  const closure = frame.closures.find((each) => each.roomId === roomId && overlaps(each, slot));
  return {
    roomId,
    rows: cluster === undefined ? 1 : cluster.to - cluster.from + 1,
    sessions: cluster?.sessions ?? [],
    closed: closure === undefined ? undefined : closure.reason || 'closed',
  };
}

/** How long a session is on the board: its minutes, in whole slots. */
export const endOf = (
  { starts }: Pick<Place, 'starts'>,
  minutes: number,
  slotMinutes: number,
): string => later(starts, Math.ceil(minutes / slotMinutes) * slotMinutes);
