import { type PlainDate, parseDate, Temporal } from '@cairn/kernel/time';
import { MONTHS, WEEKDAYS } from '@cairn/kernel/words';

/** The days that words such as “Friday” and “the summit” are counted from. */
export interface DueContext {
  /** The day of the call in which it was written down, on the summit's wall. */
  readonly calledOn: PlainDate;
  /** The summit's first day. */
  readonly summitStarts: PlainDate;
  /** The day of the call after this one, if its time is known. */
  readonly nextCall?: PlainDate | undefined;
}

/** What stands behind the last “by”. */
export interface ReadDue {
  readonly due: PlainDate | undefined;
  /** The text without the words that said when. */
  readonly rest: string;
  /** What looks like a day and is none. */
  readonly unreadable: string | undefined;
}

const FRIDAY = 5;

const month = `(${MONTHS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')}|sept)\\.?`;
const weekday = `(${WEEKDAYS.map((name) => `${name.slice(0, 3)}(?:${name.slice(3)})?`).join('|')}|tues|wednes|thur|thurs)`;
const dayOfMonth = '(\\d{1,2})(?:st|nd|rd|th)?';

const indexIn = (names: readonly string[], written: string): number =>
  names.findIndex((name) => name.slice(0, 3).toLowerCase() === written.slice(0, 3).toLowerCase());

type Reading = (
  found: readonly (string | undefined)[],
  context: DueContext,
) => PlainDate | undefined;

/** Ways to say a day, each from the beginning of what follows “by”. */
const PHRASES: readonly (readonly [string, Reading])[] = [
  ['(\\d{4}-\\d{2}-\\d{2})', ([day = '']) => dayOf(parseDate(day))],
  [
    `(?:the )?${dayOfMonth}(?: of)? ${month}(?:,? (\\d{4}))?`,
    ([day, name, year], context) => dayInYear(name, day, year, context),
  ],
  [
    `${month} (?:the )?${dayOfMonth}(?:,? (\\d{4}))?`,
    ([name, day, year], context) => dayInYear(name, day, year, context),
  ],
  [
    `(?:the )?end of ${month}(?: (\\d{4}))?`,
    ([name, year], context) => dayInYear(name, undefined, year, context),
  ],
  [
    `(?:mid|the middle of|mid of)[- ]${month}(?: (\\d{4}))?`,
    ([name, year], context) => dayInYear(name, '15', year, context),
  ],
  [
    '(?:the )?end of next month|next month',
    (_, { calledOn }) => endOfMonth(calledOn.add({ months: 1 })),
  ],
  ['(?:the )?end of (?:the|this)? ?month', (_, { calledOn }) => endOfMonth(calledOn)],
  [
    '(?:the )?end of next week|next week',
    (_, { calledOn }) => dayOfWeek(calledOn.add({ weeks: 1 }), FRIDAY),
  ],
  ['(?:the )?end of (?:the|this)? ?week', (_, { calledOn }) => endOfWeek(calledOn)],
  [
    '(?:the )?end of (?:the|this)? ?year',
    (_, { calledOn }) => calledOn.with({ month: 12, day: 31 }),
  ],
  [
    `next ${weekday}`,
    ([name = ''], { calledOn }) =>
      dayOfWeek(calledOn.add({ weeks: 1 }), indexIn(WEEKDAYS, name) + 1),
  ],
  [
    `(?:this )?${weekday}`,
    ([name = ''], { calledOn }) => nextWeekday(calledOn, indexIn(WEEKDAYS, name) + 1),
  ],
  ['(?:the )?(?:start of the )?summit', (_, { summitStarts }) => summitStarts],
  ['(?:the |our )?next (?:call|meeting)', (_, { nextCall }) => nextCall],
  ['today|tonight', (_, { calledOn }) => calledOn],
  ['tomorrow', (_, { calledOn }) => calledOn.add({ days: 1 })],
];
const WAYS = PHRASES.map(([phrase, reading]) => ({
  pattern: new RegExp(`^(?:${phrase})(?![\\p{L}\\p{N}])`, 'iu'),
  reading,
}));

/** Numbers with signs between them, whose order differs from country to country. */
const NUMBERS = /^\d{1,4}[-/.]\d{1,2}(?:[-/.]\d{1,4})?(?![\p{L}\p{N}])/u;

/**
 * Reads until when something is to be done: `by 2023-03-01`, `by 1 March`, `by Friday`, `by end of
 * March`, `by the summit`, `by the next call`. A day without a year is the first such day from the
 * call on; Friday is the next one after it; a week ends on Friday.
 */
export function readDue(text: string, context: DueContext): ReadDue {
  for (const { index, 0: by } of [...text.matchAll(/(?<![\p{L}\p{N}])by\s+/giu)].reverse()) {
    const phrase = text.slice(index + by.length);
    for (const { pattern, reading } of WAYS) {
      const found = pattern.exec(phrase);
      if (found === null) continue;
      const due = reading(found.slice(1), context);
      if (due === undefined) return { due, rest: text, unreadable: found[0] };
      const after = phrase.slice(found[0].length);
      return { due, rest: withoutGap(text.slice(0, index), after), unreadable: undefined };
    }
    const [numbers] = NUMBERS.exec(phrase) ?? [];
    if (numbers !== undefined) return { due: undefined, rest: text, unreadable: numbers };
  }
  return { due: undefined, rest: text, unreadable: undefined };
}

const withoutGap = (before: string, after: string): string =>
  `${before.replace(/[\s,;(–—-]+$/u, '')} ${after.replace(/^[\s.,;)!]+/u, '')}`.trim();

const dayOf = (parsed: ReturnType<typeof parseDate>): PlainDate | undefined =>
  parsed.ok ? parsed.value : undefined;

/** A day of a named month: of the year given, else the first from the call on. Without a day, its last. */
function dayInYear(
  name = '',
  day: string | undefined,
  year: string | undefined,
  { calledOn }: DueContext,
): PlainDate | undefined {
  const number = indexIn(MONTHS, name) + 1;
  const years = year === undefined ? [calledOn.year, calledOn.year + 1] : [Number(year)];
  return years
    .map((each) => {
      const first = Temporal.PlainDate.from({ year: each, month: number, day: 1 });
      if (day === undefined) return endOfMonth(first);
      const wanted = Number(day);
      return wanted >= 1 && wanted <= first.daysInMonth ? first.with({ day: wanted }) : undefined;
    })
    .find(
      (date) =>
        date !== undefined &&
        (year !== undefined || Temporal.PlainDate.compare(date, calledOn) >= 0),
    );
}

const endOfMonth = (date: PlainDate): PlainDate => date.with({ day: date.daysInMonth });

/** The day of the same week (Monday to Sunday), by its number from 1. */
const dayOfWeek = (date: PlainDate, number: number): PlainDate =>
  date.add({ days: number - date.dayOfWeek });

/** The first such day after the date. */
const nextWeekday = (date: PlainDate, number: number): PlainDate =>
  date.add({ days: ((number - date.dayOfWeek + 6) % 7) + 1 });

/** Friday; of the next week once it is past. */
const endOfWeek = (date: PlainDate): PlainDate =>
  date.dayOfWeek <= FRIDAY ? dayOfWeek(date, FRIDAY) : nextWeekday(date, FRIDAY);
