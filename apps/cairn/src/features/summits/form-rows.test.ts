import { describe, expect, test } from 'vitest';
import type { Group } from './form-parts.ts';
import { readRowAction, withRowAction } from './form-rows.ts';

const FORM: Group = {
  kind: 'group',
  parts: {
    days: {
      kind: 'list',
      label: 'Days',
      one: 'day',
      whenEmpty: 'keep',
      item: {
        kind: 'group',
        parts: {
          name: { kind: 'line', label: 'Name' },
          meals: {
            kind: 'list',
            label: 'Meals',
            one: 'meal',
            whenEmpty: 'keep',
            item: { kind: 'line', label: 'Meal' },
          },
        },
      },
    },
  },
};
const TYPED = {
  days: [
    { name: 'Mon', meals: ['soup'] },
    { name: 'Tue', meals: [] },
  ],
};

const after = (pressed: string) => {
  const action = readRowAction(pressed);
  return action && withRowAction(FORM, TYPED, action);
};
const [mon, tue] = TYPED.days;

describe('the buttons of rows', () => {
  test.each([
    ['add days', { days: [mon, tue, { name: '', meals: [] }] }],
    ['add days[1].meals', { days: [mon, { name: 'Tue', meals: [''] }] }],
    ['remove days[0]', { days: [tue] }],
    ['remove days[0].meals[0]', { days: [{ name: 'Mon', meals: [] }, tue] }],
    ['up days[1]', { days: [tue, mon] }],
    ['down days[0]', { days: [tue, mon] }],
  ])('%s', (pressed, expected) => {
    expect(after(pressed)).toEqual(expected);
  });

  test.each([
    'up days[0]',
    'down days[1]',
    'remove days[7]',
    'add days[0].name',
    'add nothing',
    'add __proto__',
  ])('%s does not fit, and leaves everything as it was typed', (pressed) => {
    expect(after(pressed)).toEqual(TYPED);
  });

  test.each(['save', 'explode days[0]', 'add', 'add days now'])(
    '%s is no such button',
    (pressed) => {
      expect(readRowAction(pressed)).toBeUndefined();
    },
  );
});
