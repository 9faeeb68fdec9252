import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DIET_KEYS, type Diet } from '../../people/needs/need-rules.ts';
import type { Presence } from '../presence/presence-rules.ts';
import { timeOf, whoEats } from './meal-rules.ts';
import { orderChanges, orderFor, portionRows } from './order-rules.ts';
import { type Diner, type Place, serves, suits, tablesIn } from './seat-rules.ts';
import { pairKey, seatPeople } from './table-rules.ts';

const diner = (id: string, communities: readonly string[] = [], more: Partial<Diner> = {}) => ({
  id,
  communities,
  diets: [],
  needsAccess: false,
  ...more,
});

const place = (restaurantId: string, seats: number, more: Partial<Place> = {}): Place => ({
  restaurantId,
  seats,
  diets: [],
  isAccessible: true,
  walkMinutes: 5,
  ...more,
});

const asked = (diners: readonly Diner[], places: readonly Place[], size = 6, seed = 1) => ({
  diners,
  tables: places.flatMap((each) => tablesIn(each, size)),
  kept: new Map<string, string>(),
  before: new Map<string, number>(),
  seed,
});

const DIETS = ['vegan', 'vegetarian', 'halal', 'gluten_free'];
const diners = fc
  .array(
    fc.record({
      communities: fc.subarray(['array', 'image', 'graph', 'docs'], { maxLength: 2 }),
      diets: fc.subarray(DIETS, { maxLength: 2 }),
      needsAccess: fc.boolean(),
    }),
    { maxLength: 24 },
  )
  .map((all) => all.map((each, index) => ({ ...each, id: `p${index}` })));
const places = fc
  .array(
    fc.record({
      seats: fc.integer({ min: 1, max: 14 }),
      diets: fc.subarray(DIETS),
      isAccessible: fc.boolean(),
    }),
    { maxLength: 4 },
  )
  .map((all) =>
    all.map((each, index) => ({ ...each, restaurantId: `r${index}`, walkMinutes: index })),
  );

/** As many as can be seated, counted by trying restaurants for everybody: for few people only. */
function mostSeated(people: readonly Diner[], rooms: readonly Place[]): number {
  const left = rooms.map(({ seats }) => seats);
  const next = (index: number): number => {
    const one = people[index];
    if (one === undefined) return 0;
    let best = next(index + 1);
    for (const [at, room] of rooms.entries()) {
      if ((left[at] ?? 0) === 0 || !suits(room, one)) continue;
      left[at] = (left[at] ?? 0) - 1;
      best = Math.max(best, 1 + next(index + 1));
      left[at] = (left[at] ?? 0) + 1;
    }
    return best;
  };
  return next(0);
}

describe('tables', () => {
  test('nobody sits where they cannot eat or get in, and no table has more people than seats', () => {
    fc.assert(
      fc.property(diners, places, fc.integer({ min: 1, max: 8 }), (people, rooms, size) => {
        const problem = asked(people, rooms, size);
        const { at, unseated, tables } = seatPeople(problem);
        expect(at.size + unseated.size).toBe(people.length);
        for (const table of tables) {
          const here = people.filter(({ id }) => at.get(id) === table.key);
          expect(here.length).toBeLessThanOrEqual(table.seats);
          for (const one of here) expect(suits(table, one)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('no way of seating has more people', () => {
    fc.assert(
      fc.property(diners, places, (people, rooms) => {
        const few = people.slice(0, 6);
        const small = rooms
          .slice(0, 3)
          .map((room) => ({ ...room, seats: Math.min(2, room.seats) }));
        expect(seatPeople(asked(few, small, 2)).at.size).toBe(mostSeated(few, small));
      }),
      { numRuns: 60 },
    );
  });

  test('the same asked with the same lots gives the same, and who was put somewhere stays', () => {
    fc.assert(
      fc.property(diners, fc.integer({ min: 1, max: 99 }), (people, seed) => {
        const problem = asked(people, [place('r', 30, { diets: DIETS })], 6, seed);
        const kept = new Map(people.slice(0, 3).map(({ id }) => [id, 'r:Table 2']));
        const one = seatPeople({ ...problem, kept });
        expect(seatPeople({ ...problem, kept })).toEqual(one);
        for (const [id, table] of kept) expect(one.at.get(id)).toBe(table);
      }),
      { numRuns: 40 },
    );
  });

  test('four projects of six are spread over tables as evenly as can be, and it is proven', () => {
    const people = ['array', 'image', 'graph', 'docs'].flatMap((project) =>
      Array.from({ length: 6 }, (_, index) => diner(`${project}${index}`, [project])),
    );
    const { at, statement } = seatPeople(asked(people, [place('r', 24)], 6));
    const tables = [...Map.groupBy(people, ({ id }) => at.get(id)).values()];
    expect(tables.map(({ length }) => length)).toEqual([6, 6, 6, 6]);
    const pairs = tables.reduce((sum, table) => {
      const sizes = [...Map.groupBy(table, ({ communities }) => communities[0]).values()];
      return sum + sizes.reduce((all, { length }) => all + (length * (length - 1)) / 2, 0);
    }, 0);
    expect(pairs).toBe(8);
    expect(statement[1]).toContain('it is proven that fewer cannot be');
  });

  test('who sat together one evening sits with others the next', () => {
    const people = Array.from({ length: 16 }, (_, index) => diner(`p${index}`));
    const problem = asked(people, [place('r', 16)], 4);
    const first = seatPeople(problem).at;
    const before = new Map(
      people.flatMap((one, index) =>
        people
          .slice(index + 1)
          .filter((other) => first.get(other.id) === first.get(one.id))
          .map((other) => [pairKey(one.id, other.id), 1] as const),
      ),
    );
    const { statement } = seatPeople({ ...problem, before });
    expect(statement).toContain('No two who sit together did so at another meal.');
  });

  test('a far restaurant is left out when those nearby have room, unless somebody can eat only there', () => {
    const rooms = [place('near', 12), place('far', 12, { walkMinutes: 20, diets: ['vegan'] })];
    const people = Array.from({ length: 8 }, (_, index) => diner(`p${index}`));
    const near = seatPeople(asked(people, rooms));
    expect(near.tables.every(({ restaurantId }) => restaurantId === 'near')).toBe(true);
    const { at } = seatPeople(asked([...people, diner('v', [], { diets: ['vegetarian'] })], rooms));
    expect(at.get('v')).toMatch(/^far/);
  });

  test('it says of how many nothing suits, and why', () => {
    const rooms = [place('r', 2, { isAccessible: false })];
    const people = [diner('a'), diner('b'), diner('c'), diner('d', [], { diets: ['vegan'] })];
    const { unseated, statement } = seatPeople(
      asked([...people, diner('e', [], { needsAccess: true })], rooms),
    );
    expect([...unseated.values()].toSorted()).toEqual(['access', 'diet', 'seats']);
    expect(statement.some((sentence) => sentence.startsWith('1 person has no table'))).toBe(true);
  });

  test('what is vegan suits who eats no meat, and not the other way round', () => {
    expect(serves({ restaurantId: 'r', diets: ['vegan'] }, 'vegetarian')).toBe(true);
    expect(serves({ restaurantId: 'r', diets: ['vegetarian'] }, 'vegan')).toBe(false);
  });
});

describe('who eats', () => {
  const presence = (personId: string, more: Partial<Presence>): [string, Presence] => [
    personId,
    {
      personId,
      arrivesOn: null,
      arrivesAt: null,
      leavesOn: null,
      leavesAt: null,
      isRemote: false,
      note: '',
      ...more,
    },
  ];

  test('whoever did not say otherwise eats; who is away, far off or elsewhere does not', () => {
    const said = new Map([
      presence('later', { arrivesOn: '2023-05-23' }),
      presence('remote', { isRemote: true }),
      presence('today', { arrivesOn: '2023-05-22' }),
    ]);
    const people = ['silent', 'later', 'remote', 'today', 'out'];
    const lunch = timeOf('2023-05-22', 'lunch');
    expect(whoEats(people, said, new Set(['out', 'later']), lunch)).toEqual({
      eat: ['silent', 'today'],
      unsure: 1,
      unsaid: 1,
      elsewhere: ['out'],
    });
  });

  test('a plan says when a meal is, before the timetable', () => {
    const block = { starts: '12:00', ends: '13:00' };
    expect(timeOf('2023-05-22', 'lunch', { starts: null, ends: null }, block)).toMatchObject(block);
    expect(timeOf('2023-05-22', 'lunch', { starts: '14:00', ends: null }, block)).toMatchObject({
      starts: '14:00',
      ends: '14:00',
    });
  });
});

describe('orders', () => {
  const need = (personId: string, diets: readonly Diet[], allergies = '') => ({
    personId,
    diets,
    allergies,
    access: '',
    stepFree: false,
  });

  test('portions add up to people, and an order that still fits has no changes', () => {
    const eaters = fc.array(fc.subarray([...DIET_KEYS], { maxLength: 3 }), { maxLength: 12 });
    fc.assert(
      fc.property(eaters, (all) => {
        const needs = all.map((diets, index) => need(`p${index}`, diets));
        const eat = [...needs.map(({ personId }) => personId), 'silent'];
        const order = orderFor(needs, eat);
        const portions = portionRows(order).reduce((sum, { count }) => sum + count, 0);
        expect(portions).toBe(order.people);
        expect(orderChanges(order, orderFor(needs.toReversed(), eat))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('changes since the order name what is more and what is fewer', () => {
    const needs = [need('v', ['vegan']), need('n', [], 'nuts')];
    const ordered = orderFor(needs, ['v', 'silent']);
    expect(orderChanges(ordered, orderFor(needs, ['n']))).toEqual([
      '1 person fewer than ordered: 1 now.',
      '1 portion fewer of “Vegan”: 0 now.',
      '1 person more with an allergy: 1 now.',
    ]);
  });
});
