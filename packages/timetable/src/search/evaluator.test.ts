import { seededRandom } from '@cairn/kernel/random';
import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomInstance } from '../../../../tests/random-instance.ts';
import { checkTimetable } from '../sessions/checker.ts';
import { type IndexedInstance, indexInstance } from '../sessions/index-instance.ts';
import { Evaluator } from './evaluator.ts';
import { Proposal } from './proposal.ts';

const judged = (indexed: IndexedInstance, evaluator: Evaluator) =>
  checkTimetable(indexed, evaluator).values;

/** Draws places for sessions, in and out of what is allowed. */
function places(indexed: IndexedInstance, seed: number) {
  const random = seededRandom(seed);
  const below = (count: number) => Math.floor(random() * count);
  const { sessions, slots, rooms } = indexed;
  return {
    below,
    session: () => below(sessions.length),
    slot: () => below(slots.length + 1) - 1,
    roomFor: (session: number) => (sessions[session]?.takesRoom ? below(rooms.length) : -1),
  };
}

describe('the evaluator', () => {
  it('is worth what the checker says, whatever is assigned and unassigned', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (instance, moves) => {
        const indexed = randomInstance(instance);
        const draw = places(indexed, moves);
        const evaluator = new Evaluator(indexed);
        expect(evaluator.values).toEqual(judged(indexed, evaluator));
        for (let move = 0; move < 12; move++) {
          const session = draw.session();
          evaluator.unassign(session);
          const slot = draw.slot();
          if (slot >= 0) evaluator.assign(session, slot, draw.roomFor(session));
          expect(evaluator.values).toEqual(judged(indexed, evaluator));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('weighs what several sessions at once would change, and changes nothing by it', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (instance, moves) => {
        const indexed = randomInstance(instance);
        const draw = places(indexed, moves);
        const evaluator = new Evaluator(indexed);
        const proposal = new Proposal(indexed.sessions.length);
        const change = new Float64Array(indexed.levels);
        for (let move = 0; move < 12; move++) {
          proposal.clear();
          const slots = [draw.slot(), draw.slot()];
          for (let count = draw.below(5); count >= 0; count--) {
            const session = draw.session();
            const slot = draw.below(3) === 0 ? draw.slot() : (slots[draw.below(2)] ?? -1);
            if (proposal.at[session] !== -1) continue;
            proposal.add(session, slot, slot < 0 ? -1 : draw.roomFor(session));
          }
          const before = evaluator.values;
          evaluator.weigh(proposal, change);
          expect(evaluator.values).toEqual(before);
          const expected = before.map((value, level) => value + (change[level] ?? 0));
          evaluator.apply(proposal);
          expect(evaluator.values).toEqual(expected);
          expect(evaluator.values).toEqual(judged(indexed, evaluator));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('weighs exchanges between two slots by their short way just as well', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (instance, moves) => {
        const indexed = randomInstance(instance);
        const draw = places(indexed, moves);
        const evaluator = new Evaluator(indexed);
        const short = [...indexed.sessions.keys()].filter(
          (each) => indexed.sessions[each]?.length === 1,
        );
        for (const session of indexed.sessions.keys()) {
          evaluator.assign(session, draw.below(indexed.slots.length), draw.roomFor(session));
        }
        const proposal = new Proposal(indexed.sessions.length);
        const change = new Float64Array(indexed.levels);
        for (let move = 0; move < 12; move++) {
          const one = draw.slot();
          const other = draw.below(indexed.slots.length);
          proposal.clear();
          proposal.between(one, other);
          for (const session of short) {
            const at = evaluator.slot[session] ?? -1;
            if ((at !== one && at !== other) || draw.below(3) === 0) continue;
            const to = draw.below(5) === 0 ? at : at === one ? other : one;
            proposal.add(session, to, to < 0 ? -1 : draw.roomFor(session));
          }
          const before = evaluator.values;
          evaluator.weigh(proposal, change);
          expect(evaluator.values).toEqual(before);
          const expected = before.map((value, level) => value + (change[level] ?? 0));
          evaluator.apply(proposal);
          expect(evaluator.values).toEqual(expected);
          expect(evaluator.values).toEqual(judged(indexed, evaluator));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('says what one session elsewhere would change', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (instance, moves) => {
        const indexed = randomInstance(instance);
        const draw = places(indexed, moves);
        const evaluator = new Evaluator(indexed);
        for (let move = 0; move < 12; move++) {
          const session = draw.session();
          const slot = draw.slot();
          const room = slot < 0 ? -1 : draw.roomFor(session);
          const before = evaluator.values;
          const delta = [...evaluator.delta(session, slot, room)];
          evaluator.unassign(session);
          if (slot >= 0) evaluator.assign(session, slot, room);
          expect(evaluator.values).toEqual(before.map((value, at) => value + (delta[at] ?? 0)));
        }
      }),
    );
  });

  it('counts interests that take more bits than a word, and days longer than one', () => {
    const count = 40;
    const slots = Array.from({ length: count }, (_, at) => ({
      key: `t${at}`,
      day: at < 35 ? 'long' : 'short',
      start: at * 30,
      end: at * 30 + 30,
    }));
    const sessions = Array.from({ length: count }, (_, at) => ({
      key: `s${at}`,
      isRoomless: true,
      ...(at % 3 === 0 ? { people: ['p'] } : {}),
    }));
    const interest = Object.fromEntries(sessions.map(({ key }, at) => [key, 1 + at]));
    const indexed = expectOk(
      indexInstance({
        slots,
        rooms: [],
        people: [{ key: 'p', away: ['t3'], interest }],
        sessions,
        rules: [
          { kind: 'interest', level: 1 },
          { kind: 'worst-off', level: 2 },
          { kind: 'day-pattern', level: 3, pattern: 'last-slot' },
          { kind: 'day-pattern', level: 4, pattern: 'three-in-a-row' },
          { kind: 'day-pattern', level: 4, pattern: 'alone', weight: 7 },
        ],
      }),
    );
    const random = seededRandom(9);
    const below = (most: number) => Math.floor(random() * most);
    const evaluator = new Evaluator(indexed);
    const proposal = new Proposal(count);
    const change = new Float64Array(indexed.levels);
    for (let move = 0; move < 400; move++) {
      const session = below(count);
      const to = below(9) === 0 ? -1 : below(8) === 0 ? 34 : below(count);
      proposal.clear();
      proposal.between(evaluator.slot[session] ?? -1, to);
      proposal.add(session, to, -1);
      evaluator.weigh(proposal, change);
      const expected = evaluator.values.map((value, level) => value + (change[level] ?? 0));
      evaluator.apply(proposal);
      expect(evaluator.values).toEqual(expected);
      if (move % 10 === 0) expect(evaluator.values).toEqual(judged(indexed, evaluator));
    }
  });

  it('takes over a timetable, and leaves out what has no complete place in it', () => {
    const indexed = randomInstance(5);
    const evaluator = new Evaluator(indexed);
    const slot = indexed.sessions.map((_, session) => (session % 3 === 0 ? -1 : 1));
    const room = indexed.sessions.map((_, session) => (session % 2 === 0 ? 99 : 0));
    evaluator.load({ slot, room });
    for (const [session, { takesRoom }] of indexed.sessions.entries()) {
      const isPlaced = session % 3 !== 0 && (!takesRoom || session % 2 === 1);
      expect(evaluator.slot[session]).toBe(isPlaced ? 1 : -1);
    }
    expect(evaluator.values).toEqual(judged(indexed, evaluator));
  });
});
