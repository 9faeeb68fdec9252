/** Tables of a timetable for spreadsheets; the import reads the same columns back. */
import { type Cell, formatCsv } from '@cairn/formats/csv';
import type { Placement } from '../../timetable/drafts/placement-rules.ts';
import { later, type Room } from '../../timetable/frame/frame-rules.ts';
import type { CurrentGroup } from '../../timetable/groups/current-queries.ts';
import type { Session } from '../../timetable/sessions/session-rules.ts';
import type { Programme } from './programme-rules.ts';
import { roomOf } from './schedule-rules.ts';

/** Between several values of one cell. */
const BETWEEN = '; ';

/** What is public of a timetable; leads are those who let the public see their names. */
export const programmeCsv = ({ items }: Programme, names: ReadonlyMap<string, string>): string =>
  formatCsv(
    ['date', 'starts', 'ends', 'title', 'room', 'kind', 'track', 'group', 'leads', 'text', 'id'],
    items.map((item): Cell[] => [
      ...[item.date, item.starts, item.ends, item.title, roomOf(item), item.kind, item.track],
      ...[item.groupKey ?? '', listOf(item.leads, names), item.text, item.id],
    ]),
  );

/** The sessions, with their places where a draft or a release gives some. For organisers. */
export function sessionsCsv(
  sessions: readonly Session[],
  placements: readonly Omit<Placement, 'isPinned'>[],
  rooms: readonly Pick<Room, 'id' | 'name'>[],
  names: ReadonlyMap<string, string>,
): string {
  const places = new Map(placements.map((place) => [place.sessionId, place]));
  const roomNames = new Map(rooms.map(({ id, name }) => [id, name]));
  return formatCsv(
    'title minutes group topic track leads needed needs size optional kind date starts ends room text id'.split(
      ' ',
    ),
    sessions.map((session): Cell[] => {
      const place = places.get(session.id);
      return [
        ...[session.title, session.minutes, session.groupKey, session.topicNumber, session.track],
        ...[listOf(session.leads, names), listOf(session.needed, names)],
        ...[session.needs.join(BETWEEN), session.size, session.isOptional ? 'yes' : 'no'],
        ...[session.kind, place?.date ?? '', place?.starts ?? ''],
        place === undefined ? '' : later(place.starts, session.minutes),
        ...[roomNames.get(place?.roomId ?? '') ?? '', session.text, session.id],
      ];
    }),
  );
}

/** The rooms, with where people join from afar. For organisers. */
export const roomsCsv = (rooms: readonly Room[]): string =>
  formatCsv(
    ['name', 'capacity', 'features', 'directions', 'link', 'key'],
    rooms.map(({ name, capacity, features, directions, link, key }): Cell[] => [
      ...[name, capacity, features.join(BETWEEN), directions, link, key],
    ]),
  );

/** Who is in which group of the week, a line for each person. For organisers. */
export const groupsCsv = (
  groups: Iterable<CurrentGroup>,
  names: ReadonlyMap<string, string>,
): string =>
  formatCsv(
    ['group', 'title', 'topic', 'person', 'lead'],
    [...groups].flatMap(({ key, title, topicNumber, people, leads }) =>
      people.map((person): Cell[] => [
        ...[key, title, topicNumber, names.get(person) ?? ''],
        leads.includes(person) ? 'yes' : 'no',
      ]),
    ),
  );

const listOf = (ids: readonly string[], names: ReadonlyMap<string, string>): string =>
  ids.flatMap((id) => names.get(id) ?? []).join(BETWEEN);
