import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { type Asked, type Bench, percentile, type Report, rounded } from './bench.ts';
import { canPin } from './processes.ts';
import { type Server, startServer } from './server.ts';
import { storeAnnounced } from './stored.ts';
import { summitNow } from './summit-now.ts';
import { storeTimetable } from './timetable-stored.ts';

const CLIENTS = 5_000;
const QUICK_CLIENTS = 500;
const CHANGES = 20;
/** So many come at once, as when a plenary ends. */
const AT_ONCE = 100;

/** The stream that now pages, projectors and door signs follow. */
export const timetableLive: Bench = {
  name: 'timetable-live',
  what: `${CLIENTS} clients follow the present of a timetable of 400 sessions over server-sent events, and ${CHANGES} changes are made one after the other. Memory of the server, and how long after its commit a change has come to half, to 99 % and to the last of the clients. The server and its PostgreSQL share one core, the clients have another.`,
  // Thousands of connections are more than an ordinary shell may open.
  onlyWhenNamed: true,
  run: measure,
};

async function measure({ quick, directory, say }: Asked): Promise<Report> {
  const clients = quick ? QUICK_CLIENTS : CLIENTS;
  const server = await startServer(`${directory}/data`, {
    pinned: true,
    env: { CAIRN_LIVE_LISTENERS: String(Math.ceil(clients * 1.2)) },
  });
  const pool = new pg.Pool({ connectionString: server.connectionString });
  const broken: string[] = [];
  const crowd: Client[] = [];
  try {
    const summit = await storeAnnounced(pool, summitNow('followed', 40));
    const today = new Date().toISOString().slice(0, 10);
    const { rooms } = await storeTimetable(pool, summit, today);
    const path = `/s/${summit.slug}/timetable/now`;
    const { stamp } = (await (await fetch(`${server.address}${path}.json`)).json()) as {
      readonly stamp: string;
    };
    const before = memoryOf(server);
    const begun = performance.now();
    for (let at = 0; at < clients; at += AT_ONCE) {
      const some = Array.from({ length: Math.min(AT_ONCE, clients - at) }, () =>
        open(server, `${path}/live?since=${stamp}`),
      );
      crowd.push(...(await Promise.all(some)));
    }
    const joinedMs = performance.now() - begun;
    await wait(2_000);
    const held = memoryOf(server);
    say(`${clients} clients are there after ${Math.round(joinedMs)} ms; ${held - before} MB more`);

    const delays: number[][] = [];
    const bytesBefore = sum(crowd.map(({ bytes }) => bytes()));
    const cpuBefore = cpuOf(server);
    for (let change = 0; change < CHANGES; change += 1) {
      const heard = crowd.map((client) => client.next());
      const from = performance.now();
      await close(pool, summit.id, rooms.get(`room_${change + 1}`) ?? '', today);
      const committed = performance.now();
      const all = await Promise.race([Promise.all(heard), wait(60_000)]);
      if (all === undefined) {
        broken.push(`change ${change + 1} did not come to everybody within a minute`);
        break;
      }
      delays.push(all.map((moment) => moment - committed));
      say(
        `change ${change + 1}: made in ${Math.round(committed - from)} ms, last after ${Math.round(Math.max(...(delays.at(-1) ?? [])))} ms`,
      );
      await wait(300);
    }
    const cpu = cpuOf(server) - cpuBefore;
    const bytes = sum(crowd.map((client) => client.bytes())) - bytesBefore;
    const each = delays.flat();
    const last = delays.map((one) => Math.max(...one));
    const peak = memoryOf(server);
    return {
      tables: [
        {
          title: 'Following the present',
          rows: [
            {
              clients,
              'all joined after, s': rounded(joinedMs / 1000),
              'server before, MB': before,
              'with all of them, MB': held,
              'each client, kB': rounded(((held - before) * 1024) / clients),
              'after the changes, MB': peak,
            },
          ],
        },
        {
          title: 'A change',
          rows: [
            {
              changes: delays.length,
              'half of the clients, ms': rounded(percentile(each, 0.5)),
              '99 %, ms': rounded(percentile(each, 0.99)),
              'last client, median, ms': rounded(percentile(last, 0.5)),
              'last client, worst, ms': rounded(Math.max(...last)),
              'bytes a client and change': Math.round(bytes / clients / Math.max(1, delays.length)),
              'server’s CPU a change, ms': rounded((cpu * 1000) / Math.max(1, delays.length)),
            },
          ],
        },
      ],
      notes: [
        'A client is a connection that reads, as a browser’s EventSource does; it has the timetable already, and is told what changed. A change closes a room for an afternoon.',
        'Delays are from when PostgreSQL said that the change is committed to when the client had read it.',
        canPin
          ? 'Server and PostgreSQL were pinned to one core (taskset); the clients, one process, had what the machine has besides.'
          : 'This system cannot pin processes to cores: server and clients shared them all.',
      ],
      broken,
    };
  } finally {
    for (const client of crowd) client.end();
    await pool.end();
    await server.stop();
  }
}

/** Closes a room for the afternoon, as a command would: the row, and word of it to every process. */
async function close(pool: pg.Pool, summitId: string, roomId: string, date: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    await client.query(
      `insert into room_closure (room_id, date, starts, ends) values ($1, $2, '12:00', '18:00')`,
      [roomId, date],
    );
    await client.query('select pg_notify($1, $2)', [
      'cairn_live',
      JSON.stringify({ channel: `timetable:${summitId}`, data: {} }),
    ]);
    await client.query('commit');
  } finally {
    client.release();
  }
}

interface Client {
  /** When the next change has come, on the clock of `performance`. */
  next(): Promise<number>;
  bytes(): number;
  end(): void;
}

/** Opens a stream as a browser would, and waits until its answer has begun. */
function open(server: Server, path: string): Promise<Client> {
  const { hostname, port, host } = new URL(server.address);
  return new Promise((resolve, reject) => {
    const socket: Socket = connect(Number(port), hostname);
    let bytes = 0;
    let rest = '';
    let told: ((moment: number) => void) | undefined;
    let isOpen = false;
    socket.setNoDelay(true);
    socket.once('error', reject);
    socket.write(`GET ${path} HTTP/1.1\r\nhost: ${host}\r\naccept: text/event-stream\r\n\r\n`);
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      // An event may be cut anywhere, also in the words that are looked for.
      rest += chunk.toString('latin1');
      if (!isOpen) {
        if (!/^HTTP\/1\.1 200/.test(rest)) {
          reject(new Error(`a client was refused: ${rest.slice(0, 100)}`));
          return;
        }
        if (!rest.includes('retry:')) return;
        isOpen = true;
        rest = '';
        resolve({
          next: () =>
            new Promise((heard) => {
              told = heard;
            }),
          bytes: () => bytes,
          end: () => socket.destroy(),
        });
        return;
      }
      const begins = rest.indexOf('event: ');
      if (begins < 0) {
        rest = rest.slice(-20);
        return;
      }
      if (!rest.includes('\n\n', begins)) return;
      rest = '';
      told?.(performance.now());
      told = undefined;
    });
  });
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

/** Memory that the server's process holds, in MB. */
function memoryOf({ process: { pid } }: Server): number {
  try {
    const [, pages = '0'] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
    return Math.round((Number(pages) * 4096) / 1024 / 1024);
  } catch {
    return 0;
  }
}

/** Seconds of CPU that the server's process has used; its PostgreSQL's are not in it. */
function cpuOf({ process: { pid } }: Server): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return 0;
  }
}
