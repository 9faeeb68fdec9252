#!/usr/bin/env node
// `node packages/timetable/example/build.mjs`: makes one page of the example, to be opened in a
// browser; it needs no server. Any Node from 20 on runs this.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const PACKAGES = join(HERE, '..', '..');

const bundled = {
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2024',
  minify: true,
  write: false,
  logLevel: 'error',
  // The packages as they are in the checkout, which Node would not run from node_modules.
  alias: Object.fromEntries(
    ['kernel', 'timetable'].map((name) => [`@cairn/${name}`, join(PACKAGES, name, 'src')]),
  ),
};

const textOf = async (options) => (await build({ ...bundled, ...options })).outputFiles[0].text;

// A worker's program as a text inside the page's.
const workersAsText = {
  name: 'workers-as-text',
  setup(own) {
    own.onResolve({ filter: /\?source$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.replace(/\?source$/, '')),
      namespace: 'source',
    }));
    own.onLoad({ filter: /.*/, namespace: 'source' }, async ({ path }) => ({
      contents: `export const source = ${JSON.stringify(await textOf({ entryPoints: [path], format: 'iife' }))};`,
    }));
  },
};

/** The whole page as one text. */
export async function examplePage() {
  const script = await textOf({
    entryPoints: [join(HERE, 'page.ts')],
    format: 'iife',
    plugins: [workersAsText],
  });
  const read = (name) => readFileSync(join(HERE, name), 'utf8');
  // An end tag inside a string of the program would end the element; a dollar means itself.
  return read('page.html')
    .replace('/* STYLE */', () => read('page.css'))
    .replace('/* SCRIPT */', () => script.replaceAll('</script', '<\\/script'));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const place = join(HERE, 'dist', 'timetable.html');
  mkdirSync(join(HERE, 'dist'), { recursive: true });
  writeFileSync(place, await examplePage());
  console.log(`Open ${relative(process.cwd(), place)} in a browser.`);
}
