import { expectOk } from '@cairn/kernel/result';
import { type Self, selfIn } from '../apps/cairn/src/features/people/rights.ts';
import { foundPlan } from '../apps/cairn/src/features/planning/repository/main-commands.ts';
import { planOf } from '../apps/cairn/src/features/planning/repository/main-queries.ts';
import { cairnSignature } from '../apps/cairn/src/features/planning/repository/signature-queries.ts';
import { openThread } from '../apps/cairn/src/features/planning/threads/thread-commands.ts';
import { type Actor, inTransaction } from '../apps/cairn/src/platform/db/command.ts';
import type { FileChange, Oid } from '../apps/cairn/src/platform/git/repository.ts';
import { TEST_URL, testGit } from './services.ts';
import { storePerson } from './summit.ts';
import { openSummitDatabase, type SummitDatabase } from './summit-database.ts';

/** Somebody who comes to the summit, and what they act with. */
export interface Comer {
  readonly id: string;
  readonly self: Self;
  actor(): Actor;
}

/** A summit with a plan, people who come, and proposals laid down row by row. */
export interface ProposalWorld extends SummitDatabase {
  readonly summitId: string;
  comer(name: string): Promise<Comer>;
  /** A proposal of somebody's, whose first version changes these files of main; its number. */
  propose(by: Comer, title: string, changes: readonly FileChange[]): Promise<number>;
  /** A further version, with changes to the last one; its head. */
  push(number: number, by: Comer, changes: readonly FileChange[]): Promise<Oid>;
}

/** Opens one with these files on main. */
export async function openProposalWorld(files: readonly FileChange[]): Promise<ProposalWorld> {
  const world = await openSummitDatabase();
  await world.found();
  const { db, clock } = world;
  const summitId = (await world.summit('sp_summit_2023')).id;
  const git = testGit;
  expectOk(
    await inTransaction(db, (tx) =>
      foundPlan(tx, { git, url: TEST_URL }, world.actor, summitId, files),
    ),
  );
  const commit = (parent: Oid, changes: readonly FileChange[]) => {
    const cairn = cairnSignature(TEST_URL, clock.now());
    const commit = { parents: [parent], changes, author: cairn, committer: cairn };
    return git.plan(summitId).commit({ ...commit, message: 'A version\n' });
  };
  return {
    ...world,
    summitId,
    comer: async (name) => {
      const id = await storePerson(db, name, { summitId, role: 'participant' });
      const self = selfIn(summitId, { personId: id });
      return { id, self, actor: () => ({ personId: id, door: 'web', now: clock.now() }) };
    },
    propose: async (by, title, changes) => {
      const base = (await planOf(db, summitId))?.head ?? '';
      const head = await commit(base, changes);
      const thread = { summitId, kind: 'proposal', title, body: '' } as const;
      const { number } = expectOk(
        await inTransaction(db, (tx) => openThread(tx, by.actor(), thread)),
      );
      await db
        .insertInto('planProposal')
        .values({
          summitId,
          number,
          branch: `branch-${number}`,
          head,
          mergedAt: null,
          mergedBy: null,
          mergeCommit: null,
        })
        .execute();
      const row = { summitId, number, version: 1, head, base };
      await db
        .insertInto('planVersion')
        .values({ ...row, byPerson: by.id, byAccount: null, door: 'web', at: clock.now() })
        .execute();
      return number;
    },
    push: async (number, by, changes) => {
      const last = await db
        .selectFrom('planVersion')
        .selectAll()
        .where('summitId', '=', summitId)
        .where('number', '=', number)
        .orderBy('version', 'desc')
        .executeTakeFirstOrThrow();
      const head = await commit(last.head, changes);
      const version = last.version + 1;
      await db
        .insertInto('planVersion')
        .values({ ...last, version, head, byPerson: by.id, at: clock.now() })
        .execute();
      await db
        .updateTable('planProposal')
        .set({ head, version })
        .where('summitId', '=', summitId)
        .where('number', '=', number)
        .execute();
      return head;
    },
  };
}
