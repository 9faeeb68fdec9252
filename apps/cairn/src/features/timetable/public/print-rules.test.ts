import { expectOk } from '@cairn/kernel/result';
import { Temporal } from '@cairn/kernel/time';
import { typesetHandout } from '@cairn/typeset/handout';
import { expect, test } from 'vitest';
import type { PlacedSession, TimetableContent } from '../release/content-schema.ts';
import { timetableHandout } from './print-rules.ts';

const session = (id: string, more: Partial<PlacedSession> = {}): PlacedSession => ({
  ...{ id, kind: 'work', title: id, text: '', topicNumber: null, groupKey: null, track: '' },
  ...{ date: '2023-05-22', starts: '09:30', ends: '11:00', roomId: 'a', leads: [], people: [] },
  ...more,
});

const content: TimetableContent = {
  ...{ slotMinutes: 30, zone: 'America/Los_Angeles' },
  days: [
    { date: '2023-05-22', starts: '09:00', ends: '17:30' },
    { date: '2023-05-23', starts: '09:00', ends: '17:30' },
  ],
  rooms: [
    {
      id: 'a',
      key: 'a',
      name: 'Hall | East',
      capacity: 9,
      features: [],
      directions: '*Up* the stairs',
    },
  ],
  blocks: [
    {
      ...{
        id: 'l',
        date: '2023-05-22',
        starts: '13:00',
        ends: '14:00',
        kind: 'meal',
        meal: 'lunch',
      },
      ...{ title: 'Lunch', isProvided: true, roomId: null, place: 'Foyer', text: '' },
    },
  ],
  sessions: [],
};

const printed = (sessions: PlacedSession[]) =>
  timetableHandout({
    ...{
      title: 'Summit',
      hosts: ['A host'],
      version: 2,
      name: 'After the flood',
      content,
      sessions,
    },
    ...{
      released: Temporal.PlainDate.from('2023-05-24'),
      page: 'https://cairn.test/s/x/timetable',
    },
    paper: 'a4',
  });

test('Each day is a table in order of time, with blocks among the sessions, in the place’s time.', () => {
  const [monday, tuesday, rooms] = printed([
    session('Late', { starts: '15:00', ends: '16:00' }),
    session('Early'),
  ]).sections;
  expect(monday?.body.split('\n').slice(2)).toEqual([
    '| 09:30–11:00 | Early | Hall \\| East |',
    '| 13:00–14:00 | Lunch | Foyer |',
    '| 15:00–16:00 | Late | Hall \\| East |',
  ]);
  expect(tuesday?.body).toBe('Nothing is planned.');
  expect(rooms?.body).toContain('\\*Up\\* the stairs');
  expect(printed([]).abstract).toContain('PDT');
});

test('Whatever people call their sessions, it is printed.', () => {
  const odd = ['a | b', '`code', '[^1]: note', '<script>', '#let x = 1', '$', '\\', '| |\n| - |'];
  const pdf = expectOk(typesetHandout(printed(odd.map((title) => session(title, { title })))));
  expect(new TextDecoder('latin1').decode(pdf.slice(0, 5))).toBe('%PDF-');
});
