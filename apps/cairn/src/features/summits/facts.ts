import { daysBetween, formatDateSpan, type PlainDate, parseDate } from '@cairn/kernel/time';
import type { SummitDefinition } from './schema.ts';

/** The days of a summit as dates; the definition has been validated, so they exist. */
export interface SummitDays {
  readonly arrival: PlainDate;
  readonly start: PlainDate;
  readonly end: PlainDate;
  readonly departure: PlainDate;
  /** Days of work, first and last included. */
  readonly days: number;
  /** Nights from arrival to departure. */
  readonly nights: number;
}

const dateOf = (text: string): PlainDate => {
  const parsed = parseDate(text);
  if (!parsed.ok) throw new Error(`a validated definition holds the day “${text}”`);
  return parsed.value;
};

/** Reads the summit's days out of a validated definition. */
export function summitDays({ dates }: SummitDefinition): SummitDays {
  const [arrival, start, end, departure] = [
    dateOf(dates.arrival),
    dateOf(dates.start),
    dateOf(dates.end),
    dateOf(dates.departure),
  ];
  return {
    arrival,
    start,
    end,
    departure,
    days: daysBetween(start, end) + 1,
    nights: daysBetween(arrival, departure),
  };
}

/** Whether the week is still looked for: the days are a proposal, and nothing that is public says otherwise. */
export const isTentative = ({ dates }: Pick<SummitDefinition, 'dates'>): boolean =>
  dates.status === 'tentative';

const SMALL = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
]; // prettier-ignore
const TENS = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

/** A count in words up to ninety-nine (`forty-two`); larger ones in digits. */
export function inWords(count: number): string {
  const small = SMALL[count];
  if (small !== undefined) return small;
  const tens = TENS[Math.floor(count / 10)];
  if (tens === undefined) return String(count);
  return count % 10 === 0 ? tens : `${tens}-${SMALL[count % 10]}`;
}

/** `a, b, and c`. */
export function inSeries(items: readonly string[]): string {
  if (items.length < 3) return items.join(' and ');
  return `${items.slice(0, -1).join(', ')}, and ${items.at(-1)}`;
}

/** The attend rule of the agreement, if it has one. */
const attendRule = (definition: Pick<SummitDefinition, 'agreement'>) =>
  definition.agreement.obligations.map(({ rule }) => rule).find((rule) => rule.kind === 'attend');

/** What `{name}` in a summit's prose stands for. Each is written once, in its own place of the definition. */
export const FACTS: Record<string, (definition: SummitDefinition) => string | number> = {
  title: (d) => d.title,
  dates: (d) => {
    const { start, end } = summitDays(d);
    return `${isTentative(d) ? 'tentatively ' : ''}${formatDateSpan(start, end)}`;
  },
  days: (d) => summitDays(d).days,
  nights: (d) => summitDays(d).nights,
  seats: (d) => d.seats.planned,
  ceiling: (d) => d.seats.ceiling,
  meetings: (d) => d.planning_meetings.list.length,
  required: (d) => attendRule(d)?.meetings ?? 0,
  minutes: (d) => d.planning_meetings.minutes,
  covers: (d) => inSeries(d.funding.covers),
  projects: (d) => inSeries(d.communities.filter((c) => c.kind === 'project').map((c) => c.name)),
  domain_stacks: (d) =>
    inSeries(d.communities.filter((c) => c.kind === 'domain_stack').map((c) => c.name)),
  venue: (d) => d.venue.name,
  city: (d) => d.venue.city,
  host: (d) => inSeries(d.hosts.map((host) => host.name)),
  lead_months: (d) => d.dates.lead_months ?? 0,
};

const PLACEHOLDER = /\{([a-z_]+)(:words)?\}/g;

/** The names in braces that a text uses and that no fact answers to. */
export const unknownFacts = (text: string): string[] =>
  [...text.matchAll(PLACEHOLDER)].map((match) => match[1] ?? '').filter((name) => !(name in FACTS));

/** A text of the definition with its facts filled in: `{seats}` in digits, `{seats:words}` in words. */
export function fillFacts(text: string, definition: SummitDefinition): string {
  return text.replace(PLACEHOLDER, (whole, name: string, words: string | undefined) => {
    const value = FACTS[name]?.(definition);
    if (value === undefined) return whole;
    return words !== undefined && typeof value === 'number' ? inWords(value) : String(value);
  });
}
