import { quoted } from '../files/place-in-text.ts';
import { type CellReader, LIMITS } from './cosplib-cells.ts';
import type { Submission } from './model.ts';
import type { Sheet } from './sheets.ts';

const [TRACK, TIME_SLOTS, ORDER, ZONE, PRESENTERS, ATTENDEES, PENALTIES] = [1, 2, 3, 4, 5, 6, 7];

/** Reads the submissions; after what they are, there is a column for each session and each room. */
export function readSubmissions(
  sheet: Sheet,
  sessions: readonly string[],
  rooms: readonly string[],
  tracks: readonly string[],
  reader: CellReader,
): Submission[] {
  const columnOf = reader.columns(sheet, [...sessions, ...rooms], PENALTIES);
  const trackOf = new Map(tracks.map((name, index) => [name, index]));
  const twice = sessions.find((name) => rooms.includes(name));
  if (twice !== undefined) {
    const sentence = `${quoted(twice)} is the name of a session and of a room, so that its column could be either; give one another name.`;
    reader.refuse(sheet.problem('there-twice', sentence, 0));
  }
  return reader.names(sheet, LIMITS.submissions, 'submission').map((name, index) => {
    const row = sheet.named[index] ?? 0;
    const track = trackOf.get(sheet.cell(row, TRACK));
    if (track === undefined) {
      const sentence = `${quoted(sheet.cell(row, TRACK))} is none of the tracks.`;
      reader.refuse(sheet.problem('unknown-track', sentence, row, TRACK));
    }
    const penalties = (names: readonly string[]): number[] =>
      names.map((column) => {
        const at = columnOf.get(column);
        return at === undefined ? 0 : reader.penalty(sheet, row, at);
      });
    return {
      name,
      track: track ?? 0,
      timeSlots: reader.whole(sheet, row, TIME_SLOTS, 'how many time slots it takes', 1, 1000),
      order:
        sheet.cell(row, ORDER) === ''
          ? 0
          : reader.whole(sheet, row, ORDER, 'its place in the order of its track', 0, 1_000_000),
      zone: reader.zone(sheet, row, ZONE) ?? 0,
      presenters: reader.people(sheet.cell(row, PRESENTERS)),
      attendees: reader.people(sheet.cell(row, ATTENDEES)),
      sessions: penalties(sessions),
      rooms: penalties(rooms),
    };
  });
}
