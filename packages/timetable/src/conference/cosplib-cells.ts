import type { Problem } from '@cairn/kernel/problem';
import { counted } from '@cairn/kernel/words';
import { quoted } from '../files/place-in-text.ts';
import type { Sheet } from './sheets.ts';

/** More than this is taken for a mistake, before memory is taken for it. */
export const LIMITS = {
  sessions: 1000,
  rooms: 1000,
  tracks: 2000,
  submissions: 20_000,
  /** Rooms of all sessions, and their time slots. */
  cells: 65_536,
  slots: 1_000_000,
  penalty: 1_000_000_000,
  weight: 10_000_000,
} as const;

const MOST_PROBLEMS = 50;

/** Reads cells; what is wrong with them is kept, and the reading goes on with something harmless. */
export interface CellReader {
  readonly problems: Problem[];
  refuse(problem: Problem): void;
  /** A whole number between two others. */
  whole(
    sheet: Sheet,
    row: number,
    column: number,
    what: string,
    least: number,
    most: number,
  ): number;
  /** A penalty; 0 where the cell is empty. */
  penalty(sheet: Sheet, row: number, column: number): number;
  /** Minutes after midnight. */
  time(sheet: Sheet, row: number, column: number, what: string): number;
  /** Hours ahead of Greenwich of a cell such as `GMT+2`; undefined where it is empty. */
  zone(sheet: Sheet, row: number, column: number): number | undefined;
  /** The first cells of the rows below the head: not too many, none twice. */
  names(sheet: Sheet, most: number, what: string): string[];
  /** For each of the names its column in the head, from a column on. */
  columns(sheet: Sheet, names: readonly string[], from: number): ReadonlyMap<string, number>;
  /** For each of the names its row. */
  rows(sheet: Sheet, names: readonly string[]): ReadonlyMap<string, number>;
  /** The people in a cell, who are parted by a comma and a space. */
  people(cell: string): string[];
}

/** A reader that has found nothing wrong yet. */
export function cellReader(): CellReader {
  const problems: Problem[] = [];
  const refuse = (problem: Problem): void => {
    if (problems.length < MOST_PROBLEMS) problems.push(problem);
  };
  const whole: CellReader['whole'] = (sheet, row, column, what, least, most) => {
    const cell = sheet.cell(row, column);
    const value = /^-?\d{1,15}(?:\.0+)?$/.test(cell.trim()) ? Number(cell) : Number.NaN;
    if (value >= least && value <= most) return value;
    const sentence = `${quoted(cell)} is not ${what}: a whole number from ${least} to ${most}.`;
    refuse(sheet.problem('not-a-number', sentence, row, column));
    return least;
  };
  return {
    problems,
    refuse,
    whole,
    penalty: (sheet, row, column) =>
      sheet.cell(row, column).trim() === ''
        ? 0
        : whole(sheet, row, column, 'a penalty', 0, LIMITS.penalty),
    time: (sheet, row, column, what) => {
      const cell = sheet.cell(row, column).trim();
      const clock = /^(\d{1,2}):(\d{2})(?::\d{2})?$/.exec(cell);
      if (clock !== null && Number(clock[1]) < 24 && Number(clock[2]) < 60) {
        return Number(clock[1]) * 60 + Number(clock[2]);
      }
      const fraction = /^\d?(?:\.\d+)?(?:[eE]-\d+)?$/.test(cell) && cell !== '' ? Number(cell) : 1;
      if (fraction < 1) return Math.floor(Math.round(fraction * 86_400) / 60) % 1440;
      const sentence = `${quoted(cell)} is not ${what}: a time such as 9:30, or the fraction of a day that a spreadsheet stores.`;
      refuse(sheet.problem('not-a-time', sentence, row, column));
      return 0;
    },
    zone: (sheet, row, column) => {
      const cell = sheet.cell(row, column);
      if (cell === '') return undefined;
      const found = /^GMT([+-]\d{1,2})$/.exec(cell);
      const hours = Number(found?.[1] ?? 99);
      if (Math.abs(hours) <= 12) return hours;
      const sentence = `${quoted(cell)} is not a time zone: GMT-12 to GMT+12.`;
      refuse(sheet.problem('not-a-zone', sentence, row, column));
      return undefined;
    },
    names: (sheet, most, what) => {
      const { named } = sheet;
      if (named.length === 0) {
        const sentence = `The sheet “${sheet.name}” has no ${what}; it should have one in each row below the first.`;
        refuse(sheet.problem('nothing-there', sentence, 0));
      }
      if (named.length > most) {
        const sentence = `The sheet “${sheet.name}” has ${counted(named.length, what)}, and at most ${most} are read.`;
        refuse(sheet.problem('too-large', sentence, 0));
      }
      const seen = new Set<string>();
      return named.slice(0, most).map((row) => {
        const name = sheet.cell(row, 0);
        if (seen.has(name)) {
          const sentence = `The ${what} ${quoted(name)} is there twice.`;
          refuse(sheet.problem('there-twice', sentence, row));
        }
        seen.add(name);
        return name;
      });
    },
    columns: (sheet, names, from) => {
      const head = sheet.rows[0] ?? [];
      const found = new Map<string, number>();
      for (const name of names) {
        const column = head.indexOf(name, from);
        if (column !== -1) found.set(name, column);
        else {
          const sentence = `The sheet “${sheet.name}” has no column ${quoted(name)} in its first row.`;
          refuse(sheet.problem('no-column', sentence, 0));
        }
      }
      const known = new Set(names);
      for (const [column, name] of head.entries()) {
        if (column < from || name === '' || known.has(name)) continue;
        const sentence = `The column ${quoted(name)} is none that the sheet “${sheet.name}” should have.`;
        refuse(sheet.problem('unknown-column', sentence, 0, column));
      }
      return found;
    },
    rows: (sheet, names) => {
      const known = new Set(names);
      const found = new Map<string, number>();
      for (const row of sheet.named) {
        const name = sheet.cell(row, 0);
        const sentence = known.has(name)
          ? `The row ${quoted(name)} is there twice.`
          : `The row ${quoted(name)} is none that the sheet “${sheet.name}” should have.`;
        if (found.has(name) || !known.has(name)) {
          refuse(sheet.problem('unknown-row', sentence, row));
        } else found.set(name, row);
      }
      for (const name of names) {
        if (found.has(name)) continue;
        const sentence = `The sheet “${sheet.name}” has no row ${quoted(name)}.`;
        refuse(sheet.problem('no-row', sentence, 0));
      }
      return found;
    },
    people: (cell) => cell.split(', ').filter((name) => name !== ''),
  };
}
