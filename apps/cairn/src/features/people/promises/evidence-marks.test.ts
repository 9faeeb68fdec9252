import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { promisedSummit } from '../../../../../../tests/promises.ts';
import { changedMarks, markValue } from './evidence-marks.ts';
import { occasionsOf } from './evidence-occasions.ts';

const occasions = occasionsOf(promisedSummit(), Temporal.Instant.from('2023-04-15T12:00:00Z'));
const ADA = '00000000-0000-4000-8000-000000000001';
const BOB = '00000000-0000-4000-8000-000000000002';
const box = (personId: string, subject: string) => markValue(personId, { subject });

const changes = (ticked: string[], shown: string[]) => {
  const found = changedMarks(ticked, shown, occasions);
  if (!found.ok) throw new Error(found.error.sentence);
  const values = (marks: readonly { personId: string; occasion: { subject: string } }[]) =>
    marks.map(({ personId, occasion }) => markValue(personId, occasion));
  return { added: values(found.value.added), removed: values(found.value.removed) };
};

describe('the boxes of a grid', () => {
  test('only what differs from what was shown is a change', () => {
    expect(
      changes(
        [box(ADA, 'meeting:february'), box(BOB, 'meeting:march')],
        [box(ADA, 'meeting:february'), box(BOB, 'meeting:february')],
      ),
    ).toEqual({ added: [box(BOB, 'meeting:march')], removed: [box(BOB, 'meeting:february')] });
  });

  test('two organisers who start from the same page lose nothing of each other', () => {
    const boxes = [ADA, BOB].flatMap((person) =>
      ['meeting:february', 'meeting:march', 'meeting:april'].map((subject) => box(person, subject)),
    );
    const some = fc.subarray(boxes);
    fc.assert(
      fc.property(some, some, some, (shown, first, second) => {
        const stored = new Set(shown);
        for (const { added, removed } of [changes(first, shown), changes(second, shown)]) {
          for (const value of added) stored.add(value);
          for (const value of removed) stored.delete(value);
        }
        for (const value of boxes) {
          const was = shown.includes(value);
          const changed = first.includes(value) !== was || second.includes(value) !== was;
          expect(stored.has(value)).toBe(changed ? !was : was);
        }
      }),
    );
  });

  test('what has not begun cannot be ticked', () => {
    expect(changedMarks([box(ADA, 'day:2023-05-22')], [], occasions)).toMatchObject({
      ok: false,
      error: { code: 'not-begun' },
    });
  });

  test.each([box(ADA, 'meeting:dropped'), 'nobody meeting:february', '', `${ADA} `])(
    'the box %j belongs to no page',
    (value) => {
      expect(changedMarks([value], [], occasions)).toMatchObject({
        ok: false,
        error: { code: 'unknown-mark' },
      });
    },
  );
});
