import { expectZone, type PlainDate } from '@cairn/kernel/time';
import type { Handout } from '@cairn/typeset/handout-content';
import { asMarkdown } from '../../publishing/as-markdown-rules.ts';
import { dayWords } from '../frame/frame-words-rules.ts';
import type { PlacedSession, ReleasedBlock, TimetableContent } from '../release/content-schema.ts';
import { zoneWord } from '../release/time-words-rules.ts';

interface PrintedTimetable {
  readonly title: string;
  readonly hosts: readonly string[];
  readonly version: number;
  readonly name: string;
  /** The day on which it was released. */
  readonly released: PlainDate;
  readonly content: TimetableContent;
  /** Those of the release and of open space. */
  readonly sessions: readonly PlacedSession[];
  /** The page of the timetable, in full. */
  readonly page: string;
  readonly paper: Handout['paper'];
}

/** The timetable on paper: a table for each day, in the time of the place, and how to find the rooms. */
export function timetableHandout(printed: PrintedTimetable): Handout {
  const { title, hosts, version, name, released, content, sessions, page, paper } = printed;
  const zone = expectZone(content.zone);
  const [first] = content.days;
  const called = first === undefined ? zone : zoneWord(first.date, zone, zone);
  const directions = content.rooms.filter((room) => room.directions !== '');
  return {
    title,
    subtitle: `Timetable, version ${version}: ${name}`,
    authors: hosts,
    date: released,
    abstract: `Times are those of the place (${asMarkdown(zone.replaceAll('_', ' '))}, ${called}). What holds now is at <${page}>.`,
    sections: [
      ...content.days.map(({ date }) => ({
        heading: dayWords(date),
        level: 1,
        body: dayMarkdown(date, content, sessions),
        marginNotes: [],
      })),
      ...(directions.length === 0
        ? []
        : [
            {
              heading: 'Rooms',
              level: 1,
              body: directions
                .map((room) => `- *${oneLine(room.name)}*: ${oneLine(room.directions)}`)
                .join('\n'),
              marginNotes: [],
            },
          ]),
    ],
    ...{ paper, language: 'en-GB' },
  };
}

function dayMarkdown(
  date: string,
  { rooms, blocks }: TimetableContent,
  sessions: readonly PlacedSession[],
): string {
  const roomOf = (id: string | null): string => rooms.find((room) => room.id === id)?.name ?? '';
  const placeOf = (entry: PlacedSession | ReleasedBlock): string =>
    roomOf(entry.roomId) || ('place' in entry ? entry.place : '');
  const entries = [...blocks, ...sessions]
    .filter((entry) => entry.date === date)
    .toSorted(
      (one, other) =>
        one.starts.localeCompare(other.starts) || placeOf(one).localeCompare(placeOf(other)),
    );
  if (entries.length === 0) return 'Nothing is planned.';
  const rows = entries.map(
    (entry) => `| ${entry.starts}–${entry.ends} | ${cell(entry.title)} | ${cell(placeOf(entry))} |`,
  );
  return ['| Time | What | Where |', '| :-- | :-- | :-- |', ...rows].join('\n');
}

const oneLine = (text: string): string => asMarkdown(text.replace(/\s+/g, ' ').trim());

/** Text that stays in its cell: a pipe would begin another one. */
const cell = (text: string): string => oneLine(text).replace(/(?<!\\)\|/g, '\\|');
