import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entry, timetableOf } from '../../../../../../tests/now-timetable.ts';
import { changeBetween, changed, inOrder } from './change-rules.ts';
import type { Entry } from './now-rules.ts';

const base = ['09:00', '10:00', '11:00', '12:00'].map((starts) =>
  entry('2023-05-22', starts, '13:00', 'hall', 'x'),
);
const anyEntries = fc
  .array(
    fc.record({
      at: fc.nat({ max: 3 }),
      title: fc.constantFrom('x', 'y', 'é'),
      room: fc.constantFrom('hall', null),
    }),
    { maxLength: 4 },
  )
  .map((drawn): Entry[] => {
    const byId = new Map<string, Entry>();
    for (const { at, title, room } of drawn) {
      const own = base[at];
      if (own !== undefined) byId.set(own.id, { ...own, title, room });
    }
    return [...byId.values()].sort(inOrder);
  });
const of = (entries: readonly Entry[], stamp: string) => ({
  ...timetableOf({ days: [], rooms: [], entries: [] }),
  entries,
  stamp,
});

test('a change makes of the state before the state after, and says no more than it must', () => {
  fc.assert(
    fc.property(anyEntries, anyEntries, (one, other) => {
      const [before, now] = [of(one, '1'), of(other, '2')];
      const change = changeBetween(before, now);
      expect(changed(before, change)).toEqual(now);
      expect(changeBetween(now, now).entries).toEqual([]);
      expect(change.entries.length + change.gone.length).toBeLessThanOrEqual(
        one.length + other.length,
      );
    }),
  );
});
