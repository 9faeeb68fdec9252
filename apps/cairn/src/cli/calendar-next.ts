import { parseArgs } from 'node:util';
import { lastOccurrence, type Occurrence, occurrences } from '@cairn/formats/recurrence';
import { describeRule } from '@cairn/formats/recurrence-words';
import type { CallEvent } from '@cairn/formats/yaml2ics';
import { formatProblem, type Problem, problem } from '@cairn/kernel/problem';
import {
  formatDate,
  formatInstant,
  type Instant,
  instantOf,
  parseDate,
  parseZone,
  startOfDay,
  Temporal,
} from '@cairn/kernel/time';
import { systemClock } from '../platform/clock/clock.ts';
import type { ReadCalendarFile } from './calendar-command.ts';
import { EXIT, say } from './command.ts';
import { couldNot, printJson } from './output.ts';

/** A call is listed for a year ahead, and told to end when it does within so many days. */
const DAYS_LISTED = 366;
const DAYS_WARNED = 60;

/** `cairn calendar next FILE [--zone ZONE] [--from DAY] [--most N]`: what comes, and what ends. */
export async function nextCalls(
  args: readonly string[],
  readCalendar: ReadCalendarFile,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      json: { type: 'boolean', default: false },
      zone: { type: 'string' },
      from: { type: 'string' },
      most: { type: 'string', default: '10' },
    },
    allowPositionals: true,
  });
  const { json } = values;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0 || !/^[1-9]\d{0,3}$/.test(values.most)) {
    const sentence =
      file === undefined || more.length > 0
        ? 'Name one file: cairn calendar next calls.yaml'
        : '--most takes a whole number from 1 to 9999.';
    return couldNot([problem('usage', sentence)], json);
  }
  const zone = parseZone(values.zone ?? Temporal.Now.timeZoneId());
  if (!zone.ok) return couldNot([zone.error], json);
  const day = values.from === undefined ? undefined : parseDate(values.from);
  if (day && !day.ok) return couldNot([day.error], json);
  const read = await readCalendar(file);
  if (!read.ok) return couldNot(read.error, json);
  const now = day ? startOfDay(day.value, zone.value) : systemClock.now();
  const { calendar, document, problems } = read.value;
  const coming = comingCalls(calendar.events, now, Number(values.most));
  const ending = calendar.events.flatMap((event) => {
    const sentence = endingOf(event, now);
    if (sentence === undefined) return [];
    const place = event.index === undefined ? {} : document.placeOf(['events', event.index]);
    return [problem('runs-out', sentence, { file, ...place })];
  });
  if (json) {
    const calls = coming.map(({ event, at }) => ({
      begins: at.begins.toString(),
      ends: at.ends.toString(),
      local: at.local.toString({ smallestUnit: 'second' }),
      zone: at.zone,
      summary: event.summary,
      repeats: describeRule(event.recurrence),
    }));
    printJson({ ok: problems.length + ending.length === 0, file, calls, ending, problems });
  } else {
    for (const { event, at } of coming) {
      const when = event.isAllDay
        ? formatDate(at.local.toPlainDate())
        : formatInstant(at.begins, zone.value);
      process.stdout.write(`${when}  ${event.summary} (${describeRule(event.recurrence)})\n`);
    }
    if (coming.length === 0) say('No call comes within a year.');
    tell([...problems, ...ending]);
  }
  return problems.length + ending.length === 0 ? EXIT.done : EXIT.badNews;
}

function tell(problems: readonly Problem[]): void {
  for (const each of problems) say(formatProblem(each));
}

/** What begins, or still runs, in the year from now on, in order of time. */
function comingCalls(
  events: readonly CallEvent[],
  now: Instant,
  most: number,
): { readonly event: CallEvent; readonly at: Occurrence }[] {
  const between = { from: now, until: now.add({ hours: DAYS_LISTED * 24 }) };
  return events
    .flatMap((event) => occurrences(event.recurrence, between, most).map((at) => ({ event, at })))
    .toSorted((a, b) => Temporal.Instant.compare(a.at.begins, b.at.begins))
    .slice(0, most);
}

/** A call that repeats and has run out, or soon will; one that was meant once has not. */
function endingOf({ summary, recurrence }: CallEvent, now: Instant): string | undefined {
  if (recurrence.rule === undefined) return undefined;
  const last = lastOccurrence(recurrence);
  if (last === 'never ends') return undefined;
  if (last === 'never happens') return `“${summary}” never takes place; mend its rule.`;
  const at = instantOf({ local: last, zone: recurrence.start.zone });
  const soon = now.add({ hours: DAYS_WARNED * 24 });
  if (Temporal.Instant.compare(at, soon) > 0) return undefined;
  const day = formatDate(last.toPlainDate());
  return Temporal.Instant.compare(at, now) < 0
    ? `“${summary}” has run out: its last time was ${day}. Write a later end, or take it out.`
    : `“${summary}” runs out: its last time is ${day}. Write a later end if it goes on.`;
}
