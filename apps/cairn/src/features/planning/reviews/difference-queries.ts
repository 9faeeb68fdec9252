import {
  type ChangedFile,
  changesBetween,
  LARGEST_COMPARED,
} from '../../../platform/git/changes.ts';
import type { Oid, Repository } from '../../../platform/git/repository.ts';
import type { Anchor } from './anchor-queries.ts';
import { follower, followLines } from './line-rules.ts';
import type { Side } from './review-rules.ts';
import type { ReviewedProposal } from './reviewed-queries.ts';

/** A file of a difference with both its texts. */
export interface ComparedFile extends ChangedFile {
  readonly before: string;
  readonly after: string;
  /** Why its texts are not there: it is no text, too large, or one of too many. */
  readonly unseen: 'binary' | 'large' | 'many' | undefined;
}

/** Two commits that are compared. */
export interface ComparedCommits {
  readonly from: Oid;
  readonly to: Oid;
}

/** Texts of so many bytes together are read for one page; the rest is a page for each file. */
const MOST_READ = 2 * 1024 * 1024;

/** The files that differ, with their texts; of one file only if asked. */
export async function differenceOf(
  repository: Repository,
  { from, to }: ComparedCommits,
  only?: string,
): Promise<{ readonly files: ComparedFile[]; readonly all: readonly ChangedFile[] }> {
  const all = await changesBetween(repository, from, to);
  const wanted = only === undefined ? all : all.filter(({ path }) => path === only);
  let room = MOST_READ;
  const seen = wanted.map((file) => {
    const size = file.oldSize + file.newSize;
    const unseen = unseenBecause(file) ?? (size > room ? ('many' as const) : undefined);
    if (unseen === undefined) room -= size;
    return { file, unseen };
  });
  const blobs = await repository.blobs([
    ...new Set(
      seen
        .filter(({ unseen }) => unseen === undefined)
        .flatMap(({ file }) => [file.oldBlob, file.newBlob])
        .filter((oid) => oid !== undefined),
    ),
  ]);
  const text = (oid: Oid | undefined): string =>
    (oid === undefined ? undefined : blobs.get(oid))?.toString('utf8') ?? '';
  const files = seen.map(({ file, unseen }) => ({
    ...file,
    unseen,
    before: unseen === undefined ? text(file.oldBlob) : '',
    after: unseen === undefined ? text(file.newBlob) : '',
  }));
  return { files, all };
}

function unseenBecause({ added, oldSize, newSize }: ChangedFile): 'binary' | 'large' | undefined {
  if (Math.max(oldSize, newSize) > LARGEST_COMPARED) return 'large';
  return added === undefined ? 'binary' : undefined;
}

/** Where something that was said about lines stands in the commits that are shown. */
export interface PlacedAt {
  readonly side: Side;
  /** Of the file on that side. */
  readonly path: string;
  readonly firstLine: number | null;
  readonly line: number;
}

/**
 * Follows what was said about lines to where they are in two commits: on its own side if the line is
 * there, else on the other. Undefined for lines that neither has: the remark is outdated.
 */
export async function placesOf<T extends { readonly anchor: Anchor }>(
  repository: Repository,
  { versions }: Pick<ReviewedProposal, 'versions'>,
  shown: ComparedCommits,
  remarks: readonly T[],
): Promise<ReadonlyMap<T, PlacedAt | undefined>> {
  const texts = new Texts(repository);
  const changes = new Changes(repository);
  const places = new Map<T, PlacedAt | undefined>();
  for (const remark of remarks) {
    const { anchor } = remark;
    const version = versions.find((one) => one.version === anchor.version);
    const written = anchor.side === 'new' ? version?.head : version?.base;
    const sides: readonly Side[] = anchor.side === 'new' ? ['new', 'old'] : ['old', 'new'];
    let place: PlacedAt | undefined;
    for (const side of sides) {
      if (place !== undefined || written === undefined) break;
      const commit = side === 'new' ? shown.to : shown.from;
      const file = await changes.follow(written, commit, anchor);
      if (file === undefined) continue;
      const lines =
        file.blob === anchor.blob
          ? { firstLine: anchor.firstLine, line: anchor.line }
          : followLines(await texts.follower(anchor.blob, file.blob), anchor);
      if (lines !== undefined) place = { side, path: file.path, ...lines };
    }
    places.set(remark, place);
  }
  return places;
}

/** What became of files between commits, asked of Git once for each two. */
class Changes {
  readonly #repository: Repository;
  readonly #between = new Map<string, Promise<readonly ChangedFile[]>>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** Where a file of one commit is in another, through renames; undefined where it is gone. */
  async follow(
    from: Oid,
    to: Oid,
    { path, blob }: Pick<Anchor, 'path' | 'blob'>,
  ): Promise<{ readonly path: string; readonly blob: Oid } | undefined> {
    if (from === to) return { path, blob };
    const key = `${from}..${to}`;
    const asked = this.#between.get(key) ?? changesBetween(this.#repository, from, to);
    this.#between.set(key, asked);
    const change = (await asked).find((file) => file.oldPath === path && file.status !== 'added');
    if (change === undefined) return { path, blob };
    const { path: now, newBlob, newSize } = change;
    // What is too large to be compared is too large to be followed in.
    if (newBlob === undefined || newSize > LARGEST_COMPARED) return undefined;
    return { path: now, blob: newBlob };
  }
}

/** Contents of files, read once, and what became of their lines. */
class Texts {
  readonly #repository: Repository;
  readonly #texts = new Map<Oid, Promise<string>>();
  readonly #followers = new Map<string, (line: number) => number | undefined>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  async follower(before: Oid, after: Oid): Promise<(line: number) => number | undefined> {
    const key = `${before}..${after}`;
    const known = this.#followers.get(key);
    if (known !== undefined) return known;
    const found = follower(await this.#text(before), await this.#text(after));
    this.#followers.set(key, found);
    return found;
  }

  #text(oid: Oid): Promise<string> {
    const known = this.#texts.get(oid);
    if (known !== undefined) return known;
    const read = this.#repository
      .blobs([oid])
      .then((blobs) => blobs.get(oid)?.toString('utf8') ?? '');
    this.#texts.set(oid, read);
    return read;
  }
}

/** The lines that remarks were written on, by the remark: for those whose lines are gone. */
export async function originalLines<T extends { readonly anchor: Anchor }>(
  repository: Repository,
  remarks: readonly T[],
): Promise<ReadonlyMap<T, readonly string[]>> {
  const blobs = await repository.blobs([...new Set(remarks.map(({ anchor }) => anchor.blob))]);
  return new Map(
    remarks.map((remark) => {
      const { firstLine, line, blob } = remark.anchor;
      const lines = (blobs.get(blob)?.toString('utf8') ?? '').split('\n');
      return [remark, lines.slice((firstLine ?? line) - 1, line)];
    }),
  );
}
