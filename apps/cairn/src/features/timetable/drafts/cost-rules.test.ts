import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anyFacts,
  factsWith,
  placed,
  ROOMS,
  sessionOf,
} from '../../../../../../tests/timetable-facts.ts';
import { levelsOf } from '../solving/instance-rules.ts';
import { comparisonOf } from './compare-rules.ts';
import { costsOf, proofWords, standingOf, worstOf } from './cost-rules.ts';

const DAY = '2023-05-22';
const facts = factsWith({
  sessions: [
    sessionOf('arrays', { leads: ['ada'], topicNumber: 1, size: 2 }),
    sessionOf('docs', { leads: ['bob'], topicNumber: 2, size: 2 }),
  ],
  interest: [
    { personId: 'cleo', number: 1, level: 'work' },
    { personId: 'cleo', number: 2, level: 'work' },
  ],
});
const beside = [
  placed('arrays', DAY, '09:00', ROOMS.hall),
  placed('docs', DAY, '09:00', ROOMS.attic),
];
const apart = [
  placed('arrays', DAY, '09:00', ROOMS.hall),
  placed('docs', DAY, '10:30', ROOMS.hall),
];

describe('what a timetable costs whom', () => {
  test('is told by name, session and time', () => {
    expect(costsOf(facts, beside)).toMatchObject({
      headline: 'One person loses something: Cleo misses “docs” (Monday 09:00).',
      people: [{ name: 'Cleo', percent: 50 }],
      bySession: ['“docs” (Monday 09:00): Cleo.'],
      caring: 1,
    });
    expect(costsOf(facts, apart).headline).toBe('Nobody misses anything that they care for.');
  });

  test('counts what the checker of the library counts', () => {
    fc.assert(
      fc.property(anyFacts(), ({ facts: some, placements }) => {
        const { costs, values } = standingOf(some, placements);
        expect(costs.lost).toBe(values[levelsOf().indexOf('interest')]);
        const worst = Math.max(0, ...costs.people.map(({ percent }) => percent));
        expect(Math.abs(worst - worstOf(values) / 10)).toBeLessThanOrEqual(0.6);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the difference of two timetables', () => {
  test('says what moves, whom that moves, and who loses and gains what', () => {
    expect(comparisonOf(facts, apart, beside)).toMatchObject({
      moved: [
        { title: 'docs', from: 'Monday 10:30, Hall', to: 'Monday 09:00, Attic', people: ['Bob'] },
      ],
      peopleMoved: 1,
      breaks: [],
      costs: ['Cleo can no longer be in “docs”.'],
    });
  });

  test('is nothing between a timetable and itself', () => {
    fc.assert(
      fc.property(anyFacts(), ({ facts: some, placements }) => {
        expect(comparisonOf(some, placements, placements)).toEqual({
          moved: [],
          peopleMoved: 0,
          breaks: [],
          costs: [],
          gains: [],
        });
      }),
      { numRuns: 50 },
    );
  });
});

describe('what is proven', () => {
  const made = {
    verdict: 'gap' as const,
    levels: ['must', 'wishes', 'worst', 'interest', 'steady'],
    values: [0, 0, 500, 12, 1],
    bounds: [0, 0, 333, 9, 0],
    fingerprint: 'now',
  };

  test('is said as far as it is, and no further', () => {
    expect(proofWords(made, { isChanged: false, now: 'now' })).toEqual([
      'Proven: no timetable is better in what must hold and clashes and wishes.',
      'Not proven: that somebody loses 50 %; no plan can have everybody lose less than 33.3 %.',
    ]);
    const best = { ...made, verdict: 'optimal' as const, bounds: made.values };
    expect(proofWords(best, { isChanged: false, now: 'now' })[0]).toContain(
      'no timetable is better in what must hold, clashes and wishes, how much anybody loses',
    );
  });

  test('is not said of what was changed since', () => {
    expect(proofWords(made, { isChanged: true, now: 'now' }).join()).not.toContain('Proven');
    expect(proofWords(made, { isChanged: false, now: 'later' }).join()).toContain('search again');
    expect(proofWords({}, { isChanged: false, now: 'now' })).toEqual([]);
  });
});
