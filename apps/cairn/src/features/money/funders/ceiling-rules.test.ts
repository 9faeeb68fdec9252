import { expectCurrency } from '@cairn/kernel/money';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Posting, Purpose } from '../journal/journal-rules.ts';
import { headRoom, overCeilingSentence, overCeilings } from './ceiling-rules.ts';
import type { FundLine } from './funder-rules.ts';

const LINE: FundLine = {
  id: 'line',
  key: 'participants',
  title: 'Participants',
  funder: {
    id: 'funder',
    key: 'foundation',
    name: 'Foundation',
    currency: expectCurrency('USD'),
    award: '',
    link: null,
    fromOn: null,
    untilOn: null,
    documents: [],
    indirectRate: null,
    note: '',
  },
  categories: ['travel', 'meals'],
  paysFor: 'everyone',
  paysForKeys: [],
  people: [],
  personCeiling: 150_000,
  categoryCeilings: { meals: 40_000 },
  needsEstimate: true,
  isParticipantSupport: true,
  inIndirectBase: false,
  policyId: null,
  isClosed: false,
};
const MEALS: Purpose = { lineId: 'line', category: 'meals', personId: 'mira' };
const of = (
  stage: Posting['stage'],
  minor: number,
  category: Posting['category'] = 'meals',
  personId: string | null = 'mira',
): Posting => ({ lineId: 'line', category, personId, stage, minor });

test('what is kept, asked for, owed and paid counts towards a ceiling, and nothing else', () => {
  const balances = [
    of('committed', 10_000),
    of('claimed', 5_000),
    of('uncommitted', -5_000),
    of('approved', 5_000),
    of('paid', 10_000),
    of('left', 900_000, '', null),
    of('paid', 9_000, 'meals', 'noor'),
    { ...of('paid', 70_000), lineId: 'another' },
  ];
  expect(overCeilings(LINE, balances, MEALS, 1_000)).toEqual([]);
  expect(overCeilings(LINE, balances, MEALS, 1_001)).toEqual([
    { kind: 'category', ceiling: 40_000, would: 40_001, over: 1 },
  ]);
  expect(overCeilings(LINE, balances, MEALS, 120_001).map(({ kind }) => kind)).toEqual([
    'person',
    'category',
  ]);
  expect(headRoom(LINE, balances, MEALS)).toBe(1_000);
});

test('what is for nobody in particular has no ceiling of a person', () => {
  const bill: Purpose = { lineId: 'line', category: 'travel', personId: null };
  expect(overCeilings(LINE, [], bill, 9_000_000)).toEqual([]);
  expect(headRoom(LINE, [], bill)).toBeUndefined();
});

test('the sentence says whose ceiling it is and by how much it is passed', () => {
  const [over] = overCeilings(LINE, [], MEALS, 41_250);
  if (over === undefined) throw new Error('it is over');
  expect(overCeilingSentence(LINE, MEALS, over)).toBe(
    '“Participants” pays at most 400.00 USD for “Meals”; this is 12.50 USD more.',
  );
});

test('as much as there is room for is over no ceiling, and one unit more is over one', () => {
  const stage = fc.constantFrom('committed', 'claimed', 'approved', 'paid');
  const balance = fc
    .record({ stage, minor: fc.integer({ min: 0, max: 30_000 }), mine: fc.boolean() })
    .map(({ stage: at, minor, mine }) => of(at, minor, 'meals', mine ? 'mira' : 'noor'));
  fc.assert(
    fc.property(fc.array(balance, { maxLength: 6 }), (balances) => {
      const room = headRoom(LINE, balances, MEALS) ?? 0;
      const isOverAlready = overCeilings(LINE, balances, MEALS, 0).length > 0;
      expect(overCeilings(LINE, balances, MEALS, room).length > 0).toBe(isOverAlready);
      expect(overCeilings(LINE, balances, MEALS, room + 1)).not.toEqual([]);
    }),
  );
});
