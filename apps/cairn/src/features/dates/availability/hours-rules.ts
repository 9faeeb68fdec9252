import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';

/**
 * Weekly availability is 168 characters, one for each hour of the week by the person's own clock,
 * Monday 00:00 first: `0` no, `1` if need be, `2` yes. People write it as hours of each day, in two
 * boxes; this file reads and writes those, on the server and in the browser alike.
 */
export const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type DayKey = (typeof DAYS)[number];

export const DAY_NAMES: Record<DayKey, string> = {
  mon: 'Monday',
  tue: 'Tuesday',
  wed: 'Wednesday',
  thu: 'Thursday',
  fri: 'Friday',
  sat: 'Saturday',
  sun: 'Sunday',
};

export const DAY_HOURS = 24;
export const WEEK_HOURS = DAYS.length * DAY_HOURS;

/** Nobody has said anything yet: no hour. */
export const NO_HOURS = '0'.repeat(WEEK_HOURS);

export const isCells = (text: string): boolean => /^[012]{168}$/.test(text);

/** Hours of a day, from 0; `until` is not within, and goes up to 48 past midnight. */
export interface HourSpan {
  readonly from: number;
  readonly until: number;
}

const CLOCK = String.raw`(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.)?`;
const SPAN = new RegExp(String.raw`^${CLOCK}\s*(?:-|–|—|to|until|till)\s*${CLOCK}$`, 'i');

/**
 * Reads hours such as `9-12, 14-18`, `09:00–17:00`, `9am to 5pm` or `all day`. A span whose end is
 * not after its beginning goes on past midnight: `22-2` is 22 to 26. Empty text is no hours.
 */
export function parseHours(text: string): Result<HourSpan[], Problem> {
  const spans: HourSpan[] = [];
  const parts = text
    .split(/[,;\n]|\band\b/i)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  for (const part of parts) {
    const span = parseSpan(part);
    if (!span.ok) return span;
    spans.push(...span.value);
  }
  return ok(spans);
}

function parseSpan(text: string): Result<HourSpan[], Problem> {
  if (/^(all( day)?|always|any(time)?|whole day)$/i.test(text)) {
    return ok([{ from: 0, until: DAY_HOURS }]);
  }
  if (/^(no(ne|t at all)?|never|-|–)$/i.test(text)) return ok([]);
  const match = SPAN.exec(text);
  if (match === null) {
    return fail(
      problem(
        'not-hours',
        `“${text}” is not understood; write hours from and to, such as 9-12, 14-18, or “all day”.`,
      ),
    );
  }
  const from = hourOf(match[1], match[2], match[3]);
  const until = hourOf(match[4], match[5], match[6]);
  if (from === undefined || until === undefined) {
    return fail(problem('no-such-hour', `“${text}” is not on the clock; hours go from 0 to 24.`));
  }
  if (from % 1 !== 0 || until % 1 !== 0) {
    return fail(
      problem('not-whole-hours', `“${text}” is not in whole hours; write such as 9-12, 14-18.`),
    );
  }
  if (from === until) {
    return fail(
      problem('empty-span', `“${text}” begins when it ends; write “all day” if you mean that.`),
    );
  }
  // 24 as a beginning is the next day's midnight, which nobody means on this day.
  if (from === DAY_HOURS) {
    return fail(problem('no-such-hour', `“${text}” begins at the end of the day; write it as 0.`));
  }
  return ok([{ from, until: until > from ? until : until + DAY_HOURS }]);
}

/** The hour of the day, with minutes as a fraction; undefined when no clock shows it. */
function hourOf(hours = '', minutes = '0', half = ''): number | undefined {
  const hour = Number(hours);
  const minute = Number(minutes);
  if (minute > 59) return undefined;
  if (half === '') return hour + minute / 60 <= DAY_HOURS ? hour + minute / 60 : undefined;
  if (hour < 1 || hour > 12) return undefined;
  return (hour % 12) + (half.toLowerCase().startsWith('p') ? 12 : 0) + minute / 60;
}

/** What was typed for each day, by the names of its fields: `yes_mon`, `maybe_mon` and so on. */
export type TypedHours = Readonly<Record<string, string>>;

export const fieldOf = (level: 'yes' | 'maybe', day: DayKey): string => `${level}_${day}`;

/**
 * The week that the fields say. What goes past midnight is the next day's, Sunday's is Monday's; an
 * hour that stands in both boxes is a yes. Every field that is not understood is told.
 */
export function readWeek(typed: TypedHours): Result<string, Problem[]> {
  const cells = new Uint8Array(WEEK_HOURS);
  const problems: Problem[] = [];
  for (const [level, name] of [
    [1, 'maybe'],
    [2, 'yes'],
  ] as const) {
    for (const [day, key] of DAYS.entries()) {
      const field = fieldOf(name, key);
      const hours = parseHours(typed[field] ?? '');
      if (!hours.ok) {
        const { code, sentence } = hours.error;
        problems.push(problem(code, `${DAY_NAMES[key]}: ${sentence}`, { path: field }));
        continue;
      }
      for (const { from, until } of hours.value) {
        for (let hour = from; hour < until; hour++) {
          cells[(day * DAY_HOURS + hour) % WEEK_HOURS] = level;
        }
      }
    }
  }
  return problems.length > 0 ? fail(problems) : ok(cells.join(''));
}

/** The hours of one day at one level, as people write them: `9-12, 14-18`. */
export function formatHours(cells: string, day: number, level: 1 | 2): string {
  const spans: string[] = [];
  let from: number | undefined;
  for (let hour = 0; hour <= DAY_HOURS; hour++) {
    const isIn = hour < DAY_HOURS && cells[day * DAY_HOURS + hour] === String(level);
    if (isIn) from ??= hour;
    else if (from !== undefined) {
      spans.push(`${from}-${hour}`);
      from = undefined;
    }
  }
  return spans.join(', ');
}

/** A week as its fields. */
export function formatWeek(cells: string): TypedHours {
  const typed: Record<string, string> = {};
  for (const [day, key] of DAYS.entries()) {
    typed[fieldOf('yes', key)] = formatHours(cells, day, 2);
    typed[fieldOf('maybe', key)] = formatHours(cells, day, 1);
  }
  return typed;
}

/** Fields with Tuesday to Friday as Monday is. */
export function copyMonday(typed: TypedHours): TypedHours {
  const copied: Record<string, string> = { ...typed };
  for (const day of DAYS.slice(1, 5)) {
    for (const level of ['yes', 'maybe'] as const) {
      copied[fieldOf(level, day)] = typed[fieldOf(level, 'mon')] ?? '';
    }
  }
  return copied;
}

/** How many hours of a week are a yes, and how many only if need be. */
export const countHours = (cells: string): { readonly yes: number; readonly maybe: number } => ({
  yes: cells.split('2').length - 1,
  maybe: cells.split('1').length - 1,
});
