import { createHash, randomUUID } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './runtime.mjs';
import { orRefuse, Refusal, say } from './say.mjs';

// What the build depends on. Their content may only change together with size or time.
const SOURCES = ['packages', 'apps', 'bin/build.mjs', 'package-lock.json'];
const SKIPPED = new Set(['node_modules', 'dist']);

const distOf = (root) => join(root, 'apps', 'cairn', 'dist');

/** The built command line interface. */
export const bundlePath = (root) => join(distOf(root), 'cairn.js');

/** Builds when a source was added, changed or removed since the last build. */
export async function ensureBuilt(root) {
  const fingerprint = fingerprintOf(root);
  const stamp = join(distOf(root), 'stamp');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return;
  say('Building Cairn.');
  await build(root, fingerprint);
}

/**
 * Bundles the server, one script per `*.client.ts` for the browser, and the files that both read at
 * run time: migrations and everything in folders named `assets`. The finished build replaces the
 * old one in one step, so that a build cut short is never run.
 */
export async function build(root, fingerprint = fingerprintOf(root)) {
  const esbuild = await import('esbuild');
  const files = sourceFiles(root).filter((path) => !/\.test\.tsx?$/.test(path));
  // Outside the sources, so that a build cut short leaves nothing that git would see.
  const draft = join(root, 'node_modules', `.cairn-build-${randomUUID()}`);
  const shared = {
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'error',
    sourcemap: true,
    // Source maps name their sources from where the build will stand, not from the draft.
    write: false,
  };
  try {
    const server = await esbuild.build({
      ...shared,
      entryPoints: {
        cairn: join(root, 'apps/cairn/src/cli/main.ts'),
        // Files of their own, since threads start from one.
        'timetable-worker': join(root, 'packages/timetable/src/search/worker.ts'),
        'conference-worker': join(root, 'packages/timetable/src/conference/worker.ts'),
        'timetable-solving-worker': join(
          root,
          'apps/cairn/src/features/timetable/solving/solving-worker.ts',
        ),
        'bundle-worker': join(root, 'apps/cairn/src/features/money/bundles/bundle-worker.ts'),
        'receipt-pdf-worker': join(root, 'apps/cairn/src/features/money/receipts/pdf-worker.ts'),
      },
      outdir: distOf(root),
      platform: 'node',
      target: 'node24',
      splitting: true,
      alias: workspaceAliases(root),
      plugins: [packagesOutside(root)],
    });
    const clients = files.filter((path) => /\.client\.tsx?$/.test(path));
    const browser = await esbuild.build({
      ...shared,
      entryPoints: namedAfterFile(clients, /\.client\.tsx?$/),
      outdir: join(distOf(root), 'assets'),
      platform: 'browser',
      target: 'es2022',
      minify: true,
    });
    for (const { path, contents } of [...server.outputFiles, ...browser.outputFiles]) {
      const place = join(draft, relative(distOf(root), path));
      mkdirSync(dirname(place), { recursive: true });
      writeFileSync(place, contents);
    }
    copyInto(
      join(draft, 'migrations'),
      files.filter((path) => /\/migrations\/[^/]+\.sql$/.test(path)),
    );
    copyInto(
      join(draft, 'assets'),
      files.filter((path) => /\/assets\/[^/]+$/.test(path)),
    );
    writeFileSync(join(draft, 'stamp'), fingerprint);
    replace(distOf(root), draft);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    // esbuild has already written each mistake with file and line.
    if (Array.isArray(error?.errors))
      throw new Refusal('Cairn could not be built; the messages above name the places.');
    throw error;
  }
}

// Workspace packages are TypeScript, which Node does not run from node_modules: they go into the
// bundle, everything else stays outside it.
function workspaceAliases(root) {
  const names = readdirSync(join(root, 'packages'));
  return Object.fromEntries(names.map((name) => [`@cairn/${name}`, `./packages/${name}/src`]));
}

// What npm installed stays outside the bundle, found from where the bundle stands. But npm keeps a
// second version of a dependency under the workspace package that asked for it, where the bundle
// would not look and find the first: such a copy goes into the bundle too.
const packagesOutside = (root) => ({
  name: 'packages-outside',
  setup(build) {
    build.onResolve({ filter: /^[^./]/ }, ({ path, importer }) => {
      if (path.startsWith('@cairn/')) return undefined;
      const [name] = /^(@[^/]+\/)?[^/]+/.exec(path);
      const [workspace] = /^packages\/[^/]+/.exec(relative(root, importer)) ?? [];
      const hasOwn =
        workspace !== undefined && existsSync(join(root, workspace, 'node_modules', name));
      return hasOwn ? undefined : { path, external: true };
    });
  },
});

function namedAfterFile(paths, ending) {
  const named = {};
  for (const path of paths) {
    const name = basename(path).replace(ending, '');
    if (named[name] !== undefined)
      throw new Refusal(`${named[name]} and ${path} would both become ${name}.js; rename one.`);
    named[name] = path;
  }
  return named;
}

function copyInto(directory, paths) {
  mkdirSync(directory, { recursive: true });
  for (const path of paths) {
    const copy = join(directory, basename(path));
    if (existsSync(copy))
      throw new Refusal(
        `Two files would both become ${relative(directory, copy)}; rename ${path}.`,
      );
    cpSync(path, copy);
  }
}

function replace(place, draft) {
  const old = `${draft}-replaced`;
  if (existsSync(place)) renameSync(place, old);
  renameSync(draft, place);
  rmSync(old, { recursive: true, force: true });
}

function fingerprintOf(root) {
  const hash = createHash('sha256');
  for (const path of sourceFiles(root)) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function sourceFiles(root) {
  return SOURCES.flatMap((name) => filesUnder(join(root, name))).sort();
}

function filesUnder(path) {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const inside = join(path, entry.name);
    return entry.isDirectory() ? filesUnder(inside) : [inside];
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await orRefuse(() => build(ROOT));
}
