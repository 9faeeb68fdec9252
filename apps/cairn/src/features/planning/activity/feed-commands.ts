import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import { hashSecret, newSecret } from '../../../platform/http/secret.ts';
import { lockPerson } from '../../people/persons/person-queries.ts';
import type { Self } from '../../people/rights.ts';
import { planOf } from '../repository/main-queries.ts';
import { noPlan, noThread } from '../threads/thread-commands.ts';
import type { FeedAbout } from './feed-schema.ts';

/** Nobody reads in more places; more would be a program gone wrong. */
const MOST_FEEDS = 20;

export interface NewPlanFeed {
  readonly name: string;
  readonly about: FeedAbout;
  /** Of the thread that it is about. */
  readonly number: number | undefined;
}

/** Makes a feed of one's own and gives its secret, which is shown once and kept as a hash. Event `plan-feed.made`. */
export async function makePlanFeed(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  { name, about, number }: NewPlanFeed,
): Promise<Result<{ readonly secret: string }, Problem>> {
  // The person's row is the lock: two browser tabs cannot both make the last feed.
  await lockPerson(tx, personId);
  const feeds = await tx
    .selectFrom('planFeed')
    .select('id')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('revokedAt', 'is', null)
    .execute();
  if (feeds.length >= MOST_FEEDS) {
    const sentence = `You have ${MOST_FEEDS} feeds already; revoke one that you no longer read.`;
    return fail(problem('too-many-feeds', sentence, { path: 'name' }));
  }
  if (number !== undefined) {
    const thread = await tx
      .selectFrom('planThread')
      .select('number')
      .where('summitId', '=', summitId)
      .where('number', '=', number)
      .executeTakeFirst();
    if (thread === undefined) return fail({ ...noThread(number), place: { path: 'number' } });
  }
  if ((await planOf(tx, summitId)) === undefined) return fail(noPlan());
  const secret = newSecret();
  const { id } = await tx
    .insertInto('planFeed')
    .values({
      summitId,
      personId,
      about,
      number: number ?? null,
      name,
      secretHash: hashSecret(secret),
      createdAt: actor.now,
      revokedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, actor, { kind: 'plan-feed.made', summitId, personId, data: { feed: id } });
  return ok({ secret });
}

/** Closes one of one's own feeds for good; its address answers 404 from now on. Event `plan-feed.revoked`. */
export async function revokePlanFeed(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  feedId: string,
): Promise<Result<void, Problem>> {
  const revoked = await tx
    .updateTable('planFeed')
    .set({ revokedAt: actor.now })
    .where('id', '=', feedId)
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('revokedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (revoked === undefined) {
    return fail(problem('no-such-feed', 'That feed was revoked already; nothing was changed.'));
  }
  const data = { feed: feedId };
  await recordEvent(tx, actor, { kind: 'plan-feed.revoked', summitId, personId, data });
  return ok(undefined);
}
