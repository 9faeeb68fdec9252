import { type Attendance, weigh } from './meeting-attendance.ts';
import type { Bits } from './meeting-bits.ts';
import type { Choice, Columns } from './meeting-columns.ts';

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

/** The choices of a call as they are worth to those who lack a call after this attendance. */
export function poolOf(columns: Columns, choices: readonly Choice[], attendance: Attendance): Pool {
  const { words, required } = columns;
  const top = required * words;
  const offers = choices.map((choice) => {
    const { can } = choice.column;
    let useful = 0;
    for (let word = 0; word < words; word++) {
      useful += weigh(columns, (can[word] ?? 0) & ~(attendance[top + word] ?? 0), word);
    }
    return { choice, useful };
  });
  return poolWith(columns, offers);
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
