import { seededRandom } from '@cairn/kernel/random';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomConference } from '../../../../tests/random-conference.ts';
import { Generator } from '../search/generator.ts';
import { checkConference } from './checker.ts';
import { compileConference } from './compiled.ts';
import { layoutOf, scheduleOf } from './layout.ts';
import { ConferenceMoves } from './moves.ts';
import { ConferenceState } from './state.ts';

const conferences = fc.record({
  seed: fc.integer({ min: 0, max: 100_000 }),
  size: fc.record({
    sessions: fc.integer({ min: 1, max: 6 }),
    rooms: fc.integer({ min: 1, max: 5 }),
    tracks: fc.integer({ min: 1, max: 7 }),
    fill: fc.constantFrom(0.4, 0.8, 1, 1.3),
    people: fc.constantFrom(3, 12, 60),
  }),
});

const layoutIn = (state: ConferenceState) => {
  const layout = state.layout();
  state.save(layout);
  return layout;
};

/** What the checker says without what the library asks for submissions that are nowhere. */
function judged(state: ConferenceState): number[] {
  const { conference } = state.compiled;
  const checked = checkConference(conference, scheduleOf(state, layoutIn(state)));
  const split = checked.terms.find(({ rule }) => rule === 'split')?.cost ?? 0;
  const missing = checked.breaks
    .filter(({ rule }) => rule === 'unscheduled')
    .reduce((sum, { amount }) => sum + amount, 0);
  return [missing, checked.values[1], checked.objective - split];
}

const kept = (state: ConferenceState): number[] => [
  state.unscheduled,
  state.presenters,
  state.objective,
];

describe('the state of a search', () => {
  it('costs what the checker says after any moves, made and taken back', () => {
    fc.assert(
      fc.property(conferences, ({ seed, size }) => {
        const conference = randomConference(seededRandom(seed), size);
        const state = new ConferenceState(compileConference(conference));
        const chance = new Generator(seed);
        const moves = new ConferenceMoves(state, chance);
        for (let step = 0; step < 120; step++) {
          const before = kept(state);
          if (!moves.make()) continue;
          if (chance.below(3) === 0) {
            state.undo();
            expect(kept(state)).toEqual(before);
          }
          if (step % 12 === 0) expect(judged(state)).toEqual(kept(state));
        }
        expect(judged(state)).toEqual(kept(state));
      }),
      { numRuns: 60 },
    );
  });

  it('never has faults other than submissions that are nowhere', () => {
    fc.assert(
      fc.property(conferences, ({ seed, size }) => {
        const conference = randomConference(seededRandom(seed), size);
        const state = new ConferenceState(compileConference(conference));
        const moves = new ConferenceMoves(state, new Generator(seed));
        for (let step = 0; step < 200; step++) moves.make();
        const { breaks } = checkConference(conference, scheduleOf(state, layoutIn(state)));
        const nowhere = new Set(
          breaks
            .filter(({ rule }) => rule === 'unscheduled')
            .flatMap(({ submissions }) => submissions),
        );
        for (const { rule, submissions } of breaks) {
          expect(rule).not.toBe('wrong-track');
          if (rule === 'split') {
            expect(submissions.every((submission) => nowhere.has(submission))).toBe(true);
          }
        }
      }),
      { numRuns: 20 },
    );
  });

  it('has nothing to move where there are no submissions', () => {
    const size = { sessions: 1, rooms: 1, tracks: 2, fill: 0, people: 3 };
    const conference = randomConference(seededRandom(1), size);
    const state = new ConferenceState(compileConference(conference));
    expect(new ConferenceMoves(state, new Generator(1)).make()).toBe(false);
  });

  it('takes a schedule over as it is', () => {
    fc.assert(
      fc.property(conferences, ({ seed, size }) => {
        const conference = randomConference(seededRandom(seed), size);
        const state = new ConferenceState(compileConference(conference));
        const moves = new ConferenceMoves(state, new Generator(seed));
        for (let step = 0; step < 200; step++) moves.make();
        const schedule = scheduleOf(state, layoutIn(state));
        const other = new ConferenceState(state.compiled);
        other.load(layoutOf(other, schedule));
        expect(scheduleOf(other, layoutIn(other))).toEqual(schedule);
        expect(kept(other)).toEqual(kept(state));
      }),
      { numRuns: 20 },
    );
  });
});
