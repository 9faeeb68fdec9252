import type { IndexedRule } from '../sessions/index-instance.ts';
import { tracksOf } from './assumed.ts';
import type { Terms } from './linear-model.ts';
import { interestTerms, worstOffTerms } from './people-terms.ts';
import { PLACE_KINDS, PlaceCosts } from './place-costs.ts';
import type { SessionProgram } from './session-program.ts';
import { type StartRelation, startRelations } from './start-relations.ts';

/** What rules cost in a program: a sum of variables, and what does not depend on any. */
export interface Cost {
  readonly terms: Terms;
  readonly constant: number;
}

export const times = (terms: Terms, factor: number): Terms =>
  terms.map(([variable, each]) => [variable, each * factor]);

/**
 * The cost of a rule, in its weight, with the rows that make it so. A program that minimises it, or
 * has it at most so much, finds exactly what the checker says. Undefined for what cannot be said.
 */
export function costOfRule(program: SessionProgram, rule: IndexedRule): Cost | undefined {
  if (PLACE_KINDS.has(rule.kind)) return placeCost(program, rule);
  const terms = termsOf(program, rule);
  return terms && { terms: times(terms, rule.weight), constant: 0 };
}

function placeCost(program: SessionProgram, rule: IndexedRule): Cost {
  const costs = new PlaceCosts(program.indexed, [rule]);
  let constant = 0;
  const terms = program.indexed.sessions.flatMap((_, session): Terms => {
    const nowhere = costs.nowhere(session);
    constant += nowhere;
    return program
      .choices(session)
      .map(
        ({ variable, slot, room }) => [variable, costs.at(session, slot, room) - nowhere] as const,
      )
      .filter(([, cost]) => cost !== 0);
  });
  return { terms, constant };
}

function termsOf(program: SessionProgram, rule: IndexedRule): Terms | undefined {
  const { indexed } = program;
  switch (rule.rule.kind) {
    case 'room-taken':
      return roomTakenTerms(program);
    case 'exclusive':
      return exclusiveTerms(program);
    case 'person-twice':
      return indexed.people.flatMap(({ bound }) => pairTerms(program, bound));
    case 'track-clash':
      return [...tracksOf(indexed, rule.rule.tracks).values()].flatMap((group) =>
        pairTerms(program, group),
      );
    case 'apart':
      return pairTerms(program, rule.sessions);
    case 'interest':
      return interestTerms(program);
    case 'worst-off':
      return worstOffTerms(program);
    case 'day-pattern':
      return dayTerms(program, rule.rule.pattern);
    case 'same-room':
      return sameRoomTerms(program, rule);
    case 'spread':
      return spreadTerms(program, rule, rule.rule.days);
    case 'compact':
      return compactTerms(program, rule);
    case 'attends':
      return attendanceTerms(program, rule, rule.rule.least);
    default:
      return relationTerms(program, rule);
  }
}

/** x(x−1)/2 for the number of sessions of a group in each slot: the k-th beyond the first costs k. */
function pairTerms(program: SessionProgram, group: readonly number[]): Terms {
  return program.indexed.slots.flatMap((_, slot) => {
    const running = group.map((session) => program.covers(session, slot));
    const some = running.filter((terms) => terms.length > 0).length;
    return crowdTerms(program, running.flat(), 1, some);
  });
}

/** What x things in `room` equal places cost in pairs, spread evenly; there are at most so many. */
function crowdTerms(program: SessionProgram, count: Terms, room: number, most: number): Terms {
  if (most <= room) return [];
  const costs: [number, number][] = [];
  for (let more = 1; more * room < most; more++) {
    costs.push([program.model.variable(room, false), more]);
  }
  program.model.atMost([...count, ...costs.map(([variable]) => [variable, -1] as const)], room);
  return costs;
}

/** Exact where each session takes one slot: then rooms of a class can be filled evenly. */
function roomTakenTerms(program: SessionProgram): Terms | undefined {
  const { indexed, classes } = program;
  const isLong = indexed.sessions.some(({ length, takesRoom }) => takesRoom && length > 1);
  if (isLong && classes.some(({ rooms }) => rooms.length > 1)) return undefined;
  const most = indexed.sessions.length;
  return classes.flatMap(({ rooms }) =>
    indexed.slots.flatMap((_, slot) =>
      crowdTerms(program, program.inRooms(rooms, slot), rooms.length, most),
    ),
  );
}

/** A variable that is 1 if both are; it may be more than 0 only if that costs nothing. */
function bothTerms(program: SessionProgram, one: Terms, other: Terms): Terms {
  if (one.length === 0 || other.length === 0) return [];
  const both = program.model.variable(1, false);
  program.model.atMost([...one, ...other, [both, -1]], 1);
  return [[both, 1]];
}

function exclusiveTerms(program: SessionProgram): Terms {
  const { sessions, slots } = program.indexed;
  return sessions.flatMap(({ kind }, one) =>
    sessions.flatMap((session, other) => {
      const isFirst = kind !== 'session' && (session.kind === 'session' || one < other);
      if (!isFirst || one === other) return [];
      return slots.flatMap((_, slot) =>
        bothTerms(program, program.covers(one, slot), program.covers(other, slot)),
      );
    }),
  );
}

/** Relations of two starts: 1 for each two of which both have a place and break it. */
function relationTerms(program: SessionProgram, rule: IndexedRule): Terms | undefined {
  return startRelations(program.indexed, rule)?.flatMap((relation) =>
    brokenTerms(program, relation),
  );
}

/**
 * One variable for two sessions, at least 1 if they break a relation. For a set of slots that one
 * start of the first makes wrong for the second, all starts of the first that make all of these
 * wrong are in the same row, which makes it as strong as it can be.
 */
function brokenTerms(program: SessionProgram, { one, other, breaks }: StartRelation): Terms {
  const { assumed, model } = program;
  const starts = assumed.starts(one);
  const others = assumed.starts(other);
  const wrong = starts.map((start) => others.filter((at) => breaks(start, at)));
  const distinct = new Map(wrong.map((set) => [set.join(' '), set]));
  if ([...distinct.values()].every((set) => set.length === 0)) return [];
  const broken = model.variable(1, false);
  for (const set of distinct.values()) {
    if (set.length === 0) continue;
    const causing = starts.filter((_, index) => set.every((at) => wrong[index]?.includes(at)));
    const terms = [...program.startsIn(one, causing), ...program.startsIn(other, set)];
    model.atMost([...terms, [broken, -1]], 1);
  }
  return [[broken, 1]];
}

function sameRoomTerms(program: SessionProgram, { sessions }: IndexedRule): Terms {
  const { model, classes } = program;
  const used = classes.map(({ rooms: [room] }) => {
    const isUsed = model.variable(1, false);
    for (const session of sessions) {
      const there = program.choices(session).filter((choice) => choice.room === room);
      const terms = there.map(({ variable }) => [variable, 1] as const);
      if (terms.length > 0) model.atMost([...terms, [isUsed, -1]], 0);
    }
    return isUsed;
  });
  const others = model.variable(classes.length, false);
  model.atMost([...used.map((each) => [each, 1] as const), [others, -1]], 1);
  return [[others, 1]];
}

function spreadTerms(program: SessionProgram, { sessions }: IndexedRule, days: number): Terms {
  const { model, indexed } = program;
  const used = slotsByDay(program).map((slots) => {
    const isUsed = model.variable(1, false);
    const there = sessions.flatMap((session) => program.startsIn(session, slots));
    model.atLeast([...there, [isUsed, -1]], 0);
    return isUsed;
  });
  const missing = model.variable(Math.max(days, indexed.slots.length), false);
  model.atLeast([[missing, 1], ...used.map((each) => [each, 1] as const)], days);
  return [[missing, 1]];
}

function compactTerms(program: SessionProgram, { sessions }: IndexedRule): Terms {
  const { indexed, model } = program;
  const { isFollowed } = indexed;
  const lengthOf = (session: number) => indexed.sessions[session]?.length ?? 1;
  return sessions.map((session): [number, number] => {
    const alone = model.variable(1, false);
    for (const start of program.assumed.starts(session)) {
      const end = start + lengthOf(session);
      const beside = sessions.flatMap((other): Terms => {
        if (other === session) return [];
        const before = start - lengthOf(other);
        const after = isFollowed[end - 1] === true ? program.starts(other, end) : [];
        const first = isFollowed[start - 1] === true ? program.starts(other, before) : [];
        return [...after, ...first];
      });
      model.atMost([...program.starts(session, start), ...times(beside, -1), [alone, -1]], 0);
    }
    return [alone, 1];
  });
}

function attendanceTerms(program: SessionProgram, rule: IndexedRule, least: number): Terms {
  const { indexed, model, assumed } = program;
  return rule.people.map((person): [number, number] => {
    const away = indexed.people[person]?.away ?? new Set();
    const attending: number[] = [];
    const inSlot = indexed.slots.map((): [number, number][] => []);
    for (const session of rule.sessions) {
      const length = indexed.sessions[session]?.length ?? 1;
      for (const start of assumed.starts(session)) {
        const covered = indexed.slots.map((_, at) => at).slice(start, start + length);
        if (covered.some((slot) => away.has(slot))) continue;
        const attends = model.variable(1, true);
        attending.push(attends);
        model.atMost([[attends, 1], ...times(program.starts(session, start), -1)], 0);
        for (const slot of covered) inSlot[slot]?.push([attends, 1]);
      }
    }
    for (const terms of inSlot) if (terms.length > 1) model.atMost(terms, 1);
    const isShort = model.variable(1, true);
    model.atLeast([...attending.map((each) => [each, 1] as const), [isShort, least]], least);
    return [isShort, 1];
  });
}

function dayTerms(
  program: SessionProgram,
  pattern: 'last-slot' | 'three-in-a-row' | 'alone',
): Terms {
  const { model, indexed } = program;
  const days = slotsByDay(program);
  return indexed.people.flatMap(({ bound }): Terms => {
    const busy = indexed.slots.map((_, slot): Terms => {
      const running = bound.map((session) => program.covers(session, slot));
      const some = running.filter((terms) => terms.length > 0);
      if (some.length < 2) return some.flat();
      const isBusy = model.variable(1, false);
      for (const terms of some) model.atMost([...terms, [isBusy, -1]], 0);
      model.atMost([[isBusy, 1], ...times(some.flat(), -1)], 0);
      return [[isBusy, 1]];
    });
    const at = (slot: number): Terms => busy[slot] ?? [];
    return days.flatMap((day): Terms => {
      if (pattern === 'last-slot') return at(day.at(-1) ?? -1);
      const cost = (lower: Terms, most: number): Terms => {
        if (lower.length === 0) return [];
        const each = model.variable(1, false);
        model.atMost([...lower, [each, -1]], most);
        return [[each, 1]];
      };
      if (pattern === 'three-in-a-row') {
        return day.slice(2).flatMap((slot) => {
          const three = [at(slot - 2), at(slot - 1), at(slot)];
          return three.some((terms) => terms.length === 0) ? [] : cost(three.flat(), 2);
        });
      }
      const alone = model.variable(1, false);
      for (const slot of day) {
        const rest = day.filter((other) => other !== slot).flatMap(at);
        model.atMost([...at(slot), ...times(rest, -1), [alone, -1]], 0);
      }
      return [[alone, 1]];
    });
  });
}

function slotsByDay({ indexed }: SessionProgram): number[][] {
  const days: number[][] = [];
  for (const [slot, day] of indexed.dayOf.entries()) {
    const slots = days[day] ?? [];
    slots.push(slot);
    days[day] = slots;
  }
  return days;
}
