import { setBit, wordsFor } from './meeting-bits.ts';
import { CallInterest, type InterestBits, interestBits } from './meeting-interest.ts';
import { type MeetingTimesProblem, timesOf } from './meeting-model.ts';

/** Which tracks are in which call, and whether that is proven to be the best for these times. */
export interface Placed {
  readonly placement: readonly (readonly number[])[];
  readonly unplaced: number;
  readonly interest: number;
  readonly isOptimal: boolean;
  /** Sets of calls for a track that were looked at. */
  readonly iterations: number;
}

/** How many sets of calls for a track are looked at for one set of times. */
const MOST_PLACINGS = 200_000;

/**
 * Places the tracks in calls whose times are given: as many as possible as often as they should be,
 * then with the most interest. Track by track, each set of calls for it is tried, the one with the
 * most interest first. A track gains in a call only whom the tracks before it have not gained, so
 * what the tracks to come gain now is more than they can gain later: that is the bound.
 */
export function placeTracks(
  problem: MeetingTimesProblem,
  times: readonly number[],
  interest: InterestBits = interestBits(problem),
): Placed {
  return new Placing(problem, times, interest).run();
}

/** What a track's calls may be, before others are placed. */
interface Movable {
  readonly track: number;
  readonly lead: number | undefined;
  /** Calls that it may be in and whose time its lead can make. */
  readonly calls: readonly number[];
  readonly least: number;
  readonly most: number;
}

/** Tracks with the calls in which they can be led at these times, those with the fewest first. */
export function movableTracks(
  { tracks, people }: MeetingTimesProblem,
  times: readonly number[],
): Movable[] {
  return tracks
    .map((each, track) => {
      const { lead, meetings = [...times.keys()] } = each;
      const { least, most } = timesOf(each);
      const calls = meetings.filter(
        (call) =>
          times[call] !== undefined &&
          (lead === undefined || (people[lead]?.can[times[call]] ?? 0) > 0),
      );
      return { track, lead, calls: [...new Set(calls)].sort((a, b) => a - b), least, most };
    })
    .sort((a, b) => a.calls.length - b.calls.length || a.track - b.track);
}

class Placing {
  readonly #problem: MeetingTimesProblem;
  readonly #tracks: readonly Movable[];
  /** For each call what those who can make it have there. */
  readonly #has: readonly CallInterest[];
  readonly #placed: number[][];
  #interest = 0;
  #short = 0;
  #best: Omit<Placed, 'isOptimal' | 'iterations'> | undefined;
  #iterations = 0;

  constructor(problem: MeetingTimesProblem, times: readonly number[], interest: InterestBits) {
    this.#problem = problem;
    this.#tracks = movableTracks(problem, times);
    this.#has = times.map((slot) => new CallInterest(interest, presentAt(problem, slot)));
    this.#placed = times.map(() => []);
  }

  run(): Placed {
    if (this.#tracks.length > 0) this.#place(0);
    const best = this.#best ?? { placement: this.#placed, unplaced: 0, interest: 0 };
    const isOptimal = this.#iterations < MOST_PLACINGS;
    return { ...best, isOptimal, iterations: this.#iterations };
  }

  #place(at: number): void {
    this.#iterations += 1;
    const movable = this.#tracks[at];
    if (movable === undefined) {
      this.#keep();
      return;
    }
    if (this.#iterations >= MOST_PLACINGS && this.#best !== undefined) return;
    if (this.#isHopeless(at)) return;
    const { track, lead, calls, least, most } = movable;
    const open = calls.filter((call) => this.#isOpen(call, lead));
    const gains = new Map(open.map((call) => [call, this.#has[call]?.gain(track) ?? 0]));
    const gainOf = (set: readonly number[]): number =>
      set.reduce((sum, call) => sum + (gains.get(call) ?? 0), 0);
    const lacks = (set: readonly number[]): number => Math.max(0, least - set.length);
    const sets = subsets(open, most);
    this.#iterations += sets.length;
    sets.sort((a, b) => lacks(a) - lacks(b) || gainOf(b) - gainOf(a));
    for (const set of sets) {
      const undo = set.map((call) => this.#put(track, call));
      this.#short += lacks(set);
      this.#place(at + 1);
      this.#short -= lacks(set);
      for (const back of undo.reverse()) back();
    }
  }

  #isOpen(call: number, lead: number | undefined): boolean {
    const here = this.#placed[call] ?? [];
    const { parallel, tracks } = this.#problem;
    const isFree = lead === undefined || here.every((track) => tracks[track]?.lead !== lead);
    return here.length < parallel.most && isFree;
  }

  /** Puts a track into a call; what it returns takes it out again. */
  #put(track: number, call: number): () => void {
    const interest = this.#interest;
    this.#interest += this.#has[call]?.gain(track) ?? 0;
    const back = this.#has[call]?.put(track);
    this.#placed[call]?.push(track);
    return () => {
      this.#placed[call]?.pop();
      back?.();
      this.#interest = interest;
    };
  }

  /** Calls that have fewer tracks than they should. */
  #emptySeats(): number {
    const { least } = this.#problem.parallel;
    return this.#placed.reduce((sum, { length }) => sum + Math.max(0, least - length), 0);
  }

  #isHopeless(at: number): boolean {
    if (this.#best === undefined) return false;
    const rest = this.#tracks.slice(at);
    const toCome = rest.reduce((sum, { calls, most }) => sum + Math.min(calls.length, most), 0);
    const unplaced = this.#short + Math.max(0, this.#emptySeats() - toCome);
    if (unplaced !== this.#best.unplaced) return unplaced > this.#best.unplaced;
    let interest = this.#interest;
    for (const { track, calls, most } of rest) {
      const gains = calls.map((call) => this.#has[call]?.gain(track) ?? 0).sort((a, b) => b - a);
      for (const gain of gains.slice(0, most)) interest += gain;
    }
    return interest <= this.#best.interest;
  }

  #keep(): void {
    const unplaced = this.#short + this.#emptySeats();
    const best = this.#best;
    if (
      best !== undefined &&
      (unplaced > best.unplaced || (unplaced === best.unplaced && this.#interest <= best.interest))
    ) {
      return;
    }
    const placement = this.#placed.map((here) => [...here].sort((a, b) => a - b));
    this.#best = { placement, unplaced, interest: this.#interest };
  }
}

/** All sets of at most so many of these, in a fixed order. */
function subsets(items: readonly number[], most: number): number[][] {
  let sets: number[][] = [[]];
  for (const item of items) {
    sets = [...sets, ...sets.filter(({ length }) => length < most).map((set) => [...set, item])];
  }
  return sets;
}

function presentAt({ people }: MeetingTimesProblem, slot: number): Int32Array {
  const bits = new Int32Array(wordsFor(people.length));
  for (let person = 0; person < people.length; person++) {
    if (people[person]?.can[slot]) setBit(bits, person);
  }
  return bits;
}
