import { CANNOT, type Choice, type Columns } from './meeting-columns.ts';
import { sortCosts } from './meeting-last-call.ts';
import type { Pool } from './meeting-reserve.ts';

/** The least cost at which each person can make a call, whatever it takes of these. */
export function leastCosts({ people }: Columns, { offers }: Pool): Uint16Array {
  const least = new Uint16Array(people).fill(CANNOT);
  for (const { choice } of offers) {
    const { column } = choice;
    for (let person = 0; person < people; person++) {
      if ((column.cost[person] ?? CANNOT) < (least[person] ?? CANNOT)) {
        least[person] = column.cost[person] ?? CANNOT;
      }
    }
  }
  return least;
}

/**
 * Less pain than this is not to be had with these calls, whatever the others become: everybody gets
 * their own best slot in each of the others. Who cannot make k yet may end with what they have; not
 * so where everybody is known to make k in the end.
 */
export function painBound(
  { people, required: k }: Columns,
  chosen: readonly Choice[],
  others: readonly Uint16Array[],
  everybodyMakesIt: boolean,
): { readonly worstPain: number; readonly painSquares: number } {
  const sorted = new Uint16Array(chosen.length + others.length + 1);
  let worstPain = 0;
  let painSquares = 0;
  for (let person = 0; person < people; person++) {
    const has = sortCosts(chosen, person, sorted);
    let alone = 0;
    for (let at = 0; at < Math.min(has, k); at++) alone += (sorted[at] ?? 0) >>> 1;
    let made = has;
    for (let call = 0; call < others.length; call++) {
      const cost = others[call]?.[person] ?? CANNOT;
      if (cost === CANNOT) continue;
      let at = made++;
      for (; at > 0 && (sorted[at - 1] ?? 0) > cost; at--) sorted[at] = sorted[at - 1] ?? 0;
      sorted[at] = cost;
    }
    let pain = 0;
    for (let at = 0; at < Math.min(made, k); at++) pain += (sorted[at] ?? 0) >>> 1;
    if (has < k && (made < k || !everybodyMakesIt)) pain = Math.min(pain, alone);
    if (pain > worstPain) worstPain = pain;
    painSquares += pain * pain;
  }
  return { worstPain, painSquares };
}
