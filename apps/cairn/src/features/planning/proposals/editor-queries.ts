import type { Reader } from '../../../platform/db/database.ts';
import { isAncestor } from '../../../platform/git/branch.ts';
import type { Oid, Repository } from '../../../platform/git/repository.ts';
import {
  DOCUMENT_KINDS,
  type DocumentKind,
  KIND_FOLDERS,
  kindOfPath,
} from '../documents/kind-rules.ts';
import { FOLDER_TEXTS } from '../documents/skeleton-texts-rules.ts';
import type { FileEdit } from './change-rules.ts';
import { slugOf } from './path-rules.ts';
import { type Proposal, versionsOf } from './proposal-queries.ts';

/** Where a change begins, and what is there. */
export interface EditorGround {
  readonly base: Oid;
  /** Paths of all files at the base. */
  readonly there: ReadonlySet<string>;
  /** Those that can be changed as text, by path. */
  readonly documents: readonly string[];
}

/**
 * The commit that a form begins with: what it says, if that was main once, or a version of the
 * proposal; else what is the newest.
 */
export async function groundOf(
  db: Reader,
  repository: Repository,
  main: Oid,
  proposal: Proposal | undefined,
  said: string,
): Promise<EditorGround> {
  const base = (await isKnown(db, repository, main, proposal, said))
    ? said
    : (proposal?.head ?? main);
  const files = await repository.files(base);
  return {
    base,
    there: new Set(files.map(({ path }) => path)),
    documents: files
      .filter(({ path, mode }) => mode.startsWith('100') && kindOfPath(path) !== undefined)
      .map(({ path }) => path),
  };
}

async function isKnown(
  db: Reader,
  repository: Repository,
  main: Oid,
  proposal: Proposal | undefined,
  said: string,
): Promise<boolean> {
  if (said === '') return false;
  if (proposal !== undefined) {
    return (await versionsOf(db, proposal)).some(({ head }) => head === said);
  }
  return (
    (await repository.resolve(`${said}^{commit}`)) === said &&
    (await isAncestor(repository, said, main))
  );
}

/** What files say at a commit, by path; those that are not there, or no text, are left out. */
export async function textsAt(
  repository: Repository,
  commit: Oid,
  paths: Iterable<string>,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const path of new Set(paths)) {
    if (path === '') continue;
    const text = await repository.textAt(commit, path);
    if (text !== undefined) texts.set(path, text);
  }
  return texts;
}

/** A new document of a kind, from the template of its folder. */
export function newDocument(kind: DocumentKind | 'page', there: ReadonlySet<string>): FileEdit {
  const folder = kind === 'page' ? '' : `${KIND_FOLDERS[kind]}/`;
  const template = FOLDER_TEXTS.find((each) => `${each.folder}/` === folder)?.template;
  const name = (number: number): string =>
    `${folder}${slugOf(`new ${kind}`)}${number === 1 ? '' : `-${number}`}.md`;
  let number = 1;
  while (there.has(name(number))) number += 1;
  return { was: '', path: name(number), text: template ?? '# Title\n', isGone: false };
}

/** The kind that the name of something to add asks for: `new:practice`. */
export const kindAsked = (add: string): DocumentKind | 'page' | undefined =>
  add === 'new:page' ? 'page' : DOCUMENT_KINDS.find((kind) => add === `new:${kind}`);
