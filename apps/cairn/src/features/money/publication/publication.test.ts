import { expectCurrency } from '@cairn/kernel/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { publicRows, tellsOfFew, tooFewBetween } from './publication-rules.ts';

const usd = expectCurrency('USD');

test('no row is about few people, nobody is lost, and nothing can be taken from the total', () => {
  const paid = fc.array(
    fc.record({
      personId: fc.constantFrom(...'abcdefghijkl'),
      group: fc.constantFrom('travel', 'meals', 'lodging', 'visa'),
      minor: fc.integer({ min: 0, max: 500_000 }),
    }),
    { maxLength: 40 },
  );
  fc.assert(
    fc.property(paid, fc.integer({ min: 3, max: 6 }), (all, atLeast) => {
      const rows = publicRows(all, { atLeast, roundTo: 1 }, usd);
      for (const { people } of rows) expect(people).toBeGreaterThanOrEqual(atLeast);
      const some = all.filter(({ minor }) => minor > 0);
      if (rows.length === 0) return;
      // Every cent is in some row, to the rounding: a hidden group cannot be the total less the rows.
      const total = some.reduce((sum, { minor }) => sum + minor, 0);
      const shown = rows.reduce((sum, { minor }) => sum + minor, 0);
      expect(Math.abs(shown - total)).toBeLessThanOrEqual(50 * rows.length);
    }),
  );
});

test('small groups are counted together, and a smaller rest takes another group in', () => {
  const of = (group: string, people: string) =>
    [...people].map((personId) => ({ personId, group, minor: 1_234 }));
  const rows = publicRows(
    [...of('travel', 'abcdefgh'), ...of('meals', 'abcdef'), ...of('visa', 'g')],
    { atLeast: 5, roundTo: 10 },
    usd,
  );
  expect(rows).toEqual([
    { label: 'travel', people: 8, minor: 10_000 },
    { label: 'All others', people: 7, minor: 9_000 },
  ]);
  expect(publicRows(of('travel', 'abcd'), { atLeast: 5, roundTo: 1 }, usd)).toEqual([]);
});

test('a new table waits until enough people were paid since the last', () => {
  expect(tooFewBetween(0, 5)).toBeUndefined();
  expect(tooFewBetween(1, 5)).toContain('only one person was paid');
  expect(tooFewBetween(5, 5)).toBeUndefined();
});

test('no row of a new table beside its old one says what few were paid', () => {
  const options = { atLeast: 3, roundTo: 1 };
  const of = (group: string, people: string, minor = 1_000) =>
    [...people].map((personId) => ({ personId, group, minor }));
  const first = [...of('Nepal', 'abc'), ...of('Kenya', 'def'), ...of('Peru', 'ghi')];
  const before = publicRows(first, options, usd);
  const tells = (paid: readonly (typeof first)[number][], changed: string) =>
    tellsOfFew(
      before,
      { rows: publicRows(paid, options, usd), paid },
      new Set(changed),
      options.atLeast,
    );
  // Three more were paid, and each would be the difference of a row.
  const each = [...first, ...of('Nepal', 'x'), ...of('Kenya', 'y', 5_000), ...of('Peru', 'z')];
  expect(tells(each, 'xyz')).toBe(true);
  expect(tells([...first, ...of('Nepal', 'xyz', 5_000)], 'xyz')).toBe(false);
  // A row that is new, of people who were paid between.
  expect(tells([...first, ...of('Chile', 'xyz')], 'xyz')).toBe(false);
  // Somebody who now counts elsewhere, though nobody was paid.
  const moved = [...of('Nepal', 'abc'), ...of('Kenya', 'def'), ...of('Peru', 'gh')];
  expect(tells([...moved, ...of('Nepal', 'i')], '')).toBe(true);
  expect(tells(first, '')).toBe(false);
});
