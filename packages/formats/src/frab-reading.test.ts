import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFrab } from './frab-reading.ts';

const asJson = (days: unknown, said: object = {}): string =>
  JSON.stringify({ schedule: { version: '1', conference: { title: 'Other', days, ...said } } });

const day = (events: readonly unknown[], room = 'Hall') => ({
  index: 1,
  date: '2024-06-03',
  rooms: { [room]: events },
});

describe('a schedule of another tool', () => {
  test('is read from Pentabarf’s XML, where dates stand with the day only', () => {
    const text = `<?xml version="1.0"?><!DOCTYPE schedule>
      <schedule><conference><title>FOSS</title><day_change>09:00:00</day_change></conference>
      <day index="1" date="2024-06-03"><room name="Janson"><event id="6245">
      <start>10:00</start><duration>00:50</duration><title>Consensus &amp; care</title>
      <persons><person id="1">Simon</person><person id="2">Italo</person></persons>
      <links><link href="https://example.org">Feedback</link></links></event>
      <event id="2"><start>01:30</start><duration>1:00:00</duration><title>Late</title></event>
      </room></day></schedule>`;
    const { title, events, rooms, ignored } = expectOk(readFrab(text));
    expect(title).toBe('FOSS');
    expect(rooms).toEqual([{ name: 'Janson', capacity: null, description: '' }]);
    expect(events).toMatchObject([
      {
        title: 'Consensus & care',
        date: '2024-06-03',
        starts: '10:00',
        moment: undefined,
        minutes: 50,
        persons: ['Simon', 'Italo'],
      },
      { title: 'Late', date: '2024-06-04', starts: '01:30', minutes: 60 },
    ]);
    expect(ignored).toMatchObject([{ kind: 'event', key: 'links', count: 1 }]);
  });

  test('keeps an event that it cannot read as it stands, and reads the others', () => {
    const good = { title: 'Good', date: '2024-06-03T10:00:00+0200', duration: '00:30' };
    const { events, unread } = expectOk(
      readFrab(
        asJson([
          day([
            good,
            { ...good, title: ' ' },
            { title: 'No time' },
            { ...good, duration: 'long' },
            { ...good, date: '2024-02-31T10:00:00Z' },
            'nothing',
          ]),
          { date: '2024-06-04', rooms: { Hall: 'none' } },
          7,
        ]),
      ),
    );
    expect(events).toMatchObject([
      { title: 'Good', moment: '2024-06-03T10:00:00+02:00', room: 'Hall' },
    ]);
    expect(unread.map(({ path }) => path)).toEqual([
      'days[0].Hall[1]',
      'days[0].Hall[2]',
      'days[0].Hall[3]',
      'days[0].Hall[4]',
      'days[0].Hall[5]',
      'days[1].Hall',
      'days[2]',
    ]);
    expect(unread[2]?.raw).toContain('"duration":"long"');
  });

  test('counts what it says besides', () => {
    const event = { title: 'A', start: '10:00', logo: '', recording_license: 'CC-BY', answers: [] };
    const { ignored } = expectOk(
      readFrab(asJson([day([event, event])], { colors: { primary: '#fff' } })),
    );
    expect(ignored).toEqual([
      { kind: 'conference', key: 'colors', count: 1, example: '{"primary":"#fff"}' },
      { kind: 'event', key: 'recording_license', count: 2, example: '"CC-BY"' },
    ]);
  });

  test('takes places of rooms from the list, and rooms that only events name', () => {
    const { rooms } = expectOk(
      readFrab(
        asJson([day([{ title: 'A', start: '10:00', room: 'Loft' }], 'Hall')], {
          rooms: [
            { name: 'Hall', capacity: 80 },
            { name: 'Attic', capacity: null },
          ],
        }),
      ),
    );
    expect(rooms.map(({ name, capacity }) => [name, capacity])).toEqual([
      ['Hall', 80],
      ['Attic', null],
      ['Loft', null],
    ]);
  });

  test('says in a sentence what is wrong with a file that is none', () => {
    for (const [text, code] of [
      ['', 'not-a-schedule'],
      ['title,room', 'not-a-schedule'],
      ['{}', 'not-a-schedule'],
      ['[1]', 'not-a-schedule'],
      ['<schedule><day>', 'broken-xml'],
      ['<rss/>', 'not-a-schedule'],
      ['<a>'.repeat(200_000), 'broken-xml'],
      [asJson(Array(401).fill({})), 'too-many'],
    ] as const) {
      const read = readFrab(text);
      expect(read.ok ? 'read' : read.error.code).toBe(code);
    }
  });

  test('resolves nothing that a document type declares', () => {
    const bomb = `<!DOCTYPE schedule [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
      <schedule><conference><title>&b;&f;</title></conference><day date="2024-06-03"/></schedule>`;
    const read = readFrab(bomb);
    expect(read.ok ? read.value.title : '').not.toMatch(/aaaa|root:/);
  });

  test('gives text that can be stored, whatever it was given', () => {
    const wild = '\u0000\ud800\uffff';
    const event = { title: `A${wild}`, start: '10:00', [`key${wild}`]: wild };
    const read = expectOk(
      readFrab(
        asJson([
          day(
            [event, { title: wild }, { ...event, date: '2024-06-03T10:00:00+99:99' }],
            `H${wild}`,
          ),
        ]),
      ),
    );
    // What is no text for a database, or half a sign.
    const isBad = (text: string) => !text.isWellFormed() || text.includes('\u0000');
    const texts: string[] = [];
    JSON.stringify(read, (_, value: unknown) => {
      if (typeof value === 'string') texts.push(value);
      return value;
    });
    expect(texts.filter(isBad)).toEqual([]);
    expect(read.events).toHaveLength(1);
    expect(read.unread).toHaveLength(2);
  });

  test('is done soon with files that were made to take long', () => {
    const deep = `${'['.repeat(300_000)}${']'.repeat(300_000)}`;
    const keys = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`k${at}`, at]));
    const [events, unread] = [Array(5_001).fill({}), Array(5_001).fill({ title: 'A' })];
    for (const text of [deep, asJson([], { x: 1 }).replace('"x":1', `"x":${deep}`)]) {
      expect(readFrab(text)).toMatchObject({ error: { code: 'not-a-schedule' } });
    }
    for (const each of [events, unread]) {
      expect(readFrab(asJson([day(each)]))).toMatchObject({ error: { code: 'too-many' } });
    }
    expect(expectOk(readFrab(asJson([], keys))).ignored).toHaveLength(500);
    const room = '<room name="a"><event><title>T</title><start>10:00</start></event></room>';
    const xml = `<schedule><conference/><day date="2024-06-03">${room.repeat(5_000)}</day></schedule>`;
    expect(expectOk(readFrab(xml)).events).toHaveLength(5_000);
  });

  test('throws for no text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        readFrab(text);
        readFrab(`<schedule>${text}</schedule>`);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        readFrab(asJson([value]));
        readFrab(asJson([day([value])]));
        readFrab(asJson(value));
        readFrab(asJson([day([{ title: 'A', start: '10:00', persons: value, duration: value }])]));
      }),
    );
  });
});
