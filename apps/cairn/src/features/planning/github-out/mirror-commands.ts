import { expectOk } from '@cairn/kernel/result';
import { inTransaction } from '../../../platform/db/command.ts';
import { isAncestor } from '../../../platform/git/branch.ts';
import { mergeTrees } from '../../../platform/git/merge.ts';
import { fetchRef, pushRef, type Remote } from '../../../platform/git/remote.ts';
import type { Oid, Repository } from '../../../platform/git/repository.ts';
import type { Services } from '../../../platform/http/env.ts';
import { recordPush } from '../proposals/push-commands.ts';
import { advanceMain, lockMain } from '../repository/main-commands.ts';
import { cairnSignature } from '../repository/signature-queries.ts';

/** What came of keeping main the same here and there. */
export type MirrorOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'refused' | 'unreachable'; readonly said: string };

/** Where main stands on GitHub, as it was last looked at. Hidden from whoever clones. */
const THEIRS = 'refs/proposals/github/main';
/** The branch of the proposal that joins what was changed on both sides in the same place. */
const JOINING = 'main-on-github';

/** So often main is looked at anew when somebody moves it meanwhile. */
const MOST_ROUNDS = 5;

/**
 * Brings main here and the default branch there together. What one has and the other lacks is taken
 * over; where both moved they are merged; where both changed the same lines, theirs becomes a proposal whose
 * conflicts are mended as those of any other, and main goes out once it is merged. Nothing is forced there.
 */
export async function mirrorMain(
  services: Services,
  summitId: string,
  remote: Remote,
  branch: string,
): Promise<MirrorOutcome> {
  const repository = services.git.plan(summitId);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const fetched = await fetchRef(repository, remote, `refs/heads/${branch}`, THEIRS);
    if (fetched.kind === 'unreachable') return fetched;
    const theirs = fetched.kind === 'done' ? await repository.resolve(THEIRS) : undefined;
    if (theirs === undefined && !/couldn't find remote ref/i.test(saidBy(fetched))) return fetched;
    const ours = await joined(services, repository, summitId, theirs);
    if (ours.kind === 'waits') {
      const said = `main here and on GitHub changed the same lines; settle the conflict of #${ours.number}`;
      return { kind: 'refused', said };
    }
    if (ours.kind === 'moved') continue;
    if (ours.head === theirs) return noted(services, summitId, ours.head);
    const pushed = await pushRef(repository, remote, ours.head, `refs/heads/${branch}`);
    if (pushed.kind === 'done') return noted(services, summitId, ours.head);
    if (!/rejected|fetch first|non-fast-forward/i.test(saidBy(pushed))) return pushed;
  }
  return { kind: 'unreachable', said: 'main is moved faster than it can be told' };
}

const saidBy = (outcome: MirrorOutcome): string => (outcome.kind === 'done' ? '' : outcome.said);

async function noted({ db }: Services, summitId: string, head: Oid): Promise<MirrorOutcome> {
  await db
    .updateTable('githubSettings')
    .set({ mainSent: head })
    .where('summitId', '=', summitId)
    .execute();
  return { kind: 'done' };
}

type Joined =
  /** Where main stands here, with all that stands there in it. */
  | { readonly kind: 'joined'; readonly head: Oid }
  /** Somebody moved main meanwhile. */
  | { readonly kind: 'moved' }
  /** A person has to settle it, in this proposal. */
  | { readonly kind: 'waits'; readonly number: number };

async function joined(
  services: Services,
  repository: Repository,
  summitId: string,
  theirs: Oid | undefined,
): Promise<Joined> {
  const { head: ours } = await services.db
    .selectFrom('planRepository')
    .select('head')
    .where('summitId', '=', summitId)
    .executeTakeFirstOrThrow();
  if (theirs === undefined || theirs === ours || (await isAncestor(repository, theirs, ours))) {
    return { kind: 'joined', head: ours };
  }
  if (await isAncestor(repository, ours, theirs)) return move(services, summitId, ours, theirs);
  if ((await repository.mergeBase(ours, theirs)) === undefined) {
    return begin(services, repository, summitId, ours, theirs);
  }
  const { tree, conflicts } = await mergeTrees(repository, ours, theirs);
  if (conflicts.length > 0) return ask(services, summitId, theirs);
  return merge(services, repository, summitId, [ours, theirs], tree);
}

/**
 * Two repositories that began apart: all files of both, and of those that both have the one there, which
 * people wrote, while ours is what every plan begins with.
 */
async function begin(
  services: Services,
  repository: Repository,
  summitId: string,
  ours: Oid,
  theirs: Oid,
): Promise<Joined> {
  const [here, there] = await Promise.all([repository.files(ours), repository.files(theirs)]);
  const paths = new Set(there.map(({ path }) => path));
  const missing = here.filter(({ path, mode }) => !paths.has(path) && mode.startsWith('100'));
  const contents = await repository.blobs(missing.map(({ oid }) => oid));
  const at = services.clock.now();
  const cairn = cairnSignature(services.url, at);
  const commit = await repository.commit({
    parents: [theirs, ours],
    changes: missing.map(({ path, oid }) => ({
      path,
      content: contents.get(oid)?.toString('utf8') ?? '',
    })),
    author: cairn,
    committer: cairn,
    message: 'Join the plan here with the repository on GitHub\n',
  });
  return move(services, summitId, ours, commit);
}

async function merge(
  services: Services,
  repository: Repository,
  summitId: string,
  parents: readonly [Oid, Oid],
  tree: Oid,
): Promise<Joined> {
  const cairn = cairnSignature(services.url, services.clock.now());
  const commit = await repository.commit({
    parents,
    tree,
    author: cairn,
    committer: cairn,
    message: 'Merge what was changed on GitHub\n',
  });
  return move(services, summitId, parents[0], commit);
}

async function move(services: Services, summitId: string, from: Oid, to: Oid): Promise<Joined> {
  const actor = { personId: undefined, door: 'github', now: services.clock.now() } as const;
  return services.db.transaction().execute(async (tx): Promise<Joined> => {
    if ((await lockMain(tx, summitId)) !== from) return { kind: 'moved' };
    expectOk(await advanceMain(tx, services, actor, summitId, to));
    return { kind: 'joined', head: to };
  });
}

async function ask(services: Services, summitId: string, head: Oid): Promise<Joined> {
  const actor = { personId: undefined, door: 'github', now: services.clock.now() } as const;
  const asked = expectOk(
    await inTransaction(services.db, (tx) =>
      recordPush(tx, services, actor, { summitId, branch: JOINING, head, pusher: undefined }),
    ),
  );
  return asked.number === undefined ? { kind: 'moved' } : { kind: 'waits', number: asked.number };
}
