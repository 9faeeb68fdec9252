import { expectOk } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import type { SummitDefinition } from '../../summits/schema.ts';

/** The days of a summit, as its definition has them. */
export type SummitDates = Pick<
  SummitDefinition['dates'],
  'arrival' | 'start' | 'end' | 'departure'
>;

export const PAYERS = ['grant', 'self', 'sponsor'] as const;
/** Who pays nights outside of the summit's. */
export type Payer = (typeof PAYERS)[number];
export const ROOMS = ['shared', 'single', 'own'] as const;
/** `shared`: would share; `single`: asks for a room alone; `own`: sleeps elsewhere. */
export type RoomKind = (typeof ROOMS)[number];
export const GROUPS = ['anyone', 'women', 'men'] as const;
/** People share only with those who say the same. */
export type SharingGroup = (typeof GROUPS)[number];
export const HABITS = ['early', 'late', 'snores', 'light_sleeper'] as const;
export type Habit = (typeof HABITS)[number];
/** How far a request is: never made, waiting for organisers, or answered. */
export type AskedState = 'none' | 'asked' | 'agreed' | 'declined';

/** From when to when somebody stays, and from where; what treasurers and organisers may see. */
export interface Stay {
  readonly personId: string;
  /** Whether they said something about their stay, besides their days. */
  readonly hasSaid: boolean;
  readonly fromCity: string;
  /** ISO 3166 in two letters. */
  readonly fromCountry: string | null;
  /** IATA in three letters. */
  readonly fromAirport: string | null;
  /** ISO day; the same as their presence in the timetable. Null where they have not said. */
  readonly arrivesOn: string | null;
  readonly leavesOn: string | null;
  /** Takes part from afar, and sleeps at home. */
  readonly isRemote: boolean;
  readonly extraReason: string;
  readonly extraPaidBy: Payer | null;
  readonly extraState: AskedState;
  readonly extraAnswer: string;
  /** The nights that were asked for when `extraState` was said. */
  readonly extraNights: readonly string[];
  readonly room: RoomKind;
  readonly singleState: AskedState;
  readonly revision: number;
}

/** What organisers know besides, who give out the rooms. Treasurers have no need of it. */
export interface HostedStay extends Stay {
  readonly name: string;
  readonly singleReason: string;
  readonly singleAnswer: string;
  readonly sharesWith: SharingGroup;
  readonly note: string;
}

/** What somebody said of their own stay. */
export interface OwnStay extends Omit<HostedStay, 'name'> {
  readonly habits: readonly Habit[];
}

const nextDay = (date: string, days = 1): string =>
  expectOk(parseDate(date)).add({ days }).toString();

/** The nights from one day to another, each named by the day on which it begins; none where one is unknown. */
export function nightsBetween(from: string | null, until: string | null): readonly string[] {
  const nights: string[] = [];
  if (from === null || until === null) return nights;
  for (let date = from; date < until && nights.length < 366; date = nextDay(date)) {
    nights.push(date);
  }
  return nights;
}

/** The nights of a stay, each named by the day on which it begins: arriving on Sunday, leaving on Tuesday are two. */
export const nightsOf = ({
  arrivesOn,
  leavesOn,
}: Pick<Stay, 'arrivesOn' | 'leavesOn'>): readonly string[] => nightsBetween(arrivesOn, leavesOn);

/** The nights that the summit itself has: from the day of arrival to that of departure. */
export const summitNights = ({ arrival, departure }: SummitDates): readonly string[] =>
  nightsBetween(arrival, departure);

/** The nights somebody is expected for: what they said, and the summit's days where they did not. */
export const expectedNights = (
  stay: Pick<Stay, 'arrivesOn' | 'leavesOn'> | undefined,
  dates: SummitDates,
): readonly string[] =>
  nightsBetween(stay?.arrivesOn ?? dates.arrival, stay?.leavesOn ?? dates.departure);

/** How somebody's nights outside of the summit's stand. */
export interface ExtraNights {
  readonly nights: readonly string[];
  /**
   * `none`: there are none. `unsaid`: nobody was asked about (all of) them yet. `own`: paid by themselves or a
   * sponsor. Otherwise the grant was asked for them.
   */
  readonly state: 'none' | 'unsaid' | 'own' | Exclude<AskedState, 'none'>;
  /** Those of them that the grant pays. */
  readonly granted: readonly string[];
}

/**
 * Nights before and after the summit's. An agreement holds for the nights it was given for: whoever comes still
 * earlier later asks once more, and whoever shortens the stay keeps the rest.
 */
export function extraNightsOf(stay: Stay, dates: SummitDates): ExtraNights {
  const usual = new Set(summitNights(dates));
  const nights = expectedNights(stay, dates).filter((night) => !usual.has(night));
  if (nights.length === 0) return { nights, state: 'none', granted: [] };
  if (stay.extraPaidBy === null) return { nights, state: 'unsaid', granted: [] };
  if (stay.extraPaidBy !== 'grant') return { nights, state: 'own', granted: [] };
  const asked = new Set(stay.extraNights);
  const granted = stay.extraState === 'agreed' ? nights.filter((night) => asked.has(night)) : [];
  const isCovered = nights.every((night) => asked.has(night));
  if (!isCovered || stay.extraState === 'none') return { nights, state: 'unsaid', granted };
  return { nights, state: stay.extraState, granted };
}

/** The nights that the grant may be asked to pay for: the summit's, and those that were agreed besides. */
export function grantedNights(stay: Stay, dates: SummitDates): readonly string[] {
  if (stay.room === 'own' || stay.isRemote) return [];
  const usual = new Set(summitNights(dates));
  const { granted } = extraNightsOf(stay, dates);
  return expectedNights(stay, dates).filter((night) => usual.has(night) || granted.includes(night));
}
