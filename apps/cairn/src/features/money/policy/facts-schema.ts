import { amountText, type Currency, parseAmount } from '@cairn/kernel/money';
import { parseDate } from '@cairn/kernel/time';
import { z } from 'zod';
import type { Category } from '../category-rules.ts';
import { type FactField, factsAsked } from './facts-rules.ts';
import type { Facts, FactValue, FlightLeg, PolicyContent } from './policy-rules.ts';

/** Longest answer in words. */
const LONGEST = 1000;
const MOST_LEGS = 20;

/**
 * Parses what was said of a cost: an object of texts as a form posts them, or the values themselves as the API gives
 * them. What nobody asked for is dropped, what is empty left out, and what is needed and missing is a sentence at its
 * key. `currency` is that of the slip, in which amounts are typed.
 */
export const factsSchema = (
  policy: PolicyContent | undefined,
  category: Category,
  currency: Currency,
): z.ZodType<Facts> =>
  z
    .record(z.string(), z.unknown(), 'write what is asked as a group of keys')
    .transform((typed, context) => {
      const facts: Record<string, FactValue> = {};
      for (const field of factsAsked(policy, category)) {
        const said = typed[field.key];
        const isEmpty =
          said === undefined || said === null || (typeof said === 'string' && said.trim() === '');
        if (isEmpty) {
          if (field.isRequired) {
            const message = `Fill in “${field.label}”. ${field.hint}`;
            context.addIssue({ code: 'custom', message, path: [field.key] });
          }
          continue;
        }
        const read = readFact(field, said, currency);
        if (typeof read === 'object' && 'wrong' in read) {
          context.addIssue({ code: 'custom', message: read.wrong, path: [field.key] });
        } else {
          facts[field.key] = read;
        }
      }
      return facts;
    });

interface Wrong {
  readonly wrong: string;
}

function readFact(field: FactField, said: unknown, currency: Currency): FactValue | Wrong {
  const text = typeof said === 'string' || typeof said === 'number' ? String(said).trim() : '';
  switch (field.kind) {
    case 'number':
      return /^\d{1,6}([.,]\d)?$/.test(text)
        ? text.replace(',', '.')
        : { wrong: `Write “${field.label}” as a number, such as 3 or 12.5.` };
    case 'money': {
      const read = parseAmount(text, currency);
      if (!read.ok) return { wrong: read.error.sentence };
      return read.value < 0
        ? { wrong: `Write “${field.label}” without a minus.` }
        : amountText(read.value, currency);
    }
    case 'yes_no':
      if (said === true || ['yes', 'true'].includes(text)) return true;
      if (said === false || ['no', 'false'].includes(text)) return false;
      return { wrong: `Answer “${field.label}” with yes or no.` };
    case 'choice':
      return field.options?.some(({ value }) => value === text)
        ? text
        : { wrong: `Choose one of the answers to “${field.label}”.` };
    case 'day': {
      const read = parseDate(text);
      return read.ok ? text : { wrong: read.error.sentence };
    }
    case 'legs':
      return readLegs(said);
    case 'text':
      return text.length > LONGEST
        ? { wrong: `Write at most ${LONGEST} characters.` }
        : text === ''
          ? { wrong: `Write “${field.label}” in words.` }
          : text;
  }
}

const SAY_LEG = 'write it as day, from, to and flight number, such as 2023-05-21 SEA LHR UA123.';

/** Flights, one on a line, or as a list of objects. */
function readLegs(said: unknown): readonly FlightLeg[] | Wrong {
  const rows = Array.isArray(said)
    ? said.map(legLine)
    : String(said)
        .split(/\r?\n/)
        .map((row) => row.trim())
        .filter((row) => row !== '');
  if (rows.length > MOST_LEGS) return { wrong: `Write at most ${MOST_LEGS} flights.` };
  const legs: FlightLeg[] = [];
  for (const [index, row] of rows.entries()) {
    const leg = readLeg(row.slice(0, 300));
    if (leg === undefined) return { wrong: `Flight ${index + 1} cannot be read; ${SAY_LEG}` };
    const day = parseDate(leg.on);
    if (!day.ok) return { wrong: `Flight ${index + 1}: ${day.error.sentence}` };
    legs.push(leg);
  }
  return legs;
}

const legLine = (said: unknown): string => {
  if (typeof said !== 'object' || said === null) return '';
  const { on, from, to, flight } = said as Readonly<Record<string, unknown>>; // checked as a line is
  return [on, from, '→', to, flight].map((part) => String(part ?? '')).join(' ');
};

/** Day first, flight number last, places between them: one word each, or with an arrow between. */
function readLeg(row: string): FlightLeg | undefined {
  const [on = '', ...rest] = row.split(/[\s,;]+/).filter((part) => part !== '');
  // `UA 951` is written as carriers write it: `UA951`.
  const isApart = /^\d{1,4}[A-Za-z]?$/.test(rest.at(-1) ?? '');
  const flight = rest
    .splice(isApart ? -2 : -1)
    .join('')
    .toUpperCase();
  const arrow = rest.findIndex((part) => /^(→|->|>|–|-|to)$/i.test(part));
  const [from, to] =
    arrow > 0
      ? [rest.slice(0, arrow).join(' '), rest.slice(arrow + 1).join(' ')]
      : rest.length === 2
        ? rest
        : [];
  const isFlight = /^[A-Z0-9]{2}\d{1,4}[A-Z]?$/.test(flight);
  return isFlight && from && to ? { on, from, to, flight } : undefined;
}

/** Flights as the form has them, one on a line. */
const legsText = (legs: readonly FlightLeg[]): string =>
  legs.map(({ on, from, to, flight }) => `${on} ${from} → ${to} ${flight}`).join('\n');

/** What was said of a cost, as the texts of its form. */
export const factsAsTyped = (facts: Facts): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(facts).map(([key, value]) => [
      key,
      typeof value === 'boolean'
        ? value
          ? 'yes'
          : 'no'
        : typeof value === 'object'
          ? legsText(value)
          : String(value),
    ]),
  );
