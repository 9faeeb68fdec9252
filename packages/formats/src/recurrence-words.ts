import { formatDate } from '@cairn/kernel/time';
import { listed, MONTHS, ordinal, WEEKDAYS } from '@cairn/kernel/words';
import { civilDay, DAY, localSeconds, plainDateTime, weekdayOf } from './local-time.ts';
import type { Recurrence } from './recurrence.ts';
import { parseRule, type Rule, type RuleDay } from './recurrence-rule.ts';

/**
 * How often something happens, to stand in a sentence: `every second Tuesday of the month`,
 * `every 14 days until 31 Dec 2026`, `once`. Without the time of day, which the reader's zone
 * changes, unless the rule has several.
 */
export function describeRule(recurrence: Recurrence): string {
  const { rule: text, except, also } = recurrence;
  const read = text === undefined ? undefined : parseRule(text);
  const often = read?.ok ? inWords(read.value, recurrence) : text === undefined ? 'once' : text;
  const parts = [often];
  if (also.length > 0)
    parts.push(also.length === 1 ? 'and one more time' : `and ${also.length} more times`);
  if (except.length > 0)
    parts.push(`except ${except.length === 1 ? 'one time' : `${except.length} times`}`);
  return parts.join(', ');
}

function inWords(rule: Rule, recurrence: Recurrence): string {
  const start = localSeconds(recurrence.start.local);
  const { months, weekNumbers, yearDays, positions } = rule;
  const parts = [periodWords(rule, start)];
  if (weekNumbers.length > 0) parts.push(`in week ${listed(weekNumbers.map(fromEnd), 'and')}`);
  if (yearDays.length > 0) parts.push(`on day ${listed(yearDays.map(fromEnd), 'and')} of the year`);
  if (months.length > 0 && !isDayOfYear(rule))
    parts.push(`in ${listed(months.map(monthName), 'and')}`);
  if (positions.length > 0 && !isPickedWeekday(rule)) {
    parts.push(`(of these only the ${listed(positions.map(positionWords), 'and')})`);
  }
  parts.push(...timeWords(rule));
  if (rule.count !== undefined) parts.push(rule.count === 1 ? '(once)' : `(${rule.count} times)`);
  const end = endWords(rule, recurrence);
  if (end !== undefined) parts.push(`until ${end}`);
  return parts.join(' ');
}

/** The frequency, and the days that make it up. */
function periodWords(rule: Rule, start: number): string {
  const { frequency, interval, weekdays, monthDays } = rule;
  const day = Math.floor(start / DAY);
  const plain = weekdays.map(({ weekday }) => weekdayName(weekday));
  switch (frequency) {
    case 'DAILY':
      return joined(every(interval, 'day'), [limited(weekdays, plain), ofMonth(monthDays)]);
    case 'WEEKLY': {
      const names = plain.length > 0 ? plain : [weekdayName(weekdayOf(day))];
      const isWorkdays = names.length === 5 && weekdays.every(({ weekday }) => weekday < 6);
      if (interval === 1) return isWorkdays ? 'every weekday' : `every ${listed(names, 'and')}`;
      if (interval === 2 && names.length === 1) return `every other ${names[0]}`;
      return `every ${interval} weeks on ${isWorkdays ? 'weekdays' : listed(names, 'and')}`;
    }
    case 'MONTHLY': {
      const months = interval === 1 ? 'of the month' : `of every ${ordinalMonth(interval)}`;
      if (weekdays.length > 0) return `${weekdayWords(rule, months)}${onlyOn(monthDays)}`;
      return `the ${listed(dayOrdinals(monthDays, day), 'and')} ${months}`;
    }
    case 'YEARLY': {
      const years = every(interval, 'year');
      if (weekdays.length > 0) {
        const of = rule.months.length > 0 ? 'of the month' : 'of the year';
        const days =
          rule.weekNumbers.length > 0 ? `every ${listed(plain, 'and')}` : weekdayWords(rule, of);
        return `${interval === 1 ? '' : `${years}, `}${days}${onlyOn(monthDays)}`;
      }
      if (isDayOfYear(rule)) {
        const names = rule.months.length > 0 ? rule.months : [civilDay(day).month];
        const days = monthDays.length > 0 ? monthDays : [civilDay(day).day];
        return `${years} on ${listed(
          names.flatMap((month) => days.map((each) => `${fromEnd(each)} ${monthName(month)}`)),
          'and',
        )}`;
      }
      return joined(years, [ofMonth(monthDays)]);
    }
    default: {
      const unit = { HOURLY: 'hour', MINUTELY: 'minute', SECONDLY: 'second' }[frequency];
      return joined(every(interval, unit), [limited(weekdays, plain), ofMonth(monthDays)]);
    }
  }
}

/** A rule of years by the day and month alone. */
const isDayOfYear = ({ frequency, weekdays, yearDays, weekNumbers, monthDays, months }: Rule) =>
  frequency === 'YEARLY' &&
  [weekdays, yearDays, weekNumbers].every(({ length }) => length === 0) &&
  (monthDays.length === 0 || months.length > 0);

/** One weekday picked by its place (BYDAY=TU;BYSETPOS=2) is the same as a counted one (2TU). */
const isPickedWeekday = ({ frequency, weekdays, positions, monthDays }: Rule) =>
  frequency === 'MONTHLY' &&
  positions.length === 1 &&
  monthDays.length === 0 &&
  weekdays.every(({ nth }) => nth === 0) &&
  weekdays.length > 0;

function weekdayWords(rule: Rule, period: string): string {
  const names = rule.weekdays.map(({ weekday }) => weekdayName(weekday));
  if (isPickedWeekday(rule)) {
    const isWorkdays = names.length === 5 && rule.weekdays.every(({ weekday }) => weekday < 6);
    return `the ${positionWords(rule.positions[0] ?? 1)} ${isWorkdays ? 'weekday' : listed(names, 'or')} ${period}`;
  }
  const isEvery = rule.weekdays.every(({ nth }) => nth === 0);
  if (isEvery)
    return `every ${listed(names, 'and')}${period.startsWith('of the') ? '' : ` ${period}`}`;
  const days = rule.weekdays.map(({ weekday, nth }) =>
    nth === 0 ? `every ${weekdayName(weekday)}` : `${positionWords(nth)} ${weekdayName(weekday)}`,
  );
  const only = rule.weekdays.length === 1 && rule.frequency === 'MONTHLY' && rule.interval === 1;
  return `${only ? 'every' : 'the'} ${listed(days, 'and')} ${period}`;
}

const every = (interval: number, unit: string): string =>
  interval === 1
    ? `every ${unit}`
    : interval === 2
      ? `every other ${unit}`
      : `every ${interval} ${unit}s`;

const ordinalMonth = (interval: number): string =>
  interval === 2 ? 'other month' : `${positionWords(interval)} month`;

const joined = (first: string, rest: readonly (string | undefined)[]): string =>
  [first, ...rest.filter((part) => part !== undefined)].join(' ');

const limited = (days: readonly RuleDay[], names: readonly string[]): string | undefined =>
  days.length === 0 ? undefined : `on ${listed(names, 'and')}`;

const ofMonth = (days: readonly number[]): string | undefined =>
  days.length === 0 ? undefined : `on the ${listed(days.map(dayOrdinal), 'and')} of the month`;

const onlyOn = (days: readonly number[]): string =>
  days.length === 0 ? '' : ` that is the ${listed(days.map(dayOrdinal), 'or')}`;

const dayOrdinals = (days: readonly number[], start: number): string[] =>
  fromTheStart(days.length > 0 ? days : [civilDay(start).day]).map(dayOrdinal);

/** Days counted from the end come last. */
const fromTheStart = (days: readonly number[]): number[] => [
  ...days.filter((day) => day > 0),
  ...days.filter((day) => day < 0),
];

const dayOrdinal = (day: number): string =>
  day === -1 ? 'last day' : day < 0 ? `${positionWords(day)} day` : `${ordinal(day)}`;

const fromEnd = (value: number): string =>
  value === -1 ? 'the last day of' : value < 0 ? `${-value} before the end of` : String(value);

function timeWords({ hours, minutes, frequency }: Rule): string[] {
  const subDaily = frequency === 'HOURLY' || frequency === 'MINUTELY' || frequency === 'SECONDLY';
  const pad = (value: number) => String(value).padStart(2, '0');
  if (subDaily && hours.length > 0) return [`in hours ${listed(hours.map(pad), 'and')}`];
  if (hours.length + minutes.length < 3) return [];
  const times = hours.flatMap((hour) => minutes.map((minute) => `${pad(hour)}:${pad(minute)}`));
  return times.length > 0 && times.length < 13 ? [`at ${listed(times, 'and')}`] : [];
}

/** The last day that the rule allows, on the wall clock of the start. */
function endWords({ until }: Rule, { start }: Recurrence): string | undefined {
  if (!until) return undefined;
  const day = () => {
    if (until.kind === 'day') return plainDateTime(until.day * DAY);
    if (until.kind === 'local') return plainDateTime(until.seconds);
    return plainDateTime(until.seconds)
      .toZonedDateTime('UTC')
      .withTimeZone(start.zone)
      .toPlainDateTime();
  };
  return formatDate(day().toPlainDate()).replace(/^\w+ /, '');
}

const COUNTED = [
  'first',
  'second',
  'third',
  'fourth',
  'fifth',
  'sixth',
  'seventh',
  'eighth',
  'ninth',
  'tenth',
];

/** `second`, `11th`, `last`, `second last`. */
function positionWords(value: number): string {
  if (value === -1) return 'last';
  if (value < 0) return `${positionWords(-value)} last`;
  return COUNTED[value - 1] ?? `${ordinal(value)}`;
}

const weekdayName = (weekday: number): string => WEEKDAYS[weekday - 1] ?? '';

const monthName = (month: number): string => MONTHS[month - 1] ?? '';
