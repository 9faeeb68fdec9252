import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { quoted } from '../files/place-in-text.ts';
import { type CellReader, cellReader } from './cosplib-cells.ts';
import { type Conference, type ConferenceSchedule, emptySchedule } from './model.ts';
import { readWorkbook, type Sheet } from './sheets.ts';

/** The sheet of a solution, as the library names it. */
const SHEET = 'sol';

/**
 * Writes a schedule as the library's sheet of solutions, as JSON: `{"sol": rows}`. The first row has the
 * rooms; then each session has a row with the tracks in its rooms; after an empty row each time slot
 * of each session has one with the submissions.
 */
export function writeCosplibSolution(conference: Conference, schedule: ConferenceSchedule): string {
  const { sessions, rooms, tracks, submissions } = conference;
  const rows = [
    ['', ...rooms],
    ...sessions.map(({ name }, session) => [
      name,
      ...rooms.map((_, room) => tracks[schedule.tracks[session]?.[room] ?? -1]?.name ?? ''),
    ]),
    rooms.map(() => '').concat(''),
    ...sessions.flatMap(({ name, timeSlots }, session) =>
      Array.from({ length: timeSlots }, (_, slot) => [
        name,
        ...rooms.map(
          (_, room) => submissions[schedule.submissions[session]?.[room]?.[slot] ?? -1]?.name ?? '',
        ),
      ]),
    ),
  ];
  return `{"${SHEET}": [\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]}\n`;
}

/** Reads what `writeCosplibSolution` writes, or the library's own sheet of solutions as JSON. */
export function readCosplibSolution(
  conference: Conference,
  text: string,
  file: string,
): Result<ConferenceSchedule, Problem[]> {
  const workbook = readWorkbook(text, file, [SHEET]);
  if (!workbook.ok) return workbook;
  const reader = cellReader();
  const sheet = workbook.value.get(SHEET) as Sheet;
  const columnOf = reader.columns(sheet, conference.rooms, 1);
  const schedule = emptySchedule(conference) as {
    tracks: number[][];
    submissions: number[][][];
  };
  const trackOf = new Map(conference.tracks.map(({ name }, index) => [name, index]));
  const submissionOf = new Map(conference.submissions.map(({ name }, index) => [name, index]));
  const readRow = (row: number, session: string, put: (room: number, cell: number) => void): void =>
    readCells(sheet, row, session, reader, () => {
      for (const [room, name] of conference.rooms.entries()) {
        const column = columnOf.get(name) ?? -1;
        const cell = sheet.cell(row, column);
        if (cell !== '') put(room, column);
      }
    });

  let row = 1;
  for (const [session, { name }] of conference.sessions.entries()) {
    readRow(row, name, (room, column) => {
      const found = find(trackOf, 'track', sheet, row, column, reader);
      (schedule.tracks[session] as number[])[room] = found;
    });
    row += 1;
  }
  row += 1;
  for (const [session, { name, timeSlots }] of conference.sessions.entries()) {
    for (let slot = 0; slot < timeSlots; slot++) {
      readRow(row, name, (room, column) => {
        const found = find(submissionOf, 'submission', sheet, row, column, reader);
        (schedule.submissions[session]?.[room] as number[])[slot] = found;
      });
      row += 1;
    }
  }
  return reader.problems.length > 0 ? fail(reader.problems) : ok(schedule);
}

/** Reads a row if it is of the session whose turn it is. */
function readCells(
  sheet: Sheet,
  row: number,
  session: string,
  reader: CellReader,
  read: () => void,
): void {
  if (sheet.cell(row, 0) === session) read();
  else {
    const sentence = `The row should be of the session ${quoted(session)}, not ${quoted(sheet.cell(row, 0))}.`;
    reader.refuse(sheet.problem('other-session', sentence, row));
  }
}

function find(
  numbers: ReadonlyMap<string, number>,
  what: string,
  sheet: Sheet,
  row: number,
  column: number,
  reader: CellReader,
): number {
  const found = numbers.get(sheet.cell(row, column));
  if (found !== undefined) return found;
  const sentence = `${quoted(sheet.cell(row, column))} is no ${what} of this conference.`;
  reader.refuse(sheet.problem(`unknown-${what}`, sentence, row, column));
  return -1;
}
