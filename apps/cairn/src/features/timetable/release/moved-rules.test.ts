import { expectZone } from '@cairn/kernel/time';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlacedSession, TimetableContent } from './content-schema.ts';
import { movedPeople } from './moved-rules.ts';
import { toldMail } from './told-rules.ts';

const PLACE = expectZone('America/Los_Angeles');

const session = (id: string, more: Partial<PlacedSession> = {}): PlacedSession => ({
  ...{ id, kind: 'work', title: id, text: '', topicNumber: null, groupKey: null, track: '' },
  ...{ date: '2023-05-22', starts: '09:30', ends: '11:00', roomId: 'a', leads: [], people: [] },
  ...more,
});

const content = (
  sessions: PlacedSession[],
  blocks: TimetableContent['blocks'] = [],
): TimetableContent => ({
  ...{ slotMinutes: 30, zone: PLACE, days: [], blocks, sessions },
  rooms: [
    { id: 'a', key: 'a', name: 'Room A', capacity: 9, features: [], directions: '' },
    { id: 'b', key: 'b', name: 'Room B', capacity: 9, features: [], directions: '' },
  ],
});

const block = (more: Partial<TimetableContent['blocks'][number]>) => ({
  ...{ id: 'w', date: '2023-05-22', starts: '09:00', ends: '09:30', kind: 'plenary' as const },
  ...{ title: 'Welcome', meal: null, isProvided: false, roomId: 'a', place: '', text: '' },
  ...more,
});

test('Who is expected in a session that moves, is dropped or is new is moved, and nobody else.', () => {
  const before = content([
    session('stays', { people: ['ann'] }),
    session('goes', { people: ['bob'] }),
    session('moves', { people: ['cyd'], roomId: 'b' }),
  ]);
  const after = content([
    session('stays', { people: ['ann'] }),
    session('moves', { people: ['cyd'], roomId: 'b', starts: '14:00', ends: '15:30' }),
    session('comes', { people: ['dan'] }),
  ]);
  const { byPerson } = movedPeople(before, after);
  expect([...byPerson.keys()].sort()).toEqual(['bob', 'cyd', 'dan']);
  expect(byPerson.get('cyd')).toEqual([
    {
      kind: 'moved',
      title: 'moves',
      from: { date: '2023-05-22', starts: '09:30', ends: '11:00', place: 'Room B' },
      to: { date: '2023-05-22', starts: '14:00', ends: '15:30', place: 'Room B' },
    },
  ]);
});

test('Another room alone moves people; another title or name of the room does not.', () => {
  const before = content([session('one', { people: ['ann'] })]);
  const elsewhere = content([session('one', { people: ['ann'], roomId: 'b' })]);
  expect([...movedPeople(before, elsewhere).byPerson.keys()]).toEqual(['ann']);
  const renamed = content([session('one', { people: ['ann'], title: 'Other', text: 'More' })]);
  expect(movedPeople(before, renamed).byPerson.size).toBe(0);
});

test('Whoever changes groups hears of it with the groups, and here only of what moves.', () => {
  const before = content([session('one', { people: ['ann'], groupKey: 'docs' })]);
  const after = content([session('one', { people: ['bob'], groupKey: 'docs' })]);
  expect(movedPeople(before, after).byPerson.size).toBe(0);
  const moved = content([session('one', { people: ['bob'], groupKey: 'docs', roomId: 'b' })]);
  expect([...movedPeople(before, moved).byPerson.keys()]).toEqual(['bob']);
});

test('Whoever is needed from now on, or no longer, hears of it though nothing moves.', () => {
  const before = content([session('one', { people: ['ann'] })]);
  const { byPerson } = movedPeople(before, content([session('one', { people: ['bob'] })]));
  expect(byPerson.get('ann')?.map(({ kind }) => kind)).toEqual(['leaves']);
  expect(byPerson.get('bob')?.map(({ kind }) => kind)).toEqual(['joins']);
});

test('A session in somebody’s agenda moves them, and one that they left out does not.', () => {
  const people = { people: ['ann', 'bob'], leads: ['bob'] };
  const marks = [
    { sessionId: 'one', personId: 'ann', goes: false },
    { sessionId: 'one', personId: 'bob', goes: false },
    { sessionId: 'one', personId: 'eve', goes: true },
  ];
  const { byPerson } = movedPeople(
    content([session('one', people)]),
    content([session('one', { ...people, roomId: 'b' })]),
    marks,
  );
  expect([...byPerson.keys()].sort()).toEqual(['bob', 'eve']);
});

test('A plenary that moves is for all alike; a meal that moves is seen on the page; the first release moves nobody by them.', () => {
  const before = content([], [block({}), block({ id: 'l', kind: 'meal', meal: 'lunch' })]);
  const after = content(
    [],
    [block({ starts: '09:15' }), block({ id: 'l', kind: 'meal', meal: 'lunch', ends: '10:00' })],
  );
  expect(movedPeople(before, after).everybody.map(({ title, kind }) => [title, kind])).toEqual([
    ['Welcome', 'moved'],
  ]);
  expect(movedPeople(undefined, after).everybody).toEqual([]);
});

test('Nobody is moved by the same timetable, and back and forth moves the same people.', () => {
  const someone = fc.uniqueArray(fc.constantFrom('ann', 'bob', 'cyd', 'dan'));
  const any = fc
    .uniqueArray(
      fc.record({
        id: fc.constantFrom('one', 'two', 'three', 'four'),
        starts: fc.constantFrom('09:30', '11:00'),
        roomId: fc.constantFrom('a', 'b'),
        people: someone,
      }),
      { selector: ({ id }) => id },
    )
    .map((sessions) => content(sessions.map(({ id, ...more }) => session(id, more))));
  fc.assert(
    fc.property(any, any, (one, other) => {
      expect(movedPeople(one, one).byPerson.size).toBe(0);
      const [there, back] = [movedPeople(one, other), movedPeople(other, one)];
      expect([...there.byPerson.keys()].sort()).toEqual([...back.byPerson.keys()].sort());
      const expected = new Set(
        [...one.sessions, ...other.sessions].flatMap(({ people }) => people),
      );
      expect([...there.byPerson.keys()].every((person) => expected.has(person))).toBe(true);
    }),
  );
});

test('A mail says from where to where in the reader’s zone, with the time at the place beside it.', () => {
  const before = content([session('Arrays', { people: ['ann'] })]);
  const after = content([session('Arrays', { people: ['ann'], starts: '16:00', ends: '17:30' })]);
  const own = movedPeople(before, after).byPerson.get('ann') ?? [];
  const told = {
    ...{ title: 'Summit', version: 2, name: 'Monday evening', note: 'The room flooded.' },
    ...{ zone: PLACE, own, everybody: [], readerZone: expectZone('Europe/Berlin') },
  };
  const { subject, body } = toldMail(told);
  expect(subject).toBe('Summit: the timetable changes for you (1 session)');
  expect(body).toContain(
    'from Mon 22 May 2023, 18:30–20:00 CEST (at the place Mon 22 May 2023, 09:30–11:00 PDT), Room A',
  );
  expect(body).toContain('to Tue 23 May 2023, 01:00–02:30 CEST');
  expect(body).toContain('The room flooded.');
  expect(toldMail({ ...told, readerZone: PLACE }).body).toContain(
    'from Mon 22 May 2023, 09:30–11:00 PDT, Room A',
  );
});
