import { describe, expect, it } from 'vitest';
import { checkConference } from './checker.ts';
import { CONFERENCE_RULES, type Conference, type ConferenceRule, emptySchedule } from './model.ts';
import { conferenceSentence, conferenceVerdict } from './words.ts';

/** Three tracks, three sessions of two time slots, three rooms; what each rule weighs is given. */
function conference(
  weights: Partial<Record<ConferenceRule, number>>,
  change: Partial<Conference> = {},
): Conference {
  const zeros = (rows: number, columns: number) =>
    Array.from({ length: rows }, () => Array.from({ length: columns }, () => 0));
  const submission = (name: string, track: number, more = {}) => ({
    name,
    track,
    timeSlots: 1,
    order: 0,
    zone: 0,
    presenters: [],
    attendees: [],
    sessions: [0, 0, 0],
    rooms: [0, 0, 0],
    ...more,
  });
  return {
    sessions: ['Mon', 'Tue', 'Wed'].map((name, index) => {
      return { name, timeSlots: 2, start: 600 + index * 120, end: 660 + index * 120 };
    }),
    rooms: ['Hall', 'Attic', 'Cellar'],
    tracks: [
      { name: 'Maps', chairs: ['Emmy'] },
      { name: 'Plots', chairs: ['Emmy'] },
      { name: 'Games', chairs: [] },
    ],
    submissions: [
      submission('m1', 0, { presenters: ['Ada'], order: 1, zone: -8 }),
      submission('m2', 0, { order: 2, attendees: ['Ada'] }),
      submission('p1', 1, { presenters: ['Ada'], sessions: [0, 3, 0], rooms: [5, 0, 0] }),
      submission('g2', 2, { timeSlots: 2, presenters: ['Emmy'] }),
    ],
    trackSessions: [[0, 7, 0], ...zeros(2, 3)],
    trackRooms: [...zeros(1, 3), [0, 9, 0], ...zeros(1, 3)],
    sessionRooms: [[0, 0, 11], ...zeros(2, 3)],
    similarTracks: [
      [0, 0, 4],
      [0, 0, 0],
      [4, 0, 0],
    ],
    hours: { zone: 0, from: 540, to: 1200, widerFrom: 120, widerTo: 1380, small: 1, large: 10 },
    weights: {
      ...(Object.fromEntries(CONFERENCE_RULES.map((rule) => [rule, 0])) as Conference['weights']),
      ...weights,
    },
    ...change,
  };
}

/** What is where: session, room, and the submissions of its time slots by their names. */
type Placed = readonly [session: number, room: number, ...submissions: (string | undefined)[]];

function schedule(of: Conference, placed: readonly Placed[]) {
  const made = emptySchedule(of) as { tracks: number[][]; submissions: number[][][] };
  for (const [session, room, ...names] of placed) {
    for (const [slot, name] of names.entries()) {
      const submission = of.submissions.findIndex((one) => one.name === name);
      if (submission === -1) continue;
      (made.tracks[session] as number[])[room] = of.submissions[submission]?.track ?? -1;
      (made.submissions[session]?.[room] as number[])[slot] = submission;
    }
  }
  return made;
}

/** A break of the rule: where everything is, how much that is, and what is said of it. */
const BREAKS: readonly (readonly [ConferenceRule, readonly Placed[], number, string])[] = [
  [
    'tracks-sessions',
    [
      [1, 0, 'm1'],
      [1, 1, 'm2'],
    ],
    14,
    'Maps is in Tue, which it should avoid.',
  ],
  ['tracks-rooms', [[0, 1, 'p1']], 9, 'Plots is in Attic (Mon), which it should avoid.'],
  [
    'sessions-rooms',
    [[0, 2, 'g2', 'g2']],
    11,
    'Games has Cellar in Mon, where it should not be used.',
  ],
  [
    'similar-tracks',
    [
      [0, 0, 'm1'],
      [0, 1, 'g2', 'g2'],
    ],
    4,
    'The similar tracks Maps and Games run side by side in Mon.',
  ],
  [
    'rooms-per-track',
    [
      [0, 0, 'm1'],
      [1, 2, 'm2'],
    ],
    1,
    'Maps changes between 2 rooms: Hall and Cellar.',
  ],
  [
    'parallel-tracks',
    [
      [0, 0, 'm1'],
      [0, 2, 'm2'],
    ],
    1,
    'Maps runs beside itself in Mon: in Hall and Cellar.',
  ],
  [
    'consecutive-tracks',
    [
      [0, 0, 'm1'],
      [2, 0, 'm2'],
    ],
    1,
    'Maps pauses between its sessions: Mon and Wed.',
  ],
  // 10:00 here is 2:00 at the presenter's.
  ['time-zones', [[0, 0, 'm1']], 1, 'm1 is in Mon, outside sociable hours where its presenter is.'],
  ['order', [[0, 0, 'm2', 'm1']], 2, 'm2 is not at its place in the order of Maps.'],
  ['submissions-sessions', [[1, 1, 'p1']], 3, 'p1 is in Tue, which it should avoid.'],
  ['submissions-rooms', [[0, 0, 'p1']], 5, 'p1 is in Hall, which it should avoid.'],
  [
    'presenters',
    [
      [0, 0, 'm1'],
      [0, 1, undefined, 'p1'],
    ],
    1,
    'm1 and p1 need the same person in different rooms of a session (Mon, Hall and Attic).',
  ],
  [
    'attendees',
    [
      [0, 0, 'm2'],
      [0, 1, undefined, 'p1'],
    ],
    1,
    'Somebody would attend m2 and p1, which are in different rooms of a session (Mon, Hall and Attic).',
  ],
  [
    'chairs',
    [
      [0, 0, 'm1'],
      [0, 1, 'p1'],
    ],
    1,
    'Maps and Plots have a chair in common and run side by side (Mon, Hall and Attic).',
  ],
  [
    'presenters-in-time-slot',
    [
      [0, 0, undefined, 'm1'],
      [0, 1, undefined, 'p1'],
    ],
    1,
    'm1 and p1 need the same person at the same time (Mon, time slot 2, Hall and Attic).',
  ],
  [
    'attendees-in-time-slot',
    [
      [0, 0, 'm2'],
      [0, 1, 'p1'],
    ],
    1,
    'Somebody would attend m2 and p1, which are at the same time (Mon, time slot 1, Hall and Attic).',
  ],
];

describe('the checker of conferences', () => {
  it('has an example of every rule', () => {
    expect(BREAKS.map(([rule]) => rule)).toEqual([...CONFERENCE_RULES]);
  });

  it.each(BREAKS)('counts and names what breaks %s', (rule, placed, amount, sentence) => {
    const of = conference({ [rule]: 3 });
    const checked = checkConference(of, schedule(of, placed));
    expect(checked.terms.find((term) => term.rule === rule)).toEqual({
      rule,
      weight: 3,
      amount,
      cost: 3 * amount,
    });
    const breaks = checked.breaks.filter((one) => one.rule === rule);
    expect(conferenceSentence(of, breaks[0] as (typeof breaks)[0])).toBe(sentence);
  });

  it('does not look at rules that weigh nothing', () => {
    const of = conference({});
    for (const [, placed] of BREAKS) {
      expect(checkConference(of, schedule(of, placed)).values[1]).toBe(0);
    }
  });

  it('finds nothing where submissions that share a presenter follow each other in one room', () => {
    const of = conference(
      { presenters: 1, attendees: 1, chairs: 1, 'presenters-in-time-slot': 1 },
      { tracks: ['Maps', 'Plots', 'Games'].map((name) => ({ name, chairs: [] })) },
    );
    const placed = schedule(of, [
      [0, 0, 'm1', 'm2'],
      [1, 1, 'p1'],
      [2, 2, 'g2', 'g2'],
    ]);
    expect(checkConference(of, placed)).toMatchObject({
      values: [0, 0, 0],
      isComplete: true,
      isValid: true,
      breaks: [],
    });
  });

  it('counts a presenter who chairs another track as needed there', () => {
    const of = conference({ presenters: 1 });
    const placed = schedule(of, [
      [0, 0, 'm1'],
      [0, 1, 'g2', 'g2'],
    ]);
    expect(checkConference(of, placed).values[1]).toBe(1);
  });

  it('counts two ordered submissions of a track at the same time', () => {
    const of = conference({ order: 1 });
    const placed = schedule(of, [
      [0, 0, 'm1'],
      [0, 1, 'm2'],
    ]);
    const { breaks } = checkConference(of, placed);
    expect(
      breaks.filter(({ rule }) => rule === 'order').map((one) => conferenceSentence(of, one)),
    ).toEqual(['m1 and m2 should come one after the other, but are at the same time in Mon.']);
  });

  it('prices what is split as the library does', () => {
    const of = conference({});
    const cost = (placed: readonly Placed[]) => checkConference(of, schedule(of, placed)).objective;
    expect(cost([[0, 0, 'g2', 'g2']])).toBe(0);
    expect(cost([])).toBe(1_000_000_000);
    expect(
      cost([
        [0, 0, 'g2'],
        [1, 0, undefined, 'g2'],
      ]),
    ).toBe(20_000_000);
    expect(
      cost([
        [0, 0, undefined, 'g2'],
        [1, 0, 'g2'],
      ]),
    ).toBe(1_020_000_000);
  });

  it('says which submissions have no place, and which are in a room of another track', () => {
    const of = conference({});
    const placed = schedule(of, [
      [0, 0, 'm1', 'p1'],
      [1, 1, 'g2', 'g2'],
    ]);
    const checked = checkConference(of, placed);
    expect(checked).toMatchObject({ isComplete: false, isValid: false, values: [2, 0, 0] });
    expect(checked.breaks.map((one) => conferenceSentence(of, one))).toEqual([
      'm2 misses 1 time slot.',
      'm1 is Mon, time slot 1, Hall, which Plots has.',
    ]);
  });
});

describe('the verdict', () => {
  const bound = { objective: 10, submissions: 7, tracks: 3, unscheduled: 0 };

  it.each([
    [[0, 0, 10], 'Proven: no schedule is better than 10.'],
    [
      [0, 0, 12],
      '12; no schedule can be under 10 (7 for submissions that cannot all be where they cost nothing, and 3 for tracks likewise), so that at most 2 could be saved.',
    ],
    [
      [0, 1, 12],
      '1 pair of submissions needs a presenter twice at once; it is not known whether that can be avoided.',
    ],
    [
      [2, 0, 12],
      '2 time slots of submissions have no place; it is not known whether all can have one.',
    ],
  ] as const)('says of %j what is proven', (values, sentence) => {
    expect(conferenceVerdict(values, bound)).toBe(sentence);
  });

  it('says whether all can have a place', () => {
    expect(conferenceVerdict([5, 0, 0], { ...bound, unscheduled: 3 })).toContain(
      'at least 3 can have none',
    );
    expect(conferenceVerdict([3, 0, 0], { ...bound, unscheduled: 3 })).toContain(
      'no schedule has a place for more',
    );
  });
});
