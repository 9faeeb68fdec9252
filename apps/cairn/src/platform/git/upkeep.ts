import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repository } from './repository.ts';
import { GitFailed, runGit } from './run.ts';

/** What a repository is made of, and how large it is. */
export interface RepositorySize {
  /** On disk, in bytes. */
  readonly bytes: number;
  readonly looseObjects: number;
  readonly packs: number;
}

/** How large a repository is; by Git's own count of its objects. */
export async function sizeOf({ directory }: Repository): Promise<RepositorySize> {
  const { output } = await runGit(directory, ['count-objects', '-v']);
  const said = new Map(
    output
      .toString('utf8')
      .split('\n')
      .map((line): [string, number] => {
        const [name = '', value = ''] = line.split(': ');
        return [name, Number(value)];
      }),
  );
  const kibibytes = (said.get('size') ?? 0) + (said.get('size-pack') ?? 0);
  return {
    bytes: kibibytes * 1024,
    looseObjects: said.get('count') ?? 0,
    packs: said.get('packs') ?? 0,
  };
}

/** Below these a clone is as fast as it gets. */
const MANY_LOOSE_OBJECTS = 200;
const MANY_PACKS = 8;

export const wantsRepacking = ({ looseObjects, packs }: RepositorySize): boolean =>
  looseObjects > MANY_LOOSE_OBJECTS || packs > MANY_PACKS;

/**
 * Puts all objects into one pack, those that nothing points to any more as well: a commit that a force
 * push left behind is part of the record. Whoever reads or writes meanwhile is not disturbed.
 */
export async function repack(repository: Repository): Promise<void> {
  const { directory } = repository;
  await runGit(directory, ['repack', '-a', '-d', '-k', '-q', '--write-bitmap-index']);
  // With a bitmap Git leaves loose what nothing points to; where that is much, one pack is worth more.
  if (wantsRepacking(await sizeOf(repository))) {
    await runGit(directory, ['repack', '-a', '-d', '-k', '-q', '--no-write-bitmap-index']);
  }
  await runGit(directory, ['pack-refs', '--all']);
  await runGit(directory, ['commit-graph', 'write', '--reachable', '--no-progress']);
}

/** Reads every object and follows every ref; what Git finds broken, in its words, or undefined where all is whole. */
export async function findDamage({ directory }: Repository): Promise<string | undefined> {
  try {
    await runGit(directory, ['fsck', '--full', '--no-dangling', '--no-progress']);
    return undefined;
  } catch (error) {
    if (error instanceof GitFailed) return error.message.slice(0, 2000);
    throw error;
  }
}

/** What a process that was killed may have left, and after how many minutes nobody can be at it any more. */
const LEFTOVERS: readonly (readonly [folder: string, name: RegExp, minutes: number])[] = [
  ['.', /^index\.[\w-]+(\.lock)?$/, 60],
  ['.', /^(HEAD|packed-refs|config|shallow)\.(lock|new)$/, 10],
  ['refs/heads', /\.lock$/, 10],
  ['refs/tags', /\.lock$/, 10],
  ['refs/proposals', /\.lock$/, 10],
  ['objects', /^(tmp_objdir-)?incoming-/, 24 * 60],
  ['objects', /^tmp_objdir-/, 24 * 60],
  ['objects/pack', /^(\.tmp-|tmp_)/, 24 * 60],
  ['objects/info', /\.lock$/, 60],
];

/** Takes away what killed processes left in a repository: a lock that stays would stop every later change. */
export async function clearLeftovers({ directory }: Repository, now = Date.now()): Promise<number> {
  let cleared = 0;
  for (const [folder, pattern, minutes] of LEFTOVERS) {
    const inRefs = folder.startsWith('refs/');
    const names = await readdir(join(directory, folder), { recursive: inRefs }).catch(() => []);
    for (const name of names) {
      if (!pattern.test(name)) continue;
      if (await removeOld(join(directory, folder, name), minutes, now)) cleared += 1;
    }
  }
  return cleared;
}

/** Takes away repositories that were begun and never finished. */
export async function clearUnfinished(storeDirectory: string, now = Date.now()): Promise<void> {
  const names = await readdir(storeDirectory).catch(() => []);
  for (const name of names) {
    if (/\.git\.[0-9a-f-]{36}$/.test(name)) await removeOld(join(storeDirectory, name), 60, now);
  }
}

async function removeOld(path: string, minutes: number, now: number): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined || now - found.mtimeMs < minutes * 60_000) return false;
  await rm(path, { recursive: true, force: true });
  return true;
}
