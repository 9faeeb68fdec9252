import { expectZone } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, type Frame, later, slotsOf } from '../frame/frame-rules.ts';
import { type Board, boardOf, endOf, type Standing } from './board-rules.ts';
import { wordsOf } from './editor-rules.ts';
import { hereWords, placeSaid } from './here-rules.ts';
import { placeKey, readPlaceKey } from './place-key-rules.ts';
import { stepWords } from './step-words-rules.ts';

const block = (starts: string, ends: string, title: string): Block => ({
  id: `${starts}-${title}`,
  date: '2023-05-22',
  starts,
  ends,
  kind: 'break',
  title,
  meal: null,
  isProvided: false,
  roomId: null,
  place: '',
  text: '',
});

const room = (key: string) => ({
  id: `room-${key}`,
  key,
  name: key,
  capacity: null,
  features: [],
  directions: '',
  link: null,
});

const frame: Frame = {
  zone: expectZone('America/Los_Angeles'),
  slotMinutes: 30,
  sessionMinutes: 90,
  revision: 1,
  days: [
    { date: '2023-05-22', starts: '09:00', ends: '15:00' },
    { date: '2023-05-23', starts: '09:00', ends: '12:00' },
  ],
  blocks: [block('12:00', '13:00', 'Lunch')],
  rooms: [room('hall'), room('attic')],
  closures: [
    {
      id: 'c',
      roomId: 'room-attic',
      date: '2023-05-23',
      starts: '09:00',
      ends: '10:00',
      reason: '',
    },
  ],
};

const standing = (
  sessionId: string,
  at: string,
  minutes: number,
  roomId: string | null,
): Standing => {
  const [date = '', starts = ''] = at.split('T');
  return { sessionId, date, starts, ends: later(starts, minutes), roomId };
};

/** Everything on the board, cell by cell. */
const shownOn = (board: Board<Standing>): string[] =>
  board.days.flatMap(({ rows }) =>
    rows.flatMap((row) =>
      row.kind === 'block'
        ? []
        : row.cells.flatMap(({ sessions }) => sessions.map(({ sessionId }) => sessionId)),
    ),
  );

/** Where something stands: the start of its row, its room and how many rows it takes. */
const cellOf = (board: Board<Standing>, id: string) =>
  board.days
    .flatMap(({ rows }) =>
      rows.flatMap((row) =>
        row.kind === 'block' ? [] : row.cells.map((cell) => ({ at: row.slot.key, cell })),
      ),
    )
    .find(({ cell }) => cell.sessions.some(({ sessionId }) => sessionId === id));

describe('the board', () => {
  test('shows a session over as many rows as it takes, in its room', () => {
    const board = boardOf(frame, [standing('a', '2023-05-22T09:30', 90, 'room-attic')]);
    const found = cellOf(board, 'a');
    expect(found?.at).toBe('2023-05-22T09:30');
    expect([found?.cell.roomId, found?.cell.rows]).toEqual(['room-attic', 3]);
  });

  test('gives what overlaps in one room a cell together, so that rows never cross', () => {
    const board = boardOf(frame, [
      standing('a', '2023-05-22T09:00', 90, 'room-hall'),
      standing('b', '2023-05-22T10:00', 60, 'room-hall'),
    ]);
    const found = cellOf(board, 'b');
    expect([found?.at, found?.cell.rows]).toEqual(['2023-05-22T09:00', 4]);
    expect(found?.cell.sessions.map(({ sessionId }) => sessionId)).toEqual(['a', 'b']);
  });

  test('ends what runs into a block at the block, and keeps outside what has no place there', () => {
    const board = boardOf(frame, [
      standing('long', '2023-05-22T11:30', 90, 'room-hall'),
      standing('lunch', '2023-05-22T12:00', 30, 'room-hall'),
      standing('night', '2023-05-22T20:00', 30, 'room-hall'),
      standing('gone', '2023-05-22T09:00', 30, 'room-cellar'),
    ]);
    expect(cellOf(board, 'long')?.cell.rows).toBe(1);
    expect(board.outside.map(({ sessionId }) => sessionId)).toEqual(['lunch', 'night', 'gone']);
  });

  test('has a column for what has no room only where there is such a thing', () => {
    expect(boardOf(frame, []).days[0]?.rooms).toEqual(['room-hall', 'room-attic']);
    const board = boardOf(frame, [standing('a', '2023-05-22T09:00', 30, null)]);
    expect(board.days.map(({ rooms }) => rooms.length)).toEqual([3, 2]);
    expect(cellOf(board, 'a')?.cell.roomId).toBeNull();
  });

  test('says of each cell whether its room is closed then', () => {
    const rows = boardOf(frame, []).days[1]?.rows ?? [];
    const closed = rows.map((row) => (row.kind === 'slot' ? row.cells[1]?.closed : undefined));
    expect(closed).toEqual(['closed', 'closed', undefined, undefined, undefined, undefined]);
  });

  test('loses nothing and shows nothing twice, whatever stands where, and no row is too wide', () => {
    const times = fc
      .integer({ min: 0, max: 24 * 4 - 1 })
      .map((quarter) => later('00:00', quarter * 15));
    const anything = fc.array(
      fc.record({
        date: fc.constantFrom('2023-05-22', '2023-05-23', '2023-05-24'),
        starts: times,
        minutes: fc.integer({ min: 5, max: 300 }),
        roomId: fc.constantFrom('room-hall', 'room-attic', 'room-cellar', null),
      }),
      { maxLength: 14 },
    );
    fc.assert(
      fc.property(anything, (all) => {
        const given = all.map(({ date, starts, minutes, roomId }, index) =>
          standing(`s${index}`, `${date}T${starts}`, minutes, roomId),
        );
        const board = boardOf(frame, given);
        const shown = [...shownOn(board), ...board.outside.map(({ sessionId }) => sessionId)];
        expect(shown.toSorted()).toEqual(given.map(({ sessionId }) => sessionId).toSorted());
        // As HTML counts: in each row the cells that begin there and those that reach into it are all columns.
        for (const { rows, rooms } of board.days) {
          let covered: number[] = rooms.map(() => 0);
          for (const row of rows) {
            if (row.kind === 'block') {
              expect(covered.every((left) => left === 0)).toBe(true);
              continue;
            }
            const begun = row.cells.map(({ roomId }) => rooms.indexOf(roomId));
            expect(begun).toEqual([...covered.keys()].filter((column) => covered[column] === 0));
            covered = covered.map((left, column) => {
              const cell = row.cells.find(({ roomId }) => roomId === rooms[column]);
              return cell === undefined ? left - 1 : cell.rows - 1;
            });
          }
          expect(covered.every((left) => left === 0)).toBe(true);
        }
      }),
    );
  });

  test('lets a session last whole slots', () => {
    expect(endOf({ starts: '09:00' }, 90, 30)).toBe('10:30');
    expect(endOf({ starts: '09:00' }, 50, 30)).toBe('10:00');
  });
});

describe('the key of a place', () => {
  test('is read as it is written, for every slot and room', () => {
    for (const { date, starts } of slotsOf(frame)) {
      for (const { id: roomId } of frame.rooms) {
        const place = { date, starts, roomId };
        expect(readPlaceKey(placeKey(place, frame.rooms), frame.rooms)).toEqual(place);
      }
    }
  });

  test.each([
    '',
    '@hall',
    '2023-05-22T09:00',
    '2023-05-22T09:00@cellar',
    '2023-05-22T9:00@hall',
    'x',
  ])('of nowhere, such as “%s”, is none', (key) =>
    expect(readPlaceKey(key, frame.rooms)).toBeUndefined(),
  );
});

describe('in words', () => {
  const sessions = [{ id: 'a', title: 'Arrays', minutes: 90 }];
  const at = (starts: string, isPinned = false) => ({
    date: '2023-05-22',
    starts,
    roomId: 'room-hall',
    isPinned,
  });
  const told = (before: ReturnType<typeof at> | null, after: ReturnType<typeof at> | null) =>
    stepWords(frame, sessions, { before: { a: before }, after: { a: after }, undoes: null });

  test('a change says what was moved from where to where', () => {
    expect(told(null, at('09:00'))).toBe('put “Arrays” on Monday 09:00–10:30, hall');
    expect(told(at('09:00'), at('10:00'))).toBe(
      'moved “Arrays” from Monday 09:00–10:30, hall to Monday 10:00–11:30, hall',
    );
    expect(told(at('09:00'), null)).toBe('took “Arrays” out');
    expect(told(at('09:00'), at('09:00', true))).toBe('pinned “Arrays”');
    expect(told(at('09:00', true), at('09:00'))).toBe('released “Arrays”');
  });

  test('a change of many sessions is cut, and an undone one says that it is', () => {
    const many = Object.fromEntries(['a', 'b', 'c', 'd', 'e'].map((id) => [id, null]));
    const words = stepWords(frame, sessions, { before: {}, after: many, undoes: 3 });
    expect(words).toMatch(/^took a change back: took “Arrays” out; .*; and 2 more$/);
  });

  test('a place without a room, and a room that is gone, are told as such', () => {
    const { place } = wordsOf(frame);
    const where = { date: '2023-05-22', starts: '09:00' };
    expect(place({ ...where, roomId: null }, { minutes: 30 })).toContain('no room yet');
    expect(place({ ...where, roomId: 'x' }, { minutes: 30 })).toContain('a room that is gone');
  });

  test('who else is here is one sentence', () => {
    expect(hereWords([])).toBe('');
    expect(hereWords(['Ada'])).toBe('Ada works on this draft too, at this moment.');
    expect(hereWords(['Ada', 'Bo'])).toBe('Ada and Bo work on this draft too, at this moment.');
    const place = { key: '', words: 'Monday 9', state: 'costs', reasons: ['Bo is away.'] } as const;
    expect(placeSaid(place)).toBe('Monday 9: costs. Bo is away.');
  });
});
