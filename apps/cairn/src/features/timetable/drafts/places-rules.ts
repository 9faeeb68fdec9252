import { differenceOf } from '@cairn/timetable/explain/difference';
import { type Names, namesOf } from '@cairn/timetable/explain/names';
import { obstacles } from '@cairn/timetable/explain/places';
import { sentenceOf } from '@cairn/timetable/explain/words';
import { Evaluator } from '@cairn/timetable/search/evaluator';
import type { IndexedInstance } from '@cairn/timetable/sessions/index-instance';
import type { Timetable } from '@cairn/timetable/sessions/model';
import {
  checkPlacements,
  daysOf,
  fewPeople,
  mergedBreaks,
  type PlacementBreak,
} from '../solving/check-rules.ts';
import { expectedPeople, type TimetableFacts } from '../solving/facts-rules.ts';
import {
  type LevelName,
  levelsOf,
  type TimetableProblem,
  timetableInstance,
} from '../solving/instance-rules.ts';
import { timetableOf } from '../solving/placed-rules.ts';
import type { Place, Placement } from './placement-rules.ts';

/**
 * `conflict`: something that must hold would not; `costs`: all of it would hold, and somebody would
 * lose something that they care for, or a wish would be broken; `free`: neither.
 */
export type PlaceState = 'free' | 'costs' | 'conflict';

/** A place that a session could have. */
export interface PossiblePlace extends Place {
  readonly roomId: string;
  readonly state: PlaceState;
  /** Why it is not free, in sentences; what must hold first. */
  readonly reasons: readonly string[];
}

/**
 * Every place of a session, each slot with each room, judged with everything else where it is: for
 * greying before the drop. A session is not in its own way. Where a group has other people on another
 * day, each day is judged by its own.
 */
export function placesFor(
  facts: TimetableFacts,
  placements: readonly Placement[],
  sessionId: string,
): PossiblePlace[] {
  const session = facts.sessions.find(({ id }) => id === sessionId);
  if (session === undefined) return [];
  const others = placements.filter((each) => each.sessionId !== sessionId);
  const days = Map.groupBy(facts.frame.days, ({ date }) =>
    JSON.stringify(expectedPeople(facts, session, date)),
  );
  return [...days.values()]
    .flatMap((same) => placesOn(facts, others, sessionId, new Set(same.map(({ date }) => date))))
    .toSorted(
      (one, other) => one.date.localeCompare(other.date) || one.starts.localeCompare(other.starts),
    );
}

function placesOn(
  facts: TimetableFacts,
  others: readonly Placement[],
  sessionId: string,
  days: ReadonlySet<string>,
): PossiblePlace[] {
  const [date = ''] = days;
  const on = new Map([...daysOf(others), [sessionId, date]]);
  const problem = timetableInstance(facts, { on });
  const number = problem.sessionIds.indexOf(sessionId);
  const without = timetableOf(problem, others);
  const around = new Around(problem, without, number, namesOf(problem.indexed));
  return [...problem.slots.entries()].flatMap(([slot, { date: day, starts }]) => {
    if (!days.has(day)) return [];
    return problem.roomIds.map((roomId, room): PossiblePlace => {
      const place = { date: day, starts, roomId };
      const hard = around.hard({ slot, room });
      if (hard.length > 0) return { ...place, state: 'conflict', reasons: hard };
      const soft = around.soft({ slot, room });
      return { ...place, state: soft.length > 0 ? 'costs' : 'free', reasons: soft };
    });
  });
}

/** What is in the way of one session, at many places. */
class Around {
  readonly #indexed: IndexedInstance;
  /** With what should hold as what must, so that the library tells what is broken of it. */
  readonly #wished: IndexedInstance;
  readonly #without: Timetable;
  readonly #session: number;
  readonly #evaluator: Evaluator;
  readonly #names: Names;
  readonly #levels = levelsOf();
  /** What there is to get from the session for all who care for it. */
  readonly #wholeGain: number;
  readonly #choices = new Map<number, readonly string[]>();

  constructor({ indexed }: TimetableProblem, without: Timetable, session: number, names: Names) {
    this.#indexed = indexed;
    this.#wished = {
      ...indexed,
      rules: indexed.rules
        .filter(({ level, kind }) => level > 0 && kind !== 'spread')
        .map((rule) => ({ ...rule, level: 0 })),
    };
    this.#without = without;
    this.#session = session;
    this.#evaluator = new Evaluator(indexed, without);
    this.#names = names;
    const { length = 1 } = indexed.sessions[session] ?? {};
    this.#wholeGain = indexed.people
      .map(({ interest }) => (interest.get(session) ?? 0) * length)
      .reduce((sum, value) => sum + value, 0);
  }

  hard(to: { slot: number; room: number }): string[] {
    const change = this.#evaluator.delta(this.#session, to.slot, to.room)[0] ?? 0;
    // To be placed at all makes good that it was not.
    const own = change + (this.#indexed.sessions[this.#session]?.isOptional ? 0 : 1);
    if (own <= 0) return [];
    return this.#sentences(this.#indexed, to);
  }

  soft(to: { slot: number; room: number }): string[] {
    const delta = this.#evaluator.delta(this.#session, to.slot, to.room);
    const change = (name: LevelName) => delta[this.#levels.indexOf(name)] ?? 0;
    const broken =
      change('wishes') > 0 || change('steady') > 0 ? this.#sentences(this.#wished, to) : [];
    return change('interest') > -this.#wholeGain ? [...broken, ...this.#lost(to.slot)] : broken;
  }

  #sentences(indexed: IndexedInstance, to: { slot: number; room: number }): string[] {
    const found = mergedBreaks(obstacles(indexed, this.#without, this.#session, to));
    return [...new Set(found.map((each) => sentenceOf(this.#indexed, each, this.#names)))];
  }

  /** Who would have to choose, or is away: the same in every room. */
  #lost(slot: number): readonly string[] {
    const known = this.#choices.get(slot);
    if (known !== undefined) return known;
    const { sessions, people } = this.#indexed;
    const session = this.#session;
    const end = slot + (sessions[session]?.length ?? 1);
    const bound = new Set(sessions[session]?.bound);
    const caring = [...people.keys()].filter((person) => people[person]?.interest.has(session));
    const away = caring.filter((person) => {
      for (let at = slot; at < end; at++) if (people[person]?.away.has(at)) return true;
      return false;
    });
    const sentences = [...sessions.entries()].flatMap(([other, { length, bound: theirs }]) => {
      const start = this.#without.slot[other] ?? -1;
      if (other === session || start < 0 || start >= end || start + length <= slot) return [];
      const torn = [...people.keys()].filter((person) => {
        const cares = people[person]?.interest;
        if (bound.has(person)) return cares?.has(other) === true;
        return cares?.has(session) === true && (cares.has(other) || theirs.includes(person));
      });
      if (torn.length === 0) return [];
      return [
        `${fewPeople(this.#names, torn)} would have to choose between it and ${this.#names.session(other)}.`,
      ];
    });
    if (away.length > 0) {
      sentences.push(
        `${fewPeople(this.#names, away)} would like to come and ${away.length === 1 ? 'is' : 'are'} away then.`,
      );
    }
    this.#choices.set(slot, sentences);
    return sentences;
  }
}

/** What it means to put a session somewhere, or to take it out, with nothing else moved. */
export interface Consequences {
  /** What must hold and would not any more. */
  readonly breaks: readonly string[];
  /** Wishes that it breaks, and whom it costs what. */
  readonly costs: readonly string[];
  /** What holds again, and who gets to what. */
  readonly gains: readonly string[];
}

/** Says what a move would change, before it is made; `null` takes the session out. */
export function consequencesOf(
  facts: TimetableFacts,
  placements: readonly Placement[],
  sessionId: string,
  to: Place | null,
): Consequences {
  const others = placements.filter((each) => each.sessionId !== sessionId);
  const after = to === null ? others : [...others, { sessionId, ...to, isPinned: false }];
  return changesBetween(facts, placements, after);
}

/** What changes from one state of a draft to another. */
export function changesBetween(
  facts: TimetableFacts,
  before: readonly Placement[],
  after: readonly Placement[],
): Consequences {
  const [one, other] = [checkPlacements(facts, before), checkPlacements(facts, after)];
  const [had, has] = [keyed(one.breaks), keyed(other.breaks)];
  const worse = [...has].flatMap(([key, each]) =>
    each.cost > (had.get(key)?.cost ?? 0) ? [each] : [],
  );
  const better = [...had].flatMap(([key, each]) => {
    const now = has.get(key);
    if (now === undefined) return [`No longer so: ${each.sentence}`];
    return now.cost < each.cost ? [`Better: ${now.sentence}`] : [];
  });
  const people = peopleBetween(facts, before, after);
  return {
    breaks: worse.filter(({ isHard }) => isHard).map(({ sentence }) => sentence),
    costs: [
      ...worse.filter(({ isHard }) => !isHard).map(({ sentence }) => sentence),
      ...people.costs,
    ],
    gains: [...better, ...people.gains],
  };
}

/** Breaks by what they are about; a group that is in fewer rooms than before is no new break. */
const keyed = (breaks: readonly PlacementBreak[]): ReadonlyMap<string, PlacementBreak> =>
  new Map(
    breaks
      .filter(({ rule }) => rule !== 'interest' && rule !== 'worst-off')
      .map((each) => [
        each.level === 'steady' ? `${each.rule} ${each.sessions}` : each.sentence,
        each,
      ]),
  );

/** Who loses and who gains which session, those of one session in one sentence. */
function peopleBetween(
  facts: TimetableFacts,
  before: readonly Placement[],
  after: readonly Placement[],
): {
  readonly costs: readonly string[];
  readonly gains: readonly string[];
  readonly losing: number;
} {
  const problem = timetableInstance(facts, { on: daysOf(after) });
  const names = namesOf(problem.indexed);
  const { people } = differenceOf(
    problem.indexed,
    timetableOf(problem, before),
    timetableOf(problem, after),
  );
  const bySession = (which: 'loses' | 'gains') => {
    const found = new Map<number, number[]>();
    for (const each of people) {
      for (const session of each[which]) {
        found.set(session, [...(found.get(session) ?? []), each.person]);
      }
    }
    return [...found].toSorted(([, some], [, others]) => others.length - some.length);
  };
  const partly = people.filter(({ loss, loses }) => loss > 0 && loses.length === 0);
  return {
    costs: [
      ...bySession('loses').map(
        ([session, who]) =>
          `${fewPeople(names, who)} can no longer be in ${names.session(session)}.`,
      ),
      ...(partly.length === 0
        ? []
        : [
            `${fewPeople(
              names,
              partly.map(({ person }) => person),
            )} would miss a part of what they care for.`,
          ]),
    ],
    gains: bySession('gains').map(
      ([session, who]) => `${fewPeople(names, who)} can be in ${names.session(session)}.`,
    ),
    losing: people.filter(({ loss }) => loss > 0).length,
  };
}
