import { type Problem, problem } from '@cairn/kernel/problem';
import { expectOk } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';

export const MODES = ['air', 'rail', 'road', 'sea'] as const;
export type Mode = (typeof MODES)[number];
export const MODE_WORDS: Readonly<Record<Mode, string>> = {
  air: 'Flight',
  rail: 'Train',
  road: 'Car or coach',
  sea: 'Ship',
};
export const DIRECTIONS = ['there', 'back'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** A part of the way; its times are local times of its two places, `2023-05-21T14:05`. */
export interface Leg {
  readonly direction: Direction;
  readonly mode: Mode;
  readonly fromPlace: string;
  readonly toPlace: string;
  /** Airline or railway. */
  readonly carrier: string;
  /** Of the flight or train. */
  readonly number: string;
  readonly departsAt: string | null;
  readonly arrivesAt: string | null;
  /** On the last leg there and the first one back: would share a ride between here and the place. */
  readonly wantsRide: boolean;
  readonly note: string;
}

/** The legs of one direction, in order. */
export const legsOf = <L extends Leg>(legs: readonly L[], direction: Direction): readonly L[] =>
  legs.filter((leg) => leg.direction === direction);

/** The leg that touches the summit: the last one there, the first one back. */
export const nearLeg = <L extends Leg>(legs: readonly L[], direction: Direction): L | undefined =>
  legsOf(legs, direction).at(direction === 'there' ? -1 : 0);

/** When somebody is at the airport or station near the summit, in its local time; null where they have not said. */
export const nearMoment = (leg: Leg): string | null =>
  leg.direction === 'there' ? leg.arrivesAt : leg.departsAt;

/** Where that is. */
export const nearPlace = (leg: Leg): string =>
  leg.direction === 'there' ? leg.toPlace : leg.fromPlace;

const dayBefore = (wall: string): string =>
  expectOk(parseDate(wall.slice(0, 10)))
    .subtract({ days: 1 })
    .toString();

/**
 * What cannot be of a journey, at the fields of its form. Clocks of two places are not compared but for whole days;
 * where one changes, they are those of the same place.
 */
export function journeyProblems(legs: readonly (Leg & { readonly at: string })[]): Problem[] {
  const wrong = (at: string, field: string, sentence: string) =>
    problem('bad-journey', sentence, { path: `${at}_${field}` });
  return DIRECTIONS.flatMap((direction) => {
    const way = legsOf(legs, direction);
    return way.flatMap((leg, index) => {
      const before = way[index - 1];
      const { departsAt, arrivesAt, at } = leg;
      return [
        // Who flies east over the date line arrives a day earlier than they left, and no earlier than that.
        ...(departsAt !== null &&
        arrivesAt !== null &&
        arrivesAt.slice(0, 10) < dayBefore(departsAt)
          ? [
              wrong(
                at,
                'arrives_at',
                'This arrival is days before its departure; mend one of them.',
              ),
            ]
          : []),
        ...(before?.arrivesAt != null && departsAt !== null && departsAt < before.arrivesAt
          ? [
              wrong(
                at,
                'departs_at',
                'This departure is before the arrival of the leg above, in the same place; mend one of them.',
              ),
            ]
          : []),
      ];
    });
  });
}

/** What a journey says of the days of a stay, where it says something. */
export interface DaysOfJourney {
  readonly arrivesOn: string | null;
  readonly arrivesAt: string | null;
  readonly leavesOn: string | null;
  readonly leavesAt: string | null;
}

/** The days that follow from a journey: arrival near the summit, and departure from there. */
export function daysOfJourney(legs: readonly Leg[]): DaysOfJourney {
  const [there, back] = [nearLeg(legs, 'there'), nearLeg(legs, 'back')];
  const arrival = there === undefined ? null : nearMoment(there);
  const departure = back === undefined ? null : nearMoment(back);
  return {
    arrivesOn: arrival?.slice(0, 10) ?? null,
    arrivesAt: arrival?.slice(11) ?? null,
    leavesOn: departure?.slice(0, 10) ?? null,
    leavesAt: departure?.slice(11) ?? null,
  };
}
