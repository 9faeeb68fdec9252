import { expectOk } from '@cairn/kernel/result';
import { type Organiser, type Self, selfIn } from '../apps/cairn/src/features/people/rights.ts';
import { recordPush } from '../apps/cairn/src/features/planning/proposals/push-commands.ts';
import {
  commitToMain,
  foundPlan,
} from '../apps/cairn/src/features/planning/repository/main-commands.ts';
import { planOf } from '../apps/cairn/src/features/planning/repository/main-queries.ts';
import { cairnSignature } from '../apps/cairn/src/features/planning/repository/signature-queries.ts';
import { type Actor, inTransaction } from '../apps/cairn/src/platform/db/command.ts';
import type { FileChange, Oid, Repository } from '../apps/cairn/src/platform/git/repository.ts';
import { TEST_URL, testGit } from './services.ts';
import { addPerson, openSummitDatabase, type SummitDatabase } from './summit-database.ts';

/** A summit with a plan, and people who propose changes to it. */
export interface ProposalWorld extends SummitDatabase {
  readonly summitId: string;
  readonly services: { readonly git: typeof testGit; readonly url: string };
  readonly repository: Repository;
  /** Takes part and comes; signed in by her id. */
  readonly mira: string;
  readonly noor: string;
  readonly base: string;
  organisers: Organiser;
  self(personId: string): Self;
  as(personId: string): Actor;
  mainHead(): Promise<Oid>;
  /** A commit that nothing points to yet. */
  commit(parent: Oid, changes: readonly FileChange[], message?: string): Promise<Oid>;
  push(branch: string, head: Oid | null, pusher?: string): Promise<number>;
  changeMain(changes: readonly FileChange[], message?: string): Promise<Oid>;
}

/** Opens a database whose summit has a plan of these files. */
export async function openProposalWorld(files: readonly FileChange[]): Promise<ProposalWorld> {
  const world = await openSummitDatabase();
  await world.found();
  const { id: summitId, slug } = await world.summit('sp_summit_2023');
  const services = { git: testGit, url: TEST_URL };
  const { db } = world;
  const repository = testGit.plan(summitId);
  const participant = async (name: string): Promise<string> => {
    const personId = await addPerson(db, name);
    await db
      .insertInto('role')
      .values({
        summitId,
        personId,
        role: 'participant',
        grantedAt: world.actor.now,
        grantedBy: world.ada,
      })
      .execute();
    return personId;
  };
  const as = (personId: string): Actor => ({ personId, door: 'web', now: world.clock.now() });
  expectOk(await inTransaction(db, (tx) => foundPlan(tx, services, world.actor, summitId, files)));
  return {
    ...world,
    summitId,
    services,
    repository,
    base: `/s/${slug}/plan`,
    mira: await participant('Mira Lehto'),
    noor: await participant('Noor'),
    organisers: await world.organiser(slug),
    self: (personId) => selfIn(summitId, { personId }),
    as,
    mainHead: async () => (await planOf(db, summitId))?.head ?? '',
    commit: (parent, changes, message = 'Change it') => {
      const by = cairnSignature(TEST_URL, world.clock.now());
      return repository.commit({ parents: [parent], changes, author: by, committer: by, message });
    },
    push: async (branch, head, pusher = world.stranger) => {
      const pushed = { summitId, branch, head, pusher };
      const actor: Actor = { ...as(pusher), door: 'git' };
      const { number } = expectOk(
        await inTransaction(db, (tx) => recordPush(tx, services, actor, pushed)),
      );
      return number ?? 0;
    },
    changeMain: async (changes, message = 'Change main') =>
      expectOk(
        await inTransaction(db, (tx) =>
          commitToMain(tx, services, world.actor, summitId, { changes, message }),
        ),
      ).commit,
  };
}
