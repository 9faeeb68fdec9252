import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Context, Hono } from 'hono';
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { type AppliedMigration, pendingMigrations, readMigrations } from '../db/migrate.ts';
import { peerOf } from './client.ts';
import type { AppEnv, Services } from './env.ts';
import { type Measured, measureInstallation } from './metrics.ts';
import { isSameSecret } from './secret.ts';

/** A database that needs longer than this to say hello does not answer. */
const PATIENCE_MS = 5_000;

/** `/healthz` (this process is alive), `/readyz` (it can do its work), `/metrics` (Prometheus text). */
export function healthRoutes(
  { db, live, broadcasts }: Pick<Services, 'db' | 'live' | 'broadcasts'>,
  { registry }: Measured,
  metricsToken: string | undefined,
): Hono<AppEnv> {
  measureInstallation(registry, db, { live, broadcasts });
  const routes = new Hono<AppEnv>();

  routes.get('/healthz', (c) => c.text('alive\n'));

  routes.get('/readyz', async (c) => {
    c.header('cache-control', 'no-store');
    const ready = await checkReadiness(db);
    return ready.ok
      ? c.json({ ready: true })
      : c.json({ ready: false, code: ready.error.code, sentence: ready.error.sentence }, 503);
  });

  routes.get('/metrics', async (c) => {
    if (!mayMeasure(c, metricsToken)) {
      const sentence =
        metricsToken === undefined
          ? 'Only this machine may read the metrics; set CAIRN_METRICS_TOKEN to read them from elsewhere.'
          : 'Show CAIRN_METRICS_TOKEN: Authorization: Bearer …';
      return c.text(`${sentence}\n`, 403);
    }
    c.header('content-type', registry.contentType);
    return c.body(await registry.metrics());
  });

  return routes;
}

/** Whether this process can do its work: the database answers, and has the shape that we know. */
async function checkReadiness(db: Db): Promise<Result<void, Problem>> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer within 5 seconds')), PATIENCE_MS);
  });
  try {
    const { rows } = await Promise.race([
      sql<AppliedMigration>`select name, sha256 from cairn_migration`.execute(db),
      tooLate,
    ]);
    const pending = pendingMigrations(await readMigrations(), rows);
    if (!pending.ok) return pending;
    const [first] = pending.value;
    if (first === undefined) return ok(undefined);
    return fail(
      problem(
        'migrations-pending',
        `The database has not had the migration ${first.name}; start the server of this version once.`,
      ),
    );
  } catch (error) {
    return fail(
      problem(
        'database-unreachable',
        `The database does not answer (${error instanceof Error ? error.message : String(error)}); see whether it runs.`,
      ),
    );
  } finally {
    clearTimeout(timer);
  }
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/;

/**
 * With a token set, whoever shows it; without one, connections of this machine that no proxy passed
 * on: behind a proxy everybody comes from this machine.
 */
function mayMeasure(c: Context, token: string | undefined): boolean {
  if (token !== undefined) {
    const shown = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    return shown !== undefined && isSameSecret(shown, token);
  }
  const isPassedOn = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some(
    (name) => c.req.header(name) !== undefined,
  );
  return !isPassedOn && LOOPBACK.test(peerOf(c.env) ?? '');
}
