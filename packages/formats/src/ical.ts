import { instantOf, Temporal, type WallTime, type ZoneName } from '@cairn/kernel/time';
import type { Calendar, CalendarEntry, EntryTime, Party } from './calendar-entry.ts';
import { coveredSpan, repeatProperties } from './ical-repeats.ts';
import {
  addressProperty,
  cleanText,
  dateProperty,
  formatJcal,
  instantProperty,
  type JcalComponent,
  type JcalProperty,
  localProperty,
  textProperty,
  uriProperty,
} from './jcal.ts';
import { type CalendarZone, calendarZones, type Span } from './vtimezone.ts';

/**
 * A calendar as iCalendar text (RFC 5545 with the calendar properties of RFC 7986). The same
 * calendar gives the same text: DTSTAMP is the entry's last change, not the time of asking.
 * Throws if two entries share a UID, for readers would keep only one of them.
 *
 *     formatIcal({ prodId: '-//Cairn//summit 1//EN', name: 'Summit', entries })
 */
export function formatIcal(calendar: Calendar): string {
  const { entries } = calendar;
  const uids = new Set(entries.map(({ uid }) => uid));
  if (uids.size < entries.length) throw new Error('two calendar entries share a UID');
  const zones = zonesOf(entries);
  const events = entries.map(
    (entry): JcalComponent => ['vevent', eventProperties(entry, zones), []],
  );
  // RFC 5545 §3.6 wants at least one component, so a calendar without entries describes UTC.
  const described = zones.size + events.length > 0 ? zones : calendarZones(new Map([[UTC, []]]));
  return formatJcal([
    'vcalendar',
    calendarProperties(calendar),
    [...[...new Set(described.values())].map(({ component }) => component), ...events],
  ]);
}

type WallSpan = Extract<EntryTime, { kind: 'wall' }>;

const UTC = 'Etc/UTC' as ZoneName;

/** Named in full by itself; its times are written with a Z and need no description. */
const isUtc = (zone: ZoneName): boolean => /^(?:Etc\/)?(?:UTC|UCT|Universal|Zulu)$/i.test(zone);

/** Who calls, and who is asked and may answer (RFC 5546 §3.2.2). */
function partyProperties({ organizer, attendee }: CalendarEntry): JcalProperty[] {
  // Not every program reads the standard's way to write a quotation mark in a name (RFC 6868).
  const named = ({ name }: Party) =>
    name === undefined ? {} : { cn: cleanText(name).replaceAll('\n', ' ').replaceAll('"', "'") };
  return [
    ...(organizer ? [addressProperty('organizer', named(organizer), organizer.address)] : []),
    ...(attendee
      ? [
          addressProperty(
            'attendee',
            {
              ...named(attendee),
              cutype: 'INDIVIDUAL',
              role: 'REQ-PARTICIPANT',
              partstat: attendee.partstat ?? 'NEEDS-ACTION',
              rsvp: 'TRUE',
            },
            attendee.address,
          ),
        ]
      : []),
  ];
}

function calendarProperties({ prodId, name, refresh, color, method }: Calendar): JcalProperty[] {
  const every = refresh === undefined ? undefined : `PT${Math.max(1, Math.round(refresh))}M`;
  return [
    ['version', {}, 'text', '2.0'],
    textProperty('prodid', prodId),
    ['calscale', {}, 'text', 'GREGORIAN'],
    ...(method === undefined ? [] : [textProperty('method', method)]),
    // What calendar programs read in practice, beside the standard's NAME and REFRESH-INTERVAL.
    ...(name === undefined ? [] : [textProperty('name', name), textProperty('x-wr-calname', name)]),
    ...(color === undefined ? [] : [textProperty('color', color)]),
    ...(every === undefined
      ? []
      : ([
          ['refresh-interval', {}, 'duration', every],
          ['x-published-ttl', {}, 'duration', every],
        ] satisfies JcalProperty[])),
  ];
}

function eventProperties(
  entry: CalendarEntry,
  zones: ReadonlyMap<ZoneName, CalendarZone>,
): JcalProperty[] {
  const { created, description, location, url, categories = [], time } = entry;
  const busy = entry.busy ?? time.kind === 'wall';
  return [
    textProperty('uid', entry.uid),
    instantProperty('dtstamp', entry.lastModified),
    ...timeProperties(entry, zones),
    ...repeatProperties(entry, zones),
    ['sequence', {}, 'integer', String(entry.sequence)],
    ['status', {}, 'text', entry.status],
    instantProperty('last-modified', entry.lastModified),
    ...(created ? [instantProperty('created', created)] : []),
    ...partyProperties(entry),
    textProperty('summary', entry.summary),
    ...(description === undefined ? [] : [textProperty('description', description)]),
    ...(location === undefined ? [] : [textProperty('location', location)]),
    ...(url === undefined ? [] : [uriProperty('url', url)]),
    ...(categories.length === 0
      ? []
      : [['categories', {}, 'text', ...categories.map(cleanText)] satisfies JcalProperty]),
    ['transp', {}, 'text', busy ? 'OPAQUE' : 'TRANSPARENT'],
  ];
}

function timeProperties(
  { time, repeats }: CalendarEntry,
  zones: ReadonlyMap<ZoneName, CalendarZone>,
): JcalProperty[] {
  switch (time.kind) {
    case 'days':
      // DTEND is the first moment that is no longer part of it (RFC 5545 §3.6.1).
      return [dateProperty('dtstart', time.from), dateProperty('dtend', time.to.add({ days: 1 }))];
    case 'month': {
      const first = time.month.toPlainDate({ day: 1 });
      return [
        dateProperty('dtstart', first),
        dateProperty('dtend', first.add({ months: 1 })),
        textProperty('x-cairn-precision', 'MONTH'),
      ];
    }
    case 'wall':
      return wallProperties(time, repeats !== undefined, zones.get(time.start.zone));
    default:
      return time satisfies never;
  }
}

function wallProperties(
  { start, minutes }: WallSpan,
  isRepeated: boolean,
  zone: CalendarZone | undefined,
): JcalProperty[] {
  const { start: from, end: to } = spanOf(start, minutes);
  if (!zone) {
    return [instantProperty('dtstart', from.toInstant()), instantProperty('dtend', to.toInstant())];
  }
  // What repeats keeps its time on the wall, though the clock may skip the first one.
  const begins = isRepeated ? start.local : from.toPlainDateTime();
  const ends = to.toPlainDateTime();
  // An end in the second pass of a repeated hour has no local spelling, but a duration says it.
  const endIsClear =
    begins.equals(from.toPlainDateTime()) &&
    instantOf({ local: ends, zone: start.zone }).equals(to.toInstant());
  return [
    localProperty('dtstart', begins, zone.tzid),
    endIsClear
      ? localProperty('dtend', ends, zone.tzid)
      : ['duration', {}, 'duration', `PT${minutes}M`],
  ];
}

/** Times that the clock skips are written as what it shows instead, so that all readers agree. */
function spanOf(start: WallTime, minutes: number) {
  const from = instantOf(start).toZonedDateTimeISO(start.zone);
  return { start: from, end: from.add(Temporal.Duration.from({ minutes })) };
}

function zonesOf(entries: readonly CalendarEntry[]): Map<ZoneName, CalendarZone> {
  const spans = new Map<ZoneName, Span[]>();
  for (const entry of entries) {
    const { time } = entry;
    if (time.kind !== 'wall' || isUtc(time.start.zone)) continue;
    const { start, end } = spanOf(time.start, time.minutes);
    const known = spans.get(time.start.zone) ?? [];
    known.push(coveredSpan(entry, time) ?? { from: start.toInstant(), until: end.toInstant() });
    spans.set(time.start.zone, known);
  }
  return calendarZones(spans);
}
