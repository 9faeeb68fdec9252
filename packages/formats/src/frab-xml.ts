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

type Attributes = Readonly<Record<string, string | number>>;

const SIGNS: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? '');

/** An element of elements, or of text. */
function element(
  name: string,
  attributes: Attributes,
  content: string | readonly string[],
): string {
  const given = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escaped(String(value))}"`)
    .join('');
  const inner = typeof content === 'string' ? escaped(content) : content.join('\n');
  if (inner === '') return `<${name}${given}/>`;
  return typeof content === 'string'
    ? `<${name}${given}>${inner}</${name}>`
    : `<${name}${given}>\n${inner}\n</${name}>`;
}

const text = (name: string, content: string | number): string => element(name, {}, String(content));

/** A schedule as `schedule.xml` (`application/vnd.c3voc.schedule+xml`), as the official XSD wants it. */
export function formatFrabXml(given: FrabSchedule): string {
  const schedule = plainSchedule(given);
  const { generator, url, version, days, rooms } = schedule;
  const guids = new Map(rooms.map(({ name, guid }) => [name, guid]));
  const whole = element('schedule', {}, [
    element('generator', generator, ''),
    text('url', url),
    text('version', version),
    conferenceOf(schedule),
    ...days.map(({ date, starts, ends, events }, index) =>
      element(
        'day',
        { index: index + 1, date, start: starts, end: ends },
        [...roomsOfDay(schedule, events)].map(([name, inRoom]) => {
          const guid = guids.get(name);
          return element(
            'room',
            { name, ...(guid === undefined ? {} : { guid }) },
            inRoom.map((event) => eventOf(event, schedule)),
          );
        }),
      ),
    ),
  ]);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${whole}\n`;
}

function conferenceOf(schedule: FrabSchedule): string {
  const { acronym, title, days, slotMinutes, url } = schedule;
  const zone = zoneName(schedule);
  return element('conference', {}, [
    text('acronym', acronym),
    text('title', title),
    text('start', days[0]?.date ?? ''),
    text('end', days.at(-1)?.date ?? ''),
    text('days', days.length),
    text('timeslot_duration', clockSpan(slotMinutes)),
    text('base_url', url),
    text('url', url),
    ...(zone === undefined ? [] : [text('time_zone_name', zone)]),
    ...tracksOf(schedule).map((name) => element('track', { name }, '')),
  ]);
}

const eventOf = (event: FrabEvent, { acronym, language }: FrabSchedule): string =>
  element('event', { guid: event.guid, id: event.id }, [
    text('date', event.date),
    text('start', wallClock(event.date)),
    text('duration', clockSpan(event.minutes)),
    text('room', event.room),
    text('slug', frabSlug(acronym, event.id, event.title)),
    // An address that is empty is invalid, so it is left out.
    ...(event.url === '' ? [] : [text('url', event.url)]),
    text('title', event.title),
    text('subtitle', event.subtitle),
    text('track', event.track),
    text('type', event.type),
    text('language', language),
    text('abstract', event.abstract),
    text('description', event.description),
    element(
      'persons',
      {},
      event.persons.map(({ id, name }) => element('person', { id }, name)),
    ),
    element(
      'links',
      {},
      event.links.map(({ title, href }) => element('link', { href }, title)),
    ),
    element('attachments', {}, ''),
  ]);
