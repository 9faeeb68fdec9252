import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  dayToShow,
  isSame,
  keyOf,
  linksIn,
  mergeWords,
  NO_WORDS,
  placeOf,
  wordsFrom,
  writesIn,
} from './worklog-rules.ts';

const ID = '6d7c2c4e-8f6a-4f0e-9d8b-0d8f5f1f7a11';

describe('the place of an entry', () => {
  test('is found again by its key, and no group’s key is a session’s', () => {
    const group = { groupKey: 'packaging', sessionId: null };
    const session = { groupKey: null, sessionId: ID };
    expect(placeOf(keyOf(group))).toEqual(group);
    expect(placeOf(keyOf(session))).toEqual(session);
    for (const odd of ['', 'Packaging', 'check-in', 'session-1', '../x', `session-${ID}x`]) {
      expect(placeOf(odd), odd).toBeUndefined();
    }
  });

  test('is written by those in the group, and by everybody where it is a session', () => {
    const group = { kind: 'group', people: ['ada'] } as const;
    expect(writesIn(group, 'ada')).toBe(true);
    expect(writesIn(group, 'mei')).toBe(false);
    expect(writesIn({ kind: 'open', people: [] }, 'mei')).toBe(true);
    expect(writesIn({ kind: 'open', people: [] }, undefined)).toBe(false);
  });
});

describe('merging', () => {
  const lines = fc.array(fc.constantFrom('one', 'two', 'three', 'four'), { maxLength: 4 });
  const words = fc
    .record({ did: lines, links: lines, blocked: lines, next: lines })
    .map((each) => wordsFrom((field) => each[field].join('\n')));

  test('loses no word that either added, in any part', () => {
    fc.assert(
      fc.property(words, words, words, (base, mine, theirs) => {
        const merged = mergeWords(base, mine, theirs).words;
        for (const field of ['did', 'links', 'blocked', 'next'] as const) {
          const before = base[field].split('\n');
          const added = [mine, theirs]
            .flatMap((each) => each[field].split('\n'))
            .filter((word) => word !== '' && !before.includes(word));
          for (const word of added) expect(merged[field]).toContain(word);
        }
      }),
    );
  });

  test('with nothing new changes nothing', () => {
    fc.assert(
      fc.property(words, words, (base, other) => {
        expect(isSame(mergeWords(base, base, other).words, other)).toBe(true);
        expect(isSame(mergeWords(base, other, base).words, other)).toBe(true);
        expect(isSame(mergeWords(NO_WORDS, other, other).words, other)).toBe(true);
      }),
    );
  });
});

test('a line of links is an address of the web, or words', () => {
  expect(linksIn('- https://example.org/1\n\njavascript:alert(1)\nnumpy#1 \nnumpy#1')).toEqual([
    { words: 'https://example.org/1', href: 'https://example.org/1' },
    { words: 'javascript:alert(1)', href: undefined },
    { words: 'numpy#1', href: undefined },
  ]);
});

test('a worklog begins with today, else with the last day that has come, else with the first', () => {
  const days = ['2023-05-22', '2023-05-23', '2023-05-24'];
  expect(dayToShow(days, '2023-05-23')).toBe('2023-05-23');
  expect(dayToShow(days, '2023-06-01')).toBe('2023-05-24');
  expect(dayToShow(days, '2023-05-01')).toBe('2023-05-22');
  expect(dayToShow([], '2023-05-01')).toBeUndefined();
});
