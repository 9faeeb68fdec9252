import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { onServerCore, type Started, startProcess, stopProcess } from './processes.ts';
import { ROOT } from './root.ts';

/** A Cairn that answers: the built product, started as its own process. */
export interface Server {
  readonly process: Started;
  readonly address: string;
  readonly connectionString: string;
  /** Milliseconds from the start of the process to the first whole page. */
  readonly startMs: number;
  stop(): Promise<void>;
}

const BUNDLE = join(ROOT, 'apps', 'cairn', 'dist', 'cairn.js');
const PATIENCE_MS = 60_000;
const POLL_MS = 5;

/** The address of the administrator of an installation that a bench starts. */
const ADMINISTRATOR = 'organiser@bench.example';

const runningSchema = z.object({ pid: z.number(), connectionString: z.string() });

/**
 * Starts a server on a data directory, which may be new, and waits for its first page: `page`, or
 * that it is alive. Not through `bin/cairn.mjs`, which would build anew when a file was changed
 * meanwhile; everything else is as `npm start` has it.
 */
export async function startServer(
  dataDir: string,
  {
    pinned = false,
    page = '/healthz',
    env = {},
  }: {
    readonly pinned?: boolean;
    readonly page?: string;
    readonly env?: Readonly<Record<string, string>>;
  } = {},
): Promise<Server> {
  mkdirSync(join(dataDir, '..'), { recursive: true });
  const port = await freePort();
  const command = [process.execPath, '--enable-source-maps', BUNDLE, 'serve'];
  const begun = performance.now();
  const started = startProcess(pinned ? onServerCore(command) : command, {
    env: {
      PORT: String(port),
      CAIRN_DATA: dataDir,
      CAIRN_ADMIN: ADMINISTRATOR,
      DATABASE_URL: '',
      ...env,
    },
    logPath: `${dataDir}.log`,
  });
  const address = `http://127.0.0.1:${port}`;
  await firstPage(started, `${address}${page}`);
  const startMs = performance.now() - begun;
  return {
    process: started,
    address,
    connectionString: await connectionStringOf(dataDir, started),
    startMs,
    stop: () => stopProcess(started),
  };
}

/** Waits until a page is answered with 200; throws what the server said when it ends instead. */
export async function firstPage(
  started: Started,
  url: string,
  patience = PATIENCE_MS,
): Promise<void> {
  const begun = performance.now();
  while (performance.now() - begun < patience) {
    if (started.child.exitCode !== null) break;
    const status = await fetch(url)
      .then(async (response) => {
        await response.arrayBuffer();
        return response.status;
      })
      .catch(() => undefined);
    if (status === 200) return;
    if (status !== undefined && status !== 404) {
      throw new Error(`${url} answered ${status}; the server said:\n${started.log()}`);
    }
    await wait(POLL_MS);
  }
  throw new Error(`${url} is not answered; the server said:\n${started.log()}`);
}

/** The server leaves this note for the command line once everything runs. */
async function connectionStringOf(dataDir: string, { pid, log }: Started): Promise<string> {
  const path = join(dataDir, 'running.json');
  for (let waited = 0; waited < PATIENCE_MS; waited += POLL_MS) {
    if (existsSync(path)) {
      const text = readFileSync(path, 'utf8');
      const running = text.endsWith('\n') ? runningSchema.parse(JSON.parse(text)) : undefined;
      if (running?.pid === pid) return running.connectionString;
    }
    await wait(POLL_MS);
  }
  throw new Error(`the server left no note in its data directory; it said:\n${log()}`);
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const bound = probe.address();
      const port = typeof bound === 'object' && bound !== null ? bound.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
