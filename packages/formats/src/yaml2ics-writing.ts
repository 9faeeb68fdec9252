import type { Temporal } from '@cairn/kernel/time';
import { equalData, isGroup } from './plain-data.ts';
import { parseRule } from './recurrence-rule.ts';
import { formatYaml, updateYaml } from './yaml-document.ts';
import type { CallCalendar, CallEvent, ReadCalendar } from './yaml2ics.ts';
import { formatTime } from './yaml2ics-moment.ts';
import { FREQUENCY_OF } from './yaml2ics-repeats.ts';

/**
 * A new file for a calendar of calls. `readCallCalendar` of the answer gives the same calendar.
 * The order of keys is that of the community's own files.
 */
export const formatCallCalendar = (calendar: CallCalendar): string =>
  formatYaml({
    ...headOf(calendar),
    events: calendar.events.map((event) =>
      Object.assign({}, ...Object.values(partsOf(event, calendar))),
    ),
  });

/**
 * The file with what changed in its calendar written into it: comments, order and everything that is
 * not understood stay. Events are known by their `index`; those without one come last, and those of
 * the file whose index is gone are taken out. What could not be read stays.
 */
export function updateCallCalendar(read: ReadCalendar, calendar: CallCalendar): string {
  const { document } = read;
  const before = isGroup(document.value) ? document.value : {};
  const rows = Array.isArray(before['events']) ? before['events'] : [];
  const known = new Map(read.calendar.events.map((event) => [event.index, event]));
  const wanted = new Map(calendar.events.map((event) => [event.index, event]));
  const kept = rows.flatMap((row: unknown, index): unknown[] => {
    const [was, is] = [known.get(index), wanted.get(index)];
    if (was === undefined) return [row];
    return is === undefined
      ? []
      : [updated(row, partsOf(was, read.calendar), partsOf(is, calendar))];
  });
  const added = calendar.events
    .filter(({ index }) => index === undefined)
    .map((event) => Object.assign({}, ...Object.values(partsOf(event, calendar))));
  const events = [...kept, ...added];
  const head = headOf(calendar);
  const headBefore = headOf(read.calendar);
  const value = {
    ...before,
    ...(equalData(head.name, headBefore.name) ? {} : { name: head.name }),
    timezone: equalData(head.timezone, headBefore.timezone) ? before['timezone'] : head.timezone,
    events: rows.length === 0 && events.length === 0 ? before['events'] : events,
  };
  return updateYaml(
    document,
    Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)),
  );
}

const headOf = ({ name, zone }: CallCalendar): { name: string; timezone?: string } => ({
  name,
  ...(zone === undefined ? {} : { timezone: zone }),
});

/** What an event says, in parts that are written anew as a whole when something in them changed. */
type Parts = Readonly<Record<PartName, Readonly<Record<string, unknown>>>>;
type PartName = 'summary' | 'description' | 'time' | 'location' | 'url' | 'repeats';

/** Every key that a part may have in a file. */
const KEYS: Readonly<Record<PartName, readonly string[]>> = {
  summary: ['summary', 'name'],
  description: ['description'],
  time: ['timezone', 'begin', 'end', 'duration'],
  location: ['location'],
  url: ['url'],
  repeats: ['repeat', 'ics'],
};
const PART_NAMES: readonly PartName[] = [
  'summary',
  'description',
  'time',
  'location',
  'url',
  'repeats',
];

function updated(row: unknown, was: Parts, is: Parts): unknown {
  const changed = PART_NAMES.filter((name) => !equalData(was[name], is[name]));
  if (changed.length === 0) return row;
  const value: Record<string, unknown> = { ...(isGroup(row) ? row : {}) };
  for (const name of changed) {
    // Keys that stay keep their place in the file.
    for (const key of KEYS[name]) if (!Object.hasOwn(is[name], key)) delete value[key];
    Object.assign(value, is[name]);
  }
  return value;
}

function partsOf(event: CallEvent, calendar: CallCalendar): Parts {
  const { summary, description, location, url } = event;
  return {
    summary: { summary },
    description: description === undefined ? {} : { description },
    time: timeOf(event, calendar),
    location: location === undefined ? {} : { location },
    url: url === undefined ? {} : { url },
    repeats: repeatsOf(event),
  };
}

function timeOf(
  { recurrence: { start, minutes }, isAllDay }: CallEvent,
  { zone }: CallCalendar,
): Record<string, unknown> {
  // Without any zone a call is in UTC.
  const zoneOfOthers = zone ?? 'UTC';
  const own = start.zone === zoneOfOthers ? {} : { timezone: start.zone };
  if (!isAllDay) return { ...own, begin: formatTime(start.local), duration: { minutes } };
  const begin = start.local.toPlainDate().toString();
  return minutes === 1440
    ? { ...own, begin }
    : { ...own, begin, duration: { days: minutes / 1440 } };
}

const UNIT_OF = new Map(Object.entries(FREQUENCY_OF).map(([unit, name]) => [name, unit]));

function repeatsOf({ recurrence }: CallEvent): Record<string, unknown> {
  const { rule, except, also, start } = recurrence;
  if (rule === undefined && except.length === 0 && also.length === 0) return {};
  const simple = simpleRule(rule);
  if (simple !== undefined) {
    return {
      repeat: {
        interval: { [simple.unit]: simple.count },
        until: simple.until,
        ...(except.length === 0 ? {} : { except_on: except.map(formatTime) }),
        ...(also.length === 0 ? {} : { also_on: also.map(formatTime) }),
      },
    };
  }
  const dates = (name: string, moments: readonly Temporal.PlainDateTime[]): string[] =>
    moments.length === 0
      ? []
      : [`${name};TZID=${start.zone}:${moments.map((each) => formatBasic(each)).join(',')}`];
  const lines = [
    ...(rule === undefined ? [] : [`RRULE:${rule}`]),
    ...dates('EXDATE', except),
    ...dates('RDATE', also),
  ];
  return { ics: lines.join('\n') };
}

const formatBasic = (local: Temporal.PlainDateTime): string =>
  local.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');

/** A rule that `repeat` can say: one unit and an end. */
function simpleRule(
  rule: string | undefined,
): { readonly unit: string; readonly count: number; readonly until: string } | undefined {
  const [, frequency = '', count, until = ''] =
    /^FREQ=([A-Z]+);INTERVAL=(\d+);UNTIL=([0-9TZ]+)$/.exec(rule ?? '') ?? [];
  const unit = UNIT_OF.get(frequency);
  const [, year, month, day, hour, minute, second, zulu] =
    /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(Z?)$/.exec(until) ?? [];
  if (unit === undefined || year === undefined || !parseRule(rule ?? '').ok) return undefined;
  const end = `${year}-${month}-${day} ${hour}:${minute}:${second}${zulu === 'Z' ? ' +00:00' : ''}`;
  return { unit, count: Number(count), until: end };
}
