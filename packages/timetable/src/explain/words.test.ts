import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { arbitraryInstance, arbitraryTimetable } from '../../../../tests/arbitrary-instances.ts';
import { RULE_EXAMPLES } from '../../../../tests/rule-examples.ts';
import { checkTimetable } from '../sessions/checker.ts';
import { indexInstance } from '../sessions/index-instance.ts';
import { namesOf } from './names.ts';
import { nameOfRule } from './rule-names.ts';
import { differenceInWords, sentenceOf, valuesInWords } from './words.ts';

describe('A broken rule is said in words', () => {
  test.each(RULE_EXAMPLES.map((example) => [example.kind, example.sentences, example] as const))(
    '%s: %j',
    (kind, sentences, { instance, places }) => {
      const indexed = expectOk(indexInstance(instance));
      const numberOf = (things: readonly { key: string }[], key: string | undefined) =>
        things.findIndex((thing) => thing.key === key);
      const { breaks } = checkTimetable(indexed, {
        slot: instance.sessions.map(({ key }) => numberOf(instance.slots, places[key]?.[0])),
        room: instance.sessions.map(({ key }) => numberOf(instance.rooms, places[key]?.[1])),
      });
      const ofKind = breaks.filter(({ rule }) => rule.kind === kind);
      expect(ofKind.map((each) => sentenceOf(indexed, each))).toEqual(sentences);
    },
  );

  it('whatever is broken, without a hole in the sentence', () => {
    fc.assert(
      fc.property(
        arbitraryInstance().chain((indexed) =>
          arbitraryTimetable(indexed).map((timetable) => ({ indexed, timetable })),
        ),
        ({ indexed, timetable }) => {
          for (const each of checkTimetable(indexed, timetable).breaks) {
            const sentence = sentenceOf(indexed, each);
            expect(sentence).not.toMatch(/undefined|NaN|Infinity|-1|\( *\)| {2}/);
            expect(sentence).toMatch(/\.$/);
            expect(nameOfRule(indexed, each.rule)).not.toMatch(/undefined|NaN|-1| {2}/);
          }
        },
      ),
    );
  });
});

describe('Names', () => {
  const { instance } = RULE_EXAMPLES[0] as (typeof RULE_EXAMPLES)[number]; // there are dozens

  it('say the time of a slot where starts count from a midnight, else its key and day', () => {
    const midnight = namesOf(expectOk(indexInstance(instance)));
    expect(midnight.slot(3)).toBe('Tuesday 09:00');
    const moved = instance.slots.map((slot) => ({
      ...slot,
      start: slot.start + 10_000,
      end: slot.end + 10_000,
    }));
    const unknown = namesOf(expectOk(indexInstance({ ...instance, slots: moved })));
    expect(unknown.slot(3)).toBe('Tuesday, tue9');
  });

  it('may be somebody’s own', () => {
    const indexed = expectOk(indexInstance(instance));
    expect(namesOf(indexed, { slot: (number) => `moment ${number}` }).slot(3)).toBe('moment 3');
  });
});

describe('Values', () => {
  const [example] = RULE_EXAMPLES;
  const instance = { ...example?.instance, levels: ['what must hold', 'clashes', 'interest'] };

  it('are said by the names of their levels', () => {
    const indexed = expectOk(indexInstance(instance as never)); // the instance of an example
    expect(valuesInWords(indexed, [0, 3, 12])).toBe('what must hold: 0, clashes: 3, interest: 12');
  });

  it('are compared level by level', () => {
    const indexed = expectOk(indexInstance(instance as never)); // the instance of an example
    expect(differenceInWords(indexed, [0, 3, 12], [0, 4, 10])).toBe(
      'clashes: 1 more, interest: 2 less',
    );
    expect(differenceInWords(indexed, [0, 3, 12], [0, 3, 12])).toBe('as good on every level');
  });
});
