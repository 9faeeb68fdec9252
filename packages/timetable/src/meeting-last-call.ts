import { type Attendance, attendanceOf, weigh, weightOfSet } from './meeting-attendance.ts';
import { type Bits, countCommon, countFromBlock, countWithout, popcount } from './meeting-bits.ts';
import { CANNOT, type Choice, type Columns } from './meeting-columns.ts';
import type { MeetingValues } from './meeting-model.ts';

/** The values that depend on the times alone; the placing of tracks comes after. */
export type TimeValues = Omit<MeetingValues, 'unplaced' | 'interest'>;

const TIME_LEVELS = [
  { key: 'neededMissing', sign: 1 },
  { key: 'enough', sign: -1 },
  { key: 'attended', sign: -1 },
  { key: 'worstPain', sign: 1 },
  { key: 'painSquares', sign: 1 },
  { key: 'ifNeedBe', sign: 1 },
  { key: 'present', sign: -1 },
] as const;

/** Below 0 when the first is better; only the first levels, if told so. */
export function compareTimes(
  one: TimeValues,
  other: TimeValues,
  levels: number = TIME_LEVELS.length,
): number {
  for (let level = 0; level < levels && level < TIME_LEVELS.length; level++) {
    const { key, sign } = TIME_LEVELS[level] ?? TIME_LEVELS[0];
    const difference = (one[key] - other[key]) * sign;
    if (difference !== 0) return difference;
  }
  return 0;
}

/** What is better than the best known: in how many of the first values, and what is certain of it. */
export interface Wanted {
  readonly levels: number;
  /** Also what is as good: something else than the times then decides. */
  readonly orEqual: boolean;
  /** How many of the best known's first values nobody can better. */
  readonly provenLevels: number;
}

/**
 * All calls but one are chosen; what does each column make of the last? Everything that does not
 * depend on that column is worked out once, so that a column costs a few words for the first three
 * values, and the pain is looked at only where these are no worse than the best known.
 */
export class LastCall {
  readonly #columns: Columns;
  /** Who lacks one call, and who lacks any. */
  readonly #lackOne: Int32Array;
  readonly #lackAny: Int32Array;
  #lackOneFrom: Bits = new Int32Array();
  #before = { neededMissing: 0, enough: 0, attended: 0 };
  #lackOneWeight = 0;
  /** What the people of the other calls weigh together. */
  #present = 0;
  #others: readonly Choice[] = [];
  #hasPains = false;
  /** For each person: pain and “if need be” of the calls that count, how many they can make, the worst that counts. */
  readonly #pain: Float64Array;
  readonly #ifNeedBe: Uint8Array;
  readonly #made: Uint8Array;
  readonly #worst: Float64Array;
  readonly #sorted: Uint16Array;

  constructor(columns: Columns) {
    this.#columns = columns;
    this.#lackOne = new Int32Array(columns.words);
    this.#lackAny = new Int32Array(columns.words);
    this.#pain = new Float64Array(columns.people);
    this.#ifNeedBe = new Uint8Array(columns.people);
    this.#made = new Uint8Array(columns.people);
    this.#worst = new Float64Array(columns.people);
    this.#sorted = new Uint16Array(columns.choices.length + 1);
  }

  /** Begins with all other calls, in any order. */
  begin(others: readonly Choice[], attendance: Attendance): void {
    const { words, required: k, everybody, needed } = this.#columns;
    this.#others = others;
    this.#hasPains = false;
    const top = k * words;
    let enough = 0;
    let attended = 0;
    for (let word = 0; word < words; word++) {
      const full = attendance[top + word] ?? 0;
      this.#lackAny[word] = (everybody[word] ?? 0) & ~full;
      this.#lackOne[word] = k === 0 ? 0 : (attendance[top - words + word] ?? 0) & ~full;
      enough += weigh(this.#columns, full, word);
      for (let at = top + word; at > word; at -= words) {
        attended += weigh(this.#columns, attendance[at] ?? 0, word);
      }
    }
    this.#lackOneWeight = weightOfSet(this.#columns, this.#lackOne);
    this.#present = others.reduce(
      (sum, { column }) => sum + weightOfSet(this.#columns, column.can),
      0,
    );
    this.#lackOneFrom = countFromBlock(this.#lackOne);
    this.#before = { neededMissing: countWithout(needed, attendance, top), enough, attended };
  }

  /**
   * The values with this column, if they are better than the best in the first levels asked for, or
   * as good where `orEqual`; undefined otherwise. `size` is what the column's people weigh.
   * `provenLevels` say what of the best nobody can better, which lets a worse column be dropped
   * sooner.
   */
  judge(
    { column }: Choice,
    size: number,
    best: TimeValues | undefined,
    { levels, orEqual, provenLevels }: Wanted,
  ): TimeValues | undefined {
    const columns = this.#columns;
    const { words, needed } = columns;
    const { can } = column;
    const before = this.#before;
    const hasNeeded = before.neededMissing > 0;
    // No fewer of the needed can be missing than miss the best: then the next value decides.
    const isEnoughFirst =
      best !== undefined && (provenLevels >= 1 || (!hasNeeded && best.neededMissing === 0));
    if (isEnoughFirst && before.enough + Math.min(size, this.#lackOneWeight) < best.enough) {
      return undefined;
    }
    let { neededMissing, enough, attended } = before;
    const mustServe = isEnoughFirst ? best.enough - enough : 0;
    if (columns.planes.length === 1) {
      enough += countCommon(can, this.#lackOne, this.#lackOneFrom, mustServe);
      if (isEnoughFirst && enough < best.enough) return undefined;
    } else {
      for (let word = 0; word < words; word++) {
        enough += weigh(columns, (can[word] ?? 0) & (this.#lackOne[word] ?? 0), word);
      }
    }
    for (let word = 0; hasNeeded && word < words; word++) {
      const served = (can[word] ?? 0) & (this.#lackOne[word] ?? 0);
      neededMissing -= popcount(served & (needed[word] ?? 0));
    }
    let isTied = false;
    if (best !== undefined) {
      if (neededMissing > best.neededMissing) return undefined;
      isTied = neededMissing === best.neededMissing;
      if (isTied && enough < best.enough) return undefined;
      isTied &&= enough === best.enough;
    }
    for (let word = 0; word < words; word++) {
      attended += weigh(columns, (can[word] ?? 0) & (this.#lackAny[word] ?? 0), word);
    }
    if (isTied && best !== undefined) {
      if (attended < best.attended) return undefined;
      isTied = attended === best.attended;
    }
    if (isTied && levels <= 3 && !orEqual) return undefined;
    const pains = this.#painsWith(column.cost, isTied ? best : undefined, provenLevels);
    if (pains === undefined) return undefined;
    const present = this.#present + weightOfSet(columns, can);
    const values = { neededMissing, enough, attended, ...pains, present };
    if (best === undefined) return values;
    const compared = compareTimes(values, best, levels);
    return compared < 0 || (compared === 0 && orEqual) ? values : undefined;
  }

  #painsWith(
    cost: Uint16Array,
    best: TimeValues | undefined,
    provenLevels: number,
  ): Pick<TimeValues, 'worstPain' | 'painSquares' | 'ifNeedBe'> | undefined {
    if (!this.#hasPains) this.#preparePains();
    const { people, required: k } = this.#columns;
    const mostPain = best?.worstPain ?? Number.POSITIVE_INFINITY;
    const mostSquares =
      best !== undefined && provenLevels >= 4 ? best.painSquares : Number.POSITIVE_INFINITY;
    let worstPain = 0;
    let painSquares = 0;
    let ifNeedBe = 0;
    for (let person = 0; person < people; person++) {
      const here = cost[person] ?? CANNOT;
      let pain = this.#pain[person] ?? 0;
      let needs = this.#ifNeedBe[person] ?? 0;
      if (here !== CANNOT) {
        const worst = this.#worst[person] ?? 0;
        if ((this.#made[person] ?? 0) < k) {
          pain += here >>> 1;
          needs += here & 1;
        } else if (here < worst) {
          pain += (here >>> 1) - (worst >>> 1);
          needs += (here & 1) - (worst & 1);
        }
      }
      if (pain > worstPain) {
        if (pain > mostPain) return undefined;
        worstPain = pain;
      }
      painSquares += pain * pain;
      if (painSquares > mostSquares) return undefined;
      ifNeedBe += needs;
    }
    return { worstPain, painSquares, ifNeedBe };
  }

  #preparePains(): void {
    const { people, required: k } = this.#columns;
    for (let person = 0; person < people; person++) {
      const made = sortCosts(this.#others, person, this.#sorted);
      const counted = Math.min(made, k);
      let pain = 0;
      let needs = 0;
      for (let at = 0; at < counted; at++) {
        pain += (this.#sorted[at] ?? 0) >>> 1;
        needs += (this.#sorted[at] ?? 0) & 1;
      }
      this.#pain[person] = pain;
      this.#ifNeedBe[person] = needs;
      this.#made[person] = made;
      this.#worst[person] = counted === 0 ? 0 : (this.#sorted[counted - 1] ?? 0);
    }
    this.#hasPains = true;
  }
}

/** Writes the costs of the calls that somebody can make, least first; returns how many they are. */
export function sortCosts(calls: readonly Choice[], person: number, sorted: Uint16Array): number {
  let made = 0;
  for (let call = 0; call < calls.length; call++) {
    const cost = calls[call]?.column.cost[person] ?? CANNOT;
    if (cost === CANNOT) continue;
    let at = made++;
    for (; at > 0 && (sorted[at - 1] ?? 0) > cost; at--) sorted[at] = sorted[at - 1] ?? 0;
    sorted[at] = cost;
  }
  return made;
}

/** The values of a choice for each call. */
export function timeValuesOf(columns: Columns, chosen: readonly Choice[]): TimeValues {
  const [last, ...others] = chosen;
  if (last === undefined) {
    const enough = columns.required === 0 ? columns.totalWeight : 0;
    const neededMissing =
      columns.required === 0 ? 0 : columns.needed.reduce((sum, word) => sum + popcount(word), 0);
    const nothing = { attended: 0, worstPain: 0, painSquares: 0, ifNeedBe: 0, present: 0 };
    return { neededMissing, enough, ...nothing };
  }
  const lastCall = new LastCall(columns);
  lastCall.begin(others, attendanceOf(columns, others));
  const any = { levels: TIME_LEVELS.length, orEqual: true, provenLevels: 0 };
  const values = lastCall.judge(last, Number.POSITIVE_INFINITY, undefined, any);
  if (values === undefined) throw new Error('without a best there is nothing to be worse than');
  return values;
}
