import type {
  Instance,
  Person,
  Room,
  Rule,
  RuleKind,
  Session,
} from '../packages/timetable/src/sessions/model.ts';

/** One case in which a rule is broken, what it costs, and how it is said. */
export interface RuleExample {
  readonly kind: RuleKind;
  readonly instance: Instance;
  /** Slot and room by session; what is left out has no place. */
  readonly places: Readonly<Record<string, readonly [slot: string, room?: string]>>;
  /** What all its breaks cost together, before the weight. */
  readonly cost: number;
  readonly sentences: readonly string[];
}

/** Monday at nine, ten and, after half an hour, half past eleven; Tuesday at nine and ten. */
const SLOTS = [
  { key: 'mon9', day: 'Monday', start: 540, end: 600 },
  { key: 'mon10', day: 'Monday', start: 600, end: 660 },
  { key: 'mon11', day: 'Monday', start: 690, end: 750 },
  { key: 'tue9', day: 'Tuesday', start: 1980, end: 2040 },
  { key: 'tue10', day: 'Tuesday', start: 2040, end: 2100 },
];

const ROOMS: readonly Room[] = [
  { key: 'Hall', capacity: 50, features: ['screen'] },
  { key: 'Attic', capacity: 10, closed: ['tue9', 'tue10'] },
];

const PEOPLE: readonly Person[] = [
  { key: 'ada', name: 'Ada', away: ['tue10'], roles: ['chair'] },
  { key: 'bob', name: 'Bob' },
];

function instanceOf(
  sessions: readonly Session[],
  rules: readonly Rule[] = [],
  people: readonly Person[] = PEOPLE,
): Instance {
  return { slots: SLOTS, rooms: ROOMS, people, sessions, rules };
}

const session = (key: string, more: Partial<Session> = {}): Session => ({
  key: key.toLowerCase(),
  title: key,
  ...more,
});

const A = session('A');
const B = session('B');
const C = session('C');
const ALL = { sessions: ['a', 'b', 'c'], level: 1 } as const;
const AB = { sessions: ['a', 'b'], level: 1 } as const;

/** Every kind of rule, each with at least one case in which it is broken. */
export const RULE_EXAMPLES: readonly RuleExample[] = [
  {
    kind: 'placed',
    instance: instanceOf([A, session('B', { isOptional: true }), C]),
    places: { c: ['mon9', 'Hall'] },
    cost: 1,
    sentences: ['“A” has no place.'],
  },
  {
    kind: 'placed',
    instance: instanceOf(
      [session('A', { leads: ['ada'], people: ['bob', 'ada'] }), B],
      [{ kind: 'placed', level: 1, measure: 'people' }],
    ),
    places: {},
    cost: 2,
    sentences: ['“A” has no place; 2 people would be there.'],
  },
  {
    kind: 'runs-over',
    instance: instanceOf([session('A', { length: 2 }), session('B', { length: 2 })]),
    places: { a: ['mon10', 'Hall'], b: ['mon9', 'Attic'] },
    cost: 1,
    sentences: ['“A” (Monday 10:00) takes 2 slots, and the day has a break or ends before.'],
  },
  {
    kind: 'runs-over',
    instance: instanceOf([session('A', { length: 3 })]),
    places: { a: ['tue10', 'Hall'] },
    cost: 1,
    sentences: ['“A” (Tuesday 10:00) takes 3 slots, and the day has a break or ends before.'],
  },
  {
    kind: 'room-taken',
    instance: instanceOf([session('A', { length: 2 }), B, C]),
    places: { a: ['mon9', 'Hall'], b: ['mon10', 'Hall'], c: ['mon10', 'Attic'] },
    cost: 1,
    sentences: ['“A” and “B” are in Hall at the same time (Monday 10:00).'],
  },
  {
    kind: 'room-size',
    instance: instanceOf([session('A', { size: 11 }), session('B', { size: 10 })]),
    places: { a: ['mon9', 'Attic'], b: ['mon10', 'Attic'] },
    cost: 1,
    sentences: ['“A” (Monday 09:00) needs 11 places, and Attic has 10.'],
  },
  {
    kind: 'room-size',
    instance: instanceOf(
      [session('A', { size: 13 })],
      [{ kind: 'room-size', level: 1, measure: 'seats' }],
    ),
    places: { a: ['mon9', 'Attic'] },
    cost: 3,
    sentences: ['“A” (Monday 09:00) needs 13 places, and Attic has 10.'],
  },
  {
    kind: 'room-needs',
    instance: instanceOf([session('A', { needs: ['screen', 'piano'] })]),
    places: { a: ['mon9', 'Attic'] },
    cost: 2,
    sentences: ['“A” (Monday 09:00) needs “screen” and “piano”, and Attic has not.'],
  },
  {
    kind: 'room-closed',
    instance: instanceOf([session('A', { length: 2 }), B]),
    places: { a: ['tue9', 'Attic'], b: ['tue9', 'Hall'] },
    cost: 2,
    sentences: ['Attic is closed in 2 slots while “A” is in it (Tuesday 09:00).'],
  },
  {
    kind: 'room-allowed',
    instance: instanceOf([session('A', { rooms: ['Hall'] })]),
    places: { a: ['mon9', 'Attic'] },
    cost: 1,
    sentences: ['“A” (Monday 09:00) is in Attic, and may be only in Hall.'],
  },
  {
    kind: 'slot-allowed',
    instance: instanceOf([session('A', { slots: ['tue9', 'mon10'] })]),
    places: { a: ['mon9', 'Attic'] },
    cost: 1,
    sentences: [
      '“A” starts in a slot in which it may not (Monday 09:00); it may in Monday 10:00 or Tuesday 09:00.',
    ],
  },
  {
    kind: 'pinned',
    instance: instanceOf([
      session('A', { pinned: { slot: 'mon9', room: 'Hall' } }),
      session('B', { pinned: { slot: 'mon9' } }),
      session('C', { pinned: { slot: 'tue9' } }),
    ]),
    places: { a: ['mon9', 'Attic'], b: ['mon9', 'Hall'] },
    cost: 2,
    sentences: [
      '“A” is not where it is pinned (Monday 09:00, Hall).',
      '“C” is not where it is pinned (Tuesday 09:00).',
    ],
  },
  {
    kind: 'exclusive',
    instance: instanceOf([session('A', { kind: 'plenary' }), B, session('C', { kind: 'block' })]),
    places: { a: ['mon9', 'Hall'], b: ['mon9', 'Attic'], c: ['mon10'] },
    cost: 1,
    sentences: [
      '“A” and “B” run at the same time (Monday 09:00), and nothing may run beside a plenary or a block.',
    ],
  },
  {
    kind: 'person-twice',
    instance: instanceOf([
      session('A', { leads: ['ada', 'bob'] }),
      session('B', { people: ['bob', 'ada'] }),
      session('C', { people: ['bob'] }),
    ]),
    places: { a: ['mon9', 'Hall'], b: ['mon9', 'Attic'], c: ['mon10', 'Hall'] },
    cost: 2,
    sentences: ['Ada and Bob must be in “A” and “B” at the same time (Monday 09:00).'],
  },
  {
    kind: 'person-away',
    instance: instanceOf([session('A', { leads: ['ada'], length: 2 })]),
    places: { a: ['tue9', 'Hall'] },
    cost: 1,
    sentences: ['Ada must be in “A” and is away (Tuesday 10:00).'],
  },
  {
    kind: 'track-clash',
    instance: instanceOf(
      [
        session('A', { tracks: ['x', 'y'] }),
        session('B', { tracks: ['y', 'x'] }),
        session('C', { tracks: ['x'] }),
      ],
      [{ kind: 'track-clash', level: 1, weight: 5 }],
    ),
    places: { a: ['mon9', 'Hall'], b: ['mon9', 'Attic'], c: ['mon10', 'Hall'] },
    cost: 2,
    sentences: [
      '“A” and “B” are of the tracks “x” and “y” and run at the same time (Monday 09:00).',
    ],
  },
  {
    kind: 'track-clash',
    instance: instanceOf(
      [session('A', { tracks: ['x', 'y'] }), session('B', { tracks: ['x', 'y'] })],
      [{ kind: 'track-clash', level: 1, tracks: ['y', 'z'] }],
    ),
    places: { a: ['mon9', 'Hall'], b: ['mon9', 'Attic'] },
    cost: 1,
    sentences: ['“A” and “B” are of the track “y” and run at the same time (Monday 09:00).'],
  },
  {
    kind: 'interest',
    instance: instanceOf(
      [A, B, session('C', { leads: ['bob'] })],
      [{ kind: 'interest', level: 1 }],
      [
        // Gets B (3) instead of A (2), and loses C, which runs while she is away.
        { key: 'ada', name: 'Ada', away: ['tue10'], interest: { a: 2, b: 3, c: 4 } },
        { key: 'bob', name: 'Bob', interest: { a: 1 } },
      ],
    ),
    places: { a: ['mon9', 'Hall'], b: ['mon9', 'Attic'], c: ['tue10', 'Hall'] },
    cost: 6,
    sentences: ['Ada loses 6 of 9 points of interest.'],
  },
  {
    kind: 'interest',
    instance: instanceOf(
      [session('A', { leads: ['bob'], length: 2 }), session('B', { length: 2 })],
      [{ kind: 'interest', level: 1 }],
      [{ key: 'bob', name: 'Bob', interest: { a: 1, b: 3 } }],
    ),
    // He must be in A, so B is lost in the slot in which both run.
    places: { a: ['mon9', 'Hall'], b: ['mon10', 'Attic'] },
    cost: 8 - (1 + 1 + 3),
    sentences: ['Bob loses 3 of 8 points of interest.'],
  },
  {
    kind: 'worst-off',
    instance: instanceOf(
      [A, B],
      [{ kind: 'worst-off', level: 1 }],
      [
        { key: 'ada', name: 'Ada', interest: { a: 1, b: 2 } },
        { key: 'bob', name: 'Bob', interest: { a: 3, b: 1 } },
      ],
    ),
    places: { a: ['mon9', 'Hall'], b: ['mon9', 'Attic'] },
    cost: 333,
    sentences: ['Ada loses 33.3 % of their interest, more than anybody else.'],
  },
  {
    kind: 'day-pattern',
    instance: instanceOf(
      [session('A', { leads: ['ada'] }), session('B', { leads: ['bob'] })],
      [{ kind: 'day-pattern', level: 1, pattern: 'last-slot' }],
    ),
    places: { a: ['mon11', 'Hall'], b: ['mon10', 'Hall'] },
    cost: 1,
    sentences: ['Ada must be in the last slot (Monday).'],
  },
  {
    kind: 'day-pattern',
    instance: instanceOf(
      [session('A', { leads: ['ada'], length: 2 }), session('B', { people: ['ada'] })],
      [{ kind: 'day-pattern', level: 1, pattern: 'three-in-a-row' }],
    ),
    places: { a: ['mon9', 'Hall'], b: ['mon11', 'Hall'] },
    cost: 1,
    sentences: ['Ada must be in more than two slots in a row (Monday, 1 too many).'],
  },
  {
    kind: 'day-pattern',
    instance: instanceOf(
      [session('A', { leads: ['ada'] }), session('B', { leads: ['bob'], length: 2 })],
      [{ kind: 'day-pattern', level: 1, pattern: 'alone' }],
    ),
    places: { a: ['tue9', 'Hall'], b: ['mon9', 'Hall'] },
    cost: 1,
    sentences: ['Ada must be in only one slot (Tuesday).'],
  },
  {
    kind: 'before',
    instance: instanceOf([A, B, C], [{ kind: 'before', ...ALL, slots: 1 }]),
    places: { a: ['mon9', 'Hall'], b: ['mon10', 'Hall'], c: ['tue9', 'Hall'] },
    cost: 1,
    sentences: ['“A” should end before “B” starts, with 1 slot between.'],
  },
  {
    kind: 'consecutive',
    instance: instanceOf([A, B, C], [{ kind: 'consecutive', ...ALL }]),
    places: { a: ['mon9', 'Hall'], b: ['mon10', 'Hall'], c: ['mon11', 'Hall'] },
    cost: 1,
    sentences: ['“C” should start right after “B”.'],
  },
  {
    kind: 'together',
    instance: instanceOf([A, B, C], [{ kind: 'together', ...ALL }]),
    places: { a: ['mon9', 'Hall'], b: ['mon9', 'Attic'], c: ['mon11', 'Hall'] },
    cost: 2,
    sentences: [
      '“A” and “C” should start at the same time.',
      '“B” and “C” should start at the same time.',
    ],
  },
  {
    kind: 'apart',
    instance: instanceOf([session('A', { length: 2 }), B, C], [{ kind: 'apart', ...ALL }]),
    places: { a: ['mon9', 'Hall'], b: ['mon10', 'Attic'], c: ['mon11', 'Hall'] },
    cost: 1,
    sentences: ['“A” and “B” should not run at the same time (Monday 10:00).'],
  },
  {
    kind: 'same-day',
    instance: instanceOf([A, B, C], [{ kind: 'same-day', ...ALL }]),
    places: { a: ['mon9', 'Hall'], b: ['mon10', 'Hall'], c: ['tue9', 'Hall'] },
    cost: 2,
    sentences: ['“A” and “C” should be on the same day.', '“B” and “C” should be on the same day.'],
  },
  {
    kind: 'other-day',
    instance: instanceOf([A, B, C], [{ kind: 'other-day', ...ALL }]),
    places: { a: ['mon9', 'Hall'], b: ['mon10', 'Hall'], c: ['tue9', 'Hall'] },
    cost: 1,
    sentences: ['“A” and “B” should be on different days.'],
  },
  {
    kind: 'same-room',
    instance: instanceOf([A, B, C], [{ kind: 'same-room', ...ALL }]),
    places: { a: ['mon9', 'Hall'], b: ['mon10', 'Attic'], c: ['tue9', 'Hall'] },
    cost: 1,
    sentences: ['“A”, “B” and “C” should be in one room and are in 2.'],
  },
  {
    kind: 'slot-wish',
    instance: instanceOf(
      [A, B],
      [{ kind: 'slot-wish', ...AB, slots: ['mon9', 'tue9'], wish: 'in', name: 'Early birds' }],
    ),
    places: { a: ['mon10', 'Hall'], b: ['tue9', 'Hall'] },
    cost: 1,
    sentences: [
      'Early birds: “A” (Monday 10:00) should start in one of these slots: Monday 09:00 or Tuesday 09:00.',
    ],
  },
  {
    kind: 'slot-wish',
    instance: instanceOf([A, B], [{ kind: 'slot-wish', ...AB, slots: ['mon10'], wish: 'out' }]),
    places: { a: ['mon10', 'Hall'], b: ['tue9', 'Hall'] },
    cost: 1,
    sentences: ['“A” (Monday 10:00) should start in none of these slots: Monday 10:00.'],
  },
  {
    kind: 'room-wish',
    instance: instanceOf(
      [A, session('B', { isRoomless: true })],
      [{ kind: 'room-wish', ...AB, rooms: ['Hall'], wish: 'in' }],
    ),
    places: { a: ['mon10', 'Attic'], b: ['tue9'] },
    cost: 1,
    sentences: ['“A” should be in Hall; it is in Attic.'],
  },
  {
    kind: 'spread',
    instance: instanceOf([A, B, C], [{ kind: 'spread', ...ALL, days: 3 }]),
    places: { a: ['mon9', 'Hall'], b: ['mon10', 'Hall'], c: ['tue9', 'Hall'] },
    cost: 1,
    sentences: ['“A”, “B” and “C” should be on at least 3 days, 1 more than they are.'],
  },
  {
    kind: 'compact',
    instance: instanceOf([A, B, C], [{ kind: 'compact', ...ALL }]),
    places: { a: ['mon9', 'Hall'], b: ['mon10', 'Hall'], c: ['mon11', 'Hall'] },
    cost: 1,
    sentences: ['“C” (Monday 11:30) should be right before or after another of “A”, “B” and “C”.'],
  },
  {
    kind: 'attends',
    instance: instanceOf([A, B, C], [{ kind: 'attends', ...ALL, least: 2 }]),
    // Ada is away on Tuesday at ten, and A and B run at the same time.
    places: { a: ['mon9', 'Hall'], b: ['mon9', 'Attic'], c: ['tue10', 'Hall'] },
    cost: 1,
    sentences: ['Ada cannot be in 2 of “A”, “B” and “C”.'],
  },
  {
    kind: 'attends',
    instance: instanceOf([A, B, C], [{ kind: 'attends', ...ALL, least: 3, roles: ['chair'] }]),
    places: { a: ['mon9', 'Hall'], b: ['mon10', 'Hall'], c: ['tue10', 'Hall'] },
    cost: 1,
    sentences: ['Ada cannot be in 3 of “A”, “B” and “C”.'],
  },
  {
    kind: 'unmoved',
    instance: instanceOf(
      [A, B, C],
      [
        {
          kind: 'unmoved',
          level: 1,
          from: {
            a: { slot: 'mon9', room: 'Hall' },
            b: { slot: 'mon10', room: 'Attic' },
            c: { slot: 'tue9' },
          },
        },
      ],
    ),
    places: { a: ['mon9', 'Attic'], b: ['mon10', 'Attic'], c: ['tue9', 'Hall'] },
    cost: 1,
    sentences: ['“A” is not where it was (Monday 09:00, Hall).'],
  },
  {
    kind: 'unmoved',
    instance: instanceOf(
      [session('A', { leads: ['ada', 'bob'] }), B],
      [
        {
          kind: 'unmoved',
          level: 1,
          measure: 'people',
          from: { a: { slot: 'mon9' }, b: { slot: 'mon10' } },
        },
      ],
    ),
    places: { a: ['mon11', 'Hall'], b: ['tue9', 'Hall'] },
    cost: 2,
    sentences: ['“A” is not where it was (Monday 09:00), for 2 people.'],
  },
];
