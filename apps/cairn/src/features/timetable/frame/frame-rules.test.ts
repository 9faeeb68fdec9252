import { expectZone, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedDefinition } from '../../../../../../tests/summit.ts';
import { closedFrom, closuresAfter, isClosed, momentIn } from './closure-rules.ts';
import { firstFrame } from './first-frame-rules.ts';
import { type Block, later, minutesOf, slotsOf, timeAt, workOf } from './frame-rules.ts';
import { lengthWords, stretchWords } from './frame-words-rules.ts';

const days = ['2023-05-22', '2023-05-23'].map((date) => ({ date, starts: '09:00', ends: '17:30' }));

describe('a day without its blocks', () => {
  const span = fc
    .tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 1, max: 12 }))
    .map(([from, length]): Block => {
      const starts = timeAt(8 * 60 + from * 15);
      return {
        id: String(from),
        date: '2023-05-22',
        starts,
        ends: later(starts, length * 15),
        kind: 'break',
        title: '',
        meal: null,
        isProvided: false,
        roomId: null,
        place: '',
        text: '',
      };
    });

  test('and its blocks cover the day, and share no minute', () => {
    fc.assert(
      fc.property(fc.array(span, { maxLength: 6 }), (blocks) => {
        const work = workOf({ days, blocks }, '2023-05-22');
        for (let minute = 9 * 60; minute < 17 * 60 + 30; minute += 5) {
          const at = timeAt(minute);
          const isIn = ({ starts, ends }: { starts: string; ends: string }) =>
            starts <= at && at < ends;
          expect(work.some(isIn)).toBe(!blocks.some(isIn));
        }
      }),
    );
  });

  test('is cut into slots of one length, each in a stretch of work', () => {
    fc.assert(
      fc.property(
        fc.array(span, { maxLength: 6 }),
        fc.constantFrom(15, 30, 45, 60),
        (blocks, slotMinutes) => {
          const work = workOf({ days, blocks }, '2023-05-22');
          for (const slot of slotsOf({ days, blocks, slotMinutes })) {
            expect(minutesOf(slot.ends) - minutesOf(slot.starts)).toBe(slotMinutes);
            if (slot.date !== '2023-05-22') continue;
            const isInside = work.some(
              (each) => each.starts <= slot.starts && slot.ends <= each.ends,
            );
            expect(isInside).toBe(true);
          }
        },
      ),
    );
  });
});

test('a frame begins with the days and meals of the definition, and contradicts nothing', () => {
  const first = firstFrame(seedDefinition());
  expect(first.days.map(({ date }) => date)).toEqual([
    '2023-05-22',
    '2023-05-23',
    '2023-05-24',
    '2023-05-25',
    '2023-05-26',
  ]);
  expect(first.blocks.slice(0, 3).map(({ title, starts }) => [title, starts])).toEqual([
    ['Lunch', '12:30'],
    ['Morning check-in', '09:00'],
    ['Closing round', '17:00'],
  ]);
});

describe('a room that is closed from a moment on', () => {
  const flood = closedFrom(days, { date: '2023-05-22', time: '10:40' });
  const closures = flood.map((stretch, index) => ({
    ...stretch,
    id: String(index),
    roomId: 'hall',
    reason: '',
  }));

  test('stays closed to the end of the last day', () => {
    expect(flood).toEqual([
      { date: '2023-05-22', starts: '10:40', ends: '24:00' },
      { date: '2023-05-23', starts: '00:00', ends: '24:00' },
    ]);
    const at = (date: string, starts: string) => ({ date, starts, ends: later(starts, 30) });
    expect(isClosed(closures, 'hall', at('2023-05-22', '10:00'))).toBe(false);
    expect(isClosed(closures, 'hall', at('2023-05-22', '10:30'))).toBe(true);
    expect(isClosed(closures, 'attic', at('2023-05-22', '12:00'))).toBe(false);
  });

  test('opens from another moment on, and what has been stays closed', () => {
    const from = { date: '2023-05-22', time: '15:00' };
    const { gone, cut } = closuresAfter(closures, { roomId: 'hall', from });
    expect(gone.map(({ id }) => id)).toEqual(['1']);
    expect(cut.map(({ id, ends }) => [id, ends])).toEqual([['0', '15:00']]);
  });
});

test('the moment of the summit’s clock is told in its zone', () => {
  const now = Temporal.Instant.from('2023-05-23T02:15:00Z');
  expect(momentIn(now, expectZone('America/Los_Angeles'))).toEqual({
    date: '2023-05-22',
    time: '19:15',
  });
});

test('lengths and stretches are told in words', () => {
  expect([20, 60, 90, 125].map(lengthWords)).toEqual(['20 min', '1 h', '1 h 30', '2 h 05']);
  expect(stretchWords({ date: '2023-05-22', starts: '09:00', ends: '10:30' })).toBe(
    'Monday, 09:00–10:30',
  );
});
