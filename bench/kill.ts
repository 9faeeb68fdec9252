import { Agent } from 'node:http';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { seededRandom } from '@cairn/kernel/random';
import pg from 'pg';
import { bareInsertsPerSecond } from './bare-inserts.ts';
import { type Asked, type Bench, type Cell, percentile, type Report, rounded } from './bench.ts';
import { halfWritten, jobsLeft, lost } from './kill-audit.ts';
import { type Ledger, newLedger, type Site, write } from './kill-writes.ts';
import { family, killNow } from './processes.ts';
import { type Server, startServer } from './server.ts';
import { signInOrganiser, storeAnnounced } from './stored.ts';
import { summitNow } from './summit-now.ts';

const WRITERS = 8;
const SLUG = 'kill';
/** What dies: the server and its PostgreSQL with all its processes, or the server alone. */
const VICTIMS = ['server and PostgreSQL', 'server alone'] as const;

/** The server dies amid writes, again and again. */
export const kill: Bench = {
  name: 'kill',
  what: 'Twenty times `kill -9` at a random moment during 10,000 writes over HTTP: every write that was acknowledged is there after the restart, and none is there by half.',
  run: measure,
};

async function measure({ quick, directory, say }: Asked): Promise<Report> {
  const goal = quick ? 600 : 10_000;
  const rounds = quick ? 4 : 20;
  const seed = Date.now() % 1_000_000;
  const random = seededRandom(seed);
  const dataDir = join(directory, 'data');
  const first = await prepare(dataDir, quick);
  const ledger = newLedger();
  const broken: string[] = [];
  const rows: Record<string, Cell>[] = [];
  let server = first.server;
  let writingMs = 0;
  const moments = Array.from({ length: rounds }, () => Math.floor(random() * goal)).sort(
    (a, b) => a - b,
  );
  for (const [index, moment] of moments.entries()) {
    const victim = VICTIMS[index % 2] ?? VICTIMS[0];
    const before = ledger.acknowledged;
    const unsure = ledger.unanswered;
    const begun = performance.now();
    const writers = startWriters(server, first.cookie, ledger, () => false);
    while (ledger.acknowledged < moment) await wait(1);
    await wait(random() * 20);
    const all = victim === 'server alone' ? [] : family(server.process.pid).map(({ pid }) => pid);
    await killNow([server.process.pid, ...all]);
    await writers;
    writingMs += performance.now() - begun;
    server = await startServer(dataDir, { page: `/s/${SLUG}` });
    const { missing, halves } = await audit(server, ledger);
    broken.push(...[...missing, ...halves].map((one) => `Round ${index + 1}: ${one}`));
    rows.push({
      round: index + 1,
      killed: victim,
      'acknowledged before it': ledger.acknowledged - before,
      'never answered': ledger.unanswered - unsure,
      lost: missing.length,
      'half-written': halves.length,
      'restart to first page, s': rounded(server.startMs / 1000),
    });
    say(
      `round ${index + 1}: ${victim} killed after ${ledger.acknowledged} writes; ${missing.length} lost; back in ${rounded(server.startMs / 1000)} s`,
    );
  }
  const begun = performance.now();
  await startWriters(server, first.cookie, ledger, () => ledger.acknowledged >= goal);
  writingMs += performance.now() - begun;
  const { missing, halves } = await audit(server, ledger);
  broken.push(...[...missing, ...halves].map((one) => `In the end: ${one}`));
  const left = await jobsLeft(server.connectionString, 120_000);
  if (left > 0) broken.push(`${left} jobs are left in the queue after two minutes.`);
  await server.stop();
  const restarts = rows.map((row) => Number(row['restart to first page, s']));
  const perSecond = ledger.acknowledged / (writingMs / 1000);
  return {
    tables: [
      {
        title: 'In all',
        rows: [
          {
            rounds,
            acknowledged: ledger.acknowledged,
            lost: missing.length,
            'half-written': halves.length,
            'never answered': ledger.unanswered,
            'jobs left': left,
            'writes/s': rounded(perSecond),
            'of bare inserts': `${rounded((100 * perSecond) / first.bare)} %`,
            'restart median, s': rounded(percentile(restarts, 0.5)),
            'restart slowest, s': Math.max(...restarts),
          },
        ],
      },
      { title: 'Rounds', rows },
    ],
    notes: [
      `Each person added by the form “Add one person” is one write (person, identity, community, invitation, three events and their jobs, in one transaction); each of the three facts then recorded for them on the attendance page is one more (evidence, event, job). ${WRITERS} writers, each waiting for its answer. Acknowledged: the redirect (303) has arrived.`,
      'Lost: acknowledged and not stored. Half-written: a row without its event or the other way round, or a person without identity, community or invitation; looked for in the whole database after each restart. A write that was never answered may be stored or not, but wholly.',
      `The embedded PostgreSQL with ${first.settings}. “Server and PostgreSQL”: the Node process and every PostgreSQL process at once; “server alone”: its PostgreSQL lives on, and the next start stops it and begins anew. kill -9 leaves the operating system alive: this shows that nothing is acknowledged before it is handed over and that recovery works, not what a power cut does to a disk.`,
      `Bare inserts: rows of one text, ${WRITERS} connections, one transaction each: ${rounded(first.bare)} per second in this run, on the same PostgreSQL. The time of writing includes each server’s first requests after its start.`,
      `The moments of the kills were drawn with seed ${seed}.`,
    ],
    broken,
    postgres: first.postgres,
  };
}

async function prepare(dataDir: string, quick: boolean) {
  const server = await startServer(dataDir);
  const pool = new pg.Pool({ connectionString: server.connectionString });
  const summit = await storeAnnounced(pool, summitNow(SLUG, 50));
  const cookie = await signInOrganiser(pool, server.address, summit);
  const show = async (name: string): Promise<string> =>
    Object.values((await pool.query<Record<string, string>>(`show ${name}`)).rows[0] ?? {}).join();
  const settings = `fsync ${await show('fsync')} and synchronous_commit ${await show('synchronous_commit')}`;
  const postgres = await show('server_version');
  await pool.end();
  const bare = await bareInsertsPerSecond(server.connectionString, WRITERS, quick ? 500 : 3_000);
  return { server, cookie, settings, postgres, bare };
}

/** Writes until told to stop, or until the server is gone; resolves when the last writer has ended. */
async function startWriters(
  server: Server,
  cookie: string,
  ledger: Ledger,
  isEnough: () => boolean,
): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: WRITERS });
  const site: Site = { address: server.address, slug: SLUG, cookie, agent };
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      while (!isEnough() && (await write(site, ledger, isEnough))) {
        // The writing is done in the condition.
      }
    }),
  );
  agent.destroy();
}

async function audit(
  { connectionString }: Server,
  ledger: Ledger,
): Promise<{ readonly missing: string[]; readonly halves: string[] }> {
  const pool = new pg.Pool({ connectionString, max: 1 });
  try {
    return { missing: await lost(pool, ledger), halves: await halfWritten(pool) };
  } finally {
    await pool.end();
  }
}
