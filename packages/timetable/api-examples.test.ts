import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { afterAll, describe, expect, test } from 'vitest';

const HERE = import.meta.dirname;
const TEXT = readFileSync(join(HERE, 'API.md'), 'utf8');
// Below node_modules, so that an example finds what the package depends on.
const SHELF = join(HERE, '..', '..', 'node_modules', '.cache', `timetable-examples-${process.pid}`);

/** The examples of the document: TypeScript, each whole in itself, by the heading above. */
const EXAMPLES = [...TEXT.matchAll(/^#{2,3} (.+)$|^```ts\n([\s\S]*?)^```$/gm)].reduce<
  { heading: string; code: string }[]
>((found, [, heading, code]) => {
  if (heading !== undefined) found.push({ heading, code: '' });
  else if (code !== undefined) found.push({ heading: found.at(-1)?.heading ?? '', code });
  return found;
}, []);
const [SHARED, ...WITH_CODE] = EXAMPLES.filter(({ code }) => code !== '');

afterAll(() => rmSync(SHELF, { recursive: true, force: true }));

/** `expression; // → value` holds if both are equal; the value may go on in comments below. */
const asTest = (code: string): string =>
  code.replace(
    /^(.*?);?\s*\/\/ → (.*(?:\n *\/\/ {2,}.*)*)$/gm,
    (_, expression: string, value: string) =>
      `expectEqual(${expression}, ${value.replace(/\n *\/\/ {2,}/g, ' ')});`,
  );

async function run(code: string): Promise<void> {
  const { outputFiles } = await build({
    stdin: {
      contents: `const { expectEqual } = globalThis;\n${SHARED?.code}\n${asTest(code)}`,
      resolveDir: HERE,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    external: ['highs'],
    alias: Object.fromEntries(
      ['kernel', 'timetable'].map((name) => [`@cairn/${name}`, join(HERE, '..', name, 'src')]),
    ),
  });
  mkdirSync(SHELF, { recursive: true });
  const file = join(SHELF, `example-${WITH_CODE.findIndex((each) => each.code === code)}.mjs`);
  writeFileSync(file, outputFiles[0]?.text ?? '');
  await import(pathToFileURL(file).href);
}

describe('API.md', () => {
  test.each(WITH_CODE)('what it shows under $heading happens', async ({ code }) => {
    let compared = 0;
    Object.assign(globalThis, {
      expectEqual: (found: unknown, wanted: unknown) => {
        compared += 1;
        expect(found).toEqual(wanted);
      },
    });
    await run(code);
    expect(compared).toBeGreaterThan(0);
  });

  test('names everything that a module which it lists exports', () => {
    const listed = [...TEXT.matchAll(/`@cairn\/timetable\/([\w/-]+)`/g)].map(([, path]) => path);
    const unnamed = [...new Set(listed)].flatMap((path) => {
      const source = readFileSync(join(HERE, 'src', `${path}.ts`), 'utf8');
      return [...source.matchAll(/^export (?:async )?(?:function\*?|const|class) (\w+)/gm)]
        .map(([, name = '']) => name)
        .filter((name) => !new RegExp(`\\b${name}\\b`).test(TEXT))
        .map((name) => `${path}: ${name}`);
    });
    expect(listed.length).toBeGreaterThan(10);
    expect(unnamed).toEqual([]);
  });

  test('shows calls only of what the module in its row exports', () => {
    const rows = TEXT.split('\n').filter((line) => line.startsWith('| `@cairn/timetable/'));
    const calls = rows.flatMap((row) => {
      const modules = [...row.matchAll(/`@cairn\/timetable\/([\w/-]+)`/g)].map(([, path]) =>
        readFileSync(join(HERE, 'src', `${path}.ts`), 'utf8'),
      );
      return [...row.matchAll(/`(\w+)\(/g)].map(([, name = '']) => ({
        name,
        isThere: modules.some((source) => new RegExp(`^export .*\\b${name}\\b`, 'm').test(source)),
      }));
    });
    expect(calls.length).toBeGreaterThan(20);
    expect(calls.filter(({ isThere }) => !isThere)).toEqual([]);
  });

  test('lists modules that exist', () => {
    const files = new Set(globSync('**/*.ts', { cwd: join(HERE, 'src') }));
    const listed = [...TEXT.matchAll(/`@cairn\/timetable\/([\w/-]+)`/g)].map(
      ([, path]) => `${path}.ts`,
    );
    expect(listed.filter((path) => !files.has(path))).toEqual([]);
  });
});
