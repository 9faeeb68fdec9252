/**
 * The finding of times for n calls so that everybody makes at least k of them: what is given, what
 * is found, and what is better. Plain data; moments are whole minutes since 1970-01-01T00:00Z.
 */

export interface MeetingTimesProblem {
  /** How many of the calls everybody should make (k). */
  readonly required: number;
  /** How long a call lasts. */
  readonly minutes: number;
  /** From the start of a call to the start of the next at least; never less than a call lasts. */
  readonly minGapMinutes: number;
  /** The calls in the order in which they are to happen (n). */
  readonly meetings: readonly Meeting[];
  readonly slots: readonly { readonly start: number }[];
  readonly people: readonly Invited[];
  readonly tracks: readonly Track[];
  /** How many tracks run at once in a call. */
  readonly parallel: { readonly least: number; readonly most: number };
}

export interface Meeting {
  readonly key: string;
  /** The slots that this call may take, as indices. */
  readonly candidates: readonly number[];
}

export interface Invited {
  readonly id: string;
  /** A whole number from 1; 1 when left out. It counts in `enough` and `attended`. */
  readonly weight?: number;
  readonly isNeeded?: boolean;
  /** For each slot: 0 no, 1 if need be, 2 yes. */
  readonly can: Uint8Array;
  /** For each slot: how unsociable it is, from 0; see `painOf`. */
  readonly pain: Uint8Array;
  /** For each track, 0 to 3; nothing is no interest. */
  readonly interest: readonly number[];
}

export interface Track {
  readonly key: string;
  /** Who leads it, as an index of people: somebody needed, and present wherever the track is. */
  readonly lead?: number;
  /** The calls that it may be in, as indices; all when left out. */
  readonly meetings?: readonly number[];
  /** In how many calls it takes place; in exactly one when left out. */
  readonly times?: { readonly least: number; readonly most: number };
}

/**
 * What a timetable is worth, in the order of importance: a later value decides only where all
 * before it are equal. A person's calls are the k least painful that they can make (among equals
 * those that they said yes to); fewer, if they can make fewer.
 */
export interface MeetingValues {
  /** Needed people and leads of tracks who cannot make k. */
  readonly neededMissing: number;
  /** The weight of the people who can make at least k. */
  readonly enough: number;
  /** The weighted sum of what each can make, counted up to k. */
  readonly attended: number;
  /** The pain of the one who suffers most. */
  readonly worstPain: number;
  /** The sum of the squares of everybody's pain: the same pain is less when it is shared. */
  readonly painSquares: number;
  /** How many of those calls are only possible if need be. */
  readonly ifNeedBe: number;
  /** The weighted sum of what each can make, also beyond k: no call should be nearly empty. */
  readonly present: number;
  /** Tracks that miss a call, and calls that miss a track. */
  readonly unplaced: number;
  /** For everybody in every call they can make, the interest in the best track there. */
  readonly interest: number;
}

/** The values in the order of importance, and which way is better. */
export const LEVELS = [
  { key: 'neededMissing', better: 'less' },
  { key: 'enough', better: 'more' },
  { key: 'attended', better: 'more' },
  { key: 'worstPain', better: 'less' },
  { key: 'painSquares', better: 'less' },
  { key: 'ifNeedBe', better: 'less' },
  { key: 'present', better: 'more' },
  { key: 'unplaced', better: 'less' },
  { key: 'interest', better: 'more' },
] as const satisfies readonly { key: keyof MeetingValues; better: 'more' | 'less' }[];

/** Below 0 when the first is better, above 0 when the second is; only the first levels, if told so. */
export function compareValues(
  one: MeetingValues,
  other: MeetingValues,
  levels: number = LEVELS.length,
): number {
  for (const { key, better } of LEVELS.slice(0, levels)) {
    if (one[key] !== other[key]) {
      return better === 'less' ? one[key] - other[key] : other[key] - one[key];
    }
  }
  return 0;
}

/** How many of the first levels are the same. */
export function equalLevels(one: MeetingValues, other: MeetingValues): number {
  const first = LEVELS.findIndex(({ key }) => one[key] !== other[key]);
  return first === -1 ? LEVELS.length : first;
}

/** A slot for each call, and the tracks in each call. */
export interface MeetingTimes {
  readonly times: readonly number[];
  readonly placement: readonly (readonly number[])[];
  readonly values: MeetingValues;
}

export const weightOf = ({ weight = 1 }: Invited): number => weight;

export const timesOf = ({
  times = { least: 1, most: 1 },
}: Track): { least: number; most: number } => times;

/** From the start of one call to the start of the next, at least. */
export const gapOf = ({ minutes, minGapMinutes }: MeetingTimesProblem): number =>
  Math.max(minutes, minGapMinutes);

/** Whom the timetable must suit first: the needed, and everybody who leads a track. */
export function neededPeople({ people, tracks }: MeetingTimesProblem): ReadonlySet<number> {
  const needed = new Set(tracks.flatMap(({ lead }) => (lead === undefined ? [] : [lead])));
  for (const [index, { isNeeded = false }] of people.entries()) if (isNeeded) needed.add(index);
  return needed;
}

export const startOf = ({ slots }: MeetingTimesProblem, slot: number): number =>
  slots[slot]?.start ?? Number.NaN;
