import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { expectZone, type PlainDate, parseDate, Temporal } from '@cairn/kernel/time';
import type { Typed } from '../../../platform/http/form.ts';
import type { SummitDefinition } from '../../summits/schema.ts';
import type { Meeting } from '../series/series-rules.ts';
import {
  EFFORTS,
  fixedAmong,
  MOST_DAYS,
  possibleStarts,
  type TimeWishes,
  type WishedTrack,
} from './wishes-rules.ts';

/** What wishes are read against. */
export interface WishContext {
  readonly definition: SummitDefinition;
  /** The meetings whose time can be found. */
  readonly possible: readonly Meeting[];
  /** The first day that may be chosen: a call in an hour helps nobody. */
  readonly tomorrow: PlainDate;
  /** Who can be needed, and who can lead which track, by id. */
  readonly people: ReadonlySet<string>;
}

const one = (typed: Typed, name: string): string => {
  const value = typed[name];
  return typeof value === 'string' ? value.trim() : '';
};
const many = (typed: Typed, name: string): readonly string[] => {
  const value = typed[name] ?? [];
  return typeof value === 'string' ? [value] : value;
};

/** Reads the form of wishes; every field that is wrong is told. */
export function readWishes(typed: Typed, context: WishContext): Result<TimeWishes, Problem[]> {
  const problems: Problem[] = [];
  const refuse = (path: string, sentence: string): void => {
    problems.push(problem('bad-field', sentence, { path }));
  };
  const whole = (name: string, least: number, most: number, what: string): number => {
    const text = one(typed, name);
    const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    refuse(name, `Write ${what} as a whole number from ${least} to ${most}.`);
    return least;
  };
  const chosen = many(typed, 'calls[]');
  const moved = context.possible.filter(({ key }) => chosen.includes(key));
  if (moved.length === 0) refuse('calls[]', 'Choose at least one meeting to find a time for.');
  const calls = moved.map((meeting) => readWindow(typed, meeting, context, refuse));
  const fixed = fixedAmong(
    context.possible,
    moved.map(({ key }) => key),
  );
  const weekdays = many(typed, 'weekdays[]')
    .filter((day) => /^[1-7]$/.test(day))
    .map(Number);
  if (weekdays.length === 0) refuse('weekdays[]', 'Choose at least one day of the week.');
  const count = calls.length + fixed.length;
  const sociable = {
    from: whole('sociable_from', 0, 23, 'the first sociable hour'),
    until: whole('sociable_until', 1, 24, 'the last sociable hour'),
  };
  if (sociable.from === sociable.until) {
    refuse('sociable_until', 'Sociable hours end at another hour than they begin.');
  }
  const needed = many(typed, 'needed[]').filter((id) => context.people.has(id));
  const tracks = context.definition.planning_meetings.tracks.map(({ key, title }): WishedTrack => {
    const least = whole(`least_${key}`, 0, 100, `how often “${title}” meets at least`);
    const most = whole(`most_${key}`, 0, 100, `how often “${title}” meets at most`);
    if (most < least) refuse(`most_${key}`, 'The most is not less than the least.');
    const lead = one(typed, `lead_${key}`);
    return { key, ...(context.people.has(lead) ? { lead } : {}), least, most };
  });
  const parallel =
    tracks.length === 0
      ? { least: 0, most: 0 }
      : {
          least: whole('parallel_least', 0, 100, 'the fewest tracks at once'),
          most: whole('parallel_most', 1, 100, 'the most tracks at once'),
        };
  if (parallel.most < parallel.least) {
    refuse('parallel_most', 'The most is not less than the least.');
  }
  const effort = EFFORTS.find((name) => name === one(typed, 'effort'));
  const wishes: TimeWishes = {
    calls,
    fixed,
    step: one(typed, 'step') === '30' ? 30 : 60,
    weekdays,
    sociable,
    minGapDays: whole('min_gap_days', 0, MOST_DAYS, 'the days between two calls'),
    required: whole('required', 1, Math.max(1, count), 'how many calls everybody should make'),
    whom: one(typed, 'whom') === 'invited' ? 'invited' : 'seated',
    needed,
    tracks,
    parallel,
    effort: effort ?? 'quick',
    seed: whole('seed', 0, 999_999_999, 'the seed'),
  };
  const zone = expectZone(context.definition.zone);
  const starts = wishes.calls.flatMap((call) => possibleStarts({ ...call, ...wishes }, zone));
  if (problems.length === 0 && starts.length > MOST_STARTS) {
    const most = MOST_STARTS.toLocaleString('en-GB');
    const told = starts.length.toLocaleString('en-GB');
    const sentence = `These are ${told} possible starts, more than the ${most} that are looked at; take fewer days, or let calls begin on the hour.`;
    refuse('step', sentence);
  }
  return problems.length > 0 ? fail(problems) : ok(wishes);
}

/** Half-hours of all days in three months are 4,464; a year of them for thousands of people takes minutes. */
const MOST_STARTS = 6000;

function readWindow(
  typed: Typed,
  { key, title }: Meeting,
  { tomorrow }: WishContext,
  refuse: (path: string, sentence: string) => void,
): TimeWishes['calls'][number] {
  const day = (name: string): PlainDate | undefined => {
    const read = parseDate(one(typed, name));
    if (!read.ok) refuse(name, read.error.sentence);
    return read.ok ? read.value : undefined;
  };
  const [from, until] = [day(`from_${key}`), day(`until_${key}`)];
  const isEarlier = (a: PlainDate, b: PlainDate): boolean => Temporal.PlainDate.compare(a, b) < 0;
  if (from !== undefined && isEarlier(from, tomorrow)) {
    refuse(`from_${key}`, `“${title}” can be from ${tomorrow} on.`);
  }
  if (from !== undefined && until !== undefined && isEarlier(until, from)) {
    refuse(`until_${key}`, 'The last day is not before the first.');
  }
  if (
    from !== undefined &&
    until !== undefined &&
    isEarlier(from.add({ days: MOST_DAYS }), until)
  ) {
    refuse(`until_${key}`, `Choose at most ${MOST_DAYS} days.`);
  }
  return { key, from: from?.toString() ?? '', until: until?.toString() ?? '' };
}

/** Wishes as the fields of their form, for the first look and for the next search. */
export function wishesAsTyped(wishes: TimeWishes): Typed {
  const typed: Record<string, string | readonly string[]> = {
    'calls[]': wishes.calls.map(({ key }) => key),
    step: String(wishes.step),
    'weekdays[]': wishes.weekdays.map(String),
    sociable_from: String(wishes.sociable.from),
    sociable_until: String(wishes.sociable.until),
    min_gap_days: String(wishes.minGapDays),
    required: String(wishes.required),
    whom: wishes.whom,
    'needed[]': wishes.needed,
    parallel_least: String(wishes.parallel.least),
    parallel_most: String(wishes.parallel.most),
    effort: wishes.effort,
    seed: String(wishes.seed),
  };
  for (const { key, from, until } of wishes.calls) {
    typed[`from_${key}`] = from;
    typed[`until_${key}`] = until;
  }
  for (const { key, lead, least, most } of wishes.tracks) {
    typed[`lead_${key}`] = lead ?? '';
    typed[`least_${key}`] = String(least);
    typed[`most_${key}`] = String(most);
  }
  return typed;
}
