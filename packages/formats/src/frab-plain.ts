import type { FrabEvent, FrabSchedule } from './frab.ts';
import { cleanText } from './jcal.ts';

/** Text of several lines as both formats can hold it. U+FFFE and U+FFFF are no characters of XML. */
export const plainText = (text: string): string => cleanText(text).replace(/[\ufffe\uffff]/g, '');

/** The same as one line. */
export const plainLine = (text: string): string => plainText(text).replace(/\s+/g, ' ').trim();

/**
 * The schedule with every text as both formats can hold it, so that XML and JSON say the same. Throws
 * where two rooms share a name or two events an id: readers would keep one of them.
 */
export function plainSchedule(schedule: FrabSchedule): FrabSchedule {
  const rooms = schedule.rooms.map((room) => ({
    ...room,
    name: plainLine(room.name),
    description: plainText(room.description),
  }));
  mustDiffer(
    rooms.map(({ name }) => name),
    'rooms share a name',
  );
  const days = schedule.days.map((day) => ({ ...day, events: day.events.map(plainEvent) }));
  const events = days.flatMap((day) => day.events);
  mustDiffer(
    events.map(({ id }) => id),
    'events share an id',
  );
  mustDiffer(
    events.map(({ guid }) => guid),
    'events share a guid',
  );
  return {
    ...schedule,
    version: plainLine(schedule.version),
    title: plainLine(schedule.title),
    rooms,
    days,
  };
}

const plainEvent = (event: FrabEvent): FrabEvent => ({
  ...event,
  title: plainLine(event.title),
  subtitle: plainLine(event.subtitle),
  room: plainLine(event.room),
  track: plainLine(event.track),
  type: plainLine(event.type),
  abstract: plainText(event.abstract),
  description: plainText(event.description),
  persons: event.persons.map(({ id, name }) => ({ id, name: plainLine(name) })),
  links: event.links.map(({ title, href }) => ({ title: plainLine(title), href })),
});

function mustDiffer(values: readonly unknown[], what: string): void {
  if (new Set(values).size < values.length) throw new Error(`two ${what}`);
}

/** `03:30`; the formats refuse minutes as a number. */
export function clockSpan(minutes: number): string {
  const pair = (value: number): string => String(value).padStart(2, '0');
  return `${pair(Math.floor(minutes / 60))}:${pair(minutes % 60)}`;
}

/** The time on the wall of a moment with an offset. */
export const wallClock = (date: string): string => date.slice(11, 16);

/** The tracks that events are in, in the order in which they come. */
export const tracksOf = ({ days }: FrabSchedule): string[] => [
  ...new Set(days.flatMap(({ events }) => events.map(({ track }) => track)).filter(Boolean)),
];

/**
 * The zone's name where the schemas let it pass, which know names such as `Europe/Berlin` and `UTC`
 * only; offsets stand with every time besides.
 */
export const zoneName = ({ zone }: FrabSchedule): string | undefined =>
  /^[A-Z][a-z]+\/[A-Z][a-z]+/.test(zone) || zone.endsWith('UTC') ? zone : undefined;

/** The rooms of a day with their events by time: those of the schedule, in its order, then others. */
export function roomsOfDay(
  { rooms }: FrabSchedule,
  events: readonly FrabEvent[],
): Map<string, FrabEvent[]> {
  const byRoom = new Map<string, FrabEvent[]>(rooms.map(({ name }) => [name, []]));
  for (const event of events) {
    const inRoom = byRoom.get(event.room) ?? [];
    inRoom.push(event);
    byRoom.set(event.room, inRoom);
  }
  for (const inRoom of byRoom.values()) {
    inRoom.sort((one, other) => one.date.localeCompare(other.date) || one.id - other.id);
  }
  return byRoom;
}
