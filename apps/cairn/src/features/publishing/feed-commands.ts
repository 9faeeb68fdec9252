import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../platform/db/command.ts';
import type { Tx } from '../../platform/db/database.ts';
import { hashSecret, newSecret } from '../../platform/http/secret.ts';
import { lockPerson } from '../people/persons/person-queries.ts';
import type { Self } from '../people/rights.ts';

/** Nobody reads a calendar in more places; more would be a program gone wrong. */
export const MOST_FEEDS = 20;

/** Makes a feed of one's own and gives its secret, which is shown once and kept as a hash. */
export async function makeFeed(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  { name }: { readonly name: string },
): Promise<Result<{ readonly secret: string }, Problem>> {
  // The person's row is the lock: two browser tabs cannot both make the last feed.
  await lockPerson(tx, personId);
  const feeds = await tx
    .selectFrom('feed')
    .select('name')
    .where('summitId', '=', summitId)
    .where('personId', '=', personId)
    .where('revokedAt', 'is', null)
    .execute();
  if (feeds.length >= MOST_FEEDS) {
    return fail(
      problem(
        'too-many-feeds',
        `You have ${MOST_FEEDS} feeds already; revoke one that you no longer read.`,
        { path: 'name' },
      ),
    );
  }
  if (feeds.some((feed) => feed.name === name)) {
    return fail(
      problem('name-taken', `You have a feed “${name}” already; give this one another name.`, {
        path: 'name',
      }),
    );
  }
  const secret = newSecret();
  const { id } = await tx
    .insertInto('feed')
    .values({
      summitId,
      personId,
      name,
      secretHash: hashSecret(secret),
      createdAt: actor.now,
      lastReadAt: null,
      revokedAt: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await recordEvent(tx, actor, { kind: 'feed.made', summitId, personId, data: { feed: id } });
  return ok({ secret });
}

/** Closes one of one's own feeds for good; its address answers 404 from now on. */
export async function revokeFeed(
  tx: Tx,
  actor: Actor,
  { summitId, personId }: Self,
  feedId: string,
): Promise<Result<void, Problem>> {
  const revoked = await tx
    .updateTable('feed')
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
  await recordEvent(tx, actor, {
    kind: 'feed.revoked',
    summitId,
    personId,
    data: { feed: feedId },
  });
  return ok(undefined);
}
