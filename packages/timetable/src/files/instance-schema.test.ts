import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryInstance } from '../../../../tests/arbitrary-instances.ts';
import { summitInstance } from '../generator/summit.ts';
import { readCairnInstance, writeCairnInstance } from './cairn-json.ts';
import { RULE_KEYS } from './cairn-rules.ts';

const schema: unknown = JSON.parse(
  readFileSync(new URL('../../instance.schema.json', import.meta.url), 'utf8'),
);
const isValid = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(Object(schema));
const reads = (document: unknown): boolean => readCairnInstance(JSON.stringify(document), 'a').ok;

/** Every place in a document, as ways to spoil what is there. */
function* spoilt(document: unknown): Generator<unknown> {
  for (const other of [null, -1, 1.5, '', 'odd', [], {}]) yield other;
  if (Array.isArray(document)) {
    for (const [index, item] of document.entries()) {
      for (const other of spoilt(item)) yield document.with(index, other);
    }
  } else if (typeof document === 'object' && document !== null) {
    yield { ...document, odd: 1 };
    for (const [key, item] of Object.entries(document)) {
      yield Object.fromEntries(Object.entries(document).filter(([each]) => each !== key));
      for (const other of spoilt(item)) yield { ...document, [key]: other };
    }
  }
}

/** A document that has every key that there is. */
const FULL = {
  $schema: './instance.schema.json',
  title: 'All',
  pause_minutes: 5,
  levels: ['must', 'should'],
  slots: [
    { key: 's', day: 'd', start: '09:00', end: '10:00' },
    { key: 'u', day: 'e', start: 2000, end: 2060 },
  ],
  rooms: [{ key: 'r', capacity: 4, features: ['f'], closed: ['s'] }],
  people: [{ key: 'p', name: 'P', away: ['u'], interest: { t: 2 }, roles: ['chair'] }],
  sessions: [
    {
      key: 't',
      title: 'T',
      kind: 'session',
      length: 1,
      size: 2,
      needs: ['f'],
      tracks: ['w'],
      leads: ['p'],
      people: ['p'],
      slots: ['s'],
      rooms: ['r'],
      pinned: { slot: 's', room: 'r' },
      optional: true,
      roomless: false,
    },
  ],
  rules: Object.entries(RULE_KEYS).map(([kind, keys]) => ({
    kind,
    name: kind,
    level: 1,
    weight: 2,
    ...Object.fromEntries(
      keys.map((key) => [
        key,
        {
          measure: 'sessions',
          tracks: ['w'],
          pattern: 'alone',
          sessions: ['t'],
          slots: kind === 'before' ? 1 : ['s'],
          rooms: ['r'],
          wish: 'in',
          days: 1,
          least: 1,
          people: ['p'],
          roles: ['chair'],
          from: { t: { slot: 's', room: 'r' } },
        }[key],
      ]),
    ),
  })),
  timetable: { t: { slot: 's', room: 'r' } },
};

describe('the schema of Cairn’s JSON', () => {
  test('knows every key that the reader knows', () => {
    expect(isValid(FULL), JSON.stringify(isValid.errors)).toBe(true);
    expect(reads(FULL)).toBe(true);
  });

  test('admits everything that the writer writes', () => {
    fc.assert(
      fc.property(arbitraryInstance(), ({ instance }) => {
        const document: unknown = JSON.parse(writeCairnInstance(instance));
        expect(isValid(document), JSON.stringify(isValid.errors)).toBe(true);
      }),
      { numRuns: 40 },
    );
    const shape = { people: 9, sessions: 8, slots: 5, rooms: 2, seed: 1, isFair: true };
    expect(isValid(JSON.parse(writeCairnInstance(summitInstance(shape))))).toBe(true);
  });

  test('refuses no more and, but for what refers to nothing, no less than the reader', () => {
    let refused = 0;
    const { rules, ...rest } = FULL;
    const documents = [
      ...spoilt(rest),
      ...rules.flatMap((rule) => [...spoilt(rule)].map((each) => ({ ...rest, rules: [each] }))),
    ];
    for (const document of documents) {
      const isAdmitted = isValid(document);
      const isRead = reads(document);
      // What the schema refuses, the reader refuses.
      if (!isAdmitted) expect(isRead, JSON.stringify(document)).toBe(false);
      // What the reader refuses and the schema does not refers to nothing, or is an order of times or of places.
      if (isAdmitted && !isRead) {
        const read = readCairnInstance(JSON.stringify(document), 'a');
        const codes = read.ok ? [] : read.error.map(({ code }) => code);
        expect(
          ['unknown-key', 'slot-ends-early', 'slots-overlap', 'day-twice', 'no-room'],
          JSON.stringify(document),
        ).toEqual(expect.arrayContaining(codes));
      }
      if (!isAdmitted) refused += 1;
    }
    expect(refused).toBeGreaterThan(500);
  });
});
