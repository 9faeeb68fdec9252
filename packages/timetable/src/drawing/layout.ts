import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Cell, Columns } from './columns.ts';

/** A box with a session in it, in pixels. */
export interface Box {
  readonly cell: Cell;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The rows and columns of one day. */
export interface DayLayout {
  readonly day: number;
  /** Where its name stands. */
  readonly y: number;
  /** Where the names of the rooms stand, in a grid. */
  readonly headY: number;
  /** The slots of the day with their places; in a list the height is that of the heading. */
  readonly rows: readonly { readonly slot: number; readonly y: number; readonly height: number }[];
  readonly boxes: readonly Box[];
  readonly end: number;
}

/** A grid has a column for each room, a list one session below the other. */
export interface Layout {
  readonly kind: 'grid' | 'list';
  readonly width: number;
  readonly columnWidth: number;
  readonly days: readonly DayLayout[];
  readonly end: number;
}

/** Around everything. */
export const MARGIN = 16;
/** For the names of slots, left of the columns. */
export const GUTTER = 76;
/** Between boxes. */
const GAP = 3;
/** Between rows when there is a pause. */
const PAUSE = 9;
const NATURAL_COLUMN = 144;
const LEAST_COLUMN = 88;
const LEAST_ROW = 34;
const DAY_HEAD = 34;
const SLOT_HEAD = 24;

/** How a layout is asked for. */
interface Asked {
  /** In pixels; as wide as the rooms need when left out. */
  readonly width: number | undefined;
  /** Where the first day begins. */
  readonly top: number;
  /** The height of the names of rooms. */
  readonly headHeight: (columnWidth: number) => number;
  /** The height that a box of this width needs. */
  readonly heightOf: (cell: Cell, width: number) => number;
}

/** The width of columns and what is drawn in all, before anything has a height. */
export function widthsOf(columns: Columns, width: number | undefined) {
  const count = columns.rooms.length;
  const whole = width ?? 2 * MARGIN + GUTTER + count * NATURAL_COLUMN;
  const columnWidth = (whole - 2 * MARGIN - GUTTER) / count;
  return columnWidth < LEAST_COLUMN
    ? { kind: 'list' as const, width: whole, columnWidth: whole - 2 * MARGIN }
    : { kind: 'grid' as const, width: whole, columnWidth };
}

/** Places everything: as a grid where the columns are wide enough to read, else as a list. */
export function layoutOf(indexed: IndexedInstance, columns: Columns, asked: Asked): Layout {
  const widths = widthsOf(columns, asked.width);
  const days: DayLayout[] = [];
  let y = asked.top;
  for (const [day, cells] of columns.days.entries()) {
    const made = (widths.kind === 'grid' ? gridDay : listDay)({
      indexed,
      columns,
      asked,
      day,
      cells,
      y,
      columnWidth: widths.columnWidth,
    });
    days.push(made);
    y = made.end + 12;
  }
  return { ...widths, days, end: y };
}

interface Day {
  readonly indexed: IndexedInstance;
  readonly columns: Columns;
  readonly asked: Asked;
  readonly day: number;
  readonly cells: readonly Cell[];
  readonly y: number;
  readonly columnWidth: number;
}

function gridDay({ indexed, columns, asked, day, cells, y, columnWidth }: Day): DayLayout {
  const slots = slotsOf(indexed, day);
  const laneWidth = ({ column, lanes }: Cell): number =>
    (column === 'all' ? columnWidth * columns.rooms.length : columnWidth) / lanes;
  // However many share a room, each keeps a box that can be seen.
  const widthOfCell = (cell: Cell): number =>
    Math.max(laneWidth(cell) - GAP, laneWidth(cell) * 0.7);
  const heights = new Map(slots.map((slot) => [slot, LEAST_ROW]));
  const isShort = (cell: Cell): boolean => cell.from === cell.until;
  // Short ones first: the long ones then only ask for what is missing in all their rows together.
  for (const cell of [...cells.filter(isShort), ...cells.filter((cell) => !isShort(cell))]) {
    const rows = slots.filter((slot) => slot >= cell.from && slot <= cell.until);
    const has = rows.reduce((sum, slot) => sum + (heights.get(slot) ?? 0), 0);
    const missing = asked.heightOf(cell, widthOfCell(cell)) + GAP - has;
    if (missing > 0) heights.set(cell.until, (heights.get(cell.until) ?? 0) + missing);
  }
  const headY = y + DAY_HEAD;
  let rowY = headY + asked.headHeight(columnWidth);
  const rows = slots.map((slot) => {
    const isAfterPause = indexed.dayOf[slot - 1] === day && !indexed.isFollowed[slot - 1];
    if (isAfterPause) rowY += PAUSE;
    const row = { slot, y: rowY, height: heights.get(slot) ?? LEAST_ROW };
    rowY += row.height;
    return row;
  });
  const rowOf = new Map(rows.map((row) => [row.slot, row]));
  const boxes = cells.map((cell): Box => {
    const first = rowOf.get(cell.from);
    const last = rowOf.get(cell.until);
    const top = first?.y ?? 0;
    const column = cell.column === 'all' ? 0 : cell.column;
    return {
      cell,
      x: MARGIN + GUTTER + column * columnWidth + cell.lane * laneWidth(cell),
      y: top,
      width: widthOfCell(cell),
      height: (last?.y ?? 0) + (last?.height ?? 0) - top - GAP,
    };
  });
  return { day, y, headY, rows, boxes, end: rowY };
}

function listDay({ indexed, asked, day, cells, y, columnWidth }: Day): DayLayout {
  const boxes: Box[] = [];
  const rows: { slot: number; y: number; height: number }[] = [];
  let at = y + DAY_HEAD;
  for (const slot of slotsOf(indexed, day)) {
    const starting = cells.filter(({ from }) => from === slot);
    if (starting.length === 0) continue;
    rows.push({ slot, y: at, height: SLOT_HEAD });
    at += SLOT_HEAD;
    for (const cell of starting) {
      const height = asked.heightOf(cell, columnWidth);
      boxes.push({ cell, x: MARGIN, y: at, width: columnWidth, height });
      at += height + GAP;
    }
  }
  return { day, y, headY: y + DAY_HEAD, rows, boxes, end: at };
}

const slotsOf = ({ dayOf }: IndexedInstance, day: number): number[] =>
  [...dayOf.keys()].filter((slot) => dayOf[slot] === day);
