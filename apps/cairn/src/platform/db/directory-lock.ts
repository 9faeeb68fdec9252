import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { errorCode } from './error-code.ts';
import { processIdentity } from './process-identity.ts';

/** Proof that this process owns a data directory. */
export interface DirectoryLock {
  release(): Promise<void>;
}

interface Owner {
  readonly pid: number;
  readonly identity: string;
}

// A process that was just killed may need a moment until the kernel has let go of it.
const ATTEMPTS = 10;
const PAUSE_MS = 100;

/**
 * Makes this process the only owner of a data directory, by a file `cairn.lock` in it.
 * The lock of a process that no longer lives is taken over; a living owner is a problem that names
 * its process id. Throws what the file system throws (full disk, missing rights).
 */
export async function lockDirectory(directory: string): Promise<Result<DirectoryLock, Problem>> {
  const path = join(directory, 'cairn.lock');
  const mine = JSON.stringify({ pid: process.pid, identity: processIdentity(process.pid) ?? '' });
  let owner = 'another process';
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (await claim(path, mine)) {
      return ok({ release: () => releaseIfMine(path, mine) });
    }
    const text = await readFile(path, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const holder = parseOwner(text);
    if (holder === undefined || !isAlive(holder)) {
      await discard(path, text);
      continue;
    }
    owner = `process ${holder.pid}`;
    await wait(PAUSE_MS);
  }
  return fail(
    problem(
      'data-directory-in-use',
      `Cairn already runs on the data directory ${directory} (${owner}); stop that one first, or start this one with another CAIRN_DATA and PORT.`,
      { file: directory },
    ),
  );
}

// A hard link appears whole or not at all, and never replaces: nobody reads half a lock.
async function claim(path: string, content: string): Promise<boolean> {
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o644 });
  try {
    await link(draft, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

// Two starts may judge the same lock dead; the slower one could move away the faster one's new
// lock. It sees by the content that it did, and puts it back.
async function discard(path: string, judged: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== judged) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

async function releaseIfMine(path: string, mine: string): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === mine) await rm(path, { force: true });
}

function parseOwner(text: string): Owner | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    if (!('pid' in value) || typeof value.pid !== 'number') return undefined;
    if (!('identity' in value) || typeof value.identity !== 'string') return undefined;
    return { pid: value.pid, identity: value.identity };
  } catch {
    return undefined;
  }
}

function isAlive(owner: Owner): boolean {
  const identity = processIdentity(owner.pid);
  return identity === 'hidden' || (identity !== undefined && identity === owner.identity);
}
