import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import { type CellReader, cellReader, LIMITS } from './cosplib-cells.ts';
import { readHours, readWeights } from './cosplib-settings.ts';
import { readSubmissions } from './cosplib-submissions.ts';
import type { Conference, ConferenceSession } from './model.ts';
import { readWorkbook, type Sheet, type Workbook } from './sheets.ts';

const SHEETS = [
  'parameters',
  'submissions',
  'tracks',
  'sessions',
  'rooms',
  'tracks_sessions|penalty',
  'tracks_rooms|penalty',
  'similar tracks',
  'sessions_rooms|penalty',
] as const;

/**
 * Reads an instance of CoSPLib: its workbook as JSON, that is for each sheet by its name the list of its
 * rows, and these lists of cells. Cells are texts; empty ones at the end of a row, and empty rows,
 * may be there or not. Times are `HH:MM` or the fraction of a day that a spreadsheet stores.
 *
 * Names must be the same everywhere, to the letter. Everything that is wrong is said at once.
 */
export function readCosplib(text: string, file: string): Result<Conference, Problem[]> {
  const workbook = readWorkbook(text, file, SHEETS);
  if (!workbook.ok) return workbook;
  const reader = cellReader();
  const conference = readConference(workbook.value, reader);
  return reader.problems.length > 0 ? fail(reader.problems) : ok(conference);
}

function readConference(workbook: Workbook, reader: CellReader): Conference {
  const sheet = (name: (typeof SHEETS)[number]): Sheet => workbook.get(name) as Sheet;
  const sessions = readSessions(sheet('sessions'), reader);
  const sessionNames = sessions.map(({ name }) => name);
  const rooms = reader.names(sheet('rooms'), LIMITS.rooms, 'room');
  const tracks = reader.names(sheet('tracks'), LIMITS.tracks, 'track').map((name, index) => ({
    name,
    chairs: reader.people(sheet('tracks').cell(sheet('tracks').named[index] ?? 0, 1)),
  }));
  const trackNames = tracks.map(({ name }) => name);
  const slots = sessions.reduce((sum, { timeSlots }) => sum + timeSlots, 0) * rooms.length;
  if (slots > LIMITS.slots || sessions.length * rooms.length > LIMITS.cells) {
    const sentence = `${counted(sessions.length, 'session')} in ${counted(rooms.length, 'room')} with ${slots} time slots are more than is read: at most ${LIMITS.cells} rooms of sessions, with ${LIMITS.slots} time slots.`;
    reader.refuse(sheet('sessions').problem('too-large', sentence, 0));
  }
  return {
    sessions,
    rooms,
    tracks,
    submissions: readSubmissions(sheet('submissions'), sessionNames, rooms, trackNames, reader),
    trackSessions: readPenalties(
      sheet('tracks_sessions|penalty'),
      trackNames,
      sessionNames,
      reader,
    ),
    trackRooms: readPenalties(sheet('tracks_rooms|penalty'), trackNames, rooms, reader),
    sessionRooms: readPenalties(sheet('sessions_rooms|penalty'), sessionNames, rooms, reader),
    similarTracks: readSimilar(sheet('similar tracks'), trackNames, reader),
    hours: readHours(sheet('parameters'), reader),
    weights: readWeights(sheet('parameters'), reader),
  };
}

function readSessions(sheet: Sheet, reader: CellReader): ConferenceSession[] {
  return reader.names(sheet, LIMITS.sessions, 'session').map((name, index) => {
    const row = sheet.named[index] ?? 0;
    return {
      name,
      timeSlots: reader.whole(sheet, row, 1, 'how many time slots the session has', 1, 1000),
      start: reader.time(sheet, row, 3, 'when the session starts'),
      end: reader.time(sheet, row, 4, 'when the session ends'),
    };
  });
}

/** A table of penalties: rows and columns are found by their names; what is left out is 0. */
function readPenalties(
  sheet: Sheet,
  rows: readonly string[],
  columns: readonly string[],
  reader: CellReader,
): number[][] {
  const columnOf = reader.columns(sheet, columns, 1);
  const rowOf = reader.rows(sheet, rows);
  return rows.map((name) =>
    columns.map((column) => {
      const [row, at] = [rowOf.get(name), columnOf.get(column)];
      return row === undefined || at === undefined ? 0 : reader.penalty(sheet, row, at);
    }),
  );
}

/**
 * Similar tracks. As the library does, the columns are taken to stand in the order of the rows, whatever
 * the head says, and of the two cells for a pair the one right of the diagonal counts.
 */
function readSimilar(sheet: Sheet, tracks: readonly string[], reader: CellReader): number[][] {
  const rowOf = reader.rows(sheet, tracks);
  const positions = new Map(sheet.named.map((row, index) => [row, index]));
  const places = tracks.map((name) => positions.get(rowOf.get(name) ?? -1));
  return places.map((one) =>
    places.map((other) => {
      if (one === undefined || other === undefined || one === other) return 0;
      const row = sheet.named[Math.min(one, other)] ?? 0;
      return reader.penalty(sheet, row, Math.max(one, other) + 1);
    }),
  );
}
