import { sumOf } from '@cairn/kernel/money';
import { expectOk } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import type { SeatKind } from '../../people/invitations/invitation-rules.ts';
import type { Meal } from '../../timetable/frame/frame-rules.ts';
import { mealKey } from '../../timetable/meals/meal-rules.ts';
import { grantedNights, nightsBetween, type Stay, type SummitDates } from '../stays/stay-rules.ts';
import {
  type Coming,
  type KnownPart,
  meanOf,
  modelledPart,
  NOTHING_KNOWN,
  PARTS,
  type Part,
  type PartCost,
  partCost,
  type Range,
  type SeatCostModel,
  scaled,
} from './cost-rules.ts';
import { type Party, type Runs, runsOf, type Spread } from './spread-rules.ts';

/** Somebody who has a seat, is offered one, or waits. Amounts are in the model's currency. */
export interface CostPerson {
  readonly personId: string;
  readonly place: 'seated' | 'offered' | 'waiting';
  readonly seatKind: SeatKind;
  /** What they said of their stay; undefined where they said nothing. */
  readonly stay: Stay | undefined;
  readonly known: Readonly<Partial<Record<Part, KnownPart>>>;
  /** They have said that nothing more comes. */
  readonly isDone: boolean;
  /** Which lines may pay each part: bits by the place of the line. */
  readonly lines: Readonly<Record<Part, number>>;
  /** The line that has set aside most of a part, by its place; missing: none has. */
  readonly gives: Readonly<Partial<Record<Part, number>>>;
  /** What the lines that may pay for them pay at most for one person; undefined where one has no ceiling. */
  readonly ceiling: number | undefined;
}

/** All that the cost of seats is made of. */
export interface CostFacts {
  readonly model: SeatCostModel;
  readonly days: SummitDates;
  /** Meals that are provided: `2023-05-22 lunch`. */
  readonly provided: ReadonlySet<string>;
  /** What each line has left to give, by its place, less what was claimed of it for nobody here. */
  readonly left: readonly number[];
  readonly people: readonly CostPerson[];
  /** Which lines may pay for somebody of whom nothing is known but that the seat is funded. */
  readonly anybody: Readonly<Record<Part, number>>;
}

/** What might be otherwise. */
export interface WhatIf {
  /** Lodging, and fares, cost so many percent more; below zero, less. */
  readonly lodgingPercent: number;
  readonly faresPercent: number;
  /** The summit ends so many days earlier. */
  readonly fewerDays: number;
}

export const AS_PLANNED: WhatIf = { lodgingPercent: 0, faresPercent: 0, fewerDays: 0 };

const shifted = (date: string, days: number): string =>
  expectOk(parseDate(date)).add({ days }).toString();

/** The days of the summit if it ended so many days earlier; one night is left at least. */
function shortened(days: SummitDates, fewerDays: number): SummitDates {
  const nights = nightsBetween(days.arrival, days.departure).length;
  const cut = Math.max(0, Math.min(fewerDays, nights - 1));
  const end = shifted(days.end, -cut);
  return {
    ...days,
    departure: shifted(days.departure, -cut),
    end: end < days.start ? days.start : end,
  };
}

/** Nights and meals of somebody that the grant may be asked to pay, as far as it is known. */
export function comingOf(
  stay: Stay | undefined,
  days: SummitDates,
  provided: ReadonlySet<string>,
): Coming {
  const nights =
    stay === undefined
      ? nightsBetween(days.arrival, days.departure)
      : grantedNights({ ...stay, room: 'shared' }, days);
  return {
    country: stay?.fromCountry ?? null,
    airport: stay?.fromAirport ?? null,
    nights: nights.length,
    room:
      stay?.room === 'own'
        ? 'own'
        : stay?.room === 'single' && stay.singleState === 'agreed'
          ? 'single'
          : 'shared',
    meals: mealsOf(nights, provided),
  };
}

/** A night comes with the dinner before it and the breakfast after it; lunches lie between two nights. */
function mealsOf(
  nights: readonly string[],
  provided: ReadonlySet<string>,
): Readonly<Record<Meal, number>> {
  const own = (dates: readonly string[], meal: Meal): number =>
    dates.filter((date) => !provided.has(mealKey(date, meal))).length;
  const mornings = nights.map((night) => shifted(night, 1));
  return {
    breakfast: own(mornings, 'breakfast'),
    lunch: own(
      mornings.filter((morning) => nights.includes(morning)),
      'lunch',
    ),
    dinner: own(nights, 'dinner'),
  };
}

/** The percent of a part's cost that is left of it in another case, as far as it is not spent yet. */
function changeOf(part: Part, whatIf: WhatIf, nights: number, asPlanned: number): number {
  const stayed = asPlanned === 0 ? 100 : (100 * nights) / asPlanned;
  switch (part) {
    case 'travel':
      return 100 + whatIf.faresPercent;
    case 'lodging':
      return ((100 + whatIf.lodgingPercent) * stayed) / 100;
    case 'meals':
      return stayed;
    case 'other':
      return 100;
  }
}

/** The parts of what somebody costs in the end, paid by lines or not. */
export function partsOf(
  facts: Pick<CostFacts, 'model' | 'days' | 'provided'>,
  person: Pick<CostPerson, 'stay' | 'known' | 'isDone'>,
  whatIf: WhatIf = AS_PLANNED,
): readonly PartCost[] {
  const { model, days, provided } = facts;
  const planned = comingOf(person.stay, days, provided);
  const coming = comingOf(person.stay, shortened(days, whatIf.fewerDays), provided);
  return PARTS.map((part) => {
    const known = person.known[part] ?? NOTHING_KNOWN;
    const isModelled = known.cap === 0 && known.estimate === 0;
    // Guesses follow from the days; what was decided for all of them shrinks and grows with them.
    const guess = modelledPart(model, coming, part);
    const prices = changeOf(part, whatIf, coming.nights, coming.nights);
    const cost = partCost(model, part, scaled(guess, prices), known, person.isDone);
    if (isModelled || person.isDone) return cost;
    const change = changeOf(part, whatIf, coming.nights, planned.nights);
    return { ...cost, range: beyondSpent(cost, change) };
  });
}

/** What is spent stays; the rest changes by so many percent. */
function beyondSpent({ range, spent }: PartCost, percent: number): Range {
  const rest = { low: range.low - spent, likely: range.likely - spent, high: range.high - spent };
  const { low, likely, high } = scaled(rest, percent);
  return { low: low + spent, likely: likely + spent, high: high + spent };
}

/** Somebody's cost, ready to be drawn. Lines pay for funded seats only. */
export const partyOf = (facts: CostFacts, person: CostPerson, whatIf: WhatIf): Party => ({
  key: person.personId,
  ceiling: person.ceiling,
  draws: partsOf(facts, person, whatIf).map((cost) => ({
    ...cost,
    lines: person.seatKind === 'funded' ? person.lines[cost.part] : 0,
    gives: person.gives[cost.part],
  })),
});

/**
 * Somebody of whom nothing is known, the `index`th of them: from where the others come, at least as near as the
 * nearest of them, at most as far as the farthest.
 */
function anybodyOf(facts: CostFacts, index: number, whatIf: WhatIf): Party {
  const stranger: CostPerson = {
    personId: `anybody ${index}`,
    place: 'waiting',
    seatKind: 'funded',
    stay: undefined,
    known: {},
    isDone: false,
    lines: facts.anybody,
    gives: {},
    ceiling: undefined,
  };
  const party = partyOf(facts, stranger, whatIf);
  const fares = facts.people
    .filter(({ seatKind, stay }) => seatKind === 'funded' && stay !== undefined)
    .map(({ stay }) =>
      modelledPart(facts.model, comingOf(stay, facts.days, facts.provided), 'travel'),
    );
  if (fares.length === 0) return party;
  const fare = scaled(
    {
      low: Math.min(...fares.map(({ low }) => low)),
      likely: Math.round(sumOf(fares.map(({ likely }) => likely)) / fares.length),
      high: Math.max(...fares.map(({ high }) => high)),
    },
    100 + whatIf.faresPercent,
  );
  return {
    ...party,
    draws: party.draws.map((draw) => (draw.part === 'travel' ? { ...draw, range: fare } : draw)),
  };
}

/** The draws of all who have a seat or are offered one. */
export function seatedRuns(facts: CostFacts, count: number, whatIf: WhatIf = AS_PLANNED): Runs {
  const runs = runsOf(facts.left, count, facts.model.seed);
  for (const person of facts.people) {
    if (person.place !== 'waiting') runs.add(partyOf(facts, person, whatIf));
  }
  return runs;
}

/** What one more seat would cost, and whether the lines carry it besides all before it. */
export interface SeatOutlook {
  /** How many funded and other seats there are with it. */
  readonly seats: number;
  /** Who waits for it; undefined for somebody of whom nothing is known. */
  readonly person: CostPerson | undefined;
  readonly expected: number;
  /** In how many draws the lines carry all: 0 to 1. */
  readonly carried: number;
}

/** What may become of the costs of seats. */
export interface Forecast {
  /** With those who are seated or offered a seat. */
  readonly spread: Spread;
  /** One seat after another, first for those who wait, in their order. */
  readonly more: readonly SeatOutlook[];
}

/** Looks at what seats cost, and so many more of them. */
export function forecast(
  facts: CostFacts,
  whatIf: WhatIf,
  { seats, draws }: { readonly seats: number; readonly draws: number },
): Forecast {
  const runs = seatedRuns(facts, draws, whatIf);
  const spread = runs.spread();
  const taken = facts.people.filter(({ place }) => place !== 'waiting').length;
  const waiting = facts.people.filter(({ place }) => place === 'waiting');
  const more: SeatOutlook[] = [];
  for (let index = 0; index < seats; index += 1) {
    const person = waiting[index];
    const party =
      person === undefined ? anybodyOf(facts, index, whatIf) : partyOf(facts, person, whatIf);
    runs.add(party);
    more.push({
      seats: taken + index + 1,
      person,
      expected: sumOf(
        party.draws.filter(({ lines }) => lines !== 0).map(({ range }) => meanOf(range)),
      ),
      carried: runs.spread().carried,
    });
  }
  return { spread, more };
}
