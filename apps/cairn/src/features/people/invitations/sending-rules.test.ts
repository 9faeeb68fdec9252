import { expectZone, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seedDefinition } from '../../../../../../tests/summit.ts';
import {
  answerUntil,
  defaultText,
  fillText,
  PLACEHOLDERS,
  PURPOSES,
  remindersPassed,
  textProblems,
  whyNotSent,
} from './sending-rules.ts';

const NOW = Temporal.Instant.from('2023-02-01T12:00:00Z');
const FILLING = {
  name: 'Brigitta Sipőcz',
  summit: 'The summit',
  dates: '22–26 May 2023',
  link: 'https://example.org/i/secret',
  expires: 'Wed 22 Feb 2023, 23:59 PST',
};

const codesOf = (subject: string, body: string): string[] =>
  textProblems({ subject, body }).map(({ code, place }) => `${code} ${place.path}`);

describe('the text of a batch', () => {
  test.each([
    ['Hello', '{link}', []],
    ['', '{link}', ['no-subject subject']],
    ['Hello', 'nothing', ['no-link body']],
    ['{link}', '{link}', ['link-in-subject subject']],
    ['{nmae}', '{link}', ['unknown-placeholder subject']],
    [
      'Hello',
      '{link} {seats} {seats} {}',
      ['unknown-placeholder body', 'unknown-placeholder body'],
    ],
    ['Hello', '{link} { not one\n of ours }', []],
  ])('“%s” with “%s” has the problems %j', (subject, body, codes) => {
    expect(codesOf(subject, body)).toEqual(codes);
  });

  test.each(PURPOSES)(
    'that Cairn proposes for a %s can be sent as it is, and leaves no brace',
    (purpose) => {
      const text = defaultText(seedDefinition(), purpose);
      expect(textProblems(text)).toEqual([]);
      const { subject, body } = fillText(text, FILLING);
      expect(`${subject}${body}`).not.toMatch(/[{}]/);
      expect(body).toContain('Dear Brigitta Sipőcz,');
      expect(body).toContain(FILLING.link);
      expect(body).toContain(FILLING.expires);
    },
  );

  test('that Cairn proposes for an invitation holds the agreement, the dates and the funding', () => {
    const { body } = defaultText(seedDefinition(), 'invitation');
    expect(body).toContain('{dates}');
    expect(body).toContain('travel, food, and lodging');
    expect(body).toContain('(a) take part in two of the three');
    expect(body).toContain('(d) participate');
  });

  test('never fills in twice: a name may hold braces', () => {
    const { body } = fillText(
      { subject: '', body: '{name} {link}' },
      { ...FILLING, name: '{link}' },
    );
    expect(body).toBe(`{link} ${FILLING.link}`);
  });

  test('keeps everything but its placeholders', () => {
    fc.assert(
      fc.property(fc.string(), (body) => {
        const plain = body.replaceAll(/[{}]/g, '');
        expect(fillText({ subject: '', body: plain }, FILLING).body).toBe(plain);
      }),
    );
  });

  test('fills in each placeholder wherever it stands', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PLACEHOLDERS)), (names) => {
        const body = names.map((name) => `{${name}}`).join('');
        const filled = fillText({ subject: body, body }, FILLING);
        const expected = names.map((name) => FILLING[name]).join('');
        expect(filled).toEqual({ subject: expected, body: expected });
      }),
    );
  });
});

describe('the time to answer', () => {
  test('ends with a day by the summit’s clock, across a change of daylight saving', () => {
    const zone = expectZone('America/Los_Angeles');
    expect(answerUntil(NOW, 21, zone).toString()).toBe('2023-02-23T07:59:00Z');
    expect(answerUntil(NOW, 45, zone).toString()).toBe('2023-03-19T06:59:00Z');
  });
});

describe('whom a batch reaches', () => {
  const expiresAt = NOW.add({ hours: 1 });

  test.each([
    ['invitation', 'drafted', true],
    ['invitation', 'sent', false],
    ['invitation', 'accepted', false],
    ['invitation', 'declined', true],
    ['invitation', 'expired', true],
    ['reminder', 'drafted', false],
    ['reminder', 'sent', true],
    ['reminder', 'opened', true],
    ['reminder', 'unsure', false],
    ['reminder', 'accepted', false],
    ['reminder', 'expired', false],
  ] as const)('an %s to an invitation %s: %s', (purpose, state, goes) => {
    expect(whyNotSent(purpose, { state, expiresAt }, NOW) === undefined).toBe(goes);
  });

  test('an invitation whose time is over is invited anew, not reminded of', () => {
    const overdue = { state: 'sent', expiresAt: NOW } as const;
    expect(whyNotSent('invitation', overdue, NOW)).toBeUndefined();
    expect(whyNotSent('reminder', overdue, NOW)?.code).toBe('invitation-expired');
  });
});

test('reminders whose day is past count as passed, in whatever order they are listed', () => {
  const passed = (days: number) => remindersPassed(NOW, [14, 7], NOW.add({ hours: 24 * days }));
  expect([6, 7, 13, 14, 300].map(passed)).toEqual([0, 1, 1, 2, 2]);
});
