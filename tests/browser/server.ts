import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectOk, ok } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import type { BrowserContext, Page } from 'playwright-core';
import { SWEEPS } from '../../apps/cairn/src/background.ts';
import { readConfig } from '../../apps/cairn/src/config.ts';
import { loadDemo } from '../../apps/cairn/src/demo/load.ts';
import type { Moment } from '../../apps/cairn/src/demo/moments.ts';
import { ensureAdministrator } from '../../apps/cairn/src/features/people/accounts/administrator-commands.ts';
import { type Installation, openInstallation } from '../../apps/cairn/src/installation.ts';
import { inTransaction } from '../../apps/cairn/src/platform/db/command.ts';
import { openKysely } from '../../apps/cairn/src/platform/db/database.ts';
import { gitStore } from '../../apps/cairn/src/platform/git/store.ts';
import type { AppEnv } from '../../apps/cairn/src/platform/http/env.ts';
import { runAllSweeps } from '../../apps/cairn/src/platform/jobs/sweeps.ts';
import { runJobsUntilIdle } from '../../apps/cairn/src/platform/jobs/worker.ts';
import { cloneDatabase } from '../database.ts';

/** The whole product, answering on a port of this machine. */
export interface TestServer {
  /** Its address, without a slash at its end. */
  readonly url: string;
  readonly installation: Installation;
  /** What its clock says. */
  now(): Instant;
  /** Does what a worker would have done by now: the sweeps, then every job. */
  work(): Promise<void>;
  /** Signs a browser in by a link such as the ones that are printed, and goes to a page. */
  signIn(context: BrowserContext, email: string, path?: string): Promise<Page>;
  /** Ends every connection and answers nobody, as if the network were gone, until plugged in again. */
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  close(): Promise<void>;
}

/** What a server's database holds when it starts. */
export type Begin =
  /** The demo's story, told up to a moment; its clock runs on from there and can be moved. */
  | { readonly demo: Moment }
  /** Nobody but an administrator of this address. */
  | { readonly administrator: string };

/** Starts Cairn, wired as `cairn serve` wires it, on a database of its own. */
export async function startTestServer(begin: Begin): Promise<TestServer> {
  const database = await cloneDatabase();
  let app: Hono<AppEnv> | undefined;
  // The public address belongs to the wiring, so the port has to be known before.
  const server = createAdaptorServer({
    fetch: (request, env) => app?.fetch(request, env) ?? new Response(null, { status: 503 }),
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('the server has no port');
  const url = `http://127.0.0.1:${bound.port}`;
  const config = expectOk(
    readConfig({ CAIRN_URL: url, CAIRN_SECRET: randomBytes(32).toString('hex') }),
  );
  const dataDir = await mkdtemp(join(tmpdir(), 'cairn-browser-'));
  const git = gitStore(join(dataDir, 'git'));
  if ('demo' in begin) await loadDemo({ db: openKysely(database.pool), git }, begin.demo, url);
  const installation = expectOk(
    await openInstallation(
      config,
      {
        pool: database.pool,
        connectionString: database.connectionString,
        origin: 'external',
        close: () => database.drop(),
      },
      dataDir,
    ),
  );
  const { services, auth, tasks } = installation;
  if ('administrator' in begin) {
    const actor = { personId: undefined, door: 'cli', now: services.clock.now() } as const;
    await inTransaction(services.db, async (tx) =>
      ok(await ensureAdministrator(tx, actor, begin.administrator)),
    );
  }
  app = installation.app;
  return {
    url,
    installation,
    now: () => services.clock.now(),
    work: async () => {
      await runAllSweeps(services, SWEEPS);
      await runJobsUntilIdle(database.pool, tasks);
    },
    signIn: async (context, email, path = '/') => {
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      await page.goto(`${await auth.createSignInLink(email)}?to=${encodeURIComponent(path)}`);
      await page.getByRole('button', { name: /^Sign in as / }).click();
      await page.waitForURL(`${url}${path}`);
      return page;
    },
    unplug: async () => {
      const isClosed = new Promise((resolve) => server.close(resolve));
      if ('closeAllConnections' in server) server.closeAllConnections();
      await isClosed;
    },
    plugIn: () => new Promise((resolve) => server.listen(bound.port, '127.0.0.1', resolve)),
    close: async () => {
      installation.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
