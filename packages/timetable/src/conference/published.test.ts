import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expectOk } from '@cairn/kernel/result';
import { describe, expect, it } from 'vitest';
import { checkConference } from './checker.ts';
import { readCosplib } from './cosplib-file.ts';
import { readCosplibSolution } from './solution-file.ts';
import { xlsxAsJson } from './xlsx.ts';

const FOLDER = fileURLToPath(
  new URL('../../../../../shared/data/benchmarks/cosplib/', import.meta.url),
);
const files = existsSync(FOLDER) ? readdirSync(FOLDER) : [];

/** What the library's own checker says of the exact model's solutions. */
const OBJECTIVES = {
  N2OR: 2,
  GECCO19: 1000116,
  GECCO20: 6298,
  GECCO21: 11280,
  OR60F: 1664,
} as const;

describe('the published solutions of CoSPLib', () => {
  for (const [name, objective] of Object.entries(OBJECTIVES)) {
    const isThere = files.includes(`${name}.json`) && files.includes(`${name}Solution.xlsx`);
    it.skipIf(!isThere)(`are valued as by the library’s own checker: ${name}`, async () => {
      const text = readFileSync(`${FOLDER}${name}.json`, 'utf8');
      const conference = expectOk(readCosplib(text, `${name}.json`));
      const workbook = readFileSync(`${FOLDER}${name}Solution.xlsx`);
      const solution = expectOk(await xlsxAsJson(workbook, `${name}Solution.xlsx`));
      const schedule = expectOk(readCosplibSolution(conference, solution, 'solution'));
      const checked = checkConference(conference, schedule);
      expect(checked.values).toEqual([0, 0, objective]);
      expect(checked.isComplete && checked.isValid).toBe(true);
    });
  }
});
