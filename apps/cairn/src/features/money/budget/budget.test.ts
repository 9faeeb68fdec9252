import { expectCurrency } from '@cairn/kernel/money';
import { expect, test } from 'vitest';
import type { FundLine } from '../funders/funder-rules.ts';
import {
  allotted,
  claimed,
  committed,
  drawnOn,
  type Posting,
  standing,
} from '../journal/journal-rules.ts';
import { byCategory, byPerson, spokenFor, sumOfLines } from './budget-rules.ts';

const line = (id: string, currency: string) =>
  ({ id, title: id, funder: { currency: expectCurrency(currency) } }) as FundLine;
const LINES = [line('a', 'USD'), line('b', 'USD'), line('c', 'EUR')];
const mira = (lineId: string) => ({ lineId, category: 'travel', personId: 'mira' }) as const;
const bill = { lineId: 'a', category: 'catering', personId: null } as const;
const BALANCES: readonly Posting[] = [
  ...allotted('a', 1_000),
  ...allotted('b', 500),
  ...allotted('c', 300),
  ...committed(mira('a'), 200),
  ...committed(mira('b'), 50),
  ...committed(mira('c'), 70),
  ...claimed(bill, drawnOn(90, 0)),
];

test('a person’s and a category’s amounts are one row for each currency, never added across', () => {
  const people = byPerson(BALANCES, LINES);
  expect(
    people.map(({ personId, currency, standing: of }) => [personId, currency, spokenFor(of)]),
  ).toEqual([
    ['mira', 'USD', 250],
    ['mira', 'EUR', 70],
    [null, 'USD', 90],
  ]);
  expect(byCategory(BALANCES, LINES).map(({ category, currency }) => [category, currency])).toEqual(
    [
      ['travel', 'EUR'],
      ['travel', 'USD'],
      ['catering', 'USD'],
    ],
  );
});

test('the sum of lines is the sum of each of their stages', () => {
  const byLine = Map.groupBy(BALANCES, ({ lineId }) => lineId);
  const standings = new Map([...byLine].map(([id, of]) => [id, standing(of)]));
  expect(sumOfLines(LINES.slice(0, 2), standings)).toEqual({
    granted: 1_500,
    left: 1_250,
    committed: 250,
    claimed: 90,
    uncommitted: 90,
    approved: 0,
    paid: 0,
  });
});
