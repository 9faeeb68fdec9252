import { formatIcal } from '@cairn/formats/ical';
import { parseIcal } from '@cairn/formats/ical-reading';
import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import nodeIcal from 'node-ical';
import { expect, test } from 'vitest';
import { itemKey, type KeptItem, keptItems, timetableEntry } from './history-rules.ts';
import { type OwnPart, ownItems } from './own-agenda-rules.ts';
import { lastingMinutes, type Programme, type ProgrammeItem } from './programme-rules.ts';

const START = Temporal.Instant.from('2023-05-01T12:00:00Z');
const at = (hour: number) => START.add({ hours: hour });

const item = fc.record({
  id: fc.constantFrom('a', 'b', 'c'),
  title: fc.constantFrom('One', 'Two; “,”\n\u0001'),
  starts: fc.constantFrom('09:00', '10:30'),
  roomKey: fc.constantFrom('hall', 'attic', null),
});
const asItem = ({
  id,
  title,
  starts,
  roomKey,
}: Pick<ProgrammeItem, 'id' | 'title' | 'starts' | 'roomKey'>) =>
  ({
    ...{ id, title, starts, roomKey, ends: '12:00', date: '2023-05-22', place: roomKey ?? '' },
    ...{ kind: 'work', isBlock: false, text: '', track: '', groupKey: null, leads: [], people: [] },
  }) as ProgrammeItem;
const programme = (items: readonly ProgrammeItem[]): Programme => ({
  ...{ zone: 'America/Los_Angeles', slotMinutes: 30, days: ['2023-05-22'], rooms: [], items },
});
const releases = fc
  .array(fc.uniqueArray(item, { selector: ({ id }) => id }), { minLength: 1, maxLength: 6 })
  .map((all) =>
    all.map((items, index) => ({
      programme: programme(items.map((each) => asItem(each))),
      releasedAt: at(index),
    })),
  );
const inHall = ({ roomKey }: ProgrammeItem) => roomKey === 'hall';

test('what a calendar told once it tells for ever, and sequences never sink', () => {
  fc.assert(
    fc.property(releases, fc.boolean(), (all, isRoom) => {
      const belongs = isRoom ? inHall : () => true;
      let before: ReadonlyMap<string, KeptItem> = new Map();
      for (let count = 1; count <= all.length; count++) {
        const now = keptItems(all.slice(0, count), belongs);
        const last = all[count - 1]?.programme.items.filter(belongs) ?? [];
        for (const [id, was] of before) {
          const is = now.get(id);
          expect(is?.sequence).toBeGreaterThanOrEqual(was.sequence);
          // Whatever people plan by is another only under a higher sequence.
          const plannedBy = ({ item: each, status }: KeptItem) =>
            [status, each.title, each.date, each.starts, each.ends, each.place].join('|');
          if (is !== undefined && plannedBy(is) !== plannedBy(was)) {
            expect(is.sequence).toBeGreaterThan(was.sequence);
            expect(is.lastModified).toEqual(at(count - 1));
          }
        }
        const confirmed = [...now].filter(([, { status }]) => status === 'CONFIRMED');
        expect(confirmed.map(([id]) => id).sort()).toEqual(last.map(({ id }) => id).sort());
        before = now;
      }
    }),
  );
});

test('a release that says the same again changes nothing', () => {
  fc.assert(
    fc.property(releases, (all) => {
      const again = all.flatMap((each) => [
        each,
        { ...each, releasedAt: each.releasedAt.add({ minutes: 1 }) },
      ]);
      expect(keptItems(again, () => true)).toEqual(keptItems(all, () => true));
    }),
  );
});

test('every calendar is read alike by a second implementation', () => {
  fc.assert(
    fc.property(releases, (all) => {
      const entries = [...keptItems(all, () => true).values()].map((kept) =>
        timetableEntry(kept, {
          uidOf: (each) => `${itemKey(each)}@test`,
          ...{ page: 'https://example.org/s/sp', venue: 'eScience Institute' },
        }),
      );
      const text = formatIcal({ prodId: '-//Cairn//test//EN', name: 'Test', entries });
      const theirs = Object.values(nodeIcal.sync.parseICS(text)).filter(
        (each) => each?.type === 'VEVENT',
      );
      expect(expectOk(parseIcal(text)).entries.map(({ uid }) => uid)).toEqual(
        entries.map(({ uid }) => uid),
      );
      expect(theirs.map((each) => [each?.uid, each?.status, Number(each?.sequence)])).toEqual(
        entries.map(({ uid, status, sequence }) => [uid, status, sequence]),
      );
    }),
    { numRuns: 30 },
  );
});

test('a session lasts as long as it really does when the clocks change', () => {
  const night = { date: '2023-03-12', starts: '00:00', ends: '06:00' };
  expect(lastingMinutes(night, 'America/Los_Angeles' as never)).toBe(300);
  expect(lastingMinutes({ ...night, ends: '24:00' }, 'America/Los_Angeles' as never)).toBe(1380);
});

test('of a timetable one’s own calendar holds what one goes to, and takes back what one went to', () => {
  const kept = (id: string, said: Partial<ProgrammeItem> = {}): KeptItem => ({
    item: { ...asItem({ id: 'a', title: 'T', starts: '09:00', roomKey: null }), id, ...said },
    ...{ zone: 'Europe/Berlin', status: 'CONFIRMED', sequence: 2, lastModified: at(1) },
  });
  const part: OwnPart = {
    ...{ personId: 'me', comes: true, everCame: true, since: START },
    goes: new Set(['mine']),
    wasIn: new Set(['left']),
    groups: new Set(['docs']),
    changed: new Map([
      ['left', at(2)],
      ['group', at(3)],
    ]),
  };
  const all = [
    kept('mine'),
    kept('left'),
    kept('other'),
    kept('group', { groupKey: 'docs' }),
    kept('lunch', { isBlock: true, kind: 'meal' }),
  ];
  const told = (given: OwnPart) =>
    ownItems(all, given).map(({ item: each, status, sequence }) => [each.id, status, sequence]);
  expect(told(part)).toEqual([
    ['mine', 'CONFIRMED', 2],
    ['left', 'CANCELLED', 2 + 7200],
    ['group', 'CANCELLED', 2 + 10_800],
    ['lunch', 'CONFIRMED', 2],
  ]);
  const gone = { ...part, comes: false, changed: new Map([...part.changed, ['', at(4)] as const]) };
  expect(told(gone).map(([, status]) => status)).toEqual(Array(3).fill('CANCELLED'));
});
