import { expectOk } from '@cairn/kernel/result';
import { type Instant, parseZone, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EntryContent, KeptEntry, StoredTime } from '../calendar-rules.ts';
import { answerTo, mailBehind, replyOrder } from './answer-rules.ts';
import { type DueInvite, endOf, invitesDue, sendAt, type Told } from './invite-rules.ts';

const SEATTLE = expectOk(parseZone('America/Los_Angeles'));
const NOW = Temporal.Instant.from('2023-02-01T12:00:00Z');
const moment = { now: NOW, zone: SEATTLE };

const wall = (local: string): StoredTime => ({
  kind: 'wall',
  local,
  zone: 'America/Los_Angeles',
  minutes: 60,
});
const content = (time: StoredTime, more: Partial<EntryContent> = {}): EntryContent => ({
  summary: 'February planning meeting',
  time,
  categories: [],
  busy: true,
  ...more,
});
const entry = (more: Partial<KeptEntry> = {}): KeptEntry => ({
  uid: 'meeting.february@summit',
  key: 'meeting.february',
  sequence: 2,
  status: 'CONFIRMED',
  content: content(wall('2023-02-27T09:00')),
  lastModified: NOW,
  ...more,
});
const invited = (...people: string[]) =>
  new Map([
    ['meeting.february', new Set(people)],
    ['summit', new Set(people)],
  ]);
const told = (more: Partial<Told> = {}): Told => ({
  key: 'meeting.february',
  personId: 'ada',
  method: 'REQUEST',
  sequence: 2,
  content: entry().content,
  ...more,
});
const due = (entries: readonly KeptEntry[], people: string[], before: readonly Told[]) =>
  invitesDue(entries, invited(...people), before, moment).map(
    ({ personId, method, sequence, why }) => [personId, method, sequence, why],
  );
const moved = entry({ sequence: 3, content: content(wall('2023-02-28T09:00')) });
const past = content(wall('2023-01-05T09:00'));

describe('somebody', () => {
  test.each<[string, KeptEntry[], string[], Told[], unknown[]]>([
    ['newly seated is invited', [entry()], ['ada'], [], [['ada', 'REQUEST', 2, 'new']]],
    ['who knows is not told again', [entry()], ['ada'], [told()], []],
    ['is told of a move', [moved], ['ada'], [told()], [['ada', 'REQUEST', 3, 'changed']]],
    [
      'is told of another title',
      [entry({ sequence: 3, content: content(wall('2023-02-27T09:00'), { summary: 'Kick-off' }) })],
      ['ada'],
      [told()],
      [['ada', 'REQUEST', 3, 'changed']],
    ],
    [
      'is told of another room',
      [
        entry({
          content: content(wall('2023-02-27T09:00'), { link: 'https://video.example.org' }),
        }),
      ],
      ['ada'],
      [told()],
      [['ada', 'REQUEST', 3, 'changed']],
    ],
    [
      'is not told of another description',
      [entry({ content: content(wall('2023-02-27T09:00'), { description: 'Tracks: A' }) })],
      ['ada'],
      [told()],
      [],
    ],
    ['is not told of what came back', [entry({ sequence: 4 })], ['ada'], [told()], []],
    [
      'is told that it is called off',
      [entry({ sequence: 3, status: 'CANCELLED' })],
      ['ada'],
      [told()],
      [['ada', 'CANCEL', 3, 'cancelled']],
    ],
    [
      'is told that its time is open again',
      [
        entry({
          sequence: 3,
          status: 'TENTATIVE',
          content: content({ kind: 'month', month: '2023-02' }),
        }),
      ],
      ['ada'],
      [told()],
      [['ada', 'CANCEL', 3, 'cancelled']],
    ],
    ['who leaves is told so', [entry()], [], [told()], [['ada', 'CANCEL', 3, 'left']]],
    ['who left is told once', [entry()], [], [told({ method: 'CANCEL', sequence: 3 })], []],
    [
      'who comes back is invited above what they were told',
      [entry()],
      ['ada'],
      [told(), told({ method: 'CANCEL', sequence: 3 })],
      [['ada', 'REQUEST', 4, 'again']],
    ],
    ['is not invited to what is over', [entry({ content: past })], ['ada'], [], []],
    [
      'who waits for what was moved into the past is told',
      [entry({ sequence: 3, content: past })],
      ['ada'],
      [told()],
      [['ada', 'REQUEST', 3, 'changed']],
    ],
    [
      'is not told that what is over is off',
      [entry({ sequence: 3, status: 'CANCELLED', content: past })],
      ['ada'],
      [told({ content: past })],
      [],
    ],
    ['is not invited to a deadline', [entry({ key: 'step.a.b' })], ['ada'], [], []],
    [
      'is not invited to a week that is still looked for',
      [
        entry({
          key: 'summit',
          status: 'TENTATIVE',
          content: content({ kind: 'days', from: '2023-05-22', to: '2023-05-26' }),
        }),
      ],
      ['ada'],
      [],
      [],
    ],
  ])('%s', (_, entries, people, before, expected) => {
    expect(due(entries, people, before)).toEqual(expected);
  });
});

/** Sends what is due, as the command would. */
const sent = (list: readonly DueInvite[]): Told[] =>
  list.map(({ entry: { key, content: said }, personId, method, sequence }) => ({
    key,
    personId,
    method,
    sequence,
    content: said,
  }));

describe('whatever happens', () => {
  const PEOPLE = ['ada', 'bea', 'cyd'];
  const step = fc.record({
    local: fc.constantFrom('2023-02-27T09:00', '2023-02-28T09:00', '2023-01-05T09:00', 'month'),
    summary: fc.constantFrom('One', 'Two'),
    status: fc.constantFrom('CONFIRMED' as const, 'CANCELLED' as const, 'TENTATIVE' as const),
    people: fc.subarray(PEOPLE),
    hours: fc.nat(24 * 20),
  });
  type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

  /** Plays steps, the calendar's sequence rising with each, and calls back after each sending. */
  function play(
    steps: readonly Step[],
    look: (now: DueInvite[], before: Told[], step: Step, at: Instant) => void,
  ): void {
    let log: Told[] = [];
    let at = NOW;
    steps.forEach((each, index) => {
      at = at.add({ hours: each.hours });
      const time: StoredTime =
        each.local === 'month' ? { kind: 'month', month: '2023-02' } : wall(each.local);
      const entries = [
        entry({
          sequence: index,
          status: each.status,
          content: content(time, { summary: each.summary }),
        }),
      ];
      const found = () =>
        invitesDue(entries, invited(...each.people), log, { now: at, zone: SEATTLE });
      const list = found();
      look(list, log, each, at);
      log = [...log, ...sent(list)];
      expect(found(), 'a repeated run sends nothing').toEqual([]);
    });
  }

  test('the sequence that somebody is told rises with every mail', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        play(steps, (list, before) => {
          for (const { personId, sequence } of list) {
            const known = before.filter((each) => each.personId === personId);
            expect(known.every((each) => each.sequence < sequence)).toBe(true);
          }
          expect(new Set(list.map(({ personId }) => personId)).size).toBe(list.length);
        });
      }),
    );
  });

  test('whoever leaves or loses it gets one cancellation, and only after an invitation', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        play(steps, (list, before) => {
          for (const { personId, method } of list) {
            const last = before.findLast((each) => each.personId === personId);
            if (method === 'CANCEL') expect(last?.method).toBe('REQUEST');
          }
        });
      }),
    );
  });

  test('each who is invited to something to come holds it as it is', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        play(steps, (list, before, { local, status, people, summary }, at) => {
          if (status !== 'CONFIRMED' || local === 'month') return;
          if (Temporal.Instant.compare(endOf(wall(local), SEATTLE), at) <= 0) return;
          for (const person of people) {
            const last = [...before, ...sent(list)].findLast((each) => each.personId === person);
            expect(last).toMatchObject({
              method: 'REQUEST',
              content: { summary, time: { local } },
            });
          }
        });
      }),
    );
  });
});

describe('a change', () => {
  test('is told five minutes after the last, and half an hour after the first at the latest', () => {
    const later = (minutes: number) => NOW.add({ minutes });
    expect(sendAt(NOW, NOW)).toEqual(later(5));
    expect(sendAt(later(4), NOW)).toEqual(later(9));
    expect(sendAt(later(29), NOW)).toEqual(later(30));
  });
});

describe('an answer', () => {
  const monday = wall('2023-02-27T09:00');
  const tuesday = wall('2023-02-28T09:00');
  const kept = { answer: 'ACCEPTED', time: monday, sequence: 2, stamp: NOW } as const;

  test('is to a time: it does not count for another, and counts again when its time comes back', () => {
    expect(answerTo(kept, monday)).toBe('ACCEPTED');
    expect(answerTo(kept, tuesday)).toBe('NEEDS-ACTION');
    expect(answerTo(undefined, monday)).toBe('NEEDS-ACTION');
  });

  test.each([
    [{ answer: 'DECLINED', sequence: 1, stamp: NOW.add({ hours: 5 }) }, 'older'],
    [{ answer: 'DECLINED', sequence: 2, stamp: NOW.subtract({ hours: 1 }) }, 'older'],
    [{ answer: 'ACCEPTED', sequence: 2, stamp: NOW }, 'same'],
    [{ answer: 'DECLINED', sequence: 2, stamp: NOW }, 'newer'],
    [{ answer: 'DECLINED', sequence: 2, stamp: NOW.add({ seconds: 1 }) }, 'newer'],
    [{ answer: 'DECLINED', sequence: 3, stamp: NOW.subtract({ hours: 9 }) }, 'newer'],
  ] as const)('by mail %j is %s', (reply, order) => {
    expect(replyOrder(kept, reply)).toBe(order);
  });

  test('belongs to the last mail whose sequence is not above its own', () => {
    const mails = [{ sequence: 5 }, { sequence: 0 }, { sequence: 3 }];
    expect([0, 2, 3, 4, 9].map((sequence) => mailBehind(mails, sequence)?.sequence)).toEqual([
      0, 0, 3, 3, 5,
    ]);
    expect(mailBehind([{ sequence: 4 }], 1)?.sequence).toBe(4);
    expect(mailBehind([], 1)).toBeUndefined();
  });
});
