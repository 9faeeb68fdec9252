import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Db } from '../../../platform/db/database.ts';
import type { Services } from '../../../platform/http/env.ts';
import { queueApplying } from './due-commands.ts';

/** Something that GitHub sent, with its signature found to be right. */
export interface Delivery {
  /** Of GitHub: the same when it sends the same again. */
  readonly id: string;
  readonly event: string;
  readonly action: string;
  readonly repositoryId: number | undefined;
  /** As it came: JSON. */
  readonly payload: string;
}

interface Waiting {
  readonly delivery: Delivery;
  readonly done: () => void;
  readonly failed: (error: unknown) => void;
}

/** From so many in a second on. */
const BUSY_A_SECOND = 50;

const intakes = new WeakMap<object, Intake>();

/** The intake of an installation, one in each process. */
export function intakeOf(services: Pick<Services, 'db' | 'clock'>): Intake {
  const known = intakes.get(services);
  if (known !== undefined) return known;
  const intake = new Intake(services.db, () => services.clock.now());
  intakes.set(services, intake);
  return intake;
}

/** Pauses until less arrives, but not for ever: a storm that does not end must not stop everything else. */
export async function calm(services: Pick<Services, 'db' | 'clock'>): Promise<void> {
  const intake = intakeOf(services);
  for (let round = 0; intake.isBusy() && round < MOST_PAUSES; round += 1) {
    await pause(PAUSE_MILLISECONDS);
  }
}

const PAUSE_MILLISECONDS = 250;
const MOST_PAUSES = 20;

/** So many are written by one statement, at most. */
const MOST_AT_ONCE = 200;

/** So much waits to be stored at most, in UTF-16 units of payload: beyond it whoever sends is asked to wait. */
const MOST_WAITING = 64 * 1024 * 1024;

/**
 * Stores deliveries, those that arrive while others are being stored in one transaction together: GitHub
 * sends hundreds in a second when somebody relabels a repository. What was acknowledged is on disk.
 */
class Intake {
  readonly #db: Db;
  readonly #now: () => Instant;
  readonly #waiting: Waiting[] = [];
  #isStoring = false;
  #waitingSize = 0;
  /** When those of the last second arrived, in milliseconds. */
  #arrived: number[] = [];

  constructor(db: Db, now: () => Instant) {
    this.#db = db;
    this.#now = now;
  }

  /** Whether so much arrives that everything else had better wait: storing goes before applying. */
  isBusy(): boolean {
    const now = performance.now();
    this.#arrived = this.#arrived.filter((at) => now - at < 1000);
    return this.#arrived.length > BUSY_A_SECOND;
  }

  /** Whether no more can be taken in until some of it is stored: the database is far behind, or gone. */
  isFull(): boolean {
    return this.#waitingSize > MOST_WAITING;
  }

  /** Resolves when the delivery is stored; one that is stored already changes nothing. */
  store(delivery: Delivery): Promise<void> {
    if (this.#arrived.length < 2 * BUSY_A_SECOND) this.#arrived.push(performance.now());
    else if (!this.isBusy()) this.#arrived.push(performance.now());
    this.#waitingSize += delivery.payload.length;
    return new Promise((done, failed) => {
      this.#waiting.push({ delivery, done, failed });
      if (!this.#isStoring) void this.#storeAll();
    });
  }

  async #storeAll(): Promise<void> {
    this.#isStoring = true;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, MOST_AT_ONCE);
      // One that cannot be stored takes no other along: GitHub sends nothing twice by itself.
      if (!(await this.#stores(batch))) for (const one of batch) await this.#stores([one], true);
      for (const { delivery } of batch) this.#waitingSize -= delivery.payload.length;
    }
    this.#isStoring = false;
  }

  /** Stores these together and says so to whoever waits; whether it could, and with `isLast` why not. */
  async #stores(batch: readonly Waiting[], isLast = false): Promise<boolean> {
    try {
      await storeDeliveries(
        this.#db,
        batch.map(({ delivery }) => delivery),
        this.#now(),
      );
    } catch (error) {
      if (isLast) for (const { failed } of batch) failed(error);
      return false;
    }
    for (const { done } of batch) done();
    return true;
  }
}

/**
 * Stores deliveries and queues their application. One that failed and is sent again is tried again. One
 * of a repository that no plan is kept in step with is counted, and its content is not kept.
 */
async function storeDeliveries(
  db: Db,
  deliveries: readonly Delivery[],
  now: Instant,
): Promise<void> {
  // Of two that are the same, one statement can write one only.
  const once = [...new Map(deliveries.map((delivery) => [delivery.id, delivery])).values()];
  await db.transaction().execute(async (tx) => {
    const { rows } = await sql<{ summitId: string | null }>`
      insert into github_delivery as d
        (id, event, action, repository_id, summit_id, payload, state, why, received_at, settled_at)
      select t.id, t.event, t.action, t.repository, s.summit_id,
        case when s.summit_id is null then null else t.payload::jsonb end,
        case when s.summit_id is null then 'kept' else 'waiting' end,
        case when s.summit_id is null then 'other-repository' else '' end,
        ${now}, case when s.summit_id is null then ${now}::timestamptz end
      from unnest(
        ${once.map(({ id }) => id)}::text[],
        ${once.map(({ event }) => event)}::text[],
        ${once.map(({ action }) => action)}::text[],
        ${once.map(({ repositoryId }) => repositoryId ?? null)}::bigint[],
        ${once.map(({ payload }) => payload)}::text[]
      ) with ordinality as t (id, event, action, repository, payload, place)
      left join github_settings s on s.repository_id = t.repository
      order by t.place
      on conflict (id) do update set state = 'waiting', payload = excluded.payload, settled_at = null
        where d.state = 'failed'
      returning summit_id`.execute(tx);
    const summits = new Set(rows.flatMap(({ summitId }) => summitId ?? []));
    for (const summitId of summits) {
      await tx
        .updateTable('githubSettings')
        .set({ lastDeliveryAt: now })
        .where('summitId', '=', summitId)
        .execute();
      await queueApplying(tx, summitId);
    }
  });
}
