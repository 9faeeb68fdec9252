import { expectOk } from '@cairn/kernel/result';
import { expectZone, Temporal } from '@cairn/kernel/time';
import fc from 'fast-check';
import nodeIcal from 'node-ical';
import { describe, expect, test } from 'vitest';
import type { CalendarEntry } from './calendar-entry.ts';
import { formatInvitation, readReply } from './itip.ts';

const entry: CalendarEntry = {
  uid: 'meeting-1@cairn.example',
  sequence: 3,
  status: 'CONFIRMED',
  lastModified: Temporal.Instant.from('2023-01-11T10:00:00Z'),
  summary: 'February planning meeting',
  time: {
    kind: 'wall',
    start: {
      local: Temporal.PlainDateTime.from('2023-02-27T09:00'),
      zone: expectZone('America/Los_Angeles'),
    },
    minutes: 60,
  },
};
const organizer = { address: 'summit@cairn.example', name: 'Summit, the "organisers"' };
const attendee = { address: 'ana.lima@example.org', name: 'Ana Lima' };
const invitation = (more: Partial<Parameters<typeof formatInvitation>[0]> = {}) =>
  formatInvitation({
    method: 'REQUEST',
    prodId: '-//Cairn//summit 1//EN',
    organizer,
    attendee,
    entry,
    ...more,
  });
const lines = (ics: string) => ics.replaceAll('\r\n ', '').split('\r\n');

describe('an invitation', () => {
  test('asks one person, by name and zone', () => {
    const written = lines(invitation());
    const from = written.indexOf('BEGIN:VEVENT');
    expect(written.slice(0, 6)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Cairn//summit 1//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:REQUEST',
      'BEGIN:VTIMEZONE',
    ]);
    expect(written.slice(from)).toEqual([
      'BEGIN:VEVENT',
      'UID:meeting-1@cairn.example',
      'DTSTAMP:20230111T100000Z',
      'DTSTART;TZID=America/Los_Angeles:20230227T090000',
      'DTEND;TZID=America/Los_Angeles:20230227T100000',
      'SEQUENCE:3',
      'STATUS:CONFIRMED',
      'LAST-MODIFIED:20230111T100000Z',
      `ORGANIZER;CN="Summit, the 'organisers'":mailto:summit@cairn.example`,
      'ATTENDEE;CN=Ana Lima;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:ana.lima@example.org',
      'SUMMARY:February planning meeting',
      'TRANSP:OPAQUE',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]);
  });

  test('keeps the answer that is known', () => {
    expect(
      lines(invitation({ attendee: { ...attendee, partstat: 'TENTATIVE' } })).join(),
    ).toContain('PARTSTAT=TENTATIVE;RSVP=TRUE');
  });

  test('is withdrawn with the status that programs look for', () => {
    const written = lines(invitation({ method: 'CANCEL', entry: { ...entry, sequence: 4 } }));
    expect(written).toEqual(
      expect.arrayContaining(['METHOD:CANCEL', 'STATUS:CANCELLED', 'SEQUENCE:4']),
    );
  });

  test('to whole days has days, and no zone', () => {
    const day = (text: string) => Temporal.PlainDate.from(text);
    const week = {
      ...entry,
      time: { kind: 'days', from: day('2023-05-22'), to: day('2023-05-26') } as const,
    };
    const ics = invitation({ entry: week });
    expect(ics).toContain('DTSTART;VALUE=DATE:20230522\r\nDTEND;VALUE=DATE:20230527');
    expect(ics).not.toContain('VTIMEZONE');
  });

  test('an address or a name can neither end its line nor add a parameter', () => {
    const evil = 'a"\r\nX:1;ROLE=CHAIR';
    const written = lines(invitation({ attendee: { address: `${evil}@example.org`, name: evil } }));
    expect(
      written.filter((line) => line.startsWith('X:1') || line.includes(';ROLE=CHAIR;')),
    ).toEqual([]);
    expect(written.find((line) => line.startsWith('ATTENDEE'))).toContain(
      'CN="a\' X:1;ROLE=CHAIR"',
    );
  });

  test('is read by another program as it was meant', () => {
    const read = Object.values(nodeIcal.sync.parseICS(invitation())).find(
      (each) => each?.type === 'VEVENT',
    );
    if (read?.type !== 'VEVENT') throw new Error('not an event');
    expect(read.start.toISOString()).toBe('2023-02-27T17:00:00.000Z');
    expect(read.attendee).toMatchObject({
      val: 'mailto:ana.lima@example.org',
      params: { RSVP: true },
    });
  });
});

const reply = (...content: string[]) =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'METHOD:REPLY',
    'BEGIN:VEVENT',
    ...content,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n');
const GOOGLE = `BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20230227T170000Z
DTEND:20230227T180000Z
DTSTAMP:20230112T083000Z
ORGANIZER;CN=Summit:mailto:summit@cairn.example
UID:meeting-1@cairn.example
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=ana.li
 ma@example.org;X-NUM-GUESTS=0:mailto:ana.lima@example.org
CREATED:20230111T100000Z
LAST-MODIFIED:20230112T083000Z
SEQUENCE:3
STATUS:CONFIRMED
SUMMARY:February planning meeting
TRANSP:OPAQUE
END:VEVENT
END:VCALENDAR
`;
const OUTLOOK = `BEGIN:VCALENDAR\r
METHOD:REPLY\r
PRODID:Microsoft Exchange Server 2010\r
VERSION:2.0\r
BEGIN:VTIMEZONE\r
TZID:Pacific Standard Time\r
BEGIN:STANDARD\r
DTSTART:16010101T020000\r
TZOFFSETFROM:-0700\r
TZOFFSETTO:-0800\r
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=1SU;BYMONTH=11\r
END:STANDARD\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
ATTENDEE;PARTSTAT=TENTATIVE;CN="Lima, Ana (Univ: Porto)":MAILTO:Ana.Lima@Example.org\r
COMMENT;LANGUAGE=en-US:Perhaps\\, if the train\\nis on time\r
UID:meeting-1@cairn.example\r
SUMMARY;LANGUAGE=en-US:Tentative: February planning meeting\r
DTSTART;TZID=Pacific Standard Time:20230227T090000\r
DTEND;TZID=Pacific Standard Time:20230227T100000\r
CLASS:PUBLIC\r
PRIORITY:5\r
DTSTAMP:20230112T083000Z\r
TRANSP:OPAQUE\r
STATUS:CONFIRMED\r
SEQUENCE:3\r
X-MICROSOFT-CDO-APPT-SEQUENCE:3\r
END:VEVENT\r
END:VCALENDAR\r
`;

describe('an answer', () => {
  const known = {
    uid: 'meeting-1@cairn.example',
    sequence: 3,
    attendee: 'ana.lima@example.org',
    at: Temporal.Instant.from('2023-01-12T08:30:00Z'),
  };

  test('of Google', () => {
    expect(expectOk(readReply(GOOGLE))).toEqual([{ ...known, partstat: 'ACCEPTED' }]);
  });

  test('of Outlook, with a remark, a name with signs in it, and capitals', () => {
    expect(expectOk(readReply(OUTLOOK))).toEqual([
      { ...known, partstat: 'TENTATIVE', comment: 'Perhaps, if the train\nis on time' },
    ]);
  });

  test('of Apple and Thunderbird', () => {
    const apple = reply(
      'UID:meeting-1@cairn.example',
      'REQUEST-STATUS:2.0;Success',
      'ATTENDEE;CN="Ana Lima";CUTYPE=INDIVIDUAL;EMAIL="ana.lima@example.org";PARTSTAT=DECLINED;ROLE=REQ-PARTICIPANT:/aMTIzNDU2/principal/',
      'SEQUENCE:3',
      'DTSTAMP:20230112T083000Z',
    );
    expect(expectOk(readReply(apple))).toEqual([{ ...known, partstat: 'DECLINED' }]);
    const thunderbird = reply(
      'DTSTAMP:20230112T083000Z',
      'UID:meeting-1@cairn.example',
      'ATTENDEE;PARTSTAT=ACCEPTED;RSVP=TRUE:mailto:ana.lima%40example.org',
      'X-MOZ-SEND-INVITATIONS:TRUE',
      'SEQUENCE:3',
    );
    expect(expectOk(readReply(thunderbird))).toEqual([{ ...known, partstat: 'ACCEPTED' }]);
  });

  test('needs no more than who answers what', () => {
    const read = readReply(
      reply('UID:a', 'ATTENDEE;PARTSTAT=accepted:ana@example.org', 'SEQUENCE:x'),
    );
    expect(expectOk(read)).toEqual([
      { uid: 'a', attendee: 'ana@example.org', partstat: 'ACCEPTED' },
    ]);
  });

  const ana = 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:ana@example.org';
  test.each([
    [
      'delegated',
      [
        'UID:a',
        'ATTENDEE;PARTSTAT=DELEGATED;DELEGATED-TO="mailto:bo@example.org":mailto:ana@example.org',
        'ATTENDEE;PARTSTAT=ACCEPTED:mailto:bo@example.org',
      ],
    ],
    ['one-of-several', ['UID:a', 'RECURRENCE-ID:20230227T170000Z', ana]],
    ['not-delivered', ['UID:a', 'REQUEST-STATUS:3.7;Invalid calendar user', ana]],
    ['no-answer', ['UID:a', 'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:ana@example.org']],
    ['no-answer', ['UID:a', 'ATTENDEE:mailto:ana@example.org']],
    ['no-attendee', ['UID:a']],
    ['no-attendee', ['UID:a', 'ATTENDEE;PARTSTAT=ACCEPTED:invalid:nomail']],
    ['no-uid', [ana]],
  ])('that cannot be counted says why: %s', (code, content) => {
    const read = readReply(reply(...content));
    expect(read.ok ? undefined : read.error.code).toBe(code);
    expect(read.ok ? '' : read.error.sentence).toMatch(/^[A-Z].*\.$/);
    expect(read.ok ? 0 : read.error.place.line).toBeGreaterThan(3);
  });

  test.each([
    ['REQUEST', 'an invitation'],
    ['COUNTER', 'another time'],
    ['CANCEL', 'withdraws'],
    ['PUBLISH', 'no answer'],
  ])('is not what says METHOD:%s', (method, words) => {
    const read = readReply(GOOGLE.replace('METHOD:REPLY', `METHOD:${method}`));
    expect(read.ok ? '' : read.error.sentence).toContain(words);
  });

  test('an answer that can be counted is, beside one that cannot', () => {
    const two = reply('UID:a', 'END:VEVENT', 'BEGIN:VEVENT', 'UID:b', ana);
    expect(expectOk(readReply(two)).map(({ uid }) => uid)).toEqual(['b']);
  });

  test('rubbish is a sentence, never an exception', () => {
    const cut = fc.nat(OUTLOOK.length).map((end) => OUTLOOK.slice(0, end));
    const changed = fc
      .tuple(fc.nat(OUTLOOK.length), fc.string({ maxLength: 20 }))
      .map(([at, text]) => OUTLOOK.slice(0, at) + text + OUTLOOK.slice(at + text.length));
    fc.assert(
      fc.property(fc.oneof(fc.string(), cut, changed), (text) => {
        const read = readReply(text);
        if (!read.ok) expect(read.error.sentence).toMatch(/\.$/);
      }),
    );
    const long = readReply('x'.repeat(2 * 1024 * 1024));
    expect(long.ok ? '' : long.error.code).toBe('too-long');
  });
});
