import { type ConflictedFile, type ConflictSide, mergeTrees } from '../../../platform/git/merge.ts';
import type { Oid, Repository } from '../../../platform/git/repository.ts';
import { type Stretch, stretchesOf } from './conflict-rules.ts';

/** What one side has at a path: a text, something else, or nothing. */
export type SideState =
  | { readonly kind: 'text'; readonly text: string; readonly file: ConflictSide }
  | { readonly kind: 'other'; readonly file: ConflictSide }
  | { readonly kind: 'none' };

/** A file in conflict, ready to be settled. */
export interface OpenConflict {
  readonly path: string;
  /** What the proposal has. */
  readonly mine: SideState;
  readonly main: SideState;
  /** What both began with. */
  readonly base: SideState;
  /** Where both sides have a text: its stretches, with the places to choose at. */
  readonly stretches: readonly Stretch[] | undefined;
}

/** A proposal’s branch and main, brought together as far as Git can. */
export interface OpenMerge {
  readonly head: Oid;
  readonly main: Oid;
  /** What is agreed already; files in conflict stand in it with marks. */
  readonly tree: Oid;
  readonly conflicts: readonly OpenConflict[];
}

/** Larger texts are taken whole, from one side or the other. */
const LARGEST_SHOWN = 256 * 1024;

/** What is to be settled between the branch of a proposal and main. */
export async function openMerge(repository: Repository, head: Oid, main: Oid): Promise<OpenMerge> {
  const { tree, conflicts } = await mergeTrees(repository, head, main);
  const oids = conflicts.flatMap(({ base, ours, theirs }) =>
    [base, ours, theirs].flatMap((side) =>
      side === undefined || side.mode === '160000' ? [] : [side.oid],
    ),
  );
  const contents = await repository.blobs([...new Set(oids)]);
  return { head, main, tree, conflicts: conflicts.map((each) => opened(each, contents)) };
}

function opened(
  { path, base, ours, theirs }: ConflictedFile,
  contents: ReadonlyMap<Oid, Buffer>,
): OpenConflict {
  const [was, mine, main] = [base, ours, theirs].map((side) => stateOf(side, contents)) as [
    SideState,
    SideState,
    SideState,
  ]; // as many as went in
  const stretches =
    mine.kind === 'text' && main.kind === 'text'
      ? stretchesOf(was.kind === 'text' ? was.text : '', mine.text, main.text)
      : undefined;
  return { path, mine, main, base: was, stretches };
}

function stateOf(file: ConflictSide | undefined, contents: ReadonlyMap<Oid, Buffer>): SideState {
  if (file === undefined) return { kind: 'none' };
  const content = contents.get(file.oid);
  if (content === undefined || !file.mode.startsWith('100')) return { kind: 'other', file };
  const text = content.toString('utf8');
  const isText =
    content.length <= LARGEST_SHOWN && !content.includes(0) && Buffer.from(text).equals(content);
  return isText ? { kind: 'text', text, file } : { kind: 'other', file };
}
