import { expectZone } from '@cairn/kernel/time';
import { expect, test } from 'vitest';
import type { Frame } from '../frame/frame-rules.ts';
import type { Session } from '../sessions/session-rules.ts';
import { contentOf, type DraftPlace } from './content-rules.ts';
import { contentSchema } from './content-schema.ts';

const frame: Frame = {
  zone: expectZone('America/Los_Angeles'),
  slotMinutes: 30,
  sessionMinutes: 90,
  revision: 3,
  days: [{ date: '2023-05-22', starts: '09:00', ends: '17:30' }],
  blocks: [],
  rooms: [
    {
      ...{ id: 'room-b', key: 'big', name: 'Big room', capacity: 20, features: ['video'] },
      ...{ directions: 'Up the stairs', link: 'https://video.example/secret' },
    },
  ],
  closures: [],
};

const session = (id: string, more: Partial<Session> = {}): Session => ({
  ...{ id, kind: 'work', title: id, text: '', topicNumber: null, groupKey: null, minutes: 90 },
  ...{ size: null, needs: [], track: '', isOptional: false, leads: [], needed: [] },
  ...more,
});

const at = (sessionId: string, more: Partial<DraftPlace> = {}): DraftPlace => ({
  ...{ sessionId, date: '2023-05-22', starts: '09:30', roomId: 'room-b' },
  ...more,
});

const content = (sessions: Session[], placements: DraftPlace[], groups = new Map()) =>
  contentOf({ frame, sessions, groups }, { placements });

test('A release holds the sessions that have a place, and what is stored can be read again.', () => {
  const made = content([session('one'), session('two')], [at('one')]);
  expect(made.sessions.map(({ id }) => id)).toEqual(['one']);
  expect(contentSchema.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
});

test('A placement of a session that was removed, or of an open one, is no part of a release.', () => {
  expect(content([session('open', { kind: 'open' })], [at('open'), at('gone')]).sessions).toEqual(
    [],
  );
});

test('Where people join from afar is not public, so no release holds it.', () => {
  expect(JSON.stringify(content([session('one')], [at('one')]))).not.toContain('secret');
});

test('Expected are the leads, those who are needed and the people of the group of that day.', () => {
  const group = { key: 'docs', title: 'Docs', topicNumber: 1, people: ['d', 'c'], leads: ['c'] };
  const groups = new Map([['2023-05-22', [group]]]);
  const sessions = [
    session('own', { groupKey: 'docs', leads: ['a'], needed: ['b'] }),
    session('groups', { groupKey: 'docs' }),
    session('other', { groupKey: 'gone' }),
  ];
  const made = content(sessions, [at('own'), at('groups'), at('other')], groups);
  const byId = new Map(made.sessions.map((each) => [each.id, each]));
  expect(byId.get('own')).toMatchObject({
    leads: ['a', 'c'],
    people: ['a', 'b', 'c', 'd'],
  });
  expect(byId.get('groups')).toMatchObject({ leads: ['c'], people: ['c', 'd'] });
  expect(byId.get('other')).toMatchObject({ leads: [], people: [] });
});

test('A length that is no multiple of a slot is rounded up, and ends with the day at the latest.', () => {
  const sessions = [session('odd', { minutes: 40 }), session('late', { minutes: 90 })];
  const made = content(sessions, [at('odd'), at('late', { starts: '23:30' })]);
  expect(made.sessions.map(({ ends }) => ends)).toEqual(['10:30', '24:00']);
});

test('A room that was removed is no room any more.', () => {
  expect(content([session('one')], [at('one', { roomId: 'gone' })]).sessions[0]?.roomId).toBeNull();
});
