import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { typesetHandout } from '@cairn/typeset/handout';
import { beforeAll, describe, expect, test } from 'vitest';
import { pdfText } from '../../../../../tests/pdf-text.ts';
import { seedDefinition } from '../../../../../tests/summit.ts';
import { inWords } from '../summits/facts.ts';
import type { SummitDefinition } from '../summits/schema.ts';
import { type LeafValue, leavesOf } from '../summits/stable-path.ts';
import { announcement } from './announcement-rules.ts';
import { handout } from './handout-rules.ts';

/**
 * Every date, count, name and text of the seeds' summit is changed; then everything new must stand
 * in the documents, and nothing old.
 */

/** Handles and rules, not facts; and what is for participants or organisers only. */
const UNTOLD =
  /(?:^cairn|^slug|^zone|\.?key|\.kind|^series\..*|\.meal|\.url|\.link|\.status|\.recordings|\.notes_from_\w+|\.(?:least|most)|\.minutes|\.before|\.after|\.steps\[.*|^invitations\..*|^lodging\.nights|^planning_meetings\.tracks\[.*|\.rule\..*)$/;
const COUNTS = new Map([
  ['seats.planned', 60],
  ['seats.ceiling', 70],
  ['dates.lead_months', 8],
]);
const ONLY_IN_HANDOUT = /^(?:full_title|organisation|phases\[.*)$/;
const ONLY_IN_ANNOUNCEMENT = /^(?:title|venue\.country)$/;
/** Not told where the organisers' own text says it. */
const SPARE = /^meals\.plan\[.*/;

/** “The summit” is also how the documents begin a sentence of their own. */
const TITLE_IN_FIXED_WORDS = 'phases[summit].title';

const DAY = /^\d{4}-\d\d-\d\d$/;

/** Other letters and digits in the same places; what stands in braces is filled in later. */
const inOtherWords = (text: string): string =>
  text.replace(/\{[^}]*\}|[a-z]|[A-Z]|\d/g, (sign) => {
    if (sign.length > 1) return sign;
    if (/\d/.test(sign)) return String((Number(sign) + 3) % 10);
    const first = sign < 'a' ? 65 : 97;
    return String.fromCharCode(first + ((sign.charCodeAt(0) - first + 7) % 26));
  });

/** Another year, month and day, none of which the old dates had. */
const laterDay = (day: string): string =>
  Temporal.PlainDate.from(day).add({ years: 4, months: 6 }).subtract({ days: 10 }).toString();
/** A window of whole months stays one. */
const laterMonthEdge = (day: string): string =>
  Temporal.PlainDate.from(day).add({ years: 4, months: 6 }).toString();
const laterMonth = (month: string): string =>
  Temporal.PlainYearMonth.from(month).add({ years: 4, months: 6 }).toString();

function otherwise(value: unknown, path = ''): unknown {
  if (Array.isArray(value)) return value.map((row) => otherwise(row, `${path}[]`));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [
        name,
        otherwise(inner, path === '' ? name : `${path}.${name}`),
      ]),
    );
  }
  if (COUNTS.has(path)) return COUNTS.get(path);
  if (path === 'planning_meetings.list[].month') return laterMonth(String(value));
  if (path === 'zone') return 'Asia/Tokyo';
  if (typeof value !== 'string') return value;
  if (DAY.test(value))
    return path.startsWith('dates.window') ? laterMonthEdge(value) : laterDay(value);
  return UNTOLD.test(path) ? value : inOtherWords(value);
}

/** The seeds' summit with longer days as well, so that days and nights are others too. */
function changed(before: SummitDefinition): SummitDefinition {
  // Made of the same definition, value for value.
  const after = otherwise(before) as SummitDefinition;
  const departure = Temporal.PlainDate.from(after.dates.departure).add({ days: 3 }).toString();
  const end = Temporal.PlainDate.from(after.dates.end).add({ days: 3 }).toString();
  return { ...after, dates: { ...after.dates, end, departure } };
}

const squashed = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '');

/** The ways in which a value is written in a document. */
function waysOf({ path, value }: LeafValue): string[] {
  if (COUNTS.has(path)) return [String(value), inWords(Number(value))];
  const text = String(value);
  if (DAY.test(text)) {
    const day = Temporal.PlainDate.from(text);
    const short = (month: 'long' | 'short') =>
      day.toLocaleString('en-GB', { day: 'numeric', month });
    return [text, short('long'), short('short'), `${day.day}–`];
  }
  if (/^\d{4}-\d\d$/.test(text)) {
    const month = Temporal.PlainYearMonth.from(text).toPlainDate({ day: 1 });
    return [month.toLocaleString('en-GB', { month: 'long', year: 'numeric' })];
  }
  return [text];
}

/** A window of whole months is told by its months. */
const monthOf = (day: string): string =>
  Temporal.PlainDate.from(day).toLocaleString('en-GB', { month: 'long' });

describe('when everything in a definition changes', () => {
  const before = seedDefinition();
  const after = changed(before);
  const edition = { page: 'https://cairn.example.org/s/other', isDraft: false };
  const documents: Record<'announcement' | 'handout', string> = { announcement: '', handout: '' };

  beforeAll(async () => {
    documents.announcement = announcement(after);
    documents.handout = await pdfText(expectOk(typesetHandout(handout(after, edition))));
  });

  const told = leavesOf(before).filter(
    ({ path, value }) =>
      (typeof value === 'string' || COUNTS.has(path)) && !UNTOLD.test(path) && value !== '',
  );
  const newValues = new Map(leavesOf(after).map(({ path, value }) => [path, value]));
  /** The stretches of a text between its facts that are too long to stand there by chance. */
  const filled = (text: string): string[] =>
    text.includes('{')
      ? text.split(/\{[^}]*\}/).filter((part) => squashed(part).length > 24)
      : [text];
  /** A page may end in the middle of a text, and the next margin come first. */
  const wordsOf = (text: string): string[] =>
    text
      .replace(/\{[^}]*\}/g, ' ')
      .split(/\s+/)
      .map(squashed);

  test('the summit really is another one, in many places', () => {
    expect(told.length).toBeGreaterThan(80);
    expect(told.filter(({ path, value }) => newValues.get(path) === value)).toEqual([]);
  });

  test.each(['announcement', 'handout'] as const)('nothing old is left in the %s', (name) => {
    const text = squashed(documents[name]);
    const left = told.filter(({ path, value }) => {
      if (COUNTS.has(path) || DAY.test(String(value))) return false;
      if (path === TITLE_IN_FIXED_WORDS) return false;
      return filled(String(value)).some((part) => text.includes(squashed(part)));
    });
    expect(left).toEqual([]);
    // Of counts and dates: each by itself would be found inside another number.
    const oldNumbers =
      /\b(?:40|forty|50|five|six|four|2023|22|26|21|27|May|February|April|June|Jan|January|Feb|Los)\b/g;
    expect(documents[name].match(oldNumbers) ?? []).toEqual([]);
  });

  test.each(['announcement', 'handout'] as const)('everything new is in the %s', (name) => {
    const text = squashed(documents[name]);
    const elsewhere = name === 'announcement' ? ONLY_IN_HANDOUT : ONLY_IN_ANNOUNCEMENT;
    const missing = told.filter(({ path }) => {
      if (elsewhere.test(path) || SPARE.test(path)) return false;
      const value = newValues.get(path) ?? '';
      if (path.startsWith('dates.window')) return !text.includes(monthOf(String(value)));
      return !waysOf({ path, value }).some((way) =>
        wordsOf(way).every((word) => text.includes(word)),
      );
    });
    expect(missing).toEqual([]);
  });
});
