import { expectZone, instantOf, Temporal } from '@cairn/kernel/time';
import { canAt, instantOfMinute, painAt } from '@cairn/timetable/availability-slots';
import { checkMeetingTimes } from '@cairn/timetable/meeting-checker';
import { findMeetingTimes } from '@cairn/timetable/meeting-times';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { promisedSummit } from '../../../../../../tests/promises.ts';
import { meetingsOf } from '../series/series-rules.ts';
import { fingerprintOf, type KnownPerson, problemFor, weekCounts } from './problem-rules.ts';
import { judge, sharedPain } from './proposal-rules.ts';
import { type TimeWishes, usualWishes } from './wishes-rules.ts';

const definition = promisedSummit({
  planning_meetings: {
    minutes: 60,
    tracks: [
      { key: 'docs', title: 'Docs' },
      { key: 'wheels', title: 'Wheels' },
    ],
    list: [
      { key: 'march', title: 'March meeting', month: '2023-03' },
      { key: 'april', title: 'April meeting', month: '2023-04' },
    ],
  },
});
const now = Temporal.Instant.from('2023-02-01T12:00:00Z');
const zone = expectZone(definition.zone);
const wishes: TimeWishes = usualWishes(definition, meetingsOf({ definition }), {
  now,
  seated: 1,
  leads: new Map(),
});

const person = fc.record({
  id: fc.uuid(),
  name: fc.constantFrom('Ada', 'Grace', 'Lin', 'Mo'),
  zone: fc
    .constantFrom('Europe/Berlin', 'Asia/Kolkata', 'Asia/Kathmandu', 'Australia/Adelaide')
    .map(expectZone),
  cells: fc
    .array(fc.constantFrom('0', '1', '2'), { minLength: 168, maxLength: 168 })
    .map((each) => each.join('')),
  busy: fc.constant([]),
  interest: fc.dictionary(
    fc.constantFrom('docs', 'wheels'),
    fc.constantFrom('lead' as const, 'work' as const, 'learn' as const),
  ),
});
const people = fc.uniqueArray(person, { minLength: 1, maxLength: 6, selector: ({ id }) => id });

describe('the problem of a search', () => {
  test('says of each slot what each person can in their own zone, and how unsociable it is', () => {
    fc.assert(
      fc.property(people, fc.nat(), (known, pick) => {
        const { problem, people: inOrder } = problemFor(wishes, definition, zone, known);
        const slot = pick % problem.slots.length;
        const start = instantOfMinute(problem.slots[slot]?.start ?? 0);
        const sociable = { from: 8 * 60, until: 21 * 60 };
        for (const [index, each] of inOrder.entries()) {
          expect(problem.people[index]?.can[slot]).toBe(canAt(each.cells, each.zone, start, 60));
          expect(problem.people[index]?.pain[slot]).toBe(painAt(each.zone, start, 60, sociable));
        }
      }),
      { numRuns: 30 },
    );
  });

  test('does not depend on the order of people, and its short name only on what they said', () => {
    fc.assert(
      fc.property(people, (known) => {
        const one = fingerprintOf(problemFor(wishes, definition, zone, known));
        expect(fingerprintOf(problemFor(wishes, definition, zone, known.toReversed()))).toBe(one);
        const [first, ...others] = known;
        if (first === undefined) return;
        const cells = `${first.cells.startsWith('0') ? '2' : '0'}`.repeat(168);
        const changed = [{ ...first, cells }, ...others];
        expect(fingerprintOf(problemFor(wishes, definition, zone, changed))).not.toBe(one);
      }),
      { numRuns: 20 },
    );
  });

  test('is judged on the page as the search judged it', () => {
    fc.assert(
      fc.property(people, (known) => {
        const times = problemFor(wishes, definition, zone, known);
        const { best } = findMeetingTimes(times.problem, { seed: 1, budget: 100_000 });
        if (best === undefined) throw new Error('two months have two times');
        const found = {
          calls: times.calls.map(({ key }, index) => ({
            key,
            start: times.problem.slots[best.times[index] ?? -1]?.start ?? 0,
            tracks: (best.placement[index] ?? []).map((track) => times.tracks[track]?.key ?? ''),
          })),
        };
        const judged = judge(times, found);
        expect(judged?.values).toEqual(best.values);
        expect(judged?.faults).toEqual([]);
        expect(checkMeetingTimes(times.problem, best).values).toEqual(best.values);
        const pains = sharedPain(judged?.pains ?? []);
        expect(pains.reduce((sum, row) => sum + row.people, 0)).toBe(known.length);
        for (const call of judged?.calls ?? []) {
          expect(call.yes + call.ifNeedBe + call.cannot).toBe(known.length);
          expect(call.places.reduce((sum, place) => sum + place.people, 0)).toBe(known.length);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('keeps the time of a call that is fixed, and lets a time that is tried in', () => {
    const fixed = { ...wishes, calls: wishes.calls.slice(1) };
    const times = problemFor(
      { ...fixed, fixed: [{ key: 'march', starts: '2023-03-14T09:30' }] },
      definition,
      zone,
      [],
      new Map([['april', 28_000_001]]),
    );
    const local = Temporal.PlainDateTime.from('2023-03-14T09:30');
    const [march, april] = times.problem.meetings;
    expect(march?.candidates.map((slot) => times.problem.slots[slot]?.start)).toEqual([
      instantOf({ local, zone }).epochMilliseconds / 60_000,
    ]);
    expect(april?.candidates.map((slot) => times.problem.slots[slot]?.start)).toContain(28_000_001);
    expect(times.problem.tracks.every(({ meetings }) => meetings?.join() === '1')).toBe(true);
  });
});

describe('the hours of everybody’s week', () => {
  test('are counted by the organiser’s clock', () => {
    const berlin = expectZone('Europe/Berlin');
    const lin: Pick<KnownPerson, 'zone' | 'cells'> = {
      zone: berlin,
      // Monday 9 to 10 in Berlin.
      cells: `${'0'.repeat(9)}2${'0'.repeat(158)}`,
    };
    const monday = (text: string, at: typeof berlin) =>
      Temporal.PlainDate.from(text).toZonedDateTime(at).epochMilliseconds / 60_000;
    expect(weekCounts([lin, lin], monday('2023-03-06', berlin))[9]).toBe(2);
    const seattle = weekCounts([lin], monday('2023-03-06', zone));
    expect(seattle.indexOf(1)).toBe(0);
    // Between the changes of clocks Berlin is only eight hours ahead.
    expect(weekCounts([lin], monday('2023-03-13', zone)).indexOf(1)).toBe(1);
    // In Kathmandu it is 13:45 to 14:45: neither hour is free as a whole.
    const kathmandu = expectZone('Asia/Kathmandu');
    expect(weekCounts([lin], monday('2023-03-06', kathmandu)).includes(1)).toBe(false);
  });
});
