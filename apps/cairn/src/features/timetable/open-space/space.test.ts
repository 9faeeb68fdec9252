import { expectZone, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Frame, later, overlaps, slotsOf, timeAt } from '../frame/frame-rules.ts';
import type { PlacedSession } from '../release/content-schema.ts';
import { collisionsOf } from './collision-rules.ts';
import { offersFor } from './offer-rules.ts';
import { ownTime } from './own-time-rules.ts';
import {
  expectedElsewhere,
  firstDay,
  freePlaces,
  lengthsOf,
  type OpenSpace,
  refusalOf,
  wallNow,
} from './space-rules.ts';

const MONDAY = '2023-05-22';
const TUESDAY = '2023-05-23';

const frame: Frame = {
  ...{ zone: expectZone('America/Los_Angeles'), slotMinutes: 30, sessionMinutes: 90, revision: 1 },
  days: [MONDAY, TUESDAY].map((date) => ({ date, starts: '09:00', ends: '17:00' })),
  blocks: [MONDAY, TUESDAY].map((date) => ({
    ...{ id: date, date, starts: '12:30', ends: '13:30', kind: 'meal', title: 'Lunch' },
    ...{ meal: 'lunch', isProvided: true, roomId: null, place: '', text: '' },
  })),
  rooms: (
    [
      ['red', 12, ['screen', 'video']],
      ['blue', 6, ['screen']],
      ['quiet', 4, ['quiet']],
      ['hall', null, ['screen', 'video']],
    ] as const
  ).map(([id, capacity, features]) => ({
    ...{ id, key: id, name: `Room ${id}`, capacity, features, directions: '', link: null },
  })),
  closures: [
    { id: 'c', roomId: 'blue', date: MONDAY, starts: '15:00', ends: '17:00', reason: 'secret' },
  ],
};

const session = (over: Partial<PlacedSession>): PlacedSession => ({
  ...{ id: 'one', kind: 'work', title: 'Packaging', text: '', topicNumber: null, groupKey: null },
  ...{ track: '', date: MONDAY, starts: '10:00', ends: '11:30', roomId: 'red' },
  ...{ leads: [], people: [] },
  ...over,
});

const space = (over: Partial<OpenSpace> = {}): OpenSpace => ({
  ...{ frame, released: { blocks: [], sessions: [session({})] }, open: [] },
  now: { date: MONDAY, time: '09:00' },
  ...over,
});

const NEED = { minutes: 60, size: null, needs: [] };
const wantedAt = (starts: string, roomId: string) => ({ ...NEED, date: MONDAY, starts, roomId });

const sessions = fc.array(
  fc
    .record({
      date: fc.constantFrom(MONDAY, TUESDAY),
      from: fc.integer({ min: 18, max: 32 }),
      slots: fc.integer({ min: 1, max: 4 }),
      roomId: fc.constantFrom('red', 'blue', 'quiet', 'hall', null),
      kind: fc.constantFrom('work', 'plenary', 'open'),
    })
    .map(({ from, slots, ...rest }) =>
      session({ ...rest, starts: timeAt(from * 30), ends: timeAt((from + slots) * 30) }),
    ),
  { maxLength: 12 },
);
const needs = fc.record({
  minutes: fc.integer({ min: 1, max: 8 }).map((slots) => slots * 30),
  size: fc.option(fc.integer({ min: 1, max: 14 })),
  needs: fc.subarray(['screen', 'video', 'quiet']),
});
const moments = fc.record({
  date: fc.constantFrom('2023-05-21', MONDAY, TUESDAY, '2023-05-24'),
  time: fc.integer({ min: 0, max: 1439 }).map(timeAt),
});

describe('what is free', () => {
  test('is never beside a block, a closure or a session, nor over, and does for what is needed', () => {
    fc.assert(
      fc.property(sessions, needs, moments, (held, need, now) => {
        const given = space({ released: { blocks: [], sessions: held }, now });
        for (const place of freePlaces(given, need)) {
          const room = frame.rooms.find(({ id }) => id === place.roomId);
          const beside = held.filter(
            ({ roomId, kind }) => roomId === place.roomId || kind === 'plenary',
          );
          const closures = frame.closures.filter(({ roomId }) => roomId === place.roomId);
          for (const other of [...beside, ...frame.blocks, ...closures]) {
            expect(overlaps(other, place)).toBe(false);
          }
          expect(place.starts >= '09:00' && place.ends <= '17:00').toBe(true);
          expect(`${place.date}${later(place.starts, 30)}` > `${now.date}${now.time}`).toBe(true);
          expect(need.size === null || (room?.capacity ?? 99) >= need.size).toBe(true);
          for (const feature of need.needs) expect(room?.features).toContain(feature);
        }
      }),
    );
  });

  test('is all that is not refused', () => {
    fc.assert(
      fc.property(sessions, needs, moments, (held, need, now) => {
        const given = space({ open: held, now });
        const free = freePlaces(given, { ...need, size: null, needs: [] });
        const counted = slotsOf(frame).flatMap(({ date, starts }) =>
          frame.rooms.filter(
            ({ id }) =>
              refusalOf(given, {
                ...{ date, starts, ends: later(starts, need.minutes), roomId: id },
              }) === undefined,
          ),
        );
        expect(free).toHaveLength(counted.length);
      }),
    );
  });

  test('lasts as long as the longest stretch of work at most', () => {
    expect(lengthsOf(frame)).toEqual([30, 60, 90, 120, 150, 180, 210]);
  });

  test('begins with today, else with the next day that has any, else with the last', () => {
    expect(firstDay(space(), NEED)).toBe(MONDAY);
    expect(firstDay(space({ now: { date: MONDAY, time: '17:00' } }), NEED)).toBe(TUESDAY);
    expect(firstDay(space({ now: { date: '2023-06-01', time: '09:00' } }), NEED)).toBe(TUESDAY);
  });

  test('is said without the reason for which a room is closed', () => {
    const place = { date: MONDAY, starts: '15:00', ends: '16:00', roomId: 'blue' };
    expect(refusalOf(space(), place)?.sentence).toBe(
      'Room blue is closed from 15:00 to 17:00; take another room or time.',
    );
  });
});

describe('the next best', () => {
  test('is another room at the same time, then the same room later', () => {
    const [beside, afterwards] = offersFor(space(), wantedAt('10:00', 'red'));
    expect(beside?.words).toBe('Room hall at the same time');
    expect(afterwards?.words).toBe('Room red from 11:30 to 12:30, 12 places');
  });

  test('is a quiet room only where nothing else is left', () => {
    const held = ['blue', 'hall'].map((roomId) =>
      session({ id: roomId, roomId, starts: '09:00', ends: '17:00' }),
    );
    const [beside] = offersFor(space({ open: held }), wantedAt('10:00', 'red'));
    expect(beside?.words).toBe(
      'Room quiet at the same time, 4 places, without screen and video, a quiet room',
    );
  });

  test('is free, does for what is needed, is never what was wanted, and names each place once', () => {
    fc.assert(
      fc.property(sessions, needs, moments, (held, need, now) => {
        const given = space({ open: held, now });
        const free = freePlaces(given, need).map((place) => JSON.stringify(place));
        const wanted = { ...need, date: MONDAY, starts: '10:00', roomId: 'red' };
        const offers = offersFor(given, wanted).map(({ place }) => JSON.stringify(place));
        expect(offers.length).toBeLessThanOrEqual(3);
        expect(new Set(offers).size).toBe(offers.length);
        for (const offer of offers) expect(free).toContain(offer);
        expect(
          offers.some(
            (offer) =>
              offer.includes('"starts":"10:00"') && offer.includes('red') && offer.includes(MONDAY),
          ),
        ).toBe(false);
        const others = free.filter(
          (place) =>
            !(
              place.includes(MONDAY) &&
              place.includes('"starts":"10:00"') &&
              place.includes('red')
            ),
        );
        expect(offers.length).toBe(Math.min(3, others.length));
      }),
    );
  });
});

describe('a timetable that collides with open space', () => {
  const open = session({
    id: 'open',
    kind: 'open',
    title: 'Wheels',
    starts: '14:00',
    ends: '15:00',
  });
  const content = { ...frame, sessions: [session({})] };

  test('is told for each session once, with what it collides with', () => {
    expect(collisionsOf(content, [open])).toEqual([]);
    const sentence = (over: Partial<typeof content>, closures: typeof frame.closures = []) =>
      collisionsOf({ ...content, ...over }, [open], closures)[0]?.sentence;
    const same = session({ title: 'Docs', starts: '14:30', ends: '16:00' });
    expect(sentence({ sessions: [same] })).toBe(
      '“Wheels” in open space is in Room red where “Docs” is, on 2023-05-22 from 14:00 to 15:00.',
    );
    expect(sentence({ sessions: [{ ...same, roomId: 'hall', kind: 'plenary' }] })).toContain(
      'Docs',
    );
    expect(sentence({ rooms: [] })).toContain('a room that is gone');
    expect(sentence({ days: [] })).toContain('outside of the day');
    expect(sentence({ blocks: [{ ...same, title: 'Walk' }] as never })).toContain('beside “Walk”');
    const closure = {
      id: 'c',
      roomId: 'red',
      date: MONDAY,
      starts: '14:00',
      ends: '17:00',
      reason: 'secret',
    };
    expect(sentence({}, [closure])).toBe(
      '“Wheels” in open space is in Room red while it is closed, on 2023-05-22 from 14:00 to 15:00.',
    );
  });

  test('is one exactly where the same place could not be claimed, whenever that was', () => {
    fc.assert(
      fc.property(sessions, fc.nat(60), (held, index) => {
        const given = space({
          released: { blocks: [], sessions: held },
          now: { date: '2023-05-01', time: '09:00' },
        });
        const slot = slotsOf(frame)[index % slotsOf(frame).length];
        if (slot === undefined) return;
        const { date, starts } = slot;
        const ends = later(starts, 60);
        const [claimed, roomId] = [{ ...open, date, starts, ends }, 'red'];
        const isRefused = refusalOf(given, { date, starts, ends, roomId }) !== undefined;
        const others = held.map((each, at) => ({ ...each, id: `held ${at}` }));
        const isCollision =
          collisionsOf({ ...frame, sessions: others }, [claimed], frame.closures).length > 0;
        expect(isCollision).toBe(isRefused);
      }),
    );
  });
});

test('somebody is expected elsewhere in sessions that share time, and not in the one that is moved', () => {
  const own = session({ people: ['ada'] });
  const at = { date: MONDAY, starts: '11:00', ends: '12:00' };
  expect(expectedElsewhere([own], 'ada', at)).toEqual([own]);
  expect(expectedElsewhere([own], 'ada', at, own.id)).toEqual([]);
  expect(expectedElsewhere([own], 'mei', at)).toEqual([]);
  expect(expectedElsewhere([own], 'ada', { ...at, starts: '11:30' })).toEqual([]);
});

test('the wall clock is that of the place, and a reader elsewhere is told their own', () => {
  const zone = frame.zone;
  expect(wallNow(Temporal.Instant.from('2023-05-22T16:59:30Z'), zone)).toEqual({
    ...{ date: MONDAY, time: '09:59' },
  });
  expect(ownTime(MONDAY, '10:00', zone, zone)).toBeUndefined();
  expect(ownTime(MONDAY, '10:00', zone, expectZone('America/Vancouver'))).toBeUndefined();
  expect(ownTime(MONDAY, '10:00', zone, expectZone('Europe/Berlin'))).toContain('19:00');
});
