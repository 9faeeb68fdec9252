/**
 * The VTIMEZONE that a calendar needs for each zone it names (RFC 5545 §3.6.5).
 *
 * The library has one for every IANA zone, but with today's rules only: for Mexico City it has no
 * daylight saving, which ended in 2022; for Casablanca no Ramadan. So its block is used where it
 * agrees with this machine's zone data at every moment of the calendar, and otherwise one is written
 * from that data, with each change of the clock in the calendar's years.
 */
import { type Instant, Temporal, type ZoneName } from '@cairn/kernel/time';
import ICAL from 'ical.js';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import type { JcalComponent } from './jcal.ts';

/** A zone as a calendar names it, with what it says about it. */
export interface CalendarZone {
  readonly tzid: string;
  readonly component: JcalComponent;
}

/** Changes of the clock to list at most; two a year for two centuries. */
const MOST_CHANGES = 400;

/**
 * A description of each zone, right at each of its moments. Two names of one zone (`US/Pacific`,
 * `America/Los_Angeles`) share one, for a TZID may be described only once.
 */
export function calendarZones(
  moments: ReadonlyMap<ZoneName, readonly Instant[]>,
): Map<ZoneName, CalendarZone> {
  const named = [...moments.keys()].map((zone) => ({
    zone,
    tzid: libraryZone(zone)?.tzid ?? zone,
  }));
  const described = new Map<string, CalendarZone>();
  for (const { zone, tzid } of named) {
    const shared = named.filter((other) => other.tzid === tzid);
    const all = shared.flatMap((other) => moments.get(other.zone) ?? []);
    if (!described.has(tzid)) described.set(tzid, describeZone(zone, tzid, all));
  }
  return new Map(
    named.flatMap(({ zone, tzid }) => {
      const description = described.get(tzid);
      return description ? [[zone, description] as const] : [];
    }),
  );
}

function describeZone(zone: ZoneName, tzid: string, moments: readonly Instant[]): CalendarZone {
  const ready = libraryZone(zone);
  if (ready && moments.every((moment) => agrees(ready, zone, moment))) return ready;
  return { tzid, component: writtenOut(zone, tzid, moments) };
}

function libraryZone(zone: ZoneName): CalendarZone | undefined {
  const [block, parameter] = tzlib_get_ical_block(zone);
  if (!block?.startsWith('BEGIN:VTIMEZONE') || !parameter) return undefined;
  return { tzid: parameter.replace(/^TZID=/, ''), component: ICAL.parse(block) };
}

/** Whether a reader of the block comes to the same offset as we do. */
function agrees({ tzid, component }: CalendarZone, zone: ZoneName, moment: Instant): boolean {
  const known = new ICAL.Timezone({ tzid, component: new ICAL.Component(component) });
  const local = moment.toZonedDateTimeISO(zone);
  const { year, month, day, hour, minute, second } = local;
  const time = new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, known);
  return known.utcOffset(time) * 1e9 === local.offsetNanoseconds;
}

function writtenOut(zone: ZoneName, tzid: string, moments: readonly Instant[]): JcalComponent {
  const sorted = moments.toSorted(Temporal.Instant.compare);
  const at = (moment: Instant | undefined) =>
    (moment ?? Temporal.Instant.fromEpochMilliseconds(0)).toZonedDateTimeISO(zone);
  const first = at(sorted[0]).subtract({ years: 1 });
  const last = at(sorted.at(-1)).add({ years: 1 });
  const observances = [observance(first, first.offset)];
  let before = first;
  for (let count = 0; count < MOST_CHANGES; count++) {
    const change = before.getTimeZoneTransition('next');
    if (!change || Temporal.ZonedDateTime.compare(change, last) > 0) break;
    observances.push(observance(change, before.offset));
    before = change;
  }
  return ['vtimezone', [['tzid', {}, 'text', tzid]], observances];
}

function observance(from: Temporal.ZonedDateTime, offsetBefore: string): JcalComponent {
  // The clock that is about to change shows this time (RFC 5545 §3.6.5, DTSTART).
  const onset = from.toInstant().toZonedDateTimeISO(offsetBefore).toPlainDateTime();
  return [
    from.offset > offsetBefore ? 'daylight' : 'standard',
    [
      ['dtstart', {}, 'date-time', onset.toString({ smallestUnit: 'second' })],
      ['tzoffsetfrom', {}, 'utc-offset', offsetBefore],
      ['tzoffsetto', {}, 'utc-offset', from.offset],
      ['tzname', {}, 'text', from.offset],
    ],
    [],
  ];
}
