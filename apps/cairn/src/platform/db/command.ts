import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';

/** Through which door a change came in. */
export type Door = 'web' | 'api' | 'cli' | 'mail' | 'job' | 'git' | 'github';

/** Who acts, when, and through which door: what every command is told and every event keeps. */
export interface Actor {
  /** The person; undefined for what Cairn does by itself. */
  readonly personId: string | undefined;
  readonly door: Door;
  readonly now: Instant;
}

/** Who acts in a job: the person who asked for it, or Cairn by itself. */
export const jobActor = (now: Instant, by?: string | null): Actor => ({
  personId: by ?? undefined,
  door: 'job',
  now,
});

/** What happened: ids and numbers only, never a name, an address or a text. */
export interface EventFacts {
  readonly kind: string;
  readonly summitId?: string | undefined;
  /** The person it happened to. */
  readonly personId?: string | undefined;
  readonly data?: Record<string, string | number | boolean | null | readonly string[]>;
}

/** The job that every event is handed to, outside the request (see platform/jobs). */
export const EVENT_JOB = 'event';

/** What came from GitHub may be thousands at once, and came late already: people's own doings go before it. */
const LATER = 10;

/**
 * Writes the event of a change and queues its consequences, in the change's own transaction: either
 * all of it happened or none.
 */
export async function recordEvent(tx: Tx, actor: Actor, facts: EventFacts): Promise<string> {
  const isFromGithub = actor.door === 'github';
  const job = { kind: facts.kind, ...(isFromGithub ? { door: actor.door } : {}) };
  const { rows } = await sql<{ id: string }>`
    with happened as (
      insert into event (at, kind, summit_id, person_id, actor_id, door, data)
      values (${actor.now}, ${facts.kind}, ${facts.summitId ?? null}, ${facts.personId ?? null},
        ${actor.personId ?? null}, ${actor.door}, ${JSON.stringify(facts.data ?? {})})
      returning id)
    select happened.id::text as id from happened, lateral graphile_worker.add_job(${EVENT_JOB},
      payload := (${JSON.stringify(job)}::jsonb || jsonb_build_object('event', happened.id::text))::json,
      max_attempts := 12, priority := ${isFromGithub ? LATER : 0}) as job`.execute(tx);
  const [row] = rows;
  if (row === undefined) throw new Error(`the event ${facts.kind} was not written`);
  return row.id;
}

/**
 * Queues a job in the transaction at hand. With a `key` the same job is queued once, however often
 * it is asked for before it runs; with seconds to wait besides, so long after it was last asked for.
 */
export async function queueJob(
  tx: Tx,
  task: string,
  payload: Record<string, unknown>,
  key?: string,
  waitSeconds = 0,
): Promise<void> {
  await sql`
    select graphile_worker.add_job(${task}, payload := ${JSON.stringify(payload)}::json,
      job_key := ${key ?? null}, max_attempts := 12,
      run_at := now() + make_interval(secs => ${waitSeconds}))`.execute(tx);
}

/** Carries the value of an expected failure out of a transaction, so that it is rolled back. */
class RolledBack extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(problem.sentence);
    this.problem = problem;
  }
}

/** How often a command is begun, if others keep getting in its way. */
const TRIES = 3;

/**
 * Runs one command in one transaction: a failure that it returns rolls everything back and comes
 * out as the same value; anything thrown rolls back and is thrown on. Where two transactions wait for
 * each other PostgreSQL ends one, which nobody typed anything wrong for: it is begun anew.
 */
export async function inTransaction<T>(
  db: Db,
  command: (tx: Tx) => Promise<Result<T, Problem>>,
): Promise<Result<T, Problem>> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await db.transaction().execute(async (tx) => {
        const result = await command(tx);
        if (!result.ok) throw new RolledBack(result.error);
        return result;
      });
    } catch (thrown) {
      if (thrown instanceof RolledBack) return { ok: false, error: thrown.problem };
      if (tried === TRIES || !isDeadlock(thrown)) throw thrown;
    }
  }
}

/** Whether PostgreSQL ended the transaction so that another could go on (`deadlock_detected`). */
const isDeadlock = (thrown: unknown): boolean =>
  thrown instanceof Error && 'code' in thrown && thrown.code === '40P01';
