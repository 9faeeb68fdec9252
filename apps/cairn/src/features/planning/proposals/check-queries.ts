import type { Problem } from '@cairn/kernel/problem';
import type { Reader } from '../../../platform/db/database.ts';
import { treeWith } from '../../../platform/git/merge.ts';
import type { FileChange, Oid, Repository, TreeFile } from '../../../platform/git/repository.ts';
import { inOrder } from '../documents/check-rules.ts';
import { crossProblems } from '../documents/cross-rules.ts';
import { type DocumentFacts, factsOf } from '../documents/facts-rules.ts';
import { kindOfPath } from '../documents/kind-rules.ts';

/**
 * What was read of documents, by path and content, so that a plan of thousands is not read anew for
 * each proposal. It follows from path and content alone, and so is never out of date.
 */
const known = new Map<string, DocumentFacts>();
/** Entries of a large plan or two. */
const MOST_KNOWN = 20_000;
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
  const people = await knownPeople(db);
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
  return problemsAt(repository, commit, await knownPeople(db));
}

const knownPeople = async (db: Reader): Promise<ReadonlySet<string>> =>
  new Set(
    (await db.selectFrom('planHandle').select('handle').execute()).map(({ handle }) =>
      handle.toLowerCase(),
    ),
  );

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

async function factsOfAll(
  repository: Repository,
  files: readonly TreeFile[],
): Promise<DocumentFacts[]> {
  const readable = files.filter(
    ({ path, mode, size }) =>
      mode.startsWith('100') && size <= LARGEST_READ && kindOfPath(path) !== undefined,
  );
  const keyOf = ({ path, oid }: TreeFile): string => `${oid} ${path}`;
  const missing = readable.filter((file) => !known.has(keyOf(file)));
  const contents = await repository.blobs(missing.map(({ oid }) => oid));
  const found: DocumentFacts[] = [];
  for (const file of readable) {
    const facts =
      known.get(keyOf(file)) ?? factsOf(file.path, contents.get(file.oid)?.toString('utf8') ?? '');
    if (facts === undefined) continue;
    found.push(facts);
    known.delete(keyOf(file));
    known.set(keyOf(file), facts);
  }
  for (const key of known.keys()) {
    if (known.size <= MOST_KNOWN) break;
    known.delete(key);
  }
  return found;
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
