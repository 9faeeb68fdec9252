import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryInstance, arbitraryTimetable } from '../../../../tests/arbitrary-instances.ts';
import {
  readCairnInstance,
  readCairnTimetable,
  writeCairnInstance,
  writeCairnTimetable,
} from './cairn-json.ts';
import { placesOf } from './places.ts';

const SMALL = `{
  "title": "Summit",
  "levels": ["what must hold", "wishes"],
  "slots": [
    { "key": "first", "day": "Monday", "start": "09:00", "end": "10:00" },
    { "key": "second", "day": "Monday", "start": "10:00", "end": "11:30" },
    { "key": "third", "day": "Tuesday", "start": "09:00", "end": "24:00" }
  ],
  "rooms": [{ "key": "Hall", "capacity": 80 }, { "key": "Loft" }],
  "people": [{ "key": "ada", "interest": { "talk": 2 } }],
  "sessions": [
    { "key": "talk", "leads": ["ada"] },
    { "key": "lunch", "kind": "block", "pinned": { "slot": "second" } }
  ],
  "rules": [{ "kind": "interest", "level": 1 }],
  "timetable": { "talk": { "slot": "first", "room": "Loft" }, "lunch": { "slot": "second" } }
}
`;
const small = () => expectOk(readCairnInstance(SMALL, 'small.json'));

describe('an instance in Cairn’s JSON', () => {
  test('may have times of day, counted from the midnight before the first day', () => {
    expect(small().slots.map(({ start, end }) => [start, end])).toEqual([
      [540, 600],
      [600, 690],
      [24 * 60 + 540, 48 * 60],
    ]);
  });

  test('is read as it was written', () => {
    fc.assert(
      fc.property(arbitraryInstance(), ({ instance }) => {
        const text = writeCairnInstance(instance);
        expect(expectOk(readCairnInstance(text, 'summit.json'))).toEqual(instance);
      }),
      { numRuns: 50 },
    );
  });

  test('may have a timetable with it, which is read as that of a file of its own is', () => {
    const instance = small();
    const timetable = expectOk(readCairnTimetable(SMALL, instance, 'small.json'));
    expect(timetable).toEqual({ slot: [0, 1], room: [1, -1] });
    const both = writeCairnInstance(instance, timetable);
    expect(expectOk(readCairnInstance(both, 'both.json'))).toEqual(instance);
    expect(expectOk(readCairnTimetable(both, instance, 'both.json'))).toEqual(timetable);
  });

  const wrong = (from: string, to: string): string => SMALL.replace(from, to);
  test.each([
    [wrong('"title"', '"titel"'), 2, '“titel” is no key that is known here'],
    [wrong('"09:00"', '"9:00"'), 5, 'Write a time of day'],
    [wrong('"11:30"', '"09:30"'), 6, 'end after it starts'],
    [wrong('80', '-80'), 9, 'a whole number from 0'],
    [wrong('80', '"80"'), 9, 'instead of “80”'],
    [wrong('"talk": 2', '"walk": 2'), 10, 'no session “walk”'],
    [wrong('"leads": ["ada"]', '"length": 1000000000'), 12, 'from 1 to 5000'],
    [wrong('"leads": ["ada"]', '"leads": "ada"'), 12, 'Write a list'],
    [wrong('"block"', '"lunch"'), 13, '“plenary” or “block” instead of “lunch”'],
    [wrong('"interest", "level"', '"fun", "level"'), 15, 'instead of “fun”'],
    [wrong('"level": 1', '"level": 32'), 15, 'from 0 to 31'],
    [wrong('"level": 1', '"days": 1'), 15, '“days” is no key'],
    [SMALL.slice(0, 300), 7, 'in quotes that begins here does not end'],
    ['[]', 1, 'Write a group of keys'],
  ])('is refused with its place where it is malformed (%#)', (text, line, words) => {
    const read = readCairnInstance(text, 'bad.json');
    expect(JSON.stringify(read)).toContain(words);
    expect(read).toMatchObject({ ok: false });
    expect(read.ok ? [] : read.error.map(({ place }) => place)).toContainEqual(
      expect.objectContaining({ file: 'bad.json', line }),
    );
  });

  test('is refused before a search would need more memory than there is', () => {
    const many = Array.from({ length: 5000 }, (_, index) => index);
    const text = JSON.stringify({
      slots: many.map((index) => ({ key: `${index}`, day: '1', start: index, end: index + 1 })),
      rooms: many.map((index) => ({ key: `${index}` })),
      sessions: [],
    });
    expect(JSON.stringify(readCairnInstance(text, 'big.json'))).toContain(
      '5000 slots of 5000 rooms',
    );
  });
});

describe('a timetable in Cairn’s JSON', () => {
  test('has the places that it had when it was written', () => {
    const cases = arbitraryInstance().chain((indexed) =>
      arbitraryTimetable(indexed).map((timetable) => ({ instance: indexed.instance, timetable })),
    );
    fc.assert(
      fc.property(cases, ({ instance, timetable }) => {
        const text = writeCairnTimetable(instance, timetable, {
          seed: 3,
          iterations: 7,
          values: [0],
        });
        const read = expectOk(readCairnTimetable(text, instance, 'a.json'));
        expect(placesOf(instance, read)).toEqual(placesOf(instance, timetable));
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ['{ "timetable": { "walk": { "slot": "first", "room": "Hall" } } }', 'no such session'],
    ['{ "timetable": { "talk": { "slot": "fourth", "room": "Hall" } } }', 'no such slot'],
    ['{ "timetable": { "talk": { "slot": "first", "room": "Attic" } } }', 'no such room'],
    ['{ "timetable": { "talk": { "slot": "first" } } }', 'in which room'],
    ['{ "timetable": [] }', 'Write a group of keys'],
    ['{ "places": {} }', '“places” is no key'],
  ])('%s is refused', (text, words) => {
    const read = readCairnTimetable(text, small(), 'bad.json');
    expect(JSON.stringify(read)).toContain(words);
    expect(read.ok ? undefined : read.error[0]?.place).toMatchObject({ file: 'bad.json', line: 1 });
  });
});
