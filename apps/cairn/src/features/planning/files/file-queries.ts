import type { Problem } from '@cairn/kernel/problem';
import type { Reader } from '../../../platform/db/database.ts';
import type { GitStore } from '../../../platform/git/store.ts';
import { planProblems } from '../proposals/check-queries.ts';
import type { Plan } from '../repository/main-queries.ts';
import { namedInPlans } from '../threads/handle-queries.ts';
import type { ListedFile } from './folder-rules.ts';

/** All files of main, with the titles of its documents. */
export async function filesOf(
  db: Reader,
  git: GitStore,
  { summitId, head }: Plan,
): Promise<ListedFile[]> {
  const [files, documents] = await Promise.all([
    git.plan(summitId).files(head),
    db
      .selectFrom('planDocument')
      .select(['path', 'title'])
      .where('summitId', '=', summitId)
      .execute(),
  ]);
  const titles = new Map(documents.map(({ path, title }) => [path, title]));
  return files.map(({ path, size }) => ({ path, size, title: titles.get(path) }));
}

/** What was wrong with plans when they were last looked at, by summit: it follows from the commit and from whom documents may name. */
const remembered = new Map<string, { readonly key: string; readonly problems: Problem[] }>();

/** Everything that is wrong in a plan as main has it, by file. */
export async function mainProblems(
  db: Reader,
  git: GitStore,
  { summitId, head }: Plan,
): Promise<ReadonlyMap<string, readonly Problem[]>> {
  const key = `${head} ${(await namedInPlans(db)).size}`;
  const known = remembered.get(summitId);
  const problems =
    known?.key === key ? known.problems : await planProblems(db, git.plan(summitId), head);
  remembered.set(summitId, { key, problems });
  return Map.groupBy(problems, ({ place }) => place.file ?? '');
}
