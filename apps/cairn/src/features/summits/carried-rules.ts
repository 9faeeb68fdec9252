import { equalData } from '@cairn/formats/plain-data';
import type { SummitDefinition } from './schema.ts';
import { leavesOf, type StablePath, stepsOf, valuesAt } from './stable-path.ts';

/**
 * What a copied edition still says from last year. Real announcements went out with last year's
 * dates in them, so everything that could be last year's stands on a list until somebody looked.
 */

const CARRIED_KINDS = ['date', 'count', 'name', 'prose'] as const;
type CarriedKind = (typeof CARRIED_KINDS)[number];

/** One value that came with the copy. A lead (`{ months: 4, before: 'start' }`) is one value. */
export interface CarriedValue {
  readonly path: StablePath;
  readonly kind: CarriedKind;
  readonly value: unknown;
}

/** The path without its row names: `communities[].name`. */
const patternOf = (path: StablePath): string => path.replace(/\[[^\]]*\]/g, '[]');

/** What the copier writes anew, and what is a choice or a handle and no fact of a year. */
const NEVER_CARRIED = new Set([
  'cairn',
  'slug',
  'title',
  'series.title',
  'series.edition',
  'communities[].kind',
  'meals.plan[].meal',
  'dates.status',
  'planning_meetings.recordings',
  'agreement.obligations[].rule.kind',
]);

const DATES = new Set([
  'announced',
  'dates.arrival',
  'dates.start',
  'dates.end',
  'dates.departure',
  'dates.window.from',
  'dates.window.until',
  'planning_meetings.list[].month',
  'planning_meetings.list[].starts',
]);

const NAMES = new Set([
  'authors[]',
  'organisation',
  'hosts[].name',
  'hosts[].part_of',
  'hosts[].url',
  'venue.name',
  'venue.address',
  'venue.city',
  'venue.country',
  'zone',
  'communities[].name',
  'planning_meetings.list[].link',
  'planning_meetings.list[].recording',
  'planning_meetings.list[].tracks[].lead',
  'planning_meetings.list[].tracks[].link',
]);

const LEAD = /^(phases\[\]\.(?:from|until|steps\[\]\.due))\./;

/** Everything in a definition that may be true of its own year only, in the definition's order. */
export function carriedValues(definition: SummitDefinition): CarriedValue[] {
  const names = namesIn(definition);
  const found = new Map<StablePath, CarriedValue>();
  for (const { path, value } of leavesOf(definition)) {
    const pattern = patternOf(path);
    if (NEVER_CARRIED.has(pattern) || pattern.endsWith('.key')) continue;
    if (LEAD.test(pattern)) {
      const lead = path.slice(0, path.lastIndexOf('.'));
      found.set(lead, { path: lead, kind: 'count', value: valuesAt(definition, lead)[0] });
      continue;
    }
    const kind = kindOf(pattern, value, names);
    if (kind !== undefined) found.set(path, { path, kind, value });
  }
  return [...found.values()];
}

function kindOf(
  pattern: string,
  value: unknown,
  names: readonly string[],
): CarriedKind | undefined {
  if (DATES.has(pattern)) return 'date';
  if (NAMES.has(pattern)) return 'name';
  if (typeof value === 'number') return 'count';
  return typeof value === 'string' && tellsOfItsYear(value, names) ? 'prose' : undefined;
}

/** The people, places and bodies of an edition; too short a name would be found in any text. */
const namesIn = (definition: SummitDefinition): string[] =>
  leavesOf(definition).flatMap(({ path, value }) =>
    typeof value === 'string' &&
    value.length > 3 &&
    NAMES.has(patternOf(path)) &&
    !/^https?:/.test(value)
      ? [value]
      : [],
  );

// “May” only with its capital letter, or every “may” would count.
const MONTH =
  /\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b/;
const COUNT_IN_WORDS =
  /\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b/i;

/** Whether a text holds a number, a month or a name. What is filled in from elsewhere does not count. */
export function tellsOfItsYear(text: string, names: readonly string[]): boolean {
  const own = text.replace(/\{[a-z_]+(?::words)?\}/g, '');
  return (
    /\d/.test(own) ||
    MONTH.test(own) ||
    COUNT_IN_WORDS.test(own) ||
    names.some((name) => own.includes(name))
  );
}

/** Those values that a definition still holds; the others were changed, and so are settled. */
export const stillCarried = <T extends Pick<CarriedValue, 'path' | 'value'>>(
  carried: readonly T[],
  definition: SummitDefinition,
): T[] =>
  carried.filter(({ path, value }) =>
    valuesAt(definition, path).some((now) => equalData(now, value)),
  );

/** The part of the definition that a path belongs to: `dates`, `phases`. */
export const sectionOf = (path: StablePath): string => stepsOf(path)[0] ?? '';
