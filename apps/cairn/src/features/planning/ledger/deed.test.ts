import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { creditsOf, deedsOf, settledWith, type ThreadRecord } from './deed-rules.ts';

const at = (minute: number) => Temporal.Instant.fromEpochMilliseconds(minute * 60_000);
const by = (personId: string, minute = 0, door = 'web') => ({ personId, at: at(minute), door });
const thread = (change: Partial<ThreadRecord>): ThreadRecord => ({
  number: 12,
  kind: 'proposal',
  opened: by('mira'),
  comments: [],
  reviews: [],
  versions: [by('mira')],
  mergedAt: undefined,
  ...change,
});
const comment = (personId: string, id: string, words: number, onLine = false) => ({
  ...by(personId, words),
  id,
  words,
  onLine,
});
const said = (record: ThreadRecord, words = 20) =>
  creditsOf(record, words).map(
    ({ personId, kind, shownBy }) =>
      `${personId} ${kind} ${shownBy.map((s) => s.subject).join(' ')}`,
  );

describe('what a thread is to the promise', () => {
  test('counts once for whoever opened it, by its number', () => {
    expect(said(thread({}))).toEqual(['mira contribution proposal:12']);
    expect(said(thread({ kind: 'topic' }))).toEqual(['mira contribution thread:12']);
    expect(said(thread({ opened: undefined, versions: [] }))).toEqual([]);
  });

  test('counts once as a review for each who looked in earnest, however much they wrote', () => {
    const record = thread({
      reviews: [
        { ...by('bo', 9), id: 'r2' },
        { ...by('bo', 3), id: 'r1' },
      ],
      comments: [comment('bo', 'c1', 40), comment('ann', 'c2', 2), comment('kim', 'c3', 2, true)],
    });
    expect(said(record)).toEqual([
      'mira contribution proposal:12',
      'kim review comment:c3',
      'bo review review:r1 review:r2 comment:c1',
    ]);
  });

  test('is no review of one’s own work, nor of what one pushed a version of', () => {
    const record = thread({
      versions: [by('mira'), by('bo', 2, 'git')],
      reviews: [
        { ...by('mira'), id: 'r1' },
        { ...by('bo'), id: 'r2' },
      ],
      comments: [comment('mira', 'c1', 99)],
    });
    expect(said(record)).toEqual(['mira contribution proposal:12']);
  });

  test('is a contribution of everybody who made a version, once it is merged', () => {
    const record = thread({ versions: [by('mira'), by('bo', 2, 'git')], mergedAt: at(60) });
    expect(creditsOf(record, 20)).toMatchObject([
      { personId: 'mira', shownBy: [{ subject: 'proposal:12', source: 'system' }] },
      { personId: 'bo', shownBy: [{ subject: 'merge:12', source: 'git', at: at(60) }] },
    ]);
  });
});

test('the ledger counts every deed, also on one’s own', () => {
  const record = thread({
    comments: [comment('mira', 'c1', 1), comment('bo', 'c2', 1)],
    reviews: [{ ...by('bo'), id: 'r1' }],
    mergedAt: at(60),
  });
  expect(deedsOf(record).map(({ kind, personId }) => `${personId} ${kind}`)).toEqual([
    'mira opened',
    'mira discussed',
    'bo discussed',
    'bo reviewed',
    'mira merged',
  ]);
});

describe('settling evidence with what stands', () => {
  const bo = { id: 'e1', personId: 'bo', kind: 'review', subject: 'review:r2' } as const;

  test('keeps what was recorded while anything of it is right', () => {
    const record = thread({
      opened: undefined,
      versions: [],
      reviews: [
        { ...by('bo', 3), id: 'r1' },
        { ...by('bo', 9), id: 'r2' },
      ],
    });
    expect(settledWith(creditsOf(record, 20), [bo])).toEqual({ record: [], withdraw: [] });
  });

  test('takes back what nothing shows any more', () => {
    expect(settledWith([], [bo])).toEqual({ record: [], withdraw: [bo] });
  });

  test('changes nothing the second time, whatever was said', () => {
    const person = fc.constantFrom('a', 'b', 'c');
    const look = fc.record({
      personId: person,
      id: fc.uuid(),
      words: fc.nat(60),
      onLine: fc.boolean(),
    });
    const records = fc.record({
      opened: fc.option(
        person.map((who) => by(who)),
        { nil: undefined },
      ),
      comments: fc.array(look.map((one) => ({ ...one, ...by(one.personId) }))),
      reviews: fc.array(look.map(({ personId, id }) => ({ ...by(personId), id }))),
      versions: fc.array(person.map((who) => by(who))),
      mergedAt: fc.option(fc.constant(at(60)), { nil: undefined }),
    });
    fc.assert(
      fc.property(records, (record) => {
        const credits = creditsOf(thread(record), 20);
        const standing = credits.map(({ personId, kind, shownBy }, index) => ({
          id: String(index),
          personId,
          kind,
          subject: shownBy[0]?.subject ?? '',
        }));
        expect(settledWith(credits, standing)).toEqual({ record: [], withdraw: [] });
        const pairs = credits.map(({ personId, kind }) => `${personId} ${kind}`);
        expect(new Set(pairs).size).toBe(pairs.length);
      }),
    );
  });
});
