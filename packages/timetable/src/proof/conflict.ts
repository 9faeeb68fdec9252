import { counted } from '@cairn/kernel/words';
import type { Highs } from 'highs';
import { namesOf } from '../explain/names.ts';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Timetable } from '../sessions/model.ts';
import { Assumed, tracksOf } from './assumed.ts';
import { reasonInWords, reasonsInWords } from './conflict-words.ts';
import { crowdOf } from './place-bound.ts';
import { isRefuted, PossibilityJudge, type PossibilityOptions } from './possibility.ts';
import { onlyWith, type Reason, reasonsOf, sessionsOf } from './reasons.ts';

/** Whether all that must hold (level 0) can hold, and if not, which of it cannot hold together. */
export type Conflict =
  | {
      readonly status: 'conflict';
      readonly reasons: readonly ExplainedReason[];
      /** Proven for each reason: without it the others can hold. */
      readonly isIrreducible: boolean;
      /** How many reasons may be superfluous, because nothing decided whether the others can hold. */
      readonly undecided: number;
      readonly sentences: readonly string[];
    }
  | {
      readonly status: 'possible';
      readonly timetable: Timetable;
      readonly sentences: readonly string[];
    }
  | { readonly status: 'unknown'; readonly sentences: readonly string[] };

export type ExplainedReason = Reason & { readonly sentence: string };

const MOVES = 3000;
const SECONDS = 5;

/**
 * A set of reasons that cannot hold together, none of which can be left out: the deletion filter
 * (Chinneck, Dravnieks 1991) in halving pieces over all that must hold. Which of several such sets
 * is found follows the order of reasons: small guesses around one crowded place, person, track or
 * rule are tried first.
 */
export async function whyInfeasible(
  indexed: IndexedInstance,
  highs?: Highs | (() => Promise<Highs>),
  options: Partial<PossibilityOptions> = {},
): Promise<Conflict> {
  const loaded = typeof highs === 'function' ? await highs() : highs;
  const filter = new DeletionFilter(indexed, {
    moves: MOVES,
    seconds: SECONDS,
    ...(loaded === undefined ? {} : { highs: loaded }),
    ...options,
  });
  const all = reasonsOf(indexed);
  const first = filter.judge(all);
  if (first.status === 'possible') {
    const sentences = ['All that must hold can hold; this timetable shows it.'];
    return { status: 'possible', timetable: first.timetable, sentences };
  }
  if (first.status === 'unknown') {
    const sentences = ['It could not be decided whether all that must hold can hold.'];
    return { status: 'unknown', sentences };
  }
  const { reasons, undecided } = filter.reduce(filter.guess(all));
  const names = namesOf(indexed);
  const explained = reasons.map((reason) => ({
    ...reason,
    sentence: reasonInWords(indexed, names, reason),
  }));
  const sentences = [
    reasons.length === 1 ? 'This cannot hold:' : 'These cannot all hold:',
    ...reasonsInWords(indexed, names, reasons),
    `There are ${counted(indexed.slots.length, 'slot')} and ${counted(indexed.rooms.length, 'room')}, and rooms and people are in one session at a time.`,
    undecided === 0
      ? 'Give up any one of them, and the others can hold.'
      : `${counted(undecided, 'of them', 'of them')} may be superfluous: it could not be decided whether the others can hold.`,
  ];
  return {
    status: 'conflict',
    reasons: explained,
    isIrreducible: undecided === 0,
    undecided,
    sentences,
  };
}

class DeletionFilter {
  readonly #indexed: IndexedInstance;
  readonly #judge: PossibilityJudge;

  constructor(indexed: IndexedInstance, options: PossibilityOptions) {
    this.#indexed = indexed;
    this.#judge = new PossibilityJudge(indexed.sessions.length, options);
  }

  judge(reasons: readonly Reason[]) {
    return this.#judge.judge(onlyWith(this.#indexed, reasons));
  }

  /** The smallest guess of which a bound shows that it cannot hold by itself, or everything. */
  guess(all: readonly Reason[]): readonly Reason[] {
    for (const sessions of guesses(this.#indexed)) {
      const about = all.filter((reason) => sessionsOf(reason).every((each) => sessions.has(each)));
      if (about.length === all.length) continue;
      if (isRefuted(onlyWith(this.#indexed, about).indexed)) return about;
    }
    return all;
  }

  /** Leaves out whatever is not needed: large pieces first, then one by one. */
  reduce(all: readonly Reason[]): { reasons: readonly Reason[]; undecided: number } {
    let reasons = all;
    let undecided = 0;
    for (let piece = Math.ceil(reasons.length / 2); ; piece = Math.ceil(piece / 2)) {
      undecided = 0;
      for (let from = 0; from < reasons.length; ) {
        const without = [...reasons.slice(0, from), ...reasons.slice(from + piece)];
        const { status } = this.judge(without);
        if (status === 'impossible') {
          reasons = without;
          continue;
        }
        if (status === 'unknown') undecided += Math.min(piece, reasons.length - from);
        from += piece;
      }
      if (piece <= 1) return { reasons, undecided };
    }
  }
}

/** Sets of sessions in which a conflict may lie, the smallest first. */
function guesses(indexed: IndexedInstance): ReadonlySet<number>[] {
  const { sessions, people, rules } = indexed;
  const must = rules.filter(({ level }) => level === 0);
  const assumed = new Assumed(indexed, must);
  const homeless = [...sessions.keys()].filter((session) => assumed.starts(session).length === 0);
  const tracks = tracksOf(indexed);
  const groups = [
    ...homeless.map((session) => [session]),
    crowdOf(assumed, must),
    ...people.map(({ bound }) => bound).filter((bound) => bound.length > 1),
    ...must.map((rule) => rule.sessions),
    ...tracks.values(),
  ];
  const distinct = new Map(groups.map((group) => [group.join(' '), new Set(group)]));
  return [...distinct.values()]
    .filter(({ size }) => size > 0)
    .sort((one, other) => one.size - other.size);
}
