import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type OpenDatabase, openDatabase } from './open.ts';
import { processIdentity } from './process-identity.ts';
import { isRoot } from './server-user.ts';

const HOLDER = join(import.meta.dirname, '../../../../../tests/hold-database.ts');
const children: ChildProcess[] = [];
const directories: string[] = [];

async function makeDirectory(): Promise<string> {
  // Named so that a later run clears away what a killed one left (tests/global-setup.ts).
  const directory = await mkdtemp(join(tmpdir(), `cairn-test-${process.pid}-`));
  // As root the server runs as another account, which has to pass through.
  await chmod(directory, 0o711);
  directories.push(directory);
  return directory;
}

/** A process that holds the database of a directory, and the lines it says. */
function hold(dataDir: string, activity = 'wait') {
  const child = spawn(process.execPath, [HOLDER, dataDir, activity], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const says = async (): Promise<string> => String((await lines.next()).value);
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return { child, says, kill };
}

/** Opens, uses and closes the database of a directory; closes it also when an expectation fails. */
async function withOpen(
  dataDir: string,
  use: (database: OpenDatabase) => Promise<void> = answers,
): Promise<void> {
  const database = expectOk(await openDatabase({ dataDir }));
  try {
    await use(database);
  } finally {
    await database.close();
  }
}

async function answers({ pool }: OpenDatabase): Promise<void> {
  expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
}

/** The process id of the database server in a data directory. */
async function serverPid(dataDir: string): Promise<number> {
  const text = await readFile(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8');
  return Number.parseInt(text, 10);
}

let dataDir: string;
beforeAll(async () => {
  dataDir = await makeDirectory();
  await withOpen(dataDir);
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const directory of directories) await rm(directory, { recursive: true, force: true });
});

describe('an embedded database', () => {
  test('logs a refused row without its content, which an erasure would not reach', async () => {
    await withOpen(dataDir, async ({ pool }) => {
      await pool.query('create table known (address text primary key)');
      const know = () => pool.query('insert into known values ($1)', ['ada@example.org']);
      await know();
      await expect(know()).rejects.toThrow('duplicate key');
    });
    const log = await readFile(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toContain('duplicate key value violates unique constraint "known_pkey"');
    expect(log).not.toContain('ada@example.org');
  });

  test('waits for the disk before it acknowledges, and no network reaches it', async () => {
    await withOpen(dataDir, async ({ pool }) => {
      const { rows } = await pool.query(
        `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
                current_setting('listen_addresses') as addresses`,
      );
      expect(rows).toEqual([{ fsync: 'on', commit: 'on', addresses: '' }]);
    });
  });

  test('leaves neither a process nor a lock nor a socket when it is closed', async () => {
    let pid = 0;
    await withOpen(dataDir, async () => {
      pid = await serverPid(dataDir);
      expect(processIdentity(pid)).toBeDefined();
    });
    expect(processIdentity(pid)).toBeUndefined();
    const left = new Set(await readdir(dataDir));
    // Present where the account of the server cannot reach node_modules.
    left.delete('runtime');
    expect(left).toEqual(new Set(['postgres', 'postgres.log']));
  });

  test('belongs to one process: a second start is refused with the number of the first', async () => {
    const first = hold(dataDir);
    expect(await first.says()).toBe('open');
    const second = await openDatabase({ dataDir });
    expect(second).toMatchObject({
      ok: false,
      error: {
        code: 'data-directory-in-use',
        sentence: expect.stringContaining(`process ${first.child.pid}`),
      },
    });
    await first.kill();
  });

  test('has every acknowledged row after its owner was killed, and the orphaned server ends', async () => {
    const writer = hold(dataDir, 'write');
    expect(await writer.says()).toBe('open');
    let last = '';
    while (last !== 'wrote 200') last = await writer.says();
    const orphan = await serverPid(dataDir);
    const orphanIdentity = processIdentity(orphan);
    await writer.kill();
    expect(processIdentity(orphan)).toBe(orphanIdentity);
    await withOpen(dataDir, async ({ pool }) => {
      expect(processIdentity(orphan)).not.toBe(orphanIdentity);
      const { rows } = await pool.query('select count(*) >= 200 as kept from acknowledged');
      expect(rows).toEqual([{ kept: true }]);
    });
  });

  test('opens after its first start was killed while it was being created', async () => {
    const fresh = await makeDirectory();
    const creator = hold(fresh);
    const isCreating = async (): Promise<void> => {
      expect((await readdir(fresh)).join()).toContain('postgres.new-');
    };
    await vi.waitFor(isCreating, { timeout: 20_000, interval: 5 });
    await creator.kill();
    expect(await readdir(fresh)).not.toContain('postgres');
    await withOpen(fresh);
  });

  test('starts its server again when that is killed under it', async () => {
    await withOpen(dataDir, async (database) => {
      const killed = await serverPid(dataDir);
      process.kill(killed, 'SIGKILL');
      const isBack = async (): Promise<void> => {
        await answers(database);
        expect(await serverPid(dataDir)).not.toBe(killed);
      };
      await vi.waitFor(isBack, { timeout: 20_000, interval: 20 });
    });
  });

  test('is not misled by a pid file whose number another program has now', async () => {
    const cluster = join(dataDir, 'postgres');
    const lines = [process.pid, cluster, 1, 5432, join(dataDir, 'socket'), '', '', 'ready', ''];
    await writeFile(join(cluster, 'postmaster.pid'), lines.join('\n'));
    await withOpen(dataDir);
  });

  test('takes over the lock of a process that ended, even when its number is in use again', async () => {
    for (const lock of [
      JSON.stringify({ pid: process.pid, identity: 'an earlier life' }),
      JSON.stringify({ pid: 2 ** 30, identity: 'x' }),
      '',
    ]) {
      await writeFile(join(dataDir, 'cairn.lock'), lock);
      await withOpen(dataDir);
    }
  });

  test('written by another PostgreSQL is refused, and stays as it is', async () => {
    const path = join(dataDir, 'postgres', 'PG_VERSION');
    const version = await readFile(path, 'utf8');
    await writeFile(path, '17\n');
    const refused = await openDatabase({ dataDir });
    expect(refused).toMatchObject({ ok: false, error: { code: 'database-of-another-version' } });
    expect(await readFile(path, 'utf8')).toBe('17\n');
    await writeFile(path, version);
    await withOpen(dataDir);
  });

  test('works below a path that is too long for a socket', async () => {
    const long = join(await makeDirectory(), 'l'.repeat(120), 'data');
    await withOpen(long);
  });

  test('is not made of a file, nor where something else already stands', async () => {
    const other = await makeDirectory();
    const file = join(other, 'notes.txt');
    await writeFile(file, 'mine');
    expect(await openDatabase({ dataDir: file })).toMatchObject({
      ok: false,
      error: { code: 'data-directory-not-a-directory' },
    });
    await mkdir(join(other, 'postgres'), { mode: 0o755 });
    await writeFile(join(other, 'postgres', 'notes.txt'), 'mine');
    expect(await openDatabase({ dataDir: other })).toMatchObject({
      ok: false,
      error: { code: 'not-a-database' },
    });
    expect(await readdir(join(other, 'postgres'))).toEqual(['notes.txt']);
  });

  test.runIf(isRoot())('is refused to root where its own account may not enter', async () => {
    const closed = await makeDirectory();
    await chmod(closed, 0o700);
    expect(await openDatabase({ dataDir: join(closed, 'data') })).toMatchObject({
      ok: false,
      error: { code: 'data-directory-unreachable' },
    });
  });
});
