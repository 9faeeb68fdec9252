import { join } from 'node:path';
import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { Hono } from 'hono';
import { createApp } from './app.tsx';
import { backgroundTasks, SWEEPS } from './background.ts';
import type { Config } from './config.ts';
import { demoClock } from './demo/clock.ts';
import { knownPeople } from './features/people/accounts/sign-in-people.ts';
import { visitorFrom } from './features/people/accounts/sign-in-visitor.ts';
import { type Auth, createAuth } from './platform/auth/auth.ts';
import { installationSecret, sealFor } from './platform/auth/keys.ts';
import { systemClock } from './platform/clock/clock.ts';
import { openKysely } from './platform/db/database.ts';
import { migrate } from './platform/db/migrate.ts';
import type { OpenDatabase } from './platform/db/open.ts';
import { gitStore } from './platform/git/store.ts';
import { siteUrl } from './platform/github/access.ts';
import { GithubClient } from './platform/github/client.ts';
import { UserTokens } from './platform/github/user-tokens.ts';
import type { AppEnv, Services } from './platform/http/env.ts';
import { fetcherFor } from './platform/http/fetch-outside.ts';
import { newSecret } from './platform/http/secret.ts';
import { migrateJobs } from './platform/jobs/migrate-jobs.ts';
import type { Tasks } from './platform/jobs/tasks.ts';
import { startWorker, type Worker } from './platform/jobs/worker.ts';
import { createBroadcasts } from './platform/live/broadcast.ts';
import { openLive } from './platform/live/live.ts';
import { type Carrier, smtpCarrier } from './platform/mail/carrier.ts';

/** Everything that a running Cairn is made of, wired once. */
export interface Installation {
  readonly app: Hono<AppEnv>;
  readonly services: Services;
  readonly auth: Auth;
  readonly tasks: Tasks;
  /** What the command line shows to prove that it may read this installation's files; new at every start. */
  readonly localToken: string;
  startWorker(): Promise<Worker>;
  /** Closes what this installation opened; the database is its opener's to close. */
  close(): void;
}

/**
 * Brings a database up to this version of Cairn and wires the product around it. What is kept as files
 * is below the data directory.
 */
export async function openInstallation(
  config: Config,
  database: OpenDatabase,
  dataDir: string,
): Promise<Result<Installation, Problem>> {
  const migrated = await migrate(database.pool);
  if (!migrated.ok) return fail(migrated.error);
  await migrateJobs(database.pool);
  const db = openKysely(database.pool);
  const demo = await demoClock(db);
  const clock = demo ?? systemClock;
  const secret = await installationSecret(db, config.secret);
  const auth = createAuth({
    db,
    url: config.url,
    secret,
    people: knownPeople(db, clock),
    github: config.github,
    oidc: config.oidc,
  });
  // The demo's people are invented, but their addresses are somebody's to receive.
  const carrier = demo === undefined ? carrierOf(config) : undefined;
  const live = openLive(database.pool);
  const services: Services = {
    db,
    clock,
    url: config.url,
    isDemo: demo !== undefined,
    mailGoesOut: carrier !== undefined,
    mailFrom: config.mailFrom,
    fetchOutside: fetcherFor(config.fetchReach),
    largestReceipt: config.largestReceipt,
    git: gitStore(join(dataDir, 'git'), config.gitLimits),
    // What the demo's people do is nothing to tell the world.
    github:
      config.githubAccess === undefined || demo !== undefined
        ? undefined
        : new GithubClient(config.githubAccess),
    userTokens: userTokensOf(config),
    seal: sealFor(secret, 'tokens of people'),
    live,
    broadcasts: createBroadcasts(live, config.liveListeners),
    sessions: {
      start: async ({ address, name }, method, headers) =>
        (await auth.startSession({ email: address, name, method, headers })).setCookies,
    },
  };
  const tasks = backgroundTasks(services, carrier);
  const localToken = newSecret();
  return ok({
    localToken,
    app: createApp(services, visitorFrom(auth, db), auth, {
      localToken,
      metricsToken: config.metricsToken,
    }),
    services,
    auth,
    tasks,
    startWorker: () => startWorker(database.pool, tasks, { sweeps: { services, list: SWEEPS } }),
    close: () => {
      services.live.close();
      services.git.close();
      carrier?.close();
    },
  });
}

/** People can let Cairn write as them where it is registered for signing in and reaches the repositories too. */
const userTokensOf = ({ github, githubAccess }: Config): UserTokens | undefined =>
  github === undefined || githubAccess === undefined
    ? undefined
    : new UserTokens({ ...github, site: siteUrl(githubAccess.apiUrl) });

const carrierOf = ({ smtpUrl, mailFrom, url }: Config): Carrier | undefined =>
  smtpUrl === undefined ? undefined : smtpCarrier({ smtpUrl, from: mailFrom, url });
