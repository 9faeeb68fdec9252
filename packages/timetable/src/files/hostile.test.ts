import { existsSync, readFileSync } from 'node:fs';
import type { Problem } from '@cairn/kernel/problem';
import { expectOk, type Result } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexInstance } from '../sessions/index-instance.ts';
import { FILE_FORMATS, type FormatName, guessFormat } from './formats.ts';

const ones = (count: number): string => Array.from({ length: count }, () => 1).join(' ');

/** A small file of each format, and a timetable of it. */
const FILES: Readonly<Record<FormatName, { readonly text: string; readonly timetable: string }>> = {
  itc2007: {
    text: `2 1 1 1\n3\n1\n1\n1\n1\n0\n${ones(45)}\n${ones(45)}\n0 1\n-1 0\n`,
    timetable: '0 0\n-1 -1\n',
  },
  'itc2007-3': {
    text: 'Name: A\nCourses: 1\nRooms: 1\nDays: 1\nPeriods_per_day: 2\nCurricula: 1\nConstraints: 1\n\nCOURSES:\nc t 1 1 9\n\nROOMS:\nr 9\n\nCURRICULA:\nq 1 c\n\nUNAVAILABILITY_CONSTRAINTS:\nc 0 1\n\nEND.\n',
    timetable: 'c r 0 0\n',
  },
  tpac: {
    text: '{"event":"E","slots":["2024-03-12 13:00-14:00"],"rooms":[{"id":"r","size":"big"}],"sessions":[{"id":1,"chairs":["a"],"capacity":"big","conflicts":[],"published":[{"slot":"2024-03-12 13:00","room":"r"}]}]}',
    timetable: '',
  },
  'schedule.json': {
    text: '{"schedule":{"conference":{"days":[{"date":"2026-05-18","rooms":{"H":[{"id":1,"start":"09:00","duration":"00:30","title":"T","persons":[{"name":"A"}]}]}}]}}}',
    timetable: '',
  },
  cairn: {
    text: '{"slots":[{"key":"s","day":"d","start":"09:00","end":"10:00"}],"rooms":[{"key":"r"}],"sessions":[{"key":"t"}],"rules":[{"kind":"interest","level":1}],"timetable":{"t":{"slot":"s","room":"r"}}}',
    timetable: '{"timetable":{"t":{"slot":"s","room":"r"}}}',
  },
};

const names = Object.keys(FILES) as FormatName[]; // the keys of the constant above

/** Read, or refused with sentences and a line; never thrown. */
function settled<T>(read: Result<T, Problem[]>): boolean {
  if (read.ok) return true;
  expect(read.error.length).toBeGreaterThan(0);
  for (const { sentence, place } of read.error) {
    expect(sentence.length).toBeGreaterThan(10);
    expect(sentence).not.toMatch(/undefined|NaN|\[object/);
    expect(place.file).toBe('a');
  }
  return false;
}

describe.each(names)('a file of the format %s', (name) => {
  const { readInstance, readTimetable, writeTimetable, holdsTimetable } = FILE_FORMATS[name];
  const { text } = FILES[name];
  const timetable = holdsTimetable ? text : FILES[name].timetable;

  test('is known by how it begins', () => {
    expect(guessFormat(text, 'file')).toBe(name);
  });

  test('is an instance with a timetable that can be written and read again', () => {
    const instance = expectOk(readInstance(text, 'a'));
    expect(indexInstance(instance).ok).toBe(true);
    const read = expectOk(readTimetable(timetable, instance, 'a'));
    const written = writeTimetable(instance, read, text);
    expect(Array.from(expectOk(readTimetable(written, instance, 'a')).slot)).toEqual(
      Array.from(read.slot),
    );
    expect(read.slot[0]).toBe(0);
  });

  test('is refused wherever it is cut off', () => {
    const whole = text.trimEnd();
    for (let end = 0; end < whole.length; end++) {
      expect(settled(readInstance(whole.slice(0, end), 'a')), whole.slice(0, end)).toBe(false);
    }
  });

  test('is read or refused, never thrown at, however it is spoilt', () => {
    const instance = expectOk(readInstance(text, 'a'));
    const piece = fc.constantFrom(
      '',
      '0',
      '-1',
      '99999999999',
      '1e9',
      '"',
      '}',
      '\n',
      ' x ',
      'null',
      '[]',
      '{}',
      '\u0000',
      '"__proto__":{},',
    );
    fc.assert(
      fc.property(fc.nat(), fc.nat(9), piece, (at, cut, added) => {
        for (const original of [text, timetable]) {
          const position = at % (original.length + 1);
          const spoilt = original.slice(0, position) + added + original.slice(position + cut);
          settled(readInstance(spoilt, 'a'));
          settled(readTimetable(spoilt, instance, 'a'));
        }
      }),
      { numRuns: 400 },
    );
  });
});

const shared = new URL('../../../../../shared/data/benchmarks/', import.meta.url);
test.skipIf(!existsSync(shared)).each([
  ['itc2007-track2/comp-2007-2-1.tim', 'itc2007'],
  ['itc2007-track3/comp01.ctt', 'itc2007-3'],
  ['tpac/tpac2019.json', 'tpac'],
  ['tpac/breakouts-day-2024.json', 'tpac'],
  ['cosplib/N2OR.json', 'cosplib'],
])('%s is known by what it holds, whatever it is called', (path, format) => {
  expect(guessFormat(readFileSync(new URL(path, shared), 'utf8'), 'file')).toBe(format);
});

test('what is no file of a known format is not guessed', () => {
  expect(guessFormat('<html>', 'page.html')).toBeUndefined();
  expect(guessFormat('{"parameters":[],"submissions":[]}', 'x.json')).toBe('cosplib');
});
