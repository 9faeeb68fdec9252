import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import type { Instance, Timetable } from '../sessions/model.ts';
import { readCairnInstance, readCairnTimetable, writeCairnTimetable } from './cairn-json.ts';
import { readItc2007 } from './itc2007.ts';
import { readItc2007Three } from './itc2007-3.ts';
import { readItc2007ThreeSolution, writeItc2007ThreeSolution } from './itc2007-3-solution.ts';
import { readItc2007Solution, writeItc2007Solution } from './itc2007-solution.ts';
import { readScheduleJson, readScheduleTimetable, writeScheduleJson } from './schedule-json.ts';
import { readTpac, readTpacGrid, writeTpacGrid } from './tpac.ts';

/** A way in which instances, and timetables of them, are written. */
export interface FileFormat {
  readonly readInstance: (text: string, file: string) => Result<Instance, Problem[]>;
  /** Whether an instance's file can have a timetable with it. */
  readonly holdsTimetable: boolean;
  /** Reads a timetable from a file of its own, or from an instance's file where the format has both in one. */
  readonly readTimetable: (
    text: string,
    instance: Instance,
    file: string,
  ) => Result<Timetable, Problem[]>;
  /** Writes a timetable; `original` is the text of the instance's file. */
  readonly writeTimetable: (instance: Instance, timetable: Timetable, original: string) => string;
}

/** The formats of session timetables by the names by which a command knows them. */
export const FILE_FORMATS = {
  itc2007: {
    readInstance: readItc2007,
    holdsTimetable: false,
    readTimetable: readItc2007Solution,
    writeTimetable: writeItc2007Solution,
  },
  'itc2007-3': {
    readInstance: readItc2007Three,
    holdsTimetable: false,
    readTimetable: readItc2007ThreeSolution,
    writeTimetable: writeItc2007ThreeSolution,
  },
  tpac: {
    readInstance: readTpac,
    holdsTimetable: true,
    readTimetable: readTpacGrid,
    writeTimetable: writeTpacGrid,
  },
  'schedule.json': {
    readInstance: readScheduleJson,
    holdsTimetable: true,
    readTimetable: readScheduleTimetable,
    writeTimetable: writeScheduleJson,
  },
  cairn: {
    readInstance: readCairnInstance,
    holdsTimetable: true,
    readTimetable: readCairnTimetable,
    writeTimetable: (instance, timetable) => writeCairnTimetable(instance, timetable),
  },
} as const satisfies Record<string, FileFormat>;

export type FormatName = keyof typeof FILE_FORMATS;

/** The format of a file by how it is named and what it begins with; undefined if nothing tells. */
export function guessFormat(text: string, file: string): FormatName | 'cosplib' | undefined {
  const head = text.slice(0, 2000);
  if (/\.tim$/i.test(file) || /^\s*\d+\s+\d+\s+\d+\s+\d+\s/.test(head)) return 'itc2007';
  if (/\.ctt$/i.test(file) || /^\s*Name:/.test(head)) return 'itc2007-3';
  if (!/^\ufeff?\s*\{/.test(head)) return undefined;
  const has = (key: string): boolean => text.includes(`"${key}"`);
  if (has('parameters') && has('submissions')) return 'cosplib';
  if (has('schedule') && has('conference')) return 'schedule.json';
  return has('event') && has('sessions') ? 'tpac' : 'cairn';
}
