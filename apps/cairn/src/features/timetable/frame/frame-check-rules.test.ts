import { expectZone } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Presence } from '../presence/presence-rules.ts';
import type { Session, SessionRule } from '../sessions/session-rules.ts';
import type { ContradictionFacts } from './contradiction-rules.ts';
import { contradictionsIn, contradictionsOf } from './frame-check-rules.ts';
import { type Block, type Frame, overlaps, type Room, timeAt } from './frame-rules.ts';

const room = (name: string, more: Partial<Room> = {}): Room => ({
  id: name,
  key: name.toLowerCase(),
  name,
  capacity: null,
  features: [],
  directions: '',
  link: null,
  ...more,
});
const block = (id: string, starts: string, ends: string, more: Partial<Block> = {}): Block => ({
  id,
  date: '2023-05-22',
  starts,
  ends,
  kind: 'break',
  title: id,
  meal: null,
  isProvided: false,
  roomId: null,
  place: '',
  text: '',
  ...more,
});
const session = (id: string, more: Partial<Session> = {}): Session => ({
  id,
  kind: 'work',
  title: id,
  text: '',
  topicNumber: null,
  groupKey: null,
  minutes: 60,
  size: null,
  needs: [],
  track: '',
  isOptional: false,
  leads: [],
  needed: [],
  ...more,
});
const away = (personId: string, more: Partial<Presence>): [string, Presence] => [
  personId,
  {
    personId,
    arrivesOn: null,
    arrivesAt: null,
    leavesOn: null,
    leavesAt: null,
    isRemote: false,
    note: '',
    ...more,
  },
];
const rule = (id: string, kind: SessionRule['kind'], sessions: string[]): SessionRule => ({
  id,
  kind,
  sessions,
  at: [],
  wish: null,
  isHard: true,
});

const frame: Frame = {
  zone: expectZone('America/Los_Angeles'),
  slotMinutes: 30,
  sessionMinutes: 90,
  revision: 1,
  days: ['2023-05-22', '2023-05-23'].map((date) => ({ date, starts: '09:00', ends: '17:00' })),
  blocks: [],
  rooms: [room('Hall'), room('Attic', { capacity: 4 })],
  closures: [],
};
const facts = (more: Partial<ContradictionFacts> = {}): ContradictionFacts => ({
  frame,
  dates: { start: '2023-05-22', end: '2023-05-26' },
  people: new Map([
    ['ada', 'Ada'],
    ['ben', 'Ben'],
  ]),
  others: new Map(),
  presence: new Map(),
  sessions: [],
  rules: [],
  groups: new Map(),
  ...more,
});
const inFrame = (more: Partial<Frame>) => facts({ frame: { ...frame, ...more } });
const codes = (given: ContradictionFacts): string[] =>
  contradictionsIn(given).map(({ code }) => code);

describe('days, blocks and rooms', () => {
  test('contradict nothing as they are begun', () => {
    expect(contradictionsIn(facts())).toEqual([]);
  });

  test('say which two blocks overlap, as nobody saw of 2024 for twelve weeks', () => {
    const blocks = [block('Lunch', '12:00', '13:00'), block('Talk', '12:30', '13:00')];
    expect(contradictionsIn(inFrame({ blocks }))).toEqual([
      {
        code: 'blocks-overlap',
        sentence:
          'On Monday “Lunch” (12:00–13:00) and “Talk” (12:30–13:00) overlap; everybody is in both.',
        at: 'frame/blocks/Talk',
        about: ['Lunch', 'Talk'],
      },
    ]);
  });

  test('overlap in as many contradictions as there are pairs that share time', () => {
    const span = fc
      .tuple(fc.integer({ min: 18, max: 33 }), fc.integer({ min: 1, max: 6 }))
      .map(([from, length]) => [timeAt(from * 30), timeAt(Math.min(34, from + length) * 30)]);
    fc.assert(
      fc.property(fc.array(span, { maxLength: 8 }), (spans) => {
        const blocks = spans.map(([starts = '', ends = ''], index) =>
          block(`b${index}`, starts, ends),
        );
        const pairs = blocks.flatMap((one, index) =>
          blocks.slice(index + 1).filter((other) => overlaps(one, other)),
        );
        const found = codes(inFrame({ blocks })).filter((code) => code === 'blocks-overlap');
        expect(found).toHaveLength(pairs.length);
      }),
    );
  });

  test('tell the same overlap of several days once', () => {
    const blocks = ['2023-05-22', '2023-05-23'].flatMap((date) => [
      block('Lunch', '12:00', '13:00', { id: `lunch ${date}`, date }),
      block('Talk', '12:30', '13:00', { id: `talk ${date}`, date }),
    ]);
    const [found, ...others] = contradictionsIn(inFrame({ blocks }));
    expect(found?.sentence).toContain('On Monday and Tuesday “Lunch” (12:00–13:00) and “Talk”');
    expect(found?.about).toHaveLength(4);
    expect(others).toEqual([]);
  });

  test.each([
    [
      'block-outside-day',
      inFrame({ blocks: [block('Closing', '16:30', '18:00', { kind: 'closing' })] }),
    ],
    ['block-off-days', inFrame({ blocks: [block('x', '10:00', '11:00', { date: '2023-05-24' })] })],
    ['day-off-summit', inFrame({ days: [{ date: '2023-05-27', starts: '09:00', ends: '17:00' }] })],
    ['minutes-lost', inFrame({ blocks: [block('Coffee', '10:30', '10:45')] })],
    ['length-not-in-slots', inFrame({ sessionMinutes: 75 })],
    ['room-twice', inFrame({ rooms: [room('Hall'), room('hall', { id: 'other' })] })],
    [
      'block-room-closed',
      inFrame({
        blocks: [block('Welcome', '09:00', '10:00', { kind: 'plenary', roomId: 'Hall' })],
        closures: [
          {
            id: 'c',
            roomId: 'Hall',
            date: '2023-05-22',
            starts: '08:00',
            ends: '09:30',
            reason: '',
          },
        ],
      }),
    ],
  ])('say %s', (code, given) => {
    expect(codes(given)).toContain(code);
  });

  test('let meals and free time lie around the working day', () => {
    const blocks = [
      block('Breakfast', '08:00', '09:00', { kind: 'meal', meal: 'breakfast' }),
      block('Walk', '18:00', '20:00', { kind: 'free' }),
    ];
    expect(codes(inFrame({ blocks }))).toEqual([]);
  });

  test('count for a plenary only those who are there in person', () => {
    const blocks = [block('Welcome', '09:00', '10:00', { kind: 'plenary', roomId: 'Nook' })];
    const small = { ...frame, blocks, rooms: [room('Nook', { capacity: 1 })] };
    expect(codes(facts({ frame: small }))).toEqual(['plenary-too-small']);
    const presence = new Map([away('ben', { isRemote: true })]);
    expect(codes(facts({ frame: small, presence }))).toEqual([]);
  });
});

describe('people', () => {
  test.each([
    ['arrives-too-late', { arrivesOn: '2023-05-24' }],
    ['leaves-too-early', { leavesOn: '2023-05-21' }],
  ])('who miss the summit are told: %s', (code, more) => {
    expect(codes(facts({ presence: new Map([away('ada', more)]) }))).toEqual([code]);
  });

  test('who must be in a session and are never there that long are named', () => {
    const presence = new Map([away('ada', { leavesOn: '2023-05-22', leavesAt: '09:30' })]);
    const sessions = [session('Types', { leads: ['ada'] })];
    const [found] = contradictionsIn(facts({ presence, sessions }));
    expect(found?.sentence).toBe('Ada must be in “Types” (1 h), and is never there that long.');
  });

  test('who are never there together are named together', () => {
    const presence = new Map([
      away('ada', { leavesOn: '2023-05-22' }),
      away('ben', { arrivesOn: '2023-05-23' }),
    ]);
    const sessions = [session('Types', { leads: ['ada'], needed: ['ben'] })];
    expect(codes(facts({ presence, sessions }))).toEqual(['people-never-together']);
  });

  test('who have more to be in than time are told so', () => {
    const sessions = Array.from({ length: 9 }, (_, index) =>
      session(`s${index}`, { minutes: 120, leads: ['ada'] }),
    );
    expect(codes(facts({ sessions }))).toContain('person-overloaded');
    const optional = sessions.map((each) => ({ ...each, isOptional: true }));
    expect(codes(facts({ sessions: optional }))).toEqual([]);
  });

  test('who lead and do not come are told, whoever they are', () => {
    const sessions = [session('Types', { leads: ['eve'] })];
    const found = contradictionsIn(facts({ sessions, others: new Map([['eve', 'Eve']]) }));
    expect(found.map(({ sentence }) => sentence)).toEqual([
      'Eve leads “Types”, and does not come.',
    ]);
  });
});

describe('sessions', () => {
  test.each([
    ['session-too-long', session('x', { minutes: 540 })],
    ['session-not-in-slots', session('x', { minutes: 50 })],
    ['room-lacks', session('x', { needs: ['piano'] })],
    ['rooms-too-small', session('x', { needs: ['screen'], size: 5 })],
    ['room-lacks-video', session('x', { leads: ['ada'] })],
  ])('say %s', (code, one) => {
    const rooms = [room('Hall'), room('Attic', { capacity: 4, features: ['screen'] })];
    const presence = new Map([away('ada', { isRemote: true })]);
    expect(codes(facts({ frame: { ...frame, rooms }, presence, sessions: [one] }))).toContain(code);
  });

  test('that need more rooms than there are say so all together', () => {
    const rooms = [room('Hall')];
    const sessions = Array.from({ length: 9 }, (_, index) =>
      session(`s${index}`, { minutes: 120 }),
    );
    expect(codes(facts({ frame: { ...frame, rooms }, sessions }))).toEqual(['rooms-overloaded']);
  });

  test('that are to come in a circle are told in its order', () => {
    const sessions = ['A', 'B', 'C'].map((id) => session(id));
    const rules = [
      rule('1', 'before', ['A', 'B']),
      rule('2', 'consecutive', ['B', 'C']),
      rule('3', 'before', ['C', 'A']),
    ];
    const found = contradictionsIn(facts({ sessions, rules }));
    expect(found.map(({ sentence }) => sentence)).toEqual([
      '“A” before “B” before “C” before “A”: this order goes round in a circle; drop one of the rules.',
    ]);
    expect(codes(facts({ sessions, rules: rules.slice(0, 2) }))).toEqual([]);
  });

  test('that are to be together and apart are told so', () => {
    const sessions = ['A', 'B'].map((id) => session(id));
    const rules = [rule('1', 'together', ['A', 'B']), rule('2', 'apart', ['B', 'A'])];
    expect(codes(facts({ sessions, rules }))).toEqual(['rules-against']);
    const soft = rules.map((each) => ({ ...each, isHard: false }));
    expect(codes(facts({ sessions, rules: soft }))).toEqual([]);
  });

  test('that may only be where nothing begins any more are told so', () => {
    const rules = [
      { ...rule('1', 'slot-wish', ['A']), at: ['2023-05-22T09:15'], wish: 'in' as const },
    ];
    expect(codes(facts({ sessions: [session('A')], rules }))).toEqual(['wish-for-gone']);
  });
});

describe('what is released', () => {
  const released = ['A', 'B', 'C'].map((id) => ({
    id,
    kind: 'work' as const,
    title: id,
    text: '',
    topicNumber: null,
    groupKey: null,
    track: '',
    date: '2023-05-22',
    starts: '10:00',
    ends: '11:30',
    roomId: id === 'A' ? 'Attic' : 'Hall',
    leads: [],
    people: [],
  }));

  test('and a block that would lie over it are told before it is saved', () => {
    const blocks = [block('Coffee', '11:00', '11:30')];
    const found = contradictionsIn({ ...inFrame({ blocks }), released });
    expect(found.map(({ sentence }) => sentence)).toEqual([
      '“Coffee” (Monday, 11:00–11:30) lies over 3 sessions of the timetable that holds: “A”, “B” and 1 more.',
    ]);
    expect(codes(inFrame({ blocks }))).toEqual([]);
  });

  test('and a room that would be closed under it are told', () => {
    const stretch = { date: '2023-05-22', starts: '11:00', ends: '24:00' };
    const closures = [{ id: 'c', roomId: 'Attic', reason: 'Under water', ...stretch }];
    const found = contradictionsIn({ ...inFrame({ closures }), released });
    expect(found.map(({ sentence }) => sentence)).toEqual([
      '“Attic” is closed (Monday, 11:00–24:00), and has 1 session of the timetable that holds: “A” then.',
    ]);
  });
});

test('a change is told what is new with it, and what is about it already', () => {
  const lunch = block('Lunch', '12:00', '13:00');
  const before = contradictionsIn(inFrame({ blocks: [lunch, block('Talk', '12:30', '13:00')] }));
  const blocks = [lunch, block('Talk', '12:30', '13:00'), block('Tea', '15:00', '15:15')];
  const after = contradictionsIn(inFrame({ blocks }));
  const told = (about: string[]) => contradictionsOf(before, after, about).map(({ code }) => code);
  expect(told([])).toEqual(['minutes-lost']);
  expect(told(['Lunch'])).toEqual(['minutes-lost', 'blocks-overlap']);
});
