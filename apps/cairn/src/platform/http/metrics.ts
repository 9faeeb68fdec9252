import type { MiddlewareHandler } from 'hono';
import { sql } from 'kysely';
import { Gauge, Histogram, Registry } from 'prom-client';
import type { Db } from '../db/database.ts';
import { jobCounts, oldestWaitingSeconds } from '../jobs/waiting.ts';
import type { Services } from './env.ts';
import { routePattern } from './route-pattern.ts';

/** What is measured of this process. */
export interface Measured {
  readonly registry: Registry;
  readonly middleware: MiddlewareHandler;
}

/**
 * Counts requests and how long they took until their answer began, by the pattern of their address
 * and never the address. A stream that stays open for minutes counts as what it is: quickly answered.
 */
export function measureRequests(): Measured {
  const registry = new Registry();
  const duration = new Histogram({
    name: 'cairn_http_request_duration_seconds',
    help: 'How long requests took, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  const middleware: MiddlewareHandler = async (c, next) => {
    const done = duration.startTimer();
    await next();
    done({ method: c.req.method, route: routePattern(c), status: c.res.status });
  };
  return { registry, middleware };
}

/** Adds what is known of the installation; it is asked for when somebody reads the metrics. */
export function measureInstallation(
  registry: Registry,
  db: Db,
  { live, broadcasts }: Pick<Services, 'live' | 'broadcasts'>,
): void {
  const gauge = (
    name: string,
    help: string,
    collect: (own: Gauge) => Promise<void> | void,
  ): void => {
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        await collect(this);
      },
    });
  };
  gauge('process_resident_memory_bytes', 'Memory that this process holds.', (own) =>
    own.set(process.memoryUsage.rss()),
  );
  gauge('process_start_time_seconds', 'When this process began, since 1970.', (own) =>
    own.set(Math.round(Date.now() / 1000 - process.uptime())),
  );
  gauge('cairn_live_streams', 'Event streams that this process has open.', (own) =>
    own.set(live.count()),
  );
  gauge('cairn_live_listeners', 'Open pages that this process tells what is now.', (own) =>
    own.set(broadcasts.count()),
  );
  gauge('cairn_events', 'Events so far: the number of the latest.', async (own) => {
    const { rows } = await sql<{ count: string }>`
      select coalesce(max(id), 0) as count from event`.execute(db);
    own.set(Number(rows[0]?.count));
  });
  new Gauge({
    name: 'cairn_jobs',
    help: 'Jobs in the queue: waiting for their time or a worker, running, or given up.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      for (const [state, count] of Object.entries(await jobCounts(db))) {
        this.set({ state }, count);
      }
    },
  });
  new Gauge({
    name: 'cairn_jobs_oldest_waiting_seconds',
    help: 'For how long the job that waits longest could have run.',
    registers: [registry],
    async collect() {
      this.set(await oldestWaitingSeconds(db));
    },
  });
  new Gauge({
    name: 'cairn_mails',
    help: 'Mails by state.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      this.reset();
      const rows = await db
        .selectFrom('mail')
        .select(['state', sql<string>`count(*)`.as('count')])
        .groupBy('state')
        .execute();
      for (const { state, count } of rows) this.set({ state }, Number(count));
    },
  });
}
