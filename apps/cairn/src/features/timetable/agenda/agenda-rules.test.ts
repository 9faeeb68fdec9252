import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { overlaps } from '../frame/frame-rules.ts';
import type { PlacedSession } from '../release/content-schema.ts';
import { type AgendaFacts, agendaOf, expectedIn, goesTo } from './agenda-rules.ts';

const session = (id: string, over: Partial<PlacedSession> = {}): PlacedSession => ({
  ...{ id, kind: 'work', title: id, text: '', topicNumber: null, groupKey: null, track: '' },
  ...{ date: '2023-05-22', starts: '09:30', ends: '11:00', roomId: null, leads: [], people: [] },
  ...over,
});
const facts = (over: Partial<AgendaFacts> = {}): AgendaFacts => ({
  personId: 'ada',
  groupOn: () => undefined,
  neededIn: new Set(),
  marks: new Map(),
  ...over,
});

describe('an agenda has', () => {
  test.each([
    ['what one leads', session('a', { leads: ['ada'] }), 'lead'],
    ['where one is needed', session('a', { people: ['ada'] }), 'needed'],
    ['what is for everybody', session('a', { kind: 'plenary' }), 'everybody'],
    ['the sessions of one’s group', session('a', { groupKey: 'docs', people: ['ada'] }), 'group'],
  ])('%s', (_, each, why) => {
    expect(agendaOf([each], facts())).toEqual([{ session: each, why, goes: true, clashes: [] }]);
  });

  test('nothing of others', () => {
    const others = session('a', { leads: ['grigor'], people: ['grigor'], groupKey: 'docs' });
    expect(agendaOf([others], facts({ groupOn: () => 'wheels' }))).toEqual([]);
  });

  test('what one marked, and not as gone to what one left out', () => {
    const [own, other] = [
      session('a', { leads: ['ada'] }),
      session('b', { starts: '11:00', ends: '12:00' }),
    ];
    const marked = facts({
      marks: new Map([
        ['a', false],
        ['b', true],
      ]),
    });
    const entries = agendaOf([own, other], marked);
    expect(entries).toMatchObject([
      { why: 'lead', goes: false },
      { why: 'marked', goes: true },
    ]);
    expect([...goesTo(entries)]).toEqual(['b']);
  });
});

describe('who changed groups after the release', () => {
  const [docs, wheels] = ['docs', 'wheels'].map((groupKey) =>
    session(groupKey, { groupKey, people: groupKey === 'docs' ? ['ada'] : [] }),
  ) as [PlacedSession, PlacedSession];
  const moved = facts({ groupOn: () => 'wheels' });

  test('is expected where their group is now, and no longer where it was', () => {
    expect(expectedIn(docs, moved)).toBeUndefined();
    expect(expectedIn(wheels, moved)).toBe('group');
  });

  test('is still expected where they are needed or lead', () => {
    expect(expectedIn(docs, { ...moved, neededIn: new Set(['docs']) })).toBe('needed');
    expect(expectedIn({ ...docs, leads: ['ada'] }, moved)).toBe('lead');
  });

  test('and opted out of groups is in none of their sessions', () => {
    expect(expectedIn(docs, facts({ groupOn: () => null }))).toBeUndefined();
  });
});

describe('clashes', () => {
  test('are told of both, and of nothing that one does not go to', () => {
    const [one, other] = [session('a', { leads: ['ada'] }), session('b', { people: ['ada'] })];
    expect(agendaOf([one, other], facts()).map(({ clashes }) => clashes)).toEqual([['b'], ['a']]);
    const left = agendaOf([one, other], facts({ marks: new Map([['b', false]]) }));
    expect(left.map(({ clashes }) => clashes)).toEqual([[], []]);
  });

  test('are exactly the pairs that overlap among those gone to', () => {
    const time = fc.integer({ min: 0, max: 20 });
    const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;
    const any = fc.array(
      fc.record({ from: time, length: fc.integer({ min: 1, max: 3 }), goes: fc.boolean() }),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(any, (drawn) => {
        const sessions = drawn.map(({ from, length }, index) =>
          session(String(index), { starts: clock(from), ends: clock(from + length) }),
        );
        const marks = new Map(drawn.map(({ goes }, index) => [String(index), goes]));
        const entries = agendaOf(sessions, facts({ marks }));
        for (const { session: own, goes, clashes } of entries) {
          const wanted = sessions.filter(
            (other) => goes && other !== own && marks.get(other.id) && overlaps(own, other),
          );
          expect(clashes).toEqual(wanted.map(({ id }) => id));
        }
      }),
    );
  });
});
