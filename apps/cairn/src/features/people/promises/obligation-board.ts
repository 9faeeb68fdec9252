import type { Instant } from '@cairn/kernel/time';
import type { Obligation } from '../../summits/schema.ts';
import { agreedWith, type Promised } from './obligation-agreed.ts';
import {
  compareNeeds,
  type Evidence,
  type Excuses,
  type Forecast,
  forecast,
  needOf,
  type ObligationCalendar,
  STANDINGS,
  type Standing,
} from './obligation-rules.ts';

/** What is known of one person, before it is judged. */
export interface PersonFacts {
  readonly personId: string;
  readonly name: string;
  /** Undefined for somebody who accepted and waits for a seat. */
  readonly seat: number | undefined;
  /** The obligations of the version accepted last; undefined when none was. */
  readonly accepted: readonly Obligation[] | undefined;
  readonly evidence: readonly Evidence[];
  readonly excuses: Excuses;
}

/** A promise and where it stands. */
export interface JudgedPromise extends Promised {
  readonly forecast: Forecast;
}

/** One person on the organiser's board. */
export interface BoardRow extends Pick<PersonFacts, 'personId' | 'name' | 'seat'> {
  readonly hasAccepted: boolean;
  readonly promises: readonly JudgedPromise[];
}

/** Judges everybody; those who need a word now come first, then by name. */
export function judgeEveryone(
  people: readonly PersonFacts[],
  asked: readonly Obligation[],
  calendar: ObligationCalendar,
  now: Instant,
): BoardRow[] {
  return people
    .map(({ personId, name, seat, accepted, evidence, excuses }) => ({
      personId,
      name,
      seat,
      hasAccepted: accepted !== undefined,
      promises: judgePromises(
        agreedWith(asked, accepted).promised,
        evidence,
        excuses,
        calendar,
        now,
      ),
    }))
    .map((row) => ({ row, need: needOf(row.promises.map((promise) => promise.forecast)) }))
    .sort((a, b) => compareNeeds(a.need, b.need) || byName.compare(a.row.name, b.row.name))
    .map(({ row }) => row);
}

/** Judges each promise of one person. */
export const judgePromises = (
  promised: readonly Promised[],
  evidence: readonly Evidence[],
  excuses: Excuses,
  calendar: ObligationCalendar,
  now: Instant,
): JudgedPromise[] =>
  promised.map((one) => ({
    ...one,
    forecast: forecast(one, evidence, excuses.get(one.key), calendar, now, excuses),
  }));

/** One collator for all: making one per comparison costs more than the comparing. */
const byName = new Intl.Collator('en');

/** Which rows an organiser wants to see. */
export interface BoardFilter {
  readonly standing?: Standing | undefined;
  /** The key of a promise; with a standing: that promise stands so. */
  readonly promise?: string | undefined;
  readonly name?: string | undefined;
}

/** The rows that fit, in their order. */
export function filterBoard(
  rows: readonly BoardRow[],
  { standing, promise, name }: BoardFilter,
): BoardRow[] {
  const wanted = name?.trim().toLocaleLowerCase('en') ?? '';
  return rows.filter(
    (row) =>
      (wanted === '' || row.name.toLocaleLowerCase('en').includes(wanted)) &&
      ((standing === undefined && promise === undefined) ||
        row.promises.some(
          ({ key, forecast: found }) =>
            (promise === undefined || key === promise) &&
            (standing === undefined || found.standing === standing),
        )),
  );
}

export type StandingCounts = Readonly<Record<Standing, number>>;

/** How many people stand where with each promise; every person counts once per promise. */
export function countStandings(
  rows: readonly BoardRow[],
  promises: readonly string[],
): ReadonlyMap<string, StandingCounts> {
  const counts = new Map(
    promises.map((key) => [
      key,
      // One count per member of the constant, so the record is whole.
      Object.fromEntries(STANDINGS.map((standing) => [standing, 0])) as Record<Standing, number>,
    ]),
  );
  for (const { promises: held } of rows) {
    for (const { key, forecast: found } of held) {
      const count = counts.get(key);
      if (count !== undefined) count[found.standing] += 1;
    }
  }
  return counts;
}

/** One page of a long list; a page number out of range is brought into it. */
export function pageOf<T>(
  items: readonly T[],
  asked: number,
  size: number,
): { readonly items: readonly T[]; readonly page: number; readonly pages: number } {
  const pages = Math.max(1, Math.ceil(items.length / size));
  const page = Math.min(Math.max(1, Math.trunc(asked) || 1), pages);
  return { items: items.slice((page - 1) * size, page * size), page, pages };
}
