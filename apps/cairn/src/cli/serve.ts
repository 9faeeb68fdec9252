import type { Problem } from '@cairn/kernel/problem';
import { problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { createAdaptorServer } from '@hono/node-server';
import type { Config } from '../config.ts';
import { demoLinks } from '../demo/links.ts';
import { clearUnfinishedDemo, loadDemo, mayLoadDemo } from '../demo/load.ts';
import type { Moment } from '../demo/moments.ts';
import { ensureAdministrator } from '../features/people/accounts/administrator-commands.ts';
import { type Installation, openInstallation } from '../installation.ts';
import { inTransaction } from '../platform/db/command.ts';
import { chooseDataDirectory } from '../platform/db/data-directory.ts';
import { type OpenDatabase, openDatabase } from '../platform/db/open.ts';
import { removeRunning, writeRunning } from './running.ts';

export interface ServeOptions {
  /** Runs jobs in this process; otherwise a `cairn worker` does. */
  readonly withWorker: boolean;
  /** Tells the demo's story anew, up to this moment, before answering. */
  readonly demoAt?: Moment | undefined;
  /** Tells the operator something. */
  readonly say: (line: string) => void;
}

/** A server that answers. */
export interface Served {
  readonly address: string;
  readonly installation: Installation;
  readonly database: OpenDatabase;
  /** Takes no more requests, lets those at hand end, and closes everything in order. */
  close(): Promise<void>;
}

/**
 * Starts Cairn: opens the database, brings it up to date, loads the demo on the very first start,
 * and answers requests. Whatever an operator can mend comes back as a problem.
 */
export async function startServer(
  config: Config,
  { withWorker, demoAt, say }: ServeOptions,
): Promise<Result<Served, Problem>> {
  const directory = chooseDataDirectory(config.dataDir, 'data');
  if (!directory.ok) return directory;
  const { path: dataDir, note } = directory.value;
  if (note !== undefined) say(note);
  const opened = await openDatabase({ dataDir, databaseUrl: config.databaseUrl });
  if (!opened.ok) return opened;
  const database = opened.value;
  const installed = await furnish(config, database, dataDir, { demoAt, say });
  if (!installed.ok) {
    await database.close();
    return installed;
  }
  const installation = installed.value;
  const listening = await listen(installation, config);
  if (!listening.ok) {
    await database.close();
    return listening;
  }
  const worker = withWorker ? await installation.startWorker() : undefined;
  const { address, stop } = listening.value;
  writeRunning(dataDir, {
    pid: process.pid,
    address,
    connectionString: database.connectionString,
    token: installation.localToken,
  });
  return ok({
    address,
    installation,
    database,
    close: async () => {
      removeRunning(dataDir);
      // Streams would stay open for ever, and requests at hand are waited for.
      installation.services.live.close();
      // Clones and pushes at hand may end, but not keep the process for as long as somebody's line is slow.
      const late = setTimeout(() => installation.services.git.close(), GIT_GRACE_MS);
      await stop();
      clearTimeout(late);
      await worker?.stop();
      installation.close();
      await database.close();
    },
  });
}

/** Opens the installation, with what belongs in it before the first request: its administrator, or the demo. */
async function furnish(
  config: Config,
  database: OpenDatabase,
  dataDir: string,
  { demoAt, say }: Pick<ServeOptions, 'demoAt' | 'say'>,
): Promise<Result<Installation, Problem>> {
  const installed = await openInstallation(config, database, dataDir);
  if (!installed.ok) return installed;
  const { services, close } = installed.value;
  const { db, git, clock } = services;
  const isFresh = await mayLoadDemo(db);
  if (demoAt !== undefined && !isFresh && !services.isDemo) {
    return fail(
      problem(
        'not-a-demo',
        'Real people are in this data directory, so the demo is not loaded over them; set CAIRN_DATA to another directory.',
      ),
    );
  }
  if (config.administrator !== undefined) {
    const address = config.administrator;
    if (services.isDemo) {
      return fail(
        problem(
          'demo-has-no-administrator',
          'The demo is in this data directory and would wipe your administrator with it; set CAIRN_DATA to an empty directory, or start without CAIRN_ADMIN.',
        ),
      );
    }
    await clearUnfinishedDemo(db, git);
    const actor = { personId: undefined, door: 'cli', now: clock.now() } as const;
    await inTransaction(db, async (tx) => ok(await ensureAdministrator(tx, actor, address)));
    return installed;
  }
  const moment = demoAt ?? (isFresh ? 'planning' : undefined);
  if (moment === undefined) return installed;
  say(
    'Loading the demonstration: the first Scientific Python Developer Summit, with invented people.',
  );
  await loadDemo({ db, git }, moment, config.url);
  // The demo brings its own clock, which everything is wired with.
  close();
  return openInstallation(config, database, dataDir);
}

/** How long clients of Git may go on once the server is to stop. */
const GIT_GRACE_MS = 20_000;

/**
 * A push of the largest size over a slow line comes within this; Node’s own five minutes would cut it
 * off. Headers have to come within a minute all the same.
 */
const LONGEST_REQUEST_MS = 30 * 60_000;

interface Listening {
  readonly address: string;
  stop(): Promise<void>;
}

function listen(
  { app }: Installation,
  { port, host }: Config,
): Promise<Result<Listening, Problem>> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: { requestTimeout: LONGEST_REQUEST_MS },
  });
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(
        fail(
          problem(
            'cannot-listen',
            error.code === 'EADDRINUSE'
              ? `Something already answers on port ${port}; stop it, or set PORT to another number.`
              : error.code === 'EACCES'
                ? `This account may not listen on port ${port}; set PORT to a number above 1023.`
                : `Cairn cannot listen on ${host}:${port} (${error.message}); set HOST and PORT.`,
          ),
        ),
      );
    });
    server.listen(port, host, () => {
      const bound = server.address();
      const actual = typeof bound === 'object' && bound !== null ? bound.port : port;
      resolve(
        ok({
          address: `http://${host.includes(':') ? `[${host}]` : host}:${actual}`,
          stop: () =>
            new Promise((stopped) => {
              server.close(() => stopped());
              if ('closeIdleConnections' in server) server.closeIdleConnections();
            }),
        }),
      );
    });
  });
}

/**
 * Where Cairn answers, and the links that sign in without a mail: the demo's, and the
 * administrator's where no mail goes out, since nobody else could let them in.
 */
export async function greeting(
  { installation, address }: Served,
  { url, administrator }: Pick<Config, 'url' | 'administrator'>,
): Promise<string> {
  const { services, auth } = installation;
  const lines = [`Cairn answers at ${url}${url === address ? '' : ` (${address})`}`];
  if (services.isDemo) lines.push(...(await demoLinks(auth)));
  else if (administrator !== undefined && !services.mailGoesOut) {
    lines.push(
      '',
      `No mail server is set, so sign in as ${administrator} here (once, within a day):`,
      `  ${await auth.createSignInLink(administrator)}`,
    );
  }
  return `${lines.join('\n')}\n`;
}
