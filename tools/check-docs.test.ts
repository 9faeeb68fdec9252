import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { COMMAND_NAMES } from '../apps/cairn/src/cli/usage.ts';
import { readConfig } from '../apps/cairn/src/config.ts';
import { FACTS } from '../apps/cairn/src/features/summits/facts.ts';
import {
  anchorsIn,
  brokenReferences,
  type Checkout,
  codesIn,
  linksIn,
  pathsIn,
  tableRows,
} from './documents.ts';
import { summitFileKeys } from './summit-reference.ts';

const read = (path: string): string => readFileSync(path, 'utf8');

const checkout: Checkout = {
  exists: (path) => existsSync(path) || globSync(path).length > 0,
  read,
};

const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'CHANGELOG.md',
  ...globSync('docs/**/*.md'),
  ...globSync('packages/*/*.md'),
];

describe('a document', () => {
  test.each(DOCUMENTS)('%s names only what exists', (path) => {
    expect(brokenReferences(path, checkout)).toEqual([]);
  });

  test('that names what does not exist is told by its line', () => {
    const texts: Record<string, string> = {
      'docs/a.md': [
        '# A & B, or `c`',
        'See [b](b.md), [here](#a--b-or-c), [c](../README.md#start), `bin/there.mjs`.',
        'See [x](x.md), [here](#nowhere), ![y](pictures/y.png), `bin/x.mjs`, `tools/{a,b}.ts`.',
        '```',
        'See [code](nowhere.md), and https://example.org.',
        '```',
      ].join('\n'),
      'docs/b.md': '',
      'README.md': '## Start',
      'bin/there.mjs': '',
    };
    const broken = brokenReferences('docs/a.md', {
      exists: (path) => path in texts,
      read: (path) => texts[path] ?? '',
    });
    expect(broken).toEqual([
      'docs/a.md:3: docs/x.md does not exist',
      'docs/a.md:3: #nowhere in docs/a.md does not exist',
      'docs/a.md:3: docs/pictures/y.png does not exist',
      'docs/a.md:3: bin/x.mjs does not exist',
      'docs/a.md:3: tools/{a,b}.ts does not exist',
    ]);
  });

  test('is read: there are links, paths and headings to check', () => {
    const text = read('ARCHITECTURE.md');
    expect(linksIn(text).length).toBeGreaterThan(3);
    expect(pathsIn(text).length).toBeGreaterThan(30);
    expect(anchorsIn(text)).toContain('invariants');
  });
});

test('a picture of the README weighs less than 150 kB', () => {
  const pictures = globSync('docs/pictures/*');
  expect(pictures.length).toBeGreaterThan(0);
  expect(pictures.filter((path) => statSync(path).size >= 150_000)).toEqual([]);
});

test('the commands of the README are those that cairn knows', () => {
  const named = tableRows(read('README.md'), '## Command line').map(
    ([cell = '']) => codesIn(cell)[0]?.split(' ')[0],
  );
  expect(named.toSorted()).toEqual([...COMMAND_NAMES].toSorted());
});

test('the scripts that documents tell people to run exist', () => {
  const { scripts } = JSON.parse(read('package.json'));
  const told = DOCUMENTS.flatMap((path) => [...read(path).matchAll(/npm run ([\w-]+)/g)]);
  expect(told.length).toBeGreaterThan(0);
  expect(told.map(([, name = '']) => name).filter((name) => !(name in scripts))).toEqual([]);
});

test('the operator’s guide explains every variable of the environment', () => {
  const asked = new Set<string>();
  const config = readConfig(
    new Proxy<Record<string, string | undefined>>(
      {},
      {
        get: (_, name) => {
          asked.add(String(name));
          return undefined;
        },
      },
    ),
  );
  expect(config.ok).toBe(true);
  const rows = tableRows(read('docs/operating.md'), '## Environment');
  const told = rows.flatMap(([cell = '']) => codesIn(cell));
  expect(told.toSorted()).toEqual([...asked].toSorted());
});

test('every table of the database has one owner in ARCHITECTURE.md', () => {
  const made = globSync('apps/cairn/src/platform/db/migrations/*.sql').flatMap((path) =>
    [...read(path).matchAll(/^create table (\w+)/gm)].map((match) => match[1]),
  );
  const rows = tableRows(read('ARCHITECTURE.md'), '## Which room owns which table');
  expect(rows.flatMap(([, tables = '']) => codesIn(tables)).toSorted()).toEqual(made.toSorted());
});

describe('docs/summit-file.md', () => {
  const text = read('docs/summit-file.md');

  test('describes every key of the schema, in its order, with what may be written', () => {
    const described = tableRows(text, '## Keys').map(([key = '', needed = '', what = '']) => ({
      path: codesIn(key)[0],
      needed,
      what,
    }));
    expect(described).toEqual(summitFileKeys());
  });

  test('says what each key means', () => {
    const silent = tableRows(text, '## Keys').filter(([, , , meaning = '']) => meaning === '');
    expect(silent).toEqual([]);
  });

  test('lists every placeholder', () => {
    const listed = tableRows(text, '## Placeholders').map(([cell = '']) => codesIn(cell)[0]);
    expect(listed).toEqual(Object.keys(FACTS).map((name) => `{${name}}`));
  });
});
