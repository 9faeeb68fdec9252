import { seededRandom } from '@cairn/kernel/random';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyGroupsProblem } from '../../../../tests/arbitrary-groups.ts';
import { checkGroups, type NumberedGroup } from './checker.ts';
import { GroupState, type Move } from './group-state.ts';
import { indexGroups } from './index-groups.ts';
import { compareGroupValues } from './model.ts';
import { placeCosts } from './place-costs.ts';

test('values follow any moves as the slow checker has them, and a change never makes anything worse', () => {
  let moved = 0;
  fc.assert(
    fc.property(anyGroupsProblem, fc.nat(), (problem, seed) => {
      const indexed = indexGroups(problem);
      if (!indexed.ok) throw new Error('any problem is a right one');
      const { people, topics } = indexed.value;
      const random = seededRandom(seed);
      const below = (count: number) => Math.floor(random() * count);
      const taking = [...people.keys()].filter((person) => people[person]?.isOut === false);
      if (topics.length === 0) return;
      const groups = topics.flatMap(({ groups: count }, topic) =>
        Array.from({ length: count }, () => ({ topic, people: [] as number[] })),
      );
      for (const person of taking) groups[below(groups.length + 1)]?.people.push(person);
      const some = groups.filter((group) => group.people.length > 0);
      const state = new GroupState(indexed.value, placeCosts(indexed.value), some);
      const byChecker = () => {
        const now = state.members.map(
          (members, group): NumberedGroup => ({
            topic: state.topicOf[group] ?? -1,
            people: members,
          }),
        );
        return checkGroups(indexed.value, now).values;
      };
      expect(state.values).toEqual(byChecker());
      for (let step = 0; step < 12; step++) {
        const who = new Set([taking[below(taking.length)], taking[below(taking.length)]]);
        const moves = [...who].flatMap((person): Move[] =>
          person === undefined ? [] : [[person, below(some.length + 1) - 1]],
        );
        const before = [...state.values];
        const after = state.valuesAfter(moves);
        expect(state.values).toEqual(before);
        if (!state.change(moves)) continue;
        moved += 1;
        expect(state.values).toEqual(after);
        expect(state.values).toEqual(byChecker());
        expect(compareGroupValues(state.values, before)).toBeLessThanOrEqual(0);
      }
    }),
    { numRuns: 300 },
  );
  expect(moved).toBeGreaterThan(200);
});
