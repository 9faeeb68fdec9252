import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join, relative } from 'node:path';
import type { DocumentFacts } from '../features/planning/documents/facts-rules.ts';

/** What an earlier check found in each document, by its path and by what Git names its content. */
export interface PlanCache {
  get(path: string, blob: string): DocumentFacts | undefined;
  set(path: string, blob: string, facts: DocumentFacts): void;
  /** Writes down what was set, if any of it is new. A cache that cannot be written is none. */
  keep(): Promise<void>;
}

type Entries = Record<string, readonly [blob: string, facts: DocumentFacts]>;

/**
 * The cache for one directory, outside of it. One that is broken, or was written by another build of
 * Cairn, is empty. Undefined where there is no place for one: inside the directory itself nothing is
 * ever written.
 */
export async function openPlanCache(root: string): Promise<PlanCache | undefined> {
  const build = await readFile(join(import.meta.dirname, 'stamp'), 'utf8').catch(() => undefined);
  const base = cacheDirectory();
  if (build === undefined || base === undefined || isWithin(root, base)) return undefined;
  const name = createHash('sha256').update(root).digest('hex');
  const file = join(base, 'cairn', `plan-${name}.json`);
  const known = await entriesIn(file, build);
  const next: Entries = Object.create(null);
  let isNew = false;
  return {
    get: (path, blob) => {
      const [was, facts] = known.get(path) ?? [];
      return was === blob ? facts : undefined;
    },
    set: (path, blob, facts) => {
      if (known.get(path)?.[0] !== blob) isNew = true;
      next[path] = [blob, facts];
    },
    keep: async () => {
      if (!isNew && Object.keys(next).length === known.size) return;
      await write(file, withSum(JSON.stringify({ build, documents: next }))).catch(() => undefined);
    },
  };
}

/** Where programs keep what they can make again. */
function cacheDirectory(): string | undefined {
  const named = process.env['XDG_CACHE_HOME'];
  if (named !== undefined && isAbsolute(named)) return named;
  const home = homedir();
  return isAbsolute(home) ? join(home, '.cache') : undefined;
}

const isWithin = (root: string, path: string): boolean => {
  const way = relative(root, path);
  return way === '' || !(way.startsWith('..') || isAbsolute(way));
};

/** The first line is the sum of the rest, so that half a file, or a changed one, is never believed. */
const withSum = (text: string): string => `${sumOf(text)}\n${text}`;

const sumOf = (text: string): string => createHash('sha256').update(text).digest('hex');

async function entriesIn(
  file: string,
  build: string,
): Promise<ReadonlyMap<string, Entries[string]>> {
  try {
    const whole = await readFile(file, 'utf8');
    const end = whole.indexOf('\n');
    const text = whole.slice(end + 1);
    if (whole.slice(0, end) !== sumOf(text)) return new Map();
    const kept = JSON.parse(text) as { build: string; documents: Entries }; // its sum says that we wrote it
    return new Map(kept.build === build ? Object.entries(kept.documents) : []);
  } catch {
    return new Map();
  }
}

/** Written beside and renamed: two checks at once do not see half of each other. */
async function write(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await mkdir(join(file, '..'), { recursive: true, mode: 0o700 });
  try {
    await writeFile(draft, text, { mode: 0o600 });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
