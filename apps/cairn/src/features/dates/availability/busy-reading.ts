import { readBusyTimes } from '@cairn/formats/busy-times';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Instant, ZoneName } from '@cairn/kernel/time';
import type { FetchOutside } from '../../../platform/http/fetch-outside.ts';
import { MONTHS_AHEAD, notAPage, toPairs } from './busy-rules.ts';

/** What is kept of a calendar. */
export interface ReadBusy {
  readonly coversFrom: Instant;
  readonly coversUntil: Instant;
  /** Pairs of minutes; see `busy-rules.ts`. */
  readonly pairs: readonly number[];
  readonly events: number;
  readonly skipped: number;
  /** Lines of the calendar that were not understood. Told once, and not kept. */
  readonly skippedLines: readonly number[];
}

/** Where a calendar is: an address, or a file. */
export type CalendarPlace = { readonly url: string } | { readonly file: File };

const LARGEST_CALENDAR = 10 * 1024 * 1024;
const PATIENCE_MS = 20_000;

/**
 * Reads when somebody is busy from now on for twelve months. Titles, places and people of the
 * calendar are not looked at further, and its address is forgotten with the request.
 *
 * @param zone the zone of times and days that name none
 */
export async function readCalendar(
  fetchOutside: FetchOutside,
  place: CalendarPlace,
  { now, zone }: { readonly now: Instant; readonly zone: ZoneName },
): Promise<Result<ReadBusy, Problem>> {
  const path = 'url' in place ? 'url' : 'file';
  const found = await textOf(fetchOutside, place);
  if (!found.ok) return fail(at(path, found.error));
  const page = notAPage(found.value.text, found.value.contentType);
  if (!page.ok) return fail(at(path, page.error));
  const coversUntil = now.toZonedDateTimeISO(zone).add({ months: MONTHS_AHEAD }).toInstant();
  const read = readBusyTimes(found.value.text, {
    from: now,
    until: coversUntil,
    file: 'url' in place ? 'calendar' : place.file.name,
    zone,
  });
  if (!read.ok) return fail(at(path, read.error));
  const { busy, events, skipped } = read.value;
  return ok({
    coversFrom: now,
    coversUntil,
    pairs: toPairs(busy),
    events,
    skipped: skipped.length,
    skippedLines: skipped.flatMap(({ place: { line } }) => (line === undefined ? [] : [line])),
  });
}

/** A problem at the form's field; where in the calendar it lies is said in words. */
function at(path: string, { code, sentence, place }: Problem): Problem {
  const where = place.line === undefined ? '' : `Line ${place.line}: `;
  return problem(code, `${where}${sentence}`, { path });
}

async function textOf(
  fetchOutside: FetchOutside,
  place: CalendarPlace,
): Promise<Result<{ readonly text: string; readonly contentType: string }, Problem>> {
  if ('url' in place) {
    return fetchOutside(place.url, {
      accept: 'text/calendar, */*;q=0.5',
      maxBytes: LARGEST_CALENDAR,
      timeoutMs: PATIENCE_MS,
    });
  }
  return ok({ text: await place.file.text(), contentType: place.file.type });
}
