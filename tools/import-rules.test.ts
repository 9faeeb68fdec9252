import { globSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { RULES } from './import-rules.ts';
import { readImports } from './read-imports.ts';

/**
 * Each fixture breaks one rule. Its first line says where it would stand, the second which rule it
 * breaks; every import in it is a violation.
 */
const fixtures = globSync('tools/fixtures/import-rules/*.txt').map((path) => {
  const [place = '', rule = '', ...source] = readFileSync(path, 'utf8').split('\n');
  return { name: basename(path), place, rule, source: source.join('\n') };
});

describe('import rules', () => {
  test('every rule has a fixture that violates it', () => {
    expect(fixtures.map(({ rule }) => rule).sort()).toEqual(
      expect.arrayContaining(RULES.map(({ name }) => name).sort()),
    );
  });

  test.each(fixtures)(
    '$name is refused by its rule, import by import',
    ({ place, rule, source }) => {
      const imports = readImports(place, source);
      expect(imports.length).toBeGreaterThan(0);
      const broken = RULES.find(({ name }) => name === rule);
      expect(imports.map((imported) => broken?.refuse(imported) !== undefined)).toEqual(
        imports.map(() => true),
      );
    },
  );

  test('what the house allows is allowed', () => {
    const allowed = readImports(
      'apps/cairn/src/features/people/seat-commands.ts',
      `import { ok } from '@cairn/kernel/result';
import type { Tx } from '../../platform/db/database.ts';
import { recordEvent } from '../../platform/db/command.ts';
import { summitById } from '../summits/queries.ts';
import { seatFor } from './seat-rules.ts';`,
    );
    expect(allowed.flatMap((imported) => RULES.map(({ refuse }) => refuse(imported)))).toEqual(
      Array(allowed.length * RULES.length).fill(undefined),
    );
  });

  test('a module for Node alone takes what it was given leave to, and nothing else', () => {
    const refusedAt = (place: string) =>
      readImports(place, "import 'node:worker_threads';\nimport 'node:fs';").map((imported) =>
        RULES.some(({ refuse }) => refuse(imported) !== undefined),
      );
    expect(refusedAt('packages/timetable/src/search/threads.ts')).toEqual([false, true]);
    expect(refusedAt('packages/timetable/src/search/solve.ts')).toEqual([true, true]);
  });

  test('reads static, type-only, side-effect, re-exported, dynamic and many-line imports', () => {
    const source = `import a from './a.ts';
import type { B } from './b.ts';
import { type C, type D } from './c.ts';
import {
  e,
  type F,
} from './e.ts';
import './g.ts';
export { h } from './h.ts';
const i = await import('./i.ts');
/* import './not.ts' */`;
    expect(
      readImports('src/x.ts', source).map(({ to, isTypeOnly, line }) => [to, isTypeOnly, line]),
    ).toEqual([
      ['src/a.ts', false, 1],
      ['src/b.ts', true, 2],
      ['src/c.ts', true, 3],
      ['src/e.ts', false, 4],
      ['src/g.ts', false, 8],
      ['src/h.ts', false, 9],
      ['src/i.ts', false, 10],
    ]);
  });
});
