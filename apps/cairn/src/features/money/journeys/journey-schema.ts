import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { z } from 'zod';
import { none, wall } from '../../../platform/http/fields.ts';
import { formProblems } from '../../../platform/http/form.ts';
import { type Typed, textIn } from '../typed-rules.ts';
import { DIRECTIONS, type Direction, journeyProblems, type Leg, MODES } from './journey-rules.ts';

/** Legs in one direction: more than anybody has. */
export const MOST_LEGS = 8;

const words = (most: number) =>
  z
    .string()
    .overwrite((text) => text.replace(/\s*[\r\n]\s*/g, ' '))
    .trim()
    .max(most, `Shorten this to ${most} characters.`)
    .default('');
const place = words(120).refine(
  (text) => text !== '',
  'Write a place: a city, or an airport such as SEA.',
);

/** One leg, as a form or a program says it. */
const legFields = z.object({
  mode: z.enum(MODES, 'Choose how.').default('air'),
  from_place: place,
  to_place: place,
  carrier: words(60),
  number: words(20),
  departs_at: z.union([none, wall]).default(null),
  arrives_at: z.union([none, wall]).default(null),
  note: words(300),
});

export const LEG_FIELDS = [
  ...['mode', 'from_place', 'to_place', 'carrier', 'number', 'departs_at', 'arrives_at', 'note'],
] as const;

/** Whether anything was typed for a leg; how it goes is always chosen. */
const isEmpty = (typed: Typed, at: string): boolean =>
  LEG_FIELDS.every((field) => field === 'mode' || textIn(typed, `${at}_${field}`).trim() === '');

/** Where the fields of a leg stand: `there_0`. */
export const placeOf = (direction: Direction, index: number): string => `${direction}_${index}`;

const asLeg = (
  read: z.output<typeof legFields>,
  direction: Direction,
  wantsRide: boolean,
): Leg => ({
  direction,
  mode: read.mode,
  fromPlace: read.from_place,
  toPlace: read.to_place,
  carrier: read.carrier,
  number: read.number,
  departsAt: read.departs_at,
  arrivesAt: read.arrives_at,
  wantsRide,
  note: read.note,
});

/** Reads the form of a journey; legs of which nothing was typed are none. */
export function readJourney(typed: Typed): Result<readonly Leg[], readonly Problem[]> {
  const problems: Problem[] = [];
  const legs: (Leg & { readonly at: string })[] = [];
  for (const direction of DIRECTIONS) {
    const wants = textIn(typed, `ride_${direction}`) === 'yes';
    for (let index = 0; index < MOST_LEGS; index++) {
      const at = placeOf(direction, index);
      if (isEmpty(typed, at)) continue;
      const own = Object.fromEntries(
        LEG_FIELDS.map((field) => [field, typed[`${at}_${field}`] ?? undefined]),
      );
      const read = legFields.safeParse(own);
      if (read.success) legs.push({ ...asLeg(read.data, direction, wants), at });
      else {
        for (const { code, sentence, place } of formProblems(read.error)) {
          problems.push(problem(code, sentence, { path: `${at}_${place.path ?? ''}` }));
        }
      }
    }
  }
  if (problems.length === 0) problems.push(...journeyProblems(legs));
  return problems.length > 0 ? fail(problems) : ok(legs.map(({ at: _, ...leg }) => leg));
}

/** A journey as the fields of its form. */
export function journeyAsTyped(legs: readonly Leg[]): Typed {
  const typed: Record<string, string> = {};
  for (const direction of DIRECTIONS) {
    const way = legs.filter((leg) => leg.direction === direction);
    if (way.some(({ wantsRide }) => wantsRide)) typed[`ride_${direction}`] = 'yes';
    for (const [index, leg] of way.entries()) {
      const at = placeOf(direction, index);
      typed[`${at}_mode`] = leg.mode;
      typed[`${at}_from_place`] = leg.fromPlace;
      typed[`${at}_to_place`] = leg.toPlace;
      typed[`${at}_carrier`] = leg.carrier;
      typed[`${at}_number`] = leg.number;
      typed[`${at}_departs_at`] = leg.departsAt ?? '';
      typed[`${at}_arrives_at`] = leg.arrivesAt ?? '';
      typed[`${at}_note`] = leg.note;
    }
  }
  return typed;
}

/** What organisers look at, as an address says it; what does not fit is as it usually is. */
export const listQuery = z.object({
  direction: z.enum(DIRECTIONS).catch('there'),
  minutes: z.coerce.number().int().min(0).max(600).catch(45),
  seats: z.coerce.number().int().min(1).max(60).catch(4),
});
