import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { DAY, dayNumber, daysInMonth, type LocalSeconds } from './local-time.ts';

const FREQUENCIES = [
  'SECONDLY',
  'MINUTELY',
  'HOURLY',
  'DAILY',
  'WEEKLY',
  'MONTHLY',
  'YEARLY',
] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/** The last moment that a rule allows, itself included. */
export type RuleEnd =
  /** Seconds since 1970 in UTC. */
  | { readonly kind: 'utc'; readonly seconds: number }
  /** On the wall clock of the start. */
  | { readonly kind: 'local'; readonly seconds: LocalSeconds }
  /** Through the whole of this day, on the wall clock of the start. */
  | { readonly kind: 'day'; readonly day: number };

/** A weekday of a rule: every one of the period, or the nth (from its end, if negative). */
export interface RuleDay {
  /** ISO: Monday is 1. */
  readonly weekday: number;
  /** 0 for every one. */
  readonly nth: number;
}

/** A recurrence rule as RFC 5545 §3.3.10 has it; a list that is not in the rule is empty. */
export interface Rule {
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count?: number;
  readonly until?: RuleEnd;
  readonly seconds: readonly number[];
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly weekdays: readonly RuleDay[];
  readonly monthDays: readonly number[];
  readonly yearDays: readonly number[];
  readonly weekNumbers: readonly number[];
  readonly months: readonly number[];
  readonly positions: readonly number[];
  /** ISO: Monday is 1. */
  readonly weekStart: number;
}

const WEEKDAY_CODES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Which values a list may hold; negative ones count from the end. */
const LISTS = {
  BYSECOND: { key: 'seconds', least: 0, most: 60, fromEnd: false },
  BYMINUTE: { key: 'minutes', least: 0, most: 59, fromEnd: false },
  BYHOUR: { key: 'hours', least: 0, most: 23, fromEnd: false },
  BYMONTHDAY: { key: 'monthDays', least: 1, most: 31, fromEnd: true },
  BYYEARDAY: { key: 'yearDays', least: 1, most: 366, fromEnd: true },
  BYWEEKNO: { key: 'weekNumbers', least: 1, most: 53, fromEnd: true },
  BYMONTH: { key: 'months', least: 1, most: 12, fromEnd: false },
  BYSETPOS: { key: 'positions', least: 1, most: 366, fromEnd: true },
} as const;

type ListKey = (typeof LISTS)[keyof typeof LISTS]['key'];

const isListName = (name: string): name is keyof typeof LISTS => Object.hasOwn(LISTS, name);
const isFrequency = (text: string): text is Frequency =>
  FREQUENCIES.some((frequency) => frequency === text);

const bad = (sentence: string): Result<never, Problem> => fail(problem('bad-rule', sentence));

/**
 * Reads the value of an RRULE. Parts that are not in the standard are refused, for a rule that is
 * understood in half means other days.
 *
 *     parseRule('FREQ=MONTHLY;BYDAY=1TU;INTERVAL=2')
 */
export function parseRule(text: string): Result<Rule, Problem> {
  const parts = new Map<string, string>();
  for (const part of text.trim().toUpperCase().split(';')) {
    if (part === '') continue;
    const [, name, value] = /^([A-Z-]+)=(.+)$/.exec(part) ?? [];
    if (name === undefined || value === undefined) {
      return bad(`“${part}” is no part of a rule; write NAME=VALUE, such as FREQ=WEEKLY.`);
    }
    if (parts.has(name)) return bad(`${name} stands twice in this rule; keep one of them.`);
    parts.set(name, value);
  }
  const frequency = parts.get('FREQ') ?? '';
  if (!isFrequency(frequency)) {
    const sentence =
      frequency === '' ? 'This rule does not say how often' : `“${frequency}” is no frequency`;
    return bad(`${sentence}; write FREQ=DAILY, WEEKLY, MONTHLY or YEARLY.`);
  }
  const lists: Partial<Record<ListKey, readonly number[]>> = {};
  for (const [name, value] of parts) {
    if (isListName(name)) {
      const list = numbers(name, value);
      if (!list.ok) return list;
      lists[LISTS[name].key] = list.value;
    } else if (!['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'BYDAY', 'WKST'].includes(name)) {
      return bad(`${name} is no part of a rule that is known here; take it out.`);
    }
  }
  const interval = positive('INTERVAL', parts.get('INTERVAL') ?? '1');
  if (!interval.ok) return interval;
  const count = parts.has('COUNT') ? positive('COUNT', parts.get('COUNT') ?? '') : undefined;
  if (count && !count.ok) return count;
  const until = parts.has('UNTIL') ? ruleEnd(parts.get('UNTIL') ?? '') : undefined;
  if (until && !until.ok) return until;
  if (count && until) return bad('A rule has COUNT or UNTIL, not both; keep one of them.');
  const weekdays = ruleDays(parts.get('BYDAY'));
  if (!weekdays.ok) return weekdays;
  const weekStart = WEEKDAY_CODES.indexOf(parts.get('WKST') ?? 'MO') + 1;
  if (weekStart === 0) return bad('WKST takes a weekday: MO, TU, WE, TH, FR, SA or SU.');
  const rule: Rule = {
    ...NO_LISTS,
    ...lists,
    frequency,
    interval: interval.value,
    ...(count ? { count: count.value } : {}),
    ...(until ? { until: until.value } : {}),
    weekdays: weekdays.value,
    weekStart,
  };
  const misfit = misfitOf(rule);
  return misfit === undefined ? ok(rule) : bad(misfit);
}

const NO_LISTS: Record<ListKey, readonly number[]> = {
  seconds: [],
  minutes: [],
  hours: [],
  monthDays: [],
  yearDays: [],
  weekNumbers: [],
  months: [],
  positions: [],
};

/** Whether a rule can be followed; the problem says what to write instead. */
export function checkRule(text: string): Result<void, Problem> {
  const read = parseRule(text);
  return read.ok ? ok(undefined) : read;
}

function numbers(name: keyof typeof LISTS, value: string): Result<readonly number[], Problem> {
  const { least, most, fromEnd } = LISTS[name];
  const list = value.split(',').map((each) => (/^[+-]?\d{1,3}$/.test(each) ? Number(each) : NaN));
  const fits = (each: number) => {
    const size = fromEnd ? Math.abs(each) : each;
    return size >= least && size <= most;
  };
  if (!list.every(fits)) {
    const counted = fromEnd ? `, or -${least} to -${most} from the end` : '';
    return bad(
      `${name}=${value} is not right; it takes numbers from ${least} to ${most}${counted}.`,
    );
  }
  return ok([...new Set(list)].sort((a, b) => a - b));
}

const positive = (name: string, value: string): Result<number, Problem> =>
  /^\d{1,9}$/.test(value) && Number(value) > 0
    ? ok(Number(value))
    : bad(`${name}=${value} is not right; it takes a whole number from 1.`);

function ruleDays(value: string | undefined): Result<readonly RuleDay[], Problem> {
  const days = new Map<string, RuleDay>();
  for (const each of value?.split(',') ?? []) {
    const [, sign = '', code = ''] = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(each) ?? [];
    const weekday = WEEKDAY_CODES.indexOf(code) + 1;
    const nth = sign === '' ? 0 : Number(sign);
    if (weekday === 0 || (sign !== '' && (nth === 0 || Math.abs(nth) > 53))) {
      const sentence =
        'it takes weekdays such as TU, of months and years also 1TU (the first) and -1FR (the last)';
      return bad(`BYDAY=${each} is not right; ${sentence}.`);
    }
    days.set(`${nth} ${code}`, { weekday, nth });
  }
  return ok([...days.values()]);
}

/** `20261231`, `20261231T235959` or `20261231T235959Z`. */
function ruleEnd(value: string): Result<RuleEnd, Problem> {
  const [, year, month, day, hour, minute, second, utc] =
    /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/.exec(value) ?? [];
  const date = [year, month, day].map(Number);
  const [y = NaN, m = NaN, d = NaN] = date;
  const time = hour === undefined ? undefined : [hour, minute, second].map(Number);
  const [h = 0, min = 0, s = 0] = time ?? [];
  const exists = m >= 1 && m <= 12 && d >= 1 && d <= daysInMonth(y, m);
  if (!exists || h > 23 || min > 59 || s > 60) {
    const sentence = 'it takes a day such as 20261231, or 20261231T235959Z';
    return bad(`UNTIL=${value} is not right; ${sentence}.`);
  }
  const number = dayNumber(y, m, d);
  if (!time) return ok({ kind: 'day', day: number });
  return ok({ kind: utc ? 'utc' : 'local', seconds: number * DAY + h * 3600 + min * 60 + s });
}

/** Parts that the standard does not allow together (RFC 5545 §3.3.10). */
function misfitOf(rule: Rule): string | undefined {
  const { frequency, weekdays, weekNumbers, yearDays, monthDays, positions } = rule;
  const longest = frequency === 'MONTHLY' || frequency === 'YEARLY';
  const counted = weekdays.some(({ nth }) => nth !== 0);
  if (counted && !longest) {
    return 'A counted weekday such as 1TU needs FREQ=MONTHLY or YEARLY; write TU, or change FREQ.';
  }
  if (counted && weekNumbers.length > 0) {
    return 'A counted weekday such as 1TU cannot stand beside BYWEEKNO; write TU.';
  }
  if (frequency === 'MONTHLY' && weekdays.some(({ nth }) => Math.abs(nth) > 5)) {
    return 'A month has at most five of a weekday; write 1 to 5, or -1 to -5 from its end.';
  }
  if (weekNumbers.length > 0 && frequency !== 'YEARLY') return 'BYWEEKNO needs FREQ=YEARLY.';
  if (yearDays.length > 0 && ['DAILY', 'WEEKLY', 'MONTHLY'].includes(frequency)) {
    return 'BYYEARDAY needs FREQ=YEARLY.';
  }
  if (monthDays.length > 0 && frequency === 'WEEKLY') {
    return 'BYMONTHDAY does not go with FREQ=WEEKLY; write FREQ=MONTHLY.';
  }
  const others = [rule.seconds, rule.minutes, rule.hours, weekdays, monthDays, yearDays];
  const hasOther = [...others, weekNumbers, rule.months].some(({ length }) => length > 0);
  if (positions.length > 0 && !hasOther) {
    return 'BYSETPOS picks from the days of another part, such as BYDAY=MO,TU; add that part.';
  }
  return undefined;
}
