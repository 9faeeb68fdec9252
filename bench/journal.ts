import { join } from 'node:path';
import pg from 'pg';
import { type Asked, type Bench, type Cell, type Report, rounded } from './bench.ts';
import { send } from './browser.ts';
import { storeJournal } from './journal-stored.ts';
import { load } from './load.ts';
import { bundledPostgres } from './postgres-version.ts';
import { canPin } from './processes.ts';
import { type Server, startServer } from './server.ts';
import { signInOrganiser, storeAnnounced } from './stored.ts';
import { summitNow } from './summit-now.ts';

const SIZES = [1_000, 100_000];
const CONNECTIONS = 10;

/** The journal of money, and the pages that are made of it. */
export const journal: Bench = {
  name: 'journal',
  what: 'The budget and the journal of a summit of 40 people and six lines with 1,000 and with 100,000 entries, each a cost that was committed, claimed, approved and paid; and reckoning all of them again, with the estimates, claims and payments that they must agree with. The server and its PostgreSQL share one core, the load generator has another.',
  run: measure,
};

async function measure({ quick, directory, say }: Asked): Promise<Report> {
  const seconds = quick ? 1 : 2;
  const tables: Record<'written' | 'reckoned' | 'pages', Record<string, Cell>[]> = {
    written: [],
    reckoned: [],
    pages: [],
  };
  const broken: string[] = [];
  const server = await startServer(join(directory, 'data'), { pinned: true });
  const pool = new pg.Pool({ connectionString: server.connectionString });
  try {
    for (const size of quick ? SIZES.slice(0, 1) : SIZES) {
      const summit = await storeAnnounced(pool, summitNow(`journal_${size}`, 40));
      const cookie = await signInTreasurer(pool, server, summit);
      const stored = await storeJournal(pool, summit.id, size);
      say(`${stored.entries} entries written in ${rounded(stored.seconds)} s`);
      tables.written.push({
        entries: stored.entries,
        postings: stored.postings,
        seconds: rounded(stored.seconds),
        'entries a second': Math.round(stored.entries / stored.seconds),
      });
      const treasury = `${server.address}/s/${summit.slug}/treasury`;
      const again = await reckon(`${treasury}/journal/reconciliation`, cookie, quick ? 1 : 5);
      if (!again.agrees) broken.push(`${size} entries: the reckoning found differences`);
      say(`${size} entries: reckoned again in ${again.median} ms`);
      tables.reckoned.push({
        entries: stored.entries,
        'median, ms': again.median,
        'slowest, ms': again.slowest,
        'µs an entry': rounded((again.median * 1000) / stored.entries),
      });
      for (const [page, path] of PAGES) {
        const url = `${treasury}${path}`;
        await load(url, { cookie, connections: CONNECTIONS, seconds: 1 });
        const alone = await load(url, { cookie, connections: 1, seconds });
        const full = await load(url, { cookie, connections: CONNECTIONS, seconds });
        say(`${size} entries, ${page}: alone p99 ${alone.p99} ms, full p99 ${full.p99} ms`);
        tables.pages.push({
          page,
          entries: stored.entries,
          'alone: p50, ms': alone.p50,
          'alone: p99, ms': alone.p99,
          [`${CONNECTIONS} at once: per second`]: rounded(full.perSecond),
          'p99, ms': full.p99,
        });
      }
    }
  } finally {
    await pool.end();
    await server.stop();
  }
  tables.pages.sort((a, b) => String(a['page']).localeCompare(String(b['page'])));
  return {
    tables: [
      { title: 'Pages', rows: tables.pages },
      { title: 'Reckoning everything again', rows: tables.reckoned },
      { title: 'Writing', rows: tables.written },
    ],
    notes: [
      `The load: ${CONNECTIONS} connections for ${seconds} s after a warm-up; “alone” is one connection for ${seconds} s. With ${CONNECTIONS} connections on one busy core a request waits for nine others.`,
      'What travels between machines is how a page grows with the journal: the budget reads balances, which triggers keep, so a hundred times as many entries should cost it little; the reckoning reads every posting, so its time an entry should stay the same or sink.',
      'Reckoning is the whole page, from the request to the last byte: every balance from its postings, every entry’s sum, and caps, claims and payments against them. A page that does not say that everything agrees counts as a broken promise.',
      'Writing is by statements of 2,500 entries through the triggers that keep the balances and refuse what cannot be; a command writes one entry with its event, which takes longer.',
      canPin
        ? 'Server and load generator were pinned to a core each (taskset).'
        : 'This system cannot pin processes to cores: server and load generator shared them all.',
    ],
    broken,
    postgres: bundledPostgres(),
  };
}

const PAGES = [
  ['budget by line', '/budget'],
  ['budget by kind of cost', '/budget?by=category'],
  ['budget by person', '/budget?by=person'],
  ['journal, newest', '/journal'],
  ['journal, what is paid for travel', '/journal?stage=paid&category=travel'],
] as const;

async function signInTreasurer(
  pool: pg.Pool,
  server: Server,
  summit: Parameters<typeof signInOrganiser>[2],
): Promise<string> {
  const cookie = await signInOrganiser(pool, server.address, summit);
  await pool.query(
    `insert into role (summit_id, person_id, role, granted_at)
     select summit_id, person_id, 'treasurer', now() from role
     where summit_id = $1 and role = 'organiser'`,
    [summit.id],
  );
  return cookie;
}

/** Opens the reckoning several times, and looks whether it says that all agrees. */
async function reckon(url: string, cookie: string, times: number) {
  const all: number[] = [];
  let agrees = true;
  for (let turn = 0; turn < times; turn += 1) {
    const { ms, body, status } = await send(url, { cookie });
    all.push(Math.round(ms));
    agrees &&= status === 200 && body.includes('Everything agrees');
  }
  all.sort((a, b) => a - b);
  return { median: all[Math.floor(all.length / 2)] ?? 0, slowest: all.at(-1) ?? 0, agrees };
}
