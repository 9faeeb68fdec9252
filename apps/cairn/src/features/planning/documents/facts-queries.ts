import { setImmediate as breathe } from 'node:timers/promises';
import type { Oid } from '../../../platform/git/repository.ts';
import { type DocumentFacts, factsOf } from './facts-rules.ts';

/**
 * What was read of documents, by path and content, so that a plan of thousands is not read anew for each
 * push and each proposal. It follows from path and content alone, and so is never out of date. What was
 * used last stands last.
 */
const known = new Map<string, DocumentFacts | undefined>();
/** Entries of a large plan or two. */
const MOST_KNOWN = 20_000;
/** Documents that are read between two moments at which pages are answered. */
const AT_ONCE = 100;

/** A file as Git names its content. */
export interface NamedFile {
  readonly path: string;
  readonly oid: Oid;
}

/**
 * Facts of files, in their order, without those that are no part of the plan's text. Only what is not
 * known yet is asked of `textsOf`, by path.
 */
export async function factsOfFiles(
  files: readonly NamedFile[],
  textsOf: (files: readonly NamedFile[]) => Promise<ReadonlyMap<string, string>>,
): Promise<DocumentFacts[]> {
  const found = new Map<string, DocumentFacts | undefined>();
  const missing: NamedFile[] = [];
  for (const file of files) {
    const key = keyOf(file);
    if (known.has(key)) found.set(key, known.get(key));
    else missing.push(file);
  }
  for (let at = 0; at < missing.length; at += AT_ONCE) {
    const some = missing.slice(at, at + AT_ONCE);
    const texts = await textsOf(some);
    for (const file of some) found.set(keyOf(file), factsOf(file.path, texts.get(file.path) ?? ''));
    await breathe();
  }
  remember(found);
  return files.flatMap((file) => found.get(keyOf(file)) ?? []);
}

const keyOf = ({ path, oid }: NamedFile): string => `${oid} ${path}`;

function remember(found: ReadonlyMap<string, DocumentFacts | undefined>): void {
  for (const [key, facts] of found) {
    known.delete(key);
    known.set(key, facts);
  }
  for (const key of known.keys()) {
    if (known.size <= MOST_KNOWN) break;
    known.delete(key);
  }
}
