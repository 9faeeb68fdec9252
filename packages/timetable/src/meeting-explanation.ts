import { checkMeetingTimes } from './meeting-checker.ts';
import { gapOf, type MeetingTimesProblem, startOf, weightOf } from './meeting-model.ts';

/** Another time for one call, and what it would mean. */
export interface Move {
  readonly meeting: number;
  readonly slot: number;
  /** How many of the calls the person could then make. */
  readonly wouldMake: number;
  /** People who keep the rule now and would not with this move. */
  readonly loses: number;
  /** People who do not keep the rule now and would with this move, the person among them. */
  readonly gains: number;
}

/** Times next to each other in a call's window: from the first start to the last. */
export interface StartRange {
  readonly from: number;
  readonly until: number;
}

/** Where else a call could be so that somebody can make it, the other calls staying. */
export interface OtherTimes {
  readonly meeting: number;
  /** The starts (as minutes) that they can make, in ranges of slots next to each other. */
  readonly ranges: readonly StartRange[];
  /** The one that costs others least; absent where nothing fits between the other calls. */
  readonly best?: Move;
}

export interface PersonExplanation {
  readonly person: number;
  /** The calls that they can make. */
  readonly which: readonly number[];
  readonly made: number;
  readonly required: number;
  /** The pain of the calls that count: the least painful of these. */
  readonly pain: number;
  /** For each call that they cannot make; empty for those who make enough. */
  readonly elsewhere: readonly OtherTimes[];
  /** Of all these moves the one that costs others least; it may be the first of several needed. */
  readonly change?: Move;
}

/** What a timetable means for one person, and which change of one call would help them most cheaply. */
export function explainPerson(
  problem: MeetingTimesProblem,
  times: readonly number[],
  person: number,
): PersonExplanation {
  return new Explaining(problem, times).person(person);
}

/** The same for several people: what does not depend on the person is worked out once. */
export function explainPeople(
  problem: MeetingTimesProblem,
  times: readonly number[],
  people: readonly number[],
): PersonExplanation[] {
  const explaining = new Explaining(problem, times);
  return people.map((person) => explaining.person(person));
}

/** One who makes fewer than k, and what would help. */
export interface Missed {
  readonly person: number;
  readonly made: number;
  readonly change?: Move;
}

/** Who is missed by a timetable, and the one move of a call that would bring most of them in. */
export interface MissedPeople {
  readonly missed: readonly Missed[];
  /**
   * The single move after which the most weight keeps the rule. In a proven timetable it never
   * brings more than it loses: somebody may want it all the same.
   */
  readonly bestMove?: Omit<Move, 'wouldMake'>;
}

/** Everybody who makes fewer than k, each with the change that would help them. */
export function whoIsMissed(problem: MeetingTimesProblem, times: readonly number[]): MissedPeople {
  return new Explaining(problem, times).missed();
}

/** What is worked out once for all people of a timetable. */
class Explaining {
  readonly #problem: MeetingTimesProblem;
  readonly #times: readonly number[];
  /** How many calls each person can make. */
  readonly #made: readonly number[];
  /** For each call the slots that it could move to while the others stay, earliest first. */
  readonly #movable: readonly (readonly number[])[];

  constructor(problem: MeetingTimesProblem, times: readonly number[]) {
    this.#problem = problem;
    this.#times = times;
    this.#made = problem.people.map(({ can }) => times.filter((slot) => can[slot]).length);
    this.#movable = problem.meetings.map((_, meeting) => this.#slotsBetween(meeting));
  }

  person(person: number): PersonExplanation {
    const { people, required } = this.#problem;
    const one = people[person];
    if (one === undefined) throw new Error(`there is no person ${person}`);
    const which = [...this.#times.keys()].filter((call) => one.can[this.#times[call] ?? -1]);
    const alone = { ...this.#problem, people: [one], tracks: [] };
    const placement = this.#times.map(() => []);
    const { worstPain: pain } = checkMeetingTimes(alone, { times: this.#times, placement }).values;
    const elsewhere =
      which.length >= required
        ? []
        : [...this.#times.keys()]
            .filter((call) => !which.includes(call))
            .map((call) => this.#otherTimes(person, call));
    const change = cheapest(elsewhere.flatMap(({ best }) => (best === undefined ? [] : [best])));
    return {
      person,
      which,
      made: which.length,
      required,
      pain,
      elsewhere,
      ...(change === undefined ? {} : { change }),
    };
  }

  missed(): MissedPeople {
    const { required, people } = this.#problem;
    const missed = [...people.keys()]
      .filter((person) => (this.#made[person] ?? 0) < required)
      .map((person): Missed => {
        const { made, change } = this.person(person);
        return { person, made, ...(change === undefined ? {} : { change }) };
      });
    const bestMove = missed.length === 0 ? undefined : this.#bestMove();
    return { missed, ...(bestMove === undefined ? {} : { bestMove }) };
  }

  #otherTimes(person: number, meeting: number): OtherTimes {
    const can = this.#problem.people[person]?.can;
    const slots = (this.#movable[meeting] ?? []).filter((slot) => can?.[slot]);
    const ranges = this.#ranges(meeting, new Set(slots));
    const made = this.#made[person] ?? 0;
    const moves = slots.map((slot) => ({
      meeting,
      slot,
      wouldMake: made + 1,
      ...this.#counts(meeting, slot),
    }));
    const best = cheapest(moves);
    return { meeting, ranges, ...(best === undefined ? {} : { best }) };
  }

  /** The slots of a call's window that are far enough from the calls before and after it. */
  #slotsBetween(meeting: number): readonly number[] {
    const gap = gapOf(this.#problem);
    const before = this.#times[meeting - 1];
    const after = this.#times[meeting + 1];
    const start = (slot: number): number => startOf(this.#problem, slot);
    return [...new Set(this.#problem.meetings[meeting]?.candidates)]
      .filter((slot) => before === undefined || start(slot) - start(before) >= gap)
      .filter((slot) => after === undefined || start(after) - start(slot) >= gap)
      .sort((a, b) => start(a) - start(b) || a - b);
  }

  /** Wanted slots that follow each other among all that the call could take. */
  #ranges(meeting: number, wanted: ReadonlySet<number>): StartRange[] {
    const ranges: { from: number; until: number }[] = [];
    const all = this.#movable[meeting] ?? [];
    const step = smallestStep(all.map((slot) => startOf(this.#problem, slot)));
    for (const slot of all) {
      if (!wanted.has(slot)) continue;
      const start = startOf(this.#problem, slot);
      const last = ranges.at(-1);
      if (last !== undefined && start - last.until <= step) last.until = start;
      else ranges.push({ from: start, until: start });
    }
    return ranges;
  }

  readonly #counted = new Map<string, { readonly loses: number; readonly gains: number }>();

  #counts(meeting: number, slot: number): { readonly loses: number; readonly gains: number } {
    const key = `${meeting} ${slot}`;
    const known = this.#counted.get(key);
    if (known !== undefined) return known;
    const { people, required } = this.#problem;
    const now = this.#times[meeting] ?? -1;
    let loses = 0;
    let gains = 0;
    for (let person = 0; person < people.length; person++) {
      const can = people[person]?.can;
      const made = this.#made[person] ?? 0;
      const then = made - (can?.[now] ? 1 : 0) + (can?.[slot] ? 1 : 0);
      if (made >= required && then < required) loses += 1;
      if (made < required && then >= required) gains += 1;
    }
    this.#counted.set(key, { loses, gains });
    return { loses, gains };
  }

  #bestMove(): Omit<Move, 'wouldMake'> | undefined {
    const { people, required } = this.#problem;
    let best: (Omit<Move, 'wouldMake'> & { readonly weight: number }) | undefined;
    for (const [meeting, slots] of this.#movable.entries()) {
      const now = this.#times[meeting] ?? -1;
      for (const slot of slots) {
        if (slot === now) continue;
        let weight = 0;
        for (let person = 0; person < people.length; person++) {
          const one = people[person];
          if (one === undefined) continue;
          const then = (this.#made[person] ?? 0) - (one.can[now] ? 1 : 0) + (one.can[slot] ? 1 : 0);
          if (then >= required) weight += weightOf(one);
        }
        if (best !== undefined && weight <= best.weight) continue;
        best = { meeting, slot, weight, ...this.#counts(meeting, slot) };
      }
    }
    if (best === undefined || best.gains === 0) return undefined;
    const { weight: _, ...move } = best;
    return move;
  }
}

/** The move by which the fewest lose and then the most gain; the first among equals. */
function cheapest(moves: readonly Move[]): Move | undefined {
  let best: Move | undefined;
  for (const move of moves) {
    if (
      best === undefined ||
      move.loses < best.loses ||
      (move.loses === best.loses && move.gains > best.gains)
    ) {
      best = move;
    }
  }
  return best;
}

/** The least distance between two starts; slots that far apart follow each other. */
function smallestStep(sorted: readonly number[]): number {
  let step = Number.POSITIVE_INFINITY;
  for (let at = 1; at < sorted.length; at++) {
    const distance = (sorted[at] ?? 0) - (sorted[at - 1] ?? 0);
    if (distance > 0) step = Math.min(step, distance);
  }
  return step;
}
