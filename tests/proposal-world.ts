import { expectOk } from '@cairn/kernel/result';
import { type Organiser, type Self, selfIn } from '../apps/cairn/src/features/people/rights.ts';
import { recordPush } from '../apps/cairn/src/features/planning/proposals/push-commands.ts';
import { type Actor, inTransaction } from '../apps/cairn/src/platform/db/command.ts';
import type { FileChange, Oid } from '../apps/cairn/src/platform/git/repository.ts';
import { openPlanDatabase, type PlanDatabase } from './plan-database.ts';
import { storePerson } from './summit.ts';

/** A summit with a plan, and people who propose changes to it. */
export interface ProposalWorld extends PlanDatabase {
  /** Takes part and comes; signed in by her id. */
  readonly mira: string;
  readonly noor: string;
  readonly base: string;
  organisers: Organiser;
  self(personId: string): Self;
  as(personId: string): Actor;
  push(branch: string, head: Oid | null, pusher?: string): Promise<number>;
}

/** Opens a database whose summit has a plan of these files. */
export async function openProposalWorld(files: readonly FileChange[]): Promise<ProposalWorld> {
  const world = await openPlanDatabase(files);
  const { db, summitId, services } = world;
  const { slug } = await world.summit('sp_summit_2023');
  const participant = (name: string) => storePerson(db, name, { summitId, role: 'participant' });
  const as = (personId: string): Actor => ({ personId, door: 'web', now: world.clock.now() });
  return {
    ...world,
    base: `/s/${slug}/plan`,
    mira: await participant('Mira Lehto'),
    noor: await participant('Noor'),
    organisers: await world.organiser(slug),
    self: (personId) => selfIn(summitId, { personId }),
    as,
    push: async (branch, head, pusher = world.stranger) => {
      const pushed = { summitId, branch, head, pusher };
      const actor: Actor = { ...as(pusher), door: 'git' };
      const { number } = expectOk(
        await inTransaction(db, (tx) => recordPush(tx, services, actor, pushed)),
      );
      return number ?? 0;
    },
  };
}
