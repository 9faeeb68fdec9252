import fc from 'fast-check';
import { expect, test } from 'vitest';
import { later } from '../frame/frame-rules.ts';
import type { PlacedSession, ReleasedBlock, ReleasedRoom } from '../release/content-schema.ts';
import { dayGrid } from './grid-rules.ts';

const DATE = '2023-05-22';

const room = (id: string): ReleasedRoom => ({
  ...{ id, key: id, name: id, capacity: null, features: [], directions: '' },
});

const session = (
  id: string,
  starts: string,
  roomId: string | null,
  minutes = 90,
): PlacedSession => ({
  ...{ id, kind: 'work', title: id, text: '', topicNumber: null, groupKey: null, track: '' },
  ...{ date: DATE, starts, ends: later(starts, minutes), roomId, leads: [], people: [] },
});

const block = (starts: string, ends: string): ReleasedBlock => ({
  ...{ id: starts, date: DATE, starts, ends, kind: 'meal', title: 'Lunch', meal: 'lunch' },
  ...{ isProvided: true, roomId: null, place: '', text: '' },
});

const rooms = ['a', 'b', 'c'].map(room);

test('Rooms in which nothing is are no columns, and time in which nothing is no row.', () => {
  const grid = dayGrid({
    ...{ date: DATE, rooms, blocks: [] },
    sessions: [session('one', '09:30', 'a'), session('two', '14:00', 'c')],
  });
  expect(grid.columns.map((each) => each.room?.id)).toEqual(['a', 'c']);
  expect(grid.rows.map(({ starts, ends }) => [starts, ends])).toEqual([
    ['09:30', '11:00'],
    ['14:00', '15:30'],
  ]);
});

test('A block spans all rooms, and one beside which something runs is told apart.', () => {
  const sessions = [session('one', '09:30', 'a'), session('two', '11:00', 'b', 180)];
  const quiet = dayGrid({ date: DATE, rooms, blocks: [block('14:00', '15:00')], sessions });
  expect(quiet.rows.at(-1)).toMatchObject({ block: { rows: 1 }, cells: [], free: [] });
  expect(quiet.beside).toEqual([]);
  const crossed = dayGrid({ date: DATE, rooms, blocks: [block('13:00', '14:00')], sessions });
  expect(crossed.beside).toHaveLength(1);
});

test('What has no room yet, or one that is gone, has a column of its own.', () => {
  const sessions = [session('one', '09:30', null), session('two', '09:30', 'gone')];
  const grid = dayGrid({ date: DATE, rooms, blocks: [], sessions });
  expect(grid.columns).toEqual([{ room: undefined }]);
  expect(grid.rows[0]?.cells[0]?.sessions).toHaveLength(2);
});

test('Whatever overlaps, every session is in one cell and each row of the table has each column once.', () => {
  const any = fc.array(
    fc.record({
      starts: fc.integer({ min: 16, max: 34 }).map((half) => later('00:00', half * 30)),
      minutes: fc.constantFrom(30, 60, 90, 180),
      roomId: fc.constantFrom('a', 'b', 'c', null),
    }),
  );
  const lunches = fc.array(
    fc.constantFrom(['12:00', '13:00'], ['12:30', '14:00'], ['20:30', '21:00']),
  );
  fc.assert(
    fc.property(any, lunches, (placed, meals) => {
      const sessions = placed.map(({ starts, minutes, roomId }, index) =>
        session(String(index), starts, roomId, minutes),
      );
      const blocks = meals.map(([starts = '', ends = '']) => block(starts, ends));
      const { columns, rows } = dayGrid({ date: DATE, rooms, blocks, sessions });
      const shown = rows.flatMap(({ cells }) => cells.flatMap((cell) => cell.sessions));
      expect(shown.map(({ id }) => id).sort()).toEqual(sessions.map(({ id }) => id).sort());
      // As a browser lays it out: cells from above, own cells and free ones fill each row exactly.
      const open = columns.map(() => 0);
      let spanning = 0;
      for (const { block: begun, cells, free } of rows) {
        if (begun !== undefined) spanning = begun.rows;
        for (const { column, rows: high } of cells) {
          expect(open[column]).toBe(0);
          open[column] = high;
        }
        const taken = open.flatMap((left, column) => (left > 0 ? [column] : []));
        if (spanning > 0) expect([taken, free]).toEqual([[], []]);
        else expect([...taken, ...free].sort()).toEqual(columns.map((_, column) => column));
        for (const [column, left] of open.entries()) open[column] = Math.max(0, left - 1);
        spanning = Math.max(0, spanning - 1);
      }
    }),
  );
});
