import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { promisedSummit } from '../../../../../../tests/promises.ts';
import { type AttendanceTable, readAttendance } from './evidence-csv.ts';
import { occasionsOf } from './evidence-occasions.ts';
import type { KnownPerson } from './evidence-people-rules.ts';

const known = (
  personId: string,
  name: string,
  handle: string,
  ...emails: string[]
): KnownPerson => ({ personId, name, emails, handles: [handle] });
const PEOPLE = [
  known('a', 'Ada Lovelace', 'ada-l', 'ada@example.org', 'countess@example.org'),
  known('s', 'Stéfan van der Walt', 'stefanv', 'stefan@example.org'),
  known('j1', 'Jo Smith', 'jo1', 'jo1@example.org'),
  known('j2', 'Jo Smith', 'jo2', 'jo2@example.org'),
];
const occasions = occasionsOf(promisedSummit(), Temporal.Instant.from('2023-05-22T20:00:00Z'));
const february = occasions[0];

function read(text: string, otherwise = february): AttendanceTable {
  const found = readAttendance(text, PEOPLE, occasions, otherwise);
  if (!found.ok) throw new Error(found.error.map(({ sentence }) => sentence).join(' '));
  return found.value;
}
const facts = ({ attended }: AttendanceTable) =>
  attended.map(({ person, foundBy, occasion }) => [person.personId, foundBy, occasion.subject]);
const reasons = ({ left }: AttendanceTable) =>
  left.map(({ line, problem }) => [line, problem.code]);

describe('a table of who came', () => {
  test('people are found by address, handle or name, occasions by key, title or day', () => {
    const table = read(
      [
        'name,email,github,meeting,day',
        ',COUNTESS@example.org,,february,',
        ',,@StefanV,March meeting,',
        ',,https://github.com/ada-l,2023-03-27,',
        'stefan  van der walt,,,,2023-05-22',
        'Ada Lovelace,,,,arrival',
      ].join('\n'),
    );
    expect(facts(table)).toEqual([
      ['a', 'email', 'meeting:february'],
      ['s', 'github', 'meeting:march'],
      ['a', 'github', 'meeting:march'],
      ['s', 'name', 'day:2023-05-22'],
      ['a', 'name', 'arrival'],
    ]);
    expect(table.left).toEqual([]);
    expect(table.leftOver).toBe('');
  });

  test('a video tool’s list of attendees is read as it comes, about the meeting that was chosen', () => {
    const table = read(
      [
        'Meeting ID,Topic,Start Time',
        '123 456,February meeting,02/27/2023 08:59:00 AM',
        '',
        'Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest',
        'Ada (Ada Lovelace),ada@example.org,02/27/2023 09:00:00 AM,02/27/2023 09:20:00 AM,20,No',
        'Ada (Ada Lovelace),ada@example.org,02/27/2023 09:22:00 AM,02/27/2023 10:00:00 AM,38,No',
        '"stef (Stéfan van der Walt)",,02/27/2023 09:00:00 AM,02/27/2023 10:00:00 AM,60,Yes',
        "Someone's iPad,,02/27/2023 09:00:00 AM,02/27/2023 10:00:00 AM,60,Yes",
      ].join('\r\n'),
    );
    expect(facts(table)).toEqual([
      ['a', 'email', 'meeting:february'],
      ['a', 'email', 'meeting:february'],
      ['s', 'name', 'meeting:february'],
    ]);
    expect(reasons(table)).toEqual([[8, 'unknown-person']]);
    expect(table.unusedColumns).toEqual(['Join Time', 'Leave Time', 'Duration (Minutes)', 'Guest']);
  });

  test.each([
    ['nobody@example.org,,february,', 'unknown-person'],
    [',Jo Smith,february,', 'ambiguous-name'],
    ['ada@example.org,,may,', 'unknown-occasion'],
    ['ada@example.org,,,2023-06-01', 'unknown-occasion'],
    ['ada@example.org,,,2023-05-23', 'not-begun'],
    [',,february,', 'no-person'],
    ['"ada@example.org,,february,', 'broken-quotes'],
    ['ada@example.org,february', 'ragged-row'],
  ])('the row %j is left over with a reason and stops no other', (row, code) => {
    const text = ['email,name,meeting,day', row, 'stefan@example.org,,march,'].join('\n');
    const table = read(text);
    expect(reasons(table)).toEqual([[2, code]]);
    expect(facts(table)).toEqual([['s', 'email', 'meeting:march']]);
    expect(table.leftOver).toBe(`email,name,meeting,day\n${row}`);
  });

  test('a row that names no occasion needs one chosen for it', () => {
    const found = readAttendance('email\nada@example.org', PEOPLE, occasions, undefined);
    expect(found.ok && reasons(found.value)).toEqual([[2, 'no-occasion']]);
  });

  test.each([
    ['', 'not-a-table'],
    ['meeting,day\nfebruary,', 'no-person-column'],
  ])('%j is no such table', (text, code) => {
    const found = readAttendance(text, PEOPLE, occasions, february);
    expect(!found.ok && found.error.map((each) => [each.code, each.place.path])).toEqual([
      [code, 'csv'],
    ]);
  });

  test('no row is lost: each is recorded or left over, and what is left over reads as the same rows', () => {
    const row = fc.constantFrom(
      'ada@example.org,,february',
      '"stefan@example.org","Stéfan,\n van der Walt",march',
      'nobody@example.org,"No\nBody",march',
      ',Jo Smith,april',
      'ada@example.org,,never',
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
        const table = read(['email,name,meeting', ...rows].join('\n'));
        expect(table.attended.length + table.left.length).toBe(rows.length);
        if (table.leftOver === '') return;
        const again = read(table.leftOver);
        expect(again.attended).toEqual([]);
        expect(again.left.map(({ raw }) => raw)).toEqual(table.left.map(({ raw }) => raw));
      }),
    );
  });
});
