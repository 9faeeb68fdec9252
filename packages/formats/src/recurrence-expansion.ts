/**
 * The times that a recurrence rule means (RFC 5545 §3.3.10), in local time.
 *
 * The library's own iterator is not used: it does not come back from a rule that never matches
 * (`FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30`), it cannot begin in the middle of an old rule, and it
 * reads BYSETPOS in months alone. Here a rule is followed period by period (a year, month, week or
 * day), each with its set of days and its set of times, and every day looked at is counted.
 */
import {
  type CivilDay,
  civilDay,
  DAY,
  dayNumber,
  daysInMonth,
  type LocalSeconds,
  weekdayOf,
} from './local-time.ts';
import type { Rule } from './recurrence-rule.ts';

/** Days and times that may still be looked at; runs out instead of running for ever. */
export interface Effort {
  left: number;
}

/**
 * Times of the rule in order, from the first at or after `from`, up to and including `until`.
 * `start` itself is among them even where the rule does not say so, and is the first of COUNT.
 * Ends early when the effort is used up. UNTIL is not looked at: it may be meant in UTC, which
 * only the caller can tell.
 */
export function* ruleTimes(
  rule: Rule,
  start: LocalSeconds,
  { from, until, effort }: { from: LocalSeconds; until: LocalSeconds; effort: Effort },
): Generator<LocalSeconds, void, undefined> {
  let left = rule.count ?? Number.POSITIVE_INFINITY;
  if (start >= from && start <= until) yield start;
  left--;
  // Each time has its number only if all before it were counted.
  const first = rule.count === undefined ? Math.max(from, start) : start;
  for (const time of periodTimes(rule, start, first, until, effort)) {
    if (time > until || left <= 0) return;
    if (time <= start) continue;
    left--;
    if (time >= from) yield time;
  }
}

/** Whether the rule itself names its start. Beside one that it does not, programs disagree. */
export function namesStart(rule: Rule, start: LocalSeconds): boolean {
  for (const time of periodTimes(rule, start, start, start, { left: 100_000 })) {
    if (time >= start) return time === start;
  }
  return false;
}

/** From a period that begins before `from` to the one that holds `until`. */
function* periodTimes(
  rule: Rule,
  start: LocalSeconds,
  from: LocalSeconds,
  until: LocalSeconds,
  effort: Effort,
): Generator<LocalSeconds, void, undefined> {
  const filled = withDefaults(rule, start);
  const startDay = Math.floor(start / DAY);
  const lastDay = Math.floor(until / DAY);
  // Worked out once: most rules have one time a day, and thousands of days.
  effort.left -= filled.hours.length * filled.minutes.length * filled.seconds.length;
  if (effort.left < 0) return;
  const times = isSubDaily(filled) ? [] : timesOfDay(filled);
  const cost = costOfDay(filled);
  const periods = daySets(filled, startDay, Math.floor(from / DAY), lastDay);
  for (const { examined, days } of periods) {
    effort.left -= examined * cost;
    if (effort.left < 0) return;
    if (days.length === 0) continue;
    if (isSubDaily(filled)) {
      for (const day of days) yield* timesWithin(filled, start, day, effort);
    } else if (filled.positions.length === 0) {
      for (const day of days) {
        for (const time of times) {
          if (--effort.left < 0) return;
          yield day * DAY + time;
        }
      }
    } else {
      // A year has up to thirty million times: counted before they are written down.
      effort.left -= days.length * times.length;
      if (effort.left < 0) return;
      const all = days.flatMap((day) => times.map((time) => day * DAY + time));
      yield* picked(filled.positions, all);
    }
    if (effort.left < 0) return;
  }
}

/** What it takes to look at one day: more where the lists of the rule are long. */
const costOfDay = ({ months, monthDays, yearDays, weekNumbers, weekdays }: Rule): number =>
  [months, monthDays, yearDays, weekNumbers, weekdays].reduce(
    (sum, { length }) => sum + Math.floor(length / 16),
    1,
  );

const isSubDaily = ({ frequency }: Rule): boolean =>
  frequency === 'HOURLY' || frequency === 'MINUTELY' || frequency === 'SECONDLY';

/** What the rule leaves open is as in the start (RFC 5545 §3.3.10, at the end). */
function withDefaults(rule: Rule, start: LocalSeconds): Rule {
  const number = Math.floor(start / DAY);
  const time = start - number * DAY;
  const { month, day } = civilDay(number);
  const { frequency, months, monthDays, yearDays, weekdays, weekNumbers } = rule;
  const rank = ['SECONDLY', 'MINUTELY', 'HOURLY'].indexOf(frequency);
  const given = { ...rule };
  if (rule.seconds.length === 0 && rank !== 0) given.seconds = [time % 60];
  if (rule.minutes.length === 0 && rank !== 0 && rank !== 1) {
    given.minutes = [Math.floor(time / 60) % 60];
  }
  if (rule.hours.length === 0 && rank === -1) given.hours = [Math.floor(time / 3600)];
  const noDays = [monthDays, yearDays, weekdays].every(({ length }) => length === 0);
  if (!noDays) return given;
  const ofStart = { weekdays: [{ weekday: weekdayOf(number), nth: 0 }] };
  if (frequency === 'WEEKLY' || weekNumbers.length > 0) return { ...given, ...ofStart };
  if (frequency === 'MONTHLY') return { ...given, monthDays: [day] };
  if (frequency === 'YEARLY') {
    return { ...given, monthDays: [day], months: months.length === 0 ? [month] : months };
  }
  return given;
}

interface DaySet {
  /** How many days were looked at. */
  readonly examined: number;
  readonly days: number[];
}

/** The days of each period, from the period in which `fromDay` lies. */
function* daySets(
  rule: Rule,
  startDay: number,
  fromDay: number,
  lastDay: number,
): Generator<DaySet, void, undefined> {
  const { interval } = rule;
  // Periods are numbered from the start's; those before `fromDay` are skipped, not walked.
  const skipped = (periods: number) => Math.max(0, Math.floor(periods / interval)) * interval;
  const { year, month } = civilDay(startDay);
  const wanted = civilDay(Math.max(fromDay, startDay));
  switch (rule.frequency) {
    case 'YEARLY':
      for (let y = year + skipped(wanted.year - year); ; y += interval) {
        const first = dayNumber(y, 1, 1);
        if (first > lastDay) return;
        yield monthsOf(rule, y);
      }
    case 'MONTHLY': {
      const since = skipped((wanted.year - year) * 12 + wanted.month - month);
      for (let m = month + since; ; m += interval) {
        const first = civilDay(dayNumber(year, m, 1));
        if (dayNumber(first.year, first.month, 1) > lastDay) return;
        yield monthOf(rule, first.year, first.month);
      }
    }
    case 'WEEKLY': {
      const monday = startDay - ((weekdayOf(startDay) - rule.weekStart + 7) % 7);
      const weeks = Math.floor((Math.max(fromDay, startDay) - monday) / 7);
      for (let day = monday + skipped(weeks) * 7; day <= lastDay; day += 7 * interval) {
        yield { examined: 7, days: matching(rule, day, day + 7) };
      }
      return;
    }
    default: {
      const step = rule.frequency === 'DAILY' ? interval : 1;
      const days = Math.max(fromDay, startDay) - startDay;
      const since = rule.frequency === 'DAILY' ? skipped(days) : Math.max(0, days);
      for (let day = startDay + since; day <= lastDay; day += step) {
        yield { examined: 1, days: matching(rule, day, day + 1) };
      }
    }
  }
}

function monthsOf(rule: Rule, year: number): DaySet {
  const counted = rule.months.length === 0 || rule.weekNumbers.length > 0;
  if (counted) {
    const [first, next] = [dayNumber(year, 1, 1), dayNumber(year + 1, 1, 1)];
    return { examined: next - first, days: matching(rule, first, next) };
  }
  const months = rule.months.map((month) => monthOf(rule, year, month));
  return {
    examined: months.reduce((sum, { examined }) => sum + examined, 0),
    days: months.flatMap(({ days }) => days),
  };
}

function monthOf(rule: Rule, year: number, month: number): DaySet {
  if (rule.months.length > 0 && !rule.months.includes(month)) return { examined: 1, days: [] };
  const first = dayNumber(year, month, 1);
  const length = daysInMonth(year, month);
  if (rule.weekdays.length > 0 || rule.yearDays.length > 0) {
    return { examined: length, days: matching(rule, first, first + length) };
  }
  const days = rule.monthDays
    .map((day) => (day > 0 ? day : length + 1 + day))
    .filter((day) => day >= 1 && day <= length);
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  return { examined: 1 + sorted.length, days: sorted.map((day) => first + day - 1) };
}

function matching(rule: Rule, from: number, before: number): number[] {
  const days: number[] = [];
  for (let day = from; day < before; day++) if (dayFits(rule, day)) days.push(day);
  return days;
}

function dayFits(rule: Rule, number: number): boolean {
  const { months, monthDays, yearDays, weekNumbers, weekdays } = rule;
  const weekday = weekdayOf(number);
  const named = weekdays.filter((each) => each.weekday === weekday);
  if (weekdays.length > 0 && named.length === 0) return false;
  const every = weekdays.length === 0 || named.some(({ nth }) => nth === 0);
  if (every && [months, monthDays, yearDays, weekNumbers].every(({ length }) => length === 0)) {
    return true;
  }
  const civil = civilDay(number);
  if (months.length > 0 && !months.includes(civil.month)) return false;
  if (monthDays.length > 0) {
    const length = daysInMonth(civil.year, civil.month);
    if (!isListed(monthDays, civil.day, length)) return false;
  }
  if (yearDays.length > 0) {
    const first = dayNumber(civil.year, 1, 1);
    const length = dayNumber(civil.year + 1, 1, 1) - first;
    if (!isListed(yearDays, number - first + 1, length)) return false;
  }
  if (weekNumbers.length > 0) {
    const { week, weeks } = weekOf(number, civil.year, rule.weekStart);
    if (!isListed(weekNumbers, week, weeks)) return false;
  }
  return every || named.some(({ nth }) => isNth(rule, number, civil, nth));
}

const isListed = (list: readonly number[], value: number, length: number): boolean =>
  list.includes(value) || list.includes(value - length - 1);

/** Counted in the month, or in the year where the rule is of years and names no month. */
function isNth(rule: Rule, number: number, civil: CivilDay, nth: number): boolean {
  const ofYear = rule.frequency === 'YEARLY' && rule.months.length === 0;
  const first = ofYear ? dayNumber(civil.year, 1, 1) : dayNumber(civil.year, civil.month, 1);
  const next = ofYear ? dayNumber(civil.year + 1, 1, 1) : dayNumber(civil.year, civil.month + 1, 1);
  return nth > 0
    ? Math.floor((number - first) / 7) + 1 === nth
    : Math.floor((next - 1 - number) / 7) + 1 === -nth;
}

/** Week 1 is the first with four days in the year (RFC 5545 §3.3.10, BYWEEKNO). */
function weekOf(number: number, year: number, weekStart: number): { week: number; weeks: number } {
  const firstWeek = (y: number) => {
    const first = dayNumber(y, 1, 1);
    const into = (weekdayOf(first) - weekStart + 7) % 7;
    return first - into + (into > 3 ? 7 : 0);
  };
  const own = [year + 1, year].find((y) => number >= firstWeek(y)) ?? year - 1;
  const begins = firstWeek(own);
  return {
    week: Math.floor((number - begins) / 7) + 1,
    weeks: (firstWeek(own + 1) - begins) / 7,
  };
}

const timesOfDay = ({ hours, minutes, seconds }: Rule): number[] =>
  hours.flatMap((hour) => timesOfHour(minutes, seconds).map((time) => hour * 3600 + time));

const timesOfHour = (minutes: readonly number[], seconds: readonly number[]): number[] =>
  // The leap second that BYSECOND may name is the end of its minute, as in Temporal.
  minutes.flatMap((minute) => seconds.map((second) => minute * 60 + Math.min(second, 59)));

function picked(positions: readonly number[], times: LocalSeconds[]): LocalSeconds[] {
  if (positions.length === 0) return times;
  const indices = positions.map((nth) => (nth > 0 ? nth - 1 : times.length + nth));
  return [...new Set(indices)].sort((a, b) => a - b).flatMap((index) => times[index] ?? []);
}

/** A day of a rule by hours, minutes or seconds; each of those is a period with its own set. */
function* timesWithin(
  rule: Rule,
  start: LocalSeconds,
  day: number,
  effort: Effort,
): Generator<LocalSeconds, void, undefined> {
  const unit = { HOURLY: 3600, MINUTELY: 60, SECONDLY: 1 }[rule.frequency as 'HOURLY'];
  const { hours, minutes, seconds, interval, positions } = rule;
  const origin = Math.floor(start / unit);
  const first = (day * DAY) / unit;
  const into = (((first - origin) % interval) + interval) % interval;
  const parts =
    unit === 3600 ? timesOfHour(minutes, seconds) : unit === 60 ? timesOfHour([0], seconds) : [0];
  for (
    let period = first + (into === 0 ? 0 : interval - into);
    period < first + DAY / unit;
    period += interval
  ) {
    if (--effort.left < 0) return;
    const time = (period - first) * unit;
    const hour = Math.floor(time / 3600);
    const minute = Math.floor(time / 60) % 60;
    if (hours.length > 0 && !hours.includes(hour)) continue;
    if (unit < 3600 && minutes.length > 0 && !minutes.includes(minute)) continue;
    if (unit < 60 && seconds.length > 0 && !seconds.includes(time % 60)) continue;
    effort.left -= parts.length - 1;
    if (effort.left < 0) return;
    const begins = day * DAY + time;
    yield* picked(
      positions,
      parts.map((part) => begins + part),
    );
  }
}
