import type { MeetingTimesProblem } from '@cairn/timetable/meeting-model';
import fc from 'fast-check';

/** Small problems of every kind: windows that overlap, gaps that matter, weights, leads, tracks. */
export const anyMeetingProblem: fc.Arbitrary<MeetingTimesProblem> = fc
  .record({
    meetings: fc.constantFrom(0, 1, 2, 3, 3, 4),
    slots: fc.integer({ min: 1, max: 8 }),
    // More than fit into one word of bits, too.
    people: fc.constantFrom(0, 1, 3, 5, 9, 35),
    tracks: fc.constantFrom(0, 0, 1, 2),
    isEasy: fc.boolean(),
  })
  .chain(({ meetings, slots, people, tracks, isEasy }) =>
    fc.record({
      required: fc.integer({ min: 0, max: meetings }),
      minutes: fc.constantFrom(30, 60),
      minGapMinutes: fc.constantFrom(0, 60, 150),
      meetings: fc.array(
        fc.record({
          key: fc.constant('call'),
          candidates: fc.subarray([...Array(slots).keys()], { minLength: Math.ceil(slots / 2) }),
        }),
        { minLength: meetings, maxLength: meetings },
      ),
      slots: fc.array(
        fc.integer({ min: 0, max: 30 }).map((half) => ({ start: half * 30 })),
        { minLength: slots, maxLength: slots },
      ),
      people: fc.array(
        fc.record(
          {
            id: fc.constant('somebody'),
            weight: fc.integer({ min: 1, max: 6 }),
            isNeeded: fc.boolean(),
            can: fc
              .array(fc.constantFrom(...(isEasy ? [1, 2, 2, 2] : [0, 0, 1, 2])), {
                minLength: slots,
                maxLength: slots,
              })
              .map((levels) => Uint8Array.from(levels)),
            pain: fc
              .array(fc.constantFrom(0, 0, 1, 2, 5), { minLength: slots, maxLength: slots })
              .map((levels) => Uint8Array.from(levels)),
            interest: fc.array(fc.integer({ min: 0, max: 3 }), {
              minLength: tracks,
              maxLength: tracks,
            }),
          },
          { requiredKeys: ['id', 'can', 'pain', 'interest'] },
        ),
        { minLength: people, maxLength: people },
      ),
      tracks: fc.array(
        fc.record(
          {
            key: fc.constant('track'),
            lead: people === 0 ? fc.constant(0) : fc.integer({ min: 0, max: people - 1 }),
            meetings: fc.subarray([...Array(meetings).keys()]),
            times: fc.constantFrom(
              { least: 0, most: 2 },
              { least: 1, most: 2 },
              { least: 2, most: 2 },
            ),
          },
          { requiredKeys: ['key'] },
        ),
        { minLength: people === 0 ? 0 : tracks, maxLength: people === 0 ? 0 : tracks },
      ),
      parallel: fc.constantFrom(
        { least: 0, most: 1 },
        { least: 1, most: 2 },
        { least: 2, most: 3 },
      ),
    }),
  );
