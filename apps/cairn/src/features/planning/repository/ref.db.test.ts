import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPlanServer, type PlanServer, TOPIC } from '../../../../../../tests/plan-server.ts';
import { testGit, testServices } from '../../../../../../tests/services.ts';
import { FIRST_SUMMIT } from '../../../../../../tests/summit-database.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Services } from '../../../platform/http/env.ts';
import { aloneWithPlan } from './alone-commands.ts';
import { ensurePlan } from './founding-commands.ts';
import { reconcile, syncMainRef } from './ref-commands.ts';
import { refSweep } from './repository-sweeps.ts';

let server: PlanServer;
let services: Services;
beforeAll(async () => {
  server = await openPlanServer();
  services = testServices(server.world.db);
});
afterAll(() => server.close());

const repository = () => testGit.plan(server.summitId);
const topic = (title: string): string => TOPIC.replace('Sparse arrays', title);

/** A branch with a commit of its own, pushed to nowhere: its objects are there, and no ref. */
async function commitBeside(title: string): Promise<string> {
  const main = await repository().resolve('refs/heads/main');
  const signature = { name: 'Mira', email: 'mira@example.org', at: server.world.actor.now };
  return repository().commit({
    parents: [main ?? ''],
    changes: [{ path: `topics/${title.toLowerCase()}.md`, content: topic(title) }],
    author: signature,
    committer: signature,
    message: `Propose ${title}\n`,
  });
}

describe('what a process that died left between Git and the rows', () => {
  test('a push that Git took is recorded for whoever pushed it', async () => {
    await syncMainRef(server.world.db, services, server.summitId);
    const head = await commitBeside('Torn');
    const at = server.world.actor.now;
    const note = { summitId: server.summitId, personId: server.mira, at };
    await server.world.db
      .insertInto('planPush')
      .values([
        { ...note, branch: 'mira/torn', head },
        // Git was told to go on, and did not.
        { ...note, branch: 'mira/never', head },
      ])
      .execute();
    await repository().pointRef('refs/heads/mira/torn', head);
    const folder = await server.clone();
    const [proposal] = await server.proposals();
    expect(proposal).toMatchObject({ branch: 'mira/torn', head, version: 1 });
    const { byPerson, door } = await server.world.db
      .selectFrom('planVersion')
      .select(['byPerson', 'door'])
      .executeTakeFirstOrThrow();
    expect({ byPerson, door }).toEqual({ byPerson: server.mira, door: 'git' });
    expect(await server.world.db.selectFrom('planPush').selectAll().execute()).toEqual([]);
    expect((await server.home.git(folder, 'branch', '-r')).said).toContain('origin/mira/torn');
  });

  test('a deletion that Git did closes its proposal', async () => {
    const at = server.world.actor.now;
    await server.world.db
      .insertInto('planPush')
      .values({
        summitId: server.summitId,
        branch: 'mira/torn',
        head: null,
        personId: server.mira,
        at,
      })
      .execute();
    await repository().pointRef('refs/heads/mira/torn', null);
    await reconcile(services, server.summitId);
    expect((await server.proposals()).at(0)?.state).toBe('closed');
  });

  test('a branch that is not where its proposal says follows it; an unknown commit is a new version', async () => {
    const folder = await server.clone();
    await server.commit(folder, 'topics/known.md', topic('Known'));
    await server.push(folder, 'HEAD:mira/known');
    const proposal = (await server.proposals()).find(({ branch }) => branch === 'mira/known');
    const ref = 'refs/heads/mira/known';
    await repository().pointRef(ref, null);
    await refSweep.run(services);
    expect(await repository().resolve(ref)).toBe(proposal?.head);
    const other = await commitBeside('Unknown');
    await repository().pointRef(ref, other);
    await refSweep.run(services);
    expect((await server.proposals()).at(-1)).toMatchObject({ head: other, version: 2 });
    // Back to what is a version already: the row is right.
    await repository().pointRef(ref, proposal?.head ?? '');
    await refSweep.run(services);
    expect(await repository().resolve(ref)).toBe(other);
    expect((await server.proposals()).at(-1)?.version).toBe(2);
  });

  test('main is where its row says, whatever became of the ref, and versions have theirs', async () => {
    const commit = await server.change([{ path: 'README.md', content: '# Anew\n' }]);
    await repository().pointRef('refs/heads/main', await commitBeside('Astray'));
    const versions = await repository().refs('refs/proposals');
    for (const ref of versions.keys()) await repository().pointRef(ref, null);
    await reconcile(services, server.summitId);
    expect(await repository().resolve('refs/heads/main')).toBe(commit);
    expect(await repository().refs('refs/proposals')).toEqual(versions);
  });
});

test('whoever is alone with a plan is alone, and others come after', async () => {
  const order: string[] = [];
  const work = (name: string) => async () => {
    order.push(`${name} begins`);
    await reconcile(services, server.summitId);
    order.push(`${name} ends`);
  };
  const { db } = server.world;
  await Promise.all(['a', 'b', 'c'].map((name) => aloneWithPlan(db, server.summitId, work(name))));
  for (let at = 0; at < order.length; at += 2) {
    expect(order[at]?.replace('begins', 'ends')).toBe(order[at + 1]);
  }
});

test('a summit without a plan is given one, once, with nothing to mend in it', async () => {
  const { db } = server.world;
  const { id } = await server.world.summit('sp_summit_2023');
  await server.world.found(FIRST_SUMMIT.replaceAll('sp_summit_2023', 'sp_summit_2024'));
  const next = (await server.world.summit('sp_summit_2024')).id;
  expect(next).not.toBe(id);
  await refSweep.run(services);
  const head = await testGit.plan(next).resolve('refs/heads/main');
  expect(head).toBeDefined();
  expectOk(await inTransaction(db, (tx) => ensurePlan(tx, services, server.world.actor, next)));
  await refSweep.run(services);
  expect(await testGit.plan(next).resolve('refs/heads/main')).toBe(head);
  const rows = await db
    .selectFrom('planDocument')
    .select(['path', 'problems'])
    .where('summitId', '=', next)
    .execute();
  expect(rows.length).toBeGreaterThan(5);
  expect(rows.filter(({ problems }) => JSON.stringify(problems) !== '[]')).toEqual([]);
});
