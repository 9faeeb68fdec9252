import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import type { Instance, Timetable } from '../sessions/model.ts';
import { readCairnInstance, readCairnTimetable, writeCairnTimetable } from './cairn-json.ts';
import { readItc2007, readItc2007Solution, writeItc2007Solution } from './itc2007.ts';
import {
  readItc2007Three,
  readItc2007ThreeSolution,
  writeItc2007ThreeSolution,
} from './itc2007-3.ts';
import { readTpac, readTpacGrid, writeTpacGrid } from './tpac.ts';

/** A way in which instances, and timetables of them, are written. */
export interface FileFormat {
  readonly readInstance: (text: string, file: string) => Result<Instance, Problem[]>;
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
    readTimetable: readItc2007Solution,
    writeTimetable: writeItc2007Solution,
  },
  'itc2007-3': {
    readInstance: readItc2007Three,
    readTimetable: readItc2007ThreeSolution,
    writeTimetable: writeItc2007ThreeSolution,
  },
  tpac: {
    readInstance: readTpac,
    readTimetable: readTpacGrid,
    writeTimetable: writeTpacGrid,
  },
  cairn: {
    readInstance: readCairnInstance,
    readTimetable: readCairnTimetable,
    writeTimetable: (instance, timetable) => writeCairnTimetable(instance, timetable),
  },
} as const satisfies Record<string, FileFormat>;

export type FormatName = keyof typeof FILE_FORMATS;

/** The format of a file by how it is named and how it begins; undefined if nothing tells. */
export function guessFormat(text: string, file: string): FormatName | 'cosplib' | undefined {
  if (/\.tim$/i.test(file) || /^\s*\d+\s+\d+\s+\d+\s+\d+\s/.test(text.slice(0, 200)))
    return 'itc2007';
  if (/^\ufeff?\s*\{/.test(text.slice(0, 1000))) return 'cairn';
  return undefined;
}
