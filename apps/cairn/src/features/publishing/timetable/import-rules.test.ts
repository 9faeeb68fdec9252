import { expectOk, ok } from '@cairn/kernel/result';
import { expectZone } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Session } from '../../timetable/sessions/session-rules.ts';
import { readTimetableFile } from './import-reading.ts';
import { type ImportFacts, importPlan } from './import-rules.ts';

const day = (date: string) => ({ date, starts: '09:00', ends: '17:00' });
const session = (id: string, title: string, kind: Session['kind'] = 'work'): Session => ({
  ...{ id, title, kind, text: '', topicNumber: null, groupKey: null, minutes: 60, size: null },
  ...{ needs: [], track: '', isOptional: false, leads: [], needed: [] },
});
const facts: ImportFacts = {
  frame: {
    zone: expectZone('Europe/Berlin'),
    ...{ slotMinutes: 30, sessionMinutes: 90, revision: 1, closures: [] },
    days: [day('2024-06-03'), day('2024-06-04')],
    rooms: [
      {
        id: 'r1',
        key: 'hall',
        name: 'Hall',
        capacity: 20,
        features: [],
        directions: '',
        link: null,
      },
    ],
    blocks: [
      {
        ...{ id: 'b1', ...day('2024-06-03'), kind: 'meal', title: 'Lunch', meal: 'lunch' },
        ...{ isProvided: true, roomId: null, place: '', text: '' },
      },
    ],
  },
  sessions: [session('s1', 'Work'), session('s2', 'Work'), session('o1', 'Spontaneous', 'open')],
  people: [
    { id: 'p1', name: 'Ada Lovelace' },
    { id: 'p2', name: 'Grace Hopper' },
    { id: 'p3', name: 'Grace Hopper' },
  ],
  groups: [{ key: 'docs', title: 'Documentation' }],
};
const planOf = (text: string) => importPlan(expectOk(readTimetableFile(text)), facts);
const saidOf = (text: string) => planOf(text).rest.map(({ sentence }) => sentence);

describe('what an import would do', () => {
  test('sessions that are there are known by their id, then by their title, each once', () => {
    const { sessions } = planOf('title,id\nWork,s2\nWork,\nWork,\nNew,');
    expect(sessions.map(({ knownId }) => knownId)).toEqual(['s2', 's1', null, null]);
  });

  test('what is in open space stays there', () => {
    const { sessions, rest } = planOf('title,id,date,starts\nSpontaneous,o1,2024-06-03,10:00');
    expect(sessions).toEqual([]);
    expect(rest).toMatchObject([
      { isTaken: true, sentence: expect.stringContaining('open space') },
    ]);
  });

  test('names of nobody, and of several, are told and left', () => {
    const said = saidOf('title,leads\nA,ada lovelace; Grace Hopper; Nobody');
    expect(planOf('title,leads\nA,ada lovelace')?.sessions[0]?.values.leads).toEqual(['p1']);
    expect(said.some((each) => each.startsWith('Several who come are called “Grace Hopper”'))).toBe(
      true,
    );
    expect(said.some((each) => each.startsWith('Nobody who comes is called “Nobody”'))).toBe(true);
  });

  test('a room is known by its name or key, whatever its capitals; an unknown one is made once', () => {
    const { rooms } = planOf(
      'title,date,starts,room\nA,2024-06-03,10:00,HALL\nB,2024-06-03,10:00,Loft\nC,2024-06-03,11:00,loft',
    );
    expect(rooms.map(({ name, knownId }) => [name, knownId])).toEqual([
      ['HALL', 'r1'],
      ['Loft', null],
    ]);
  });

  test('a time is said in many ways', () => {
    const { sessions } = planOf(
      'title,date,starts,ends,minutes\nA,2024-06-03 9:30,,,45\nB,2024-06-03T14:00:00,,,1:15\nC,2024-06-04,9:00,10:30,\nD,2024-06-04,09:00:00,,',
    );
    expect(sessions.map(({ values, place }) => [place?.starts, values.minutes])).toEqual([
      ['09:30', 45],
      ['14:00', 75],
      ['09:00', 90],
      ['09:00', 90],
    ]);
  });

  test('moments come to our clock; days that we do not have are told', () => {
    const file = (date: string, zone?: string) =>
      JSON.stringify({
        schedule: {
          conference: {
            title: 'x',
            ...(zone === undefined ? {} : { time_zone_name: zone }),
            days: [
              { date: '2024-06-03', rooms: { Hall: [{ title: 'A', date, duration: '01:00' }] } },
            ],
          },
        },
      });
    const placeIn = (text: string) => planOf(text).sessions[0]?.place;
    expect(placeIn(file('2024-06-03T10:00:00+01:00'))?.starts).toBe('11:00');
    expect(placeIn(file('2024-06-03T10:00:00', 'Europe/London'))?.starts).toBe('11:00');
    expect(placeIn(file('2024-06-03T10:00:00', 'Moon/Base'))?.starts).toBe('10:00');
    expect(placeIn(file('2024-06-05T10:00:00+02:00'))).toBeNull();
    expect(saidOf(file('2024-06-05T10:00:00+02:00')).join()).toContain('2024-06-05 is no day');
  });

  test('blocks become blocks, and are known again', () => {
    const { blocks, sessions } = planOf(
      'title,kind,date,starts,minutes,id\nLunch,meal,2024-06-03,09:00,480,\nTea,break,2024-06-04,15:00,30,\nSupper,meal,2024-06-04,16:30,30,\nMoved,meal,2024-06-03,12:00,60,b1\nPanel,plenary,2024-06-03,10:00,60,',
    );
    expect(blocks.map(({ title, isKnown, meal }) => [title, isKnown, meal])).toEqual([
      ['Lunch', true, 'breakfast'],
      ['Tea', false, null],
      ['Supper', false, 'dinner'],
      ['Moved', true, 'lunch'],
    ]);
    expect(sessions.map(({ values }) => [values.title, values.kind])).toEqual([
      ['Panel', 'plenary'],
    ]);
  });

  test('whatever a file holds, each of its rows is taken, or kept with a sentence', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom('2024-06-03', '09:30', '60', 'Hall', '"', '=1', 'yes', '99:99', '-1'),
    );
    const row = fc.array(cell, { minLength: 9, maxLength: 9 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 8 }), (rows) => {
        const quoted = rows.map((cells) =>
          cells
            .map((each) => `"${each.replaceAll('"', '""').replace(/[\r\n\0]/g, ' ')}"`)
            .join(','),
        );
        const text = `title,minutes,date,starts,room,kind,leads,size,id\n${quoted.join('\n')}\n`;
        const read = readTimetableFile(text);
        if (!read.ok) return;
        const plan = importPlan(read.value, facts);
        const lost = plan.rest.filter(({ isTaken }) => !isTaken).length;
        const blocks = read.value.sessions.length - plan.sessions.length;
        const blank = quoted.filter((each) => /^[",\s]*$/.test(each)).length;
        expect(plan.sessions.length + blocks + lost).toBeGreaterThanOrEqual(rows.length - blank);
        for (const each of plan.rest) expect(each.sentence).toMatch(/\.$/);
      }),
      { numRuns: 50 },
    );
  });

  test('no text at all makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const read = readTimetableFile(text);
        if (read.ok) importPlan(read.value, facts);
        expect(ok(read.ok)).toBeDefined();
      }),
    );
  });
});

describe('a file that was made to keep the installation busy', () => {
  const numbered = (count: number, name: string, between: string) =>
    Array.from({ length: count }, (_, at) => `${name}${at}`).join(between);

  test.each([
    ['rows', `name\n${numbered(5001, 'same', '\n')}`],
    ['rooms', `name\n${numbered(1001, 'room', '\n')}`],
    ['rooms of sessions', `title,room\n${numbered(1001, 'a,room', '\n')}`],
    ['names', `title,leads\n${`a,${numbered(5000, 'n', ';')}\n`.repeat(5)}`],
    [
      'rooms of a schedule',
      JSON.stringify({
        schedule: {
          conference: {
            days: [],
            rooms: numbered(1001, 'r', ' ')
              .split(' ')
              .map((name) => ({ name })),
          },
        },
      }),
    ],
  ])('is refused for its many %s', (_, text) => {
    expect(readTimetableFile(text)).toMatchObject({ error: [{ code: 'too-many' }] });
  });
});

test('the first row of a table is kept as text that a database can hold', () => {
  const { header } = expectOk(readTimetableFile('title,a\0b\nWork,x'));
  expect(header).toBe('title,a\uFFFDb');
});
