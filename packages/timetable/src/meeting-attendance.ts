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
 * What may become of an attendance with the reserve, at best. Two things are certain. Nobody makes
 * more than they have and can still reach. And the calls to come bring only so much weight together:
 * it is spent on those who lack one call first, then on those who lack two, which is the most people
 * that it can serve (a person who lacks j costs j times their weight).
 */
export function outlookOf(columns: Columns, attendance: Attendance, reserve: Reserve): Outlook {
  const { words, required: k, needed, planes } = columns;
  const most = Math.min(k, reserve.calls);
  const { reach } = reserve;
  const top = k * words;
  const isPlain = planes.length === 1;
  let neededMissing = 0;
  let enough = 0;
  let attended = 0;
  let useful = 0;
  for (let word = 0; word < words; word++) {
    const full = attendance[top + word] ?? 0;
    enough += isPlain ? popcount(full) : weigh(columns, full, word);
    let reachable = full;
    for (let lack = 1; lack <= most; lack++) {
      const at = (k - lack) * words + word;
      const canReach = reach[lack * words + word] ?? 0;
      reachable |= (attendance[at] ?? 0) & canReach;
      const more = canReach & ~(attendance[at + words] ?? 0);
      useful += isPlain ? popcount(more) : weigh(columns, more, word);
    }
    for (let at = top + word; at > word; at -= words) {
      const some = attendance[at] ?? 0;
      attended += isPlain ? popcount(some) : weigh(columns, some, word);
    }
    const missed = (needed[word] ?? 0) & ~reachable;
    if (missed !== 0) neededMissing += popcount(missed);
  }
  let left = reserve.weight;
  attended += Math.min(left, useful);
  for (let lack = 1; lack <= most && left > 0; lack++) {
    let lacking = 0;
    for (let word = 0; word < words; word++) {
      const at = (k - lack) * words + word;
      const some =
        (attendance[at] ?? 0) & ~(attendance[at + words] ?? 0) & (reach[lack * words + word] ?? 0);
      lacking += isPlain ? popcount(some) : weigh(columns, some, word);
    }
    const served = Math.min(lacking, left / lack);
    left -= served * lack;
    enough += served;
  }
  return { neededMissing, enough: Math.floor(enough), attended };
}
