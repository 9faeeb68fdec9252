import { expectOk } from '@cairn/kernel/result';
import { describe, expect, it, test } from 'vitest';
import { indexInstance } from './index-instance.ts';
import { compareValues, type Instance, STANDING_RULES } from './model.ts';

const slot = (key: string, day: string, start: number) => ({ key, day, start, end: start + 60 });

const INSTANCE: Instance = {
  slots: [slot('s0', 'Mon', 540), slot('s1', 'Mon', 610), slot('s2', 'Tue', 2000)],
  rooms: [{ key: 'r0', capacity: 10, closed: ['s2'] }, { key: 'r1' }],
  people: [{ key: 'ada', away: ['s1'], interest: { talk: 2 } }, { key: 'bob' }],
  sessions: [
    { key: 'talk', leads: ['bob', 'ada'], people: ['bob'], tracks: ['x', 'x'] },
    { key: 'lunch', kind: 'block', length: 2 },
  ],
  rules: [],
};

const problemsOf = (change: Partial<Instance>) => {
  const indexed = indexInstance({ ...INSTANCE, ...change });
  return indexed.ok ? [] : indexed.error;
};

describe('Indexing an instance', () => {
  it('turns keys into the positions of the lists', () => {
    const { sessions, people, rooms, dayOf, isFollowed } = expectOk(indexInstance(INSTANCE));
    expect(sessions[0]).toMatchObject({ bound: [0, 1], tracks: ['x'], length: 1, takesRoom: true });
    expect(sessions[1]).toMatchObject({ kind: 'block', length: 2, takesRoom: false });
    expect(people[0]?.bound).toEqual([0]);
    expect([...(people[0]?.interest ?? [])]).toEqual([[0, 2]]);
    expect(rooms.map(({ capacity }) => capacity)).toEqual([10, Number.POSITIVE_INFINITY]);
    expect(dayOf).toEqual([0, 0, 1]);
    expect(isFollowed).toEqual([false, false, false]);
  });

  it('lets slots of a day follow each other over the pauses that the instance allows', () => {
    const { isFollowed } = expectOk(indexInstance({ ...INSTANCE, pauseMinutes: 10 }));
    expect(isFollowed).toEqual([true, false, false]);
  });

  it('adds the rules that always hold, but not those that are listed', () => {
    const { rules, levels } = expectOk(
      indexInstance({ ...INSTANCE, rules: [{ kind: 'room-size', level: 3, weight: 2 }] }),
    );
    expect(rules.map(({ kind }) => kind).sort()).toEqual([...STANDING_RULES].sort());
    expect(rules.find(({ kind }) => kind === 'room-size')).toMatchObject({ level: 3, weight: 2 });
    expect(levels).toBe(4);
  });

  it('has as many levels as have names', () => {
    expect(expectOk(indexInstance({ ...INSTANCE, levels: ['a', 'b', 'c'] })).levels).toBe(3);
  });

  const first = INSTANCE.sessions[0] as Instance['sessions'][number]; // it is written above
  test.each<[string, string, Partial<Instance>]>([
    ['key-twice', 'rooms[1].key', { rooms: [{ key: 'r0' }, { key: 'r0' }], sessions: [] }],
    ['slot-ends-early', 'slots[0]', { slots: [{ ...slot('s0', 'Mon', 540), end: 540 }] }],
    ['slots-overlap', 'slots[1]', { slots: [slot('s0', 'Mon', 540), slot('s1', 'Mon', 560)] }],
    [
      'day-twice',
      'slots[2]',
      { slots: [slot('s0', 'Mon', 0), slot('s1', 'Tue', 60), slot('s2', 'Mon', 120)] },
    ],
    ['unknown-key', 'sessions[0].leads', { sessions: [{ ...first, leads: ['eve'] }] }],
    ['unknown-key', 'sessions[0].slots', { sessions: [{ ...first, slots: ['s9'] }] }],
    ['unknown-key', 'sessions[0].rooms', { sessions: [{ ...first, rooms: ['r9'] }] }],
    [
      'unknown-key',
      'sessions[0].pinned.slot',
      { sessions: [{ ...first, pinned: { slot: 's9', room: 'r0' } }] },
    ],
    [
      'unknown-key',
      'sessions[0].pinned.room',
      { sessions: [{ ...first, pinned: { slot: 's0', room: 'r9' } }] },
    ],
    ['unknown-key', 'people[0].away', { people: [{ key: 'ada', away: ['s9'] }], sessions: [] }],
    [
      'unknown-key',
      'people[0].interest',
      { people: [{ key: 'ada', interest: { walk: 1 } }], sessions: [] },
    ],
    ['unknown-key', 'rooms[0].closed', { rooms: [{ key: 'r0', closed: ['s9'] }] }],
    [
      'unknown-key',
      'rules[0].sessions',
      { rules: [{ kind: 'apart', level: 1, sessions: ['talk', 'walk'] }] },
    ],
    [
      'unknown-key',
      'rules[0].from.talk.slot',
      { rules: [{ kind: 'unmoved', level: 1, from: { talk: { slot: 's9' } } }] },
    ],
    [
      'unknown-key',
      'rules[0].roles',
      { rules: [{ kind: 'attends', level: 1, sessions: ['talk'], least: 1, roles: ['chair'] }] },
    ],
    ['not-a-number', 'sessions[0].length', { sessions: [{ ...first, length: 0 }] }],
    ['not-a-number', 'sessions[0].size', { sessions: [{ ...first, size: -1 }] }],
    ['not-a-number', 'rooms[0].capacity', { rooms: [{ key: 'r0', capacity: 1.5 }] }],
    [
      'not-a-number',
      'people[0].interest.talk',
      {
        people: [{ key: 'ada', interest: { talk: Number.NaN } }, { key: 'bob' }],
      },
    ],
    ['not-a-number', 'rules[0].level', { rules: [{ kind: 'interest', level: 32 }] }],
    ['not-a-number', 'rules[0].weight', { rules: [{ kind: 'interest', level: 1, weight: 0 }] }],
  ])('refuses %s at %s and says what to write', (code, path, change) => {
    const problems = problemsOf(change);
    const found = problems.filter((each) => each.code === code && each.place.path === path);
    expect(found, JSON.stringify(problems)).toHaveLength(1);
    expect(found[0]?.sentence).toMatch(/^(Give|Let|Write|There is no) .*\.$/);
  });

  it('tells everything that is wrong at once', () => {
    const problems = problemsOf({ sessions: [{ key: 'talk', leads: ['eve'], size: -1 }] });
    expect(problems.map(({ code }) => code).sort()).toEqual(['not-a-number', 'unknown-key']);
  });
});

describe('Values of two timetables', () => {
  it('are compared by the first level on which they differ', () => {
    expect(compareValues([0, 2, 9], [0, 3, 0])).toBeLessThan(0);
    expect(compareValues([1, 0], [0, 99])).toBeGreaterThan(0);
    expect(compareValues([0, 1], [0, 1])).toBe(0);
  });
});
