import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import { z } from 'zod';
import type { Typed } from '../../../platform/http/form.ts';
import { costOf } from './money-rules.ts';
import { expectDay } from './poll-rules.ts';
import type { Week, WeekWord } from './week-rules.ts';

/** A form shown again: what was typed, and what is wrong with it. */
export interface Refilled {
  readonly typed: Typed;
  readonly problems: readonly Problem[];
}

const day = (what: string) =>
  z
    .string(`write ${what}`)
    .trim()
    .superRefine((text, context) => {
      const parsed = parseDate(text);
      if (!parsed.ok) context.addIssue({ code: 'custom', message: parsed.error.sentence });
    })
    .transform(expectDay);

const count = (least: number, most: number) => {
  const message = `write a whole number from ${least} to ${most}`;
  return z
    .string(message)
    .trim()
    .regex(/^\d{1,4}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message);
};

/** What a week is, and among which days it is looked for. */
export const rangeForm = z
  .object({
    from: day('the first possible day'),
    until: day('the last possible day'),
    days: count(1, 31),
    weekday: count(1, 7),
    arrival_days: count(0, 14),
    departure_days: count(0, 14),
    lead_months: count(0, 36),
  })
  .transform(({ from, until, days, weekday, ...rest }) => ({
    from,
    until,
    days,
    weekday,
    arrivalDays: rest.arrival_days,
    departureDays: rest.departure_days,
    leadMonths: rest.lead_months,
  }));

const kind = z.enum(['conference', 'graduation', 'venue', 'busy', 'other'], 'choose a kind');
const effect = z.enum(['excludes', 'mentions'], 'say whether its weeks are excluded');

/** Days typed by hand. */
export const blackoutForm = z
  .object({
    title: z.string().trim().min(1, 'write what it is').max(200, 'shorten this to 200 characters'),
    kind,
    effect,
    from_day: day('the first day'),
    until_day: z.string().trim().default(''),
  })
  .superRefine(({ until_day: until }, context) => {
    const parsed = until === '' ? undefined : parseDate(until);
    if (parsed?.ok === false) {
      context.addIssue({ code: 'custom', path: ['until_day'], message: parsed.error.sentence });
    }
  })
  .transform(({ title, from_day: from, until_day: until, ...rest }) => ({
    ...rest,
    title,
    from,
    until: until === '' ? from : expectDay(until),
  }));

/** How the entries of a calendar are taken. */
export const importForm = z.object({
  url: z.string().trim().max(2000).default(''),
  kind,
  effect,
  whole_days: z.enum(['yes', 'no']).default('no'),
});

/** One button beside blacked out days. */
export const blackoutChange = z.object({
  blackout: z.uuid(),
  change: z.enum(['excludes', 'mentions', 'remove']),
});

/** Countries and their effects, and one more. */
export function readCountries(typed: Typed): ReadonlyMap<string, 'excludes' | 'mentions'> {
  const chosen = new Map<string, 'excludes' | 'mentions'>();
  for (const [name, value] of Object.entries(typed)) {
    const code = /^country\.([A-Z]{2})$/.exec(name)?.[1];
    if (code !== undefined && (value === 'excludes' || value === 'mentions'))
      chosen.set(code, value);
  }
  const more = typed['more'];
  if (typeof more === 'string' && /^[A-Z]{2}$/.test(more) && !chosen.has(more)) {
    // A country more is mentioned first: excluding is what leaves no week.
    chosen.set(more, 'mentions');
  }
  return chosen;
}

/** The deadline and what goes with it. */
export const termsForm = z
  .object({
    closes_on: z.string().trim().default(''),
    remind_days: z
      .string()
      .trim()
      .default('')
      .refine(
        (text) => /^(\d{1,3}([\s,]+\d{1,3})*)?$/.test(text),
        'write numbers of days, such as 7, 2',
      ),
    hide_until_closed: z.enum(['yes', 'no']).default('no'),
    intro: z.string().trim().max(5000, 'shorten this to 5,000 characters').default(''),
    currency: z
      .string()
      .trim()
      .toUpperCase()
      .default('')
      .refine((text) => /^([A-Z]{3})?$/.test(text), 'write three letters, such as USD'),
  })
  .superRefine(({ closes_on: until }, context) => {
    const parsed = until === '' ? undefined : parseDate(until);
    if (parsed?.ok === false) {
      context.addIssue({ code: 'custom', path: ['closes_on'], message: parsed.error.sentence });
    }
  })
  .transform((form) => ({
    closesOn: form.closes_on === '' ? undefined : expectDay(form.closes_on),
    remindDays: [
      ...new Set(
        form.remind_days
          .split(/[\s,]+/)
          .filter((each) => each !== '')
          .map(Number),
      ),
    ].sort((a, b) => b - a),
    hideUntilClosed: form.hide_until_closed === 'yes',
    intro: form.intro.replace(/\r\n?/g, '\n'),
    currency: form.currency === '' ? undefined : form.currency,
  }));

/** The name of one of a week's fields in the organisers' table. */
export const weekField = (what: 'offer' | 'cost' | 'note', week: string): string =>
  `${what}.${week}`;

/** What the table of weeks says of each of them. */
export function readWeekWords(
  typed: Typed,
  weeks: readonly Week[],
  currency: string | undefined,
): Result<WeekWord[], Problem[]> {
  const text = (name: string): string | undefined => {
    const value = typed[name];
    return typeof value === 'string' ? value.trim() : undefined;
  };
  const problems: Problem[] = [];
  const words = weeks.flatMap((week): WeekWord[] => {
    const offer = text(weekField('offer', week.id));
    // A week that the form did not hold stays as it is.
    if (offer === undefined) return [];
    const cost = costOf(text(weekField('cost', week.id)) ?? '', currency);
    const note = text(weekField('note', week.id)) ?? '';
    if (!cost.ok) {
      const path = weekField('cost', week.id);
      problems.push(problem('bad-cost', `${week.id}: ${cost.error}`, { path }));
    }
    if (note.length > 500) {
      const path = weekField('note', week.id);
      problems.push(
        problem('note-too-long', `${week.id}: shorten the note to 500 characters.`, { path }),
      );
    }
    return [
      {
        start: week.start,
        offeredAnyway: offer === 'anyway',
        removed: offer === 'removed',
        extraCost: cost.ok ? cost.value : undefined,
        note,
      },
    ];
  });
  return problems.length > 0 ? fail(problems) : ok(words);
}
