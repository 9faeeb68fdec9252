import { inTransaction } from '../../../platform/db/command.ts';
import type { Reader } from '../../../platform/db/database.ts';
import type { Oid } from '../../../platform/git/repository.ts';
import type { Services } from '../../../platform/http/env.ts';
import { isVersion } from '../proposals/proposal-queries.ts';
import { recordPush } from '../proposals/push-commands.ts';
import { versionRef } from '../proposals/version-commands.ts';
import { aloneWithPlan } from './alone-commands.ts';

/** What refs are brought in line with. */
export type RefServices = Pick<Services, 'db' | 'git' | 'url' | 'clock'>;

const MAIN = 'refs/heads/main';
const headOf = (branch: string): string => `refs/heads/${branch}`;

/**
 * Points `refs/heads/main` to where the row says that main stands; harmless when repeated, and when
 * several do it at once. False where Git would not.
 */
export async function syncMainRef(
  db: Reader,
  { git }: Pick<Services, 'git'>,
  summitId: string,
): Promise<boolean> {
  const repository = git.plan(summitId);
  for (let tries = 0; tries < 10; tries += 1) {
    const head = await mainOf(db, summitId);
    if (head === undefined) return true;
    if ((await repository.refs(MAIN)).get(MAIN) !== head) {
      if (!(await repository.pointRef(MAIN, head))) return false;
    }
    // Main may have moved on meanwhile, and whoever moved it may have been overtaken by this.
    if ((await mainOf(db, summitId)) === head) return true;
  }
  return false;
}

const mainOf = async (db: Reader, summitId: string): Promise<Oid | undefined> =>
  (
    await db
      .selectFrom('planRepository')
      .select('head')
      .where('summitId', '=', summitId)
      .executeTakeFirst()
  )?.head;

/**
 * Brings Git and the database in line after whatever tore them apart: main follows its row, branches
 * follow the proposals that were changed in the browser, and a push that Git has and no row knows is
 * recorded for whoever pushed it. Looks first, and touches nothing where all is well.
 */
export async function reconcile(services: RefServices, summitId: string): Promise<void> {
  if (!(await isAstray(services, summitId))) return;
  await aloneWithPlan(services.db, summitId, () => setRight(services, summitId));
}

async function isAstray(services: RefServices, summitId: string): Promise<boolean> {
  const { db, git } = services;
  const [head, refs, proposals, pushes] = await Promise.all([
    mainOf(db, summitId),
    git.plan(summitId).refs('refs/heads'),
    openBranches(db, summitId),
    db
      .selectFrom('planPush')
      .select('id')
      .where('summitId', '=', summitId)
      .limit(1)
      .executeTakeFirst(),
  ]);
  if (head === undefined) return false;
  return (
    pushes !== undefined ||
    refs.get(MAIN) !== head ||
    proposals.some((each) => refs.get(headOf(each.branch)) !== each.head)
  );
}

const openBranches = (db: Reader, summitId: string) =>
  db
    .selectFrom('planProposal')
    .innerJoin('planThread', (join) =>
      join
        .onRef('planThread.summitId', '=', 'planProposal.summitId')
        .onRef('planThread.number', '=', 'planProposal.number'),
    )
    .select([
      'planProposal.number',
      'planProposal.branch',
      'planProposal.head',
      'planThread.authorId',
    ])
    .where('planProposal.summitId', '=', summitId)
    .where('planProposal.state', '=', 'open')
    .execute();

/** The same for somebody who is alone with the plan already. */
export async function setRight(services: RefServices, summitId: string): Promise<void> {
  const { db, git } = services;
  await syncMainRef(db, services, summitId);
  await recordLeftPushes(services, summitId);
  const repository = git.plan(summitId);
  const refs = await repository.refs('refs/heads');
  for (const { number, branch, head, authorId } of await openBranches(db, summitId)) {
    const at = refs.get(headOf(branch));
    if (at === head) continue;
    // Deletions leave a note, so a branch that is not there was never written.
    if (at === undefined || (await isVersion(db, { summitId, number }, at))) {
      await repository.pointRef(headOf(branch), head, at ?? '');
    } else if (authorId !== null) {
      // Nobody noted who pushed it: somebody at the machine, in the repository itself.
      await record(services, { summitId, branch, head: at, personId: authorId });
    }
  }
  await keepVersions(services, summitId);
}

/** Pushes whose process died between Git and the row; those that Git did not make true are forgotten. */
async function recordLeftPushes(services: RefServices, summitId: string): Promise<void> {
  const { db, git } = services;
  const left = await db
    .selectFrom('planPush')
    .select(['id', 'branch', 'head', 'personId'])
    .where('summitId', '=', summitId)
    .orderBy('at')
    .execute();
  if (left.length === 0) return;
  const refs = await git.plan(summitId).refs('refs/heads');
  for (const { id, branch, head, personId } of left) {
    if ((refs.get(headOf(branch)) ?? null) === head) {
      await record(services, { summitId, branch, head, personId });
    }
    await db.deleteFrom('planPush').where('id', '=', id).execute();
  }
}

async function record(
  services: RefServices,
  {
    summitId,
    branch,
    head,
    personId,
  }: {
    readonly summitId: string;
    readonly branch: string;
    readonly head: Oid | null;
    readonly personId: string;
  },
): Promise<void> {
  const actor = { personId, door: 'git', now: services.clock.now() } as const;
  // What is no proposal stays a branch; the one who pushed it was told so.
  await inTransaction(services.db, (tx) =>
    recordPush(tx, services, actor, { summitId, branch, head, pusher: personId }),
  );
}

/** Sees to it that each version of each proposal has the hidden ref that keeps it. */
async function keepVersions({ db, git }: RefServices, summitId: string): Promise<void> {
  const repository = git.plan(summitId);
  const [versions, refs] = await Promise.all([
    db
      .selectFrom('planVersion')
      .select(['number', 'version', 'head'])
      .where('summitId', '=', summitId)
      .execute(),
    repository.refs('refs/proposals'),
  ]);
  for (const { number, version, head } of versions) {
    const ref = versionRef(number, version);
    if (refs.get(ref) !== head) await repository.pointRef(ref, head);
  }
}
