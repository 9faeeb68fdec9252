import { expectZone } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { slotsOf } from '../frame/frame-rules.ts';
import { boundTo } from './bound-rules.ts';
import { halfDaysOf, halvesOfSlots, slotsOfHalves } from './half-day-rules.ts';
import { type SessionSource, sessionsToMake } from './make-rules.ts';
import { roundedUp, type Session, type SessionRule, sessionRuleProblem } from './session-rules.ts';
import { sessionAsTyped, sessionForm } from './session-schema.ts';
import { ruleSentence } from './session-words-rules.ts';

const session = (id: string, more: Partial<Session> = {}): Session => ({
  id,
  kind: 'work',
  title: id,
  text: '',
  topicNumber: null,
  groupKey: null,
  minutes: 90,
  size: null,
  needs: [],
  track: '',
  isOptional: false,
  leads: [],
  needed: [],
  ...more,
});
const source = (key: string, more: Partial<SessionSource> = {}): SessionSource => ({
  key,
  title: key,
  topicNumber: null,
  leads: [],
  isGroup: true,
  ...more,
});

describe('sessions for each', () => {
  test('are made until each has as many as it should, and none the second time', () => {
    const counts = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 4 }), (has, count) => {
        const sources = has.map((_, index) => source(`g${index}`));
        const before = has.flatMap((many, index) =>
          Array.from({ length: many }, (_, part) =>
            session(`g${index}-${part}`, { groupKey: `g${index}` }),
          ),
        );
        const { missing } = sessionsToMake(sources, before, count);
        const after = [
          ...before,
          ...missing.map((each, index) =>
            session(`new${index}`, { groupKey: each.source.key, title: each.title }),
          ),
        ];
        for (const [index, { key }] of sources.entries()) {
          const own = after.filter(({ groupKey }) => groupKey === key);
          expect(own).toHaveLength(Math.max(count, has[index] ?? 0));
          expect(new Set(own.map(({ title }) => title)).size).toBe(own.length);
        }
        expect(sessionsToMake(sources, after, count).missing).toEqual([]);
      }),
    );
  });

  test('go on counting where there is one already', () => {
    const sources = [source('types', { title: 'Types' })];
    const before = [session('a', { title: 'Types', groupKey: 'types' })];
    const { missing } = sessionsToMake(sources, before, 3);
    expect(missing.map(({ title, after }) => [title, after])).toEqual([
      ['Types, part 2', 'a'],
      ['Types, part 3', 'a'],
    ]);
  });

  test('of a topic become those of its group', () => {
    const before = [session('a', { topicNumber: 7 })];
    const made = sessionsToMake([source('types', { topicNumber: 7 })], before, 1);
    expect(made).toEqual({ missing: [], taken: [{ id: 'a', groupKey: 'types' }] });
  });
});

test('a length is rounded up to whole slots', () => {
  expect([roundedUp(90, 30), roundedUp(95, 30), roundedUp(50, undefined)]).toEqual([90, 120, 50]);
});

test('leads, needed people and the leads of its group must be in a session', () => {
  const one = session('a', { leads: ['ada'], needed: ['ben'], groupKey: 'types' });
  const groups = new Map([['types', { leads: ['cy', 'ada'] }]]);
  expect(boundTo(one, groups)).toEqual(['ada', 'ben', 'cy']);
});

test('a session reads back from its form as it was', () => {
  const one = session('a', {
    title: 'Types',
    topicNumber: 7,
    groupKey: 'types',
    size: 12,
    needs: ['screen', 'video'],
    track: 'Packaging',
    isOptional: true,
    leads: ['6f2b63b0-7d8f-4d5c-9d3e-0b5d1f1a2c3d'],
  });
  const { id: _, ...fields } = one;
  expect(sessionForm.parse(sessionAsTyped(one))).toEqual(fields);
});

describe('a rule', () => {
  const rule = (kind: SessionRule['kind'], sessions: string[], at: string[] = []) =>
    sessionRuleProblem({ kind, sessions, at, wish: 'in', isHard: true })?.place.path;

  test('is refused where it says nothing', () => {
    expect(rule('before', ['a', 'b'])).toBeUndefined();
    expect(rule('before', ['a', 'b', 'c'])).toBe('sessions[]');
    expect(rule('apart', ['a'])).toBe('sessions[]');
    expect(rule('apart', ['a', 'a'])).toBe('sessions[]');
    expect(rule('slot-wish', ['a'])).toBe('at[]');
    expect(rule('room-wish', ['a'], ['hall'])).toBeUndefined();
  });

  test('is told as a sentence', () => {
    const wish = { wish: null, isHard: true };
    expect(ruleSentence({ kind: 'before', ...wish }, ['A', 'B'], [])).toBe(
      '“A” must be before “B”.',
    );
    expect(ruleSentence({ kind: 'apart', wish: null, isHard: false }, ['A', 'B'], [])).toBe(
      '“A” and “B” should never be at the same time.',
    );
    expect(
      ruleSentence({ kind: 'slot-wish', wish: 'out', isHard: true }, ['A'], ['Tuesday morning']),
    ).toBe('“A” must not be in Tuesday morning.');
  });
});

test('half days hold each slot once, and read back', () => {
  const frame = {
    zone: expectZone('UTC'),
    slotMinutes: 30,
    days: [{ date: '2023-05-22', starts: '09:00', ends: '17:30' }],
    blocks: [],
  };
  const halves = halfDaysOf(frame);
  expect(halves.map(({ words }) => words)).toEqual(['Monday morning', 'Monday afternoon']);
  expect(halves.flatMap(({ slots }) => slots)).toEqual(slotsOf(frame).map(({ key }) => key));
  const morning = slotsOfHalves(halves, ['2023-05-22 morning']);
  expect(halvesOfSlots(halves, morning)).toEqual(['2023-05-22 morning']);
});
