/** iCalendar as plain arrays (jCal, RFC 7265), which ical.js turns into text and back. */
import type { Instant, PlainDate, Temporal } from '@cairn/kernel/time';
import ICAL from 'ical.js';

export type JcalProperty = [
  name: string,
  parameters: Record<string, string>,
  type: string,
  ...values: string[],
];
export type JcalComponent = [name: string, properties: JcalProperty[], components: JcalComponent[]];

/** The library's own rules, in its descriptions of zones, are objects. */
const asRule = (rule: unknown): string =>
  typeof rule === 'string' ? rule : String(ICAL.Recur.fromData(rule as object));

/** Properties that the library does not know; without this it would write them unescaped. */
const DESIGN = {
  ...ICAL.design.icalendar,
  value: {
    ...ICAL.design.icalendar.value,
    // The library takes a rule apart and writes another; ours stay as they were checked.
    recur: { toICAL: asRule },
  },
  property: {
    ...ICAL.design.icalendar.property,
    name: { defaultType: 'text' },
    color: { defaultType: 'text' },
    'x-wr-calname': { defaultType: 'text' },
    'x-published-ttl': { defaultType: 'duration' },
    'x-cairn-precision': { defaultType: 'text' },
  },
};

// The library does not count the space that begins a continued line.
ICAL.foldLength = 74;

/** iCalendar text: CRLF, lines folded at 75 octets between characters (RFC 5545 §3.1). */
export const formatJcal = (component: JcalComponent): string =>
  `${ICAL.stringify.component(component, DESIGN)}\r\n`;

export const textProperty = (name: string, value: string): JcalProperty => [
  name,
  {},
  'text',
  cleanText(value),
];

/** TEXT holds no control characters but line breaks and tabs (RFC 5545 §3.3.11). */
export const cleanText = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: taking control characters out is the purpose.
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '')
    .toWellFormed();

/** URI values are not escaped, so what could end the line must not be in them. */
export const uriProperty = (name: string, value: string): JcalProperty => [
  name,
  {},
  'uri',
  value.toWellFormed().replace(/[^\x21-\x7e]/gu, encodeURIComponent),
];

/** A mail address as a calendar names people (RFC 5545 §3.3.3). */
export const addressProperty = (
  name: string,
  parameters: Record<string, string>,
  address: string,
): JcalProperty => [
  name,
  parameters,
  'cal-address',
  uriProperty(name, `mailto:${address}`)[3] ?? '',
];

/** A rule that was checked; it goes in as it stands. */
export const ruleProperty = (rule: string): JcalProperty => ['rrule', {}, 'recur', rule];

export const dateProperty = (name: string, date: PlainDate): JcalProperty => [
  name,
  {},
  'date',
  date.toString(),
];

/** What the clock shows in a zone that the calendar describes. */
export const localProperty = (
  name: string,
  local: Temporal.PlainDateTime,
  tzid: string,
): JcalProperty => [name, { tzid }, 'date-time', local.toString({ smallestUnit: 'second' })];

export const instantProperty = (name: string, instant: Instant): JcalProperty => [
  name,
  {},
  'date-time',
  instant.round({ smallestUnit: 'second', roundingMode: 'floor' }).toString(),
];
