import type { FrabEvent, FrabSchedule } from './frab.ts';
import { frabSlug } from './frab-names.ts';
import {
  clockSpan,
  plainSchedule,
  roomsOfDay,
  tracksOf,
  wallClock,
  zoneName,
} from './frab-plain.ts';

/** A schedule as `schedule.json`, version 1 of the format: what phones and signs read. */
export function formatFrabJson(given: FrabSchedule): string {
  const schedule = plainSchedule(given);
  const { title, acronym, url, days, rooms, version, generator, slotMinutes } = schedule;
  const zone = zoneName(schedule);
  const whole = {
    $schema: 'https://c3voc.de/schedule/schema.json',
    generator,
    schedule: {
      version,
      base_url: url,
      conference: {
        acronym,
        title,
        url,
        start: days[0]?.date ?? '',
        end: days.at(-1)?.date ?? '',
        daysCount: days.length,
        timeslot_duration: clockSpan(slotMinutes),
        ...(zone === undefined ? {} : { time_zone_name: zone }),
        tracks: tracksOf(schedule).map((name) => ({ name })),
        rooms: rooms.map(({ name, guid, description, capacity }) => ({
          name,
          guid,
          description,
          capacity,
        })),
        days: days.map(({ date, starts, ends, events }, index) => ({
          index: index + 1,
          date,
          day_start: starts,
          day_end: ends,
          // Made of entries, so that a room may have any name, `__proto__` too.
          rooms: Object.fromEntries(
            [...roomsOfDay(schedule, events)].map(([room, inRoom]) => [
              room,
              inRoom.map((event) => eventOf(event, schedule)),
            ]),
          ),
        })),
      },
    },
  };
  return `${JSON.stringify(whole, null, 1)}\n`;
}

const eventOf = (event: FrabEvent, { acronym, language }: FrabSchedule) => ({
  guid: event.guid,
  id: event.id,
  date: event.date,
  start: wallClock(event.date),
  duration: clockSpan(event.minutes),
  room: event.room,
  slug: frabSlug(acronym, event.id, event.title),
  url: event.url,
  title: event.title,
  subtitle: event.subtitle,
  track: event.track,
  type: event.type,
  language,
  abstract: event.abstract,
  description: event.description,
  persons: event.persons.map(({ id, name }) => ({ id, public_name: name })),
  links: event.links.map(({ title, href }) => ({ title, url: href, type: 'related' })),
  attachments: [],
});
