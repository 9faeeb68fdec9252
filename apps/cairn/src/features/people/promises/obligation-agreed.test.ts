import { expect, test } from 'vitest';
import type { Obligation } from '../../summits/schema.ts';
import { agreedWith } from './obligation-agreed.ts';

const attend = (meetings: number, of: number, text: string): Obligation => ({
  key: 'planning_meetings',
  text,
  rule: { kind: 'attend', meetings, of },
});
const present: Obligation = { key: 'presence', text: 'be there', rule: { kind: 'present' } };

test('a promise is shown in the words accepted and judged by the present rule', () => {
  expect(
    agreedWith([attend(1, 2, 'come to one of two')], [attend(2, 3, 'come to two of three')]),
  ).toEqual({
    promised: [
      {
        key: 'planning_meetings',
        wording: 'come to two of three',
        rule: { kind: 'attend', meetings: 1, of: 2 },
      },
    ],
    dropped: [],
    unpromised: [],
  });
});

test('what is no longer asked and what was not promised yet are told apart and not judged', () => {
  const old = attend(2, 3, 'come to two of three');
  expect(agreedWith([present], [old])).toEqual({
    promised: [],
    dropped: [old],
    unpromised: [present],
  });
});

test('somebody who accepted nothing has promised nothing', () => {
  expect(agreedWith([present], undefined)).toEqual({
    promised: [],
    dropped: [],
    unpromised: [present],
  });
});
