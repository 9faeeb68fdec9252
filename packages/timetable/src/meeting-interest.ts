import { type Bits, popcount, setBit, wordsFor } from './meeting-bits.ts';
import type { MeetingTimesProblem } from './meeting-model.ts';

/**
 * Who has how much interest in what, as sets of people: for each step from one degree of interest to
 * the next, those who have at least that much. Interest is then counted 32 people at a time.
 */
export interface InterestBits {
  /** From one degree of interest that there is to the next. */
  readonly steps: readonly number[];
  /** By track and step. */
  readonly tracks: readonly (readonly Bits[])[];
  /** By step: of the interest in the track that each cares for most. */
  readonly top: readonly Bits[];
}

export function interestBits({
  people,
  tracks,
}: Pick<MeetingTimesProblem, 'people' | 'tracks'>): InterestBits {
  const degrees = new Set<number>();
  for (const { interest } of people) {
    for (let track = 0; track < tracks.length; track++) degrees.add(interest[track] ?? 0);
  }
  const rising = [...degrees].filter((degree) => degree > 0).sort((one, other) => one - other);
  const words = wordsFor(people.length);
  const sets = () => rising.map(() => new Int32Array(words));
  const byTrack = tracks.map(sets);
  const top = sets();
  for (let person = 0; person < people.length; person++) {
    const interest = people[person]?.interest ?? [];
    for (let track = 0; track < tracks.length; track++) {
      const has = interest[track] ?? 0;
      for (let step = 0; step < rising.length && has >= (rising[step] as number); step++) {
        setBit(byTrack[track]?.[step] as Bits, person);
        setBit(top[step] as Bits, person);
      }
    }
  }
  const steps = rising.map((degree, index) => degree - (rising[index - 1] ?? 0));
  return { steps, tracks: byTrack, top };
}

/** The interest of these people, if each were in the best track there is: more is not to be had. */
export function mostInterest({ steps, top }: InterestBits, people: Bits): number {
  let sum = 0;
  for (let step = 0; step < steps.length; step++) {
    const those = top[step] as Bits;
    let count = 0;
    for (let word = 0; word < people.length; word++) {
      count += popcount((those[word] as number) & (people[word] as number));
    }
    sum += count * (steps[step] as number);
  }
  return sum;
}

/** The interest of those who are there in the tracks of one call: in the best of them for each. */
export class CallInterest {
  readonly #interest: InterestBits;
  readonly #present: Bits;
  /** By step: who has at least that much of the tracks that are there. */
  readonly #has: readonly Bits[];

  constructor(interest: InterestBits, present: Bits) {
    this.#interest = interest;
    this.#present = present;
    this.#has = interest.steps.map(() => new Int32Array(present.length));
  }

  /** How much more interest a track would bring. */
  gain(track: number): number {
    const { steps, tracks } = this.#interest;
    const wishes = tracks[track] ?? [];
    const present = this.#present;
    let sum = 0;
    for (let step = 0; step < steps.length; step++) {
      const those = wishes[step] as Bits;
      const has = this.#has[step] as Bits;
      let count = 0;
      for (let word = 0; word < present.length; word++) {
        count += popcount(
          (those[word] as number) & (present[word] as number) & ~(has[word] as number),
        );
      }
      sum += count * (steps[step] as number);
    }
    return sum;
  }

  /** Adds a track; what it returns takes it out again. */
  put(track: number): () => void {
    const wishes = this.#interest.tracks[track] ?? [];
    const before = this.#has.map((has) => has.slice());
    for (const [step, has] of this.#has.entries()) {
      const those = wishes[step] as Bits;
      for (let word = 0; word < has.length; word++) {
        has[word] =
          (has[word] as number) | ((those[word] as number) & (this.#present[word] as number));
      }
    }
    return () => {
      for (const [step, has] of this.#has.entries()) has.set(before[step] as Bits);
    };
  }
}
