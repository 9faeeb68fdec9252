import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryInstance, arbitraryTimetable } from '../../../../tests/arbitrary-instances.ts';
import { expectOk } from '../../../kernel/src/result.ts';
import { placeOf } from '../explain/names.ts';
import { plantedSummit } from '../generator/summit.ts';
import { checkTimetable } from '../sessions/checker.ts';
import { indexInstance } from '../sessions/index-instance.ts';
import { compareValues, type Instance } from '../sessions/model.ts';
import { repairTimetable } from './repair.ts';

const QUICK = { iterations: 500, nodes: 5000 };

const { instance, planted } = plantedSummit({
  people: 30,
  sessions: 24,
  slots: 8,
  rooms: 4,
  seed: 5,
  fill: 0.8,
});

/** Everybody who leads the first session is away while it runs. */
const withoutLeads: Instance = {
  ...instance,
  people: instance.people.map((person) => {
    if (!instance.sessions[0]?.leads?.includes(person.key)) return person;
    const away = [instance.slots[planted.slot[0] ?? 0]?.key ?? ''];
    return { ...person, away };
  }),
};

describe('Repairing a timetable', () => {
  it('moves nothing where nothing is broken', async () => {
    const indexed = expectOk(indexInstance(instance));
    const repaired = await repairTimetable(indexed, planted, { ...QUICK, more: [0] });
    expect(repaired).toMatchObject({ verdict: 'repaired', least: 0, isProven: true, left: [] });
    expect(repaired.offers[0]?.moves).toEqual([]);
  });

  it('offers better timetables for more moves, each within its limit', async () => {
    const indexed = expectOk(indexInstance(withoutLeads));
    const { least, isProven, offers } = await repairTimetable(indexed, planted, QUICK);
    expect(least).toBeGreaterThan(0);
    expect(isProven).toBe(true);
    expect(offers.map(({ more }) => more)).toEqual([0, 2, 5]);
    for (const [at, offer] of offers.entries()) {
      const { values } = checkTimetable(indexed, offer.timetable);
      expect(values).toEqual(offer.values);
      expect(values[0]).toBe(0);
      expect(offer.moves.length).toBe(offer.cost);
      expect(offer.cost).toBeLessThanOrEqual(least + offer.more);
      const before = offers[at - 1];
      if (before) expect(compareValues(offer.values, before.values)).toBeLessThanOrEqual(0);
    }
    expect(offers[0]?.cost).toBe(least);
    expect(compareValues(offers[2]?.values ?? [], offers[0]?.values ?? [])).toBeLessThan(0);
  });

  it('gives the same offers for the same arguments', async () => {
    const indexed = expectOk(indexInstance(withoutLeads));
    const once = await repairTimetable(indexed, planted, { ...QUICK, seed: 7 });
    const again = await repairTimetable(indexed, planted, { ...QUICK, seed: 7 });
    expect(again).toEqual(once);
  });

  it('stops when it is told to, with what it has', async () => {
    const indexed = expectOk(indexInstance(withoutLeads));
    const repaired = await repairTimetable(indexed, planted, { ...QUICK, isCancelled: () => true });
    expect(repaired.offers.length).toBeLessThanOrEqual(1);
  });

  it('names sessions that share too few places when a room is gone', async () => {
    const closed = instance.slots.map(({ key }) => key);
    const rooms = instance.rooms.map((room, at) => (at > 1 ? { ...room, closed } : room));
    const indexed = expectOk(indexInstance({ ...instance, rooms }));
    const { verdict, tooMany } = await repairTimetable(indexed, planted, QUICK);
    expect(verdict).toBe('impossible');
    const open = rooms.flatMap((room) =>
      instance.slots.filter(({ key }) => room.closed?.includes(key) !== true),
    );
    expect(tooMany.length).toBeGreaterThan(0);
    expect(tooMany.length).toBeLessThanOrEqual(instance.sessions.length);
    expect(open.length).toBeLessThan(instance.sessions.length);
  });

  it('counts people where people are to be spared', async () => {
    const indexed = expectOk(indexInstance(withoutLeads));
    const options = { ...QUICK, measure: 'people', more: [0] } as const;
    const { least, offers, isProven } = await repairTimetable(indexed, planted, options);
    const people = offers[0]?.moves.map(({ session }) => indexed.sessions[session]?.bound.length);
    expect(people?.reduce((sum = 0, each = 0) => sum + each, 0)).toBe(least);
    expect(isProven).toBe(true);
  });

  it('keeps what is pinned and what is over, and mends all that the rest can mend', async () => {
    const limits = { slots: 5, rooms: 2, people: 3, sessions: 5, rules: 3, length: 2 };
    await fc.assert(
      fc.asyncProperty(
        arbitraryInstance(limits).chain((indexed) =>
          fc.record({
            indexed: fc.constant(indexed),
            previous: arbitraryTimetable(indexed),
            pinned: fc.subarray([...indexed.sessions.keys()]),
            past: fc.subarray([0, 1]),
            countsRooms: fc.boolean(),
          }),
        ),
        async ({ indexed, previous, pinned, past, countsRooms }) => {
          const repaired = await repairTimetable(indexed, previous, {
            iterations: 200,
            nodes: 2000,
            pinned,
            past,
            countsRooms,
          });
          const before = checkTimetable(indexed, previous);
          for (const { timetable, cost, more, values } of repaired.offers) {
            for (const session of indexed.sessions.keys()) {
              const { takesRoom, length } = indexed.sessions[session] ?? { takesRoom: false };
              const old = previous.slot[session] ?? -1;
              const hadPlace = old >= 0 && (!takesRoom || (previous.room[session] ?? -1) >= 0);
              const runsIn = (start: number) =>
                start >= 0 && past.some((slot) => slot >= start && slot < start + (length ?? 1));
              if (hadPlace && (pinned.includes(session) || runsIn(old))) {
                expect(timetable.slot[session]).toBe(old);
                if (takesRoom) expect(timetable.room[session]).toBe(previous.room[session]);
              } else {
                expect(runsIn(timetable.slot[session] ?? -1)).toBe(false);
              }
            }
            const { breaks } = checkTimetable(indexed, timetable);
            const hard = breaks.filter(({ rule }) => rule.level === 0);
            if (repaired.left.length === 0 && pinned.length + past.length === 0) {
              expect(hard).toEqual([]);
            }
            expect(cost).toBeLessThanOrEqual(repaired.least + more);
            expect(values).toEqual(checkTimetable(indexed, timetable).values);
          }
          if (before.values[0] === 0) expect(repaired.least).toBe(0);
        },
      ),
      { numRuns: 150 },
    );
  });

  it('claims that no timetable with as few moves is better only where that is so', async () => {
    const limits = { slots: 3, rooms: 2, people: 2, sessions: 3, rules: 3, length: 2 };
    let claims = 0;
    await fc.assert(
      fc.asyncProperty(
        arbitraryInstance(limits).chain((indexed) =>
          fc.record({ indexed: fc.constant(indexed), previous: arbitraryTimetable(indexed) }),
        ),
        async ({ indexed, previous }) => {
          const options = { ...QUICK, more: [0] };
          const { offers, least } = await repairTimetable(indexed, previous, options);
          const [offer] = offers;
          if (!offer?.isBest) return;
          claims += 1;
          const isHome = (session: number, slot: number, room: number) => {
            const old = placeOf(indexed, previous, session);
            return old.slot < 0 || (old.slot === slot && old.room === room);
          };
          const slot = indexed.sessions.map(() => -1);
          const room = indexed.sessions.map(() => -1);
          const visit = (session: number, moves: number): void => {
            if (moves > least) return;
            if (session === indexed.sessions.length) {
              const { values } = checkTimetable(indexed, { slot, room });
              if (values[0] === 0) {
                expect(compareValues(values, offer.values)).toBeGreaterThanOrEqual(0);
              }
              return;
            }
            const { takesRoom = false } = indexed.sessions[session] ?? {};
            const rooms = takesRoom ? [...indexed.rooms.keys()] : [-1];
            const places = [...indexed.slots.keys()].flatMap((at) =>
              rooms.map((where) => [at, where] as const),
            );
            for (const [at, where] of [[-1, -1] as const, ...places]) {
              slot[session] = at;
              room[session] = where;
              visit(session + 1, moves + Number(!isHome(session, at, where)));
            }
          };
          visit(0, 0);
        },
      ),
      { numRuns: 200 },
    );
    expect(claims).toBeGreaterThan(10);
  });
});
