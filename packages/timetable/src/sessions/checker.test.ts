import { seededRandom } from '@cairn/kernel/random';
import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  ALL_KINDS,
  arbitraryInstance,
  arbitraryTimetable,
} from '../../../../tests/arbitrary-instances.ts';
import { RULE_EXAMPLES, type RuleExample } from '../../../../tests/rule-examples.ts';
import { checkTimetable, type Judged } from './checker.ts';
import { type IndexedInstance, indexInstance } from './index-instance.ts';
import type { Instance, Timetable } from './model.ts';

const judged = ({ instance, places }: RuleExample): Judged => {
  const indexed = expectOk(indexInstance(instance));
  const numberOf = (things: readonly { key: string }[], key: string | undefined) =>
    things.findIndex((thing) => thing.key === key);
  return checkTimetable(indexed, {
    slot: instance.sessions.map(({ key }) => numberOf(instance.slots, places[key]?.[0])),
    room: instance.sessions.map(({ key }) => numberOf(instance.rooms, places[key]?.[1])),
  });
};

describe('A rule costs what its definition says', () => {
  test.each(RULE_EXAMPLES.map((example) => [example.kind, example.sentences[0], example] as const))(
    '%s: %s',
    (kind, _, example) => {
      const { values, breaks } = judged(example);
      const ofKind = breaks.filter(({ rule }) => rule.kind === kind);
      expect(ofKind.reduce((sum, { cost }) => sum + cost, 0)).toBe(example.cost);
      const [{ rule } = { rule: undefined }] = ofKind;
      const others = breaks.filter((each) => !ofKind.includes(each));
      const ofOthers = others
        .filter((each) => each.rule.level === rule?.level)
        .reduce((sum, each) => sum + each.cost * each.rule.weight, 0);
      expect(values[rule?.level ?? -1]).toBe(example.cost * (rule?.weight ?? 0) + ofOthers);
    },
  );

  it('has an example of every kind', () => {
    const kinds = new Set(RULE_EXAMPLES.map(({ kind }) => kind));
    expect(ALL_KINDS.filter((kind) => !kinds.has(kind))).toEqual([]);
  });
});

const anyJudgement = arbitraryInstance().chain((indexed) =>
  arbitraryTimetable(indexed).map((timetable) => ({ indexed, timetable })),
);

describe('Judging a timetable', () => {
  it('does not depend on the order in which rooms, people, sessions and rules are written', () => {
    fc.assert(
      fc.property(anyJudgement, fc.nat(), ({ indexed, timetable }, seed) => {
        const permuted = permute(indexed, timetable, seed);
        expect(checkTimetable(permuted.indexed, permuted.timetable).values).toEqual(
          checkTimetable(indexed, timetable).values,
        );
      }),
    );
  });

  it('does not depend on what things are called', () => {
    fc.assert(
      fc.property(anyJudgement, ({ indexed, timetable }) => {
        const text = JSON.stringify(indexed.instance).replace(
          /"(slot|room|person|session)(\d+)"/g,
          '"renamed $1 $2"',
        );
        const renamed = expectOk(indexInstance(JSON.parse(text)));
        expect(checkTimetable(renamed, timetable).values).toEqual(
          checkTimetable(indexed, timetable).values,
        );
      }),
    );
  });

  it('adds up, for each level, what the breaks of its rules cost', () => {
    fc.assert(
      fc.property(anyJudgement, ({ indexed, timetable }) => {
        const { values, breaks } = checkTimetable(indexed, timetable);
        for (const [level, value] of values.entries()) {
          const ofLevel = breaks.filter(({ rule }) => rule.level === level);
          expect(ofLevel.reduce((sum, { cost, rule }) => sum + cost * rule.weight, 0)).toBe(value);
        }
        expect(breaks.every(({ cost }) => Number.isSafeInteger(cost) && cost > 0)).toBe(true);
      }),
    );
  });

  it('leaves the other levels alone when a rule is added', () => {
    fc.assert(
      fc.property(anyJudgement, ({ indexed, timetable }) => {
        const more: Instance = {
          ...indexed.instance,
          rules: [...indexed.instance.rules, { kind: 'interest', level: 5 }],
        };
        const before = checkTimetable(indexed, timetable).values;
        const after = checkTimetable(expectOk(indexInstance(more)), timetable).values;
        expect(after.slice(0, before.length)).toEqual(before.map((value) => value));
      }),
      { numRuns: 50 },
    );
  });

  it('counts only what is missing where nothing has a place', () => {
    fc.assert(
      fc.property(arbitraryInstance(), (indexed) => {
        const nowhere = indexed.sessions.map(() => -1);
        const { breaks } = checkTimetable(indexed, { slot: nowhere, room: nowhere });
        const missing = [
          'placed',
          'pinned',
          'interest',
          'worst-off',
          'spread',
          'attends',
          'unmoved',
        ];
        expect(breaks.filter(({ rule }) => !missing.includes(rule.kind))).toEqual([]);
      }),
    );
  });

  it('takes a session without its room for one that has no place', () => {
    fc.assert(
      fc.property(anyJudgement, fc.nat(), ({ indexed, timetable }, at) => {
        const session = at % indexed.sessions.length;
        if (indexed.sessions[session]?.takesRoom === false) return;
        const roomless = timetable.room.map((room, each) => (each === session ? -1 : room));
        const slotless = timetable.slot.map((slot, each) => (each === session ? -1 : slot));
        expect(checkTimetable(indexed, { ...timetable, room: roomless }).values).toEqual(
          checkTimetable(indexed, { ...timetable, slot: slotless }).values,
        );
      }),
    );
  });
});

/** The same instance and timetable with all lists but the slots in another order. */
function permute(
  { instance }: IndexedInstance,
  timetable: Timetable,
  seed: number,
): { indexed: IndexedInstance; timetable: Timetable } {
  const random = seededRandom(seed);
  const order = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ index, by: random() }))
      .sort((one, other) => one.by - other.by)
      .map(({ index }) => index);
  const taken = <T>(items: readonly T[], positions: readonly number[]) =>
    positions.flatMap((position) => items.slice(position, position + 1));
  const sessions = order(instance.sessions.length);
  const rooms = order(instance.rooms.length);
  const permuted: Instance = {
    ...instance,
    sessions: taken(instance.sessions, sessions),
    rooms: taken(instance.rooms, rooms),
    people: taken(instance.people, order(instance.people.length)),
    rules: taken(instance.rules, order(instance.rules.length)),
  };
  return {
    indexed: expectOk(indexInstance(permuted)),
    timetable: {
      slot: sessions.map((session) => timetable.slot[session] ?? -1),
      room: sessions.map((session) => rooms.indexOf(timetable.room[session] ?? -1)),
    },
  };
}
