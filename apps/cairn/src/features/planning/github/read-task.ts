import { type Instant, Temporal } from '@cairn/kernel/time';
import { z } from 'zod';
import type { GithubAnswer, GithubRefusal } from '../../../platform/github/answer.ts';
import type { GithubClient } from '../../../platform/github/client.ts';
import type { Services } from '../../../platform/http/env.ts';
import type { Task } from '../../../platform/jobs/tasks.ts';
import { queueReading } from './due-commands.ts';
import { reach } from './reach-commands.ts';
import { readDue } from './read-due.ts';
import { readMissed } from './read-missed.ts';
import { readStreams } from './read-streams.ts';
import type { Connected } from './settings-queries.ts';
import { connected, githubOf } from './settings-queries.ts';

const payloadSchema = z.object({ summit: z.string() });

/** So many requests are made by one run; then it is queued again, and others have their turn. */
const MOST_IN_A_RUN = 60;

/** The task of `READ_JOB`. */
export const readTask =
  (services: Services): Task =>
  async (payload) => {
    const { summit } = payloadSchema.parse(payload);
    await readRepository(services, summit);
  };

/** A run of reading: what may still be asked in it. */
export interface Reading {
  readonly services: Services;
  readonly github: GithubClient;
  readonly plan: Connected;
  /** Asks GitHub, unless this run has asked enough. */
  ask(path: string, query?: Record<string, string | number>, etag?: string): Promise<Asked>;
}

/** Why a run ends before all is read. */
export type Asked =
  | { readonly ok: true; readonly value: GithubAnswer }
  | { readonly ok: false; readonly error: GithubRefusal | { readonly kind: 'enough' } };

/**
 * Asks GitHub for what is due and for all that was changed since the watermarks, as much as one run
 * may; the next goes on there. Where GitHub sets a limit the next run is after its end. Harmless when
 * repeated and when it is ended at any point.
 */
export async function readRepository(services: Services, summitId: string): Promise<void> {
  const { db, github } = services;
  const settings = await githubOf(db, summitId);
  if (settings === undefined || github === undefined) return;
  await github.learnOwnAccount();
  const plan = connected(settings, github);
  let left = MOST_IN_A_RUN;
  const reading: Reading = {
    services,
    github,
    plan,
    ask: async (path, query = {}, etag) => {
      if (left === 0) return { ok: false, error: { kind: 'enough' } };
      left -= 1;
      const answer = await github.ask({
        path: `/repos/${plan.owner}/${plan.name}${path}`,
        query,
        etag,
      });
      if (answer.ok) await noteRate(services, summitId, answer.value);
      return answer;
    },
  };
  const stopped =
    (await reach(reading)) ??
    (await readMissed(reading)) ??
    (await readStreams(reading)) ??
    (await readDue(reading));
  if (stopped === undefined) return;
  await goOn(services, plan, stopped);
}

const RETRY_SECONDS = 5 * 60;

/** Notes why a run ended, and when the next one begins. */
async function goOn(
  { db, clock }: Services,
  { summitId }: Connected,
  stopped: GithubRefusal | { readonly kind: 'enough' },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    if (stopped.kind === 'enough') return queueReading(tx, summitId);
    const until: Instant | null =
      stopped.kind === 'limited'
        ? Temporal.Instant.fromEpochMilliseconds(Math.ceil(stopped.until))
        : null;
    await tx
      .updateTable('githubSettings')
      .set({
        limitedUntil: until,
        ...(stopped.kind === 'limited' ? {} : { trouble: stopped.kind }),
      })
      .where('summitId', '=', summitId)
      .execute();
    const wait =
      until === null ? RETRY_SECONDS : Math.max(1, clock.now().until(until).total('seconds'));
    return queueReading(tx, summitId, Math.min(Math.ceil(wait), 2 * 60 * 60));
  });
}

async function noteRate({ db }: Services, summitId: string, { rate }: GithubAnswer): Promise<void> {
  if (rate === undefined) return;
  await db
    .updateTable('githubSettings')
    .set({
      rateLimit: rate.limit,
      rateLeft: rate.left,
      rateResetsAt: Temporal.Instant.fromEpochMilliseconds(rate.resetsAt),
      limitedUntil: null,
    })
    .where('summitId', '=', summitId)
    .execute();
}
