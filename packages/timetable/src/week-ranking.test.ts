import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ranksByDefinition, valuesByDefinition } from './week-checker.ts';
import {
  compareWeeks,
  rankWeeks,
  type WeekAnswer,
  type WeekPerson,
  type WeekProblem,
} from './week-ranking.ts';
import { explainWindow, type WeekNames } from './week-words.ts';

const COMMUNITIES = ['arrays', 'plots', 'images'];
const WINDOWS = ['w0', 'w1', 'w2', 'w3'];

const anyAnswers = fc.dictionary(
  fc.constantFrom(...WINDOWS),
  fc.constantFrom<WeekAnswer>('yes', 'if_need_be', 'no'),
  { noNullPrototype: true },
);
const anyProblem: fc.Arbitrary<WeekProblem> = fc.record({
  seats: fc.integer({ min: 0, max: 6 }),
  windows: fc
    .array(
      fc.record(
        {
          leadShortDays: fc.integer({ min: 0, max: 2 }),
          leadDays: fc.integer({ min: 0, max: 200 }),
          cost: fc.integer({ min: 0, max: 2 }),
        },
        { requiredKeys: ['leadShortDays', 'leadDays'] },
      ),
      { maxLength: WINDOWS.length },
    )
    .map((windows) => windows.map((window, index) => ({ id: `w${index}`, ...window }))),
  people: fc
    .array(
      fc.record({
        communities: fc.subarray(COMMUNITIES),
        weight: fc.integer({ min: 1, max: 3 }),
        isNeeded: fc.boolean(),
        answers: anyAnswers,
      }),
      { maxLength: 8 },
    )
    .map((people) => people.map((person, index): WeekPerson => ({ id: `p${index}`, ...person }))),
  communities: fc
    .subarray(COMMUNITIES)
    .chain((keys) =>
      fc.tuple(
        ...keys.map((key) =>
          fc.record(
            { key: fc.constant(key), least: fc.integer({ min: 0, max: 3 }) },
            { requiredKeys: ['key'] },
          ),
        ),
      ),
    ),
});

const ranks = (problem: WeekProblem) =>
  new Map(rankWeeks(problem).ranking.map(({ id, rank }) => [id, rank]));

const withAnswer = (
  problem: WeekProblem,
  person: number,
  window: string,
  answer: WeekAnswer,
): WeekProblem => ({
  ...problem,
  people: problem.people.map((each, index) =>
    index === person ? { ...each, answers: { ...each.answers, [window]: answer } } : each,
  ),
});

const person = (
  id: string,
  answers: Record<string, WeekAnswer>,
  more: Partial<WeekPerson> = {},
): WeekPerson => ({ id, communities: [], weight: 1, isNeeded: false, answers, ...more });

const problemOf = (
  people: readonly WeekPerson[],
  more: Partial<WeekProblem> = {},
): WeekProblem => ({
  seats: 40,
  windows: ['w0', 'w1'].map((id) => ({ id, leadShortDays: 0, leadDays: 150 })),
  people,
  communities: [],
  ...more,
});

describe('the ranking of weeks', () => {
  test('is what its definition says, week by week and level by level', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const { ranking } = rankWeeks(problem);
        expect([...ranks(problem)]).toEqual([...ranksByDefinition(problem)].sort(byRank(problem)));
        for (const { id, values } of ranking) {
          expect(values).toEqual(valuesByDefinition(problem, id));
        }
      }),
    );
  });

  test('never lowers a week for one more yes', () => {
    fc.assert(
      fc.property(anyProblem, fc.nat(7), fc.constantFrom(...WINDOWS), (problem, who, window) => {
        const before = ranks(problem).get(window) ?? 0;
        const after = ranks(withAnswer(problem, who, window, 'yes')).get(window) ?? 0;
        expect(after).toBeLessThanOrEqual(before);
      }),
    );
  });

  test('counts whoever has not answered as having not answered, and as nothing else', () => {
    fc.assert(
      fc.property(anyProblem, fc.boolean(), (problem, isNeeded) => {
        const silent = person('silent', {}, { communities: COMMUNITIES, weight: 3, isNeeded });
        const before = rankWeeks(problem).ranking;
        const after = rankWeeks({ ...problem, people: [...problem.people, silent] }).ranking;
        const numbers = ({ id, rank, counts, communitiesLeftOut }: (typeof before)[number]) => ({
          id,
          rank,
          communitiesLeftOut,
          counts: { ...counts, unanswered: 0 },
        });
        expect(after.map(numbers)).toEqual(before.map(numbers));
        const unanswered = new Map(after.map(({ id, counts }) => [id, counts.unanswered]));
        for (const { id, counts } of before) {
          expect(unanswered.get(id)).toBe(counts.unanswered + 1);
        }
      }),
    );
  });

  test('shows a tie on both sides of it, and on nothing else', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const { ranking } = rankWeeks(problem);
        for (const one of ranking) {
          const equals = ranking.filter(({ values }) => compareWeeks(values, one.values) === 0);
          expect(one.isTied).toBe(equals.length > 1);
          expect(new Set(equals.map(({ rank }) => rank))).toEqual(new Set([one.rank]));
          expect(one.rank).toBe(
            ranking.filter(({ values }) => compareWeeks(values, one.values) < 0).length + 1,
          );
        }
      }),
    );
  });

  test('does not depend on the order in which people and weeks are given', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const turned = {
          ...problem,
          people: problem.people.toReversed(),
          windows: problem.windows.toReversed(),
          communities: problem.communities.toReversed(),
        };
        const inOrder = (of: WeekProblem) =>
          [...ranks(of)].sort(([one], [other]) => (one < other ? -1 : 1));
        expect(inOrder(turned)).toEqual(inOrder(problem));
      }),
    );
  });

  test('says that a week could lead exactly where some way to answer brings it to the first place', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        for (const { id, couldLead } of rankWeeks(problem).ranking) {
          const hoped = problem.windows.reduce(
            (so, window) => answerAll(so, window.id, window.id === id ? 'yes' : 'no'),
            problem,
          );
          expect(couldLead).toBe(ranks(hoped).get(id) === 1);
        }
      }),
    );
  });

  test('names no week that could lead where whatever people answer never brings it there', () => {
    fc.assert(
      fc.property(
        anyProblem,
        fc.infiniteStream(fc.constantFrom<WeekAnswer>('yes', 'if_need_be', 'no')),
        (problem, answers) => {
          const decided = {
            ...problem,
            people: problem.people.map((each) => ({
              ...each,
              answers: {
                ...Object.fromEntries(
                  problem.windows.map(({ id }) => [id, answers.next().value as WeekAnswer]),
                ),
                ...each.answers,
              },
            })),
          };
          const could = new Map(
            rankWeeks(problem).ranking.map(({ id, couldLead }) => [id, couldLead]),
          );
          for (const { id, rank } of rankWeeks(decided).ranking) {
            if (rank === 1) expect(could.get(id)).toBe(true);
          }
        },
      ),
    );
  });

  test('falls behind on the first level that tells the week from the best', () => {
    fc.assert(
      fc.property(anyProblem, (problem) => {
        const { ranking, levels } = rankWeeks(problem);
        const best = ranking[0];
        for (const { rank, values, behind } of ranking) {
          expect(behind === undefined).toBe(rank === 1);
          if (behind === undefined || best === undefined) continue;
          expect(levels).toContain(behind.level);
          expect(behind.value).toBe(values[behind.level]);
          expect(behind.best).toBe(best.values[behind.level]);
          for (const level of levels.slice(0, levels.indexOf(behind.level))) {
            expect(values[level]).toBe(best.values[level]);
          }
        }
      }),
    );
  });
});

describe('what matters more', () => {
  test('is a needed person before any number of others', () => {
    const others = Array.from({ length: 9 }, (_, index) =>
      person(`p${index}`, { w0: 'no', w1: 'yes' }),
    );
    const needed = person('needed', { w0: 'if_need_be', w1: 'no' }, { isNeeded: true });
    expect(rankWeeks(problemOf([...others, needed])).ranking[0]?.id).toBe('w0');
  });

  test('is that a needed person said no before that one has not answered', () => {
    const [silent, refuses] = [
      person('silent', { w0: 'yes' }, { isNeeded: true }),
      person('refuses', { w0: 'no', w1: 'yes' }, { isNeeded: true }),
    ];
    const { ranking } = rankWeeks(problemOf([silent, refuses]));
    expect(ranking.map(({ id, behind }) => [id, behind?.level])).toEqual([
      ['w1', undefined],
      ['w0', 'neededNo'],
    ]);
  });

  test('is a community of which nobody can come before seats', () => {
    const people = [
      person('a', { w0: 'yes', w1: 'yes' }, { communities: ['arrays'] }),
      person('b', { w0: 'no', w1: 'yes' }, { communities: ['arrays'] }),
      person('c', { w0: 'no', w1: 'yes' }, { communities: ['arrays'] }),
      person('d', { w0: 'if_need_be', w1: 'no' }, { communities: ['plots'] }),
    ];
    const communities = COMMUNITIES.slice(0, 2).map((key) => ({ key }));
    const [best, second] = rankWeeks(problemOf(people, { communities })).ranking;
    expect(best?.id).toBe('w0');
    expect(second?.communitiesLeftOut).toEqual(['plots']);
    expect(second?.behind).toEqual({ level: 'communitiesLeftOut', value: 1, best: 0 });
  });

  test('is cost only where each week states one', () => {
    const windows = [
      { id: 'w0', leadShortDays: 0, leadDays: 150, cost: 900 },
      { id: 'w1', leadShortDays: 0, leadDays: 150 },
    ];
    expect(rankWeeks(problemOf([], { windows })).ranking.map(({ rank }) => rank)).toEqual([1, 1]);
    const stated = windows.map((window) => ({ cost: 100, ...window }));
    expect(rankWeeks(problemOf([], { windows: stated })).ranking[1]?.behind).toEqual({
      level: 'extraCost',
      value: 800,
      best: 0,
    });
  });
});

describe('the explanation of a week', () => {
  const NAMES: WeekNames = {
    window: (id) => ({ w0: '22–26 May 2023', w1: '5–9 June 2023' })[id] ?? id,
    person: (id) => id,
    community: (key) => key,
    money: (minor) => `${minor / 100} EUR`,
  };
  const explained = (problem: WeekProblem) => {
    const result = rankWeeks(problem);
    return result.ranking.map((ranked) => explainWindow(ranked, result, NAMES));
  };

  test('says who is missing, on what it falls behind, and what answers could still change', () => {
    const people = [
      person('Ada', { w0: 'yes', w1: 'no' }, { isNeeded: true, communities: ['plots'] }),
      person('Bo', { w0: 'if_need_be', w1: 'yes' }, { communities: ['arrays'] }),
      person('Cy', {}, { communities: ['arrays'] }),
    ];
    const communities = [{ key: 'plots' }, { key: 'arrays', least: 2 }];
    expect(explained(problemOf(people, { communities }))).toEqual([
      [
        'Comes first.',
        'Too few can come from: arrays.',
        '2 can come (1 yes, 1 if need be), 0 cannot; 1 has not answered, which is not counted as yes.',
        '2 of 40 seats would be filled.',
        'It leaves 150 days to prepare.',
        'No answer that is still missing can take it from the first place.',
      ],
      [
        'Comes 2nd of 2.',
        'It falls behind 22–26 May 2023 on needed people who cannot come: 1, there 0.',
        'Needed, and cannot come: Ada.',
        'Nobody can come from: plots.',
        'Too few can come from: arrays.',
        '1 can come (1 yes, 0 if need be), 1 cannot; 1 has not answered, which is not counted as yes.',
        '1 of 40 seats would be filled.',
        'It leaves 150 days to prepare.',
        'It cannot come first any more, whatever the missing answers will be.',
      ],
    ]);
  });

  test('shows a tie as a tie', () => {
    const [first] = explained(problemOf([person('Ada', { w0: 'yes', w1: 'yes' })]));
    expect(first?.[0]).toBe(
      'Comes first, in a tie with 5–9 June 2023: nothing that counts tells them apart.',
    );
  });

  test('tells what a week costs more, and how many more could come than there are seats', () => {
    const windows = [
      { id: 'w0', leadShortDays: 0, leadDays: 150, cost: 0 },
      { id: 'w1', leadShortDays: 3, leadDays: 1, cost: 125_00 },
    ];
    const people = ['Ada', 'Bo'].map((id) => person(id, { w0: 'yes', w1: 'yes' }));
    expect(explained(problemOf(people, { windows, seats: 1 }))[1]).toEqual([
      'Comes 2nd of 2.',
      'It falls behind 22–26 May 2023 on extra cost: 125 EUR, there 0 EUR.',
      '2 can come (2 yes, 0 if need be), 0 cannot; everybody has answered.',
      'The one seat would be filled, with 1 more who can come.',
      'It costs 125 EUR more than the cheapest week.',
      'It leaves 1 day to prepare, 3 fewer than wanted.',
    ]);
  });
});

/** Gives an answer for everybody who has given none to a week. */
const answerAll = (problem: WeekProblem, window: string, answer: WeekAnswer): WeekProblem => ({
  ...problem,
  people: problem.people.map((each) => ({
    ...each,
    answers: { [window]: answer, ...each.answers },
  })),
});

/** By rank, and within one in the order of the problem: as a ranking lists them. */
const byRank =
  ({ windows }: WeekProblem) =>
  ([one, oneRank]: [string, number], [other, otherRank]: [string, number]): number =>
    oneRank - otherRank ||
    windows.findIndex(({ id }) => id === one) - windows.findIndex(({ id }) => id === other);
