import { expectCurrency } from '@cairn/kernel/money';
import { expect, test } from 'vitest';
import type { FundLine } from '../funders/funder-rules.ts';
import type { Balance } from '../journal/balance-queries.ts';
import { formBudget, formLineOf, formWarnings } from './nsf-rules.ts';

const usd = expectCurrency('USD');
const line = (id: string, more: Partial<FundLine>): FundLine =>
  ({ id, title: id, isParticipantSupport: true, inIndirectBase: false, ...more }) as FundLine; // what the rules read
const support = line('support', {});
const direct = line('direct', { isParticipantSupport: false, inIndirectBase: true });
const person = (
  personId: string,
  isParticipant: boolean | undefined,
  fromCountry: string | null = 'US',
) => [personId, { personId, isParticipant, fromCountry }] as const;
const people = new Map([
  person('ada', true),
  person('ben', false),
  person('cleo', undefined, 'KE'),
]);
const balance = (
  lineId: string,
  category: Balance['category'],
  personId: string | null,
  stage: Balance['stage'],
  minor: number,
): Balance => ({ lineId, category, personId, stage, minor });

const facts = {
  lines: [support, direct],
  people,
  isSummitAbroad: false,
  awarded: { 'F.2': 100_000, 'G.6': 10_000, I: 3_000 },
  indirectRate: '15',
  balances: [
    balance('support', 'travel', 'ada', 'paid', 40_000),
    balance('support', 'meals', 'ada', 'approved', 1_001),
    balance('support', 'travel', 'cleo', 'committed', 30_000),
    balance('support', 'travel', 'ben', 'paid', 20_000),
    balance('direct', 'venue', null, 'paid', 12_345),
    balance('support', '', null, 'left', 500_000),
    balance('elsewhere', 'travel', 'ada', 'paid', 1),
  ],
};

test('costs of participants are under F, of others under E and G, wherever they were paid from', () => {
  const us = { personId: 'x', isParticipant: false, fromCountry: 'US' };
  expect(formLineOf('travel', support, { ...us, isParticipant: true }, false)).toBe('F.2');
  expect(formLineOf('lodging', support, undefined, false)).toBe('F.3');
  expect(formLineOf('travel', support, us, false)).toBe('E.1');
  expect(formLineOf('travel', support, { ...us, fromCountry: 'KE' }, false)).toBe('E.2');
  expect(formLineOf('meals', direct, { ...us, isParticipant: true }, true)).toBe('E.2');
  expect(formLineOf('stipend', direct, us, false)).toBe('G.6');
  expect(formLineOf('catering', support, undefined, false)).toBe('G.6');
});

test('indirect costs are those of the base, which has no participant support in it', () => {
  const budget = formBudget(facts);
  expect(budget.totals.F).toMatchObject({ approved: 41_001, paid: 40_000, committed: 30_000 });
  expect(budget.rows.find(({ line: at }) => at === 'E.1')).toMatchObject({ approved: 20_000 });
  expect(budget.base).toBe(12_345);
  expect(budget.indirect).toBe(1_852);
  expect(budget.totals.H.approved).toBe(73_346);
  expect(budget.participants).toEqual(['ada', 'cleo']);
  expect([budget.undecided, budget.misplaced]).toEqual([['cleo'], ['ben']]);
});

test('what a line of participant support pays is left out of the base, as its warning says', () => {
  const based = line('support', { inIndirectBase: true });
  const balances = [...facts.balances, balance('support', 'catering', null, 'paid', 7_000)];
  const budget = formBudget({ ...facts, lines: [based, direct], balances });
  expect(budget.rows.find(({ line: at }) => at === 'G.6')).toMatchObject({ paid: 19_345 });
  expect([budget.base, budget.indirect]).toEqual([12_345, 1_852]);
});

test('money that would leave participant support, and people nobody decided on, are warned of', () => {
  const said = formWarnings(formBudget(facts), {
    currency: usd,
    movedOut: 500,
    basedLines: ['support'],
    awardedPeople: 1,
  });
  expect(said).toHaveLength(6);
  expect(said.join(' ')).toContain('Lines E and G take 223.45 USD more than was awarded');
  const calm = { currency: usd, movedOut: 0, basedLines: [], awardedPeople: 40 };
  const quiet = formBudget({ ...facts, awarded: {}, balances: facts.balances.slice(0, 2) });
  expect(formWarnings(quiet, calm)).toEqual([]);
});
