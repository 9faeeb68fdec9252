import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  INTEREST_LEVELS,
  mergedSaid,
  readInterests,
  type Said,
  startFromTracks,
} from './interest-rules.ts';
import {
  amissOf,
  countsOf,
  type InterestFacts,
  interestMatrix,
  type MatrixView,
  standingOf,
  TOPIC_ORDERS,
} from './matrix-rules.ts';

const topic = (number: number, title: string) => ({ number, title, state: 'proposed' });
const person = (id: string, communities: string[] = []) => ({ id, name: id, communities });
const facts: InterestFacts = {
  topics: [topic(1, 'Sparse arrays'), topic(2, 'Builds'), topic(5, 'Nobody’s')],
  people: [person('ada', ['numpy']), person('bo', ['scipy']), person('cy', ['numpy'])],
  said: [
    { number: 1, personId: 'ada', level: 'lead', why: 'I wrote it' },
    { number: 1, personId: 'bo', level: 'lead', why: '' },
    { number: 2, personId: 'bo', level: 'work', why: '' },
  ],
};
const view: MatrixView = { people: 'name', topics: 'number', community: undefined };

describe('the matrix of interest', () => {
  test('says which topic nobody leads, which several want to, and who has said nothing', () => {
    const matrix = interestMatrix(facts, view);
    const amiss = amissOf(matrix.topics);
    expect(amiss.several.map(({ number }) => number)).toEqual([1]);
    expect(amiss['nobody-leads'].map(({ number }) => number)).toEqual([2]);
    expect(amiss.nobody.map(({ number }) => number)).toEqual([5]);
    expect(matrix.silent.map(({ id }) => id)).toEqual(['cy']);
  });

  test('shows one community, and judges leads by everybody all the same', () => {
    const matrix = interestMatrix(facts, { ...view, community: 'numpy' });
    expect(matrix.rows.map(({ id }) => id)).toEqual(['ada', 'cy']);
    expect(matrix.topics[0]?.counts).toEqual({ lead: 1, work: 0, learn: 0, none: 0, silent: 1 });
    expect(matrix.topics[0]?.standing).toBe('several');
  });

  test('is sorted by what people want of one topic, the strongest first and the silent last', () => {
    const matrix = interestMatrix(facts, { ...view, people: 2 });
    expect(matrix.rows.map(({ id }) => id)).toEqual(['bo', 'ada', 'cy']);
  });

  const anyFacts = fc
    .record({ people: fc.integer({ min: 0, max: 6 }), topics: fc.integer({ min: 0, max: 6 }) })
    .chain(({ people, topics }) =>
      fc
        .array(
          fc.record({
            number: fc.integer({ min: 1, max: 8 }),
            person: fc.integer({ min: 0, max: 7 }),
            level: fc.constantFrom(...INTEREST_LEVELS),
          }),
        )
        .map((said) => ({
          topics: Array.from({ length: topics }, (_, at) => topic(at + 1, `T${at % 3}`)),
          people: Array.from({ length: people }, (_, at) =>
            person(`p${at}`, at % 2 === 0 ? ['even'] : []),
          ),
          said: said.map(({ number, person: who, level }) => ({
            number,
            personId: `p${who}`,
            level,
            why: '',
          })),
        })),
    );
  const anyView = fc.record({
    people: fc.oneof(fc.constantFrom('name', 'said', 'lead'), fc.integer({ min: 1, max: 8 })),
    topics: fc.constantFrom(...TOPIC_ORDERS),
    community: fc.constantFrom(undefined, 'even'),
  }) as fc.Arbitrary<MatrixView>;

  test('sorting loses and invents nobody, and each topic counts every person who is shown once', () => {
    fc.assert(
      fc.property(anyFacts, anyView, (some, how) => {
        const matrix = interestMatrix(some, how);
        const shown = some.people.filter(
          ({ communities }) => how.community === undefined || communities.includes(how.community),
        );
        expect(matrix.rows.map(({ id }) => id).sort()).toEqual(shown.map(({ id }) => id).sort());
        expect(matrix.topics.map(({ number }) => number).sort()).toEqual(
          some.topics.map(({ number }) => number).sort(),
        );
        for (const { counts } of matrix.topics) {
          const sum = Object.values(counts).reduce((total, count) => total + count, 0);
          expect(sum).toBe(shown.length);
        }
      }),
    );
  });

  test('nobody says more of a topic than one thing', () => {
    const rows = interestMatrix(facts, view).rows;
    expect(countsOf(rows, 1)).toEqual({ lead: 2, work: 0, learn: 0, none: 0, silent: 1 });
    expect(standingOf({ lead: 0, work: 0, learn: 0, none: 9, silent: 2 })).toBe('nobody');
  });
});

const anySaid: fc.Arbitrary<Said> = fc.record({
  level: fc.constantFrom(...INTEREST_LEVELS),
  why: fc.constantFrom('', 'time', 'I maintain it'),
});

describe('interest in merged topics', () => {
  test('keeps the stronger level and both reasons', () => {
    expect(
      mergedSaid({ level: 'learn', why: 'new to me' }, { level: 'work', why: 'I use it' }),
    ).toEqual({ level: 'work', why: 'I use it · new to me' });
  });

  test('is never weaker than what was said, whichever is merged into which', () => {
    const rank = ({ level }: Said) => INTEREST_LEVELS.indexOf(level);
    fc.assert(
      fc.property(anySaid, anySaid, (one, other) => {
        const merged = mergedSaid(one, other);
        expect(merged.level).toBe(mergedSaid(other, one).level);
        expect(rank(merged)).toBe(Math.min(rank(one), rank(other)));
        for (const { why } of [one, other]) expect(merged.why).toContain(why);
      }),
    );
  });
});

describe('what was said in a form', () => {
  const topics = facts.topics;
  test('leaves topics without an answer as they were', () => {
    const read = readInterests(
      { level_1: 'lead', why_1: ' because \n I can ', level_2: '' },
      topics,
    );
    expect(read.ok && [...read.value]).toEqual([[1, { level: 'lead', why: 'because I can' }]]);
  });

  test('tells back a reason without a level, and one that is too long', () => {
    const read = readInterests(
      { why_1: 'because', level_2: 'work', why_2: 'x'.repeat(301) },
      topics,
    );
    expect(!read.ok && read.error.map(({ place }) => place.path)).toEqual(['level_1', 'why_2']);
  });
});

describe('tracks of meetings', () => {
  test('are a start for the topics that they name', () => {
    const start = startFromTracks(
      facts.topics,
      [
        { key: 'packaging', topics: ['builds!', 'Nightly wheels'] },
        { key: 'sparse', topics: ['Sparse Arrays'] },
      ],
      [{ track: 'packaging', level: 'work', why: 'daily' }],
    );
    expect([...start]).toEqual([[2, { level: 'work', why: 'daily' }]]);
  });
});
