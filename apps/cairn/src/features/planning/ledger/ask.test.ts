import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitOf, type Newcomer, namesIn, type Reviewable, reviewsFor } from './ask-rules.ts';

const newcomer = (personId: string, change: Partial<Newcomer> = {}): Newcomer => ({
  personId,
  near: new Set(),
  topics: new Set(),
  invitedTo: new Set(),
  ...change,
});
const proposal = (number: number, change: Partial<Reviewable> = {}): Reviewable => ({
  number,
  about: new Set(),
  topics: new Set(),
  makers: new Set(),
  reviewers: 0,
  ...change,
});

describe('whom to invite to which review', () => {
  test('the nearest comes first: a topic that one wants before a community in common', () => {
    const ann = newcomer('ann', { near: new Set(['numpy', 'arrays']), topics: new Set([7]) });
    const proposals = [
      proposal(1, { about: new Set(['numpy', 'arrays']) }),
      proposal(2, { topics: new Set([7]), reviewers: 5 }),
    ];
    expect(proposals.map((one) => fitOf(ann, one))).toEqual([2, 3]);
    expect(reviewsFor([ann], proposals)).toEqual(new Map([['ann', 2]]));
  });

  test('what few have looked at comes before what many have', () => {
    expect(reviewsFor([newcomer('a')], [proposal(1, { reviewers: 2 }), proposal(2)])).toEqual(
      new Map([['a', 2]]),
    );
  });

  test('nobody is invited to their own, nor to the same again', () => {
    const own = proposal(1, { makers: new Set(['a']) });
    expect(reviewsFor([newcomer('a')], [own]).size).toBe(0);
    const again = newcomer('a', { invitedTo: new Set([2]) });
    expect(reviewsFor([again], [own, proposal(2)]).size).toBe(0);
  });

  test('equal choices are spread over the people, and the order in which they are told is nothing', () => {
    const number = fc.integer({ min: 1, max: 6 });
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { maxLength: 9 }),
        number,
        (names, many) => {
          const people = names.map((name) => newcomer(name));
          const proposals = Array.from({ length: many }, (_, index) => proposal(index + 1));
          const chosen = reviewsFor(people, proposals);
          expect(chosen.size).toBe(people.length);
          const counts = proposals.map(
            ({ number: of }) => [...chosen.values()].filter((one) => one === of).length,
          );
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
          expect(reviewsFor(people.toReversed(), proposals.toReversed())).toEqual(chosen);
        },
      ),
    );
  });
});

test('names are read out of text', () => {
  expect([...namesIn('Let scikit-image follow SPEC 0, soon.')]).toContain('scikit-image');
});
