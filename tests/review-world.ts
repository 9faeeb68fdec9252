import { randomUUID } from 'node:crypto';
import { expectOk } from '@cairn/kernel/result';
import { type Self, selfIn } from '../apps/cairn/src/features/people/rights.ts';
import {
  addVersion,
  openProposal,
} from '../apps/cairn/src/features/planning/proposals/version-commands.ts';
import { foundPlan } from '../apps/cairn/src/features/planning/repository/main-commands.ts';
import { planOf } from '../apps/cairn/src/features/planning/repository/main-queries.ts';
import { cairnSignature } from '../apps/cairn/src/features/planning/repository/signature-queries.ts';
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

/** A summit with a plan, people who come, and proposals as reviewers find them. */
export interface ReviewWorld extends SummitDatabase {
  readonly summitId: string;
  comer(name: string): Promise<Comer>;
  /** A proposal of somebody's, whose first version changes these files of main; its number. */
  propose(by: Comer, title: string, changes: readonly FileChange[]): Promise<number>;
  /** A further version, with changes to the last one; its head. */
  push(number: number, by: Comer, changes: readonly FileChange[]): Promise<Oid>;
}

/** Opens one with these files on main. */
export async function openReviewWorld(files: readonly FileChange[]): Promise<ReviewWorld> {
  const world = await openSummitDatabase();
  await world.found();
  const { db, clock } = world;
  const summitId = (await world.summit('sp_summit_2023')).id;
  const git = testGit;
  const services = { git, url: TEST_URL };
  expectOk(await inTransaction(db, (tx) => foundPlan(tx, services, world.actor, summitId, files)));
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
      const proposal = { summitId, branch: `work/${randomUUID()}`, head };
      const opened = await inTransaction(db, (tx) =>
        openProposal(tx, services, by.actor(), { ...proposal, title, body: '' }),
      );
      return expectOk(opened).number;
    },
    push: async (number, by, changes) => {
      const { head: last } = await db
        .selectFrom('planProposal')
        .select('head')
        .where('summitId', '=', summitId)
        .where('number', '=', number)
        .executeTakeFirstOrThrow();
      const head = await commit(last, changes);
      const place = { summitId, number };
      const writer = { personId: by.id, accountId: undefined };
      expectOk(
        await inTransaction(db, (tx) =>
          addVersion(tx, services, by.actor(), place, { head, writer }),
        ),
      );
      return head;
    },
  };
}
