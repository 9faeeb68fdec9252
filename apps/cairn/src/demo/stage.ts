import type { Problem } from '@cairn/kernel/problem';
import { expectOk, type Result } from '@cairn/kernel/result';
import { type Instant, Temporal } from '@cairn/kernel/time';
import { sql } from 'kysely';
import { USUAL_LARGEST_RECEIPT } from '../features/money/receipts/receipt-rules.ts';
import { type NewEvidence, recordEvidence } from '../features/people/promises/evidence-commands.ts';
import { type Organiser, organiserOf } from '../features/people/rights.ts';
import { sealFor } from '../platform/auth/keys.ts';
import { SettableClock, systemClock } from '../platform/clock/clock.ts';
import { type Actor, inTransaction, jobActor } from '../platform/db/command.ts';
import type { Db, Tx } from '../platform/db/database.ts';
import type { Services } from '../platform/http/env.ts';
import { fetcherFor } from '../platform/http/fetch-outside.ts';
import { createBroadcasts } from '../platform/live/broadcast.ts';
import { silentLive } from '../platform/live/live.ts';
import type { Role } from './cast.ts';

/** One thing that happens in the story, and when. */
export interface Step {
  readonly at: Instant;
  readonly run: () => Promise<void>;
}

/** An invented person, once they are known to the summit. */
export interface Player {
  readonly id: string;
  readonly role: Role;
}

/** A moment by the clock on the wall in Seattle. */
export const pacific = (text: string): Instant =>
  Temporal.PlainDateTime.from(text).toZonedDateTime('America/Los_Angeles').toInstant();

/** So many days and hours after a moment. */
export const later = (from: Instant, days: number, hours = 0): Instant =>
  from.add({ hours: 24 * days + hours });

/**
 * Where the story plays: a database, and a clock that stands where the story stands. Whatever
 * happens goes through the commands of the rooms, as if people had done it.
 */
export class Stage {
  readonly clock = new SettableClock(systemClock);
  readonly services: Services;
  summitId = '';
  organiserId = '';
  players: readonly Player[] = [];

  constructor({ db, git }: Pick<Services, 'db' | 'git'>, url: string) {
    this.services = {
      db,
      git,
      github: undefined,
      userTokens: undefined,
      seal: sealFor('a secret that keeps nothing of anybody', 'tokens of people'),
      clock: this.clock,
      url,
      isDemo: true,
      mailGoesOut: false,
      mailFrom: `Cairn <cairn@${new URL(url).hostname}>`,
      fetchOutside: fetcherFor('public'),
      largestReceipt: USUAL_LARGEST_RECEIPT,
      live: silentLive,
      broadcasts: createBroadcasts(silentLive, 1),
      sessions: { start: async () => [] },
    };
  }

  get db(): Db {
    return this.services.db;
  }

  /** Somebody who acts now; Cairn itself when it is nobody. */
  actor(personId: string | undefined = this.organiserId): Actor {
    return { personId, door: 'web', now: this.clock.now() };
  }

  /** What Cairn does by itself. */
  byItself(): Actor {
    return jobActor(this.clock.now());
  }

  async do<T>(command: (tx: Tx) => Promise<Result<T, Problem>>): Promise<T> {
    return expectOk(
      await inTransaction(this.db, async (tx) => {
        // Hundreds of small changes in a row need not each wait for the disk: a story that a crash cuts
        // short is told anew, and its end is written as everything else is.
        await sql`set local synchronous_commit to off`.execute(tx);
        return command(tx);
      }),
    );
  }

  async organiser(): Promise<Organiser> {
    const organiser = await organiserOf(this.db, this.summitId, {
      personId: this.organiserId,
      isAdministrator: true,
    });
    if (organiser === undefined) throw new Error('the demo has lost its organiser');
    return organiser;
  }

  /** Those who hold a seat now. */
  async seated(): Promise<Player[]> {
    const seats = await this.db
      .selectFrom('seat')
      .select('personId')
      .where('summitId', '=', this.summitId)
      .execute();
    const ids = new Set(seats.map(({ personId }) => personId));
    return this.players.filter(({ id }) => ids.has(id));
  }

  playerNamed(name: string): Player {
    const found = this.players.find(({ role }) => role.entry.name === name);
    if (found === undefined) throw new Error(`${name} is missing from demo/people.csv`);
    return found;
  }

  async record(
    { id }: Player,
    fact: Pick<NewEvidence, 'kind' | 'subject' | 'source'>,
    actor: Actor = this.actor(),
  ): Promise<void> {
    const { summitId } = this;
    await this.do((tx) =>
      recordEvidence(tx, actor, { ...fact, summitId, personId: id, at: actor.now }),
    );
  }
}
