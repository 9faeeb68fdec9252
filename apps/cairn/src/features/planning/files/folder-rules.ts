import { RULES_FILE } from '../documents/kind-rules.ts';
import { FOLDER_TEXTS } from '../documents/skeleton-texts-rules.ts';

/** A file of main as a list shows it. */
export interface ListedFile {
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Of a document; undefined for what is no text of the plan. */
  readonly title: string | undefined;
}

/** What is right below a folder: its files, and the folders below it. */
export interface FolderContent {
  readonly files: readonly ListedFile[];
  readonly folders: readonly { readonly path: string; readonly files: number }[];
}

/**
 * What is below a folder of the plan (`''` for its top); undefined where there is no such folder.
 *
 *     folderOf(files, 'topics')
 */
export function folderOf(all: readonly ListedFile[], folder: string): FolderContent | undefined {
  const prefix = folder === '' ? '' : `${folder}/`;
  const files: ListedFile[] = [];
  const folders = new Map<string, number>();
  for (const file of all) {
    if (!file.path.startsWith(prefix)) continue;
    const rest = file.path.slice(prefix.length);
    const slash = rest.indexOf('/');
    if (slash < 0) files.push(file);
    else {
      const path = prefix + rest.slice(0, slash);
      folders.set(path, (folders.get(path) ?? 0) + 1);
    }
  }
  if (folder !== '' && files.length === 0 && folders.size === 0) return undefined;
  const known = FOLDER_TEXTS.map((text) => text.folder);
  const place = (path: string): number => (known.includes(path) ? known.indexOf(path) : 1000);
  return {
    files,
    folders: [...folders]
      .map(([path, count]) => ({ path, files: count }))
      .sort((a, b) => place(a.path) - place(b.path) || (a.path < b.path ? -1 : 1)),
  };
}

/** What a folder, or the file of rules, is for; nothing for what the plan's people made themselves. */
export function purposeOf(path: string): string {
  if (path === RULES_FILE) return 'Who reviews changes, and what may be changed at once.';
  return FOLDER_TEXTS.find(({ folder }) => folder === path)?.purpose ?? '';
}

/** The folders above a path, from the top down, without it. */
export const foldersAbove = (path: string): string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, index, parts) => parts.slice(0, index + 1).join('/'));

/** The last part of a path. */
export const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
