import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyTimetable, smallInstance, smallSummit } from '../../../../tests/small-instances.ts';
import { readTpac, readTpacGrid } from '../files/tpac.ts';
import { plantedSummit } from '../generator/summit.ts';
import { Search } from '../search/search.ts';
import { indexInstance } from '../sessions/index-instance.ts';
import { loadHighs } from './load-highs.ts';
import { proveTimetable } from './prove.ts';

const TPAC = resolve(import.meta.dirname, '../../../../../shared/data/benchmarks/tpac');

const event = (file: string) => {
  const text = readFileSync(resolve(TPAC, file), 'utf8');
  const instance = expectOk(readTpac(text, file));
  const indexed = expectOk(indexInstance(instance));
  const published = expectOk(readTpacGrid(text, instance, file));
  const search = new Search(indexed, { seed: 1, iterations: 60_000 });
  search.run(60_000);
  return { indexed, published, found: search.best };
};

describe.skipIf(!existsSync(TPAC))('what is proven of TPAC', () => {
  it('is that nobody can do with fewer than four clashes of tracks in 2019', async () => {
    const { indexed, published, found } = event('tpac2019.json');
    const proof = await proveTimetable(indexed, found);
    expect(proof.verdict).toBe('optimal');
    expect(proof.levels.map(({ value }) => value)).toEqual([0, 0, 0, 0, 4]);
    expect(proof.sentences.at(-1)).toBe(
      'clashes of tracks: 4, and nobody can have less. There are fewer slots than sessions: 6 sessions on the track “media”; 8 sessions on the track “core”.',
    );
    const { levels, verdict } = await proveTimetable(indexed, published);
    expect(verdict).toBe('gap');
    expect(levels[3]).toMatchObject({ value: 1, bound: 0, isOptimal: false });
  });

  it('is that the Breakouts Day of 2024 was without conflicts', async () => {
    const { indexed, published } = event('breakouts-day-2024.json');
    const proof = await proveTimetable(indexed, published);
    expect(proof.verdict).toBe('optimal');
    expect(proof.levels.every(({ value }) => value === 0)).toBe(true);
  });
});

describe('a proof with HiGHS', () => {
  it('never claims more than is true of small summits', async () => {
    const highs = await loadHighs();
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(), async (seed, chosen) => {
        const indexed = smallSummit(seed);
        const all = [...everyTimetable(indexed)].filter(({ values: [must] }) => must === 0);
        const picked = all[chosen % Math.max(1, all.length)];
        if (picked === undefined) return;
        const least = Math.min(...all.map(({ values: [, lost = 0] }) => lost));
        const effort = { rounds: 20, patterns: 1000 };
        const load = () => Promise.resolve(highs);
        const proof = await proveTimetable(indexed, picked.timetable, { highs: load, effort });
        expect(proof.levels[1]?.bound).toBeLessThanOrEqual(least);
        expect(proof.verdict === 'optimal').toBe(picked.values[1] === least);
        expect(proof.better !== undefined).toBe((picked.values[1] ?? 0) > least);
      }),
      { numRuns: 20 },
    );
  });

  it('leads to a summit’s best timetable, and closes the gap', async () => {
    const shape = { people: 20, sessions: 18, slots: 6, rooms: 4, interests: 8, seed: 5 };
    const { instance, planted } = plantedSummit(shape);
    const indexed = expectOk(indexInstance(instance));
    let proof = await proveTimetable(indexed, planted, { highs: () => loadHighs() });
    for (let tries = 0; proof.better !== undefined && tries < 5; tries++) {
      proof = await proveTimetable(indexed, proof.better.timetable, { highs: () => loadHighs() });
    }
    expect(proof.verdict).toBe('optimal');
    expect(proof.levels[1]?.value).toBeGreaterThan(0);
  });
});

describe('a proof', () => {
  it('finds what is better where a small program shows it', async () => {
    const indexed = smallInstance(1);
    const nothing = indexed.sessions.map(() => -1);
    const timetable = { slot: nothing, room: nothing };
    const proof = await proveTimetable(indexed, timetable, { highs: () => loadHighs() });
    expect(proof.better).toBeDefined();
    if (proof.better === undefined) return;
    const again = await proveTimetable(indexed, proof.better.timetable, {
      highs: () => loadHighs(),
    });
    expect(again.levels.every(({ isOptimal }) => isOptimal)).toBe(true);
  });

  it('says that what must hold cannot hold', async () => {
    const indexed = expectOk(
      indexInstance({
        slots: [{ key: 'only', day: 'Monday', start: 0, end: 60 }],
        rooms: [{ key: 'room' }],
        people: [],
        sessions: [{ key: 'a' }, { key: 'b' }],
        rules: [],
      }),
    );
    const proof = await proveTimetable(indexed, { slot: [0, -1], room: [0, -1] });
    expect(proof.verdict).toBe('infeasible');
    expect(proof.sentences).toEqual([
      'What must hold cannot all hold.',
      'what must hold: 1, and nobody can have less. “a” and “b” need 2 places and only 1 place suits them.',
    ]);
  });
});
