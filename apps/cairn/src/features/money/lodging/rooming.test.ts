import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundOf } from './rooming-bound-rules.ts';
import {
  handProblem,
  levelsFor,
  roomingFaults,
  type Sleeper,
  type SleepRoom,
  worthOf,
} from './rooming-rules.ts';
import { findRooms } from './rooming-search-rules.ts';

const WEEK = ['2023-05-21', '2023-05-22', '2023-05-23', '2023-05-24'];
const sleeper = (id: string, more: Partial<Sleeper> = {}): Sleeper => ({
  id,
  nights: WEEK,
  isSingle: false,
  sharesWith: 'anyone',
  stepFree: false,
  habits: [],
  with: [],
  notWith: [],
  ...more,
});
const room = (id: string, more: Partial<SleepRoom> = {}): SleepRoom => ({
  id,
  beds: 2,
  isAccessible: false,
  nightCost: 1,
  ...more,
});
const rooms = (count: number): SleepRoom[] =>
  Array.from({ length: count }, (_, index) => room(`r${index}`));

describe('who sleeps where', () => {
  test('keeps wishes that both have before those that one has, and says that it is proved', () => {
    const people = [
      sleeper('a', { with: ['b'] }),
      sleeper('b', { with: ['a'] }),
      sleeper('c', { with: ['a'] }),
      sleeper('d'),
    ];
    const { places, proves } = findRooms(people, rooms(2), 1);
    expect(places.get('a')).toBe(places.get('b'));
    expect(places.get('c')).toBe(places.get('d'));
    expect(proves).toBe('all');
  });

  test('never puts together who asked not to be, and leaves out whom no bed suits', () => {
    const people = [sleeper('a', { notWith: ['b'] }), sleeper('b')];
    const { places, worth } = findRooms(people, [room('only')], 3);
    expect(worth.unplaced).toBe(1);
    expect(new Set(places.values())).toEqual(new Set(['only', null]));
    expect(findRooms(people, rooms(2), 3).worth.unplaced).toBe(0);
  });

  test('gives a bed to one after the other, where their nights allow it', () => {
    const people = [
      sleeper('early', { nights: WEEK.slice(0, 2) }),
      sleeper('late', { nights: WEEK.slice(2), notWith: ['early'] }),
      sleeper('always', { isSingle: true }),
    ];
    const { worth } = findRooms(people, [room('one', { beds: 1 }), room('two', { beds: 1 })], 1);
    expect(worth.unplaced).toBe(0);
  });

  test('gives the accessible room to whoever needs it, and a room alone to whom it was agreed', () => {
    const people = [
      sleeper('a'),
      sleeper('b', { stepFree: true }),
      sleeper('c', { isSingle: true }),
    ];
    const { places } = findRooms(people, [room('r', { isAccessible: true }), room('s')], 5);
    expect(places.get('b')).toBe('r');
    expect([...places.values()].filter((each) => each === places.get('c'))).toHaveLength(1);
  });

  test('moves nobody who was told of a room, except who asks for another one', () => {
    const told = [
      sleeper('a', { before: 'r0', with: ['c'] }),
      sleeper('b', { before: 'r0', asksMove: true }),
      sleeper('c', { before: 'r1', with: ['a'] }),
      sleeper('d'),
    ];
    const { places, worth } = findRooms(told, rooms(3), 1);
    expect(worth.moved).toBe(0);
    expect([places.get('a'), places.get('c')]).toEqual(['r0', 'r1']);
    expect(places.get('b')).not.toBe('r0');
  });

  test('keeps whom somebody put by hand', () => {
    const people = [sleeper('a', { kept: 'r1', with: ['b'] }), sleeper('b', { kept: null })];
    expect([...findRooms(people, rooms(2), 1).places.values()]).toEqual(['r1', null]);
  });

  test('sets light sleepers apart from those who snore before early from late', () => {
    const people = [
      sleeper('light', { habits: ['light_sleeper', 'early'] }),
      sleeper('snores', { habits: ['snores', 'early'] }),
      sleeper('late', { habits: ['late'] }),
      sleeper('any'),
    ];
    const { places } = findRooms(people, rooms(2), 2);
    expect(places.get('light')).toBe(places.get('any'));
  });
});

test('by hand, what organisers cannot know is not told to them', () => {
  const [one, other] = [sleeper('a', { notWith: ['b'] }), sleeper('b')];
  expect(handProblem(one, room('r'), [other])).toBeUndefined();
  expect(handProblem(sleeper('c', { sharesWith: 'women' }), room('r'), [other])?.code).toBe(
    'not-shareable',
  );
  expect(handProblem(one, room('r'), [other, sleeper('d')])?.code).toBe('no-bed');
});

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
const people = fc
  .tuple(
    ...ids.map((id) =>
      fc.record({
        from: fc.integer({ min: 0, max: 2 }),
        isSingle: fc.boolean().map((each) => each && id === 'a'),
        sharesWith: fc.constantFrom('anyone' as const, 'anyone' as const, 'women' as const),
        stepFree: fc.integer({ min: 0, max: 5 }).map((each) => each === 0),
        habits: fc.subarray(['early', 'late', 'snores', 'light_sleeper'] as const),
        with: fc.subarray(
          ids.filter((other) => other !== id),
          { maxLength: 2 },
        ),
        notWith: fc.subarray(
          ids.filter((other) => other !== id),
          { maxLength: 1 },
        ),
      }),
    ),
  )
  .map((each) =>
    each.map(({ from, ...facts }, index) =>
      sleeper(ids[index] ?? '', { ...facts, nights: WEEK.slice(from) }),
    ),
  );
const houses = fc
  .array(fc.record({ beds: fc.integer({ min: 1, max: 3 }), isAccessible: fc.boolean() }), {
    minLength: 1,
    maxLength: 5,
  })
  .map((each) => each.map((facts, index) => room(`r${index}`, facts)));

test('no placing breaks what must hold, none is better than its bound, and a seed finds the same again', () => {
  fc.assert(
    fc.property(people, houses, fc.nat(99), (sleepers, places, seed) => {
      const found = findRooms(sleepers, places, seed);
      expect(roomingFaults(sleepers, places, found.places)).toEqual([]);
      expect(found.worth).toEqual(worthOf(sleepers, places, found.places));
      const bound = boundOf(sleepers, places);
      expect(found.worth.unplaced).toBeGreaterThanOrEqual(bound.unplaced);
      expect(found.worth.amiss).toBeGreaterThanOrEqual(bound.amiss);
      expect(findRooms(sleepers, places, seed).places).toEqual(found.places);
    }),
    { numRuns: 25 },
  );
});

test('one person at a worse level outweighs everybody at all lesser ones', () => {
  const { again, mutual, wish, sleep, rhythm } = levelsFor(40);
  expect(40 * rhythm).toBeLessThan(sleep);
  expect(40 * sleep + 40 * rhythm).toBeLessThan(wish);
  expect(40 * (wish + sleep + rhythm)).toBeLessThan(mutual);
  expect(40 * (mutual + sleep + rhythm)).toBeLessThan(again);
});
