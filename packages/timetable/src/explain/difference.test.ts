import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryInstance, arbitraryTimetable } from '../../../../tests/arbitrary-instances.ts';
import { expectOk } from '../../../kernel/src/result.ts';
import { indexInstance } from '../sessions/index-instance.ts';
import { interestOf } from '../sessions/interest.ts';
import { Placed } from '../sessions/placed.ts';
import { dayOfPerson, differenceInSentences, differenceOf } from './difference.ts';

const slot = (key: string, start: number) => ({ key, day: 'Tuesday', start, end: start + 60 });

const indexed = expectOk(
  indexInstance({
    slots: [slot('s0', 540), slot('s1', 600)],
    rooms: [{ key: 'Hall' }, { key: 'Attic' }],
    people: [
      { key: 'ada', name: 'Ada', interest: { packaging: 3, docs: 2 } },
      { key: 'bob', name: 'Bob', interest: { docs: 1, packaging: 1 } },
      { key: 'eve', name: 'Eve', interest: { arrays: 2, docs: 2 } },
    ],
    sessions: [
      { key: 'packaging', title: 'Packaging', leads: ['bob'] },
      { key: 'docs', title: 'Documents' },
      { key: 'arrays', title: 'Arrays' },
    ],
    rules: [{ kind: 'interest', level: 1 }],
  }),
);

describe('The difference of two timetables', () => {
  it('says what moves, who loses what, that nobody loses more, and who gains', () => {
    const one = { slot: [0, 1, 1], room: [0, 0, 1] };
    const other = { slot: [0, 0, 1], room: [0, 1, 1] };
    const difference = differenceOf(indexed, one, other);
    expect(difference.people.map(({ person, loss }) => [person, loss])).toEqual([
      [0, 2],
      [1, 1],
      [2, -2],
    ]);
    expect(differenceInSentences(indexed, difference)).toEqual([
      '“Documents” moves from Tuesday 10:00, Hall to Tuesday 09:00, Attic.',
      'Ada loses “Documents”, 2 points of interest; nobody loses more.',
      'Bob loses “Documents”, 1 point of interest.',
      'Eve gains something.',
    ]);
  });

  it('names those who must be at what moves, also where they lose nothing', () => {
    const one = { slot: [0, -1, -1], room: [0, -1, -1] };
    const other = { slot: [1, -1, -1], room: [0, -1, -1] };
    const [first] = differenceOf(indexed, one, other).people;
    expect(first).toEqual({ person: 1, loss: 0, loses: [], gains: [], mustMove: [0] });
  });

  it('says that nobody loses anything where that is so', () => {
    const one = { slot: [0, 1, 1], room: [0, 0, 1] };
    const other = { slot: [0, 1, 1], room: [1, 0, 1] };
    expect(differenceInSentences(indexed, differenceOf(indexed, one, other))).toEqual([
      '“Packaging” moves from Tuesday 09:00, Hall to Tuesday 09:00, Attic.',
      'Nobody loses anything.',
    ]);
  });

  const anyTwo = arbitraryInstance().chain((each) =>
    fc.record({
      each: fc.constant(each),
      one: arbitraryTimetable(each),
      other: arbitraryTimetable(each),
    }),
  );

  it('counts what people get as the rule of interest does', () => {
    fc.assert(
      fc.property(anyTwo, ({ each, one }) => {
        const placed = new Placed(each, one);
        for (const [number, person] of each.people.entries()) {
          expect(dayOfPerson(each, one, number).points).toBe(interestOf(person, placed).got);
        }
      }),
    );
  });

  it('is the same both ways, with gains for losses', () => {
    fc.assert(
      fc.property(anyTwo, ({ each, one, other }) => {
        const there = differenceOf(each, one, other);
        const back = differenceOf(each, other, one);
        const losses = (people: typeof there.people, sign: 1 | -1) =>
          new Map(people.map(({ person, loss }) => [person, loss * sign + 0]));
        const byPerson = (map: Map<number, number>) => [...map].sort(([a], [b]) => a - b);
        expect(byPerson(losses(back.people, -1))).toEqual(byPerson(losses(there.people, 1)));
        expect(differenceOf(each, one, one)).toEqual({ sessions: [], people: [] });
      }),
    );
  });
});
