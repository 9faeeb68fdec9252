import { execFile, spawn } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { Repository } from '../apps/cairn/src/platform/git/repository.ts';
import { repack } from '../apps/cairn/src/platform/git/upkeep.ts';
import { type Asked, type Bench, type Cell, percentile, type Report, rounded } from './bench.ts';
import { startServer } from './server.ts';
import { storeAnnounced } from './stored.ts';
import { summitNow } from './summit-now.ts';

const AT_ONCE = 20;

/** Clones of a large plan, alone and many at once. */
export const clone: Bench = {
  name: 'clone',
  what: `A plan of 5,000 documents, written in 200 commits, is cloned over HTTP by the machine's own git: one clone after another, and ${AT_ONCE} at once.`,
  run: measure,
};

const run = promisify(execFile);
const ENV = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };

async function measure({ quick, directory, say }: Asked): Promise<Report> {
  const files = quick ? 200 : 5_000;
  const rounds = quick ? 1 : 3;
  const dataDir = join(directory, 'data');
  const server = await startServer(dataDir);
  const pool = new pg.Pool({ connectionString: server.connectionString });
  const broken: string[] = [];
  const rows: Record<string, Cell>[] = [];
  try {
    const summit = await storeAnnounced(pool, summitNow('cloned', 40));
    const repository = new Repository(join(dataDir, 'git', `${summit.id}.git`));
    await repository.create();
    await fill(repository.directory, files);
    const head = await repository.resolve('refs/heads/main');
    // Before the sweep gives the summit a plan of its own.
    await pool.query(
      `insert into plan_repository (summit_id, head, founded_at, moved_at) values ($1, $2, now(), now())
       on conflict (summit_id) do update set head = excluded.head`,
      [summit.id, head],
    );
    const http = `${server.address}/s/${summit.slug}/plan.git`;
    const local = `file://${repository.directory}`;
    const into = join(directory, 'clones');
    mkdirSync(into);
    const measured = async (state: string): Promise<void> => {
      for (const [door, from] of [
        ['HTTP', http],
        ['file (yardstick)', local],
      ] as const) {
        const alone: number[] = [];
        for (let round = 0; round < rounds; round += 1) {
          alone.push(...(await cloneAll(from, into, 1, { head, files, broken })).seconds);
        }
        const memory = watchMemory(server.address);
        const many = await cloneAll(from, into, AT_ONCE, { head, files, broken });
        const peak = await memory.stop();
        rows.push({
          repository: state,
          by: door,
          files,
          'alone, s': rounded(percentile(alone, 0.5)),
          [`${AT_ONCE} at once: all, s`]: rounded(many.all),
          'first, s': rounded(Math.min(...many.seconds)),
          'median, s': rounded(percentile(many.seconds, 0.5)),
          'last, s': rounded(Math.max(...many.seconds)),
          'Cairn’s memory, MB': door === 'HTTP' ? Math.round(peak / 1e6) : '',
        });
        say(
          `${state}, ${door}: ${rounded(percentile(alone, 0.5))} s alone, ${rounded(many.all)} s for ${AT_ONCE}`,
        );
      }
    };
    await measured('as written');
    await repack(repository);
    await measured('after its upkeep');
    const left = readdirSync(join(repository.directory, 'objects')).filter((name) =>
      name.startsWith('tmp'),
    );
    if (left.length > 0) broken.push(`Left in the repository: ${left.join(', ')}`);
  } finally {
    await pool.end();
    await server.stop();
  }
  return {
    tables: [{ title: 'Clones', rows }],
    notes: [
      'Clients and server share the machine’s cores: most of the time of many clones is that of the clients, who check and unpack what they get. “file” is the same git reading the same repository without Cairn in between, in the same run.',
      'Every clone is checked: its commit, and the number of its files.',
      '“Cairn’s memory” is the most that its process held while the clones ran; packs are passed on as they are made, and never held.',
    ],
    broken,
  };
}

/** Writes so many topics in 200 commits, quickly. */
function fill(repository: string, files: number): Promise<void> {
  const commits = 200;
  const parts: string[] = [];
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  let written = 0;
  for (let commit = 0; commit < commits; commit += 1) {
    parts.push(
      `commit refs/heads/main\ncommitter Bench <bench@bench.example> ${1_680_000_000 + commit * 3600} +0000\n`,
      data(`Write topics, part ${commit + 1}`),
    );
    const end = Math.round(((commit + 1) * files) / commits);
    for (; written < end; written += 1) {
      parts.push(`M 100644 inline topics/topic-${written}.md\n`, data(topicOf(written)));
    }
  }
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['--git-dir', repository, 'fast-import', '--quiet', '--force'], {
      env: ENV,
      stdio: ['pipe', 'ignore', 'inherit'],
    });
    child.on('error', reject);
    child.on('close', (status) =>
      status === 0 ? resolve() : reject(new Error(`git fast-import ended with ${status}`)),
    );
    child.stdin.end(parts.join(''));
  });
}

/** About a page of text, different in each. */
const topicOf = (n: number): string =>
  `---\ntitle: Topic ${n}\nstate: idea\n---\n\n## Problem\n\n${Array.from(
    { length: 24 },
    (_, line) => `Line ${line} of topic ${n} says ${(n * 7919 + line * 104_729) % 1_000_003}.`,
  ).join('\n')}\n\n## Goal\n\nNumber ${n} is done.\n`;

interface Wanted {
  readonly head: string | undefined;
  readonly files: number;
  readonly broken: string[];
}

/** Clones so many times at once, looks at each clone, and takes them away. */
async function cloneAll(
  from: string,
  into: string,
  count: number,
  { head, files, broken }: Wanted,
): Promise<{ readonly all: number; readonly seconds: number[] }> {
  const begun = performance.now();
  const folders = Array.from({ length: count }, (_, n) => join(into, `clone-${n}`));
  const seconds = await Promise.all(
    folders.map(async (folder) => {
      await run('git', ['clone', '--quiet', '--no-local', from, folder], { env: ENV });
      return (performance.now() - begun) / 1000;
    }),
  );
  const all = (performance.now() - begun) / 1000;
  for (const folder of folders) {
    const { stdout } = await run('git', ['-C', folder, 'rev-parse', 'HEAD'], { env: ENV });
    const there = readdirSync(join(folder, 'topics')).length;
    if (stdout.trim() !== head || there !== files) {
      broken.push(`A clone has ${there} of ${files} files, at ${stdout.trim()}.`);
    }
    rmSync(folder, { recursive: true });
  }
  return { all, seconds };
}

/** The most memory that a server holds until it is no longer watched, in bytes. */
function watchMemory(address: string): { stop(): Promise<number> } {
  let most = 0;
  let isOver = false;
  const watching = (async () => {
    while (!isOver) {
      const text = await fetch(`${address}/metrics`).then((answer) => answer.text());
      most = Math.max(most, Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1] ?? 0));
      await wait(100);
    }
  })();
  return {
    stop: async () => {
      isOver = true;
      await watching;
      return most;
    },
  };
}
