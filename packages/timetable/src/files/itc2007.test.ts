import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkTimetable } from '../sessions/checker.ts';
import { indexInstance } from '../sessions/index-instance.ts';
import { readItc2007 } from './itc2007.ts';
import { readItc2007Solution, writeItc2007Solution } from './itc2007-solution.ts';
import { writeItc2007 } from './itc2007-writing.ts';

/** Three events, two rooms, one feature, two students; the first event comes before the third. */
const LINES = [
  '3 2 1 2',
  '2 1',
  // Who attends what.
  '1 0 1',
  '1 1 0',
  // What rooms have, what events need.
  '1 0',
  '1 0 0',
  // When events may be.
  Array.from({ length: 45 }, () => 1).join(' '),
  Array.from({ length: 45 }, (_, slot) => Number(slot > 0)).join(' '),
  Array.from({ length: 45 }, () => 1).join(' '),
  // Which is before which.
  '0 0 1',
  '0 0 0',
  '-1 0 0',
];
const SMALL = `${LINES.join('\n')}\n`;
const small = () => expectOk(readItc2007(SMALL, 'small.tim'));

const texts = fc
  .record({
    events: fc.integer({ min: 1, max: 4 }),
    rooms: fc.integer({ min: 1, max: 3 }),
    features: fc.integer({ min: 0, max: 3 }),
    students: fc.integer({ min: 0, max: 4 }),
    bits: fc.infiniteStream(fc.nat(1)),
    order: fc.infiniteStream(fc.constantFrom(0, 0, 1, -1)),
  })
  .map(({ events, rooms, features, students, bits, order }) => {
    const draw = <T>(stream: Iterator<T>): T => stream.next().value as T; // it has no end
    const some = (count: number) => Array.from({ length: count }, () => draw(bits));
    const signs = Array.from({ length: events }, () => Array.from({ length: events }, () => 0));
    for (let one = 0; one < events; one++) {
      for (let other = 0; other < one; other++) {
        const sign = draw(order);
        (signs[one] as number[])[other] = sign;
        (signs[other] as number[])[one] = 0 - sign;
      }
    }
    return [
      [events, rooms, features, students].join(' '),
      ...Array.from({ length: rooms }, () => 7),
      ...some(students * events + rooms * features),
      // Every feature is named by somebody: what nobody has and nobody needs cannot be written again.
      ...Array.from({ length: events * features }, () => 1),
      ...some(events * 45),
      ...signs.flat(),
    ].join('\n');
  });

describe('an instance of ITC 2007, track 2', () => {
  test('says who attends what, what is needed, when it may be and what comes before what', () => {
    const { rooms, people, sessions, rules, slots } = small();
    expect(slots).toHaveLength(45);
    expect(rooms).toEqual([
      { key: 'room 0', capacity: 2, features: ['feature 0'] },
      { key: 'room 1', capacity: 1, features: [] },
    ]);
    expect(people.map(({ key }) => key)).toEqual(['student 0', 'student 1']);
    expect(sessions.map(({ size, people: who, needs }) => [size, who, needs])).toEqual([
      [2, ['student 0', 'student 1'], ['feature 0']],
      [1, ['student 1'], []],
      [1, ['student 0'], []],
    ]);
    expect(sessions.map((each) => each.slots?.length)).toEqual([undefined, 44, undefined]);
    expect(sessions[1]?.slots).not.toContain('slot 0');
    expect(rules.filter(({ kind }) => kind === 'before')).toEqual([
      { kind: 'before', level: 0, sessions: ['event 0', 'event 2'] },
    ]);
  });

  test('is judged as the competition does: hard rules, students without a place, soft cost', () => {
    const indexed = expectOk(indexInstance(small()));
    const values = (text: string) =>
      checkTimetable(indexed, expectOk(readItc2007Solution(text, indexed.instance, 'small.sln')))
        .values;
    // Two slots of one day for everybody, none of them the last.
    expect(values('0 0\n1 1\n2 1\n')).toEqual([0, 0, 0]);
    // The first event is in the last slot of a day, for two students; each has a day with one event.
    expect(values('8 0\n9 1\n10 1\n')).toEqual([0, 0, 2 + 4]);
    expect(values('-1 -1\n1 1\n2 1\n')).toEqual([0, 2, 2]);
    // Too small a room without the feature, the wrong order, and a slot that is not allowed.
    expect(values('3 1\n0 0\n2 1\n')[0]).toBe(4);
  });

  test('is the same after it was written and read', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const instance = expectOk(readItc2007(text, 'a.tim'));
        const written = expectOk(writeItc2007(instance));
        expect(written.split(/\s+/).filter(Boolean)).toEqual(text.split(/\s+/));
        expect(expectOk(readItc2007(written, 'a.tim'))).toEqual(instance);
      }),
      { numRuns: 50 },
    );
  });

  test('is not written where the format has no words for it', () => {
    const instance = small();
    const refused = writeItc2007({
      ...instance,
      rooms: [{ key: 'a', closed: ['slot 1'] }],
      rules: [{ kind: 'interest', level: 1 }],
    });
    expect(refused).toMatchObject({
      ok: false,
      error: [
        { sentence: 'A .tim file cannot say that a room is closed.', place: { path: 'rooms[0]' } },
        { sentence: 'A .tim file cannot say other rules than those of the competition.' },
      ],
    });
  });

  test.each([
    ['1000000000 5 0 0\n', 1, 'promises 1000000000 events'],
    ['5 1000000000 0 1000000000', 1, 'promises 5 events'],
    [`1 50000 0 0\n${'1\n'.repeat(50_045)}0`, undefined, '45 slots of 50000 rooms'],
    ['x 1 1 1', 1, '“x” is not the number of events'],
    ['0 1 1 1', 1, '“0” is not the number of events'],
    ['', 1, 'ends where the number of events should be'],
    [SMALL.replace('1 0 1', '1 2 1'), 3, '“2” is not whether student 0 attends event 1'],
    [SMALL.replace('-1 0 0', '1 0 0'), 12, 'The events 0 and 2 are each before the other'],
    [`${SMALL}7`, 13, 'The file should end after the order of the last event'],
    [SMALL.slice(0, -9), 1, 'promises'],
    [SMALL.slice(0, -3), 12, 'The file ends where whether event 2'],
  ])('is refused with its place where it is malformed (%#)', (text, line, words) => {
    const read = readItc2007(text, 'bad.tim');
    expect(read.ok ? undefined : read.error[0]?.place).toMatchObject({
      file: 'bad.tim',
      ...(line === undefined ? {} : { line }),
    });
    expect(JSON.stringify(read)).toContain(words);
  });

  const shared = new URL('../../../../../shared/data/benchmarks/itc2007-track2/', import.meta.url);
  test.skipIf(!existsSync(shared))('of the competition is the same after it was written', () => {
    for (const name of readdirSync(shared).slice(0, 3)) {
      const text = readFileSync(new URL(name, shared), 'utf8');
      const instance = expectOk(readItc2007(text, name));
      const written = expectOk(writeItc2007(instance));
      expect(written.replaceAll(/\s+/g, ' ').trim()).toBe(text.replaceAll(/\s+/g, ' ').trim());
    }
  });
});

describe('a solution of ITC 2007, track 2', () => {
  test('is the same after it was written and read', () => {
    const instance = small();
    const place = fc.oneof(
      fc.constant([-1, -1]),
      fc.tuple(fc.integer({ min: 0, max: 44 }), fc.integer({ min: 0, max: 1 })),
    );
    fc.assert(
      fc.property(fc.array(place, { minLength: 3, maxLength: 3 }), (places) => {
        const slot = places.map(([at = -1]) => at);
        const room = places.map(([, where = -1]) => where);
        const text = writeItc2007Solution(instance, { slot, room });
        const read = expectOk(readItc2007Solution(text, instance, 'a.sln'));
        expect([[...Array.from(read.slot)], [...Array.from(read.room)]]).toEqual([slot, room]);
      }),
    );
  });

  test.each([
    ['0 0\n1 1\n', 3, 'ends where the slot of event 2'],
    ['45 0\n1 1\n2 1\n', 1, '“45” is not the slot of event 0'],
    ['0 2\n1 1\n2 1\n', 1, '“2” is not the room of event 0'],
    ['0 -1\n1 1\n2 1\n', 1, 'write -1 -1'],
    ['0 0\n1 1\n2 1\n3', 4, 'should end after the last event'],
  ])('is refused with its place where it is malformed (%#)', (text, line, words) => {
    const read = readItc2007Solution(text, small(), 'bad.sln');
    expect(read).toMatchObject({ ok: false, error: [{ place: { file: 'bad.sln', line } }] });
    expect(JSON.stringify(read)).toContain(words);
  });
});
