import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Stay } from '../stays/stay-rules.ts';
import { carriersOf } from './carry-rules.ts';
import {
  certain,
  deviationOf,
  type KnownPart,
  meanOf,
  modelledPart,
  NOTHING_KNOWN,
  partCost,
  quantileOf,
  type Range,
  type SeatCostModel,
} from './cost-rules.ts';
import {
  AS_PLANNED,
  type CostFacts,
  type CostPerson,
  comingOf,
  forecast,
  partsOf,
} from './forecast-rules.ts';
import { runsOf, shortfall } from './spread-rules.ts';

const range = (low: number, likely: number, high: number): Range => ({ low, likely, high });
const model: SeatCostModel = {
  currency: 'USD',
  fares: [
    { ...range(40_000, 60_000, 90_000), from: '', source: '' },
    { ...range(80_000, 110_000, 160_000), from: 'DE', source: '' },
    { ...range(70_000, 90_000, 120_000), from: 'TXL', source: '' },
  ],
  night: { ...range(16_000, 20_000, 26_000), source: '', sharedBy: 2 },
  meals: {
    breakfast: certain(1_500),
    lunch: certain(1_800),
    dinner: certain(2_000),
    source: '',
  },
  other: { ...range(0, 2_000, 8_000), source: '' },
  capUsed: range(80, 95, 100),
  estimateUsed: range(80, 100, 120),
  confidence: 80,
  seed: 1,
};
const days = {
  arrival: '2023-05-21',
  start: '2023-05-22',
  end: '2023-05-26',
  departure: '2023-05-27',
};
const lunches = new Set(['22', '23', '24', '25', '26'].map((day) => `2023-05-${day} lunch`));
const stay: Stay = {
  personId: 'p',
  hasSaid: true,
  fromCity: 'Berlin',
  fromCountry: 'DE',
  fromAirport: null,
  arrivesOn: '2023-05-20',
  leavesOn: '2023-05-27',
  isRemote: false,
  extraReason: '',
  extraPaidBy: 'self',
  extraState: 'none',
  extraAnswer: '',
  extraNights: [],
  room: 'shared',
  singleState: 'none',
  revision: 1,
};
const all = { travel: 1, lodging: 1, meals: 1, other: 1 };
const person = (personId: string, change: Partial<CostPerson> = {}): CostPerson => ({
  personId,
  place: 'seated',
  seatKind: 'funded',
  stay: undefined,
  known: {},
  isDone: false,
  lines: all,
  gives: {},
  ceiling: undefined,
  ...change,
});
const facts = (left: number, people: readonly CostPerson[]): CostFacts => ({
  model,
  days,
  provided: lunches,
  left: [left],
  people,
  anybody: all,
});
const known = (change: Partial<KnownPart>): KnownPart => ({ ...NOTHING_KNOWN, ...change });

describe('what somebody costs', () => {
  test('six shared nights, the fare of their country, and the meals that nobody provides', () => {
    const coming = comingOf(stay, days, lunches);
    expect(coming).toEqual({
      country: 'DE',
      airport: null,
      nights: 6,
      room: 'shared',
      meals: { breakfast: 6, lunch: 0, dinner: 6 },
    });
    expect(modelledPart(model, coming, 'travel')).toMatchObject({ likely: 110_000 });
    expect(modelledPart(model, { ...coming, airport: 'TXL' }, 'travel').likely).toBe(90_000);
    expect(modelledPart(model, { ...coming, country: 'JP' }, 'travel').likely).toBe(60_000);
    expect(modelledPart(model, coming, 'lodging')).toEqual(range(48_000, 60_000, 78_000));
    expect(modelledPart(model, { ...coming, room: 'single' }, 'lodging').likely).toBe(120_000);
    expect(modelledPart(model, { ...coming, room: 'own' }, 'lodging').high).toBe(0);
    expect(modelledPart(model, coming, 'meals')).toEqual(certain(6 * 1_500 + 6 * 2_000));
  });

  test('what is known replaces what is guessed', () => {
    const guess = range(80_000, 110_000, 160_000);
    const cost = (of: Partial<KnownPart>, isDone = false) =>
      partCost(model, 'travel', guess, known(of), isDone);
    expect(cost({})).toMatchObject({ source: 'model', range: guess, taken: 0 });
    expect(cost({ estimate: 100_000 })).toMatchObject({
      source: 'estimate',
      range: range(80_000, 100_000, 120_000),
    });
    expect(cost({ cap: 100_000 })).toMatchObject({
      source: 'cap',
      range: range(80_000, 95_000, 100_000),
      taken: 100_000,
    });
    // A supplement that is waited for comes on top of the cap.
    expect(cost({ cap: 100_000, estimate: 10_000 })).toMatchObject({
      source: 'cap',
      range: range(88_000, 105_000, 112_000),
    });
    // A taxi claimed without a cap is not all that the journey costs, until they say so.
    expect(cost({ claimed: 3_000, uncommitted: 3_000 })).toMatchObject({ range: guess, taken: 0 });
    expect(cost({ claimed: 3_000, uncommitted: 3_000 }, true)).toMatchObject({
      source: 'claimed',
      range: certain(3_000),
    });
    expect(cost({ paid: 90_000, cap: 10_000 })).toMatchObject({
      source: 'paid',
      range: range(98_000, 99_500, 100_000),
    });
    expect(cost({ approved: 170_000 })).toMatchObject({
      source: 'approved',
      range: certain(170_000),
    });
  });

  test('two days less take two nights, and the meals with them, off what is not spent yet', () => {
    const lodging = (more: Partial<CostPerson>, fewerDays: number, lodgingPercent = 0) =>
      partsOf(facts(0, []), person('p', more), { ...AS_PLANNED, fewerDays, lodgingPercent })[1]
        ?.range;
    expect(lodging({}, 2)).toEqual(range(32_000, 40_000, 52_000));
    expect(lodging({}, 0, 15)?.likely).toBe(69_000);
    const capped = { known: { lodging: known({ cap: 60_000, paid: 12_000 }) } };
    expect(lodging(capped, 2)).toEqual(range(44_000, 50_000, 52_000));
    expect(lodging({ isDone: true, ...capped }, 2)).toEqual(certain(12_000));
  });
});

describe('the spread', () => {
  const anyRange = fc
    .tuple(fc.nat(500_000), fc.nat(500_000), fc.nat(500_000))
    .map((three) => three.sort((a, b) => a - b))
    .map(([low = 0, likely = 0, high = 0]) => range(low, likely, high));

  test('quantiles lie in the range, grow, and have its mean and deviation', () => {
    fc.assert(
      fc.property(anyRange, (of) => {
        const drawn = Array.from({ length: 400 }, (_, n) => quantileOf(of, (n + 0.5) / 400));
        expect(drawn.every((each, n) => each >= (drawn[n - 1] ?? of.low) && each <= of.high)).toBe(
          true,
        );
        const mean = drawn.reduce((sum, each) => sum + each, 0) / 400;
        expect(Math.abs(mean - meanOf(of))).toBeLessThan(0.01 * (of.high - of.low) + 2);
        const squares = drawn.reduce((sum, each) => sum + (each - mean) ** 2, 0) / 400;
        expect(Math.abs(Math.sqrt(squares) - deviationOf(of))).toBeLessThan(
          0.01 * (of.high - of.low) + 2,
        );
      }),
    );
  });

  test('what is missing is what no way of sharing the lines out could pay', () => {
    // Compared with a search of augmenting paths, one unit at a time.
    const byPaths = (asked: ReadonlyMap<number, number>, left: readonly number[]): number => {
      const rest = [...left];
      const given: [mask: number, line: number][] = [];
      let missing = 0;
      for (const [mask, units] of asked) {
        for (let unit = 0; unit < units; unit += 1) if (!place(mask, new Set())) missing += 1;
      }
      return missing;
      function place(mask: number, seen: Set<number>): boolean {
        for (const line of rest.keys()) {
          if ((mask & (1 << line)) === 0 || seen.has(line)) continue;
          seen.add(line);
          if ((rest[line] ?? 0) > 0) {
            rest[line] = (rest[line] ?? 0) - 1;
            given.push([mask, line]);
            return true;
          }
          for (const one of given) {
            if (one[1] === line && place(one[0], seen)) {
              one[1] = line;
              given.push([mask, line]);
              given.splice(given.indexOf(one), 1);
              return true;
            }
          }
        }
        return false;
      }
    };
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 4 })), {
          maxLength: 5,
        }),
        fc.array(fc.nat(5), { minLength: 3, maxLength: 3 }),
        (asked, left) => {
          const sums = new Map<number, number>();
          for (const [mask, units] of asked) sums.set(mask, (sums.get(mask) ?? 0) + units);
          expect(shortfall(sums, left)).toBe(byPaths(sums, left));
        },
      ),
      { numRuns: 300 },
    );
  });

  test('the same facts and seed give the same answer, and who else is there changes nobody’s luck', () => {
    const people = ['a', 'b', 'c'].map((id) => person(id));
    const look = (of: readonly CostPerson[]) =>
      forecast(facts(900_000, of), AS_PLANNED, { seats: 3, draws: 200 });
    expect(look(people)).toEqual(look(people));
    const [one = 0, two = 0] = [people.slice(0, 1), people.slice(0, 2)].map(
      (of) => look(of).spread.totals.reduce((sum, total) => sum + total, 0) / 200,
    );
    expect(two).toBeGreaterThan(one);
  });

  test('each seat more is carried less often, and dearer lodging carries fewer', () => {
    const people = ['a', 'b', 'c'].map((id) => person(id));
    const more = (lodgingPercent: number) =>
      forecast(
        facts(900_000, people),
        { ...AS_PLANNED, lodgingPercent },
        { seats: 4, draws: 300 },
      ).more.map(({ carried }) => carried);
    const [usual, dear] = [more(0), more(40)];
    expect(usual).toEqual([...usual].sort((a, b) => b - a));
    expect(usual[0]).toBe(1);
    expect(usual.at(-1)).toBeLessThan(0.5);
    expect(dear.every((carried, seat) => carried <= (usual[seat] ?? 0))).toBe(true);
  });

  test('what is set aside already asks the lines for nothing', () => {
    const runs = runsOf([0], 50, 1);
    runs.add({
      key: 'a',
      ceiling: undefined,
      draws: [
        {
          part: 'travel',
          range: certain(500),
          source: 'cap',
          spent: 0,
          taken: 500,
          lines: 1,
          gives: 0,
        },
      ],
    });
    expect(runs.spread()).toMatchObject({ carried: 1, missing: 0 });
    expect(runs.spread().totals[0]).toBe(500);
  });
});

describe('who can be carried', () => {
  const judge = (of: CostFacts, change: Partial<CostPerson> = {}) =>
    carriersOf(of).judge(person('w', { place: 'waiting', ...change }), change.seatKind ?? 'funded');

  test('somebody whom no line pays for is not, and who pays for themselves always is', () => {
    const none = { travel: 0, lodging: 0, meals: 0, other: 0 };
    expect(judge(facts(10_000_000, []), { lines: none })).toMatchObject({ carries: false });
    expect(judge(facts(0, []), { seatKind: 'self_funded' })).toEqual({ carries: true });
  });

  test('who was offered a seat meanwhile counts for the next', () => {
    const carriers = carriersOf(facts(320_000, []));
    const waits = (id: string) => person(id, { place: 'waiting' });
    expect(carriers.judge(waits('a'), 'funded')).toEqual({ carries: true });
    carriers.offered(waits('a'));
    expect(carriers.judge(waits('b'), 'funded')).toEqual({ carries: true });
    carriers.offered(waits('b'));
    expect(carriers.judge(waits('c'), 'funded')).toMatchObject({ carries: false });
  });

  test('the reason tells no amount', () => {
    const refused = judge(facts(1, []));
    expect(refused).toMatchObject({ carries: false });
    expect(JSON.stringify(refused)).not.toMatch(/\d/);
  });
});
