import { expectOk } from '@cairn/kernel/result';
import { selfIn } from '../apps/cairn/src/features/people/rights.ts';
import { setInterests } from '../apps/cairn/src/features/planning/interest/interest-commands.ts';
import type { InterestLevel } from '../apps/cairn/src/features/planning/interest/interest-rules.ts';
import { foundPlan } from '../apps/cairn/src/features/planning/repository/main-commands.ts';
import { openThread } from '../apps/cairn/src/features/planning/threads/thread-commands.ts';
import { inTransaction } from '../apps/cairn/src/platform/db/command.ts';
import { TEST_URL, testGit } from './services.ts';
import { addPerson, openSummitDatabase, type SummitDatabase } from './summit-database.ts';

const services = { git: testGit, url: TEST_URL };

/** A summit with a plan, to which topics, and people who want something of them, can be added. */
export interface GroupsWorld extends SummitDatabase {
  readonly summitId: string;
  /** A topic by its number. */
  topic(title: string, state?: 'idea' | 'planned' | 'dropped'): Promise<number>;
  /** Somebody who comes, with an address, and what they want of topics. */
  comer(name: string, wants?: readonly (readonly [number, InterestLevel])[]): Promise<string>;
}

export async function openGroupsWorld(): Promise<GroupsWorld> {
  const world = await openSummitDatabase();
  await world.found();
  const { id: summitId } = await world.summit('sp_summit_2023');
  // Whoever founded it administers it, and does not come.
  await world.db.deleteFrom('role').where('summitId', '=', summitId).execute();
  expectOk(
    await inTransaction(world.db, (tx) =>
      foundPlan(tx, services, world.actor, summitId, [{ path: 'README.md', content: '# Plan\n' }]),
    ),
  );
  return {
    ...world,
    summitId,
    topic: async (title, state = 'planned') => {
      const { number } = expectOk(
        await inTransaction(world.db, (tx) =>
          openThread(tx, world.actor, { summitId, kind: 'topic', title, body: '' }),
        ),
      );
      const path = `topics/${title.toLowerCase().replaceAll(/\W+/g, '-')}.md`;
      await world.db
        .insertInto('planTopic')
        .values({ summitId, number, path, state, duplicateOf: null })
        .execute();
      return number;
    },
    comer: async (name, wants = []) => {
      const personId = await addPerson(world.db, name);
      const grantedAt = world.actor.now;
      await world.db
        .insertInto('role')
        .values({ summitId, personId, role: 'participant', grantedAt, grantedBy: null })
        .execute();
      const value = `${name.toLowerCase()}@cairn.test`;
      await world.db
        .insertInto('personIdentity')
        .values({ personId, kind: 'email', value, isPrimary: true, verifiedAt: null })
        .execute();
      const said = wants.map(([number, level]) => [number, { level, why: '' }] as const);
      expectOk(
        await inTransaction(world.db, (tx) =>
          setInterests(tx, world.actor, selfIn(summitId, { personId }), new Map(said)),
        ),
      );
      return personId;
    },
  };
}
