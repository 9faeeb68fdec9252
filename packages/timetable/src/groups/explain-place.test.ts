import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyGroupsProblem } from '../../../../tests/arbitrary-groups.ts';
import { explainPlace } from './explain-place.ts';
import { formGroups } from './form-groups.ts';
import { type IndexedGroups, indexGroups } from './index-groups.ts';
import { compareGroupValues, type GroupsProblem } from './model.ts';
import { placeInWords } from './place-words.ts';

const indexed = (problem: GroupsProblem): IndexedGroups => {
  const read = indexGroups(problem);
  if (!read.ok) throw new Error(read.error.map(({ sentence }) => sentence).join(' '));
  return read.value;
};

describe('why somebody is where they are', () => {
  test('is that somebody else would have a worse wish', () => {
    const problem = indexed({
      people: [
        { key: 'Ada', ranks: ['arrays', 'docs'] },
        { key: 'Bo', ranks: ['arrays', 'typing', 'docs'] },
      ],
      topics: ['arrays', 'docs']
        .map((key) => ({ key, least: 1, most: 1 }))
        .concat([{ key: 'typing', least: 2, most: 2 }]),
    });
    const found = formGroups(problem, { seed: 1 });
    expect(explainPlace(problem, found, 'Ada').sentences).toEqual([
      'Ada is in docs, their 2nd wish.',
      'Not arrays (their 1st wish): for that Bo would go from arrays (their 1st wish) to docs (their 3rd wish): 1 more of “people with their 3rd wish”.',
      'Nobody could trade places with Ada without losing by it; Bo in arrays would lose least: their 3rd wish instead of their 1st wish.',
    ]);
    expect(explainPlace(problem, found, 'Bo').sentences).toEqual([
      'Bo is in arrays, their 1st wish.',
    ]);
  });

  test('is a lot where nothing else decided, and a topic that does not run is told', () => {
    const problem = indexed({
      people: ['Ada', 'Bo', 'Cy'].map((key) => ({
        key,
        ranks: key === 'Cy' ? ['typing', 'docs'] : ['arrays', 'docs'],
      })),
      topics: [
        { key: 'arrays', least: 1, most: 1 },
        { key: 'docs', least: 1, most: 2 },
        { key: 'typing', least: 2, most: 2 },
      ],
    });
    const found = formGroups(problem, { seed: 1 });
    const [loser = ''] =
      found.groups.find(({ topic }) => topic === 'docs')?.people.filter((key) => key !== 'Cy') ??
      [];
    expect(explainPlace(problem, found, loser).sentences[1]).toMatch(/nothing but lots decided\.$/);
    expect(explainPlace(problem, found, 'Cy').sentences[1]).toBe(
      'Not typing (their 1st wish): it does not run. 1 person wishes for it, and a group takes 2.',
    );
  });

  test('is told by the ends of a chain where many would have to move', () => {
    const topics = ['a', 'b', 'c', 'd', 'e'].map((key) => ({ key, least: 1, most: 1 }));
    const ranks = [
      ['a', 'b', 'f'],
      ['b', 'c'],
      ['c', 'd'],
      ['d', 'e'],
      ['e', 'f', 'a'],
      ['a', 'f'],
    ];
    const problem = indexed({
      people: ranks.map((wishes, at) => ({ key: `p${at}`, ranks: wishes })),
      topics: [...topics, { key: 'f', least: 1, most: 1 }],
    });
    const found = formGroups(problem, { seed: 1 });
    const late = found.groups.find(({ topic }) => topic === 'f')?.people[0] ?? '';
    const { missed, sentences } = explainPlace(problem, found, late);
    expect(missed[0]).toMatchObject({ why: 'others' });
    expect(sentences[1]).toMatch(/^Not \w \(their 1st wish\): for that /);
    const long = placeInWords(problem, {
      ...{ person: 0, topic: 5, trades: [] },
      missed: [
        {
          ...{ topic: 0, why: 'others', change: found.values.map(() => 0) },
          chain: [1, 2, 3, 4].map((person) => ({ person, from: person - 1, to: person })),
        },
      ],
    });
    expect(long[1]).toBe(
      'Not a (their 1st wish): for that 4 people would have to move one after another: first p1 would go from a (no wish of theirs) to b (their 1st wish), at last p4 would go from d (no wish of theirs) to e (their 1st wish); nothing but lots decided.',
    );
  });

  test('is that who leads a topic must be in another', () => {
    const problem = indexed({
      people: ['Ada', 'Bo', 'Cy'].map((key) => ({
        key,
        ranks: key === 'Cy' ? ['docs'] : ['arrays'],
      })),
      topics: [
        { key: 'arrays', leads: ['Ada'], mustRun: true },
        { key: 'docs', least: 1, leads: ['Ada'] },
      ],
    });
    const found = formGroups(problem, { seed: 1 });
    expect(explainPlace(problem, found, 'Cy').sentences[1]).toBe(
      'Not docs (their 1st wish): it does not run. Ada must be in it and is bound elsewhere.',
    );
  });

  test('tells of a trade by which nobody loses where only a hand has parted them', () => {
    const problem = indexed({
      people: [
        { key: 'Ada', ranks: ['arrays', 'docs'], pinned: 'docs' },
        { key: 'Bo', ranks: ['docs', 'arrays'], pinned: 'arrays' },
      ],
      topics: ['arrays', 'docs'].map((key) => ({ key, least: 1, most: 1 })),
    });
    const found = formGroups(problem, { seed: 1 });
    expect(explainPlace(problem, found, 'Ada').sentences).toEqual([
      'Ada is in docs, their 2nd wish.',
      'They were put there by hand.',
      'Not arrays (their 1st wish): they were put into docs by hand.',
      'Ada could trade places with Bo in arrays, who would lose nothing by it, against the rules: 2 more of “broken rules”.',
    ]);
  });

  test('never is that nothing stands against something better', () => {
    fc.assert(
      fc.property(anyGroupsProblem, (given) => {
        const problem = indexed(given);
        const found = formGroups(problem, { seed: 1 });
        if (!found.isOptimal) return;
        for (const { key } of given.people) {
          const { missed, trades } = explainPlace(problem, found, key);
          const nothing = found.values.map(() => 0);
          for (const each of missed) {
            if (each.why !== 'others') continue;
            expect(compareGroupValues(each.change, nothing)).toBeGreaterThanOrEqual(0);
          }
          for (const { change } of trades) {
            expect(compareGroupValues(change, nothing)).toBeGreaterThanOrEqual(0);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('is told of any groups, also of those that rounds of moves would better', () => {
    fc.assert(
      fc.property(anyGroupsProblem, fc.nat(99), (problem, turn) => {
        const of = indexed(problem);
        const { people, topics } = of;
        const groups = [...topics.keys()].map((topic) => ({
          topic: topics[topic]?.topic.key ?? '',
          people: [...people.keys()]
            .filter((each) => (each * 7 + turn) % topics.length === topic && !people[each]?.isOut)
            .map((each) => people[each]?.person.key ?? ''),
        }));
        const there = groups.filter((group) => group.people.length > 0);
        for (const { person } of people) {
          expect(explainPlace(of, { groups: there }, person.key).sentences).not.toEqual([]);
        }
      }),
    );
  });
});
