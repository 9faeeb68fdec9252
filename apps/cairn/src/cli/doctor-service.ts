import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatProblem } from '@cairn/kernel/problem';
import type pg from 'pg';
import { openKysely } from '../platform/db/database.ts';
import { checkExternal } from '../platform/db/external.ts';
import {
  type AppliedMigration,
  pendingMigrations,
  readMigrations,
} from '../platform/db/migrate.ts';
import { createPool } from '../platform/db/open.ts';
import { jobCounts, oldestWaitingSeconds } from '../platform/jobs/waiting.ts';
import { greetMailServer } from '../platform/mail/greet.ts';
import { type Finding, finding } from './finding.ts';
import type { Running } from './running.ts';

const PATIENCE_MS = 5_000;
const SKEW_SECONDS = { warn: 5, bad: 60 };
const WAITING_SECONDS = 300;

/** Whether a server runs on the data directory, and says that it can work. */
export async function serverFindings(
  dataDir: string,
  running: Running | undefined,
): Promise<Finding[]> {
  const about = 'server';
  if (running === undefined) {
    const isLocked = await readFile(join(dataDir, 'cairn.lock'), 'utf8').then(
      () => true,
      () => false,
    );
    const sentence = isLocked
      ? 'Cairn is starting, stopping, or was killed; the next start takes over what it left.'
      : 'Cairn does not run here; start it with npm start.';
    return [finding(about, 'warn', sentence)];
  }
  const { address, pid } = running;
  try {
    const answer = await fetch(`${address}/readyz`, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (answer.ok) return [finding(about, 'ok', `Cairn answers at ${address} (process ${pid}).`)];
    const sentence = `Cairn at ${address} says that it is not ready: ${(await answer.text()).trim()}`;
    return [finding(about, 'bad', sentence)];
  } catch (error) {
    const sentence = `Process ${pid} should answer at ${address} and does not (${messageOf(error)}); stop it (kill ${pid}) and start Cairn anew.`;
    return [finding(about, 'bad', sentence)];
  }
}

/** The database: whether it answers, its shape, its clock, and the jobs that wait in it. */
export async function databaseFindings(url: string | undefined): Promise<Finding[]> {
  const about = 'database';
  if (url === undefined) {
    const sentence = 'The database runs with Cairn; start it, then ask again to have it looked at.';
    return [finding(about, 'warn', sentence)];
  }
  const checked = await checkExternal(url);
  if (!checked.ok) return [finding(about, 'bad', formatProblem(checked.error))];
  const pool = createPool(url, 2);
  try {
    const shape = await shapeFindings(pool);
    return [...shape, ...(await jobFindings(pool))];
  } catch (error) {
    const sentence = `The database answers and then fails (${messageOf(error)}); its own log says why.`;
    return [finding(about, 'bad', sentence)];
  } finally {
    await pool.end();
  }
}

async function shapeFindings(pool: pg.Pool): Promise<Finding[]> {
  const before = Date.now();
  const { rows } = await pool.query<{ version: string; now: Date; shaped: boolean }>(
    `select current_setting('server_version') as version, clock_timestamp() as now,
            to_regclass('cairn_migration') is not null as shaped`,
  );
  const between = (before + Date.now()) / 2;
  const [server] = rows;
  if (server === undefined) return [];
  const skew = Math.abs(server.now.getTime() - between) / 1000;
  return [
    finding('database', 'ok', `PostgreSQL ${server.version} answers.`),
    server.shaped
      ? migrationFinding(await appliedMigrations(pool), await readMigrations())
      : finding('migrations', 'warn', 'This database is empty; the first start fills it.'),
    clockFinding(skew),
  ];
}

async function appliedMigrations(pool: pg.Pool): Promise<AppliedMigration[]> {
  const { rows } = await pool.query<AppliedMigration>('select name, sha256 from cairn_migration');
  return rows;
}

function migrationFinding(
  applied: readonly AppliedMigration[],
  known: Parameters<typeof pendingMigrations>[0],
): Finding {
  const about = 'migrations';
  const pending = pendingMigrations(known, applied);
  if (!pending.ok) return finding(about, 'bad', formatProblem(pending.error));
  return pending.value.length === 0
    ? finding(about, 'ok', 'The database has the shape of this version.')
    : finding(
        about,
        'warn',
        `${pending.value.length} migrations are still to come; the next start of this version applies them.`,
      );
}

function clockFinding(skew: number): Finding {
  const amount = `This machine’s clock and the database’s are ${skew.toFixed(1)} seconds apart`;
  const standing = skew > SKEW_SECONDS.bad ? 'bad' : skew > SKEW_SECONDS.warn ? 'warn' : 'ok';
  return finding(
    'clock',
    standing,
    standing === 'ok' ? `${amount}.` : `${amount}; set both by the network (NTP).`,
  );
}

async function jobFindings(pool: pg.Pool): Promise<Finding[]> {
  const about = 'jobs';
  const { rows } = await pool.query<{ there: boolean }>(
    `select to_regclass('graphile_worker.jobs') is not null as there`,
  );
  if (rows[0]?.there !== true) return [];
  const db = openKysely(pool);
  const { waiting, failed } = await jobCounts(db);
  const oldest = await oldestWaitingSeconds(db);
  const found =
    oldest > WAITING_SECONDS
      ? finding(
          about,
          'bad',
          `A job has waited for ${Math.round(oldest / 60)} minutes, so no worker runs; start Cairn without --no-worker, or a cairn worker beside it.`,
        )
      : finding(about, 'ok', `${waiting} jobs wait; none for too long.`);
  return failed === 0
    ? [found]
    : [
        found,
        finding(
          about,
          'warn',
          `${failed} jobs were given up after their last try; the worker’s log says why, and mails among them are on the Mail page.`,
        ),
      ];
}

/** Whether mails can go out. Nothing is sent. */
export async function mailFindings(smtpUrl: string | undefined): Promise<Finding[]> {
  const about = 'mail';
  if (smtpUrl === undefined) {
    const sentence =
      'SMTP_URL is not set: mails are kept and shown to the organisers, and nobody gets one.';
    return [finding(about, 'warn', sentence)];
  }
  const greeted = await greetMailServer(smtpUrl, PATIENCE_MS);
  return greeted.ok
    ? [finding(about, 'ok', `${greeted.value} takes connections.`)]
    : [finding(about, 'bad', formatProblem(greeted.error))];
}

const messageOf = (error: unknown): string =>
  error instanceof Error
    ? error.cause instanceof Error
      ? error.cause.message
      : error.message
    : String(error);
