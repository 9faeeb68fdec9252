import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Instant, Temporal } from '@cairn/kernel/time';

/** Time that is taken, in minutes since 1970-01-01T00:00Z; `until` is free again. */
export interface BusySpan {
  readonly from: number;
  readonly until: number;
}

/** How far ahead busy times are kept. */
export const MONTHS_AHEAD = 12;

/** Calendars that one person may give; more would be somebody else's. */
export const MOST_SOURCES = 20;

const MINUTE_MS = 60_000;

/** Busy times as they are stored: pairs of minutes, sorted and merged, begun minutes counted whole. */
export function toPairs(
  busy: readonly { readonly from: Instant; readonly until: Instant }[],
): number[] {
  return mergeBusy(
    busy.map(({ from, until }) => ({
      from: Math.floor(from.epochMilliseconds / MINUTE_MS),
      until: Math.ceil(until.epochMilliseconds / MINUTE_MS),
    })),
  ).flatMap(({ from, until }) => [from, until]);
}

/** The spans of stored pairs that meet a stretch of time, as they are stored. */
export function fromPairs(pairs: readonly number[], between: BusySpan): BusySpan[] {
  const spans: BusySpan[] = [];
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const [from = 0, until = 0] = [pairs[at], pairs[at + 1]];
    if (from < between.until && until > between.from) spans.push({ from, until });
  }
  return spans;
}

/** Spans in order, those that touch joined, empty ones left out. */
export function mergeBusy(spans: readonly BusySpan[]): BusySpan[] {
  const merged: { from: number; until: number }[] = [];
  const sorted = spans
    .filter(({ from, until }) => from < until)
    .toSorted((one, other) => one.from - other.from);
  for (const { from, until } of sorted) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last.until) last.until = Math.max(last.until, until);
    else merged.push({ from, until });
  }
  return merged;
}

/** Hours that stored pairs cover, to the next whole one. */
export const hoursIn = (pairs: readonly number[]): number =>
  Math.ceil(pairs.reduce((sum, minute, at) => sum + (at % 2 === 0 ? -minute : minute), 0) / 60);

export const minuteOfInstant = (instant: Instant): number =>
  Math.floor(instant.epochMilliseconds / MINUTE_MS);

export const instantOfMinute = (minute: number): Instant =>
  Temporal.Instant.fromEpochMilliseconds(minute * MINUTE_MS);

/** Refuses what is a web page: what one copies from a browser's address bar instead of the calendar's. */
export function notAPage(text: string, contentType: string): Result<void, Problem> {
  const isPage =
    contentType === 'text/html' || /^\s*(<!doctype html|<html)/i.test(text.slice(0, 500));
  return isPage
    ? fail(
        problem(
          'web-page',
          'This is a web page, not a calendar. Look in your calendar program for “iCal”, “ICS” or “secret address”, or download the .ics file and give that.',
        ),
      )
    : ok(undefined);
}
