import { parseRule, type Rule } from '@cairn/formats/recurrence-rule';
import type { CallEvent } from '@cairn/formats/yaml2ics';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import {
  instantOf,
  type PlainDate,
  parseDate,
  parseZone,
  Temporal,
  type ZoneName,
} from '@cairn/kernel/time';
import type { Typed } from '../../../platform/http/form.ts';

/** How often a call may be said to repeat without writing a rule. */
export const REPEATS = [
  'once',
  'weekly',
  'fortnightly',
  'monthly',
  'every-other-month',
  'rule',
] as const;
export type RepeatChoice = (typeof REPEATS)[number];

/** The fields of the form as they are shown; each a text. */
export interface CallForm {
  readonly summary: string;
  readonly description: string;
  readonly url: string;
  readonly location: string;
  readonly zone: string;
  readonly day: string;
  /** Empty for a whole day. */
  readonly time: string;
  readonly minutes: string;
  readonly repeats: string;
  readonly rule: string;
  readonly until: string;
  readonly except: string;
  readonly also: string;
}

/** What a new call's form begins with. */
export const newCallForm = (zone: string): CallForm => ({
  summary: '',
  description: '',
  url: '',
  location: '',
  zone,
  day: '',
  time: '',
  minutes: '60',
  repeats: 'monthly',
  rule: '',
  until: '',
  except: '',
  also: '',
});

const DAY_MINUTES = 1440;
const LONGEST = { summary: 200, description: 10_000, url: 2000, location: 500 } as const;

/** A call as the form shows it. */
export function callForm(event: CallEvent): CallForm {
  const { summary, description = '', url = '', location = '', isAllDay, recurrence } = event;
  const { start, minutes, rule, except, also } = recurrence;
  const day = start.local.toPlainDate();
  return {
    summary,
    description,
    url,
    location,
    zone: start.zone,
    day: day.toString(),
    time: isAllDay ? '' : clock(start.local),
    minutes: String(minutes),
    ...repeatFields(rule, day, start.zone),
    except: except.map((each) => each.toPlainDate().toString()).join('\n'),
    also: also.map((each) => `${each.toPlainDate()} ${clock(each)}`).join('\n'),
  };
}

const clock = (local: Temporal.PlainDateTime): string =>
  local.toPlainTime().toString({ smallestUnit: 'minute' });

function repeatFields(
  rule: string | undefined,
  day: PlainDate,
  zone: ZoneName,
): Pick<CallForm, 'repeats' | 'rule' | 'until'> {
  if (rule === undefined) return { repeats: 'once', rule: '', until: '' };
  const read = parseRule(rule);
  const until = read.ok ? lastDay(read.value, zone) : '';
  const core = withoutEnd(rule);
  const choice = REPEATS.find((each) => sameRule(ruleOf(each, day), core));
  if (choice !== undefined) return { repeats: choice, rule: '', until };
  return { repeats: 'rule', rule: core, until };
}

const withoutEnd = (rule: string): string =>
  rule
    .split(';')
    .filter((part) => !part.startsWith('UNTIL='))
    .join(';');

function lastDay({ until }: Rule, zone: ZoneName): string {
  if (until === undefined) return '';
  if (until.kind === 'day') return daysSince1970(until.day);
  if (until.kind === 'local') return daysSince1970(Math.floor(until.seconds / 86_400));
  return Temporal.Instant.fromEpochMilliseconds(until.seconds * 1000)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
}

const daysSince1970 = (days: number): string =>
  Temporal.PlainDate.from('1970-01-01').add({ days }).toString();

/** The rule of a choice for a call that begins on this day; undefined for a call without one. */
function ruleOf(choice: RepeatChoice, day: PlainDate): string | undefined {
  const weekday = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'][day.dayOfWeek - 1] ?? 'MO';
  const week = Math.ceil(day.day / 7);
  // Not every month has a fifth Tuesday: what is meant is the last.
  const nth = week === 5 ? -1 : week;
  switch (choice) {
    case 'weekly':
      return 'FREQ=WEEKLY';
    case 'fortnightly':
      return 'FREQ=WEEKLY;INTERVAL=2';
    case 'monthly':
      return `FREQ=MONTHLY;BYDAY=${nth}${weekday}`;
    case 'every-other-month':
      return `FREQ=MONTHLY;INTERVAL=2;BYDAY=${nth}${weekday}`;
    case 'once':
    case 'rule':
      return undefined;
    default:
      return choice satisfies never;
  }
}

/** Whether two rules say the same in other words, of those that the form can say. */
function sameRule(one: string | undefined, other: string): boolean {
  const parts = (rule: string): string =>
    rule
      .replace(/^FREQ=DAILY;INTERVAL=(7|14)$/, (_, days) =>
        days === '7' ? 'FREQ=WEEKLY' : 'FREQ=WEEKLY;INTERVAL=2',
      )
      .split(';')
      .filter((part) => part !== '' && part !== 'INTERVAL=1')
      .map((part) => part.replace('BYDAY=+', 'BYDAY='))
      .sort()
      .join(';');
  return one !== undefined && parts(one) === parts(other);
}

const text = (typed: Typed, name: keyof CallForm): string => {
  const value = typed[name];
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n').trim() : '';
};

/** What was typed, for the form to be shown again. */
export const typedForm = (typed: Typed): CallForm => {
  const field = (name: keyof CallForm) => text(typed, name);
  return {
    summary: field('summary'),
    description: field('description'),
    url: field('url'),
    location: field('location'),
    zone: field('zone'),
    day: field('day'),
    time: field('time'),
    minutes: field('minutes'),
    repeats: field('repeats'),
    rule: field('rule'),
    until: field('until'),
    except: field('except'),
    also: field('also'),
  };
};

/**
 * Reads the form of a call. What of the times was not touched stays exactly as it was in `before`,
 * also where the form cannot say it.
 */
export function readCallForm(form: CallForm, before?: CallEvent): Result<CallEvent, Problem[]> {
  const problems: Problem[] = [];
  const wrong = (path: keyof CallForm, sentence: string): undefined => {
    problems.push(problem('bad-field', sentence, { path }));
    return undefined;
  };
  const taken = <T>(path: keyof CallForm, result: Result<T, Problem>): T | undefined =>
    result.ok ? result.value : wrong(path, result.error.sentence);

  if (form.summary === '') wrong('summary', 'Write how the call is called.');
  for (const name of ['summary', 'description', 'url', 'location'] as const) {
    if (form[name].length > LONGEST[name]) {
      wrong(name, `Shorten this to ${LONGEST[name]} characters.`);
    }
  }
  if (form.url !== '' && !(/^https?:\/\//i.test(form.url) && URL.canParse(form.url))) {
    wrong('url', 'Write a web address that begins with https://.');
  }
  const zone = taken('zone', parseZone(form.zone));
  const day = taken('day', parseDate(form.day));
  const isAllDay = form.time === '';
  const time = isAllDay ? new Temporal.PlainTime() : readClock(form.time);
  if (time === undefined) wrong('time', 'Write the time as on the clock, such as 09:30.');
  const minutes = Number(form.minutes);
  if (!isAllDay && !(/^\d{1,5}$/.test(form.minutes) && minutes > 0)) {
    wrong('minutes', 'Write how many minutes the call takes, such as 60.');
  }
  const choice = REPEATS.find((each) => each === form.repeats);
  if (choice === undefined) wrong('repeats', 'Say how often the call is.');
  const until = form.until === '' ? undefined : taken('until', parseDate(form.until));
  const except = readDays(form.except, time, (sentence) => wrong('except', sentence));
  const also = readDays(form.also, time, (sentence) => wrong('also', sentence));
  if (zone === undefined || day === undefined || time === undefined || choice === undefined) {
    return fail(problems);
  }
  const start = { local: day.toPlainDateTime(time), zone };
  const old = before === undefined ? undefined : callForm(before);
  const isUntouched = (...names: readonly (keyof CallForm)[]): boolean =>
    old !== undefined && names.every((name) => old[name] === form[name]);
  const rule = isUntouched('repeats', 'rule', 'until', 'day', 'zone')
    ? before?.recurrence.rule
    : newRule(form, choice, { day, zone, until }, wrong);
  if (problems.length > 0) return fail(problems);
  const isSameClock = isUntouched('time', 'zone');
  const wholeDays = before?.isAllDay === true ? before.recurrence.minutes : DAY_MINUTES;
  return ok({
    summary: form.summary,
    ...(form.description === '' ? {} : { description: form.description }),
    ...(form.location === '' ? {} : { location: form.location }),
    ...(form.url === '' ? {} : { url: form.url }),
    isAllDay,
    recurrence: {
      start,
      minutes: isAllDay ? wholeDays : minutes,
      ...(rule === undefined ? {} : { rule }),
      except: isSameClock && isUntouched('except') ? (before?.recurrence.except ?? except) : except,
      also: isSameClock && isUntouched('also') ? (before?.recurrence.also ?? also) : also,
    },
  });
}

function newRule(
  form: CallForm,
  choice: RepeatChoice,
  { day, zone, until }: { day: PlainDate; zone: ZoneName; until: PlainDate | undefined },
  wrong: (path: keyof CallForm, sentence: string) => undefined,
): string | undefined {
  if (choice === 'once') return undefined;
  const typed = form.rule.replace(/^RRULE:/i, '').toUpperCase();
  const core = choice === 'rule' ? typed : ruleOf(choice, day);
  if (core === undefined || core === '') {
    return wrong('rule', 'Write the rule, such as FREQ=WEEKLY;BYDAY=TU,TH.');
  }
  if (until !== undefined && Temporal.PlainDate.compare(until, day) < 0) {
    return wrong('until', 'The last day is before the first; swap them or mend one of them.');
  }
  // The end of that day on the call's own clock, in UTC as the standard wants it (RFC 5545 §3.3.10).
  const end =
    until &&
    instantOf({ local: until.toPlainDateTime('23:59:59'), zone })
      .toString({ smallestUnit: 'second' })
      .replace(/[-:]/g, '');
  const rule = end === undefined ? core : `${core};UNTIL=${end}`;
  const read = parseRule(rule);
  if (!read.ok) return wrong(choice === 'rule' ? 'rule' : 'until', read.error.sentence);
  return rule;
}

const readClock = (typed: string): Temporal.PlainTime | undefined =>
  /^([01]?\d|2[0-3]):[0-5]\d$/.test(typed)
    ? Temporal.PlainTime.from(typed.padStart(5, '0'))
    : undefined;

/** Days, one a line or parted by commas; a day without a time is at the call's own. */
function readDays(
  typed: string,
  time: Temporal.PlainTime | undefined,
  wrong: (sentence: string) => undefined,
): Temporal.PlainDateTime[] {
  return typed
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .flatMap((line) => {
      const [written = '', at] = line.split(/[ T]+/);
      const day = parseDate(written);
      const own = at === undefined ? time : readClock(at);
      if (!day.ok || own === undefined) {
        wrong(
          `“${line}” is no day; write each as 2026-12-24, or 2026-12-24 15:00, on its own line.`,
        );
        return [];
      }
      return [day.value.toPlainDateTime(own)];
    });
}
