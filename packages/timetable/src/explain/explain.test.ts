import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { arbitraryInstance, arbitraryTimetable } from '../../../../tests/arbitrary-instances.ts';
import { expectOk } from '../../../kernel/src/result.ts';
import { checkTimetable } from '../sessions/checker.ts';
import { type IndexedInstance, indexInstance } from '../sessions/index-instance.ts';
import type { Instance, Timetable } from '../sessions/model.ts';
import { obstacles, withSessionAt } from './places.ts';
import { whatHelps } from './what-helps.ts';
import { whyHere } from './why-here.ts';
import { whyNot } from './why-not.ts';

const slot = (key: string, day: string, start: number) => ({ key, day, start, end: start + 60 });

/** Ada leads two sessions; docs and packaging are of one track. */
const INSTANCE: Instance = {
  slots: [slot('mon9', 'Monday', 540), slot('mon10', 'Monday', 600), slot('tue9', 'Tuesday', 1980)],
  rooms: [
    { key: 'Hall', capacity: 30 },
    { key: 'Attic', capacity: 5 },
  ],
  people: [
    { key: 'ada', name: 'Ada', away: ['tue9'], interest: { docs: 2 } },
    { key: 'bob', name: 'Bob', interest: { docs: 3, packaging: 3 } },
  ],
  sessions: [
    { key: 'packaging', title: 'Packaging', leads: ['ada'], size: 20, tracks: ['build'] },
    { key: 'docs', title: 'Documents', size: 4, tracks: ['build'] },
    { key: 'arrays', title: 'Arrays', leads: ['ada'], size: 3 },
  ],
  rules: [
    { kind: 'track-clash', level: 1 },
    { kind: 'interest', level: 2 },
  ],
  levels: ['what must hold', 'track clashes', 'interest lost'],
};
const indexed = expectOk(indexInstance(INSTANCE));
const TIMETABLE: Timetable = { slot: [0, 1, 1], room: [0, 0, 1] };

const anyPlace = arbitraryInstance({ slots: 5, sessions: 5 }).chain((each) =>
  fc.record({
    each: fc.constant(each),
    timetable: arbitraryTimetable(each),
    session: fc.nat(each.sessions.length - 1),
  }),
);

const changeTo = (
  each: IndexedInstance,
  timetable: Timetable,
  session: number,
  to: { slot: number; room: number },
) => {
  const before = checkTimetable(each, timetable).values;
  const after = checkTimetable(each, withSessionAt(timetable, session, to)).values;
  return after.map((value, level) => value - (before[level] ?? 0));
};

describe('Why a session is where it is', () => {
  it('says what holds it and what the best other place would cost', () => {
    expect(whyHere(indexed, TIMETABLE, 0).sentences).toEqual([
      '“Packaging”: Monday 09:00, Hall.',
      'It needs 20 places: Hall of 2 rooms will do.',
      'Not in Monday 10:00: no room that fits is free.',
      'Not in Tuesday 09:00: Ada must be in “Packaging” and is away.',
      'Nowhere else can it go alone without breaking what must hold.',
    ]);
    const { sentences, free } = whyHere(indexed, TIMETABLE, 1);
    expect(free[0]).toEqual({ slot: 2, room: 0, change: [0, 0, 0] });
    expect(sentences.at(-1)).toBe('Nobody loses anything.');
  });

  it('weighs every place as the judge does, and names what forbids those that it forbids', () => {
    fc.assert(
      fc.property(anyPlace, ({ each, timetable, session }) => {
        const { free, blocked } = whyHere(each, timetable, session);
        for (const place of [...free, ...blocked]) {
          expect(place.change).toEqual(changeTo(each, timetable, session, place));
        }
        for (const { breaks } of blocked) {
          expect(breaks.every(({ rule }) => rule.level === 0)).toBe(true);
        }
      }),
    );
  });

  it('finds all that forbids a place and names the session, although it looks at few others', () => {
    fc.assert(
      fc.property(anyPlace, fc.nat(), fc.nat(), ({ each, timetable, session }, slots, rooms) => {
        const to = { slot: slots % each.slots.length, room: rooms % each.rooms.length };
        const all = checkTimetable(each, withSessionAt(timetable, session, to)).breaks.filter(
          ({ rule, sessions }) => rule.level === 0 && sessions.includes(session),
        );
        const few = obstacles(each, timetable, session, to);
        // Rules about a whole list break in other words where some of it has no place.
        const withoutLists = (list: typeof all) =>
          list
            .filter(({ rule }) => rule.rule.kind !== 'attends')
            .map(({ rule, cost }) => [rule.kind, cost]);
        expect(withoutLists(few)).toEqual(withoutLists(all));
      }),
    );
  });
});

describe('Why a session is not elsewhere', () => {
  it('says what that breaks at once, whom it hits, and what the best timetable with it there is', async () => {
    const { place, gained, sentences, best } = await whyNot(indexed, TIMETABLE, 1, 0);
    expect(place).toMatchObject({ slot: 0, room: 1 });
    expect(gained.map(({ rule }) => rule.kind)).toEqual(['track-clash', 'interest']);
    expect(sentences[0]).toBe(
      '“Documents” moved alone to Monday 09:00, Attic changes: track clashes: 1 more, interest lost: 3 more.',
    );
    expect(sentences).toContain(
      'Bob loses “Documents”, 3 points of interest; nobody else loses anything.',
    );
    expect(best?.timetable.slot[1]).toBe(0);
    expect(best?.values).toEqual(checkTimetable(indexed, best?.timetable ?? TIMETABLE).values);
  });

  it('says so where the session is there, or where nothing would hold', async () => {
    const there = await whyNot(indexed, TIMETABLE, 0, 0);
    expect(there.sentences).toEqual(['“Packaging” is there (Monday 09:00, Hall).']);
    const never = await whyNot(indexed, TIMETABLE, 0, 2);
    expect(never.sentences).toContain('Ada must be in “Packaging” and is away (Tuesday 09:00).');
  });

  it('keeps it there, and weighs the place and the best timetable as the judge does', async () => {
    await fc.assert(
      fc.asyncProperty(anyPlace, fc.nat(), async ({ each, timetable, session }, slots) => {
        const at = slots % each.slots.length;
        const limits = { iterations: 200, nodes: 500 };
        const { place, best, repair } = await whyNot(each, timetable, session, at, limits);
        if (place === undefined) return;
        expect(place.change).toEqual(changeTo(each, timetable, session, place));
        for (const { timetable: offered } of [...(repair?.offers ?? []), ...(best ? [best] : [])]) {
          expect(offered.slot[session]).toBe(at);
        }
        if (best) expect(best.values).toEqual(checkTimetable(each, best.timetable).values);
      }),
      { numRuns: 60 },
    );
  });
});

describe('What would help', () => {
  const tight: Instance = {
    ...INSTANCE,
    slots: [slot('mon9', 'Monday', 540)],
    people: [{ key: 'ada', name: 'Ada', away: ['mon9'] }, { key: 'bob' }],
    sessions: [
      { key: 'packaging', title: 'Packaging', leads: ['ada'] },
      { key: 'docs', title: 'Documents' },
      { key: 'arrays', title: 'Arrays', pinned: { slot: 'mon9', room: 'Hall' } },
    ],
    rules: [{ kind: 'apart', level: 0, sessions: ['docs', 'arrays'], name: 'Both for beginners' }],
  };

  it('measures every relaxation and ranks those that help', async () => {
    const each = expectOk(indexInstance(tight));
    const nowhere = { slot: [-1, -1, -1], room: [-1, -1, -1] };
    const { helps, measured, of, values } = await whatHelps(each, nowhere, { iterations: 2000 });
    expect(measured).toBe(of);
    expect(values[0]).toBeGreaterThan(0);
    const kinds = helps.map(({ relaxation }) => relaxation.kind);
    expect(kinds).toContain('slot-more');
    expect(kinds).toContain('rule-dropped');
    for (const { relaxation, timetable, values: reached } of helps) {
      const relaxed = expectOk(indexInstance(relaxation.instance));
      expect(checkTimetable(relaxed, timetable).values).toEqual(reached.slice(0, relaxed.levels));
      expect(reached[0]).toBeLessThan(values[0] ?? 0);
    }
    expect(helps.find(({ relaxation }) => relaxation.kind === 'rule-dropped')?.sentence).toMatch(
      /^Giving up: Both for beginners: what must hold: \d+ less\.$/,
    );
  });

  it('stops when it is told to', async () => {
    const each = expectOk(indexInstance(tight));
    const nowhere = { slot: [-1, -1, -1], room: [-1, -1, -1] };
    const { measured } = await whatHelps(each, nowhere, { isCancelled: () => true });
    expect(measured).toBe(0);
  });
});
