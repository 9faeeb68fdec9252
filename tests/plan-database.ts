import { expectOk } from '@cairn/kernel/result';
import {
  commitToMain,
  foundPlan,
} from '../apps/cairn/src/features/planning/repository/main-commands.ts';
import { planOf } from '../apps/cairn/src/features/planning/repository/main-queries.ts';
import { cairnSignature } from '../apps/cairn/src/features/planning/repository/signature-queries.ts';
import { inTransaction } from '../apps/cairn/src/platform/db/command.ts';
import type { Db } from '../apps/cairn/src/platform/db/database.ts';
import type { FileChange, Oid, Repository } from '../apps/cairn/src/platform/git/repository.ts';
import { TEST_URL, testGit } from './services.ts';
import { openSummitDatabase, type SummitDatabase } from './summit-database.ts';

/** The first summit, founded, with a plan. */
export interface PlanDatabase extends SummitDatabase {
  readonly summitId: string;
  readonly services: { readonly git: typeof testGit; readonly url: string };
  readonly repository: Repository;
  mainHead(): Promise<Oid>;
  /** A commit that nothing points to yet. */
  commit(parent: Oid, changes: readonly FileChange[], message?: string): Promise<Oid>;
  /** Commits to main, as a form in the browser does. */
  changeMain(changes: readonly FileChange[], message?: string): Promise<Oid>;
}

/** Opens a database whose summit has a plan of these files. */
export async function openPlanDatabase(files: readonly FileChange[]): Promise<PlanDatabase> {
  const world = await openSummitDatabase();
  await world.found();
  const { db, clock, actor } = world;
  const { id: summitId } = await world.summit('sp_summit_2023');
  const services = { git: testGit, url: TEST_URL };
  const repository = testGit.plan(summitId);
  expectOk(await inTransaction(db, (tx) => foundPlan(tx, services, actor, summitId, files)));
  return {
    ...world,
    summitId,
    services,
    repository,
    mainHead: async () => (await planOf(db, summitId))?.head ?? '',
    commit: (parent, changes, message = 'Change it') => {
      const by = cairnSignature(TEST_URL, clock.now());
      return repository.commit({ parents: [parent], changes, author: by, committer: by, message });
    },
    changeMain: async (changes, message = 'Change main') =>
      expectOk(
        await inTransaction(db, (tx) =>
          commitToMain(tx, services, actor, summitId, { changes, message }),
        ),
      ).commit,
  };
}

/** Says that a plan is kept in step with a repository, as if an organiser had connected it and it was read. */
export async function storeGithubSettings(
  db: Db,
  { summitId, owner, name, id }: { summitId: string; owner: string; name: string; id: number },
  connected: { readonly at: Parameters<typeof cairnSignature>[1]; readonly by: string | null },
): Promise<void> {
  await db
    .insertInto('githubSettings')
    .values({
      summitId,
      owner,
      name,
      repositoryId: id,
      defaultBranch: 'main',
      connectedAt: connected.at,
      connectedBy: connected.by,
      trouble: null,
      reachedAt: null,
      lastDeliveryAt: null,
      rateLimit: null,
      rateLeft: null,
      rateResetsAt: null,
      limitedUntil: null,
      mainSent: null,
    })
    .execute();
}
