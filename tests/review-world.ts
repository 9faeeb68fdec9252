import { randomUUID } from 'node:crypto';
import { expectOk } from '@cairn/kernel/result';
import { type Self, selfIn } from '../apps/cairn/src/features/people/rights.ts';
import {
  addVersion,
  openProposal,
} from '../apps/cairn/src/features/planning/proposals/version-commands.ts';
import { type Actor, inTransaction } from '../apps/cairn/src/platform/db/command.ts';
import type { FileChange, Oid } from '../apps/cairn/src/platform/git/repository.ts';
import { openPlanDatabase, type PlanDatabase } from './plan-database.ts';
import { storePerson } from './summit.ts';

/** Somebody who comes to the summit, and what they act with. */
export interface Comer {
  readonly id: string;
  readonly self: Self;
  actor(): Actor;
}

/** A summit with a plan, people who come, and proposals as reviewers find them. */
export interface ReviewWorld extends PlanDatabase {
  comer(name: string): Promise<Comer>;
  /** A proposal of somebody's, whose first version changes these files of main; its number. */
  propose(by: Comer, title: string, changes: readonly FileChange[]): Promise<number>;
  /** A further version, with changes to the last one; its head. */
  push(number: number, by: Comer, changes: readonly FileChange[]): Promise<Oid>;
}

/** Opens one with these files on main. */
export async function openReviewWorld(files: readonly FileChange[]): Promise<ReviewWorld> {
  const world = await openPlanDatabase(files);
  const { db, clock, summitId, services } = world;
  return {
    ...world,
    comer: async (name) => {
      const id = await storePerson(db, name, { summitId, role: 'participant' });
      const self = selfIn(summitId, { personId: id });
      return { id, self, actor: () => ({ personId: id, door: 'web', now: clock.now() }) };
    },
    propose: async (by, title, changes) => {
      const head = await world.commit(await world.mainHead(), changes);
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
      const head = await world.commit(last, changes);
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
