import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAtMeal, mealCounts, nightCounts } from './count-rules.ts';
import { COUNTRIES, countryName } from './country-rules.ts';
import { mealTimes } from './meal-time-rules.ts';
import { nextExtra, type SaidStay } from './said-rules.ts';
import { expectedNights, extraNightsOf, grantedNights, nightsOf, type Stay } from './stay-rules.ts';

const DATES = {
  arrival: '2023-05-21',
  start: '2023-05-22',
  end: '2023-05-26',
  departure: '2023-05-27',
};
const STAY: Stay = {
  personId: 'mira',
  hasSaid: true,
  fromCity: 'Oslo',
  fromCountry: 'NO',
  fromAirport: 'OSL',
  arrivesOn: '2023-05-21',
  leavesOn: '2023-05-27',
  isRemote: false,
  extraReason: '',
  extraPaidBy: null,
  extraState: 'none',
  extraAnswer: '',
  extraNights: [],
  room: 'shared',
  singleState: 'none',
  revision: 1,
};
const SAID: SaidStay = {
  ...STAY,
  arrivesAt: null,
  leavesAt: null,
  singleReason: '',
  sharesWith: 'anyone',
  note: '',
  revision: 1,
};

describe('nights', () => {
  test('of five days with arrival before and departure after are six', () => {
    expect(nightsOf(STAY)).toHaveLength(6);
    expect(nightsOf({ arrivesOn: '2023-05-21', leavesOn: '2023-05-21' })).toEqual([]);
    expect(nightsOf({ arrivesOn: null, leavesOn: '2023-05-27' })).toEqual([]);
    expect(expectedNights(undefined, DATES)).toHaveLength(6);
  });

  test('besides the summit’s are the grant’s only once they are agreed, and only those', () => {
    const early = { ...STAY, arrivesOn: '2023-05-19', extraPaidBy: 'grant' as const };
    expect(extraNightsOf(early, DATES)).toMatchObject({ state: 'unsaid', granted: [] });
    const asked = { ...early, extraNights: ['2023-05-20'], extraState: 'agreed' as const };
    const { state, granted } = extraNightsOf(asked, DATES);
    // Agreed to one, and came another one earlier since: that one was never asked for.
    expect([state, granted]).toEqual(['unsaid', ['2023-05-20']]);
    expect(grantedNights(asked, DATES)).toHaveLength(7);
    expect(extraNightsOf({ ...early, extraPaidBy: 'self' }, DATES).state).toBe('own');
    expect(grantedNights({ ...asked, room: 'own' }, DATES)).toEqual([]);
  });

  test('that were agreed stay so when fewer are wanted, and are asked anew when more are', () => {
    const said = { ...SAID, arrivesOn: '2023-05-19', extraPaidBy: 'grant' as const };
    const first = nextExtra(undefined, said, DATES);
    expect(first).toEqual({ state: 'asked', answer: '', nights: ['2023-05-19', '2023-05-20'] });
    const agreed = { ...first, state: 'agreed' as const, reason: '' };
    expect(nextExtra(agreed, { ...said, arrivesOn: '2023-05-20' }, DATES).state).toBe('agreed');
    expect(nextExtra(agreed, { ...said, arrivesOn: '2023-05-18' }, DATES).state).toBe('asked');
    expect(nextExtra(agreed, { ...said, room: 'own' }, DATES).state).toBe('none');
  });
});

const day = fc.integer({ min: 15, max: 31 }).map((each) => `2023-05-${each}`);
const stay = fc.record({
  hasSaid: fc.boolean(),
  arrivesOn: fc.option(day),
  leavesOn: fc.option(day),
  isRemote: fc.boolean(),
  room: fc.constantFrom('shared' as const, 'single' as const, 'own' as const),
  singleState: fc.constantFrom('none' as const, 'asked' as const, 'declined' as const),
});

test('every night of everybody who comes is counted once, and none of those from afar', () => {
  fc.assert(
    fc.property(fc.array(stay, { maxLength: 30 }), (stays) => {
      const counted = nightCounts(stays, DATES).reduce(
        (sum, { lodged, elsewhere, unsaid }) => sum + lodged + elsewhere + unsaid,
        0,
      );
      const nights = stays
        .filter(({ isRemote }) => !isRemote)
        .reduce((sum, each) => sum + expectedNights(each, DATES).length, 0);
      expect(counted).toBe(nights);
    }),
    { numRuns: 60 },
  );
});

describe('meals', () => {
  const presence = {
    personId: 'mira',
    arrivesOn: '2023-05-22',
    arrivesAt: null,
    leavesOn: '2023-05-26',
    leavesAt: '12:00',
    isRemote: false,
    note: '',
  };
  const meal = (date: string, which: 'breakfast' | 'lunch' | 'dinner') =>
    mealTimes(DATES, []).find((each) => each.date === date && each.meal === which) ?? {
      ...{ date, meal: which },
      ...{ starts: '12:30', ends: '13:30' },
    };

  test('count whoever is there, and say where a time of day is missing', () => {
    expect(isAtMeal(presence, meal('2023-05-22', 'lunch'))).toBe('unsure');
    expect(isAtMeal(presence, meal('2023-05-22', 'dinner'))).toBe('there');
    expect(isAtMeal(presence, meal('2023-05-26', 'lunch'))).toBe('away');
    expect(isAtMeal({ ...presence, isRemote: true }, meal('2023-05-23', 'lunch'))).toBe('away');
    const [count] = mealCounts(['mira', 'noor'], new Map([['mira', presence]]), [
      meal('2023-05-23', 'lunch'),
    ]);
    expect(count).toMatchObject({ there: 1, unsure: 0, unsaid: 1 });
  });

  test('go from the dinner of arrival to the breakfast of departure', () => {
    const times = mealTimes(DATES, []);
    expect(times).toHaveLength(1 + 5 * 3 + 1);
    expect([times[0]?.meal, times.at(-1)?.meal]).toEqual(['dinner', 'breakfast']);
  });
});

test('countries are known by name, and codes for tests are none', () => {
  expect(countryName('NO')).toBe('Norway');
  expect(COUNTRIES.some(({ value }) => value === 'ZZ' || value === 'EU')).toBe(false);
  expect(COUNTRIES.length).toBeGreaterThan(200);
});
