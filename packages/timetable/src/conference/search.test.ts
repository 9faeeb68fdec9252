import { seededRandom } from '@cairn/kernel/random';
import { expectOk } from '@cairn/kernel/result';
import { describe, expect, it } from 'vitest';
import { randomConference } from '../../../../tests/random-conference.ts';
import { boundOf } from './bound.ts';
import { checkConference } from './checker.ts';
import { compileConference } from './compiled.ts';
import { CONFERENCE_RULES, type Conference, type ConferenceRule } from './model.ts';
import { ConferenceSearch } from './search.ts';
import { readCosplibSolution, writeCosplibSolution } from './solution-file.ts';
import { solveConference } from './solve.ts';
import { conferenceVerdict } from './words.ts';

const invented = (seed: number, fill = 0.9): Conference =>
  randomConference(seededRandom(seed), { sessions: 5, rooms: 4, tracks: 7, fill, people: 40 });

describe('the search', () => {
  it('gives the same schedule for the same seed and iterations, however often it pauses', () => {
    const conference = invented(1);
    const one = new ConferenceSearch(conference, { seed: 3 });
    const other = new ConferenceSearch(conference, { seed: 3 });
    one.run(70_000);
    for (const steps of [1, 99, 100, 12_345, 57_455]) {
      other.run(steps);
      expect(checkConference(conference, other.best).isValid).toBe(true);
    }
    expect(other.iterations).toBe(70_000);
    expect(other.best).toEqual(one.best);
    expect(other.values).toEqual(one.values);
  });

  it('goes on from a checkpoint in JSON as if it had never stopped', () => {
    const conference = invented(2);
    const whole = new ConferenceSearch(conference, { seed: 5 });
    whole.run(90_000);
    const first = new ConferenceSearch(conference, { seed: 5 });
    for (const step of [20_000, 20_100, 20_777]) {
      first.run(step - first.iterations);
      const stored = JSON.parse(JSON.stringify(first.checkpoint()));
      const second = ConferenceSearch.resume(conference, stored);
      expect(second.values).toEqual(first.values);
      expect(second.best).toEqual(first.best);
      second.run(90_000 - step);
      expect(second.values).toEqual(whole.values);
      expect(second.checkpoint()).toEqual(whole.checkpoint());
    }
  });

  it('values its best as the checker does, of every kind of conference', () => {
    for (let seed = 0; seed < 12; seed++) {
      const conference = invented(seed, [0.5, 0.8, 1, 1.2][seed % 4]);
      const search = new ConferenceSearch(conference, { seed });
      search.run(15_000);
      const checked = checkConference(conference, search.best);
      if (checked.isComplete) expect(search.values).toEqual(checked.values);
      else expect(search.values.slice(0, 2)).toEqual(checked.values.slice(0, 2));
      expect(checked.isValid).toBe(true);
    }
  });

  it('never gives back less than it was given', async () => {
    const conference = invented(4);
    const good = await solveConference(conference, { seed: 1, iterations: 60_000 });
    const again = await solveConference(conference, {
      seed: 2,
      iterations: 10,
      from: good.schedule,
    });
    expect(again.values).toEqual(good.values);
  });

  it('stops as soon as nothing better is possible', async () => {
    const none = Object.fromEntries(CONFERENCE_RULES.map((rule) => [rule, 0]));
    const conference = { ...invented(6, 0.5), weights: none as Record<ConferenceRule, number> };
    const solved = await solveConference(conference, { seed: 1, iterations: 1_000_000 });
    expect(solved.values).toEqual([0, 0, 0]);
    expect(solved.isOptimal).toBe(true);
    expect(solved.iterations).toBeLessThan(1_000_000);
    expect(conferenceVerdict(solved.values, solved.bound)).toBe(
      'Proven: no schedule is better than 0.',
    );
  });

  it('says how many iterations a time was, and stops when it is cancelled', async () => {
    const conference = invented(7);
    let clock = 0;
    const timed = await solveConference(conference, {
      seed: 1,
      milliseconds: 50,
      now: () => {
        clock += 10;
        return clock;
      },
    });
    const again = await solveConference(conference, { seed: 1, iterations: timed.iterations });
    expect(again.schedule).toEqual(timed.schedule);
    const cancelled = await solveConference(conference, { seed: 1, isCancelled: () => true });
    expect(cancelled.iterations).toBe(10_000);
  });

  it('writes a schedule that is read back the same', () => {
    const conference = invented(8);
    const search = new ConferenceSearch(conference, { seed: 1, iterations: 5000 });
    search.run(5000);
    const text = writeCosplibSolution(conference, search.best);
    expect(expectOk(readCosplibSolution(conference, text, 'plan.json'))).toEqual(search.best);
  });
});

describe('the bound', () => {
  it('is never over what was found', () => {
    for (let seed = 0; seed < 8; seed++) {
      const conference = invented(seed, 0.7);
      const search = new ConferenceSearch(conference, { seed });
      search.run(20_000);
      const { objective, unscheduled } = boundOf(compileConference(conference));
      expect(search.values[0]).toBeGreaterThanOrEqual(unscheduled);
      if (search.values[0] === 0) expect(search.values[2]).toBeGreaterThanOrEqual(objective);
    }
  });

  it('counts what can have no place: too many time slots, too many tracks, too long', () => {
    const conference = invented(3, 0.5);
    const unscheduled = (change: Partial<Conference>) =>
      boundOf(compileConference({ ...conference, ...change })).unscheduled;
    const submissions = conference.submissions.map((one) => ({ ...one, timeSlots: 1 }));
    const [first, ...others] = submissions;
    expect(unscheduled({ submissions })).toBe(0);
    const sessions = [{ name: 'S', timeSlots: 3, start: 600, end: 660 }];
    // Four rooms with three time slots each.
    expect(unscheduled({ submissions, sessions })).toBe(submissions.length - 12);
    const alone = submissions.slice(0, 7).map((one, track) => ({ ...one, track }));
    expect(unscheduled({ submissions: alone, sessions })).toBe(7 - 4);
    if (first === undefined) throw new Error('there are submissions');
    expect(unscheduled({ submissions: [{ ...first, timeSlots: 9 }, ...others] })).toBe(9);
  });
});
