import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyGroupsProblem } from '../../../../tests/arbitrary-groups.ts';
import { checkGroups, type NumberedGroup } from './checker.ts';
import { formGroups } from './form-groups.ts';
import { type IndexedGroups, indexGroups } from './index-groups.ts';
import { compareGroupValues, type GroupsProblem, type GroupValues } from './model.ts';
import { numberedGroups } from './statement.ts';

const indexed = (problem: GroupsProblem): IndexedGroups => {
  const read = indexGroups(problem);
  if (!read.ok) throw new Error(read.error.map(({ sentence }) => sentence).join(' '));
  return read.value;
};

/** All ways to put everybody into some group of some topic, or into none. */
function bestOfAll(problem: IndexedGroups): GroupValues {
  const places = problem.topics.flatMap(({ groups }, topic) =>
    Array.from({ length: groups }, (_, group) => ({ topic, group })),
  );
  let best: GroupValues | undefined;
  const people: number[][] = places.map(() => []);
  const put = (person: number): void => {
    const one = problem.people[person];
    if (one === undefined) {
      const groups = places.map(
        ({ topic }, at): NumberedGroup => ({ topic, people: people[at] ?? [] }),
      );
      const { values } = checkGroups(problem, groups);
      if (best === undefined || compareGroupValues(values, best) < 0) best = values;
      return;
    }
    put(person + 1);
    if (one.isOut) return;
    for (const here of people) {
      here.push(person);
      put(person + 1);
      here.pop();
    }
  };
  put(0);
  return best ?? [];
}

describe('groups', () => {
  test('are judged as the slow checker judges them, and nobody is in two or left out unsaid', () => {
    fc.assert(
      fc.property(anyGroupsProblem, fc.nat(99), (problem, seed) => {
        const of = indexed(problem);
        const found = formGroups(of, { seed, budget: 200 });
        expect(checkGroups(of, numberedGroups(of, found)).values).toEqual(found.values);
        const taking = problem.people.filter(({ isOut = false }) => !isOut).map(({ key }) => key);
        const everybody = [...found.groups.flatMap(({ people }) => people), ...found.unplaced];
        expect(everybody.sort()).toEqual(taking.sort());
      }),
      { numRuns: 150 },
    );
  });

  test('are never better than the bound, and the best there are where that is said', () => {
    fc.assert(
      fc.property(anyGroupsProblem, fc.nat(99), (problem, seed) => {
        const of = indexed(problem);
        const { values, bound, isOptimal, provenValues } = formGroups(of, { seed });
        const best = bestOfAll(of);
        expect(compareGroupValues(bound, best)).toBeLessThanOrEqual(0);
        expect(compareGroupValues(best, values)).toBeLessThanOrEqual(0);
        expect(values.slice(0, provenValues)).toEqual(best.slice(0, provenValues));
        if (isOptimal) expect(values).toEqual(best);
      }),
      { numRuns: 150 },
    );
  });

  test('are the same in whatever order people and topics are given', () => {
    fc.assert(
      fc.property(anyGroupsProblem, fc.nat(99), fc.nat(99), (problem, seed, by) => {
        const turned = <T>(items: readonly T[]) =>
          items.map((_, at) => items[(at + by) % items.length] as T).toReversed();
        const other = {
          ...problem,
          people: turned(problem.people),
          topics: turned(problem.topics),
        };
        const found = formGroups(indexed(problem), { seed });
        expect(formGroups(indexed(other), { seed })).toEqual(found);
      }),
      { numRuns: 100 },
    );
  });

  test('are drawn by lot where nothing else tells two people apart', () => {
    const problem = indexed({
      people: ['Ada', 'Bo', 'Cy'].map((key) => ({ key, ranks: ['arrays', 'docs'] })),
      topics: [
        { key: 'arrays', least: 1, most: 1 },
        { key: 'docs', least: 1, most: 2 },
      ],
    });
    const lucky = new Set(
      Array.from({ length: 30 }, (_, seed) => {
        const { groups, isOptimal } = formGroups(problem, { seed });
        expect(isOptimal).toBe(true);
        return groups.find(({ topic }) => topic === 'arrays')?.people.join();
      }),
    );
    expect(lucky).toEqual(new Set(['Ada', 'Bo', 'Cy']));
  });

  test('spare one their third wish though that costs two others their first', () => {
    const problem = indexed({
      people: [
        { key: 'Ada', ranks: ['one', 'two', 'three'] },
        { key: 'Bo', ranks: ['two', 'one'] },
        { key: 'Cy', ranks: ['one', 'three'] },
      ],
      topics: ['one', 'two', 'three'].map((key) => ({ key, least: 1, most: 1 })),
    });
    const { groups } = formGroups(problem, { seed: 1 });
    expect(groups.find(({ topic }) => topic === 'three')?.people).toEqual(['Cy']);
  });

  test('keep what was put by hand, and move as few others as can be', () => {
    const people = ['Ada', 'Bo', 'Cy', 'Di'].map((key) => ({ key, ranks: ['arrays', 'docs'] }));
    const topics = ['arrays', 'docs'].map((key) => ({ key, least: 1, most: 2 }));
    const from = { Ada: 'arrays', Bo: 'arrays', Cy: 'docs', Di: 'docs' };
    for (let seed = 0; seed < 10; seed++) {
      const problem = indexed({
        people: people.map((each) => (each.key === 'Cy' ? { ...each, pinned: 'arrays' } : each)),
        topics,
        rules: [{ kind: 'unmoved', level: 3, from }],
      });
      const { groups, values, isOptimal } = formGroups(problem, { seed });
      const arrays = groups.find(({ topic }) => topic === 'arrays')?.people ?? [];
      expect(arrays).toContain('Cy');
      expect(arrays.filter((key) => key === 'Ada' || key === 'Bo')).toHaveLength(1);
      expect(values[3]).toBe(2);
      expect(isOptimal).toBe(true);
    }
  });

  test('drop a topic that too few wish for, and keep one that must run', () => {
    const people = ['Ada', 'Bo', 'Cy', 'Di'].map((key) => ({
      key,
      ranks: key === 'Di' ? ['odd', 'main'] : ['main'],
    }));
    const topics = (mustRun: boolean) => [{ key: 'main' }, { key: 'odd', mustRun }];
    const dropped = formGroups(indexed({ people, topics: topics(false) }), { seed: 1 });
    expect(dropped).toMatchObject({ dropped: ['odd'], isOptimal: true });
    const kept = formGroups(indexed({ people, topics: topics(true) }), { seed: 1 });
    expect(kept.groups.map((group) => [group.topic, group.people.length])).toEqual([
      ['main', 2],
      ['odd', 2],
    ]);
  });
});

describe('wishes that cannot all be met', () => {
  test('are explained by who wishes for nothing but what is full, everybody having a place', () => {
    const hurried = Array.from({ length: 23 }, (_, at) => ({
      key: `p${at}`,
      ranks: at % 2 === 0 ? ['packaging', 'typing'] : ['typing'],
    }));
    const others = Array.from({ length: 4 }, (_, at) => ({ key: `q${at}`, ranks: ['docs'] }));
    const problem = indexed({
      people: [...hurried, ...others],
      topics: ['packaging', 'typing', 'docs'].map((key) => ({ key })),
    });
    const found = formGroups(problem, { seed: 3 });
    expect(found).toMatchObject({ isOptimal: true, unplaced: [], dropped: [] });
    expect(found.shortages).toHaveLength(1);
    const [shortage] = found.shortages;
    expect(shortage).toMatchObject({ topics: ['packaging', 'typing'], places: 20, dropped: [] });
    expect(shortage?.people).toHaveLength(23);
    expect(shortage?.without).toHaveLength(3);
    expect(found.statement.at(-1)).toMatch(
      /^23 people wish for nothing but packaging and typing, which have 20 places: make room for 3 more, let packaging or typing have another group or ask p\d+, p\d+ or p\d+ for another wish; there is room in docs \(3\)\.$/,
    );
  });

  test('are told apart from wishes that sizes stand against', () => {
    const problem = indexed({
      people: ['Ada', 'Bo', 'Cy', 'Di', 'Eli'].map((key) => ({ key, ranks: ['docs'] })),
      topics: [
        { key: 'docs', least: 3, most: 4, groups: 2 },
        { key: 'typing', least: 1 },
      ],
    });
    const { shortages, statement } = formGroups(problem, { seed: 1 });
    expect(shortages).toEqual([]);
    expect(statement.at(-1)).toMatch(
      /^\w+ gets none of their wishes, not for want of places: sizes, /,
    );
  });

  test('are always of more people than places, some of whom get none of their wishes', () => {
    fc.assert(
      fc.property(anyGroupsProblem, (problem) => {
        const { shortages } = formGroups(indexed(problem), { seed: 1 });
        for (const { people, places, without, topics } of shortages) {
          expect(people.length).toBeGreaterThan(places);
          expect(without.length).toBeGreaterThan(0);
          for (const each of without) expect(people).toContain(each);
          expect(new Set(topics).size).toBe(topics.length);
        }
      }),
      { numRuns: 150 },
    );
  });
});
