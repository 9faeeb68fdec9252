import { type Bits, popcount } from './meeting-bits.ts';
import type { Choice, Columns } from './meeting-columns.ts';
import type { Reserve } from './meeting-reserve.ts';

/**
 * Who makes how many of the chosen calls, for all people at once: k + 1 sets, one after another, set
 * j of those who make at least j. Set 0 is everybody. A call is added by whole words:
 *
 *     at least 2  |=  at least 1  &  can
 *     at least 1  |=  can
 */
export type Attendance = Bits;

export function noCalls({ required, words, everybody }: Columns): Attendance {
  const attendance = new Int32Array((required + 1) * words);
  attendance.set(everybody);
  return attendance;
}

/** Writes what becomes of an attendance with one call more. */
export function addCall(
  { required, words }: Columns,
  before: Attendance,
  can: Bits,
  after: Attendance,
): void {
  for (let word = 0; word < words; word++) {
    const here = can[word] ?? 0;
    for (let at = required * words + word; at > word; at -= words) {
      after[at] = (before[at] ?? 0) | ((before[at - words] ?? 0) & here);
    }
    after[word] = before[word] ?? 0;
  }
}

/** The attendance of these calls. */
export function attendanceOf(columns: Columns, chosen: readonly Choice[]): Attendance {
  const attendance = noCalls(columns);
  for (const { column } of chosen) addCall(columns, attendance, column.can, attendance);
  return attendance;
}

/** What a word's people weigh. */
export function weigh({ planes }: Columns, people: number, word: number): number {
  if (planes.length === 1) return popcount(people);
  let sum = 0;
  for (let digit = 0; digit < planes.length; digit++) {
    sum += popcount(people & (planes[digit]?.[word] ?? 0)) * 2 ** digit;
  }
  return sum;
}

/** What the people of a set weigh together. */
export function weightOfSet(columns: Columns, bits: Bits): number {
  let sum = 0;
  for (let word = 0; word < bits.length; word++) sum += weigh(columns, bits[word] ?? 0, word);
  return sum;
}

/** The first three values that a choice of calls can come to at best. */
export interface Outlook {
  readonly neededMissing: number;
  readonly enough: number;
  readonly attended: number;
}

/**
 * What may become of an attendance with one call more and then the reserve, at best; undefined where
 * it serves fewer than `atLeast`. Two things are certain. Nobody makes more than they have and can
 * still reach. And the calls to come bring only so much weight together: see `mostServed`.
 */
export function outlookOf(
  columns: Columns,
  attendance: Attendance,
  can: Bits,
  reserve: Reserve,
  atLeast: number,
): Outlook | undefined {
  const { words, required: k, needed, planes, everybody } = columns;
  const most = Math.min(k, reserve.calls);
  const { reach } = reserve;
  const isPlain = planes.length === 1;
  const lacking = new Array<number>(most + 1).fill(0);
  let neededMissing = 0;
  for (let word = 0; word < words; word++) {
    const here = can[word] ?? 0;
    let at = k * words + word;
    // Who makes at least so many with the call; begun with those who make all.
    let above = k === 0 ? (everybody[word] ?? 0) : makeWith(attendance, at, words, here);
    let reachable = above;
    lacking[0] = (lacking[0] ?? 0) + (isPlain ? popcount(above) : weigh(columns, above, word));
    for (let lack = 1; lack <= most; lack++) {
      at -= words;
      const some = lack === k ? (attendance[at] ?? 0) : makeWith(attendance, at, words, here);
      const exactly = some & ~above & (reach[lack * words + word] ?? 0);
      lacking[lack] =
        (lacking[lack] ?? 0) + (isPlain ? popcount(exactly) : weigh(columns, exactly, word));
      reachable |= exactly;
      above = some;
    }
    const missed = (needed[word] ?? 0) & ~reachable;
    if (missed !== 0) neededMissing += popcount(missed);
  }
  const enough = mostServed(lacking, reserve.weight);
  if (enough < atLeast) return undefined;
  return { neededMissing, enough, attended: attendedAtMost(columns, attendance, can, reserve) };
}

/** A word of those who make at least as many as the set at this place says, with a call that `here` can. */
const makeWith = (attendance: Attendance, at: number, words: number, here: number): number =>
  (attendance[at] ?? 0) | ((attendance[at - words] ?? 0) & here);

/**
 * How many can make enough at most, when calls to come bring this weight: it is spent on those who
 * lack one call first, then on those who lack two, for a person who lacks j costs j times their
 * weight. `lacking` begins with those who lack none.
 */
export function mostServed(lacking: readonly number[], weight: number): number {
  let enough = lacking[0] ?? 0;
  let left = weight;
  for (let lack = 1; lack < lacking.length && left > 0; lack++) {
    const served = Math.min(lacking[lack] ?? 0, left / lack);
    left -= served * lack;
    enough += served;
  }
  return Math.floor(enough);
}

function attendedAtMost(
  columns: Columns,
  attendance: Attendance,
  can: Bits,
  { reach, calls, weight }: Reserve,
): number {
  const { words, required: k, planes } = columns;
  const most = Math.min(k, calls);
  const isPlain = planes.length === 1;
  let attended = 0;
  let useful = 0;
  for (let word = 0; word < words; word++) {
    const here = can[word] ?? 0;
    for (let lack = 0; lack < k; lack++) {
      const some = makeWith(attendance, (k - lack) * words + word, words, here);
      attended += isPlain ? popcount(some) : weigh(columns, some, word);
      if (lack >= most) continue;
      const more = (reach[(lack + 1) * words + word] ?? 0) & ~some;
      useful += isPlain ? popcount(more) : weigh(columns, more, word);
    }
  }
  return attended + Math.min(weight, useful);
}

/** The weight of those who lack so many calls, from none to k. */
export function lackingOf(columns: Columns, attendance: Attendance): number[] {
  const { words, required: k } = columns;
  return Array.from({ length: k + 1 }, (_, lack) => {
    let sum = 0;
    for (let word = 0; word < words; word++) {
      const at = (k - lack) * words + word;
      const above = lack === 0 ? 0 : (attendance[at + words] ?? 0);
      sum += weigh(columns, (attendance[at] ?? 0) & ~above, word);
    }
    return sum;
  });
}
