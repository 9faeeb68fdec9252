import type { Attendance } from './meeting-attendance.ts';
import { type Bits, countCommon, countFromBlock } from './meeting-bits.ts';
import type { Choice, Column, Columns } from './meeting-columns.ts';

/** What a call that is not chosen yet may still take. */
export interface Pool {
  readonly offers: readonly Offer[];
  /** The most weight that one of them brings. */
  readonly most: number;
  /** Everybody who can make one of them. */
  readonly anybody: Bits;
}

export interface Offer {
  readonly choice: Choice;
  /** What those weigh who can make it and lack a call yet. */
  readonly useful: number;
}

/** What calls that are not chosen yet can give at most, all together. */
export interface Reserve {
  readonly calls: number;
  readonly weight: number;
  /** Set j, as in an attendance: who can still make at least j of them. */
  readonly reach: Bits;
}

/** The choices of calls as they are worth to those who lack a call after this attendance. */
export function poolsOf(
  columns: Columns,
  calls: readonly (readonly Choice[])[],
  attendance: Attendance,
): Pool[] {
  const { words, required, everybody, planes } = columns;
  const lack = new Int32Array(words);
  for (let word = 0; word < words; word++) {
    lack[word] = (everybody[word] ?? 0) & ~(attendance[required * words + word] ?? 0);
  }
  const lackPlanes = planes.map((plane) => plane.map((word, at) => word & (lack[at] ?? 0)));
  const mostPlanes = lackPlanes.map(countFromBlock);
  const usefulOf = ({ can }: Column): number => {
    let useful = 0;
    for (let digit = 0; digit < lackPlanes.length; digit++) {
      const plane = lackPlanes[digit] ?? lack;
      useful += countCommon(can, plane, mostPlanes[digit] ?? lack, 0) * 2 ** digit;
    }
    return useful;
  };
  return calls.map((choices) => {
    const offers = choices.map((choice) => ({ choice, useful: usefulOf(choice.column) }));
    return poolWith(columns, offers);
  });
}

/** A pool of these offers. */
export function poolWith({ words }: Columns, offers: readonly Offer[]): Pool {
  let most = 0;
  const anybody = new Int32Array(words);
  for (const { choice, useful } of offers) {
    const { can } = choice.column;
    if (useful > most) most = useful;
    for (let word = 0; word < words; word++) {
      anybody[word] = (anybody[word] ?? 0) | (can[word] ?? 0);
    }
  }
  return { offers, most, anybody };
}

/** The reserve of all these calls but one. */
export function reserveBeside(
  { words, everybody }: Columns,
  pools: readonly Pool[],
  but: number,
): Reserve {
  const reach = new Int32Array(pools.length * words);
  reach.set(everybody);
  let weight = 0;
  for (const [index, { most, anybody }] of pools.entries()) {
    if (index === but) continue;
    weight += most;
    for (let word = 0; word < words; word++) {
      const some = anybody[word] ?? 0;
      for (let at = (pools.length - 1) * words + word; at > word; at -= words) {
        reach[at] = (reach[at] ?? 0) | ((reach[at - words] ?? 0) & some);
      }
    }
  }
  return { calls: pools.length - 1, weight, reach };
}
