import { readFileSync } from 'node:fs';
import { expectCurrency, formatMoney, sumOf } from '@cairn/kernel/money';
import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CATEGORY_KEYS } from '../category-rules.ts';
import { factsAsked } from './facts-rules.ts';
import { factsAsTyped, factsSchema } from './facts-schema.ts';
import { claimDeadline } from './finding-rules.ts';
import { perDiem } from './per-diem-rules.ts';
import { type Circumstances, type Cost, judgeCosts } from './policy-rules.ts';
import { readPolicy } from './policy-schema.ts';
import { ruleWords } from './rule-words-rules.ts';

const USD = expectCurrency('USD');
const EUR = expectCurrency('EUR');
const shipped = (key: string) =>
  expectOk(
    readPolicy(
      readFileSync(new URL(`../../../../policies/${key}.yaml`, import.meta.url), 'utf8'),
      `${key}.yaml`,
    ),
  );
const SP = shipped('sp_2023');
const FEDERAL = shipped('us_federal');

const AROUND: Circumstances = {
  currency: USD,
  firstDay: '2023-05-21',
  lastDay: '2023-05-27',
  submittedOn: '2023-06-10',
  provided: () => undefined,
};

const cost = (more: Partial<Cost>): Cost => ({
  id: 'one',
  category: 'meals',
  meal: 'dinner',
  spentOn: '2023-05-22',
  minor: 2000,
  currency: USD,
  facts: { alcohol: '0.00' },
  people: 1,
  hasReceipt: true,
  ...more,
});

const allowed = (policy: typeof SP | undefined, costs: readonly Cost[], more = {}) =>
  judgeCosts(policy, costs, { ...AROUND, ...more }).map(({ allowedMinor }) => allowedMinor);

describe('the rules of 2023', () => {
  it('pay a dinner up to 20 USD and say so in words', () => {
    const [judged] = judgeCosts(SP, [cost({ minor: 2450 })], AROUND);
    expect(judged?.allowedMinor).toBe(2000);
    expect(judged?.deductions).toEqual([
      {
        rule: 'dinner',
        minor: 450,
        sentence:
          '4.50 USD of this is above what is paid for a dinner. A dinner is paid up to 20.00 USD for each person.',
      },
    ]);
  });

  it('take a dinner on two slips for one dinner, and one of another day for another', () => {
    expect(
      allowed(SP, [
        cost({ id: 'main', minor: 1500 }),
        cost({ id: 'dessert', minor: 900 }),
        cost({ id: 'next', minor: 1900, spentOn: '2023-05-23' }),
        cost({ id: 'breakfast', minor: 1800, meal: 'breakfast' }),
      ]),
    ).toEqual([1500, 500, 1900, 1500]);
  });

  it('count what other claims used of the same dinner', () => {
    expect(
      allowed(SP, [cost({ minor: 1500 })], { earlier: [cost({ id: 'before', minor: 1200 })] }),
    ).toEqual([800]);
  });

  it('pay for each person whom a slip covers, by their shares where these are known', () => {
    expect(allowed(SP, [cost({ minor: 7000, people: 3 })])).toEqual([6000]);
    const shares = [
      { personId: 'ada', minor: 3500 },
      { personId: 'ben', minor: 1000 },
    ];
    expect(allowed(SP, [cost({ minor: 4500, people: 2, shares })])).toEqual([3000]);
  });

  it('take off alcohol before the cap, converted as the slip was', () => {
    const slip = { minor: 2160, currency: EUR, rate: '1.08', facts: { alcohol: '5.00' } };
    const [judged] = judgeCosts(SP, [cost(slip)], AROUND);
    expect(judged?.deductions.map(({ rule, minor }) => [rule, minor])).toEqual([['alcohol', 540]]);
    expect(judged?.allowedMinor).toBe(1620);
  });

  it('ask how much was alcohol before anything can be submitted', () => {
    const [judged] = judgeCosts(SP, [cost({ facts: {} })], AROUND);
    expect(judged?.findings).toMatchObject([{ rule: 'alcohol', kind: 'missing', blocks: true }]);
  });

  it('do not pay again for what was provided, and name who did', () => {
    const provided = (date: string, meal: string) =>
      date === '2023-05-22' && meal === 'dinner' ? 'Pizza for all' : undefined;
    const [judged] = judgeCosts(SP, [cost({})], { ...AROUND, provided });
    expect(judged?.allowedMinor).toBe(0);
    expect(judged?.deductions[0]?.sentence).toBe(
      'Dinner was provided that day: Pizza for all. Meals that the group provides are not paid again.',
    );
  });

  it('ask for a receipt, or for a word on why there is none', () => {
    const find = (more: Partial<Cost>) =>
      judgeCosts(SP, [cost(more)], AROUND)[0]?.findings.map(({ kind, blocks }) => [kind, blocks]);
    expect(find({ hasReceipt: false })).toEqual([['missing', true]]);
    expect(find({ hasReceipt: false, facts: { alcohol: '0', no_receipt: 'Lost.' } })).toEqual([
      ['look', false],
    ]);
    expect(find({ facts: { alcohol: '0', itemised: false } })).toEqual([['look', false]]);
  });

  it('look at what lies outside of the days, and at a late claim', () => {
    const find = (more: Partial<Cost>, around = {}) =>
      judgeCosts(SP, [cost(more)], { ...AROUND, ...around })[0]?.findings.map((one) => one.rule);
    expect(find({ spentOn: '2023-05-21' })).toEqual([]);
    expect(find({ spentOn: '2023-05-20' })).toEqual(['nights']);
    expect(find({}, { submittedOn: '2023-06-26', leavesOn: '2023-05-27' })).toEqual([]);
    expect(find({}, { submittedOn: '2023-06-27', leavesOn: '2023-05-27' })).toEqual([
      'claim_within',
    ]);
    expect(claimDeadline(SP, { lastDay: '2023-05-27' })?.on).toBe('2023-06-26');
  });
});

describe('per diem', () => {
  const lunches = (from: string, until: string) => (date: string, meal: string) =>
    meal === 'lunch' && date >= from && date <= until ? 'The work rooms' : undefined;
  const trip = { from: '2023-05-21', until: '2023-05-27', tier: 't80' };

  it('is worth 410 for six nights with lunch on five days in between', () => {
    const found = perDiem(FEDERAL, { ...trip, provided: lunches('2023-05-22', '2023-05-26') });
    expect(found.days.map(({ minor }) => minor)).toEqual([
      6000, 5800, 5800, 5800, 5800, 5800, 6000,
    ]);
    expect(found.minor).toBe(41_000);
  });

  it('leaves the incidentals where every meal of a day is provided', () => {
    const provided = (date: string) => (date === '2023-05-23' ? 'The hosts' : undefined);
    const found = perDiem(FEDERAL, { ...trip, provided });
    expect(found.days[2]?.minor).toBe(500);
    expect(found.days[2]?.sentence).toBe(
      'A whole day, less breakfast, lunch and dinner, which were provided, but not less than the incidentals.',
    );
  });

  it('takes a lunch in full off the share of the day of arrival', () => {
    const found = perDiem(FEDERAL, { ...trip, provided: lunches('2023-05-21', '2023-05-21') });
    expect(found.days[0]?.minor).toBe(3800);
  });

  it('pays 75 % of each day of a trip under 24 hours, and nothing up to 12', () => {
    const day = { from: '2023-05-21', until: '2023-05-21', tier: 't68', provided: () => undefined };
    expect(perDiem(FEDERAL, { ...day, hours: 13 }).minor).toBe(5100);
    expect(perDiem(FEDERAL, { ...day, hours: 12 }).minor).toBe(0);
    expect(['t74', 't86', 't92'].map((tier) => perDiem(FEDERAL, { ...day, tier }).minor)).toEqual([
      5550, 6450, 6900,
    ]);
  });

  it('caps what is claimed, pays no day twice and no meals besides', () => {
    const days = { from: '2023-05-21', until: '2023-05-27', tier: 't80' };
    const claimed = { category: 'per_diem', meal: null, spentOn: '2023-05-21' } as const;
    const provided = lunches('2023-05-22', '2023-05-26');
    expect(
      allowed(
        FEDERAL,
        [
          cost({ ...claimed, id: 'week', minor: 52_000, facts: days }),
          cost({
            ...claimed,
            id: 'more',
            minor: 20_000,
            facts: { ...days, from: '2023-05-27', until: '2023-05-28' },
          }),
          cost({ id: 'dinner', facts: { alcohol: '0' } }),
        ],
        { provided },
      ),
    ).toEqual([41_000, 6000, 0]);
  });
});

describe('the rules of federal grants', () => {
  const lodging = (facts: Cost['facts'], minor: number) =>
    allowed(FEDERAL, [cost({ category: 'lodging', meal: null, minor, facts })]);

  it('pay nights up to the cap, and tax besides', () => {
    expect(lodging({ nights: '6', tax: '80.00' }, 90_000)).toEqual([74_000]);
    expect(lodging({ nights: '6' }, 60_000)).toEqual([60_000]);
  });

  it('pay miles exactly, rounded once', () => {
    const drive = cost({
      category: 'mileage',
      meal: null,
      minor: 20_000,
      facts: { distance: '123.4' },
    });
    expect(allowed(FEDERAL, [drive])).toEqual([8947]);
  });

  it('pay a dearer class up to the fare in economy', () => {
    const facts = { by: 'train', class: 'first', lower_fare: '90.00' };
    const ride = cost({ category: 'travel', meal: null, minor: 15_000, facts });
    expect(allowed(FEDERAL, [ride])).toEqual([9000]);
  });

  it('need a record of each flight, and an exception for another carrier', () => {
    const find = (facts: Cost['facts']) =>
      judgeCosts(
        FEDERAL,
        [
          cost({
            category: 'travel',
            meal: null,
            facts: { by: 'air', class: 'economy', ...facts },
          }),
        ],
        AROUND,
      )[0]?.findings.map(({ kind, blocks }) => [kind, blocks]);
    const leg = (flight: string) => ({ on: '2023-05-21', from: 'LHR', to: 'SEA', flight });
    expect(find({})).toEqual([['record', true]]);
    expect(find({ legs: [leg('DL3972')] })).toEqual([]);
    expect(find({ legs: [leg('BA49')] })).toEqual([['record', true]]);
    expect(find({ legs: [leg('BA49')], exception: 'open_skies' })).toEqual([['record', true]]);
    expect(
      find({ legs: [leg('BA49')], exception: 'open_skies', exception_words: 'UK agreement.' }),
    ).toEqual([['look', false]]);
  });

  it('need a receipt from 75 USD on, and for lodging always', () => {
    const blocks = (more: Partial<Cost>) =>
      judgeCosts(
        FEDERAL,
        [cost({ category: 'other', meal: null, hasReceipt: false, ...more })],
        AROUND,
      )
        .flatMap(({ findings }) => findings)
        .some((finding) => finding.blocks);
    expect([blocks({ minor: 7499 }), blocks({ minor: 7500 })]).toEqual([false, true]);
    expect(blocks({ category: 'lodging', minor: 100, facts: { nights: '1' } })).toBe(true);
  });
});

describe('judging', () => {
  const anyCost = fc.record({
    id: fc.uuid(),
    category: fc.constantFrom(...CATEGORY_KEYS),
    meal: fc.constantFrom('breakfast', 'lunch', 'dinner', null),
    spentOn: fc.constantFrom('2023-05-21', '2023-05-22', null),
    minor: fc.integer({ min: 0, max: 500_000 }),
    currency: fc.constantFrom(USD, EUR),
    rate: fc.constant('1.0837'),
    people: fc.integer({ min: 1, max: 7 }),
    hasReceipt: fc.boolean(),
    facts: fc.record(
      {
        alcohol: fc.constantFrom('0', '3.33', '900.00', 'much'),
        nights: fc.constantFrom('1', '3', 'many'),
        distance: fc.constantFrom('12.5', '400'),
        from: fc.constant('2023-05-21'),
        until: fc.constant('2023-05-24'),
        class: fc.constantFrom('economy', 'first'),
        lower_fare: fc.constant('70.00'),
        not_paid_entertainment: fc.constant('12.00'),
      },
      { requiredKeys: [] },
    ),
  });

  it('loses no cent: what is allowed and what is taken off make up each cost', () => {
    fc.assert(
      fc.property(
        fc.array(anyCost, { maxLength: 8 }),
        fc.constantFrom(SP, FEDERAL, undefined),
        (costs, policy) => {
          const judged = judgeCosts(policy, costs, AROUND);
          expect(judged.map(({ id }) => id)).toEqual(costs.map(({ id }) => id));
          for (const [index, one] of judged.entries()) {
            const off = one.deductions.map(({ minor }) => minor);
            expect(one.allowedMinor).toBeGreaterThanOrEqual(0);
            expect(off.every((minor) => minor > 0)).toBe(true);
            expect(sumOf([one.allowedMinor, ...off])).toBe(costs[index]?.minor);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never pays more for one person’s dinners of a day than the cap, on however many slips', () => {
    const slips = fc.array(fc.integer({ min: 0, max: 9000 }), { maxLength: 6 });
    fc.assert(
      fc.property(slips, (amounts) => {
        const costs = amounts.map((minor, index) => cost({ id: `${index}`, minor }));
        expect(sumOf(allowed(SP, costs))).toBe(Math.min(2000, sumOf(amounts)));
      }),
    );
  });

  it('checks no amount against rules of another currency, and says that somebody has to look', () => {
    const [judged] = judgeCosts(SP, [cost({ minor: 9900 })], { ...AROUND, currency: EUR });
    expect([judged?.allowedMinor, judged?.findings[0]?.kind]).toEqual([9900, 'look']);
  });
});

describe('days outside of the summit', () => {
  it('are looked at, unless organisers agreed to their nights', () => {
    const said = { words: 'In the week.', source: 'S', source_date: '2026-01-11', confirm: false };
    const days = { kind: 'within_days', categories: ['lodging'], before: 0, after: 0 } as const;
    const policy = {
      ...SP,
      rules: [{ key: 'week', ...days, ...said, categories: ['lodging' as const] }],
    };
    const looks = (spentOn: string, agreedNights: readonly string[]) =>
      judgeCosts(policy, [cost({ category: 'lodging', meal: null, spentOn })], {
        ...AROUND,
        agreedNights,
      }).flatMap(({ findings }) => findings).length;
    expect(looks('2023-05-20', [])).toBe(1);
    expect(looks('2023-05-20', ['2023-05-20'])).toBe(0);
    expect(looks('2023-05-19', ['2023-05-20'])).toBe(1);
    // The morning after the last night that was agreed.
    expect(looks('2023-05-28', ['2023-05-27'])).toBe(0);
    expect(looks('2023-05-29', ['2023-05-27'])).toBe(1);
  });
});

describe('what is asked of a cost', () => {
  it('follows from the rules, each thing once', () => {
    const keys = (policy: typeof SP | undefined, category: (typeof CATEGORY_KEYS)[number]) =>
      factsAsked(policy, category).map(({ key }) => key);
    expect(keys(SP, 'meals')).toEqual(['alcohol', 'itemised', 'no_receipt']);
    expect(keys(FEDERAL, 'travel')).toEqual([
      'by',
      'class',
      'lower_fare',
      'legs',
      'exception',
      'exception_words',
      'no_receipt',
    ]);
    expect(keys(undefined, 'lodging')).toEqual(['nights', 'no_receipt']);
  });

  it('is read from what people type, and typed again the same', () => {
    const schema = factsSchema(FEDERAL, 'travel', USD);
    const legs = '2023-05-21 LHR SEA ba 49\n2023-05-27 New York → London UA0940';
    const read = schema.parse({ by: 'air', class: '', lower_fare: '1,250.5', legs, unasked: 'x' });
    expect(read).toEqual({
      by: 'air',
      lower_fare: '1250.50',
      legs: [
        { on: '2023-05-21', from: 'LHR', to: 'SEA', flight: 'BA49' },
        { on: '2023-05-27', from: 'New York', to: 'London', flight: 'UA0940' },
      ],
    });
    expect(schema.parse(factsAsTyped(read))).toMatchObject({ by: 'air', lower_fare: '1250.50' });
    expect(schema.parse(read)).toEqual(read);
  });

  it('tells at each key what is missing or wrong', () => {
    const told = factsSchema(FEDERAL, 'travel', USD).safeParse({
      class: 'sofa',
      legs: 'to Seattle',
    });
    expect(told.error?.issues.map(({ path, message }) => [path.join('.'), message])).toEqual([
      ['by', 'Fill in “How you travelled”. The longest part of the way.'],
      ['class', 'Choose one of the answers to “Class”.'],
      [
        'legs',
        'Flight 1 cannot be read; write it as day, from, to and flight number, such as 2023-05-21 SEA LHR UA123.',
      ],
    ]);
  });
});

describe('a set of rules as text', () => {
  const text = (rules: string) => `cairn: policy/1\ntitle: T\ncurrency: EUR\nrules:\n${rules}`;
  const dinner = (more: string) =>
    `  - key: dinner\n    kind: meal_cap\n    meal: dinner\n    source: S\n    source_date: 2026-01-01\n${more}`;

  it('reads amounts in the currency of the set, and writes them into the words', () => {
    const read = expectOk(readPolicy(text(dinner('    most: 12.5\n    words: Up to {most}.\n'))));
    const [rule] = read.rules;
    expect(rule && ruleWords(rule, read.currency)).toBe(`Up to ${formatMoney(1250, EUR)}.`);
  });

  it('tells each problem at its line', () => {
    const read = readPolicy(
      text(`${dinner('    most: 12.345\n    words: Up to {least}.\n')}${dinner('    words: W\n')}`),
      'own.yaml',
    );
    expect(read.ok || read.error.map(({ place, sentence }) => [place.line, sentence])).toEqual([
      [10, '“12.345” could mean two amounts; write all digits after the point, such as 12345.00.'],
      [12, '“most” is missing under Entry 2 of “rules”; add “most:” with a value.'],
    ]);
    const names = readPolicy(text(dinner('    most: 12\n    words: Up to {least}.\n')), 'own.yaml');
    expect(names.ok || names.error.map(({ place, sentence }) => [place.line, sentence])).toEqual([
      [11, '“{least}” stands for nothing here; this rule knows {most}.'],
    ]);
  });

  it('reads as the documentation writes it, every kind of rule', () => {
    const docs = readFileSync(
      new URL('../../../../../../docs/policies.md', import.meta.url),
      'utf8',
    );
    const examples = [...docs.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) =>
      expectOk(readPolicy(yaml)),
    );
    const kinds = new Set(examples.flatMap(({ rules }) => rules.map(({ kind }) => kind)));
    expect(kinds.size).toBe(13);
  });

  it('is never read where it is something else, and never thrown over', () => {
    for (const other of ['', 'currency: 1', 'cairn: policy/1\nrules: []', '- a', 'rules: {a: 1}']) {
      expect(readPolicy(other).ok).toBe(false);
    }
    fc.assert(fc.property(fc.string(), (any) => readPolicy(any).ok === false));
  });
});
