import { expectCurrency, sumOf } from '@cairn/kernel/money';
import { ok } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FundLine } from '../funders/funder-rules.ts';
import { assess } from './assess-rules.ts';
import {
  CLAIM_STATES,
  type Claim,
  type ClaimItem,
  mayNotDecide,
  nextClaimState,
} from './claim-rules.ts';
import { claimAsTyped, readDraft } from './draft-schema.ts';
import { reminderDue, USUAL_REMINDERS } from './reminder-rules.ts';
import { convertedShares, spentShares } from './share-rules.ts';

const USD = expectCurrency('USD');

describe('states', () => {
  test('what is decided, sent or paid is changed by nobody who claims', () => {
    const changeable = CLAIM_STATES.filter((state) => nextClaimState(state, 'save') !== undefined);
    expect(changeable).toEqual(['draft', 'returned']);
    for (const state of ['approved', 'sent', 'paid', 'declined', 'withdrawn'] as const) {
      expect(nextClaimState(state, 'withdraw')).toBeUndefined();
      expect(nextClaimState(state, 'approve')).toBeUndefined();
    }
  });

  test('a second look is another one’s', () => {
    const claim = {
      personId: 'p',
      enteredBy: 'p',
      state: 'second_look',
      firstLookBy: 'a',
    } as const;
    expect(mayNotDecide(claim, 'a')).toContain('first');
    expect(mayNotDecide(claim, 'p')).toContain('your own');
    expect(mayNotDecide(claim, 'b')).toBeUndefined();
  });
});

describe('shares', () => {
  test('parts of a cost add up to it, as spent and as converted', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.array(fc.option(fc.integer({ min: 0, max: 5_000 })), { maxLength: 6 }),
        (spentMinor, minor, others) => {
          const covers = others.map((share, index) => ({ personId: `${index}`, minor: share }));
          const shares = spentShares({ spentMinor, spentCurrency: USD, covers }, 'me');
          const given = sumOf(others.map((share) => share ?? 0));
          expect(shares.ok).toBe(given <= spentMinor);
          if (!shares.ok) return;
          expect(sumOf(shares.value.map((share) => share.minor))).toBe(spentMinor);
          const converted = convertedShares(shares.value, minor);
          expect(sumOf(converted.map((share) => share.minor))).toBe(minor);
          expect(converted.every((share) => share.minor >= 0)).toBe(true);
        },
      ),
    );
  });
});

describe('the form', () => {
  const item: ClaimItem = {
    ...{ id: '3f3b1b0e-5d0f-4f6c-9b39-0c8f9b2f0a11', position: 0, category: 'meals' },
    ...{ meal: 'dinner', spentOn: '2023-05-22', text: '', facts: { alcohol: '4.00' } },
    ...{ spentMinor: 2_600, spentCurrency: USD, lineId: null, minor: null, rate: null },
    ...{ rateOn: null, rateSource: null, deductions: [], findings: [], approvedMinor: null },
    ...{ reason: '', committedMinor: 0, receiptIds: [], typed: {} },
    covers: [{ personId: '9d0f7a52-0d52-4a8c-8f3b-4d2b6ac0d001', minor: 1_000 }],
  };
  const claim = { items: [item], title: 'Dinners', note: '', isFinal: true, overReason: '' };

  test('what is stored comes back from its form as it was', () => {
    const { draft, problems } = readDraft(claimAsTyped(claim as never));
    expect(problems).toEqual([]);
    expect(draft).toMatchObject({ title: 'Dinners', isFinal: true });
    const { id, category, meal, spentOn, facts, spentMinor, covers } = item;
    expect(draft.items[0]).toMatchObject({
      id,
      category,
      meal,
      spentOn,
      facts,
      spentMinor,
      covers,
    });
  });

  test('how much others claim of a slip, and by which claim, is not told', () => {
    const [noor] = item.covers;
    const use = { totalMinor: 6_000, currency: 'USD', partMinor: null, usesElsewhere: 1 };
    const meal = { personId: noor?.personId, spentOn: '2023-05-22', meal: 'dinner', number: 7 };
    const world = {
      ...{
        lines: [],
        payee: undefined,
        policies: new Map(),
        circumstances: {},
        today: '2023-06-01',
      },
      ...{ earlier: new Map(), committed: new Map(), estimatedLines: new Set(), names: new Map() },
      ...{
        claimedMeals: [meal],
        receipts: new Map([['r', { ...use, id: 'r', elsewhereMinor: 4_133 }]]),
      },
    };
    const own = { ...claim, personId: 'p', items: [{ ...item, receiptIds: ['r'] }] };
    const { problems } = assess(own as never, world as never, new Map());
    expect(problems.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['slip-too-small', 'meal-twice']),
    );
    const told = problems.map(({ sentence }) => sentence).join(' ');
    for (const theirs of ['41.33', '67.33', 'C-7']) expect(told).not.toContain(theirs);
  });

  test('what cannot be read is kept as it was typed, and told at its field', () => {
    const typed = { ...claimAsTyped(claim as never), 'amount[0]': '1,133', 'spent_on[0]': 'May' };
    const { draft, problems } = readDraft(typed);
    expect(problems.map(({ place }) => place.path)).toEqual(['spent_on[0]', 'amount[0]']);
    expect(draft.items[0]).toMatchObject({
      spentMinor: null,
      spentOn: null,
      typed: { amount: '1,133', spent_on: 'May' },
    });
  });
});

describe('caps of the rules', () => {
  test('pay a dinner on two slips as one, whichever lines they are put on', () => {
    const line = (id: string): FundLine =>
      ({
        ...{ id, title: id, categories: ['meals'], paysFor: 'everyone', needsEstimate: false },
        funder: { currency: USD, fromOn: null, untilOn: null },
      }) as unknown as FundLine; // what is read of it
    const said = { words: '', source: '', source_date: '2023-01-01', confirm: false };
    const cap = { ...said, key: 'dinner', kind: 'meal_cap', meal: 'dinner', most: 2_000 } as const;
    const dinners = { title: '', currency: USD, about: '', rules: [cap] };
    const policy = { ...dinners, id: 'p', key: 'p', revision: 1, unconfirmed: [] };
    const circumstances = {
      ...{ firstDay: '2023-05-21', lastDay: '2023-05-27', submittedOn: '2023-06-01' },
      provided: () => undefined,
    };
    const lines = [line('a'), line('b')];
    const items = lines.map(({ id }) => ({
      ...{ id, category: 'meals', meal: 'dinner', spentOn: '2023-05-22', text: '', lineId: id },
      ...{
        facts: {},
        spentMinor: 1_800,
        spentCurrency: USD,
        covers: [],
        receiptIds: [],
        typed: {},
      },
    }));
    const claim = { items, personId: 'me', overReason: '' } as unknown as Claim; // what is read of it
    const rate = ok({ rate: '1', onDate: '2023-05-22', source: '' });
    const { items: assessed } = assess(
      claim,
      {
        ...{ lines, policies: new Map(lines.map(({ id }) => [id, policy])), circumstances },
        payee: { personId: 'me', communities: [], tracks: [], seatKind: 'funded' },
        ...{ earlier: new Map(), committed: new Map(), estimatedLines: new Set<string>() },
        ...{ claimedMeals: [], receipts: new Map(), names: new Map(), today: '2023-06-01' },
      },
      new Map(items.map(({ id }) => [id, rate])),
    );
    expect(assessed.map(({ allowed }) => allowed)).toEqual([1_800, 200]);
  });
});

describe('reminders', () => {
  const since = Temporal.Instant.from('2023-06-01T12:00:00Z');
  const after = (days: number) => since.add({ hours: 24 * days });
  const due = (
    state: 'submitted' | 'draft' | 'sent',
    remindedAt: Temporal.Instant | null,
    days: number,
  ) =>
    reminderDue(
      { state, remindedAt, items: [{} as ClaimItem] },
      since,
      USUAL_REMINDERS,
      after(days),
    );

  test('treasurers hear once after each number of days, and once of a leap', () => {
    expect(due('submitted', null, 4)).toBeUndefined();
    expect(due('submitted', null, 5)).toEqual({ to: 'treasurers', why: 'waiting', days: 5 });
    expect(due('submitted', after(5), 9)).toBeUndefined();
    expect(due('submitted', after(5), 21)).toEqual({ to: 'treasurers', why: 'waiting', days: 21 });
    expect(due('submitted', after(21), 300)).toBeUndefined();
  });

  test('treasurers hear of a claim that was sent and is not paid, until it is', () => {
    const unpaid = (days: number) => ({ to: 'treasurers', why: 'unpaid', days });
    expect(due('sent', null, 13)).toBeUndefined();
    expect(due('sent', null, 14)).toEqual(unpaid(14));
    expect(due('sent', after(-3), 13)).toBeUndefined();
    expect(due('sent', after(-3), 14)).toEqual(unpaid(14));
    expect(due('sent', after(14), 27)).toBeUndefined();
    expect(due('sent', after(14), 28)).toEqual(unpaid(28));
  });

  test('its owner hears of a draft again and again, of its deadline once, and of an empty one never', () => {
    expect(due('draft', null, 7)).toMatchObject({ why: 'draft' });
    expect(due('draft', after(7), 13)).toBeUndefined();
    expect(due('draft', after(7), 14)).toMatchObject({ why: 'draft' });
    const draft = { state: 'draft', remindedAt: null, items: [{} as ClaimItem] } as const;
    const left = (remindedAt: Temporal.Instant | null, days: number, daysLeft: number) =>
      reminderDue({ ...draft, remindedAt }, since, USUAL_REMINDERS, after(days), daysLeft);
    expect(left(null, 1, 6)).toEqual({ to: 'owner', why: 'deadline', days: 6 });
    expect(left(after(1), 4, 3)).toBeUndefined();
    const empty = { ...draft, items: [] };
    expect(reminderDue(empty, since, USUAL_REMINDERS, after(50))).toBeUndefined();
  });
});
