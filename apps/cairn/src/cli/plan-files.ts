import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, opendir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { kindOfPath } from '../features/planning/documents/kind-rules.ts';
import { errorCode } from '../platform/db/error-code.ts';
import { messageOf } from './text-file.ts';

/** A file below the directory, by its path from there, with slashes. */
export interface FoundFile {
  readonly path: string;
  /** Whether it is part of the plan's text, or only something that a link can lead to. */
  readonly isText: boolean;
}

export interface FoundFiles {
  /** The directory itself, with no symbolic link on the way to it. */
  readonly root: string;
  readonly files: readonly FoundFile[];
  /** Directories that could not be looked into. */
  readonly unreadable: readonly Problem[];
}

/** Files above this are not read, as the server does not read them. In bytes. */
const LARGEST = 1024 * 1024;

/**
 * All files below a directory, in an order that does not depend on the machine. Symbolic links are not
 * followed, and `.git` is not looked into.
 */
export async function findPlanFiles(directory: string): Promise<Result<FoundFiles, Problem>> {
  let root: string;
  try {
    root = await realpath(directory);
    if (!(await stat(root)).isDirectory()) {
      return fail(
        problem('not-a-directory', 'This is no directory; name the one that the plan is in.', {
          file: directory,
        }),
      );
    }
  } catch (error) {
    const sentence =
      errorCode(error) === 'ENOENT'
        ? 'There is no such directory.'
        : `This directory cannot be read (${messageOf(error)}).`;
    return fail(problem('unreadable', sentence, { file: directory }));
  }
  const files: FoundFile[] = [];
  const unreadable: Problem[] = [];
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    try {
      for await (const entry of await opendir(join(root, folder))) {
        if (entry.name === '.git') continue;
        const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) waiting.push(path);
        else if (entry.isFile() || entry.isSymbolicLink()) {
          files.push({ path, isText: kindOfPath(path) !== undefined });
        }
      }
    } catch (error) {
      const sentence = `This directory cannot be read (${messageOf(error)}).`;
      unreadable.push(
        problem('unreadable', sentence, { file: folder === '' ? directory : folder }),
      );
    }
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return ok({ root, files, unreadable });
}

export type ReadFile =
  | {
      readonly kind: 'text';
      /** What Git names this content. */
      readonly blob: string;
      readonly text: string;
    }
  /** There it is, and it is no document. */
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'unreadable'; readonly problem: Problem };

/** Reads one document; never one that a symbolic link leads to, and never a device. */
export async function readPlanFile(root: string, path: string): Promise<ReadFile> {
  const place = { file: path, line: 1, column: 1 };
  let bytes: Buffer;
  try {
    // The flags close the gap between looking and opening: what is no plain file is not waited for.
    const file = await open(
      join(root, path),
      constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK,
    );
    try {
      const { size } = await file.stat();
      if (size > LARGEST) {
        const sentence = `This file has ${size.toLocaleString('en-GB')} bytes, more than the ${LARGEST.toLocaleString('en-GB')} that are read; split it.`;
        return { kind: 'refused', problem: problem('document-too-long', sentence, place) };
      }
      bytes = await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ELOOP') {
      const sentence =
        'This is a symbolic link, which is not followed; put the document itself here.';
      return { kind: 'refused', problem: problem('symbolic-link', sentence, { file: path }) };
    }
    const sentence = `This file cannot be read (${messageOf(error)}).`;
    return { kind: 'unreadable', problem: problem('unreadable', sentence, { file: path }) };
  }
  const text = decoded(bytes);
  if (text === undefined) {
    const sentence = 'This line is not text in UTF-8; save the file as UTF-8.';
    const line = { file: path, line: firstBadLine(bytes), column: 1 };
    return { kind: 'refused', problem: problem('not-utf8', sentence, line) };
  }
  const blob = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
  return { kind: 'text', blob, text };
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes);
  } catch {
    return undefined;
  }
}

/** A line end is never part of another character in UTF-8, so that lines can be tried one by one. */
function firstBadLine(bytes: Buffer): number {
  let line = 1;
  for (let at = 0; at < bytes.length; line += 1) {
    const end = bytes.indexOf(0x0a, at);
    const next = end < 0 ? bytes.length : end + 1;
    if (decoded(bytes.subarray(at, next)) === undefined) return line;
    at = next;
  }
  return 1;
}
