import { checkTimetable } from '@cairn/timetable/sessions/checker';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  anyFacts,
  factsWith,
  placed,
  ROOMS,
  sessionOf,
} from '../../../../../../tests/timetable-facts.ts';
import { timetableInstance } from '../solving/instance-rules.ts';
import { timetableOf } from '../solving/placed-rules.ts';
import { consequencesOf, placesFor } from './places-rules.ts';

describe('the places of a session', () => {
  const facts = factsWith({
    sessions: [
      sessionOf('arrays', { leads: ['ada'], topicNumber: 1 }),
      sessionOf('docs', { leads: ['ada'], topicNumber: 2 }),
      sessionOf('tests', { leads: ['bob'], topicNumber: 3, size: 30 }),
    ],
    interest: [
      { personId: 'cleo', number: 1, level: 'work' },
      { personId: 'cleo', number: 3, level: 'learn' },
    ],
  });
  const placements = [placed('arrays', '2023-05-22', '09:00', ROOMS.hall)];
  const at = (id: string, starts: string, roomId: string) =>
    placesFor(facts, placements, id).find(
      (place) => place.date === '2023-05-22' && place.starts === starts && place.roomId === roomId,
    );

  test('are in conflict where a room is taken, too small, or a lead is elsewhere', () => {
    expect(at('docs', '09:00', ROOMS.attic)).toMatchObject({
      state: 'conflict',
      reasons: ['Ada must be in “arrays” and “docs” at the same time (Monday 09:00).'],
    });
    expect(at('tests', '09:00', ROOMS.hall)?.reasons).toEqual([
      '“arrays” and “tests” are in Hall at the same time (Monday 09:00).',
    ]);
    expect(at('tests', '10:30', ROOMS.attic)?.state).toBe('conflict');
  });

  test('cost those who would have to choose, by name', () => {
    const beside = placesFor(
      { ...facts, sessions: facts.sessions.map((each) => ({ ...each, size: 1 })) },
      placements,
      'tests',
    ).find(({ starts, roomId }) => starts === '09:00' && roomId === ROOMS.attic);
    expect(beside).toMatchObject({
      state: 'costs',
      reasons: ['Cleo would have to choose between it and “arrays”.'],
    });
  });

  test('are free where nothing is in the way; a session is not in its own way', () => {
    expect(at('docs', '10:30', ROOMS.hall)?.state).toBe('free');
    expect(at('arrays', '09:00', ROOMS.hall)?.state).toBe('free');
  });

  test('agree with the checker of the library: a conflict is what must hold and would not', () => {
    fc.assert(
      fc.property(anyFacts(), ({ facts: some, placements: now, session }) => {
        const problem = timetableInstance(some);
        const others = now.filter(({ sessionId }) => sessionId !== session);
        const number = problem.sessionIds.indexOf(session);
        const { isOptional = false } = problem.indexed.sessions[number] ?? {};
        const before = checkTimetable(problem.indexed, timetableOf(problem, others)).values;
        for (const place of placesFor(some, now, session)) {
          const there = [...others, { sessionId: session, ...place, isPinned: false }];
          const after = checkTimetable(problem.indexed, timetableOf(problem, there)).values;
          const hard = (after[0] ?? 0) - (before[0] ?? 0) + (isOptional ? 0 : 1);
          expect(place.state === 'conflict').toBe(hard > 0);
          expect(place.state === 'free').toBe(place.reasons.length === 0);
          // Where it is free no wish is broken, and nobody loses any of it.
          if (place.state === 'free') expect((after[1] ?? 0) - (before[1] ?? 0)).toBe(0);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe('the consequences of a move', () => {
  const facts = factsWith({
    sessions: [
      sessionOf('arrays', { leads: ['ada'], topicNumber: 1 }),
      sessionOf('docs', { leads: ['bob'], topicNumber: 2 }),
    ],
    interest: [
      { personId: 'cleo', number: 1, level: 'work' },
      { personId: 'cleo', number: 2, level: 'learn' },
    ],
  });
  const placements = [
    placed('arrays', '2023-05-22', '09:00', ROOMS.hall),
    placed('docs', '2023-05-22', '10:30', ROOMS.hall),
  ];

  test('say what would be broken, whom it costs what, and who gains', () => {
    const beside = { date: '2023-05-22', starts: '09:00', roomId: ROOMS.attic };
    expect(consequencesOf(facts, placements, 'docs', beside)).toEqual({
      breaks: [],
      costs: ['Cleo can no longer be in “docs”.'],
      gains: [],
    });
    const [arrays, docs] = placements;
    const together = [
      arrays,
      { ...docs, starts: '09:00', roomId: ROOMS.attic },
    ] as typeof placements;
    const apart = { date: '2023-05-22', starts: '10:30', roomId: ROOMS.hall };
    expect(consequencesOf(facts, together, 'docs', apart).gains).toEqual([
      'Cleo can be in “docs”.',
    ]);
    const taken = { date: '2023-05-22', starts: '09:00', roomId: ROOMS.hall };
    expect(consequencesOf(facts, placements, 'docs', taken).breaks).toEqual([
      '“arrays” and “docs” are in Hall at the same time (Monday 09:00).',
    ]);
    expect(consequencesOf(facts, placements, 'docs', null).breaks).toEqual([
      '“docs” has no place.',
    ]);
  });
});
