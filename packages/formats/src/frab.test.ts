import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  complaintsAbout,
  complaintsAboutXmlAsSuch,
  hasOfficialSchemas,
  officialComplaintsAboutJson,
  officialComplaintsAboutXml,
  takeApartJson,
  takeApartXml,
} from '../../../tests/frab-schemas.ts';
import type { FrabEvent, FrabSchedule } from './frab.ts';
import { formatFrabJson } from './frab-json.ts';
import { frabAcronym, frabIds, guidOfName } from './frab-names.ts';
import { plainLine, plainText } from './frab-plain.ts';
import { readFrab } from './frab-reading.ts';
import { formatFrabXml } from './frab-xml.ts';

const GUID = '0f0e2d4c-6a1b-4c3d-8e5f-000000000001';

const event = (said: Partial<FrabEvent> = {}): FrabEvent => ({
  id: 17,
  guid: GUID,
  date: '2023-05-22T09:00:00-07:00',
  minutes: 210,
  title: 'Packaging',
  subtitle: '',
  room: 'Library',
  track: 'Tools',
  type: 'work',
  abstract: '',
  description: 'How projects build.\nBring a laptop.',
  persons: [{ id: 3, name: 'Ada' }],
  links: [{ title: 'Topic 4', href: 'https://example.org/s/sp/plan/4' }],
  url: `https://example.org/s/sp/timetable/sessions/${GUID}`,
  ...said,
});

const schedule = (
  events: readonly FrabEvent[],
  said: Partial<FrabSchedule> = {},
): FrabSchedule => ({
  version: '1',
  generator: { name: 'Cairn', version: '0.1.0' },
  title: 'Summit',
  acronym: 'sp_summit_2023',
  url: 'https://example.org/s/sp/timetable',
  zone: 'America/Los_Angeles',
  slotMinutes: 30,
  language: 'en',
  rooms: [{ name: 'Library', guid: guidOfName('Library'), description: 'Up', capacity: 12 }],
  days: [
    {
      date: '2023-05-22',
      starts: '2023-05-22T04:00:00-07:00',
      ends: '2023-05-23T03:59:00-07:00',
      events,
    },
  ],
  ...said,
});

/** Text that breaks what is written carelessly. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    ']]>',
    '<script>alert(1)</script>',
    '&amp;&#0;',
    '\u0000\u0001\u001f\u007f\u0085\u2028',
    '\ud800 alone',
    '\uffff\ufffe',
    'a\r\nb\rc\td',
    '"\'><!-- -->',
    '=1+1',
    '__proto__',
    '',
  ),
);
const hostileEvent = fc.record({
  guid: fc.uuid(),
  title: hostile,
  subtitle: hostile,
  room: hostile,
  track: hostile,
  abstract: hostile,
  description: hostile,
  minutes: fc.integer({ min: 1, max: 1440 }),
  persons: fc.array(fc.record({ id: fc.nat(), name: hostile }), { maxLength: 3 }),
});
const hostileSchedule = fc
  .uniqueArray(hostileEvent, { selector: ({ guid }) => guid, maxLength: 12 })
  .map((given) => {
    const ids = frabIds(given.map(({ guid }) => guid));
    return schedule(given.map((each) => event({ ...each, id: ids.get(each.guid) ?? 0 })));
  });

describe('a schedule', () => {
  test('says the same as XML and as JSON, whatever its texts hold', () => {
    fc.assert(
      fc.property(hostileSchedule, (given) => {
        const json = takeApartJson(formatFrabJson(given));
        const xml = takeApartXml(formatFrabXml(given));
        const byId = (one: Record<string, string>, other: Record<string, string>) =>
          Number(one['id']) - Number(other['id']);
        expect({ ...xml, events: xml.events.toSorted(byId) }).toEqual({
          ...json,
          events: json.events.toSorted(byId),
        });
        expect(complaintsAbout(json)).toEqual([]);
      }),
    );
  });

  test('is read back from both formats as it was written', () => {
    fc.assert(
      fc.property(hostileSchedule, (given) => {
        for (const text of [formatFrabXml(given), formatFrabJson(given)]) {
          const { events, unread } = expectOk(readFrab(text));
          const titled = given.days[0]?.events.filter(({ title }) => plainLine(title) !== '') ?? [];
          expect(unread).toHaveLength((given.days[0]?.events.length ?? 0) - titled.length);
          expect(new Map(events.map((each) => [each.guid, each]))).toEqual(
            new Map(
              titled.map((each) => [
                each.guid,
                expect.objectContaining({
                  title: plainLine(each.title),
                  room: plainLine(each.room),
                  track: plainLine(each.track),
                  description: plainText(each.description).trim(),
                  minutes: each.minutes,
                  moment: each.date,
                  persons: each.persons.map(({ name }) => plainLine(name)).filter(Boolean),
                }),
              ]),
            ),
          );
        }
      }),
    );
  });

  test('is XML for libxml2 too', async () => {
    const wild = [']]>', '<b>&', '\u0000\u000b\uffff', '\ud800', '"\t\r\n'].map((title, index) =>
      event({ title, room: title, id: index + 1, guid: guidOfName(String(index)), track: title }),
    );
    expect(await complaintsAboutXmlAsSuch(formatFrabXml(schedule(wild)))).toEqual([]);
  });

  test('names its zone only as the schemas know zones', () => {
    for (const [zone, said] of [
      ['America/Los_Angeles', true],
      ['Etc/UTC', true],
      ['America/Argentina/Buenos_Aires', true],
      ['Etc/GMT+5', false],
      ['EST5EDT', false],
    ] as const) {
      expect(formatFrabJson(schedule([], { zone })).includes('time_zone_name')).toBe(said);
      expect(formatFrabXml(schedule([], { zone })).includes('time_zone_name')).toBe(said);
    }
  });

  test('is refused where two events share what must be their own', () => {
    expect(() => formatFrabXml(schedule([event(), event()]))).toThrow('share an id');
    expect(() => formatFrabJson(schedule([event(), event({ id: 18 })]))).toThrow('share a guid');
  });
});

describe.skipIf(!hasOfficialSchemas)('by the official schemas (CAIRN_FRAB_SCHEMAS)', () => {
  const many = schedule(
    [
      event(),
      event({ id: 18, guid: guidOfName('b'), title: '', persons: [], links: [], track: '' }),
      event({ id: 19, guid: guidOfName('c'), title: '漢字 & <>', room: 'Kitchen', minutes: 5 }),
    ],
    { zone: 'Etc/UTC' },
  );

  test('the XML is valid, and so is any other', async () => {
    expect(await officialComplaintsAboutXml(formatFrabXml(many))).toEqual([]);
    for (const given of fc.sample(hostileSchedule, { numRuns: 20, seed: 6 })) {
      expect(await officialComplaintsAboutXml(formatFrabXml(given))).toEqual([]);
    }
  });

  test('the JSON is valid, and so is any other', () => {
    expect(officialComplaintsAboutJson(JSON.parse(formatFrabJson(many)))).toEqual([]);
    for (const given of fc.sample(hostileSchedule, { numRuns: 50, seed: 6 })) {
      expect(officialComplaintsAboutJson(JSON.parse(formatFrabJson(given)))).toEqual([]);
    }
  });

  test('what we write down of them as facts is what they refuse', async () => {
    const text = formatFrabXml(many);
    for (const broken of [
      text.replace('sp_summit_2023<', 'SP<'),
      text.replace('03:30', '210'),
      text.replace('T09:00:00-07:00', 'T09:00:00'),
      text.replace(/<url>[^<]*sessions[^<]*<\/url>/, '<url></url>'),
      text.replace('id="18"', 'id="17"'),
    ]) {
      expect(await officialComplaintsAboutXml(broken)).not.toEqual([]);
      expect(complaintsAbout(takeApartXml(broken))).not.toEqual([]);
    }
  });
});

describe('names', () => {
  test('an acronym passes both schemas, whatever it is made of', () => {
    expect(frabAcronym('sp_summit_2023')).toBe('sp_summit_2023');
    expect(frabAcronym('sp-summit-2023')).toBe('sp_summit_2023');
    expect(frabAcronym('SP')).toBe('sp_summit');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        expect(frabAcronym(name)).toMatch(/^[a-z0-9_-][a-z0-9_]{3,}$/);
      }),
    );
  });

  test('an id is made of the UUID alone, and is its own among the others', () => {
    const [one, other] = [
      '00000007-0000-4000-8000-000000000001',
      '80000007-0000-4000-8000-000000000002',
    ];
    expect([...frabIds([other, one])]).toEqual([
      [one, 7],
      [other, 8],
    ]);
    expect(frabIds([one]).get(one)).toBe(7);
    fc.assert(
      fc.property(fc.array(fc.uuid()), (guids) => {
        const ids = frabIds(guids);
        expect(new Set(ids.values()).size).toBe(new Set(guids).size);
        expect(Math.min(1, ...ids.values())).toBe(1);
        expect(Math.max(1, ...ids.values())).toBeLessThan(2 ** 31);
        expect(frabIds(guids.toReversed())).toEqual(ids);
      }),
    );
  });

  test('a UUID of a name is the same for the same name, and has the shape of one', () => {
    expect(guidOfName('Kitchen')).toBe(guidOfName('Kitchen'));
    expect(guidOfName('Kitchen')).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-/,
    );
    const names = Array.from({ length: 2000 }, (_, index) => guidOfName(`Room ${index}`));
    expect(new Set(names).size).toBe(names.length);
  });
});
