import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import type { Highs } from 'highs';
import { beforeAll, describe, expect, it } from 'vitest';
import { everyTimetable, smallInstance } from '../../../../tests/small-instances.ts';
import { plantedSummit, SUMMIT_SIZES } from '../generator/summit.ts';
import { checkTimetable } from '../sessions/checker.ts';
import { type IndexedInstance, indexInstance } from '../sessions/index-instance.ts';
import type { Instance } from '../sessions/model.ts';
import { whyInfeasible } from './conflict.ts';
import { loadHighs } from './load-highs.ts';
import { onlyWith, type Reason } from './reasons.ts';

const isPossible = (indexed: IndexedInstance): boolean =>
  everyTimetable(indexed).some(({ values }) => values[0] === 0);

const canHold = (indexed: IndexedInstance, reasons: readonly Reason[]): boolean =>
  isPossible(onlyWith(indexed, reasons).indexed);

describe('why what must hold cannot hold', () => {
  let highs: Highs;
  beforeAll(async () => {
    highs = await loadHighs();
  });

  it('are reasons that cannot hold together, of which none can be left out', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const indexed = smallInstance(seed);
        const conflict = await whyInfeasible(indexed, highs);
        if (isPossible(indexed)) {
          expect(conflict.status).toBe('possible');
          return;
        }
        if (conflict.status !== 'conflict') throw new Error(`${conflict.status} of ${seed}`);
        const { reasons } = conflict;
        expect(conflict.isIrreducible).toBe(true);
        expect(canHold(indexed, reasons)).toBe(false);
        for (const reason of reasons) {
          expect(
            canHold(
              indexed,
              reasons.filter((other) => other !== reason),
            ),
          ).toBe(true);
        }
      }),
      { numRuns: 15 },
    );
  });

  it('are never wrong without HiGHS, but may be unknown, or more than needed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const indexed = smallInstance(seed);
        const conflict = await whyInfeasible(indexed);
        if (conflict.status === 'unknown') return;
        expect(conflict.status).toBe(isPossible(indexed) ? 'possible' : 'conflict');
        if (conflict.status === 'conflict') {
          expect(canHold(indexed, conflict.reasons)).toBe(false);
          for (const reason of conflict.isIrreducible ? conflict.reasons : []) {
            expect(
              canHold(
                indexed,
                conflict.reasons.filter((other) => other !== reason),
              ),
            ).toBe(true);
          }
        }
      }),
      { numRuns: 8 },
    );
  });

  it('come with a timetable where there is one', async () => {
    const indexed = expectOk(indexInstance(plantedSummit({ ...SUMMIT_SIZES.S, seed: 2 }).instance));
    const conflict = await whyInfeasible(indexed, highs);
    if (conflict.status !== 'possible') throw new Error(conflict.sentences.join(' '));
    expect(checkTimetable(indexed, conflict.timetable).values[0]).toBe(0);
  });

  it('name the circle in which sessions wait for each other', async () => {
    const { instance } = plantedSummit({ ...SUMMIT_SIZES.S, seed: 3 });
    const before = (one: number, other: number) => ({
      kind: 'before' as const,
      level: 0,
      sessions: [`session ${one}`, `session ${other}`],
    });
    const rules = [...instance.rules, before(4, 18), before(18, 31), before(31, 4)];
    expect(await sentencesOf({ ...instance, rules })).toEqual([
      'These cannot all hold:',
      '“session 4”, “session 18” and “session 31” must have places.',
      '“session 4” comes before “session 18”.',
      '“session 18” comes before “session 31”.',
      '“session 31” comes before “session 4”.',
      'There are 10 slots and 5 rooms, and rooms and people are in one session at a time.',
      'Give up any one of them, and the others can hold.',
    ]);
  });

  it('name a lead who is away, by name and day', async () => {
    const instance: Instance = {
      slots: [
        { key: 'mon', day: 'Monday', start: 540, end: 600 },
        { key: 'tue', day: 'Tuesday', start: 1980, end: 2040 },
      ],
      rooms: [{ key: 'Hall', features: ['projector'], closed: ['mon'] }, { key: 'Cabin' }],
      people: [{ key: 'ada', name: 'Ada', away: ['tue'] }, { key: 'bob' }],
      sessions: [
        { key: 'a', title: 'Arrays', leads: ['ada'], needs: ['projector'] },
        { key: 'b', title: 'Builds', leads: ['bob'] },
      ],
      rules: [],
    };
    expect(await sentencesOf(instance)).toEqual([
      'These cannot all hold:',
      '“Arrays” must have a place.',
      'Ada must be in “Arrays”.',
      '“Arrays” needs a room with projector.',
      'Ada is away on Tuesday.',
      'Hall is closed on Monday.',
      'There are 2 slots and 2 rooms, and rooms and people are in one session at a time.',
      'Give up any one of them, and the others can hold.',
    ]);
  });

  async function sentencesOf(instance: Instance): Promise<readonly string[]> {
    const conflict = await whyInfeasible(expectOk(indexInstance(instance)), highs);
    return conflict.sentences;
  }
});
