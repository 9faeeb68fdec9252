import { overlaps } from '../frame/frame-rules.ts';
import type { PlacedSession, ReleasedBlock, ReleasedRoom } from '../release/content-schema.ts';

/** A column of a day: a room, or those of whom nobody knows yet in which room they are. */
export interface GridColumn {
  /** None for sessions without a room. */
  readonly room: ReleasedRoom | undefined;
}

/** What stands in a column from its row on, for as many rows. Several only where they overlap. */
export interface GridCell {
  readonly column: number;
  readonly rows: number;
  readonly sessions: readonly PlacedSession[];
}

/** From one change of anything to the next. */
export interface GridRow {
  readonly starts: string;
  readonly ends: string;
  /** What spans all rooms from this row on, for so many rows. */
  readonly block: { readonly block: ReleasedBlock; readonly rows: number } | undefined;
  /** What begins here, by column. */
  readonly cells: readonly GridCell[];
  /** Columns in which nothing is in this row. */
  readonly free: readonly number[];
}

/** A day drawn as a table: rooms beside each other, time downwards. */
export interface Grid {
  readonly columns: readonly GridColumn[];
  readonly rows: readonly GridRow[];
  /** Blocks beside which something runs though nothing should: they cannot span all rooms. */
  readonly beside: readonly ReleasedBlock[];
}

interface Day {
  readonly date: string;
  readonly rooms: readonly ReleasedRoom[];
  readonly blocks: readonly ReleasedBlock[];
  readonly sessions: readonly PlacedSession[];
}

/**
 * The table of a day. Rooms in which nothing is are left out, and so is time in which nothing is
 * anywhere. Every session of the day is in exactly one cell, however badly sessions overlap.
 */
export function dayGrid({ date, rooms, ...all }: Day): Grid {
  const sessions = all.sessions.filter((session) => session.date === date);
  const ofDay = all.blocks.filter((block) => block.date === date);
  const columns = columnsOf(rooms, sessions);
  const collides = (block: ReleasedBlock): boolean =>
    sessions.some((session) => overlaps(session, block)) ||
    ofDay.some((other) => other !== block && overlaps(other, block));
  const beside = ofDay.filter(collides);
  const blocks = ofDay.filter((block) => !beside.includes(block));
  const clusters = columns.flatMap(({ room }, column) =>
    clustersOf(sessions.filter((session) => columnOf(columns, session) === room)).map(
      (cluster) => ({ column, ...cluster }),
    ),
  );
  const times = [...clusters, ...blocks].flatMap(({ starts, ends }) => [starts, ends]);
  const lines = [...new Set(times)].sort();
  const rowsFrom = (starts: string, ends: string): number =>
    lines.indexOf(ends) - lines.indexOf(starts);
  const rows = lines.slice(0, -1).flatMap((starts, index): GridRow[] => {
    const ends = lines[index + 1] ?? starts;
    const during = <T extends { starts: string; ends: string }>(each: T): boolean =>
      each.starts <= starts && starts < each.ends;
    const busy = clusters.filter(during);
    if (busy.length === 0 && !blocks.some(during)) return [];
    const block = blocks.find((each) => each.starts === starts);
    const free = columns.flatMap((_, column) =>
      busy.some((each) => each.column === column) ? [] : [column],
    );
    return [
      {
        ...{ starts, ends },
        block: block && { block, rows: rowsFrom(starts, block.ends) },
        cells: busy
          .filter((each) => each.starts === starts)
          .map((each) => ({
            column: each.column,
            rows: rowsFrom(starts, each.ends),
            sessions: each.sessions,
          })),
        free: blocks.some(during) ? [] : free,
      },
    ];
  });
  return { columns, rows, beside };
}

function columnsOf(
  rooms: readonly ReleasedRoom[],
  sessions: readonly PlacedSession[],
): GridColumn[] {
  const used = new Set(sessions.map(({ roomId }) => roomId));
  const known = rooms.filter(({ id }) => used.has(id)).map((room) => ({ room }));
  const isKnown = ({ roomId }: PlacedSession) => known.some(({ room }) => room.id === roomId);
  return sessions.every(isKnown) ? known : [...known, { room: undefined }];
}

const columnOf = (
  columns: readonly GridColumn[],
  { roomId }: PlacedSession,
): ReleasedRoom | undefined => columns.find(({ room }) => room?.id === roomId)?.room;

/** The sessions of one column, those together that overlap, in order. */
function clustersOf(
  sessions: readonly PlacedSession[],
): { readonly starts: string; readonly ends: string; readonly sessions: PlacedSession[] }[] {
  const clusters: { starts: string; ends: string; sessions: PlacedSession[] }[] = [];
  for (const session of sessions.toSorted((a, b) => a.starts.localeCompare(b.starts))) {
    const last = clusters.at(-1);
    if (last === undefined || session.starts >= last.ends) {
      clusters.push({ starts: session.starts, ends: session.ends, sessions: [session] });
    } else {
      last.sessions.push(session);
      if (session.ends > last.ends) last.ends = session.ends;
    }
  }
  return clusters;
}
