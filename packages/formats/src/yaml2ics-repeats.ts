import { formatDate, instantOf, type Temporal, type WallTime } from '@cairn/kernel/time';
import { localSeconds } from './local-time.ts';
import { isGroup } from './plain-data.ts';
import { occurrences, type Repeats } from './recurrence.ts';
import { namesStart } from './recurrence-expansion.ts';
import { checkRule, parseRule } from './recurrence-rule.ts';
import type { Path } from './schema-fault.ts';
import { readMoment, type WrittenMoment } from './yaml2ics-moment.ts';
import { quoted, type Told } from './yaml2ics-told.ts';

/** What yaml2ics makes of each unit of `interval`. */
export const FREQUENCY_OF: Readonly<Record<string, string>> = {
  seconds: 'SECONDLY',
  minutes: 'MINUTELY',
  hours: 'HOURLY',
  days: 'DAILY',
  weeks: 'WEEKLY',
  months: 'MONTHLY',
  years: 'YEARLY',
};

type Event = Readonly<Record<string, unknown>>;

/** Reads `repeat` and `ics`; what is wrong is told, and the answer undefined. */
export function readRepeats(
  event: Event,
  start: WallTime,
  path: Path,
  told: Told,
): Repeats | undefined {
  const { repeat, ics } = event;
  const simple =
    repeat === undefined || repeat === null
      ? NONE
      : readRepeat(repeat, start, [...path, 'repeat'], told);
  const raw =
    ics === undefined || ics === null ? NONE : readLines(ics, start, [...path, 'ics'], told);
  if (simple === undefined || raw === undefined) return undefined;
  if (simple.rule !== undefined && raw.rule !== undefined) {
    const sentence = 'This event has two rules, in repeat: and in ics:; keep one of them.';
    return told.problem([...path, 'ics'], 'two-rules', sentence, 'key');
  }
  const rule = raw.rule ?? simple.rule;
  if (rule !== undefined) noteStart(rule, start, path, told);
  return {
    ...(rule === undefined ? {} : { rule }),
    except: [...simple.except, ...raw.except],
    also: [...simple.also, ...raw.also],
  };
}

function noteStart(text: string, start: WallTime, path: Path, told: Told): void {
  const rule = parseRule(text);
  if (!rule.ok || namesStart(rule.value, localSeconds(start.local))) return;
  const day = formatDate(start.local.toPlainDate());
  const sentence = `The rule of this call does not name its first time, ${day}, so programs do not agree whether it takes place then; begin with a time that the rule names.`;
  told.note([...path, 'begin'], 'off-rule', sentence);
}

const NONE: Repeats = { except: [], also: [] };

function readRepeat(value: unknown, start: WallTime, path: Path, told: Told): Repeats | undefined {
  const interval = isGroup(value) ? value['interval'] : undefined;
  const [[unit, count] = [], ...more] = isGroup(interval) ? Object.entries(interval) : [];
  const frequency =
    unit !== undefined && Object.hasOwn(FREQUENCY_OF, unit) ? FREQUENCY_OF[unit] : undefined;
  if (!isGroup(value) || frequency === undefined || more.length > 0 || !isCount(count)) {
    const sentence =
      'Write how often it repeats with one unit: interval: { days: 14 }, or weeks, months, years.';
    return told.problem([...path, 'interval'], 'bad-interval', sentence);
  }
  const until = readMoment(value['until']);
  if (until === undefined) {
    const sentence =
      value['until'] === undefined
        ? 'What repeats has an end here; write until: 2027-12-31 00:00:00. For calls without one write ics: RRULE:FREQ=WEEKLY instead of repeat:.'
        : `“${quoted(value['until'])}” is no moment; write until: 2027-12-31 00:00:00.`;
    return told.problem([...path, 'until'], 'bad-until', sentence);
  }
  const rule = `FREQ=${frequency};INTERVAL=${count};UNTIL=${untilOf(until)}`;
  const onDay = (moment: WrittenMoment) => timesOnDay(moment, rule, start);
  const except = readMoments(value['except_on'], start, [...path, 'except_on'], told, onDay);
  const also = readMoments(value['also_on'], start, [...path, 'also_on'], told);
  if (except === undefined || also === undefined) return undefined;
  return { rule, except, also };
}

const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) > 0;

const basic = (local: Temporal.PlainDateTime): string =>
  local.toString({ smallestUnit: 'second' }).replace(/[-:]/g, '');

/** With an offset it is a moment; else it is on the clock of the start, as the rule's days are. */
function untilOf(until: WrittenMoment): string {
  // A day stands for its first moment, as the timestamp of a day does.
  if (until.kind === 'day' || until.offset === undefined) return basic(until.local);
  return `${basic(until.local.subtract({ minutes: until.offset }))}Z`;
}

function readMoments(
  value: unknown,
  start: WallTime,
  path: Path,
  told: Told,
  timesOf: (moment: WrittenMoment) => readonly Temporal.PlainDateTime[] = () => [],
): Temporal.PlainDateTime[] | undefined {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    return told.problem(path, 'not-a-list', 'Write these as a list: [2026-12-24, 2026-12-31].');
  }
  const moments: Temporal.PlainDateTime[] = [];
  for (const [index, each] of value.entries()) {
    const moment = readMoment(each);
    if (moment === undefined) {
      const sentence = `“${quoted(each)}” is no day; write it as 2026-12-24, or with its time.`;
      return told.problem([...path, index], 'bad-day', sentence);
    }
    const times = timesOf(moment);
    moments.push(...(times.length > 0 ? times : [onClock(moment, start)]));
  }
  return moments;
}

/** More times than a call has in a day. */
const MOST_A_DAY = 1500;

/** What takes place on a day that is taken out whole, where that is more than once. */
function timesOnDay(
  moment: WrittenMoment,
  rule: string,
  start: WallTime,
): Temporal.PlainDateTime[] {
  if (moment.kind === 'time') return [];
  const from = instantOf({ local: moment.local, zone: start.zone });
  const until = instantOf({ local: moment.local.add({ days: 1 }), zone: start.zone });
  const recurrence = { start, minutes: 0, rule, except: [], also: [] };
  return occurrences(recurrence, { from, until }, MOST_A_DAY).map(({ local }) => local);
}

/** On the clock of the start. A day alone means what happens on it. */
function onClock(moment: WrittenMoment, { local, zone }: WallTime): Temporal.PlainDateTime {
  if (moment.kind === 'day') return moment.local.withPlainTime(local.toPlainTime());
  if (moment.offset === undefined) return moment.local;
  const utc = moment.local.subtract({ minutes: moment.offset }).toZonedDateTime('UTC');
  return utc.withTimeZone(zone).toPlainDateTime();
}

/** Reads lines of iCalendar: one rule, days taken out and added. Other lines stay in the file. */
function readLines(value: unknown, start: WallTime, path: Path, told: Told): Repeats | undefined {
  if (typeof value !== 'string') {
    return told.problem(path, 'not-text', 'Write ics: as a text, such as RRULE:FREQ=WEEKLY.');
  }
  let rule: string | undefined;
  const except: Temporal.PlainDateTime[] = [];
  const also: Temporal.PlainDateTime[] = [];
  for (const line of value.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    const [, name = '', parameters = '', content = ''] =
      /^([A-Za-z-]+)((?:;[^:;"]*(?:"[^"]*")?)*):(.*)$/.exec(line) ?? [];
    switch (name.toUpperCase()) {
      case 'RRULE': {
        const checked = checkRule(content);
        if (!checked.ok) return told.problem(path, checked.error.code, checked.error.sentence);
        if (rule !== undefined) {
          return told.problem(path, 'two-rules', 'Two RRULE lines; keep one of them.');
        }
        rule = content.trim().toUpperCase();
        break;
      }
      case 'EXDATE':
      case 'RDATE': {
        const moments = readDates(content, parameters, start, path, told);
        if (moments === undefined) return undefined;
        (name.toUpperCase() === 'EXDATE' ? except : also).push(...moments);
        break;
      }
      case '': {
        const sentence = `“${line}” is no line of iCalendar; write NAME:value, such as RRULE:FREQ=WEEKLY.`;
        return told.problem(path, 'bad-line', sentence);
      }
      default:
        told.note(path, 'passed-over', `The line ${name} stays in the file and is not used here.`);
    }
  }
  return { ...(rule === undefined ? {} : { rule }), except, also };
}

function readDates(
  content: string,
  parameters: string,
  start: WallTime,
  path: Path,
  told: Told,
): Temporal.PlainDateTime[] | undefined {
  const zone = /;TZID="?([^;:"]+)/i.exec(parameters)?.[1];
  const moments: Temporal.PlainDateTime[] = [];
  for (const text of content.split(',').map((each) => each.trim())) {
    const [, year, month, day, hour, minute, second, zulu] =
      /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z?))?$/.exec(text) ?? [];
    const time = hour === undefined ? '' : ` ${hour}:${minute}:${second}${zulu}`;
    const moment = year === undefined ? undefined : readMoment(`${year}-${month}-${day}${time}`);
    if (moment === undefined) {
      const sentence = `“${text}” is no day of iCalendar; write 20261224T140000.`;
      return told.problem(path, 'bad-day', sentence);
    }
    moments.push(inZone(moment, zone, start) ?? onClock(moment, start));
  }
  return moments;
}

/** A time in a zone that the line itself names, where it is another one. */
function inZone(
  moment: WrittenMoment,
  zone: string | undefined,
  start: WallTime,
): Temporal.PlainDateTime | undefined {
  if (moment.kind === 'day' || moment.offset !== undefined) return undefined;
  if (zone === undefined || zone === start.zone) return undefined;
  try {
    return moment.local.toZonedDateTime(zone).withTimeZone(start.zone).toPlainDateTime();
  } catch {
    // A zone by a name of the file's own: it is taken for that of the event.
    return undefined;
  }
}
