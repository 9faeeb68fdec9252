import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { type Asked, type Bench, type Cell, type Report, rounded } from './bench.ts';
import { send } from './browser.ts';
import { storeCrowd } from './crowd.ts';
import { type Load, load } from './load.ts';
import { processMemory } from './memory.ts';
import { canPin, onServerCore, startProcess, stopProcess } from './processes.ts';
import { ROOT } from './root.ts';
import { firstPage, freePort, type Server, startServer } from './server.ts';
import { signInOrganiser, storeAnnounced } from './stored.ts';
import { summitNow } from './summit-now.ts';

const CONNECTIONS = 10;
/** Pages that anybody sees, and those for which the organiser signs in. */
const PAGES = [
  { path: '', of: 'public page' },
  { path: '/participants', of: 'public list of participants' },
  { path: '/organise', of: 'organisers’ overview', signedIn: true },
  { path: '/organise/people', of: 'people', signedIn: true },
  { path: '/organise/seats', of: 'seats', signedIn: true },
  { path: '/organise/promises', of: 'promises', signedIn: true },
] as const;

interface Times {
  readonly warmUp: number;
  readonly alone: number;
  readonly full: number;
}

/** Pages of a small summit and of a huge one, under load. */
export const pages: Bench = {
  name: 'pages',
  what: `Requests per second, latency and size of pages, of a summit with 40 and of one with 5,000 people seated. The server and its PostgreSQL share one core, the load generator has another.`,
  run: measure,
};

async function measure({ quick, directory, say }: Asked): Promise<Report> {
  const times = quick ? { warmUp: 1, alone: 1, full: 1 } : { warmUp: 4, alone: 4, full: 10 };
  const sizes = quick ? [40, 400] : [40, 5_000];
  const hello = await measureHello(directory, times);
  say(`hello: ${rounded(hello.perSecond)} requests/s`);
  const rows: Record<string, Cell>[] = [pageRow('bare Hono “hello”', 0, hello, hello, hello)];
  const sizeRows: Record<string, Cell>[] = [];
  const server = await startServer(join(directory, 'data'), { pinned: true });
  const pool = new pg.Pool({ connectionString: server.connectionString });
  try {
    for (const people of sizes) {
      const slug = `with_${people}`;
      const summit = await storeAnnounced(pool, summitNow(slug, people));
      await storeCrowd(pool, summit, people);
      const cookie = await signInOrganiser(pool, server.address, summit);
      for (const { path, of, ...page } of PAGES) {
        const url = `${server.address}/s/${slug}${path}`;
        const asked = { cookie: 'signedIn' in page ? cookie : undefined };
        await load(url, { ...asked, connections: CONNECTIONS, seconds: times.warmUp });
        const alone = await load(url, { ...asked, connections: 1, seconds: times.alone });
        const full = await load(url, { ...asked, connections: CONNECTIONS, seconds: times.full });
        say(`${people} people, ${of}: ${rounded(full.perSecond)} requests/s, p99 ${full.p99} ms`);
        rows.push(pageRow(of, people, alone, full, hello));
        sizeRows.push({ page: of, people, ...(await weigh(server, url, asked.cookie)) });
      }
    }
    const { rows: version } = await pool.query<{ server_version: string }>('show server_version');
    return {
      tables: [
        { title: 'Speed', rows },
        { title: 'Size, in bytes', rows: sizeRows },
        { title: 'Memory after all this, in MB', rows: processMemory(server.process.pid) },
      ],
      notes: [
        `The load: ${CONNECTIONS} connections for ${times.full} s after a warm-up of ${times.warmUp} s; “alone” is one connection for ${times.alone} s. With ${CONNECTIONS} connections on one busy core a request waits for nine others: latency is about ten times that of one alone.`,
        '“of hello” compares with a page of one line from the same HTTP stack, measured in the same run: no database, no session, no template.',
        'People: that many are seated; a tenth as many wait, a tenth have not answered, a twentieth declined. Lists show their first page.',
        'HTML is sent uncompressed by Cairn; the gzip size is what a proxy in front would send. Client JavaScript is the sum of the scripts that the page refers to.',
        canPin
          ? 'Server and load generator were pinned to a core each (taskset).'
          : 'This system cannot pin processes to cores: server and load generator shared them all.',
      ],
      broken: [],
      postgres: version[0]?.server_version ?? 'unknown',
    };
  } finally {
    await pool.end();
    await server.stop();
  }
}

const pageRow = (
  page: string,
  people: number,
  alone: Load,
  full: Load,
  hello: Load,
): Record<string, Cell> => ({
  page,
  people,
  'requests/s': rounded(full.perSecond),
  'of hello': `${rounded((100 * full.perSecond) / hello.perSecond)} %`,
  'p50 ms': full.p50,
  'p99 ms': full.p99,
  'alone p50 ms': alone.p50,
  'alone p99 ms': alone.p99,
});

async function measureHello(directory: string, times: Times): Promise<Load> {
  const port = await freePort();
  const script = join(ROOT, 'bench', 'hello.ts');
  const hello = startProcess(onServerCore([process.execPath, '--enable-source-maps', script]), {
    env: { PORT: String(port) },
    logPath: join(directory, 'hello.log'),
  });
  const url = `http://127.0.0.1:${port}/`;
  await firstPage(hello, url);
  await load(url, { connections: CONNECTIONS, seconds: times.warmUp });
  const measured = await load(url, { connections: CONNECTIONS, seconds: times.full });
  await stopProcess(hello);
  return measured;
}

/** What a page weighs, and the scripts that it refers to. */
async function weigh(
  { address }: Server,
  url: string,
  cookie: string | undefined,
): Promise<Record<string, Cell>> {
  const { body } = await send(url, cookie === undefined ? {} : { cookie });
  const scripts = [...body.matchAll(/<script[^>]*\ssrc="([^"]+)"/g)].map(([, src = '']) => src);
  const sources = await Promise.all(
    scripts.map(async (src) => (await send(new URL(src, address).href)).body),
  );
  const gzipped = sources.map((source) => gzipSync(source).length);
  return {
    HTML: Buffer.byteLength(body),
    'HTML, gzip': gzipSync(body).length,
    scripts: scripts.length,
    'client JavaScript, gzip': gzipped.reduce((sum, size) => sum + size, 0),
  };
}
