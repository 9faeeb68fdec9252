/**
 * The VTIMEZONE that a calendar needs for each zone it names (RFC 5545 §3.6.5).
 *
 * The library has one for every IANA zone, but with today's rules only: for Mexico City it has no
 * daylight saving, which ended in 2022; for Casablanca no Ramadan. So its block is used where it
 * agrees with this machine's zone data throughout the times of the calendar, and otherwise one is written
 * from that data, with each change of the clock in the calendar's years.
 */
import { type Instant, Temporal, type ZoneName } from '@cairn/kernel/time';
import ICAL from 'ical.js';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import { readIcalText } from './ical-text.ts';
import type { JcalComponent } from './jcal.ts';
import { describedClock } from './vtimezone-reading.ts';
import { localAt, type ZoneClock, zoneClock } from './zone-clock.ts';

/** A zone as a calendar names it, with what it says about it. */
export interface CalendarZone {
  readonly tzid: string;
  readonly component: JcalComponent;
}

/** A part of time that a calendar speaks of; a moment begins and ends at once. */
export interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

/** Changes of the clock to list at most; two a year for two centuries. */
const MOST_CHANGES = 400;

/**
 * A description of each zone, right throughout its spans. Two names of one zone (`US/Pacific`,
 * `America/Los_Angeles`) share one, for a TZID may be described only once.
 */
export function calendarZones(
  spans: ReadonlyMap<ZoneName, readonly Span[]>,
): Map<ZoneName, CalendarZone> {
  const named = [...spans.keys()].map((zone) => {
    const ready = libraryZone(zone);
    return { zone, ready, tzid: ready?.tzid ?? zone };
  });
  const described = new Map<string, CalendarZone>();
  for (const { zone, ready, tzid } of named) {
    if (described.has(tzid)) continue;
    const shared = named.filter((other) => other.tzid === tzid);
    const all = shared.flatMap((other) => spans.get(other.zone) ?? []);
    described.set(
      tzid,
      ready && agrees(ready.block, zone, all)
        ? { tzid, component: ICAL.parse(ready.block) }
        : { tzid, component: writtenOut(zone, tzid, all) },
    );
  }
  return new Map(
    named.flatMap(({ zone, tzid }) => {
      const description = described.get(tzid);
      return description ? [[zone, description] as const] : [];
    }),
  );
}

function libraryZone(zone: ZoneName): { tzid: string; block: string } | undefined {
  const [block, parameter] = tzlib_get_ical_block(zone);
  if (!block?.startsWith('BEGIN:VTIMEZONE') || !parameter) return undefined;
  return { tzid: parameter.replace(/^TZID=/, ''), block };
}

/** Whether a reader of the block comes to the same offsets as we do, throughout. */
function agrees(block: string, zone: ZoneName, spans: readonly Span[]): boolean {
  const seconds = spans.map(({ from, until }) => ({
    from: Math.floor(from.epochMilliseconds / 1000),
    until: Math.ceil(until.epochMilliseconds / 1000),
  }));
  const first = Math.min(...seconds.map(({ from }) => from));
  const last = Math.max(...seconds.map(({ until }) => until));
  if (spans.length === 0) return true;
  const read = readIcalText(`BEGIN:VCALENDAR\n${block.trim()}\nEND:VCALENDAR`);
  const component = read.ok ? read.value[0]?.components[0] : undefined;
  const described = component && describedClock(component, last);
  if (!described) return false;
  const own = zoneClock(zone, first, last);
  return seconds.every((span) => offsetsIn(described, span) === offsetsIn(own, span));
}

/** The offset at the beginning, and each change of it up to the end. */
function offsetsIn(clock: ZoneClock, { from, until }: { from: number; until: number }): string {
  let offset = localAt(clock, from) - from;
  const found = [String(offset)];
  for (const change of clock) {
    if (change.at <= from || change.at > until || change.offset === offset) continue;
    offset = change.offset;
    found.push(`${change.at} ${offset}`);
  }
  return found.join(' ');
}

function writtenOut(zone: ZoneName, tzid: string, spans: readonly Span[]): JcalComponent {
  const sorted = spans
    .flatMap(({ from, until }) => [from, until])
    .toSorted(Temporal.Instant.compare);
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
