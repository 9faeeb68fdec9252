import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkTimetable } from '../sessions/checker.ts';
import { indexInstance } from '../sessions/index-instance.ts';
import { readItc2007Three } from './itc2007-3.ts';
import { readItc2007ThreeSolution, writeItc2007ThreeSolution } from './itc2007-3-solution.ts';

/** The competition's own small example. */
const TOY = `Name: ToyExample
Courses: 4
Rooms: 3
Days: 5
Periods_per_day: 4
Curricula: 2
Constraints: 8

COURSES:
SceCosC Ocra 3 3 30
ArcTec Indaco 3 2 42
TecCos Rosa 5 4 40
Geotec Scarlatti 5 4 18

ROOMS:
A	32
B	50
C	40

CURRICULA:
Cur1 3 SceCosC ArcTec TecCos
Cur2 2 TecCos Geotec

UNAVAILABILITY_CONSTRAINTS:
TecCos 2 0
TecCos 2 1
TecCos 3 2
TecCos 3 3
ArcTec 4 0
ArcTec 4 1
ArcTec 4 2
ArcTec 4 3

END.
`;

/** The competition's own (bad) solution of it. */
const SOLUTION = `SceCosC B 3 0
SceCosC A 3 1
SceCosC A 4 0
ArcTec B 0 1
ArcTec B 1 1
ArcTec B 1 2
TecCos B 0 0
TecCos A 0 1
TecCos B 2 2
TecCos B 4 2
TecCos B 4 3
Geotec A 2 2
Geotec A 2 3
Geotec B 3 0
Geotec A 3 1
Geotec A 4 2
`;

const toy = () => expectOk(readItc2007Three(TOY, 'toy.ctt'));

describe('an instance of ITC 2007, track 3', () => {
  test('is lectures of teachers in curricula, when they may be, and four costs', () => {
    const { title, sessions, slots, rooms, people, rules } = toy();
    expect([title, sessions.length, slots.length, rooms.length]).toEqual(['ToyExample', 16, 20, 3]);
    expect(people.map(({ key }) => key)).toEqual(['Ocra', 'Indaco', 'Rosa', 'Scarlatti']);
    const lecture = sessions.find(({ key }) => key === 'TecCos 5');
    expect(lecture).toMatchObject({ size: 40, leads: ['Rosa'], tracks: ['Cur1', 'Cur2'] });
    expect(lecture?.slots).toHaveLength(16);
    expect(lecture?.slots).not.toContain('day 3 period 2');
    expect(rules.map(({ kind, weight }) => `${kind} ${weight ?? 1}`)).toEqual([
      'track-clash 1',
      'room-size 1',
      ...Array.from({ length: 4 }, () => ['spread 5', 'same-room 1']).flat(),
      'compact 2',
      'compact 2',
    ]);
  });

  test('is judged as the competition defines its costs', () => {
    const indexed = expectOk(indexInstance(toy()));
    const timetable = expectOk(readItc2007ThreeSolution(SOLUTION, indexed.instance, 'toy.sol'));
    const { values, breaks } = checkTimetable(indexed, timetable);
    const costOf = (kind: string): number =>
      breaks
        .filter(({ rule }) => rule.kind === kind)
        .reduce((sum, { cost, rule }) => sum + cost * rule.weight, 0);
    // Of Cur1 ArcTec beside TecCos on day 0, of Cur2 TecCos beside Geotec on days 2 and 4.
    expect(costOf('track-clash')).toBe(3);
    // And twice two lectures are in one room.
    expect(values[0]).toBe(3 + 2);
    // Eight of TecCos have no seat in A.
    expect(costOf('room-size')).toBe(8);
    // SceCosC is on 2 of 3 days, TecCos on 3 of 4, Geotec on 3 of 4.
    expect(costOf('spread')).toBe(15);
    expect(costOf('same-room')).toBe(3);
    // Alone are of Cur1 SceCosC on day 4 and TecCos on day 2, of Cur2 nothing but what has a neighbour.
    expect(costOf('compact')).toBe(4);
    expect(values[1]).toBe(8 + 15 + 3 + 4);
  });

  test.each([
    [TOY.replace('Courses: 4', 'Courses: 1000000000'), 2, 'from 1 to 20000'],
    [TOY.replace('Courses: 4', 'Courses: 20000'), 9, 'has only'],
    [TOY.replace('Ocra 3 3', 'Ocra 9999999 3'), 10, 'the lectures of the course'],
    [TOY.replace('Ocra 3 3', 'Ocra 19999 3'), 13, 'lectures, more than'],
    [TOY.replace('Cur1 3', 'Cur1 4'), 21, 'should have 4 courses, and 3 are named'],
    [TOY.replace('Cur1 3 SceCosC', 'Cur1 3 Sce'), 21, 'no course “Sce”'],
    [TOY.replace('ArcTec 4 0', 'ArcTec 5 0'), 29, 'the day, a whole number from 0 to 4'],
    [TOY.replace('ROOMS:', 'ROOM:'), 15, '“ROOMS:” should be here'],
    [TOY.replace('B\t50', 'A\t50'), 17, 'The room “A” is there twice'],
    [`${TOY}more`, 35, 'should end after “END.”'],
    ['', 1, 'ends where “Name:” should be'],
  ])('is refused with its place where it is malformed (%#)', (text, line, words) => {
    const read = readItc2007Three(text, 'bad.ctt');
    expect(JSON.stringify(read)).toContain(words);
    expect(read).toMatchObject({ ok: false, error: [{ place: { file: 'bad.ctt', line } }] });
  });

  const shared = new URL('../../../../../shared/data/benchmarks/itc2007-track3/', import.meta.url);
  test.skipIf(!existsSync(shared))('of the competition can be read', () => {
    const read = readdirSync(shared).map((name) =>
      expectOk(readItc2007Three(readFileSync(new URL(name, shared), 'utf8'), name)),
    );
    expect(read.map(({ sessions }) => sessions.length)).toEqual([160, 283, 251, 286, 152]);
    for (const instance of read) expect(indexInstance(instance).ok).toBe(true);
  });
});

describe('a solution of ITC 2007, track 3', () => {
  test('is the same after it was written and read', () => {
    const instance = toy();
    const place = fc.tuple(fc.integer({ min: 0, max: 19 }), fc.integer({ min: 0, max: 2 }));
    fc.assert(
      fc.property(fc.array(place, { minLength: 16, maxLength: 16 }), (places) => {
        const slot = places.map(([at]) => at);
        const room = places.map(([, where]) => where);
        const text = writeItc2007ThreeSolution(instance, { slot, room });
        const read = expectOk(readItc2007ThreeSolution(text, instance, 'a.sol'));
        expect([Array.from(read.slot), Array.from(read.room)]).toEqual([slot, room]);
      }),
    );
  });

  test('leaves out what has no place', () => {
    const nowhere = { slot: new Int32Array(16).fill(-1), room: new Int32Array(16).fill(-1) };
    expect(writeItc2007ThreeSolution(toy(), nowhere)).toBe('');
    expect(expectOk(readItc2007ThreeSolution('', toy(), 'a.sol'))).toEqual(nowhere);
  });

  test.each([
    ['Sce A 0 0', 1, 'no course “Sce”'],
    ['SceCosC D 0 0', 1, 'no room “D”'],
    ['SceCosC A 5 0', 1, 'no period “5 0”'],
    ['SceCosC A', 1, 'no period'],
    ['SceCosC A 0 0 0', 1, 'nothing after it'],
    ['SceCosC A 0 0\n'.repeat(4), 4, 'more lines than lectures'],
  ])('is refused with its place where it is malformed (%#)', (text, line, words) => {
    const read = readItc2007ThreeSolution(text, toy(), 'bad.sol');
    expect(JSON.stringify(read)).toContain(words);
    expect(read).toMatchObject({ ok: false, error: [{ place: { file: 'bad.sol', line } }] });
  });
});
