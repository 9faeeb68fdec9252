import { existsSync, readFileSync } from 'node:fs';
import { expectOk } from '@cairn/kernel/result';
import { describe, expect, test } from 'vitest';
import { checkTimetable } from '../sessions/checker.ts';
import { indexInstance } from '../sessions/index-instance.ts';
import { readTpac, readTpacGrid, TPAC_LEVELS, writeTpacGrid } from './tpac.ts';

/** Both shapes in one: slots with a break, rooms of sizes, a long session, a declared conflict. */
const SMALL = {
  event: 'Breakouts',
  slots: [
    { i: 0, start: '09:00', end: '10:00', break: false },
    { i: 1, start: '10:05', end: '11:00', break: false },
    { i: 2, start: '11:00', end: '12:00', break: true },
    { i: 3, start: '12:00', end: '13:00', break: false },
  ],
  rooms: [
    { id: 'hall', capacity: 50, size: 'big' },
    { id: 'loft', capacity: 20, size: 'medium' },
    { id: 'nook', capacity: 8, size: 'small' },
  ],
  sessions: [
    {
      id: 'a',
      chairs: ['Ada'],
      capacity: 'medium',
      track: 'web',
      span: 2,
      possibleSlots: null,
      published: [
        { slot: 0, room: 'loft' },
        { slot: 1, room: 'loft' },
      ],
    },
    {
      id: 'b',
      chairs: ['Ada'],
      capacity: 'big',
      track: 'web',
      span: 1,
      possibleSlots: [3],
      published: [{ slot: 3, room: 'nook' }],
    },
    {
      id: 7,
      chairs: ['Bo'],
      capacity: null,
      track: 'web',
      span: 1,
      possibleSlots: null,
      conflicts: ['a'],
      published: [{ slot: 1, room: 'hall' }],
    },
    { id: 'd', chairs: [], capacity: 'small', track: null, conflicts: ['a', 7] },
  ],
};

const textOf = (document: unknown): string => JSON.stringify(document, null, 1);
const readSmall = () => expectOk(readTpac(textOf(SMALL), 'small.json'));

describe('breakouts of TPAC', () => {
  test('are sessions of chairs in slots between which breaks lie', () => {
    const { slots, sessions, rules, levels, pauseMinutes } = readSmall();
    expect(slots.map(({ key, start, end }) => [key, start, end])).toEqual([
      ['09:00', 540, 600],
      ['10:05', 605, 660],
      ['12:00', 720, 780],
    ]);
    // Five minutes to change rooms do not part two slots, a break does.
    expect(pauseMinutes).toBe(5);
    const { isFollowed } = expectOk(indexInstance(readSmall()));
    expect(isFollowed).toEqual([true, false, false]);
    expect(sessions).toEqual([
      { key: 'a', length: 2, size: 20, tracks: ['web'], leads: ['Ada'] },
      { key: 'b', length: 1, size: 50, tracks: ['web'], leads: ['Ada'], slots: ['12:00'] },
      { key: '7', length: 1, size: 0, tracks: ['web'], leads: ['Bo'] },
      { key: 'd', size: 8, leads: [] },
    ]);
    expect(rules.flatMap((rule) => (rule.kind === 'apart' ? [rule.sessions] : []))).toEqual([
      ['7', 'a'],
      ['d', 'a'],
      ['d', '7'],
    ]);
    expect(levels).toEqual(TPAC_LEVELS);
  });

  test('are judged as they are published', () => {
    const indexed = expectOk(indexInstance(readSmall()));
    const grid = expectOk(readTpacGrid(textOf(SMALL), indexed.instance, 'small.json'));
    expect([grid.slot, grid.room]).toEqual([
      [0, 2, 1, -1],
      [1, 2, 0, -1],
    ]);
    // One has no place, one declared conflict, one room too small, one clash of tracks.
    expect(checkTimetable(indexed, grid).values).toEqual([0, 1, 1, 1, 1]);
  });

  test('are published anew with all that they were', () => {
    const instance = readSmall();
    const moved = { slot: [0, 2, -1, 1], room: [0, 1, -1, 2] };
    const written = writeTpacGrid(instance, moved, textOf(SMALL));
    const grid = expectOk(readTpacGrid(written, instance, 'new.json'));
    expect(grid).toEqual(moved);
    const published = [
      [
        { slot: 0, room: 'hall' },
        { slot: 1, room: 'hall' },
      ],
      [{ slot: 3, room: 'loft' }],
      [],
      [{ slot: 1, room: 'nook' }],
    ];
    expect(JSON.parse(written)).toEqual({
      ...SMALL,
      sessions: SMALL.sessions.map((each, index) => ({ ...each, published: published[index] })),
    });
  });

  test('may have dated slots and rooms by name', () => {
    const text = textOf({
      slots: ['2024-03-12 13:00-14:00', '2024-03-12 23:30-00:30', '2024-03-13 09:00-10:00'],
      rooms: ['Koto'],
      sessions: [
        { id: 2, chairs: ['Ada'], published: [{ slot: '2024-03-12 23:30', room: 'Koto' }] },
      ],
    });
    const instance = expectOk(readTpac(text, 'a.json'));
    expect(instance.slots.map(({ key, day }) => [key, day])).toEqual([
      ['2024-03-12 13:00', '2024-03-12'],
      ['2024-03-12 23:30', '2024-03-12'],
      ['2024-03-13 09:00', '2024-03-13'],
    ]);
    expect(expectOk(readTpacGrid(text, instance, 'a.json')).slot).toEqual([1]);
  });

  const wrong = (change: (copy: typeof SMALL) => unknown): string => {
    const copy = structuredClone(SMALL);
    change(copy);
    return textOf(copy);
  };
  test.each([
    [wrong((copy) => Object.assign(copy.slots[0] ?? {}, { start: '9am' })), '9am', 'a time of day'],
    [wrong((copy) => Object.assign(copy.slots[1] ?? {}, { start: '09:30' })), '{', 'has ended'],
    [
      wrong((copy) => Object.assign(copy.rooms[0] ?? {}, { size: 'huge' })),
      'huge',
      '“big” instead',
    ],
    [
      wrong((copy) => Object.assign(copy.sessions[1] ?? {}, { id: 'a' })),
      '"id": "a"',
      'there twice',
    ],
    [
      wrong((copy) => Object.assign(copy.sessions[1] ?? {}, { possibleSlots: [2] })),
      '2',
      'a break',
    ],
    [wrong((copy) => Object.assign(copy.sessions[3] ?? {}, { conflicts: ['z'] })), 'z', 'no such'],
    [
      wrong((copy) => Object.assign(copy.sessions[0] ?? {}, { span: 1e9 })),
      'span',
      'from 1 to 5000',
    ],
  ])('are refused with their place where they are malformed (%#)', (text, there, words) => {
    const read = readTpac(text, 'bad.json');
    expect(JSON.stringify(read)).toContain(words);
    const [first] = read.ok ? [] : read.error;
    expect(text.split('\n')[(first?.place.line ?? 0) - 1]).toContain(there);
  });

  const shared = new URL('../../../../../shared/data/benchmarks/tpac/', import.meta.url);
  test.skipIf(!existsSync(shared)).each([
    // Four clashes of tracks and one room that is too small, as was counted by hand.
    ['tpac2019.json', [0, 0, 0, 1, 4]],
    ['breakouts-day-2024.json', [0, 0, 0, 0, 0]],
  ])('%s is worth what was counted in it', (name, values) => {
    const text = readFileSync(new URL(name, shared), 'utf8');
    const indexed = expectOk(indexInstance(expectOk(readTpac(text, name))));
    const grid = expectOk(readTpacGrid(text, indexed.instance, name));
    expect(checkTimetable(indexed, grid).values).toEqual(values);
    expect(JSON.parse(writeTpacGrid(indexed.instance, grid, text))).toEqual(JSON.parse(text));
  });
});
