import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryInstance, arbitraryTimetable } from '../../../../tests/arbitrary-instances.ts';
import { checkTimetable } from '../sessions/checker.ts';
import type { IndexedInstance } from '../sessions/index-instance.ts';
import type { Timetable } from '../sessions/model.ts';
import { HardModel, type MoveCosts } from './hard-model.ts';
import { leastMoves } from './least-moves.ts';

const LIMITS = { nodes: 200_000, answers: 1000 };

const SMALL = { slots: 4, rooms: 2, people: 3, sessions: 4, rules: 3, length: 2 };

const anyRepair = arbitraryInstance(SMALL).chain((indexed) =>
  fc.record({
    indexed: fc.constant(indexed),
    previous: arbitraryTimetable(indexed),
    countsRooms: fc.boolean(),
    weight: fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 }),
    isWeighted: fc.boolean(),
    kept: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 4, maxLength: 4 }),
  }),
);

interface Case {
  readonly indexed: IndexedInstance;
  readonly previous: Timetable;
  readonly countsRooms: boolean;
  readonly weight: readonly number[];
  readonly isWeighted: boolean;
  readonly kept: readonly number[];
}

function costsOf({ indexed, countsRooms, weight, isWeighted, kept }: Case): MoveCosts {
  return {
    countsRooms,
    weight: Int32Array.from(indexed.sessions, (_, at) => (isWeighted ? (weight[at] ?? 0) : 1)),
    isKept: Uint8Array.from(indexed.sessions, (_, at) => Number(kept[at] === 0)),
    isPast: Uint8Array.from(indexed.slots, () => 0),
  };
}

/** Every timetable there is, by what it costs to come from the old one; those that hold, the cheapest. */
function byEnumeration(model: HardModel): number {
  const { indexed, costs, homeSlot, homeRoom } = model;
  const slot = homeSlot.slice();
  const room = homeRoom.slice();
  let best = Number.POSITIVE_INFINITY;
  const kept = [...costs.isKept.keys()].map(
    (at) => costs.isKept[at] === 1 && (homeSlot[at] as number) >= 0,
  );
  const holds = () => {
    const { breaks } = checkTimetable(indexed, { slot, room });
    return breaks.length === 0;
  };
  const visit = (session: number, cost: number): void => {
    if (cost >= best) return;
    if (session === model.sessions) {
      if (holds()) best = cost;
      return;
    }
    const home = [homeSlot[session] as number, homeRoom[session] as number] as const;
    const places: [number, number][] = [[-1, -1]];
    for (let at = 0; at < model.slots; at++) {
      if (model.takesRoom[session] === 0) places.push([at, -1]);
      else for (let where = 0; where < model.rooms; where++) places.push([at, where]);
    }
    for (const [at, where] of places) {
      const isHome = at === home[0] && (where === home[1] || !costs.countsRooms);
      if (kept[session] && (at !== home[0] || where !== home[1])) continue;
      slot[session] = at;
      room[session] = where;
      const isNew = home[0] < 0;
      visit(session + 1, cost + (isHome || isNew ? 0 : (costs.weight[session] as number)));
    }
    slot[session] = home[0];
    room[session] = home[1];
  };
  visit(0, 0);
  return best;
}

describe('The fewest moves', () => {
  it('are as few as among all timetables there are', () => {
    fc.assert(
      fc.property(anyRepair, (each) => {
        const model = new HardModel(each.indexed, each.previous, costsOf(each));
        const found = leastMoves(model, LIMITS);
        const expected = byEnumeration(model);
        // What is kept and broken by itself is nothing that moves could mend.
        fc.pre(expected < Number.POSITIVE_INFINITY || !each.kept.includes(0));
        expect(found.atLeast).toBe(expected);
        for (const answer of found.answers) {
          expect(checkTimetable(model.indexed, answer).breaks).toEqual([]);
        }
        expect(found.answers.length > 0).toBe(expected < Number.POSITIVE_INFINITY);
      }),
      { numRuns: 150 },
    );
  });
});
