/** A timetable as `schedule.xml` and `schedule.json` tell it (frab). */
import type { FrabDay, FrabEvent, FrabSchedule } from '@cairn/formats/frab';
import { frabAcronym, frabIds, guidOfName } from '@cairn/formats/frab-names';
import { plainLine } from '@cairn/formats/frab-plain';
import { expectZone, Temporal, type ZoneName } from '@cairn/kernel/time';
import type { TimeOfDay } from '../../timetable/frame/frame-rules.ts';
import { momentAt } from '../../timetable/frame/moment-rules.ts';
import type { ReleasedRoom } from '../../timetable/release/content-schema.ts';
import {
  lastingMinutes,
  type Programme,
  type ProgrammeItem,
  roomsById,
} from './programme-rules.ts';

export interface ScheduleFacts {
  readonly slug: string;
  readonly title: string;
  /** The summit's page, in full. */
  readonly page: string;
  readonly version: string;
  readonly program: { readonly name: string; readonly version: string };
  readonly programme: Programme;
  /** The names of those who let the public see them, by id. */
  readonly names: ReadonlyMap<string, string>;
}

/** Where blocks are that span everything, and sessions that have no room yet: files want a room. */
const EVERYWHERE = 'All rooms';
const NOWHERE_YET = 'Room to be chosen';
const LANGUAGE = 'en';
/** By an old custom the day of a schedule begins then, so that what is late is on the evening's day. */
const DAY_BEGINS = '04:00';

/** The timetable as both files tell it. Ids and guids are those of sessions and blocks, so they stay. */
export function scheduleOf(facts: ScheduleFacts): FrabSchedule {
  const { slug, title, page, version, program, names } = facts;
  const { items, days, slotMinutes } = facts.programme;
  const zone = expectZone(facts.programme.zone);
  const ids = frabIds(items.map(({ id }) => id));
  const people = frabIds([...names.keys()].map((person) => guidOfName(`${slug} ${person}`)));
  const eventOf = (item: ProgrammeItem): FrabEvent => ({
    id: ids.get(item.id) ?? 0,
    guid: item.id,
    date: written(item.date, item.starts, zone),
    minutes: lastingMinutes(item, zone),
    title: item.title,
    subtitle: '',
    room: roomOf(item),
    track: item.track,
    type: item.kind,
    abstract: '',
    description: item.text,
    persons: item.leads.flatMap((lead) => {
      const [name, id] = [names.get(lead), people.get(guidOfName(`${slug} ${lead}`))];
      return name === undefined || id === undefined ? [] : [{ id, name }];
    }),
    links: [],
    url: item.isBlock ? `${page}/timetable` : `${page}/timetable/sessions/${item.id}`,
  });
  const dates = [...new Set([...days, ...items.map(({ date }) => date)])].sort();
  return {
    version,
    generator: program,
    title,
    acronym: frabAcronym(slug),
    url: `${page}/timetable`,
    zone,
    slotMinutes,
    language: LANGUAGE,
    rooms: roomsOf(facts),
    days: dates.map((date) => dayOf(date, items, eventOf, zone)),
  };
}

/** Where an item is, as a file that knows rooms only by name says it. */
export const roomOf = ({ place, isBlock }: Pick<ProgrammeItem, 'place' | 'isBlock'>): string =>
  plainLine(place) || (isBlock ? EVERYWHERE : NOWHERE_YET);

function dayOf(
  date: string,
  items: readonly ProgrammeItem[],
  eventOf: (item: ProgrammeItem) => FrabEvent,
  zone: ZoneName,
): FrabDay {
  const own = items.filter((item) => item.date === date);
  const first = own.reduce((least, { starts }) => (starts < least ? starts : least), DAY_BEGINS);
  const next = Temporal.PlainDate.from(date).add({ days: 1 }).toString();
  return {
    date,
    starts: written(date, first < DAY_BEGINS ? '00:00' : DAY_BEGINS, zone),
    ends: written(next, '03:59', zone),
    events: own.map(eventOf),
  };
}

/** The rooms in the order in which people see them, then the places that are none. */
function roomsOf({ slug, programme: { rooms, items } }: ScheduleFacts): FrabSchedule['rooms'] {
  const names = roomsById(rooms);
  const nameOf = ({ id, name }: ReleasedRoom): string => names.get(id)?.name ?? name;
  const known = new Set(rooms.map(nameOf));
  const others = [...new Set(items.map(roomOf))].filter((name) => !known.has(name));
  return [
    ...rooms.map((room) => ({
      name: nameOf(room),
      guid: room.id,
      description: room.directions,
      capacity: room.capacity,
    })),
    ...others.map((name) => ({
      name,
      guid: guidOfName(`${slug} ${name}`),
      description: '',
      capacity: null,
    })),
  ];
}

/** A time of a day as `2023-05-22T09:30:00-07:00`. */
const written = (date: string, time: TimeOfDay, zone: ZoneName): string =>
  momentAt(date, time, zone)
    .toZonedDateTimeISO(zone)
    .toString({ timeZoneName: 'never', smallestUnit: 'second' });
