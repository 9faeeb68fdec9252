import { expect, test } from 'vitest';
import { block, entry, timetableOf } from '../../../../../../tests/now-timetable.ts';
import { gatheringsAt, type Whereabouts } from './where-rules.ts';

const docs = entry('2023-05-22', '09:00', '10:00', 'hall', 'docs');
const wheels = entry('2023-05-22', '09:00', '10:00', 'attic', 'wheels');
const lunch = block('2023-05-22', '12:00', '13:00', 'meal');
const timetable = timetableOf({ days: [], rooms: [], entries: [docs, wheels, lunch] });
const person = (name: string, own: readonly { id: string }[] = []): Whereabouts => ({
  id: name,
  name,
  own: new Set(own.map(({ id }) => id)),
  presence: undefined,
});
const at = (time: string) => ({
  at: Date.parse(`2023-05-22T${time}:00Z`),
  date: '2023-05-22',
  time,
});
const told = (time: string, people: readonly Whereabouts[]) =>
  gatheringsAt(timetable, people, at(time)).map((each) => [
    each.entry?.title ?? each.kind,
    each.people.map(({ name }) => name),
  ]);

test('people are where their agendas say, and free where those say nothing', () => {
  expect(told('09:30', [person('Ada', [docs]), person('Grigor')])).toEqual([
    ['docs', ['Ada']],
    ['wheels', []],
    ['free', ['Grigor']],
  ]);
});

test('who goes to two sessions at once is told at both', () => {
  expect(told('09:30', [person('Ada', [docs, wheels])])).toEqual([
    ['docs', ['Ada']],
    ['wheels', ['Ada']],
  ]);
});

test('a block gathers everybody who is there', () => {
  const gone: Whereabouts = {
    ...person('Mei', [docs]),
    presence: {
      ...{
        personId: 'Mei',
        arrivesOn: '2023-05-23',
        arrivesAt: null,
        leavesOn: null,
        leavesAt: null,
      },
      ...{ isRemote: false, note: '' },
    },
  };
  expect(told('12:10', [person('Ada', [docs]), gone])).toEqual([
    ['meal', ['Ada']],
    ['away', ['Mei']],
  ]);
});
