import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectOk } from '@cairn/kernel/result';
import type { Hono } from 'hono';
import { createApp } from '../../apps/cairn/src/app.tsx';
import { backgroundTasks } from '../../apps/cairn/src/background.ts';
import { planSkeleton } from '../../apps/cairn/src/features/planning/documents/skeleton-rules.ts';
import { foundPlan } from '../../apps/cairn/src/features/planning/repository/main-commands.ts';
import { type Actor, inTransaction } from '../../apps/cairn/src/platform/db/command.ts';
import { type Db, openKysely } from '../../apps/cairn/src/platform/db/database.ts';
import { GithubClient } from '../../apps/cairn/src/platform/github/client.ts';
import { UserTokens } from '../../apps/cairn/src/platform/github/user-tokens.ts';
import type { AppEnv } from '../../apps/cairn/src/platform/http/env.ts';
import { runJobsUntilIdle } from '../../apps/cairn/src/platform/jobs/worker.ts';
import { cloneDatabase } from '../database.ts';
import { storeGithubSettings } from '../plan-database.ts';
import { testServices, visitorFromHeader } from '../services.ts';
import { NOW, storeSummit } from '../summit.ts';
import { addPerson } from '../summit-database.ts';
import { startGitFront } from './git-front.ts';
import type { Account, Repo } from './records.ts';
import { deliveryRequest, GithubServer } from './server.ts';

const SECRET = 'the secret of the hook, long enough';

/** A summit whose plan is kept in step with a repository on the test's GitHub, Git included. */
export interface PlanOnGithub {
  readonly db: Db;
  readonly services: ReturnType<typeof testServices>;
  readonly app: Hono<AppEnv>;
  readonly github: GithubServer;
  readonly summitId: string;
  readonly repo: Repo;
  /** The bare repository behind it. */
  readonly gitDirectory: string;
  /** Who owns the repository there; the installation's token is theirs. */
  readonly robot: Account;
  /** What somebody does now, by our clock. */
  actor(personId: string | undefined): Actor;
  person(name: string): Promise<string>;
  /** Lets every job run that is due. */
  work(): Promise<void>;
  /** Hands over what GitHub would have told by webhook since it was last asked to. */
  deliver(): Promise<number>;
  /** Lets time pass on both sides. */
  pass(seconds: number): void;
  /** Where a branch stands there; undefined if it is not there. */
  headThere(branch: string): string | undefined;
  close(): Promise<void>;
}

/** Wires a Cairn and a GitHub together. Their clocks say the same. */
export async function openPlanOnGithub(): Promise<PlanOnGithub> {
  const database = await cloneDatabase();
  const db = openKysely(database.pool);
  const github = await GithubServer.start();
  const directory = await mkdtemp(join(tmpdir(), 'cairn-github-'));
  const front = await startGitFront(github, directory);
  const { world } = github;
  const robot = world.addAccount('cairn-robot');
  const repo = world.addRepo(world.addAccount('sci-summit', 'Organization'), 'plan');
  world.tokens.set('robot-token', robot.id);
  const gitDirectory = await front.repository(world.fullName(repo));
  const services = testServices(db, {
    userTokens: new UserTokens({ clientId: 'cairn', clientSecret: 'secret', site: front.url }),
    github: new GithubClient(
      {
        apiUrl: front.url,
        identity: { kind: 'token', token: 'robot-token' },
        webhookSecret: SECRET,
      },
      { now: () => world.now, sleep: async () => undefined, writePause: 0 },
    ),
  });
  world.now = services.clock.now().epochMilliseconds;
  const summit = await storeSummit(db);
  const job: Actor = { personId: undefined, door: 'job', now: NOW };
  expectOk(
    await inTransaction(db, (tx) =>
      foundPlan(tx, services, job, summit.id, planSkeleton({ title: summit.definition.title })),
    ),
  );
  await storeGithubSettings(
    db,
    { summitId: summit.id, owner: 'sci-summit', name: 'plan', id: repo.id },
    { at: NOW, by: null },
  );
  const app = createApp(services, visitorFromHeader(db));
  const tasks = backgroundTasks(services, undefined);
  let delivered = 0;
  const headThere = (branch: string): string | undefined => {
    const args = ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`];
    const { status, stdout } = spawnSync('git', args, { cwd: gitDirectory, encoding: 'utf8' });
    return status === 0 ? stdout.trim() : undefined;
  };
  world.headOf = (_, branch) => headThere(branch);
  return {
    db,
    services,
    app,
    github,
    summitId: summit.id,
    repo,
    gitDirectory,
    robot,
    actor: (personId) => ({ personId, door: 'web', now: services.clock.now() }),
    person: (name) => addPerson(db, name),
    work: () => runJobsUntilIdle(database.pool, tasks),
    deliver: async () => {
      const news = world.deliveries.slice(delivered);
      delivered = world.deliveries.length;
      for (const each of news) {
        const { status } = await app.request(
          '/github/webhook',
          await deliveryRequest(each, SECRET),
        );
        if (status !== 202) throw new Error(`a delivery was answered with ${status}`);
      }
      await runJobsUntilIdle(database.pool, tasks);
      return news.length;
    },
    pass: (seconds) => {
      world.pass(seconds);
      services.clock.set(services.clock.now().add({ seconds }));
    },
    headThere,
    close: async () => {
      await front.stop();
      await github.stop();
      await database.drop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
