import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { promisedSummit } from '../../../../../../tests/promises.ts';
import { STANDINGS } from '../../people/promises/obligation-rules.ts';
import { missingOf } from './missing-rules.ts';
import { distanceWords, inOrderOfNeed, meetingsOf, nextMeeting } from './series-rules.ts';
import { changeWords, standingChanges } from './standing-change-rules.ts';

const at = (text: string) => Temporal.Instant.from(text);
const meetings = meetingsOf({ definition: promisedSummit() });
const [february] = meetings;
const keys = (moment: string) => inOrderOfNeed(meetings, at(moment)).map(({ key }) => key);

describe('the planning meetings', () => {
  test.each([
    ['2023-02-25T16:59:00Z', 'begins in 2 days'],
    ['2023-02-26T17:01:00Z', 'begins in 23 hours'],
    ['2023-02-27T16:58:30Z', 'begins in 1 minute'],
    ['2023-02-27T16:59:30Z', 'begins in less than a minute'],
    ['2023-02-27T17:00:00Z', 'has begun'],
    ['2023-02-27T18:00:00Z', 'ended less than a minute ago'],
    ['2023-02-27T20:10:00Z', 'ended 2 hours ago'],
  ])('at %s the first one %s', (now, words) => {
    expect(february && distanceWords(february, at(now))).toBe(words);
  });

  test('those to come stand first, the past last and latest first', () => {
    expect(keys('2023-02-01T00:00:00Z')).toEqual(['february', 'march', 'april']);
    expect(keys('2023-03-28T00:00:00Z')).toEqual(['april', 'march', 'february']);
    expect(nextMeeting(meetings, at('2023-03-01T00:00:00Z'))?.key).toBe('march');
    // April has no time yet.
    expect(nextMeeting(meetings, at('2023-04-01T00:00:00Z'))).toBeUndefined();
  });

  test('what is missing is said by what can still be done', () => {
    const nothing = { leads: [], there: 0, requests: 0, rows: 0, lacksNotes: false };
    const missing = (now: string, facts = nothing) =>
      february && missingOf(february, facts, at(now));
    expect(missing('2023-02-01T00:00:00Z')).toEqual(['no link to the call', 'no tracks']);
    expect(missing('2023-03-01T00:00:00Z', { ...nothing, requests: 1, lacksNotes: true })).toEqual([
      '1 request to be excused waits',
      'no attendance recorded',
      'notes are missing',
    ]);
  });
});

describe('whose standing a change alters', () => {
  test('is said in one sentence for each group', () => {
    const before = new Map([
      ['a', 'on_course'],
      ['b', 'on_course'],
      ['c', 'kept'],
      ['d', 'at_risk'],
    ] as const);
    const after = new Map([
      ['a', 'kept'],
      ['b', 'kept'],
      ['c', 'kept'],
      ['d', 'broken'],
    ] as const);
    expect(standingChanges(before, after).map(changeWords)).toEqual([
      '2 people who were on course would have kept it.',
      '1 person who was at risk could no longer keep it.',
    ]);
  });

  test('counts everybody whose standing differs once, and nobody else', () => {
    const standings = fc
      .array(fc.constantFrom(...STANDINGS), { minLength: 5, maxLength: 5 })
      .map((list) => new Map(list.map((standing, index) => [String(index), standing])));
    fc.assert(
      fc.property(standings, standings, (before, after) => {
        const different = [...after].filter(([who, standing]) => before.get(who) !== standing);
        const told = standingChanges(before, after).reduce((sum, { people }) => sum + people, 0);
        expect(told).toBe(different.length);
      }),
    );
  });
});
