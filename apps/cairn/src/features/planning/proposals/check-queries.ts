import type { Problem } from '@cairn/kernel/problem';
import type { Reader } from '../../../platform/db/database.ts';
import { treeWith } from '../../../platform/git/merge.ts';
import type { FileChange, Oid, Repository, TreeFile } from '../../../platform/git/repository.ts';
import { inOrder } from '../documents/check-rules.ts';
import { crossProblems } from '../documents/cross-rules.ts';
import { factsOfFiles } from '../documents/facts-queries.ts';
import type { DocumentFacts } from '../documents/facts-rules.ts';
import { kindOfPath } from '../documents/kind-rules.ts';
import { namedInPlans } from '../threads/handle-queries.ts';

/** Files above this are kept in Git and not read as text of the plan. */
const LARGEST_READ = 1024 * 1024;

/**
 * What would be wrong with the plan at one tree that is not wrong at another: what a change brings
 * along, and not what was there before it.
 */
export async function newProblems(
  db: Reader,
  repository: Repository,
  before: Oid,
  after: Oid,
): Promise<Problem[]> {
  const people = await namedInPlans(db);
  const [was, now] = [
    await problemsAt(repository, before, people),
    await problemsAt(repository, after, people),
  ];
  const there = new Map<string, number>();
  for (const each of was) there.set(wordsOf(each), (there.get(wordsOf(each)) ?? 0) + 1);
  return now.filter((each) => {
    const left = there.get(wordsOf(each)) ?? 0;
    there.set(wordsOf(each), left - 1);
    return left <= 0;
  });
}

/** A problem without its line, which moves with what is written above it. */
const wordsOf = ({ code, place, sentence }: Problem): string =>
  [code, place.file, sentence].join('\n');

/** Everything that is wrong in the plan at one commit. */
export async function planProblems(
  db: Reader,
  repository: Repository,
  commit: Oid,
): Promise<Problem[]> {
  return problemsAt(repository, commit, await namedInPlans(db));
}

async function problemsAt(
  repository: Repository,
  tree: Oid,
  people: ReadonlySet<string>,
): Promise<Problem[]> {
  const files = await repository.files(tree);
  const facts = await factsOfAll(repository, files);
  const paths = new Set(files.map(({ path }) => path));
  const own = facts.flatMap(({ problems }) => problems);
  return inOrder([...own, ...crossProblems(facts, { people, paths })]);
}

function factsOfAll(repository: Repository, files: readonly TreeFile[]): Promise<DocumentFacts[]> {
  const readable = files.filter(
    ({ path, mode, size }) =>
      mode.startsWith('100') && size <= LARGEST_READ && kindOfPath(path) !== undefined,
  );
  return factsOfFiles(readable, async (some) => {
    const contents = await repository.blobs(some.map(({ oid }) => oid));
    return new Map(some.map(({ path, oid }) => [path, contents.get(oid)?.toString('utf8') ?? '']));
  });
}

/** What a change of some files would bring along that is not wrong where it begins. */
export async function problemsOfChange(
  db: Reader,
  repository: Repository,
  base: Oid,
  changes: readonly FileChange[],
): Promise<Problem[]> {
  const before = `${base}^{tree}`;
  const tree = await treeWith(repository, before, changes);
  return newProblems(db, repository, before, tree);
}
