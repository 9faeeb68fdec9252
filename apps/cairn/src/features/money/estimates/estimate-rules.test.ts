import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { approvalOf, lastPassed, mayDecide, releasable } from './estimate-rules.ts';
import { readEstimate } from './estimate-schema.ts';

describe('an approval that goes beyond what is foreseen', () => {
  const beyond = [{ kind: 'line', sentence: 'Too little is left.' }] as const;
  const item = {
    id: 'i',
    position: 0,
    category: 'travel',
    text: '',
    lineId: 'l',
    spentMinor: 500,
    spentCurrency: 'USD' as never, // a currency that no rule here looks into
    minor: 500,
    rate: '1',
    rateOn: null,
    rateSource: null,
    capMinor: 400,
    capReason: '',
  } as const;
  const looked = { state: 'second_look', firstLookBy: 'tove', items: [item] } as const;
  const caps = (capMinor: number, lineId = 'l') => [{ itemId: 'i', lineId, capMinor, reason: '' }];

  test('needs a reason, then a second treasurer who agrees to as much on the same line', () => {
    const first = { ...looked, state: 'submitted', firstLookBy: null } as const;
    expect(approvalOf(first, 'tove', caps(400), beyond, ' ')).toMatchObject({ ok: false });
    expect(approvalOf(first, 'tove', caps(400), beyond, 'far')).toEqual({
      ok: true,
      value: 'second_look',
    });
    expect(approvalOf(looked, 'tove', caps(400), beyond, 'far')).toMatchObject({ ok: false });
    expect(approvalOf(looked, 'theo', caps(400), beyond, 'far')).toEqual({
      ok: true,
      value: 'approved',
    });
    expect(approvalOf(looked, 'theo', caps(500), beyond, 'far')).toEqual({
      ok: true,
      value: 'second_look',
    });
    expect(approvalOf(looked, 'theo', caps(400, 'm'), beyond, 'far')).toEqual({
      ok: true,
      value: 'second_look',
    });
    expect(approvalOf(looked, 'tove', caps(100), [], '')).toEqual({ ok: true, value: 'approved' });
  });

  test('nobody decides on their own, in any state', () => {
    expect(mayDecide({ personId: 'p', state: 'submitted' }, 'p')).toMatchObject({ ok: false });
    expect(mayDecide({ personId: 'p', state: 'approved' }, 'q')).toMatchObject({ ok: false });
  });
});

test('closing estimates one after another, in either order, releases all that was not claimed and no more', () => {
  fc.assert(
    fc.property(
      fc.nat(1000),
      fc.nat(1000),
      fc.nat(2000),
      fc.boolean(),
      (one, two, claimed, isFirst) => {
        const committed = Math.max(0, one + two - claimed);
        const [first, second] = isFirst ? [one, two] : [two, one];
        const released = releasable(committed, first, second);
        const rest = releasable(committed - released, second, 0);
        expect(released + rest).toBe(committed);
      },
    ),
  );
});

test('of several thresholds that have passed only the last is told', () => {
  expect(lastPassed([14, 3, 7], 2)).toBeUndefined();
  expect(lastPassed([14, 3, 7], 8)).toBe(7);
  expect(lastPassed([14, 3, 7], 90)).toBe(14);
});

test('whatever is posted as an estimate is read or refused at a field, and never thrown at', () => {
  const field = fc.constantFrom('category', 'text', 'amount', 'currency');
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom('travel', 'USD', '1,200.50', '-3', '1e9', '9'.repeat(30)),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(99), field, text)), (posted) => {
      const typed = Object.fromEntries(
        posted.map(([n, name, value]) => [`cost_${n}_${name}`, value]),
      );
      const read = readEstimate(typed);
      if (read.ok) expect(read.value.items.every(({ spentMinor }) => spentMinor >= 0)).toBe(true);
      else expect(read.error.every(({ place }) => place.path !== undefined)).toBe(true);
    }),
  );
});
